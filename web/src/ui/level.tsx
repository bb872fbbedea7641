/** The four levels of a skill: always a word or a sign beside the colour. */

import { translations, useFormats, useTexts } from "../texts";

export type Level = "at_risk" | "struggling" | "proficient" | "mastered";

export const levels = translations(
  { at_risk: "At risk", struggling: "Struggling", proficient: "Proficient", mastered: "Mastered" },
  { at_risk: "En riesgo", struggling: "Con dificultad", proficient: "Competente", mastered: "Dominado" },
);

/** A level in words. */
export function LevelMark({ level }: { level: Level }) {
  return <span class={`level ${level}`}>{useTexts(levels)[level]}</span>;
}

/** A probability as a bar with its number. */
export function KnownBar({ pKnown, level }: { pKnown: number; level: Level }) {
  const { percent } = useFormats();
  return (
    <span class={`known ${level}`}>
      <span class="bar" aria-hidden="true"><span style={{ width: `${Math.round(pKnown * 100)}%` }} /></span>
      <span>{percent(pKnown)}</span>
    </span>
  );
}
