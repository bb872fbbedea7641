import type { Schemas } from "@tiza/client";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction, useQuery } from "../../query";
import { client, useSession } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button, Form, SelectField, TextField } from "../../ui/forms";
import { Page, Section } from "../../ui/page";
import { Empty, Failure, Loaded } from "../../ui/states";
import { GRADES } from "./parts/change-class";
import { Pager, usePaged } from "./parts/paged";
import "./teacher.css";

type Classroom = Schemas["Classroom"];

const texts = translations(
  {
    title: "Classes",
    archived: "Archived classes",
    current: "Classes in use",
    students: (count: string, one: boolean) => (one ? "1 student" : `${count} students`),
    alerts: (count: string, one: boolean) => (one ? "1 open alert" : `${count} open alerts`),
    quiet: "No open alerts",
    code: "Sign-in code",
    grade: (grade: number) => `Grade ${grade}`,
    none: "You have no class yet. This is how it goes:",
    steps: [
      "Make a class, below.",
      "Let students in: they register with the class's invite code, or you print a sheet with their PINs.",
      "They practise. After a few answers you see here what they know, and why an answer is wrong.",
    ],
    roster: "Does the school have a system with its lists? Import them",
    noneArchived: "No class is archived.",
    make: "Make a class",
    name: "Name of the class",
    nameHint: "For instance 5A.",
    gradeLabel: "Grade (may be left out)",
    noGrade: "No grade",
    go: "Make the class",
  },
  {
    title: "Clases",
    archived: "Clases archivadas",
    current: "Clases en uso",
    students: (count: string, one: boolean) => (one ? "1 estudiante" : `${count} estudiantes`),
    alerts: (count: string, one: boolean) => (one ? "1 aviso abierto" : `${count} avisos abiertos`),
    quiet: "Sin avisos abiertos",
    code: "Código para entrar",
    grade: (grade: number) => `Curso ${grade}`,
    none: "Todavía no tienes ninguna clase. Así se empieza:",
    steps: [
      "Crea una clase, aquí abajo.",
      "Haz entrar a tus estudiantes: se registran con el código de invitación de la clase, o imprimes una hoja con sus PIN.",
      "Practican. Tras unas respuestas verás aquí lo que saben y por qué una respuesta está mal.",
    ],
    roster: "¿La escuela tiene un sistema con sus listas? Impórtalas",
    noneArchived: "No hay ninguna clase archivada.",
    make: "Crear una clase",
    name: "Nombre de la clase",
    nameHint: "Por ejemplo, 5A.",
    gradeLabel: "Curso (se puede dejar vacío)",
    noGrade: "Sin curso",
    go: "Crear la clase",
  },
);

const MOST_COUNTED = 100; // alerts on the one page that is counted

export default function Classes() {
  const words = useTexts(texts);
  const { query, path } = useLocation();
  const isArchived = query.archived !== undefined;
  const classes = usePaged<Classroom>(
    (cursor, signal) => client.call("get", "/v1/classrooms", { query: { limit: 50, archived: isArchived, ...(cursor && { cursor }) }, signal }),
    [isArchived],
  );
  const alerts = useQuery(
    (signal) => client.get("/v1/alerts", { query: { status: "open", limit: MOST_COUNTED }, signal }),
    [],
  );
  const link = <a class="plain-link" href={isArchived ? path : `${path}?archived`}>{isArchived ? words.current : words.archived}</a>;
  return (
    <Page title={isArchived ? words.archived : words.title} actions={link}>
      <Loaded query={classes} lines={4}>
        {({ data }) =>
          data.length === 0 ? (
            <Nothing isArchived={isArchived} />
          ) : (
            <>
              <ul class="cards plain">
                {data.map((classroom) => <li key={classroom.id}><ClassCard classroom={classroom} alerts={alerts.data} /></li>)}
              </ul>
              <Pager paged={classes} />
            </>
          )
        }
      </Loaded>
      {!isArchived && classes.data && <Section title={words.make}><NewClass /></Section>}
    </Page>
  );
}

function ClassCard({ classroom, alerts }: { classroom: Classroom; alerts: Schemas["Alert"][] | undefined }) {
  const words = useTexts(texts);
  const { number } = useFormats();
  const open = alerts?.filter((alert) => alert.classroom_id === classroom.id).length ?? 0;
  const isMore = alerts?.length === MOST_COUNTED;
  return (
    <a class="card link" href={`/classes/${classroom.id}`}>
      <span class="row">
        <strong>{classroom.name}</strong>
        {classroom.grade !== null && <span class="soft">{words.grade(classroom.grade)}</span>}
      </span>
      <span>{words.students(number(classroom.student_count), classroom.student_count === 1)}</span>
      {alerts && !classroom.archived_at ? (
        <span class={open ? "tag bad" : "soft"}>{open || isMore ? words.alerts(`${number(open)}${isMore ? "+" : ""}`, open === 1 && !isMore) : words.quiet}</span>
      ) : (
        <span aria-hidden="true">&nbsp;</span>
      )}
      <span class="soft">{words.code}: {classroom.code}</span>
    </a>
  );
}

function Nothing({ isArchived }: { isArchived: boolean }) {
  const words = useTexts(texts);
  const { user } = useSession();
  if (isArchived) return <Empty>{words.noneArchived}</Empty>;
  return (
    <div class="card">
      <p>{words.none}</p>
      <ol>{words.steps.map((step) => <li key={step}>{step}</li>)}</ol>
      {user?.role === "admin" && <p><a class="plain-link" href="/roster">{words.roster}</a></p>}
    </div>
  );
}

function NewClass() {
  const words = useTexts(texts);
  const { route } = useLocation();
  const [name, setName] = useState("");
  const [grade, setGrade] = useState("");
  const make = useAction(async () => {
    const made = await client.post("/v1/classrooms", { body: { name: name.trim(), grade: grade ? Number(grade) : null } });
    route(`/classes/${made.id}?tab=members`);
  });
  const grades = GRADES.map((value) => ({ value, text: words.grade(Number(value)) }));
  return (
    <Form onSend={() => void make.run()} class="card" aria-label={words.make}>
      <div class="inline">
        <TextField label={words.name} hint={words.nameHint} value={name} onValue={setName} required maxLength={100} autocomplete="off" />
        <SelectField label={words.gradeLabel} value={grade} onValue={setGrade} options={[{ value: "", text: words.noGrade }, ...grades]} />
        <Button type="submit" isBusy={make.isRunning}>{words.go}</Button>
      </div>
      {make.error !== undefined && <Failure error={make.error} />}
    </Form>
  );
}
