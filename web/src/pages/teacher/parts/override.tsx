/** A teacher's word on an answer, which wins. */

import type { Schemas } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button, Field, Form, SelectField } from "../../../ui/forms";
import { Failure } from "../../../ui/states";
import { useCatalogue } from "./names";
import type { Verdict } from "./verdict";

const texts = translations(
  {
    title: "Correct the diagnosis",
    verdict: "The answer is",
    verdicts: { correct: "right", incorrect: "wrong", not_simplified: "right, but not simplified", unreadable: "not readable" },
    bug: "The bug behind it",
    noBug: "None of those that are known",
    loading: "The list is being read …",
    comment: "A word to the student (may be left out)",
    go: "Save the correction",
    cancel: "Cancel",
  },
  {
    title: "Corregir el diagnóstico",
    verdict: "La respuesta está",
    verdicts: { correct: "bien", incorrect: "mal", not_simplified: "bien, pero sin simplificar", unreadable: "escrita de forma que no se puede leer" },
    bug: "El error que hay detrás",
    noBug: "Ninguno de los conocidos",
    loading: "Se está leyendo la lista …",
    comment: "Unas palabras al estudiante (se puede dejar vacío)",
    go: "Guardar la corrección",
    cancel: "Cancelar",
  },
);

const MOST_LETTERS = 1000;
const choices: readonly Verdict[] = ["incorrect", "correct", "not_simplified", "unreadable"];

interface OverrideProps {
  attempt: Schemas["Attempt"] | Schemas["AttemptSummary"];
  onDone: () => void;
  onCancel: () => void;
}

export function Override({ attempt, onDone, onCancel }: OverrideProps) {
  const words = useTexts(texts);
  const [verdict, setVerdict] = useState<Verdict>(attempt.verdict);
  const [bug, setBug] = useState("");
  const [comment, setComment] = useState("");
  const bugs = useCatalogue(attempt.topic);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector("select")?.focus(), []);
  const save = useAction(async () => {
    await client.post("/v1/attempts/{attempt_id}/override", {
      path: { attempt_id: attempt.id },
      body: { verdict, ...(verdict === "incorrect" && bug && { bug }), ...(comment.trim() && { comment: comment.trim() }) },
    });
    onDone();
  });
  const options = [
    { value: "", text: bugs.data || bugs.error ? words.noBug : words.loading },
    ...(bugs.data ?? []).map(({ id, name }) => ({ value: id, text: name })),
  ];
  return (
    <div ref={place}>
      <Form onSend={() => void save.run()} class="card" aria-label={words.title}>
        <SelectField label={words.verdict} value={verdict} onValue={(value) => setVerdict(value as Verdict)} options={choices.map((value) => ({ value, text: words.verdicts[value] }))} />
        {verdict === "incorrect" && <SelectField label={words.bug} value={bug} onValue={setBug} options={options} />}
        {verdict === "incorrect" && bugs.error !== undefined && <Failure error={bugs.error} onRetry={bugs.reload} />}
        <Comment label={words.comment} value={comment} onValue={setComment} />
        {save.error !== undefined && <Failure error={save.error} />}
        <div class="row">
          <Button type="submit" isBusy={save.isRunning}>{words.go}</Button>
          <Button kind="plain" onClick={onCancel}>{words.cancel}</Button>
        </div>
      </Form>
    </div>
  );
}

/** Some lines of text. */
export function Comment({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  return (
    <Field label={label}>
      {(ids) => <textarea {...ids} rows={2} maxLength={MOST_LETTERS} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  );
}
