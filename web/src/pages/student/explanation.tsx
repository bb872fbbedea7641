/** What Tiza found about a wrong answer, in words for the one who gave it. */

import type { Schemas } from "@tiza/client";

import { translations, useTexts } from "../../texts";
import { Work } from "../../ui/work";
import type { Attempt } from "./beliefs";
import { Written } from "./problem";

const texts = translations(
  {
    sure: "Tiza thinks this is what happened:",
    maybe: "This may be what happened:",
    unsure: "Tiza is not sure. One way to get this answer is:",
    unknown: "Tiza does not know how this answer came about. Compare it with what is right, or show your steps next time.",
    others: "It could also have been this",
    step: (number: number) => `Look at line ${number} of your steps:`,
    instead: "Right would be:",
    model: "A language model has suggested this.",
    teacher: "Your teacher has looked at this answer.",
    says: "Your teacher says:",
  },
  {
    sure: "Tiza cree que pasó esto:",
    maybe: "Puede que haya pasado esto:",
    unsure: "Tiza no está segura. Una forma de llegar a esta respuesta es:",
    unknown: "Tiza no sabe cómo salió esta respuesta. Compárala con la correcta, o muestra tus pasos la próxima vez.",
    others: "También pudo ser esto",
    step: (number: number) => `Mira la línea ${number} de tus pasos:`,
    instead: "Lo correcto sería:",
    model: "Lo ha propuesto un modelo de lenguaje.",
    teacher: "Tu profe ha mirado esta respuesta.",
    says: "Tu profe dice:",
  },
);

const SURE = 0.8; // from here on the API counts a bug as had
const LIKELY = 0.4;

/** Why an answer is wrong: the likeliest way to it, drawn and in words; other ways; what the teacher says. */
export function Explanation({ attempt }: { attempt: Attempt }) {
  const words = useTexts(texts);
  const { candidates, wrong_step: wrongStep, comment, source } = attempt.diagnosis;
  const [best, ...others] = candidates;
  const isUnknown = !best && !wrongStep && source !== "human" && attempt.status === "final";
  return (
    <div class="explanation">
      {source === "human" && <p>{words.teacher}</p>}
      {comment && <blockquote><p>{words.says} {comment}</p></blockquote>}
      {wrongStep && <WrongStep step={wrongStep} />}
      {best && <Found found={best} problem={attempt.problem} isByTeacher={source === "human"} />}
      {isUnknown && <p>{words.unknown}</p>}
      {source === "llm" && <p class="soft">{words.model}</p>}
      {others.length > 0 && (
        <details>
          <summary>{words.others}</summary>
          <ul class="plain others">
            {others.map((other) => (
              <li key={other.bug}>
                <strong>{other.name}</strong>
                <p>{other.explanation}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Found({ found, problem, isByTeacher }: { found: Schemas["Candidate"]; problem: string; isByTeacher: boolean }) {
  const words = useTexts(texts);
  const lead = found.probability >= SURE ? words.sure : found.probability >= LIKELY ? words.maybe : words.unsure;
  return (
    <>
      {!isByTeacher && <p>{lead}</p>}
      <div class="found">
        <h3>{found.name}</h3>
        <p>{found.explanation}</p>
      </div>
      <Work problem={problem} trace={found.trace} />
    </>
  );
}

function WrongStep({ step }: { step: Schemas["WrongStep"] }) {
  const words = useTexts(texts);
  return (
    <div class="found">
      <p>{words.step(step.step + 1)} <strong><Written text={step.line} /></strong></p>
      <p>{words.instead} <strong><Written text={step.expected} /></strong></p>
    </div>
  );
}
