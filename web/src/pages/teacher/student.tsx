import { useRoute } from "preact-iso";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { Page, Section } from "../../ui/page";
import { Loaded } from "../../ui/states";
import { Account } from "./parts/account";
import { Answers } from "./parts/answers";
import { AssignmentList } from "./parts/assignment-list";
import { useClassroom } from "./parts/names";
import { ReviewList } from "./parts/review-list";
import { Known } from "./parts/known";
import { Tabs, useTab } from "./parts/tabs";
import "./teacher.css";

const texts = translations(
  {
    loading: "Student",
    up: "Class",
    upTo: (name: string) => `Class ${name}`,
    tabs: "Parts of the student's page",
    known: "Skills",
    answers: "Answers",
    assignments: "Assignments",
    reports: "Reported diagnoses",
    account: "Account and parents",
  },
  {
    loading: "Estudiante",
    up: "Clase",
    upTo: (name: string) => `Clase ${name}`,
    tabs: "Partes de la página del estudiante",
    known: "Destrezas",
    answers: "Respuestas",
    assignments: "Tareas",
    reports: "Diagnósticos señalados",
    account: "Cuenta y familia",
  },
);

const parts = ["known", "answers", "assignments", "reports", "account"] as const;

export default function Student() {
  const words = useTexts(texts);
  const { id: classroomId, studentId } = useRoute().params as { id: string; studentId: string };
  const tab = useTab(parts);
  const classroom = useClassroom(classroomId);
  const student = useQuery((signal) => client.get("/v1/users/{user_id}", { path: { user_id: studentId }, signal }), [studentId]);
  return (
    <Page
      title={student.data?.name ?? words.loading}
      up={{ href: `/classes/${classroomId}`, text: classroom.data ? words.upTo(classroom.data.name) : words.up }}
    >
      <Tabs label={words.tabs} tabs={parts.map((value) => ({ value, text: words[value] }))} current={tab} />
      <Loaded query={student} lines={16}>
        {(found) => (
          <>
            {tab === "known" && <Known classroomId={classroomId} studentId={studentId} />}
            {tab === "answers" && <Section title={words.answers}><Answers key={studentId} studentId={studentId} /></Section>}
            {tab === "assignments" && <Section title={words.assignments}><AssignmentList of={{ student_id: studentId }} /></Section>}
            {tab === "reports" && <Section title={words.reports}><ReviewList filter={{ student_id: studentId }} /></Section>}
            {tab === "account" && <Account student={found} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
