/** One exercise, from the problem to what the answer shows. */

import type { Waiting } from "@tiza/client";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { useAction } from "../../query";
import { awaitResult, markSeen } from "../../sent-late";
import { outbox } from "../../session";
import { translations, useTexts } from "../../texts";
import { Button } from "../../ui/forms";
import { Failure, Notice } from "../../ui/states";
import { AnswerForm } from "./answer-form";
import type { Attempt, Move } from "./beliefs";
import { Problem, Written } from "./problem";
import { Result } from "./result";

const texts = translations(
  {
    kept: "Your answer is kept on this device.",
    keptLong: "It is sent once Tiza can be reached, and then you see here what became of it. You may close this page.",
    wrote: "You wrote",
    elsewhere: "Your answer has been sent. You find it under “My progress”.",
    refused: "Tiza did not take this answer.",
  },
  {
    kept: "Tu respuesta está guardada en este dispositivo.",
    keptLong: "Se envía cuando se pueda llegar a Tiza, y entonces ves aquí qué tal. Puedes cerrar esta página.",
    wrote: "Escribiste",
    elsewhere: "Tu respuesta se ha enviado. La encuentras en «Mi progreso».",
    refused: "Tiza no ha aceptado esta respuesta.",
  },
);

/** What is to be solved. */
export interface Task {
  exercise_id: string;
  topic: string;
  problem: string;
  story: { text: string; locale: string } | null;
}

type Outcome =
  | { status: "sent"; attempt: Attempt; moves: Move[] }
  | { status: "waiting"; waiting: Waiting }
  | { status: "elsewhere" } // another tab has sent it
  | { status: "refused" };

interface ExerciseProps {
  task: Task;
  /** Whether the answer's field takes the focus as it appears. */
  isFocused: boolean;
  movesOf: (attempt: Attempt) => Move[];
  /** Called once the answer is known to the API, unless it could not be read. */
  onSent: (attempt: Attempt) => void;
  /** Called once the answer is kept, to be sent later. */
  onKept?: () => void;
  /** How one goes on, and what the way on is called; null where there is none now. */
  next: { text: string; go: () => void; isBusy?: boolean } | null;
}

/** A problem, its answer, and what was found. To be drawn anew (by `key`) for another exercise. */
export function Exercise({ task, isFocused, movesOf, onSent, onKept, next }: ExerciseProps) {
  const problemId = useId();
  const [outcome, setOutcome] = useState<Outcome | null>(() => keptFor(task));
  const [isUnread, setUnread] = useState(false);

  const show = (attempt: Attempt) => {
    markSeen(attempt);
    if (attempt.verdict === "unreadable") {
      setOutcome(null);
      setUnread(true);
      return;
    }
    setOutcome({ status: "sent", attempt, moves: movesOf(attempt) });
    onSent(attempt);
  };
  const check = useAction(async (answer: string, steps: string[]) => {
    setUnread(false);
    try {
      const submitted = await outbox.submit({ exercise_id: task.exercise_id, answer, steps });
      if (submitted.status === "sent") return show(submitted.attempt);
      awaitResult(submitted.waiting.id);
      setOutcome(submitted);
      onKept?.();
    } catch (error) {
      await forgetRefused(task.exercise_id); // what is said here need not be said again
      throw error;
    }
  });
  useArrival(outcome, show, (status) => setOutcome({ status }));

  return (
    <div class="exercise">
      {task.story && <p class="story" lang={task.story.locale}>{task.story.text}</p>}
      <Problem problem={task.problem} id={problemId} />
      {outcome === null ? (
        <>
          <AnswerForm
            topic={task.topic}
            problemId={problemId}
            isFocused={isFocused || isUnread}
            isBusy={check.isRunning}
            isUnread={isUnread}
            onCheck={(answer, steps) => void check.run(answer, steps)}
          />
          {check.error !== undefined && <Failure error={check.error} />}
        </>
      ) : (
        <Told outcome={outcome}>
          {next && <Next key={outcome.status} {...next} isFocused={!isWrong(outcome)} />}
        </Told>
      )}
    </div>
  );
}

const isWrong = (outcome: Outcome) => outcome.status === "sent" && outcome.attempt.verdict === "incorrect";

/** What became of the answer, and the way on. */
function Told({ outcome, children }: { outcome: Outcome; children: ComponentChildren }) {
  const words = useTexts(texts);
  if (outcome.status === "sent") {
    return <Result attempt={outcome.attempt} moves={outcome.moves} isFocused={isWrong(outcome)}>{children}</Result>;
  }
  return (
    <>
      {outcome.status === "waiting" ? <Kept waiting={outcome.waiting} /> : <Notice>{words[outcome.status]}</Notice>}
      {children}
    </>
  );
}

/** The way on. It takes the focus where there is nothing to be read first, so that Enter goes on. */
function Next({ text, go, isBusy = false, isFocused }: NonNullable<ExerciseProps["next"]> & { isFocused: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isFocused) place.current?.querySelector("button")?.focus();
  }, []);
  return (
    <div class="row" ref={place}>
      <Button isBusy={isBusy} onClick={go}>{text}</Button>
    </div>
  );
}

function Kept({ waiting }: { waiting: Waiting }) {
  const words = useTexts(texts);
  return (
    <Notice>
      <p>{words.wrote} <strong><Written text={waiting.attempt.answer} /></strong>. {words.kept}</p>
      <p>{words.keptLong}</p>
    </Notice>
  );
}

/** Watch what becomes of an answer that waits: sent from here, or by another tab, or refused. */
function useArrival(outcome: Outcome | null, onArrived: (attempt: Attempt) => void, onGone: (status: "elsewhere" | "refused") => void): void {
  const id = outcome?.status === "waiting" ? outcome.waiting.id : undefined;
  useEffect(() => {
    if (id === undefined) return;
    let isHere = false;
    const stops = [
      outbox.onSent((attempt, waiting) => {
        if (waiting.id !== id) return;
        isHere = true;
        onArrived(attempt);
      }),
      outbox.subscribe((waiting) => {
        const own = waiting.find((each) => each.id === id);
        if (own?.refused) onGone("refused");
        if (!own) setTimeout(() => isHere || onGone("elsewhere"), 0); // what this tab has sent is told a moment later
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [id]);
}

/** An answer to it that was given before, by a page that was reloaded perhaps, and still waits. */
function keptFor(task: Task): Outcome | null {
  const waiting = outbox.waiting.find((each) => !each.refused && each.attempt.exercise_id === task.exercise_id);
  return waiting ? { status: "waiting", waiting } : null;
}

async function forgetRefused(exerciseId: string): Promise<void> {
  const refused = outbox.waiting.filter((each) => each.refused && each.attempt.exercise_id === exerciseId);
  await Promise.all(refused.map(({ id }) => outbox.dismiss(id)));
}
