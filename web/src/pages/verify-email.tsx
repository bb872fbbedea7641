import { useEffect, useState } from "preact/hooks";

import { mailToken } from "../mail-token";
import { useAction } from "../query";
import { client } from "../session";
import { translations, useTexts } from "../texts";
import { Page } from "../ui/page";
import { Failure, Loading, Notice } from "../ui/states";

const texts = translations(
  { title: "Confirm the address", done: "Your address is confirmed.", back: "Sign in" },
  { title: "Confirmar la dirección", done: "Tu dirección está confirmada.", back: "Entrar" },
);

export default function VerifyEmail() {
  const words = useTexts(texts);
  const [isDone, setDone] = useState(false);
  const confirm = useAction(async () => {
    await client.post("/v1/auth/email/verify", { body: { token: mailToken() } });
    setDone(true);
  });
  useEffect(() => void confirm.run(), []);
  return (
    <Page title={words.title}>
      {isDone ? (
        <Notice kind="good">{words.done}</Notice>
      ) : confirm.error === undefined ? (
        <Loading lines={2} />
      ) : (
        <Failure error={confirm.error} />
      )}
      <p><a href="/sign-in">{words.back}</a></p>
    </Page>
  );
}
