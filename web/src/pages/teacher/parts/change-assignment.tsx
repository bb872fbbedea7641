/** Another title or due date for an assignment; its end, and a new beginning. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button, Form, TextField } from "../../../ui/forms";
import { Section } from "../../../ui/page";
import { Failure } from "../../../ui/states";
import { useSaid } from "./said";

const texts = translations(
  {
    title: "Change the assignment",
    name: "Title",
    due: "Due",
    save: "Save",
    saved: "Saved.",
    close: "Close it",
    closed: "Closed: answers do not count for it any more.",
    open: "Open it again",
    opened: "Open again.",
  },
  {
    title: "Cambiar la tarea",
    name: "Título",
    due: "Fecha límite",
    save: "Guardar",
    saved: "Guardado.",
    close: "Cerrarla",
    closed: "Cerrada: las respuestas ya no cuentan para ella.",
    open: "Abrirla otra vez",
    opened: "Abierta otra vez.",
  },
);

/** A moment as a field for local times takes it. */
function localOf(moment: string): string {
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function ChangeAssignment({ assignment, onChanged }: { assignment: Schemas["Assignment"]; onChanged: () => void }) {
  const words = useTexts(texts);
  const [title, setTitle] = useState(assignment.title);
  const [due, setDue] = useState(localOf(assignment.due_at));
  const { say, place } = useSaid();
  const isClosed = assignment.closed_at !== null;
  const change = useAction(async (body: Schemas["ChangeAssignment"], done: string) => {
    await client.patch("/v1/assignments/{assignment_id}", { path: { assignment_id: assignment.id }, body });
    say(done);
    onChanged();
  });
  // An automatic one has its title from Tiza, in the language of whoever reads it.
  const changed: Schemas["ChangeAssignment"] = {
    ...(title !== assignment.title && { title: title.trim() }),
    ...(due !== localOf(assignment.due_at) && { due_at: new Date(due).toISOString() }),
  };
  return (
    <Section title={words.title}>
      {place}
      <Form onSend={() => void change.run(changed, words.saved)} class="card" aria-label={words.title}>
        <div class="inline">
          <TextField label={words.name} value={title} onValue={setTitle} required maxLength={100} autocomplete="off" />
          <TextField label={words.due} value={due} onValue={setDue} type="datetime-local" required />
          <Button type="submit" isBusy={change.isRunning}>{words.save}</Button>
          <Button kind="plain" isBusy={change.isRunning} onClick={() => void change.run({ closed: !isClosed }, isClosed ? words.opened : words.closed)}>
            {isClosed ? words.open : words.close}
          </Button>
        </div>
        {change.error !== undefined && <Failure error={change.error} />}
      </Form>
    </Section>
  );
}
