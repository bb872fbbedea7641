import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useAction, useQuery } from "../../query";
import { client } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button, Form, TextField } from "../../ui/forms";
import { Failure, Loaded } from "../../ui/states";
import { Written } from "./problem";
import { Result } from "./result";

const texts = translations(
  {
    read: "Tiza reads:",
    sureness: (share: string) => `(${share} sure)`,
    waiting: "It becomes an answer in a moment.",
    unsure: "Is that right? Mend it if it is not.",
    kept: "Write what stands there, and it counts.",
    form: (number: number) => `Line ${number}`,
    problem: "Problem",
    answer: "Your answer",
    say: "That is what it says",
    open: "Show what Tiza found",
    close: "Hide what Tiza found",
  },
  {
    read: "Tiza lee:",
    sureness: (share: string) => `(${share} segura)`,
    waiting: "Enseguida es una respuesta.",
    unsure: "¿Es así? Corrígelo si no.",
    kept: "Escribe lo que pone, y cuenta.",
    form: (number: number) => `Línea ${number}`,
    problem: "Problema",
    answer: "Tu respuesta",
    say: "Eso es lo que pone",
    open: "Mostrar lo que ha encontrado Tiza",
    close: "Ocultar lo que ha encontrado Tiza",
  },
);

type Line = Schemas["PhotoLine"];

interface PhotoLineProps {
  photoId: string;
  line: Line;
  /** Called once somebody has said what the line is. */
  onSaid: () => void;
}

/** One line that was read from a photo: an answer, or one that is to be said. */
export function PhotoLine({ photoId, line, onSaid }: PhotoLineProps) {
  const words = useTexts(texts);
  const { percent } = useFormats();
  return (
    <li class="photo-line">
      <p>
        {words.read} <strong><Written text={line.answer ? `${line.problem} = ${line.answer}` : line.problem} /></strong>{" "}
        <span class="soft">{words.sureness(percent(line.confidence))}</span>
      </p>
      {line.reason_text && <p>{line.reason_text}</p>}
      {line.status === "waiting" && <p class="soft">{words.waiting}</p>}
      {(line.status === "unsure" || line.status === "kept") && <Saying photoId={photoId} line={line} onSaid={onSaid} />}
      {line.attempt_id && <Opened attemptId={line.attempt_id} />}
    </li>
  );
}

function Saying({ photoId, line, onSaid }: PhotoLineProps) {
  const words = useTexts(texts);
  const [problem, setProblem] = useState(line.problem);
  const [answer, setAnswer] = useState(line.answer);
  const say = useAction(async () => {
    const body = { line: line.line, problem: problem.trim(), answer: answer.trim() };
    await client.post("/v1/photos/{photo_id}/lines", { path: { photo_id: photoId }, body });
    onSaid();
  });
  return (
    <Form onSend={() => void say.run()} aria-label={words.form(line.line + 1)}>
      <p class="soft">{line.status === "unsure" ? words.unsure : words.kept}</p>
      <div class="row">
        <TextField label={words.problem} value={problem} onValue={setProblem} required maxLength={200} autocomplete="off" />
        <TextField label={words.answer} value={answer} onValue={setAnswer} required maxLength={500} autocomplete="off" />
      </div>
      {say.error !== undefined && <Failure error={say.error} />}
      <div class="row"><Button type="submit" kind="plain" isBusy={say.isRunning}>{words.say}</Button></div>
    </Form>
  );
}

function Opened({ attemptId }: { attemptId: string }) {
  const words = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div class="row">
        <Button kind="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? words.close : words.open}</Button>
      </div>
      {isOpen && <Found attemptId={attemptId} />}
    </>
  );
}

function Found({ attemptId }: { attemptId: string }) {
  const query = useQuery((signal) => client.get("/v1/attempts/{attempt_id}", { path: { attempt_id: attemptId }, signal }), [attemptId]);
  return <Loaded query={query} lines={5}>{(attempt) => <Result attempt={attempt} heading="h4" />}</Loaded>;
}
