import { useState } from "preact/hooks";

import { mailToken } from "../mail-token";
import { useAction } from "../query";
import { client } from "../session";
import { translations, useTexts } from "../texts";
import { Button } from "../ui/forms";
import { Page } from "../ui/page";
import { Failure, Notice } from "../ui/states";

const texts = translations(
  { title: "No more of these mails", go: "Send me no more of these", done: "Done. You will get no more of these mails." },
  { title: "No más correos de estos", go: "No quiero más de estos", done: "Hecho. Ya no recibirás estos correos." },
);

/** Where a mail's own link leads. It asks first: programs that look at links must not end a subscription. */
export default function Unsubscribe() {
  const words = useTexts(texts);
  const [token] = useState(mailToken);
  const [isDone, setDone] = useState(false);
  const send = useAction(async () => {
    await client.post("/v1/notifications/unsubscribe", { query: { token } });
    setDone(true);
  });
  return (
    <Page title={words.title}>
      {isDone ? <Notice kind="good">{words.done}</Notice> : <Button isBusy={send.isRunning} onClick={() => void send.run()}>{words.go}</Button>}
      {send.error !== undefined && <Failure error={send.error} />}
    </Page>
  );
}
