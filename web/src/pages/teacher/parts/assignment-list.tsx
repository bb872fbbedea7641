/** What is set to a class or a student, and how far it is. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { SelectField } from "../../../ui/forms";
import { WideTable } from "../../../ui/page";
import { Empty, Loaded } from "../../../ui/states";
import { Pager, usePaged } from "./paged";

type Assignment = Schemas["Assignment"];

const texts = translations(
  {
    which: "Which ones",
    open: "Open",
    closed: "Closed",
    none: "Nothing is set at the moment.",
    noneClosed: "Nothing is closed yet.",
    caption: "Assignments",
    title: "Assignment",
    due: "Due",
    finished: "Finished",
    right: "Right at the first go",
    automatic: "made by Tiza",
    overdue: (count: number) => `${count} overdue`,
    of: (part: number, whole: number) => `${part} of ${whole}`,
  },
  {
    which: "Cuáles",
    open: "Abiertas",
    closed: "Cerradas",
    none: "Ahora no hay nada puesto.",
    noneClosed: "Todavía no hay nada cerrado.",
    caption: "Tareas",
    title: "Tarea",
    due: "Fecha límite",
    finished: "Terminada",
    right: "Bien a la primera",
    automatic: "hecha por Tiza",
    overdue: (count: number) => `${count} con retraso`,
    of: (part: number, whole: number) => `${part} de ${whole}`,
  },
);

/** Those of a class; or of a student, the automatic ones among them. */
export function AssignmentList({ of }: { of: { classroom_id: string } | { student_id: string } }) {
  const words = useTexts(texts);
  const [which, setWhich] = useState<"open" | "closed">("open");
  const assignments = usePaged<Assignment>(
    (cursor, signal) =>
      client.call("get", "/v1/assignments", {
        query: { ...of, closed: which === "closed", limit: 20, ...(cursor && { cursor }) },
        signal,
      }),
    [JSON.stringify(of), which],
  );
  const options = [{ value: "open", text: words.open }, { value: "closed", text: words.closed }];
  return (
    <>
      <div class="inline"><SelectField label={words.which} value={which} onValue={(value) => setWhich(value as typeof which)} options={options} /></div>
      <Loaded query={assignments} lines={6}>
        {({ data }) => (data.length === 0 ? <Empty>{which === "open" ? words.none : words.noneClosed}</Empty> : <Table assignments={data} />)}
      </Loaded>
      <Pager paged={assignments} />
    </>
  );
}

function Table({ assignments }: { assignments: Assignment[] }) {
  const words = useTexts(texts);
  const { date, percent } = useFormats();
  return (
    <WideTable caption={words.caption}>
      <thead>
        <tr>
          <th scope="col">{words.title}</th>
          <th scope="col">{words.due}</th>
          <th scope="col">{words.finished}</th>
          <th scope="col" class="number">{words.right}</th>
        </tr>
      </thead>
      <tbody>
        {assignments.map(({ id, kind, title, due_at, result }) => (
          <tr key={id}>
            <th scope="row"><a href={`/assignments/${id}`}>{title}</a>{kind === "automatic" && <> <span class="tag">{words.automatic}</span></>}</th>
            <td class="breakless">{date(due_at)}</td>
            <td>
              {words.of(result.finished, result.students)}
              {result.overdue > 0 && <> <span class="tag bad">{words.overdue(result.overdue)}</span></>}
            </td>
            <td class="number">{result.mean === null ? "–" : percent(result.mean)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
