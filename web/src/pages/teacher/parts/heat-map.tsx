/** What each student of a class knows of each skill. */

import type { Schemas } from "@tiza/client";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { LevelMark, levels, type Level } from "../../../ui/level";
import { Section, WideTable } from "../../../ui/page";
import { Empty, Loaded } from "../../../ui/states";
import { FirstFew } from "./first-few";

const texts = translations(
  {
    title: "What they know",
    caption: "Students by skills: how sure it is that each one is known",
    student: "Student",
    mean: "Mean",
    never: "not practised",
    rising: "rising",
    falling: "falling",
    legend: "What the colours mean",
    below: (share: string) => `below ${share}`,
    from: (share: string) => `${share} and above`,
    trend: "▲ ▼ changed by 10 points or more in 7 days",
    nobody: "Nobody has practised yet. As soon as your students answer, you see here what they know.",
    noStudents: "There is nobody in this class yet.",
    add: "Add students",
    bugs: "Bugs of the last 30 days",
    bugsCaption: "Which bugs were seen, the most shared first",
    bug: "Bug",
    students: "Students",
    noBugs: "No bug was seen in the last 30 days.",
  },
  {
    title: "Lo que saben",
    caption: "Estudiantes por destrezas: con qué seguridad se sabe cada una",
    student: "Estudiante",
    mean: "Media",
    never: "sin practicar",
    rising: "sube",
    falling: "baja",
    legend: "Qué significan los colores",
    below: (share: string) => `menos de ${share}`,
    from: (share: string) => `${share} o más`,
    trend: "▲ ▼ cambió 10 puntos o más en 7 días",
    nobody: "Todavía no ha practicado nadie. En cuanto respondan, verás aquí lo que saben.",
    noStudents: "Todavía no hay nadie en esta clase.",
    add: "Añadir estudiantes",
    bugs: "Errores de los últimos 30 días",
    bugsCaption: "Qué errores se han visto, primero los más compartidos",
    bug: "Error",
    students: "Estudiantes",
    noBugs: "No se ha visto ningún error en los últimos 30 días.",
  },
);

const CHANGED = 0.1; // what is worth an arrow
const BOUNDS: readonly [Level, number][] = [["at_risk", 0.4], ["struggling", 0.7], ["proficient", 0.95]];

/** The heat map of a class, and how often each bug was seen in it. */
export function HeatMap({ classroomId }: { classroomId: string }) {
  const words = useTexts(texts);
  const map = useQuery(
    (signal) => client.get("/v1/classrooms/{classroom_id}/mastery", { path: { classroom_id: classroomId }, signal }),
    [classroomId],
  );
  return (
    <Loaded query={map} lines={16}>
      {(found) =>
        found.students.length === 0 ? (
          <Empty>
            <p>{words.noStudents}</p>
            <p><a class="plain-link" href={`/classes/${classroomId}?tab=members`}>{words.add}</a></p>
          </Empty>
        ) : found.skills.length === 0 ? (
          <Empty>{words.nobody}</Empty>
        ) : (
          <>
            <Section title={words.title}>
              <Legend />
              <Map map={found} />
            </Section>
            <Section title={words.bugs}><FirstFew items={found.bugs} few={8}>{(shown) => <Bugs bugs={shown} />}</FirstFew></Section>
          </>
        )
      }
    </Loaded>
  );
}

function Legend() {
  const words = useTexts(texts);
  const { percent } = useFormats();
  return (
    <ul class="legend" aria-label={words.legend}>
      {BOUNDS.map(([level, bound]) => (
        <li key={level}><LevelMark level={level} /> {words.below(percent(bound))}</li>
      ))}
      <li><LevelMark level="mastered" /> {words.from(percent(0.95))}</li>
      <li>{words.trend}</li>
    </ul>
  );
}

function Map({ map }: { map: Schemas["HeatMap"] }) {
  const words = useTexts(texts);
  const { percent } = useFormats();
  return (
    <div class="heat">
      <WideTable caption={words.caption}>
        <thead>
          <tr>
            <th scope="col">{words.student}</th>
            {map.skills.map((skill) => <th key={skill.id} scope="col">{skill.name}</th>)}
          </tr>
        </thead>
        <tbody>
          {map.students.map((row) => (
            <tr key={row.student_id}>
              <th scope="row"><a href={`/classes/${map.classroom_id}/students/${row.student_id}`}>{row.name}</a></th>
              {row.cells.map((cell, index) => <Cell key={map.skills[index]?.id} cell={cell} />)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.mean}</th>
            {map.skills.map((skill) => <td key={skill.id}>{percent(skill.mean)}<span class="trend" /></td>)}
          </tr>
        </tfoot>
      </WideTable>
    </div>
  );
}

function Cell({ cell }: { cell: Schemas["HeatMapCell"] | null }) {
  const words = useTexts(texts);
  const names = useTexts(levels);
  const { percent } = useFormats();
  if (!cell) return <td class="none"><span aria-hidden="true">·</span><span class="hidden">{words.never}</span></td>;
  const isRising = (cell.trend ?? 0) >= CHANGED;
  const isFalling = (cell.trend ?? 0) <= -CHANGED;
  return (
    <td class={`cell ${cell.level}`}>
      {percent(cell.p_known)}
      <span class="trend" aria-hidden="true">{isRising ? "▲" : isFalling ? "▼" : ""}</span>
      <span class="hidden">{names[cell.level]}{isRising ? `, ${words.rising}` : isFalling ? `, ${words.falling}` : ""}</span>
    </td>
  );
}

function Bugs({ bugs }: { bugs: readonly Schemas["BugCount"][] }) {
  const words = useTexts(texts);
  const { number } = useFormats();
  if (bugs.length === 0) return <Empty>{words.noBugs}</Empty>;
  return (
    <WideTable caption={words.bugsCaption}>
      <thead>
        <tr><th scope="col">{words.bug}</th><th scope="col" class="number">{words.students}</th></tr>
      </thead>
      <tbody>
        {bugs.map((bug) => (
          <tr key={bug.bug}><th scope="row">{bug.name}</th><td class="number">{number(bug.students)}</td></tr>
        ))}
      </tbody>
    </WideTable>
  );
}
