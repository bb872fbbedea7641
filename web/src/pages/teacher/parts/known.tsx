/** What a student is believed to know of each skill, and how it came to that. */

import type { Schemas } from "@tiza/client";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { KnownBar, LevelMark } from "../../../ui/level";
import { Section, WideTable } from "../../../ui/page";
import { Empty, Loaded } from "../../../ui/states";
import { LearningCurve } from "./curve";

const texts = translations(
  {
    title: "What they know",
    curve: "How it went",
    assign: "Assign practice",
    caption: "Skills, and how sure it is that each one is known",
    skill: "Skill",
    known: "Known",
    level: "Level",
    trend: "In 7 days",
    answers: "Answers",
    none: "No answers yet.",
    points: (points: string) => `${points} points`,
  },
  {
    title: "Lo que sabe",
    curve: "Cómo ha ido",
    assign: "Poner práctica",
    caption: "Destrezas, y con qué seguridad se sabe cada una",
    skill: "Destreza",
    known: "Se sabe",
    level: "Nivel",
    trend: "En 7 días",
    answers: "Respuestas",
    none: "Todavía no hay respuestas.",
    points: (points: string) => `${points} puntos`,
  },
);

export function Known({ classroomId, studentId }: { classroomId: string; studentId: string }) {
  const words = useTexts(texts);
  const mastery = useQuery(
    (signal) => client.get("/v1/students/{student_id}/mastery", { path: { student_id: studentId }, signal }),
    [studentId],
  );
  const assign = <a class="button main" href={`/classes/${classroomId}/assign?students=${studentId}`}>{words.assign}</a>;
  return (
    <Loaded query={mastery} lines={16}>
      {({ skills }) => (
        <>
          <Section title={words.title} actions={assign}>
            {skills.length === 0 ? <Empty>{words.none}</Empty> : <Skills skills={skills} />}
          </Section>
          {skills.length > 0 && <Section title={words.curve}><LearningCurve studentId={studentId} /></Section>}
        </>
      )}
    </Loaded>
  );
}

function Skills({ skills }: { skills: Schemas["SkillMastery"][] }) {
  const words = useTexts(texts);
  const { number } = useFormats();
  const signed = (trend: number) => {
    const points = Math.round(trend * 100);
    return words.points(`${points > 0 ? "▲ +" : points < 0 ? "▼ −" : "± "}${number(Math.abs(points))}`);
  };
  return (
    <WideTable caption={words.caption}>
      <thead>
        <tr>
          <th scope="col">{words.skill}</th>
          <th scope="col">{words.known}</th>
          <th scope="col">{words.level}</th>
          <th scope="col" class="breakless">{words.trend}</th>
          <th scope="col" class="number">{words.answers}</th>
        </tr>
      </thead>
      <tbody>
        {skills.map((skill) => (
          <tr key={skill.skill_id}>
            <th scope="row">{skill.name}</th>
            <td><KnownBar pKnown={skill.p_known} level={skill.level} /></td>
            <td><LevelMark level={skill.level} /></td>
            <td class="breakless">{skill.trend === null ? "–" : signed(skill.trend)}</td>
            <td class="number">{number(skill.attempts)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
