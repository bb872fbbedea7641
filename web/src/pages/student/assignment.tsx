import type { Schemas } from "@tiza/client";
import { useRoute } from "preact-iso";
import { useEffect, useRef, useState } from "preact/hooks";

import { useQuery } from "../../query";
import { client, useSession } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Page, Section } from "../../ui/page";
import { Loaded, Notice } from "../../ui/states";
import { useMoves, useSkills, type Attempt } from "./beliefs";
import { Exercise } from "./exercise";
import { KeptAnswers, useWaiting } from "./kept-answers";
import "./student.css";

const texts = translations(
  {
    title: "Assignment",
    up: "Assignments",
    due: (when: string) => `Until ${when}.`,
    closed: "This assignment is closed: answers no longer count for it.",
    all: "Exercises",
    exercise: (number: number) => `Exercise ${number}`,
    states: { open: "open", right: "right", wrong: "not right", mended: "right later", waiting: "waits to be sent" },
    next: "Next exercise",
    show: "To the end",
    finished: (right: number, all: number) => `All answered: ${right} of ${all} right at the first go.`,
    choose: "Choose an exercise to try it again.",
  },
  {
    title: "Tarea",
    up: "Tareas",
    due: (when: string) => `Hasta el ${when}.`,
    closed: "Esta tarea está cerrada: las respuestas ya no cuentan para ella.",
    all: "Ejercicios",
    exercise: (number: number) => `Ejercicio ${number}`,
    states: { open: "por hacer", right: "bien", wrong: "no está bien", mended: "bien después", waiting: "espera a ser enviado" },
    next: "Siguiente ejercicio",
    show: "Al final",
    finished: (right: number, all: number) => `Todo respondido: ${right} de ${all} bien a la primera.`,
    choose: "Elige un ejercicio para intentarlo otra vez.",
  },
);

type State = "open" | "right" | "wrong" | "mended" | "waiting";
type ExerciseState = Schemas["ExerciseState"];

/** Whether the first and the latest answer since the page was read were right. */
interface Since {
  first: boolean;
  later: boolean;
}

const marks: Record<State, string> = { open: "", right: "✓", wrong: "✗", mended: "✓", waiting: "…" };

export default function AssignmentPage() {
  const words = useTexts(texts);
  const { user } = useSession();
  const { params } = useRoute();
  const path = { assignment_id: params.assignmentId!, student_id: user!.id };
  const query = useQuery(
    async (signal) => {
      const [assignment, progress] = await Promise.all([
        client.get("/v1/assignments/{assignment_id}", { path: { assignment_id: path.assignment_id }, signal }),
        client.get("/v1/assignments/{assignment_id}/students/{student_id}", { path, signal }),
      ]);
      return { assignment, exercises: progress.exercises };
    },
    [path.assignment_id, path.student_id],
  );
  return (
    <Page title={query.data?.assignment.title ?? words.title} up={{ href: "/assignments", text: words.up }}>
      <Loaded query={query} lines={12}>
        {({ assignment, exercises }) => <Work key={assignment.id} assignment={assignment} exercises={exercises} studentId={path.student_id} />}
      </Loaded>
    </Page>
  );
}

interface WorkProps {
  assignment: Schemas["Assignment"];
  exercises: readonly ExerciseState[];
  studentId: string;
}

/** The exercises of an assignment, one at a time, those without an answer first. */
function Work({ assignment, exercises, studentId }: WorkProps) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const waiting = useWaiting();
  const movesOf = useMoves(studentId, useSkills().data);
  const [answered, setAnswered] = useState<Readonly<Record<string, Since>>>({});
  const [turn, setTurn] = useState(0);
  const stateOf = (exercise: ExerciseState) => standing(exercise, answered[exercise.exercise_id], waiting.some((each) => !each.refused && each.attempt.exercise_id === exercise.exercise_id));
  const firstOpen = exercises.findIndex((exercise) => stateOf(exercise) === "open");
  const [at, setAt] = useState(firstOpen);

  const goTo = (index: number) => {
    setAt(index);
    setTurn(turn + 1);
  };
  const nextOpen = () => {
    const isOpen = (index: number) => stateOf(exercises[index]!) === "open";
    const order = exercises.map((_, step) => (at + 1 + step) % exercises.length);
    return order.find(isOpen) ?? -1;
  };
  const note = (attempt: Attempt) => {
    const id = attempt.exercise_id!;
    const isRight = attempt.verdict !== "incorrect";
    setAnswered((last) => ({ ...last, [id]: { first: last[id]?.first ?? isRight, later: isRight } }));
  };
  const task = exercises[at];
  const following = nextOpen();
  return (
    <>
      {assignment.closed_at ? <Notice>{words.closed}</Notice> : <p class="soft">{words.due(date(assignment.due_at))}</p>}
      <Section title={words.all}>
        <ol class="plain row">
          {exercises.map((exercise, index) => (
            <li key={exercise.exercise_id}>
              <Choice number={index + 1} state={stateOf(exercise)} isShown={index === at} onChoose={() => goTo(index)} />
            </li>
          ))}
        </ol>
      </Section>
      {task ? (
        <section class="card practice" aria-label={words.exercise(at + 1)}>
          <h2>{words.exercise(at + 1)}</h2>
          <Exercise
            key={`${task.exercise_id} ${turn}`}
            task={task}
            isFocused
            movesOf={movesOf}
            onSent={note}
            next={{ text: following < 0 ? words.show : words.next, go: () => goTo(following) }}
          />
        </section>
      ) : (
        <Finished right={exercises.filter((exercise) => wasRight(exercise, answered[exercise.exercise_id])).length} all={exercises.length} isFocused={turn > 0} />
      )}
      <KeptAnswers studentId={studentId} shown={exercises.map((exercise) => exercise.exercise_id)} />
    </>
  );
}

function Choice({ number, state, isShown, onChoose }: { number: number; state: State; isShown: boolean; onChoose: () => void }) {
  const words = useTexts(texts);
  return (
    <button type="button" class={`choice ${state}`} aria-current={isShown ? "step" : undefined} aria-label={`${words.exercise(number)}, ${words.states[state]}`} onClick={onChoose}>
      {number} <span aria-hidden="true">{marks[state]}</span>
    </button>
  );
}

function Finished({ right, all, isFocused }: { right: number; all: number; isFocused: boolean }) {
  const words = useTexts(texts);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocused) title.current?.focus();
  }, []);
  return (
    <div class="verdict correct">
      <h2 ref={title} tabIndex={-1}>{words.finished(right, all)}</h2>
      <p>{words.choose}</p>
    </div>
  );
}

/** The first answer tells whether an exercise was right. */
function wasRight(exercise: ExerciseState, since: Since | undefined): boolean {
  return exercise.right ?? since?.first ?? false;
}

function standing(exercise: ExerciseState, since: Since | undefined, isWaiting: boolean): State {
  if (isWaiting) return "waiting";
  if (exercise.right === null && !since) return "open";
  if (wasRight(exercise, since)) return "right";
  return exercise.right_later || since?.later ? "mended" : "wrong";
}
