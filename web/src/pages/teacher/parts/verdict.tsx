/** What was found about an answer, in a word. */

import type { Schemas } from "@tiza/client";

import { translations, useTexts } from "../../../texts";

export type Verdict = Schemas["Attempt"]["verdict"];

export const verdicts = translations(
  { correct: "✓ Right", incorrect: "✗ Wrong", not_simplified: "✓ Right, not simplified", unreadable: "? Not readable" },
  { correct: "✓ Bien", incorrect: "✗ Mal", not_simplified: "✓ Bien, sin simplificar", unreadable: "? No se puede leer" },
);

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const kind = verdict === "incorrect" ? "bad" : verdict === "unreadable" ? "" : "good";
  return <span class={`tag ${kind}`}>{useTexts(verdicts)[verdict]}</span>;
}

/** A problem and its answer, as one line. */
export function Sum({ problem, answer }: { problem: string; answer: string }) {
  const sign = problem.includes("=") ? " → " : " = ";
  return <span class="sum">{problem.replaceAll("-", "−")}{sign}{answer.replaceAll("-", "−")}</span>;
}
