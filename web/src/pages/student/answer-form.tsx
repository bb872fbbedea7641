import { useEffect, useId, useRef, useState } from "preact/hooks";

import { translations, useTexts } from "../../texts";
import { Button, Field, Form } from "../../ui/forms";
import { Notice } from "../../ui/states";

const texts = translations(
  {
    form: "Your answer to the exercise",
    answer: "Your answer",
    check: "Check",
    unread: "Tiza could not read that. Write only the answer, such as 42, 3/4 or 0.5.",
    steps: "Show how I worked it out (if you like)",
    stepsLabel: "My steps",
    stepsHint: "One step on each line. Then Tiza can tell you more.",
    signs: "Signs for your answer",
    named: { "/": "fraction bar", " ": "space between whole and fraction", "-": "minus", ",": "comma", ".": "point", " r ": "remainder", ":": "ratio sign", "=": "equals", "^": "to the power of", "%": "per cent", "<": "less than", ">": "greater than" } as Record<string, string>,
    shown: { " ": "space", " r ": "r" } as Record<string, string>,
  },
  {
    form: "Tu respuesta al ejercicio",
    answer: "Tu respuesta",
    check: "Comprobar",
    unread: "Tiza no ha podido leer eso. Escribe solo la respuesta, como 42, 3/4 o 0,5.",
    steps: "Mostrar cómo lo hice (si quieres)",
    stepsLabel: "Mis pasos",
    stepsHint: "Un paso en cada línea. Así Tiza te puede decir más.",
    signs: "Signos para tu respuesta",
    named: { "/": "raya de fracción", " ": "espacio entre entero y fracción", "-": "menos", ",": "coma", ".": "punto", " r ": "resto", ":": "signo de razón", "=": "igual", "^": "elevado a", "%": "por ciento", "<": "menor que", ">": "mayor que" } as Record<string, string>,
    shown: { " ": "espacio", " r ": "r" } as Record<string, string>,
  },
);

const MOST_STEPS = 50;
const LONGEST = 500;

/** What a keypad of digits lacks for the answers of a topic. */
const SIGNS: Partial<Record<string, readonly string[]>> = {
  division: [" r ", "/"],
  fractions: ["/", " "],
  decimals: ["/"],
  integers: ["-"],
  powers: ["-", "/", "^"],
  ratio: ["/", ":"],
  algebra: ["-", "^", "=", "<", ">"],
};

const WHOLE = new Set(["addition", "subtraction", "multiplication"]);

interface AnswerFormProps {
  topic: string;
  /** The element that states the problem. */
  problemId: string;
  /** Whether the field takes the focus as it appears. */
  isFocused: boolean;
  isBusy: boolean;
  /** Whether the last answer could not be read. */
  isUnread: boolean;
  onCheck: (answer: string, steps: string[]) => void;
}

/** Where the answer is written, with the signs that it may need, and, if one likes, the steps. */
export function AnswerForm({ topic, problemId, isFocused, isBusy, isUnread, onCheck }: AnswerFormProps) {
  const words = useTexts(texts);
  const [answer, setAnswer] = useState("");
  const [steps, setSteps] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, []);
  useEffect(() => {
    if (isUnread) field.current?.select();
  }, [isUnread]);
  const put = (sign: string) => {
    const input = field.current!;
    input.setRangeText(sign, input.selectionStart ?? answer.length, input.selectionEnd ?? answer.length, "end");
    setAnswer(input.value);
    input.focus();
  };
  const check = () => {
    if (answer.trim() === "") field.current?.focus();
    else onCheck(answer.trim(), linesOf(steps));
  };
  return (
    <Form onSend={check} aria-label={words.form} class="answer-form">
      <div class="answer-line">
        <Field label={words.answer}>
          {(ids) => (
            <input
              {...ids}
              aria-describedby={problemId}
              aria-invalid={isUnread || undefined}
              ref={field}
              class="big-answer"
              value={answer}
              onInput={(event) => setAnswer(event.currentTarget.value)}
              inputMode={WHOLE.has(topic) ? "numeric" : topic === "algebra" ? "text" : "decimal"}
              enterKeyHint="go"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              maxLength={LONGEST}
            />
          )}
        </Field>
        <Button type="submit" isBusy={isBusy}>{words.check}</Button>
      </div>
      {isUnread && <Notice kind="bad">{words.unread}</Notice>}
      <Signs signs={SIGNS[topic] ?? []} onSign={put} />
      <Steps value={steps} onValue={setSteps} />
    </Form>
  );
}

function Signs({ signs, onSign }: { signs: readonly string[]; onSign: (sign: string) => void }) {
  const words = useTexts(texts);
  if (signs.length === 0) return null;
  return (
    <div class="signs" role="group" aria-label={words.signs}>
      {signs.map((sign) => (
        <Button key={sign} kind="plain" aria-label={words.named[sign]} onClick={() => onSign(sign)}>
          {words.shown[sign] ?? sign.replace("-", "−")}
        </Button>
      ))}
    </div>
  );
}

function Steps({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const words = useTexts(texts);
  const id = useId();
  return (
    <details class="steps">
      <summary>{words.steps}</summary>
      <div class="field">
        <label for={id}>{words.stepsLabel}</label>
        <p class="hint" id={`${id}-hint`}>{words.stepsHint}</p>
        <textarea id={id} aria-describedby={`${id}-hint`} rows={4} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
      </div>
    </details>
  );
}

function linesOf(steps: string): string[] {
  const lines = steps.split("\n").map((line) => line.trim().slice(0, LONGEST));
  return lines.filter((line) => line !== "").slice(0, MOST_STEPS);
}
