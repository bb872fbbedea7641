import { isTizaError, uuid, type Schemas } from "@tiza/client";
import { useRef, useState } from "preact/hooks";

import { useAction } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { Button, Form, TextField } from "../../ui/forms";
import { Failure, Notice } from "../../ui/states";

const texts = translations(
  {
    say: "Your message",
    send: "Send",
    thinks: "The tutor is thinking …",
    consent: "Your parents have to allow the tutor first. Ask them.",
    notSetUp: "There is no tutor here yet: your school would have to set up a language model. What you wrote was not sent.",
    spent: "No more messages today. It goes on tomorrow.",
  },
  {
    say: "Tu mensaje",
    send: "Enviar",
    thinks: "El tutor está pensando …",
    consent: "Antes tu familia tiene que permitir el tutor. Pídeselo.",
    notSetUp: "Aquí todavía no hay tutor: tu escuela tendría que conectar un modelo de lenguaje. Lo que has escrito no se ha enviado.",
    spent: "Hoy no quedan mensajes. Mañana sigue.",
  },
);

const LONGEST = 500;

/** Say something to the tutor; what could not be sent stays to be sent again, and counts once. */
export function Say({ sessionId, onAnswered }: { sessionId: string; onAnswered: (answered: Schemas["Answered"]) => void }) {
  const words = useTexts(texts);
  const [text, setText] = useState("");
  const sent = useRef<{ text: string; key: string }>(undefined);
  const say = useAction(async () => {
    const said = text.trim();
    if (said === "") return;
    if (sent.current?.text !== said) sent.current = { text: said, key: uuid() };
    const body = { text: said, client_id: sent.current.key };
    onAnswered(await client.post("/v1/tutor/sessions/{session_id}/messages", { path: { session_id: sessionId }, body }));
    sent.current = undefined;
    setText("");
  });
  return (
    <Form onSend={() => void say.run()} aria-label={words.say} class="card">
      <TextField label={words.say} value={text} onValue={setText} required maxLength={LONGEST} autocomplete="off" enterKeyHint="send" />
      {say.error !== undefined && <Fault error={say.error} />}
      <div class="row">
        <Button type="submit" isBusy={say.isRunning}>{words.send}</Button>
        <span class="soft" role="status">{say.isRunning && words.thinks}</span>
      </div>
    </Form>
  );
}

function Fault({ error }: { error: unknown }) {
  const words = useTexts(texts);
  if (isTizaError(error, "CONSENT_REQUIRED")) return <Notice>{words.consent}</Notice>;
  if (isTizaError(error, "QUOTA_SPENT")) return <Notice>{words.spent}</Notice>;
  if (isTizaError(error, "SWITCHED_OFF") && error.details.reason === "not_set_up") return <Notice>{words.notSetUp}</Notice>;
  return <Failure error={error} />;
}
