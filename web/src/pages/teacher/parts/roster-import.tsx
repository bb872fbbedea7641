/** OneRoster's CSV files: looked through first, then imported. */

import type { Schemas } from "@tiza/client";
import { useRef, useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button, Field, Form } from "../../../ui/forms";
import { Section } from "../../../ui/page";
import { Failure, Notice } from "../../../ui/states";
import { ImportReport } from "./import-report";

type Report = Schemas["ImportReport"];
type Kind = "users" | "roles" | "classes" | "enrollments";

const texts = translations(
  {
    files: "1. Choose the files",
    about: "CSV files of OneRoster 1.1 or 1.2 in UTF-8, one of them or several. Nothing is changed before you say so.",
    names: {
      users: "People (users.csv)",
      roles: "Roles (roles.csv, only in 1.2)",
      classes: "Classes (classes.csv)",
      enrollments: "Who is in which class (enrollments.csv)",
    },
    look: "Look through them",
    found: "2. What the import would do",
    done: "What the import did",
    strict: "Import nothing if any line is refused",
    go: "Import now",
    applied: "Imported.",
    notApplied: "Nothing was imported, since lines were refused.",
    pins: "New students have no PIN yet: print a sheet on the page of their class. New teachers get a mail to set a password.",
  },
  {
    files: "1. Elige los archivos",
    about: "Archivos CSV de OneRoster 1.1 o 1.2 en UTF-8, uno o varios. No se cambia nada hasta que lo digas.",
    names: {
      users: "Personas (users.csv)",
      roles: "Papeles (roles.csv, solo en 1.2)",
      classes: "Clases (classes.csv)",
      enrollments: "Quién está en qué clase (enrollments.csv)",
    },
    look: "Revisarlos",
    found: "2. Lo que haría la importación",
    done: "Lo que hizo la importación",
    strict: "No importar nada si se rechaza alguna línea",
    go: "Importar ahora",
    applied: "Importado.",
    notApplied: "No se importó nada, porque se rechazaron líneas.",
    pins: "Los estudiantes nuevos aún no tienen PIN: imprime una hoja en la página de su clase. Los docentes nuevos reciben un correo para poner su contraseña.",
  },
);

const kinds: readonly Kind[] = ["users", "roles", "classes", "enrollments"];

export function RosterImport() {
  const words = useTexts(texts);
  const [files, setFiles] = useState<Partial<Record<Kind, string>>>({});
  const [isStrict, setStrict] = useState(false);
  const [dryRun, setDryRun] = useState<Report>();
  const [done, setDone] = useState<Report>();
  const result = useRef<HTMLDivElement>(null);
  const show = (put: (report: Report) => void, report: Report) => {
    put(report);
    requestAnimationFrame(() => result.current?.focus());
  };
  const send = (query: { dry_run: boolean; all_or_nothing: boolean }) => client.post("/v1/roster/imports", { query, body: files });
  const forget = () => {
    setDryRun(undefined);
    setDone(undefined);
  };
  const look = useAction(async () => {
    forget();
    show(setDryRun, await send({ dry_run: true, all_or_nothing: false }));
  });
  const run = useAction(async () => show(setDone, await send({ dry_run: false, all_or_nothing: isStrict })));
  const choose = async (kind: Kind, file: File | undefined) => {
    const text = await file?.text();
    forget();
    setFiles(({ [kind]: _, ...others }) => (text === undefined ? others : { ...others, [kind]: text }));
  };
  const report = done ?? dryRun;
  return (
    <>
      <Section title={words.files}>
        <p>{words.about}</p>
        <Form onSend={() => void look.run()} class="card" aria-label={words.files}>
          <div class="files">
            {kinds.map((kind) => (
              <Field key={kind} label={words.names[kind]}>
                {(ids) => <input {...ids} type="file" accept=".csv,text/csv" onChange={(event) => void choose(kind, event.currentTarget.files?.[0])} />}
              </Field>
            ))}
          </div>
          {look.error !== undefined && <Failure error={look.error} />}
          <div><Button type="submit" isBusy={look.isRunning} disabled={Object.keys(files).length === 0}>{words.look}</Button></div>
        </Form>
      </Section>
      {report && (
        <div ref={result} tabIndex={-1}>
          <Section title={done ? words.done : words.found}>
            {done && <Notice kind={done.applied ? "good" : "bad"}>{done.applied ? words.applied : words.notApplied}</Notice>}
            {done?.applied && <p>{words.pins}</p>}
            <ImportReport key={String(done !== undefined)} report={report} />
            {!done && (
              <div class="card">
                <label class="check">
                  <input type="checkbox" checked={isStrict} onChange={(event) => setStrict(event.currentTarget.checked)} /> {words.strict}
                </label>
                {run.error !== undefined && <Failure error={run.error} />}
                <div><Button isBusy={run.isRunning} onClick={() => void run.run()}>{words.go}</Button></div>
              </div>
            )}
          </Section>
        </div>
      )}
    </>
  );
}
