/** An answer with its whole diagnosis: the work, other explanations, what was said before, and one's own word. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";
import { Failure, Loaded } from "../../../ui/states";
import { Work } from "../../../ui/work";
import { Override } from "./override";
import { verdicts } from "./verdict";

type Attempt = Schemas["Attempt"];
type Candidate = Schemas["Candidate"];

const texts = translations(
  {
    expected: "Right is",
    steps: "Steps",
    offAt: (line: string, expected: string) => `The first wrong step is “${line}”; right in its place is “${expected}”.`,
    likely: (name: string, share: string) => `${name} (${share})`,
    by: { rule: "Found by Tiza's rules", llm: "Found by the language model, and checked", human: "Said by a teacher" },
    comment: "The teacher's word",
    none: "No known bug leads to this answer.",
    others: (count: number) => (count === 1 ? "1 other explanation" : `${count} other explanations`),
    rest: (share: string) => `Left to none of these: ${share}.`,
    before: "What was said of it before",
    now: "counts now",
    correct: "Correct this diagnosis",
    corrected: "Corrected. What is known of the student's skills was reckoned anew.",
  },
  {
    expected: "Lo correcto es",
    steps: "Pasos",
    offAt: (line: string, expected: string) => `El primer paso incorrecto es «${line}»; en su lugar va «${expected}».`,
    likely: (name: string, share: string) => `${name} (${share})`,
    by: { rule: "Lo encontraron las reglas de Tiza", llm: "Lo encontró el modelo de lenguaje, y se comprobó", human: "Lo dijo un docente" },
    comment: "La palabra del docente",
    none: "Ningún error conocido lleva a esta respuesta.",
    others: (count: number) => (count === 1 ? "1 explicación más" : `${count} explicaciones más`),
    rest: (share: string) => `Sin ninguna de estas explicaciones: ${share}.`,
    before: "Lo que se dijo antes",
    now: "vale ahora",
    correct: "Corregir este diagnóstico",
    corrected: "Corregido. Se ha vuelto a calcular lo que sabe.",
  },
);

const SHOWN = 0.005; // less would be said as 0 %

/** What to say when a diagnosis was corrected. */
export const useCorrected = (): string => useTexts(texts).corrected;

/** `onCorrected` is called when the diagnosis was corrected here. */
export function AttemptDetail({ attemptId, onCorrected }: { attemptId: string; onCorrected: () => void }) {
  const words = useTexts(texts);
  const [isCorrecting, setCorrecting] = useState(false);
  const attempt = useQuery(
    (signal) => client.get("/v1/attempts/{attempt_id}", { path: { attempt_id: attemptId }, signal }),
    [attemptId],
  );
  const corrected = () => {
    setCorrecting(false);
    attempt.reload();
    onCorrected();
  };
  return (
    <Loaded query={attempt} lines={7}>
      {(found) => (
        <>
          <Diagnosis attempt={found} />
          {isCorrecting ? (
            <Override attempt={found} onDone={corrected} onCancel={() => setCorrecting(false)} />
          ) : (
            <div><Button kind="plain" onClick={() => setCorrecting(true)}>{words.correct}</Button></div>
          )}
          <History key={found.updated_at} attemptId={attemptId} />
        </>
      )}
    </Loaded>
  );
}

function Diagnosis({ attempt }: { attempt: Attempt }) {
  const words = useTexts(texts);
  const { percent } = useFormats();
  const { diagnosis, problem } = attempt;
  const [first, ...others] = diagnosis.candidates;
  return (
    <>
      <dl class="facts">
        {attempt.expected !== null && <><dt>{words.expected}</dt><dd>{attempt.expected}</dd></>}
        {attempt.steps.length > 0 && <><dt>{words.steps}</dt><dd>{attempt.steps.map((step, index) => <div key={index}>{step}</div>)}</dd></>}
        {diagnosis.comment && <><dt>{words.comment}</dt><dd>{diagnosis.comment}</dd></>}
      </dl>
      {diagnosis.wrong_step && <p>{words.offAt(diagnosis.wrong_step.line, diagnosis.wrong_step.expected)}</p>}
      {first ? <Explanation candidate={first} problem={problem} /> : attempt.verdict === "incorrect" && <p>{words.none}</p>}
      <p class="soft">{words.by[diagnosis.source]}.{first && diagnosis.unexplained >= SHOWN && ` ${words.rest(percent(diagnosis.unexplained))}`}</p>
      {others.length > 0 && (
        <details>
          <summary>{words.others(others.length)}</summary>
          <ul class="list">
            {others.map((other) => <li key={other.bug} class="card"><Explanation candidate={other} problem={problem} /></li>)}
          </ul>
        </details>
      )}
    </>
  );
}

function Explanation({ candidate, problem }: { candidate: Candidate; problem: string }) {
  const words = useTexts(texts);
  const { percent } = useFormats();
  return (
    <>
      <h4>{words.likely(candidate.name, percent(candidate.probability))}</h4>
      <p>{candidate.explanation}</p>
      <Work problem={problem} trace={candidate.trace} />
    </>
  );
}

/** Nothing while the answer has had only the one diagnosis that is shown. */
function History({ attemptId }: { attemptId: string }) {
  const words = useTexts(texts);
  const said = useTexts(verdicts);
  const { time } = useFormats();
  const diagnoses = useQuery(
    (signal) => client.get("/v1/attempts/{attempt_id}/diagnoses", { path: { attempt_id: attemptId }, query: { limit: 20 }, signal }),
    [attemptId],
  );
  if (diagnoses.error !== undefined) return <Failure error={diagnoses.error} onRetry={diagnoses.reload} />;
  if (!diagnoses.data || diagnoses.data.length < 2) return null;
  return (
    <details>
      <summary>{words.before}</summary>
      <ol>
        {diagnoses.data.map(({ id, verdict, diagnosis, is_current, created_at }) => (
          <li key={id}>
            {time(created_at)}: {said[verdict]}
            {diagnosis.candidates[0] && `, ${diagnosis.candidates[0].name}`}. {words.by[diagnosis.source]}.
            {diagnosis.comment && ` “${diagnosis.comment}”`} {is_current && <span class="tag good">{words.now}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
