/** Whom of a class to see first. */

import type { Schemas } from "@tiza/client";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { Empty, Loaded } from "../../../ui/states";
import { FirstFew } from "./first-few";

const texts = translations(
  {
    points: (points: number) => (points === 1 ? "1 point" : `${points} points`),
    mean: (share: string) => `knows ${share} on average`,
    nobody: "Nobody needs you more than the others right now.",
  },
  {
    points: (points: number) => (points === 1 ? "1 punto" : `${points} puntos`),
    mean: (share: string) => `sabe el ${share} de media`,
    nobody: "Nadie te necesita ahora más que los demás.",
  },
);

/** The students who give a reason, the weightiest first. */
export function Attention({ classroomId }: { classroomId: string }) {
  const words = useTexts(texts);
  const query = useQuery(
    (signal) => client.get("/v1/classrooms/{classroom_id}/attention", { path: { classroom_id: classroomId }, signal }),
    [classroomId],
  );
  return (
    <Loaded query={query} lines={20}>
      {({ students }) =>
        students.length === 0 ? (
          <Empty>{words.nobody}</Empty>
        ) : (
          <FirstFew items={students} few={8}>
            {(shown) => (
              <ol class="list">
                {shown.map((student) => <Student key={student.student_id} student={student} classroomId={classroomId} />)}
              </ol>
            )}
          </FirstFew>
        )
      }
    </Loaded>
  );
}

function Student({ student, classroomId }: { student: Schemas["NeedsAttention"]; classroomId: string }) {
  const words = useTexts(texts);
  const { percent } = useFormats();
  return (
    <li class="card">
      <div class="row">
        <h3><a class="plain-link" href={`/classes/${classroomId}/students/${student.student_id}`}>{student.name}</a></h3>
        <span class="tag">{words.points(student.points)}</span>
        {student.mean !== null && <span class="soft">{words.mean(percent(student.mean))}</span>}
      </div>
      <ul>
        {student.reasons.map((reason) => <li key={reason.type}>{reason.text}</li>)}
      </ul>
    </li>
  );
}
