import { useRoute } from "preact-iso";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { Page, Section } from "../../ui/page";
import { Empty, Loaded } from "../../ui/states";
import { Consents } from "./consents";
import { SkillLine } from "./skill-line";
import { Week } from "./week";
import "./parent.css";

const texts = translations(
  {
    title: "My child",
    up: "My children",
    week: "This week",
    knows: "What has been learnt so far",
    hint: "Tiza reckons from all answers how probable it is that a skill is known.",
    nothing: "Nothing has been practised yet.",
    consents: "What may be done",
  },
  {
    title: "Mi familia",
    up: "Mi familia",
    week: "Esta semana",
    knows: "Lo aprendido hasta ahora",
    hint: "Tiza calcula, por todas las respuestas, la probabilidad de que cada destreza se sepa.",
    nothing: "Todavía no se ha practicado nada.",
    consents: "Qué se puede hacer",
  },
);

export default function ChildPage() {
  const words = useTexts(texts);
  const { params } = useRoute();
  const studentId = params.id!;
  const path = { student_id: studentId };
  const query = useQuery(
    async (signal) => {
      const [links, summary, mastery, consents] = await Promise.all([
        client.get("/v1/families/links", { query: { status: "confirmed", limit: 100 }, signal }),
        client.get("/v1/families/children/{student_id}/summary", { path, signal }),
        client.get("/v1/students/{student_id}/mastery", { path, signal }),
        client.get("/v1/families/children/{student_id}/consents", { path, signal }),
      ]);
      const name = links.find((link) => link.student.id === studentId)?.student.name;
      return { name, summary, skills: mastery.skills, consents };
    },
    [studentId],
  );
  return (
    <Page title={query.data?.name ?? words.title} up={{ href: "/children", text: words.up }}>
      <Loaded query={query} lines={16}>
        {({ summary, skills, consents }) => (
          <>
            <Section title={words.week}><Week summary={summary} /></Section>
            <Section title={words.knows}>
              <p class="soft">{words.hint}</p>
              {skills.length === 0 ? (
                <Empty>{words.nothing}</Empty>
              ) : (
                <ul class="plain skill-lines">
                  {skills.map((skill) => <SkillLine key={skill.skill_id} name={skill.name} pKnown={skill.p_known} level={skill.level} />)}
                </ul>
              )}
            </Section>
            <Section title={words.consents}><Consents studentId={studentId} consents={consents} /></Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
