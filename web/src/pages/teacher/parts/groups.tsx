/** The bugs of a class: who shares one, to work with them together. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { SelectField } from "../../../ui/forms";
import { Section, WideTable } from "../../../ui/page";
import { Empty, Loaded } from "../../../ui/states";
import { FirstFew } from "./first-few";

const texts = translations(
  {
    title: "Groups that share a bug",
    days: "Seen within",
    span: (days: number) => `${days} days`,
    none: "Nobody shares a bug with anybody in this time.",
    assign: "Assign practice",
    assignTo: (bug: string) => `Assign practice against: ${bug}`,
    members: (count: number) => `${count} students`,
    alone: "Have a bug of their own",
    often: "How often each bug was seen",
    bug: "Bug",
    students: "Students",
    answers: "Answers",
    seen: "Last seen",
  },
  {
    title: "Grupos con el mismo error",
    days: "Vistos en",
    span: (days: number) => `${days} días`,
    none: "Nadie comparte un error con nadie en este tiempo.",
    assign: "Poner práctica",
    assignTo: (bug: string) => `Poner práctica contra: ${bug}`,
    members: (count: number) => `${count} estudiantes`,
    alone: "Tienen un error propio",
    often: "Cuántas veces se vio cada error",
    bug: "Error",
    students: "Estudiantes",
    answers: "Respuestas",
    seen: "Visto por última vez",
  },
);

const SPANS = [7, 14, 30, 90];

export function Groups({ classroomId }: { classroomId: string }) {
  const words = useTexts(texts);
  const [days, setDays] = useState("30");
  const asked = { path: { classroom_id: classroomId }, query: { days: Number(days) } };
  const seen = useQuery(async (signal) => {
    const [{ groups, alone }, { bugs }] = await Promise.all([
      client.get("/v1/classrooms/{classroom_id}/groups", { ...asked, signal }),
      client.get("/v1/classrooms/{classroom_id}/bugs", { ...asked, signal }),
    ]);
    return { groups, alone, bugs };
  }, [classroomId, days]);
  const options = SPANS.map((span) => ({ value: String(span), text: words.span(span) }));
  return (
    <>
      <div class="inline"><SelectField label={words.days} value={days} onValue={setDays} options={options} /></div>
      <Loaded query={seen} lines={20}>
        {({ groups, alone, bugs }) => (
          <>
            <Section title={words.title}>
              {groups.length === 0 ? (
                <Empty>{words.none}</Empty>
              ) : (
                <ul class="list">
                  {groups.map((group) => <Group key={group.bugs.map(({ bug }) => bug).join(" ")} group={group} classroomId={classroomId} />)}
                </ul>
              )}
            </Section>
            {alone.length > 0 && <Section title={words.alone}><People people={alone} classroomId={classroomId} /></Section>}
            <Section title={words.often}><FirstFew items={bugs} few={15}>{(shown) => <Frequencies bugs={shown} />}</FirstFew></Section>
          </>
        )}
      </Loaded>
    </>
  );
}

function Group({ group, classroomId }: { group: Schemas["BugGroup"]; classroomId: string }) {
  const words = useTexts(texts);
  const name = group.bugs.map((bug) => bug.name).join(", ");
  const query = new URLSearchParams({
    students: group.students.map((student) => student.student_id).join(","),
    bug: group.bugs[0]!.bug,
  });
  return (
    <li class="card">
      <div class="section-head">
        <h3>{name} <span class="tag">{words.members(group.students.length)}</span></h3>
        <a class="button main" href={`/classes/${classroomId}/assign?${query}`} aria-label={words.assignTo(name)}>{words.assign}</a>
      </div>
      {group.bugs.map((bug) => <p key={bug.bug} class="soft">{bug.explanation}</p>)}
      <People people={group.students} classroomId={classroomId} />
    </li>
  );
}

function People({ people, classroomId }: { people: Schemas["Pupil"][]; classroomId: string }) {
  return (
    <ul class="people">
      {people.map((person) => (
        <li key={person.student_id}><a href={`/classes/${classroomId}/students/${person.student_id}`}>{person.name}</a></li>
      ))}
    </ul>
  );
}

function Frequencies({ bugs }: { bugs: readonly Schemas["SharedBug"][] }) {
  const words = useTexts(texts);
  const { number, date } = useFormats();
  if (bugs.length === 0) return <Empty>{words.none}</Empty>;
  return (
    <WideTable caption={words.often}>
      <thead>
        <tr>
          <th scope="col">{words.bug}</th>
          <th scope="col" class="number">{words.students}</th>
          <th scope="col" class="number">{words.answers}</th>
          <th scope="col">{words.seen}</th>
        </tr>
      </thead>
      <tbody>
        {bugs.map((bug) => (
          <tr key={bug.bug}>
            <th scope="row">{bug.name}</th>
            <td class="number">{number(bug.students)}</td>
            <td class="number">{number(bug.attempts)}</td>
            <td class="breakless">{date(bug.last_seen_at)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
