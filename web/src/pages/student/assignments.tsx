import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button } from "../../ui/forms";
import { Page, Section } from "../../ui/page";
import { Empty, Loaded } from "../../ui/states";
import "./student.css";

const texts = translations(
  {
    title: "Assignments",
    open: "To do",
    closed: "Closed",
    showClosed: "Show closed ones",
    hideClosed: "Hide closed ones",
    none: "You have nothing to do right now.",
    noneClosed: "No assignment is closed yet.",
    practise: "Practise a little",
    due: (when: string) => `until ${when}`,
    late: (when: string) => `was due ${when}`,
    done: (answered: number, all: number) => `${answered} of ${all} answered`,
    right: (right: number) => `${right} right at the first go`,
    finished: "All answered",
    automatic: "Made by Tiza just for you",
    newer: "Newer ones",
    more: "Older ones",
  },
  {
    title: "Tareas",
    open: "Por hacer",
    closed: "Cerradas",
    showClosed: "Mostrar las cerradas",
    hideClosed: "Ocultar las cerradas",
    none: "Ahora no tienes nada que hacer.",
    noneClosed: "Todavía no hay ninguna tarea cerrada.",
    practise: "Practicar un poco",
    due: (when: string) => `hasta el ${when}`,
    late: (when: string) => `era para el ${when}`,
    done: (answered: number, all: number) => `${answered} de ${all} respondidos`,
    right: (right: number) => `${right} bien a la primera`,
    finished: "Todo respondido",
    automatic: "Hecha por Tiza solo para ti",
    newer: "Más nuevas",
    more: "Más antiguas",
  },
);

type Assignment = Schemas["Assignment"];

export default function AssignmentsPage() {
  const words = useTexts(texts);
  const [isClosedShown, setClosedShown] = useState(false);
  return (
    <Page
      title={words.title}
      actions={
        <Button kind="plain" aria-expanded={isClosedShown} onClick={() => setClosedShown(!isClosedShown)}>
          {isClosedShown ? words.hideClosed : words.showClosed}
        </Button>
      }
    >
      <Section title={words.open}>
        <Listed isClosed={false} />
      </Section>
      {isClosedShown && <Section title={words.closed}><Listed isClosed /></Section>}
    </Page>
  );
}

function Listed({ isClosed }: { isClosed: boolean }) {
  const words = useTexts(texts);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const query = useQuery(
    async (signal) => (await client.call("get", "/v1/assignments", { query: { closed: isClosed, ...(cursor && { cursor }) }, signal }))!,
    [isClosed, cursor],
  );
  return (
    <Loaded query={query} lines={6}>
      {({ data, meta }) => (
        <>
          {data.length === 0 ? (
            <Empty>
              <p>{isClosed ? words.noneClosed : words.none}</p>
              {!isClosed && <p><a href="/practice">{words.practise}</a></p>}
            </Empty>
          ) : (
            <ul class="plain cards">
              {data.map((assignment) => <Item key={assignment.id} assignment={assignment} />)}
            </ul>
          )}
          <div class="row">
            {cursors.length > 0 && <Button kind="plain" onClick={() => setCursors(cursors.slice(0, -1))}>{words.newer}</Button>}
            {meta.next_cursor && <Button kind="plain" onClick={() => setCursors([...cursors, meta.next_cursor!])}>{words.more}</Button>}
          </div>
        </>
      )}
    </Loaded>
  );
}

function Item({ assignment }: { assignment: Assignment }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const { result, due_at: due } = assignment;
  const isFinished = result.answered === result.exercises;
  const isOver = !isFinished && Date.parse(due) < Date.now();
  return (
    <li class="card assignment">
      <h3><a href={`/assignments/${assignment.id}`}>{assignment.title}</a></h3>
      {assignment.kind === "automatic" && <p class="soft">{words.automatic}</p>}
      <p>{isFinished ? `✓ ${words.finished}` : words.done(result.answered, result.exercises)}</p>
      {result.answered > 0 && <p class="soft">{words.right(result.right)}</p>}
      <p class={isOver ? "over" : "soft"}>{isOver ? words.late(date(due)) : words.due(date(due))}</p>
    </li>
  );
}
