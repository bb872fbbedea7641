import type { Schemas } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button, SelectField } from "../../ui/forms";
import { Empty, Loaded } from "../../ui/states";
import { InLine, Written } from "./problem";
import { Result } from "./result";

const texts = translations(
  {
    show: "Show",
    all: "All answers",
    wrong: "Only those that were not right",
    none: "You have not answered anything yet.",
    noWrong: "None of your answers was wrong.",
    newer: "Newer answers",
    older: "Older answers",
    list: "Answers, the newest first",
    wrote: "You wrote",
    verdicts: { correct: "right", not_simplified: "right", incorrect: "not right", unreadable: "not readable" },
    pending: "being looked at again",
  },
  {
    show: "Mostrar",
    all: "Todas las respuestas",
    wrong: "Solo las que no estaban bien",
    none: "Todavía no has respondido nada.",
    noWrong: "Ninguna de tus respuestas estaba mal.",
    newer: "Respuestas más nuevas",
    older: "Respuestas más antiguas",
    list: "Respuestas, primero las más nuevas",
    wrote: "Escribiste",
    verdicts: { correct: "bien", not_simplified: "bien", incorrect: "no está bien", unreadable: "no se puede leer" },
    pending: "se está mirando otra vez",
  },
);

const PAGE = 20;

type Summary = Schemas["AttemptSummary"];

/** A student's answers, a page at a time; each opens to show what was found about it. */
export function Answers({ studentId }: { studentId: string }) {
  const words = useTexts(texts);
  const [kind, setKind] = useState<"all" | "wrong">("all");
  const [cursors, setCursors] = useState<readonly string[]>([]); // of the pages up to the one that is shown
  const cursor = cursors.at(-1);
  const top = useRef<HTMLDivElement>(null);
  const query = useQuery(
    async (signal) => {
      const filter = { student_id: studentId, limit: PAGE, ...(kind === "wrong" && { verdict: "incorrect" as const }), ...(cursor && { cursor }) };
      return (await client.call("get", "/v1/attempts", { query: filter, signal }))!;
    },
    [studentId, kind, cursor],
  );
  const turn = (to: readonly string[]) => {
    setCursors(to);
    top.current?.focus();
  };
  return (
    <>
      <div class="narrow">
        <SelectField
          label={words.show}
          value={kind}
          onValue={(value) => {
            setKind(value as typeof kind);
            setCursors([]);
          }}
          options={[{ value: "all", text: words.all }, { value: "wrong", text: words.wrong }]}
        />
      </div>
      <div ref={top} tabIndex={-1} class="answers-place">
        <Loaded query={query} lines={PAGE + 4}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty>{kind === "all" ? words.none : words.noWrong}</Empty>
            ) : (
              <ul class="plain answers" aria-label={words.list}>
                {data.map((attempt) => <Answer key={attempt.id} attempt={attempt} />)}
              </ul>
            )
          }
        </Loaded>
      </div>
      <div class="row">
        {cursors.length > 0 && <Button kind="plain" onClick={() => turn(cursors.slice(0, -1))}>{words.newer}</Button>}
        {query.data?.meta.next_cursor && <Button kind="plain" onClick={() => turn([...cursors, query.data!.meta.next_cursor!])}>{words.older}</Button>}
      </div>
    </>
  );
}

function Answer({ attempt }: { attempt: Summary }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const isRight = attempt.verdict === "correct" || attempt.verdict === "not_simplified";
  return (
    <li>
      <button type="button" class="answer-row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span class={`mark ${isRight ? "right" : "off"}`}>
          <span aria-hidden="true">{isRight ? "✓" : attempt.verdict === "unreadable" ? "?" : "✗"}</span>
          <span class="hidden">{words.verdicts[attempt.verdict]}</span>
        </span>
        <span class="what">
          <InLine problem={attempt.problem} />
          <span class="soft">{words.wrote}</span> <strong><Written text={attempt.answer} /></strong>
        </span>
        <span class="why-not">{attempt.status === "pending" ? words.pending : attempt.bug_name}</span>
        <span class="soft">{date(attempt.answered_at)}</span>
      </button>
      {isOpen && <Details id={attempt.id} />}
    </li>
  );
}

function Details({ id }: { id: string }) {
  const query = useQuery((signal) => client.get("/v1/attempts/{attempt_id}", { path: { attempt_id: id }, signal }), [id]);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (query.data) place.current?.scrollIntoView({ block: "nearest" });
  }, [query.data]);
  return (
    <div class="card" ref={place}>
      <Loaded query={query} lines={6}>{(attempt) => <Result attempt={attempt} heading="h3" />}</Loaded>
    </div>
  );
}
