/** A problem as a student reads it: what is asked in words, and the sum as it is written on paper. */

import type { ComponentChildren } from "preact";

import { translations, useTexts } from "../../texts";

const texts = translations(
  {
    compare: "Which one is the greatest?",
    simplify: "Write it as simply as you can.",
    improper: "Write it as one fraction.",
    decimal: "Write it as a decimal number.",
    expand: "Multiply it out.",
    round: (place: string) => `Round it to the nearest ${place}.`,
    letter: (letter: string) => `What is ${letter}?`,
    gap: "Which number belongs in place of the question mark?",
    places: { ones: "whole number", tens: "ten", hundreds: "hundred", thousands: "thousand", tenths: "tenth", hundredths: "hundredth", thousandths: "thousandth" } as Record<string, string>,
    of: " of ",
    less: " less ",
    plus: " plus ",
  },
  {
    compare: "¿Cuál es el mayor?",
    simplify: "Escríbelo lo más simple que puedas.",
    improper: "Escríbelo como una sola fracción.",
    decimal: "Escríbelo como número decimal.",
    expand: "Quita los paréntesis.",
    round: (place: string) => `Redondéalo a ${place}.`,
    letter: (letter: string) => `¿Cuánto vale ${letter}?`,
    gap: "¿Qué número va en lugar de la interrogación?",
    places: { ones: "las unidades", tens: "las decenas", hundreds: "las centenas", thousands: "los millares", tenths: "las décimas", hundredths: "las centésimas", thousandths: "las milésimas" } as Record<string, string>,
    of: " de ",
    less: " menos el ",
    plus: " más el ",
  },
);

type Words = (typeof texts)["en"];

/** What is asked of the problem, in words (empty where the sum says it all), and the sum itself. */
export function asked(problem: string, words: Words): { ask: string; sum: string } {
  const command = /^(compare|simplify|improper|decimal|expand|round) (.+)$/.exec(problem);
  const { ask, rest } = command ? commanded(command[1]!, command[2]!, words) : { ask: question(problem, words), rest: problem };
  return { ask, sum: plain(rest, words) };
}

function commanded(name: string, rest: string, words: Words): { ask: string; rest: string } {
  const rounded = /^(.+) to (\w+)$/.exec(rest);
  if (name === "round" && rounded) {
    return { ask: words.round(words.places[rounded[2]!] ?? rounded[2]!), rest: rounded[1]! };
  }
  return { ask: words[name as "compare" | "simplify" | "improper" | "decimal" | "expand"], rest };
}

function question(problem: string, words: Words): string {
  if (problem.includes("?")) return words.gap;
  const letter = /[=<>≤≥]/.test(problem) ? /(?<![a-z])[a-z](?![a-z])/.exec(problem) : null;
  return letter ? words.letter(letter[0]) : "";
}

/** The sum in one line, with the signs of print. */
function plain(sum: string, words: Words): string {
  return sum
    .replaceAll("-", "−")
    .replaceAll(/sqrt\((\d+)\)/g, "√$1")
    .replaceAll("sqrt(", "√(")
    .replaceAll(" of ", words.of)
    .replaceAll(" less ", words.less)
    .replaceAll(" plus ", words.plus);
}

/** What is asked, and the sum, large. `id` names what a field is for. */
export function Problem({ problem, id }: { problem: string; id?: string }) {
  const { ask, sum } = asked(problem, useTexts(texts));
  return (
    <div id={id}>
      {ask && <p class="ask">{ask}</p>}
      <p class="problem"><Sum>{sum}</Sum></p>
    </div>
  );
}

/** What somebody wrote, such as an answer or a step, with the signs of print. */
export function Written({ text }: { text: string }) {
  return <span class="sum"><Sum>{plain(text, useTexts(texts))}</Sum></span>;
}

/** A problem within a line of text or a list. */
export function InLine({ problem }: { problem: string }) {
  const { ask, sum } = asked(problem, useTexts(texts));
  return (
    <span class="sum">
      {ask && `${ask} `}
      <Sum>{sum}</Sum>
    </span>
  );
}

const TYPESET = /([\d?a-z]+\/[\d?a-z]+|\^[−\d\w]+)/;

/** Fractions one above the other, powers raised; whoever does not see it hears the line. */
function Sum({ children }: { children: string }) {
  const parts = children.split(TYPESET);
  if (parts.length === 1) return <>{children}</>;
  return (
    <>
      <span class="hidden">{children}</span>
      <span aria-hidden="true">{parts.map(typeset)}</span>
    </>
  );
}

function typeset(part: string, index: number): ComponentChildren {
  if (index % 2 === 0) return part;
  if (part.startsWith("^")) return <sup key={index}>{part.slice(1)}</sup>;
  const [top, bottom] = part.split("/");
  return (
    <span key={index} class="fraction">
      <span>{top}</span>
      <span>{bottom}</span>
    </span>
  );
}
