/** A student's work as it is written on paper, and where it went off. */

import { translations, useTexts } from "../texts";

export interface WorkLine {
  place: string;
  wrote: string;
  right: string;
  text: string;
  first_departure: boolean;
}

const texts = translations(
  {
    drawn: (problem: string) => `${problem}, written in columns`,
    top: "first number",
    bottom: "second number",
    wrote: "written",
    right: "right",
    here: "Here it goes off",
    steps: "Step by step",
    instead: (wrote: string, right: string) => `wrote ${wrote}, right is ${right}`,
  },
  {
    drawn: (problem: string) => `${problem}, escrito en columnas`,
    top: "primer número",
    bottom: "segundo número",
    wrote: "escrito",
    right: "correcto",
    here: "Aquí se desvía",
    steps: "Paso a paso",
    instead: (wrote: string, right: string) => `se escribió ${wrote}, lo correcto es ${right}`,
  },
);

/** Two whole numbers that are added or subtracted, column by column; null for other work. */
export function columnsOf(problem: string, trace: readonly WorkLine[]): { top: string[]; sign: string; bottom: string[] } | null {
  const found = /^\s*(\d+)\s*([-+−])\s*(\d+)\s*$/.exec(problem);
  if (!found || trace.length < 2 || trace.some((line) => !line.place)) return null;
  const [, top, sign, bottom] = found as unknown as [string, string, string, string];
  const width = Math.max(top.length, bottom.length, trace.length);
  const digits = (number: string) => [...number.padStart(width)];
  return { top: digits(top), sign: sign === "-" ? "−" : sign, bottom: digits(bottom) };
}

/** The work of one explanation: drawn in columns where it was, and in words line by line. */
export function Work({ problem, trace }: { problem: string; trace: readonly WorkLine[] }) {
  const words = useTexts(texts);
  if (trace.length === 0) return null;
  return (
    <div class="work">
      <Columns problem={problem} trace={trace} />
      <ol class="trace" aria-label={words.steps}>
        {trace.map((line, index) => (
          <li key={index} class={line.first_departure ? "departure" : line.wrote === line.right ? "" : "off"}>
            {line.place && <span class="place">{line.place}</span>} <span>{line.text}</span>
            {line.wrote !== line.right && <span class="instead">{words.instead(line.wrote, line.right)}</span>}
            {line.first_departure && <strong class="here">{words.here}</strong>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Columns({ problem, trace }: { problem: string; trace: readonly WorkLine[] }) {
  const words = useTexts(texts);
  const columns = columnsOf(problem, trace);
  if (!columns) return null;
  const { top, sign, bottom } = columns;
  const lines = top.map((_, index) => trace[top.length - 1 - index]); // the work begins at the ones
  return (
    <table class="columns" aria-label={words.drawn(problem)}>
      <tbody>
        <Row name={words.top} cells={top.map((digit) => ({ digit }))} />
        <Row name={words.bottom} sign={sign} cells={bottom.map((digit) => ({ digit }))} />
        <Row
          name={words.wrote}
          kind="answer"
          cells={lines.map((line) => ({
            digit: line?.wrote ?? "",
            kind: [line && line.wrote !== line.right && "wrong", line?.first_departure && "first"].filter(Boolean).join(" "),
          }))}
        />
        <Row name={words.right} kind="expected" cells={lines.map((line) => ({ digit: line?.right ?? "" }))} />
      </tbody>
    </table>
  );
}

function Row({ name, sign, kind = "", cells }: { name: string; sign?: string; kind?: string; cells: { digit: string; kind?: string }[] }) {
  return (
    <tr class={kind}>
      <th scope="row">
        <span class="hidden">{name}</span>
        {sign}
      </th>
      {cells.map((cell, index) => (
        <td key={index} class={cell.kind ?? ""}>{cell.digit.trim()}</td>
      ))}
    </tr>
  );
}
