/** Another name or grade for a class; its end, and a new beginning. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button, Form, SelectField, TextField } from "../../../ui/forms";
import { Section } from "../../../ui/page";
import { Failure } from "../../../ui/states";
import { useSaid } from "./said";

const texts = translations(
  {
    title: "Change the class",
    name: "Name of the class",
    grade: "Grade",
    noGrade: "No grade",
    save: "Save",
    saved: "Saved.",
    archive: "Archive the class",
    archiveSure: "Archive this class? Nobody signs in with its code then. It can still be read, and can come back.",
    archived: "The class is archived.",
    back: "Take it out of the archive",
    isBack: "The class is in use again.",
  },
  {
    title: "Cambiar la clase",
    name: "Nombre de la clase",
    grade: "Curso",
    noGrade: "Sin curso",
    save: "Guardar",
    saved: "Guardado.",
    archive: "Archivar la clase",
    archiveSure: "¿Archivar esta clase? Nadie entrará ya con su código. Se podrá seguir leyendo, y puede volver.",
    archived: "La clase está archivada.",
    back: "Sacarla del archivo",
    isBack: "La clase vuelve a usarse.",
  },
);

export const GRADES = Array.from({ length: 12 }, (_, index) => String(index + 1));

export function ChangeClass({ classroom, onChanged }: { classroom: Schemas["Classroom"]; onChanged: () => void }) {
  const words = useTexts(texts);
  const [name, setName] = useState(classroom.name);
  const [grade, setGrade] = useState(classroom.grade === null ? "" : String(classroom.grade));
  const { say, place } = useSaid();
  const isArchived = classroom.archived_at !== null;
  const change = useAction(async (body: Schemas["ChangeClassroom"], done: string) => {
    await client.patch("/v1/classrooms/{classroom_id}", { path: { classroom_id: classroom.id }, body });
    say(done);
    onChanged();
  });
  const archive = () => {
    if (isArchived) void change.run({ archived: false }, words.isBack);
    else if (confirm(words.archiveSure)) void change.run({ archived: true }, words.archived);
  };
  const save = () => void change.run({ name: name.trim(), grade: grade ? Number(grade) : null }, words.saved);
  return (
    <Section title={words.title}>
      {place}
      <Form onSend={save} class="card" aria-label={words.title}>
        <div class="inline">
          <TextField label={words.name} value={name} onValue={setName} required maxLength={100} autocomplete="off" />
          <SelectField label={words.grade} value={grade} onValue={setGrade} options={[{ value: "", text: words.noGrade }, ...GRADES.map((value) => ({ value, text: value }))]} />
          <Button type="submit" isBusy={change.isRunning}>{words.save}</Button>
          <Button kind="plain" isBusy={change.isRunning} onClick={archive}>{isArchived ? words.back : words.archive}</Button>
        </div>
        {change.error !== undefined && <Failure error={change.error} />}
      </Form>
    </Section>
  );
}
