/** A student's answers, newest first; each one opens with its diagnosis. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { SelectField } from "../../../ui/forms";
import { Empty, Loaded } from "../../../ui/states";
import { AttemptDetail, useCorrected } from "./attempt";
import { useSkills } from "./names";
import { Opens } from "./opens";
import { Pager, usePaged } from "./paged";
import { useSaid } from "./said";
import { Sum, VerdictMark, type Verdict } from "./verdict";

type Summary = Schemas["AttemptSummary"];

const texts = translations(
  {
    which: "Which answers",
    all: "All",
    incorrect: "Wrong ones",
    correct: "Right ones",
    not_simplified: "Right, not simplified",
    unreadable: "Not readable",
    skill: "Skill",
    allSkills: "All skills",
    none: "There are no such answers.",
    pending: "looked at again",
  },
  {
    which: "Qué respuestas",
    all: "Todas",
    incorrect: "Las incorrectas",
    correct: "Las correctas",
    not_simplified: "Correctas, sin simplificar",
    unreadable: "No se pueden leer",
    skill: "Destreza",
    allSkills: "Todas las destrezas",
    none: "No hay respuestas así.",
    pending: "se revisa otra vez",
  },
);

const kinds = ["all", "incorrect", "correct", "not_simplified", "unreadable"] as const;

export function Answers({ studentId }: { studentId: string }) {
  const words = useTexts(texts);
  const [which, setWhich] = useState<(typeof kinds)[number]>("incorrect");
  const [skill, setSkill] = useState("");
  const [open, setOpen] = useState<string>();
  const skills = useSkills();
  const { say, place } = useSaid();
  const corrected = useCorrected();
  const answers = usePaged<Summary>(
    (cursor, signal) =>
      client.call("get", "/v1/attempts", {
        query: {
          student_id: studentId,
          limit: 20,
          ...(which !== "all" && { verdict: which as Verdict }),
          ...(skill && { skill_id: skill }),
          ...(cursor && { cursor }),
        },
        signal,
      }),
    [studentId, which, skill],
  );
  return (
    <>
      <div class="inline">
        <SelectField label={words.which} value={which} onValue={(value) => setWhich(value as typeof which)} options={kinds.map((value) => ({ value, text: words[value] }))} />
        <SelectField label={words.skill} value={skill} onValue={setSkill} options={[{ value: "", text: words.allSkills }, ...(skills.data ?? []).map(({ id, name }) => ({ value: id, text: name }))]} />
      </div>
      {place}
      <Loaded query={answers} lines={20}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{words.none}</Empty>
          ) : (
            <ul class="list">
              {data.map((answer) => (
                <Opens key={answer.id} head={<Head answer={answer} />} isOpen={open === answer.id} onToggle={() => setOpen(open === answer.id ? undefined : answer.id)}>
                  {() => <AttemptDetail attemptId={answer.id} onCorrected={() => (say(corrected), answers.reload())} />}
                </Opens>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Pager paged={answers} />
    </>
  );
}

function Head({ answer }: { answer: Summary }) {
  const words = useTexts(texts);
  const { time } = useFormats();
  return (
    <>
      <Sum problem={answer.problem} answer={answer.answer} />
      <VerdictMark verdict={answer.verdict} />
      {answer.bug_name && <span>{answer.bug_name}</span>}
      {answer.status === "pending" && <span class="soft">{words.pending}</span>}
      <span class="when">{time(answer.answered_at)}</span>
    </>
  );
}
