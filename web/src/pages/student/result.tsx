/** What became of an answer: right or not, why, and what is believed now. */

import { poll } from "@tiza/client";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { KnownBar } from "../../ui/level";
import { Notice } from "../../ui/states";
import type { Attempt, Move } from "./beliefs";
import { Explanation } from "./explanation";
import { levelWords } from "./level-words";
import { Written } from "./problem";
import { Report } from "./report";

const texts = translations(
  {
    correct: "Right!",
    not_simplified: "Right!",
    incorrect: "Not quite.",
    unreadable: "Tiza could not read this answer.",
    simpler: "It can be written more simply:",
    wrote: "You wrote",
    right: "Right is",
    pending: "Tiza is having a second look at this answer. That takes a little while, and what stands here may still change.",
    looked: "Tiza has had its second look.",
    moved: "How well Tiza thinks you know it",
    up: "up",
    down: "down",
  },
  {
    correct: "¡Bien!",
    not_simplified: "¡Bien!",
    incorrect: "Todavía no es eso.",
    unreadable: "Tiza no ha podido leer esta respuesta.",
    simpler: "Se puede escribir más simple:",
    wrote: "Escribiste",
    right: "Lo correcto es",
    pending: "Tiza está mirando esta respuesta otra vez. Tarda un poco, y lo que ves aquí todavía puede cambiar.",
    looked: "Tiza ya la ha mirado otra vez.",
    moved: "Lo que Tiza cree que sabes",
    up: "sube",
    down: "baja",
  },
);

const LOOK_AGAIN_MS = 4_000;

/** The answer as it stands, read again while a second look at it is under way. */
export function useLatest(given: Attempt): Attempt {
  const [latest, setLatest] = useState(given);
  const { id, status } = latest;
  useEffect(() => {
    if (status !== "pending") return;
    const looking = poll(client, "/v1/attempts/{attempt_id}", { interval: LOOK_AGAIN_MS, onData: setLatest }, { path: { attempt_id: id } });
    return () => looking.stop();
  }, [id, status]);
  return latest;
}

interface ResultProps {
  attempt: Attempt;
  moves?: readonly Move[];
  /** The level of its heading. */
  heading?: "h2" | "h3" | "h4";
  /** Whether the heading takes the focus, so that what happened is read out. */
  isFocused?: boolean;
  /** The way on. */
  children?: ComponentChildren;
}

/** An answer and all that was found about it. */
export function Result({ attempt: given, moves = [], heading: Heading = "h2", isFocused = false, children }: ResultProps) {
  const words = useTexts(texts);
  const attempt = useLatest(given);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocused) title.current?.focus();
  }, []);
  const isWrong = attempt.verdict === "incorrect";
  return (
    <div class="result">
      <div class={`verdict ${attempt.verdict}`}>
        <Heading ref={title} tabIndex={-1}>
          <span aria-hidden="true">{isWrong ? "✗" : attempt.verdict === "unreadable" ? "?" : "✓"} </span>
          {words[attempt.verdict]}
        </Heading>
        <Answered attempt={attempt} />
      </div>
      {attempt.status === "pending" && <Notice>{words.pending}</Notice>}
      {given.status === "pending" && attempt.status === "final" && <Notice>{words.looked}</Notice>}
      {isWrong && <Explanation attempt={attempt} />}
      {moves.length > 0 && <Moved moves={moves} />}
      {children}
      {isWrong && <Report attemptId={attempt.id} />}
    </div>
  );
}

function Answered({ attempt }: { attempt: Attempt }) {
  const words = useTexts(texts);
  const { verdict, answer, expected } = attempt;
  return (
    <p>
      {words.wrote} <strong><Written text={answer} /></strong>.
      {verdict === "incorrect" && expected !== null && <> {words.right} <strong><Written text={expected} /></strong>.</>}
      {verdict === "not_simplified" && expected !== null && <> {words.simpler} <strong><Written text={expected} /></strong>.</>}
    </p>
  );
}

function Moved({ moves }: { moves: readonly Move[] }) {
  const words = useTexts(texts);
  return (
    <div class="moved">
      <p>{words.moved}</p>
      <ul class="plain">
        {moves.map((move) => <Skill key={move.id} move={move} />)}
      </ul>
    </div>
  );
}

/** A skill whose bar goes from where it was to where it is now. */
function Skill({ move }: { move: Move }) {
  const words = useTexts(texts);
  const levels = useTexts(levelWords);
  const [known, setKnown] = useState(move.before ?? move.after);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setKnown(move.after));
    return () => cancelAnimationFrame(frame);
  }, [move.after]);
  const change = move.before === undefined ? 0 : move.after - move.before;
  return (
    <li class="row">
      <span class="skill-name">{move.name}</span>
      <KnownBar pKnown={known} level={move.level} />
      <span class={`level ${move.level}`}>{levels[move.level]}</span>
      {Math.abs(change) >= 0.005 && (
        <span>
          <span aria-hidden="true">{change > 0 ? "▲" : "▼"}</span>
          <span class="hidden">{change > 0 ? words.up : words.down}</span>
        </span>
      )}
    </li>
  );
}
