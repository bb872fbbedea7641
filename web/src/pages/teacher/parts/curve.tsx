/** The learning curve: how the belief in a skill moved, answer by answer. */

import type { Schemas } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { SelectField } from "../../../ui/forms";
import { WideTable } from "../../../ui/page";
import { Empty, Loaded } from "../../../ui/states";

type SkillHistory = Schemas["SkillHistory"];
type Point = Schemas["HistoryPoint"];

const texts = translations(
  {
    skill: "Skill",
    none: "No answers yet, so there is nothing to draw.",
    drawn: (skill: string, count: number, from: string, to: string) => `${skill}: from ${from} to ${to} over ${count} answers.`,
    legend: "● right answer, ○ wrong answer; the lines are the bounds of the levels.",
    table: "The same as a table",
    caption: (skill: string) => `${skill}, answer by answer`,
    when: "Answered",
    answer: "Answer",
    known: "Known after it",
    right: "right",
    wrong: "wrong",
  },
  {
    skill: "Destreza",
    none: "Todavía no hay respuestas, así que no hay nada que dibujar.",
    drawn: (skill: string, count: number, from: string, to: string) => `${skill}: del ${from} al ${to} en ${count} respuestas.`,
    legend: "● respuesta correcta, ○ respuesta incorrecta; las líneas son los límites de los niveles.",
    table: "Lo mismo en una tabla",
    caption: (skill: string) => `${skill}, respuesta a respuesta`,
    when: "Respondida",
    answer: "Respuesta",
    known: "Se sabe después",
    right: "bien",
    wrong: "mal",
  },
);

/** The curves of a student, one skill at a time; the one with the most answers first. */
export function LearningCurve({ studentId }: { studentId: string }) {
  const words = useTexts(texts);
  const [chosen, setChosen] = useState<string>();
  const history = useQuery(
    (signal) => client.get("/v1/students/{student_id}/mastery/history", { path: { student_id: studentId }, signal }),
    [studentId],
  );
  return (
    <Loaded query={history} lines={10}>
      {({ skills }) => {
        const most = skills.reduce<SkillHistory | undefined>((best, skill) => (best && best.answers >= skill.answers ? best : skill), undefined);
        const shown = skills.find((skill) => skill.skill_id === chosen) ?? most;
        if (!shown) return <Empty>{words.none}</Empty>;
        const options = skills.map((skill) => ({ value: skill.skill_id, text: skill.name }));
        return (
          <div class="curve">
            <div class="inline"><SelectField label={words.skill} value={shown.skill_id} onValue={setChosen} options={options} /></div>
            <Curve skill={shown} />
            <AsTable skill={shown} />
          </div>
        );
      }}
    </Loaded>
  );
}

const HEIGHT = 256;
const EDGE = { left: 48, right: 16, top: 16, bottom: 16 };
const BOUNDS = [0, 0.4, 0.7, 0.95];

function Curve({ skill }: { skill: SkillHistory }) {
  const words = useTexts(texts);
  const { percent } = useFormats();
  const drawing = useRef<SVGSVGElement>(null);
  const width = useWidth(drawing);
  const { points } = skill;
  const x = (index: number) => EDGE.left + (points.length < 2 ? 0.5 : index / (points.length - 1)) * (width - EDGE.left - EDGE.right);
  const y = (share: number) => EDGE.top + (1 - share) * (HEIGHT - EDGE.top - EDGE.bottom);
  const summary = words.drawn(skill.name, skill.answers, percent(points[0]!.p_known), percent(points.at(-1)!.p_known));
  return (
    <>
      <svg ref={drawing} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={summary}>
        {BOUNDS.map((bound) => (
          <g key={bound}>
            <line class="grid" x1={EDGE.left} x2={width - EDGE.right} y1={y(bound)} y2={y(bound)} />
            <text x={EDGE.left - 6} y={y(bound) + 4} text-anchor="end">{percent(bound)}</text>
          </g>
        ))}
        <polyline class="line" points={points.map((point, index) => `${x(index)},${y(point.p_known)}`).join(" ")} />
        {points.map((point, index) => (
          <circle key={point.seq} class={point.correct ? "right" : "wrong"} cx={x(index)} cy={y(point.p_known)} r="4" />
        ))}
      </svg>
      <p class="soft">{summary} {words.legend}</p>
    </>
  );
}

/** How many pixels wide the drawing is, so that its letters keep their size. */
function useWidth(drawing: { current: SVGSVGElement | null }): number {
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const watched = new ResizeObserver(([entry]) => entry && setWidth(Math.max(240, Math.round(entry.contentRect.width))));
    watched.observe(drawing.current!);
    return () => watched.disconnect();
  }, []);
  return width;
}

function AsTable({ skill }: { skill: SkillHistory }) {
  const words = useTexts(texts);
  const { time, percent } = useFormats();
  const row = (point: Point) => (
    <tr key={point.seq}>
      <th scope="row">{time(point.answered_at)}</th>
      <td>{point.correct ? words.right : words.wrong}</td>
      <td class="number">{percent(point.p_known)}</td>
    </tr>
  );
  return (
    <details>
      <summary>{words.table}</summary>
      <WideTable caption={words.caption(skill.name)}>
        <thead>
          <tr><th scope="col">{words.when}</th><th scope="col">{words.answer}</th><th scope="col" class="number">{words.known}</th></tr>
        </thead>
        <tbody>{skill.points.map(row)}</tbody>
      </WideTable>
    </details>
  );
}
