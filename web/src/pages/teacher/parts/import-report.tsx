/** What became of each line of an import. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { translations, useFormats, useTexts } from "../../../texts";
import { Button, SelectField } from "../../../ui/forms";
import { WideTable } from "../../../ui/page";
import { Empty } from "../../../ui/states";

type Report = Schemas["ImportReport"];
type Outcome = Schemas["Line"]["outcome"];

const texts = translations(
  {
    counts: { refused: "Refused", created: "New", changed: "Changed", unchanged: "Unchanged" },
    which: "Which lines",
    all: "All",
    caption: "Line by line",
    file: "File",
    line: "Line",
    id: "Its id",
    outcome: "What becomes of it",
    why: "Why",
    none: "There are no such lines.",
    shown: (from: string, to: string, of: string) => `Lines ${from} to ${to} of ${of}`,
    before: "← Before",
    next: "Next →",
  },
  {
    counts: { refused: "Rechazadas", created: "Nuevas", changed: "Cambiadas", unchanged: "Sin cambios" },
    which: "Qué líneas",
    all: "Todas",
    caption: "Línea por línea",
    file: "Archivo",
    line: "Línea",
    id: "Su identificador",
    outcome: "Qué pasa con ella",
    why: "Por qué",
    none: "No hay líneas así.",
    shown: (from: string, to: string, of: string) => `Líneas ${from} a ${to} de ${of}`,
    before: "← Anterior",
    next: "Siguiente →",
  },
);

const outcomes: readonly Outcome[] = ["refused", "created", "changed", "unchanged"];
const AT_ONCE = 100; // of up to 10,000 lines

/** The refused lines first, where there are any. */
export function ImportReport({ report }: { report: Report }) {
  const words = useTexts(texts);
  const { number } = useFormats();
  const [which, setWhich] = useState<Outcome | "all">(report.counts.refused > 0 ? "refused" : "all");
  const [first, setFirst] = useState(0);
  const lines = report.lines.filter((line) => which === "all" || line.outcome === which);
  const last = Math.min(first + AT_ONCE, lines.length);
  const choose = (value: string) => {
    setWhich(value as typeof which);
    setFirst(0);
  };
  const options = [{ value: "all", text: words.all }, ...outcomes.map((value) => ({ value, text: words.counts[value] }))];
  return (
    <>
      <dl class="counts">
        {outcomes.map((outcome) => (
          <div key={outcome}><dt>{words.counts[outcome]}</dt><dd>{number(report.counts[outcome])}</dd></div>
        ))}
      </dl>
      <div class="inline"><SelectField label={words.which} value={which} onValue={choose} options={options} /></div>
      {lines.length === 0 ? <Empty>{words.none}</Empty> : <Lines lines={lines.slice(first, last)} />}
      {lines.length > AT_ONCE && (
        <div class="row">
          <Button kind="plain" disabled={first === 0} onClick={() => setFirst(first - AT_ONCE)}>{words.before}</Button>
          <span role="status">{words.shown(number(first + 1), number(last), number(lines.length))}</span>
          <Button kind="plain" disabled={last === lines.length} onClick={() => setFirst(first + AT_ONCE)}>{words.next}</Button>
        </div>
      )}
    </>
  );
}

function Lines({ lines }: { lines: Schemas["Line"][] }) {
  const words = useTexts(texts);
  const { number } = useFormats();
  return (
    <WideTable caption={words.caption}>
      <thead>
        <tr>
          <th scope="col">{words.file}</th>
          <th scope="col" class="number">{words.line}</th>
          <th scope="col" class="breakless">{words.id}</th>
          <th scope="col" class="breakless">{words.outcome}</th>
          <th scope="col">{words.why}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.file} ${line.line}`}>
            <td>{line.file}</td>
            <td class="number">{number(line.line)}</td>
            <td>{line.sourced_id}</td>
            <td><span class={`tag ${line.outcome === "refused" ? "bad" : ""}`}>{words.counts[line.outcome]}</span></td>
            <td>{reasonOf(line.error)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

/** The API says of a refused line what it would say of a request, and where. */
function reasonOf(error: Schemas["Fault"] | null): string {
  if (!error) return "";
  const { path, reason } = error.details as { path?: string; reason?: string };
  return [error.message, path, reason].filter(Boolean).join(" · ");
}
