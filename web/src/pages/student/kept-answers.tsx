/** The answers of this device that wait to be sent, or were sent late and not looked at yet. */

import type { Waiting } from "@tiza/client";
import { useEffect, useState } from "preact/hooks";

import { markSeen, useSentLate } from "../../sent-late";
import { outbox } from "../../session";
import { translations, useTexts } from "../../texts";
import { Button } from "../../ui/forms";
import { Notice } from "../../ui/states";
import type { Attempt } from "./beliefs";
import { InLine } from "./problem";
import { Result } from "./result";

const texts = translations(
  {
    waiting: (count: number) => (count === 1 ? "One of your answers waits to be sent." : `${count} of your answers wait to be sent.`),
    refused: (answer: string) => `Tiza did not take your answer “${answer}”.`,
    forget: "All right",
    arrived: "An answer that you gave earlier has been sent:",
    seen: "Seen",
  },
  {
    waiting: (count: number) => (count === 1 ? "Una de tus respuestas espera a ser enviada." : `${count} de tus respuestas esperan a ser enviadas.`),
    refused: (answer: string) => `Tiza no ha aceptado tu respuesta «${answer}».`,
    forget: "Vale",
    arrived: "Se ha enviado una respuesta que diste antes:",
    seen: "Vista",
  },
);

/** What waits in the outbox of the one who is signed in. */
export function useWaiting(): readonly Waiting[] {
  const [waiting, setWaiting] = useState(outbox.waiting);
  useEffect(() => {
    setWaiting(outbox.waiting);
    return outbox.subscribe(setWaiting);
  }, []);
  return waiting;
}

/** Says what waits (but for the answers that the page shows itself), what was refused, and what has arrived. */
export function KeptAnswers({ studentId, shown }: { studentId: string; shown: readonly string[] }) {
  const words = useTexts(texts);
  const waiting = useWaiting();
  const arrived = useSentLate(studentId);
  const refused = waiting.filter((each) => each.refused);
  const count = waiting.filter((each) => !each.refused && !shown.includes(each.attempt.exercise_id ?? "")).length;
  return (
    <>
      {count > 0 && <Notice>{words.waiting(count)}</Notice>}
      {refused.map(({ id, attempt }) => (
        <Notice key={id} kind="bad">
          <p>{words.refused(attempt.answer)}</p>
          <Button kind="plain" onClick={() => void outbox.dismiss(id)}>{words.forget}</Button>
        </Notice>
      ))}
      {arrived.map((attempt) => <Arrived key={attempt.id} attempt={attempt} />)}
    </>
  );
}

function Arrived({ attempt }: { attempt: Attempt }) {
  const words = useTexts(texts);
  return (
    <section class="card" aria-label={words.arrived}>
      <p role="status">{words.arrived} <strong><InLine problem={attempt.problem} /></strong></p>
      <Result attempt={attempt} />
      <div class="row">
        <Button kind="plain" onClick={() => markSeen(attempt)}>{words.seen}</Button>
      </div>
    </section>
  );
}
