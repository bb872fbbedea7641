/** The whole class, or some of it. */

import { pages } from "@tiza/client";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Loaded } from "../../../ui/states";
import { all } from "./names";

const texts = translations(
  { legend: "For whom", everybody: "The whole class, whoever joins it later too", some: "Some students", which: "Which students" },
  { legend: "Para quién", everybody: "Toda la clase, también quien llegue después", some: "Algunos estudiantes", which: "Qué estudiantes" },
);

const byName = <T extends { name: string }>(people: T[]): T[] => people.toSorted((one, other) => one.name.localeCompare(other.name));

interface ForWhomProps {
  classroomId: string;
  /** Null for the whole class. */
  students: string[] | null;
  onStudents: (students: string[] | null) => void;
}

export function ForWhom({ classroomId, students, onStudents }: ForWhomProps) {
  const words = useTexts(texts);
  const members = useQuery(
    (signal) =>
      all(pages(client, "/v1/classrooms/{classroom_id}/members", { path: { classroom_id: classroomId }, query: { role: "student", limit: 100 }, signal })),
    [classroomId],
  );
  const toggle = (id: string, isOn: boolean) => onStudents([...(students ?? []).filter((each) => each !== id), ...(isOn ? [id] : [])]);
  return (
    <fieldset>
      <legend>{words.legend}</legend>
      <label class="check">
        <input type="radio" name="for-whom" checked={students === null} onChange={() => onStudents(null)} /> {words.everybody}
      </label>
      <label class="check">
        <input type="radio" name="for-whom" checked={students !== null} onChange={() => onStudents([])} /> {words.some}
      </label>
      {students !== null && (
        <Loaded query={members} lines={8}>
          {(found) => (
            <div class="choices" role="group" aria-label={words.which}>
              {byName(found).map(({ user_id, name }) => (
                <label key={user_id} class="check">
                  <input type="checkbox" checked={students.includes(user_id)} onChange={(event) => toggle(user_id, event.currentTarget.checked)} /> {name}
                </label>
              ))}
            </div>
          )}
        </Loaded>
      )}
    </fieldset>
  );
}
