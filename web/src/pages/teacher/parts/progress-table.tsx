/** Students by the exercises of an assignment. */

import type { Schemas } from "@tiza/client";

import { translations, useTexts } from "../../../texts";
import { WideTable } from "../../../ui/page";
import { Empty } from "../../../ui/states";

type Exercise = Schemas["ExerciseState"];

const texts = translations(
  {
    caption: "Students by exercises",
    student: "Student",
    state: "State",
    states: { finished: "finished", overdue: "overdue", to_do: "to do" },
    exercise: (place: number) => `Exercise ${place}`,
    right: "right",
    later: "right later",
    wrong: "wrong",
    open: "no answer",
    late: "late",
    legend: "✓ right at the first go, (✓) right later, ✗ wrong, · no answer yet",
    none: "This assignment is for nobody any more.",
  },
  {
    caption: "Estudiantes por ejercicios",
    student: "Estudiante",
    state: "Estado",
    states: { finished: "terminada", overdue: "con retraso", to_do: "por hacer" },
    exercise: (place: number) => `Ejercicio ${place}`,
    right: "bien",
    later: "bien después",
    wrong: "mal",
    open: "sin respuesta",
    late: "tarde",
    legend: "✓ bien a la primera, (✓) bien después, ✗ mal, · sin respuesta todavía",
    none: "Esta tarea ya no es para nadie.",
  },
);

interface ProgressTableProps {
  /** Null where the assignment is one student's alone. */
  classroomId: string | null;
  students: Schemas["StudentProgress"][];
}

export function ProgressTable({ classroomId, students }: ProgressTableProps) {
  const words = useTexts(texts);
  if (students.length === 0) return <Empty>{words.none}</Empty>;
  return (
    <>
      <p class="soft">{words.legend}</p>
      <WideTable caption={words.caption}>
        <thead>
          <tr>
            <th scope="col">{words.student}</th>
            <th scope="col">{words.state}</th>
            {headsOf(students, words.exercise).map((head, index) => <th key={index} scope="col" class="breakless">{head}</th>)}
          </tr>
        </thead>
        <tbody>
          {students.map((student) => (
            <tr key={student.student_id}>
              <th scope="row">
                {classroomId ? <a href={`/classes/${classroomId}/students/${student.student_id}?tab=answers`}>{student.name}</a> : student.name}
              </th>
              <td><span class={`tag ${{ finished: "good", overdue: "bad", to_do: "" }[student.state]}`}>{words.states[student.state]}</span></td>
              {student.exercises.map((exercise) => <Cell key={exercise.exercise_id} exercise={exercise} />)}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  );
}

/** The problems, where all have the same; else their places. */
function headsOf(students: Schemas["StudentProgress"][], place: (number: number) => string): string[] {
  const longest = students.reduce((most, student) => (student.exercises.length > most.length ? student.exercises : most), [] as Exercise[]);
  const isSame = students.every((student) => student.exercises.every((exercise, index) => exercise.exercise_id === longest[index]?.exercise_id));
  return longest.map((exercise, index) => (isSame ? exercise.problem : place(index + 1)));
}

function Cell({ exercise }: { exercise: Exercise }) {
  const words = useTexts(texts);
  const [sign, said] =
    exercise.right === null
      ? ["·", words.open]
      : exercise.right
        ? ["✓", words.right]
        : exercise.right_later
          ? ["(✓)", words.later]
          : ["✗", words.wrong];
  return (
    <td title={exercise.problem}>
      <span aria-hidden="true">{sign}</span>
      <span class="hidden">{said}</span>
      {exercise.late && <> <span class="soft">{words.late}</span></>}
    </td>
  );
}
