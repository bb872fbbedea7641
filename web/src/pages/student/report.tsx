import { useEffect, useRef, useState } from "preact/hooks";

import { useAction } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { Button, Form, TextField } from "../../ui/forms";
import { Failure, Notice } from "../../ui/states";

const texts = translations(
  {
    open: "That is not what I did",
    form: "Tell your teacher",
    comment: "What did you do? (if you like)",
    send: "Tell my teacher",
    cancel: "Never mind",
    sent: "Thank you! Your teacher will look at it.",
  },
  {
    open: "Eso no es lo que hice",
    form: "Díselo a tu profe",
    comment: "¿Cómo lo hiciste? (si quieres)",
    send: "Decírselo a mi profe",
    cancel: "Mejor no",
    sent: "¡Gracias! Tu profe lo mirará.",
  },
);

const LONGEST = 500;

/** The student's word that an answer was wrongly explained. */
export function Report({ attemptId }: { attemptId: string }) {
  const words = useTexts(texts);
  const [state, setState] = useState<"closed" | "open" | "sent">("closed");
  const [comment, setComment] = useState("");
  const opener = useRef<HTMLDivElement>(null);
  const send = useAction(async () => {
    const body = comment.trim() === "" ? {} : { comment: comment.trim() };
    await client.post("/v1/attempts/{attempt_id}/report", { path: { attempt_id: attemptId }, body });
    setState("sent");
  });
  useEffect(() => {
    if (state === "open") opener.current?.querySelector("input")?.focus();
  }, [state]);

  const close = () => {
    setState("closed");
    requestAnimationFrame(() => opener.current?.querySelector("button")?.focus());
  };
  return (
    <div ref={opener}>
      {state === "closed" && <Button kind="plain" onClick={() => setState("open")}>{words.open}</Button>}
      {state === "open" && (
        <Form onSend={() => void send.run()} class="card" aria-label={words.form}>
          <TextField label={words.comment} value={comment} onValue={setComment} maxLength={LONGEST} autocomplete="off" />
          {send.error !== undefined && <Failure error={send.error} />}
          <div class="row">
            <Button type="submit" isBusy={send.isRunning}>{words.send}</Button>
            <Button kind="plain" onClick={close}>{words.cancel}</Button>
          </div>
        </Form>
      )}
      {state === "sent" && <Notice kind="good">{words.sent}</Notice>}
    </div>
  );
}
