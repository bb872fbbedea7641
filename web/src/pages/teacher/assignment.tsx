import type { Schemas } from "@tiza/client";
import { useRoute } from "preact-iso";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Page, Section } from "../../ui/page";
import { Empty, Loaded } from "../../ui/states";
import { ChangeAssignment } from "./parts/change-assignment";
import { useLive } from "./parts/live";
import { ProgressTable } from "./parts/progress-table";
import "./teacher.css";

const texts = translations(
  {
    loading: "Assignment",
    up: "Assignments of the class",
    upAll: "Classes",
    due: "Due",
    closed: "Closed",
    finished: "Finished",
    overdue: "Overdue",
    answered: "Answered",
    right: "Right at the first go",
    of: (part: string, whole: string) => `${part} of ${whole}`,
    progress: "How each student stands",
    bugs: "Bugs that the answers show",
    noBugs: "None so far.",
    shown: (name: string, count: number) => `${name}: ${count}`,
  },
  {
    loading: "Tarea",
    up: "Tareas de la clase",
    upAll: "Clases",
    due: "Fecha límite",
    closed: "Cerrada",
    finished: "Terminada por",
    overdue: "Con retraso",
    answered: "Respondido",
    right: "Bien a la primera",
    of: (part: string, whole: string) => `${part} de ${whole}`,
    progress: "Cómo va cada estudiante",
    bugs: "Errores que muestran las respuestas",
    noBugs: "Ninguno hasta ahora.",
    shown: (name: string, count: number) => `${name}: ${count}`,
  },
);

export default function AssignmentPage() {
  const words = useTexts(texts);
  const id = useRoute().params.assignmentId!;
  const path = { assignment_id: id };
  const progress = useQuery((signal) => client.get("/v1/assignments/{assignment_id}/progress", { path, signal }), [id]);
  useLive("/v1/assignments/{assignment_id}/progress", { path }, progress, progress.data);
  const classroom = progress.data?.assignment.classroom_id;
  const up = classroom ? { href: `/classes/${classroom}?tab=assignments`, text: words.up } : { href: "/classes", text: words.upAll };
  return (
    <Page title={progress.data?.assignment.title ?? words.loading} up={up}>
      <Loaded query={progress} lines={16}>
        {({ assignment, students, bugs }) => (
          <>
            <Facts assignment={assignment} />
            <Section title={words.progress}><ProgressTable classroomId={classroom ?? null} students={students} /></Section>
            <Section title={words.bugs}>
              {bugs.length === 0 ? <Empty>{words.noBugs}</Empty> : <ul>{bugs.map((bug) => <li key={bug.bug}>{words.shown(bug.name, bug.students)}</li>)}</ul>}
            </Section>
            <ChangeAssignment assignment={assignment} onChanged={progress.reload} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Facts({ assignment }: { assignment: Schemas["Assignment"] }) {
  const words = useTexts(texts);
  const { time, number, percent } = useFormats();
  const { result } = assignment;
  const of = (part: number, whole: number) => words.of(number(part), number(whole));
  return (
    <dl class="facts card">
      <dt>{words.due}</dt><dd>{time(assignment.due_at)}</dd>
      {assignment.closed_at && <><dt>{words.closed}</dt><dd>{time(assignment.closed_at)}</dd></>}
      <dt>{words.finished}</dt><dd>{of(result.finished, result.students)}</dd>
      <dt>{words.overdue}</dt><dd>{number(result.overdue)}</dd>
      <dt>{words.answered}</dt><dd>{of(result.answered, result.exercises)}</dd>
      <dt>{words.right}</dt><dd>{result.mean === null ? "–" : percent(result.mean)}</dd>
    </dl>
  );
}
