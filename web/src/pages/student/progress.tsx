import type { Schemas } from "@tiza/client";

import { useQuery } from "../../query";
import { client, useSession } from "../../session";
import { translations, useTexts } from "../../texts";
import { KnownBar } from "../../ui/level";
import { Page, Section } from "../../ui/page";
import { Empty, Loaded } from "../../ui/states";
import { Curve } from "./curve";
import { levelWords } from "./level-words";
import { Answers } from "./answers";
import "./student.css";

const texts = translations(
  {
    title: "My progress",
    skills: "What I know",
    hint: "The bar shows how sure Tiza is that you know it, by your answers. The line shows how that went.",
    none: "Nothing here yet. Solve an exercise, and it begins.",
    practise: "Practise",
    answers: (count: number) => (count === 1 ? "1 answer" : `${count} answers`),
    mine: "My answers",
  },
  {
    title: "Mi progreso",
    skills: "Lo que sé",
    hint: "La barra muestra cómo de segura está Tiza de que lo sabes, por tus respuestas. La línea muestra cómo ha ido.",
    none: "Aquí todavía no hay nada. Haz un ejercicio y empieza.",
    practise: "Practicar",
    answers: (count: number) => (count === 1 ? "1 respuesta" : `${count} respuestas`),
    mine: "Mis respuestas",
  },
);

const POINTS = 30; // of each small curve

type SkillMastery = Schemas["SkillMastery"];
type SkillHistory = Schemas["SkillHistory"];

export default function ProgressPage() {
  const words = useTexts(texts);
  const { user } = useSession();
  const path = { student_id: user!.id };
  const query = useQuery(
    async (signal) => {
      const [mastery, history] = await Promise.all([
        client.get("/v1/students/{student_id}/mastery", { path, signal }),
        client.get("/v1/students/{student_id}/mastery/history", { path, query: { points: POINTS }, signal }),
      ]);
      const histories = new Map(history.skills.map((each) => [each.skill_id, each]));
      return mastery.skills.map((skill) => ({ skill, history: histories.get(skill.skill_id) }));
    },
    [path.student_id],
  );
  return (
    <Page title={words.title}>
      <Section title={words.skills}>
        <p class="soft">{words.hint}</p>
        <Loaded query={query} lines={12}>
          {(skills) =>
            skills.length === 0 ? (
              <Empty>
                <p>{words.none}</p>
                <p><a href="/practice">{words.practise}</a></p>
              </Empty>
            ) : (
              <ul class="plain cards">
                {skills.map(({ skill, history }) => <Skill key={skill.skill_id} skill={skill} history={history} />)}
              </ul>
            )
          }
        </Loaded>
      </Section>
      {(query.data || query.error !== undefined) && (
        <Section title={words.mine}>
          <Answers studentId={path.student_id} />
        </Section>
      )}
    </Page>
  );
}

function Skill({ skill, history }: { skill: SkillMastery; history: SkillHistory | undefined }) {
  const words = useTexts(texts);
  const levels = useTexts(levelWords);
  return (
    <li class="card skill-card">
      <div class="row spread">
        <h3>{skill.name}</h3>
        <span class={`level ${skill.level}`}>{levels[skill.level]}</span>
      </div>
      <div class="row spread">
        <KnownBar pKnown={skill.p_known} level={skill.level} />
        <span class="soft">{words.answers(skill.attempts)}</span>
      </div>
      <Curve known={history?.points.map((point) => point.p_known) ?? []} answers={history?.answers ?? 0} />
    </li>
  );
}
