/** What to practise, by whom, until when; the exercises are shown before they are set. */

import type { Schemas } from "@tiza/client";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button, Form, SelectField, TextField } from "../../../ui/forms";
import { Failure } from "../../../ui/states";
import { ForWhom } from "./for-whom";
import { generated, Preview, type Wish } from "./preview";

const texts = translations(
  {
    how: "Practise",
    hows: { bug: "against a bug", skill: "a skill, the same for all", each: "a skill, chosen for each student" },
    bug: "Bug",
    skill: "Skill",
    difficulty: "Difficulty",
    difficulties: ["As it comes", "1, easiest", "2", "3", "4", "5, hardest"],
    count: "How many exercises",
    each: "Each student gets what promises most at what they know. So the exercises are chosen when you set them.",
    title: "Title",
    titleOf: (what: string) => `Practise: ${what}`,
    due: "Due",
    dueHint: "Left out: the fifth school day from now.",
    go: "Set the assignment",
    nobody: "Choose at least one student.",
  },
  {
    how: "Practicar",
    hows: { bug: "contra un error", skill: "una destreza, lo mismo para todos", each: "una destreza, a medida de cada estudiante" },
    bug: "Error",
    skill: "Destreza",
    difficulty: "Dificultad",
    difficulties: ["La que salga", "1, la más fácil", "2", "3", "4", "5, la más difícil"],
    count: "Cuántos ejercicios",
    each: "Cada estudiante recibe lo que más le ayuda según lo que sabe. Por eso los ejercicios se eligen al ponerlos.",
    title: "Título",
    titleOf: (what: string) => `Practicar: ${what}`,
    due: "Fecha límite",
    dueHint: "Si la dejas vacía: el quinto día de clase desde hoy.",
    go: "Poner la tarea",
    nobody: "Elige al menos un estudiante.",
  },
);

type How = "bug" | "skill" | "each";
const hows: readonly How[] = ["bug", "skill", "each"];
const COUNTS = [3, 5, 8, 10, 15, 20];
const LONGEST = 100; // letters of a title

interface AssignFormProps {
  classroomId: string;
  skills: Schemas["Skill"][];
  bugs: Schemas["Bug"][];
  /** Whom to begin with; nobody for the whole class. */
  students: string[];
  bug: string | undefined;
}

export function AssignForm({ classroomId, skills, bugs, students: first, bug: firstBug }: AssignFormProps) {
  const words = useTexts(texts);
  const { route } = useLocation();
  const [how, setHow] = useState<How>(firstBug || first.length === 0 ? "bug" : "skill");
  const [bug, setBug] = useState(bugs.find(({ id }) => id === firstBug)?.id ?? bugs[0]?.id ?? "");
  const [skill, setSkill] = useState(skills[0]?.id ?? "");
  const [difficulty, setDifficulty] = useState("");
  const [count, setCount] = useState("5");
  const [seed, setSeed] = useState(anySeed);
  const [students, setStudents] = useState<string[] | null>(first.length > 0 ? first : null);
  const [title, setTitle] = useState<string>();
  const [due, setDue] = useState("");

  const skillNamed = (id: string) => skills.find((each) => each.id === id)?.name ?? "";
  const topicNamed = (topic: string) => skills.find((each) => each.slug === topic)?.name ?? topic;
  const chosen = how === "bug" ? (bugs.find(({ id }) => id === bug)?.name ?? "") : skillNamed(skill);
  const titled = title ?? words.titleOf(chosen).slice(0, LONGEST);
  const wish: Wish = {
    ...(how === "bug" ? { topic: bug.split(".")[0]!, provoke: [bug] } : { skill_id: skill }),
    ...(difficulty && { difficulty: Number(difficulty) }),
    count: Number(count),
    seed,
  };
  const set = useAction(async () => {
    const what = how === "each" ? { skill_id: skill, count: Number(count), for_each: true } : { exercise_ids: await stored(wish) };
    const made = await client.post("/v1/assignments", {
      body: {
        classroom_id: classroomId,
        title: titled.trim(),
        ...what,
        ...(students && { student_ids: students }),
        ...(due && { due_at: endOf(due) }),
      },
    });
    route(`/assignments/${made.id}`);
  });
  return (
    <Form onSend={() => void set.run()} aria-label={words.go}>
      <div class="card">
        <div class="inline">
          <SelectField label={words.how} value={how} onValue={(value) => setHow(value as How)} options={hows.map((value) => ({ value, text: words.hows[value] }))} />
          {how === "bug" ? (
            <SelectField label={words.bug} value={bug} onValue={setBug} options={bugs.map(({ id, topic, name }) => ({ value: id, text: `${topicNamed(topic)}: ${name}` }))} />
          ) : (
            <SelectField label={words.skill} value={skill} onValue={setSkill} options={skills.map(({ id, name }) => ({ value: id, text: name }))} />
          )}
          {how !== "each" && <SelectField label={words.difficulty} value={difficulty} onValue={setDifficulty} options={words.difficulties.map((text, level) => ({ value: level ? String(level) : "", text }))} />}
          <SelectField label={words.count} value={count} onValue={setCount} options={COUNTS.map((value) => ({ value: String(value), text: String(value) }))} />
        </div>
        {how === "each" ? <p>{words.each}</p> : <Preview wish={wish} onOthers={() => setSeed(anySeed())} />}
      </div>
      <ForWhom classroomId={classroomId} students={students} onStudents={setStudents} />
      <div class="card">
        <div class="inline">
          <TextField label={words.title} value={titled} onValue={setTitle} required maxLength={LONGEST} autocomplete="off" />
          <TextField label={words.due} hint={words.dueHint} value={due} onValue={setDue} type="date" />
        </div>
        {set.error !== undefined && <Failure error={set.error} />}
        {students?.length === 0 && <p class="field-error">{words.nobody}</p>}
        <div><Button type="submit" isBusy={set.isRunning} disabled={students?.length === 0}>{words.go}</Button></div>
      </div>
    </Form>
  );
}

const anySeed = () => Math.floor(Math.random() * 2 ** 31);

/** The last minute of a day, here. */
const endOf = (day: string) => new Date(`${day}T23:59:00`).toISOString();

/** The exercises as they were shown, now in the school's collection: the same seed makes the same ones. */
async function stored(wish: Wish): Promise<string[]> {
  const made = await generated({ ...wish, store: true });
  return made.exercises.flatMap(({ id }) => (id === null ? [] : [id]));
}
