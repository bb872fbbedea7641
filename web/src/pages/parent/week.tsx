import type { Schemas } from "@tiza/client";

import { translations, useFormats, useTexts } from "../../texts";
import { Empty } from "../../ui/states";
import { SkillLine } from "./skill-line";

const texts = translations(
  {
    span: (since: string, until: string) => `${since} to ${until}`,
    none: "Nothing was practised in these seven days.",
    answers: (answers: number, right: number) => (answers === 1 ? `1 answer, ${right === 1 ? "right" : "not right"}.` : `${answers} answers, ${right} of them right.`),
    toDo: (count: number) => (count === 0 ? "No assignment is open." : count === 1 ? "One assignment is still to be done." : `${count} assignments are still to be done.`),
    overdue: (count: number) => (count === 1 ? "One of them was due already." : `${count} of them were due already.`),
    practised: "What was practised",
    mistakes: "Mistakes that came up",
    mistakesHint: "Not carelessness: each is a way of working that can be unlearnt.",
    times: (count: number) => (count === 1 ? "once" : `${count} times`),
  },
  {
    span: (since: string, until: string) => `Del ${since} al ${until}`,
    none: "No se practicó nada en estos siete días.",
    answers: (answers: number, right: number) => (answers === 1 ? `1 respuesta, ${right === 1 ? "bien" : "mal"}.` : `${answers} respuestas, ${right} de ellas bien.`),
    toDo: (count: number) => (count === 0 ? "No hay tareas abiertas." : count === 1 ? "Queda una tarea por hacer." : `Quedan ${count} tareas por hacer.`),
    overdue: (count: number) => (count === 1 ? "Para una ya pasó la fecha." : `Para ${count} ya pasó la fecha.`),
    practised: "Lo que se practicó",
    mistakes: "Errores que salieron",
    mistakesHint: "No son descuidos: cada uno es una forma de calcular que se puede corregir.",
    times: (count: number) => (count === 1 ? "una vez" : `${count} veces`),
  },
);

/** What a child did in the last seven days. */
export function Week({ summary }: { summary: Schemas["ChildSummary"] }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const { answers, right, assignments, skills, bugs } = summary;
  return (
    <>
      <div class="card">
        <p class="soft">{words.span(date(summary.since), date(summary.until))}</p>
        {answers === 0 ? <Empty>{words.none}</Empty> : <p class="week-figure">{words.answers(answers, right)}</p>}
        <p>
          {words.toDo(assignments.to_do)} {assignments.overdue > 0 && words.overdue(assignments.overdue)}
        </p>
      </div>
      {skills.length > 0 && (
        <>
          <h3>{words.practised}</h3>
          <ul class="plain skill-lines">
            {skills.map((skill) => (
              <SkillLine key={skill.skill_id} name={skill.name} pKnown={skill.p_known} level={skill.level} before={skill.level_before} answers={skill.answers} />
            ))}
          </ul>
        </>
      )}
      {bugs.length > 0 && (
        <>
          <h3>{words.mistakes}</h3>
          <p class="soft">{words.mistakesHint}</p>
          <ul class="plain cards">
            {bugs.map((bug) => (
              <li key={bug.bug} class="card mistake">
                <h4>{bug.name}</h4>
                <p>{bug.explanation}</p>
                <p class="soft">{words.times(bug.answers)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
