import { translations, useTexts } from "../../texts";
import { KnownBar, type Level } from "../../ui/level";

const texts = translations(
  {
    levels: { at_risk: "needs help", struggling: "needs practice", proficient: "nearly there", mastered: "knows it" },
    was: (level: string) => `before: ${level}`,
    answers: (count: number) => (count === 1 ? "1 answer" : `${count} answers`),
  },
  {
    levels: { at_risk: "necesita ayuda", struggling: "necesita práctica", proficient: "casi lo sabe", mastered: "lo sabe" },
    was: (level: string) => `antes: ${level}`,
    answers: (count: number) => (count === 1 ? "1 respuesta" : `${count} respuestas`),
  },
);

interface SkillLineProps {
  name: string;
  pKnown: number;
  level: Level;
  /** The level before the time that is shown, where one is. */
  before?: Level;
  answers?: number;
}

/** One skill in words that a parent need not look up. */
export function SkillLine({ name, pKnown, level, before, answers }: SkillLineProps) {
  const words = useTexts(texts);
  return (
    <li class="skill-line">
      <span class="skill-name">{name}</span>
      <KnownBar pKnown={pKnown} level={level} />
      <span class={`level ${level}`}>{words.levels[level]}</span>
      <span class="soft">
        {[answers !== undefined && words.answers(answers), before && before !== level && words.was(words.levels[before])].filter(Boolean).join(" · ")}
      </span>
    </li>
  );
}
