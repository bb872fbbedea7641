/** Diagnoses that are doubted, by students or by the machine that made them. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { Button, Form } from "../../../ui/forms";
import { Empty, Failure, Loaded } from "../../../ui/states";
import { AttemptDetail, useCorrected } from "./attempt";
import { useLive } from "./live";
import { useOnceNamed, usePeople } from "./names";
import { Opens } from "./opens";
import { Comment } from "./override";
import { Pager, usePaged } from "./paged";
import { useSaid } from "./said";
import { Sum } from "./verdict";

type Review = Schemas["Review"];
export type ReviewFilter = { status?: Review["status"]; reason?: Review["reason"]; classroom_id?: string; student_id?: string };

const texts = translations(
  {
    none: "Nothing to review. When a student says that a diagnosis is wrong, it appears here.",
    reported: "A student says it is wrong",
    unsure: "The model that made it is not sure",
    status: { open: "Open", upheld: "Found right", corrected: "Corrected" },
    said: "The student says",
    response: "Your school's answer",
    former: "A former student",
    comment: "A word to the student (may be left out)",
    uphold: "The diagnosis is right",
    upheld: "Noted: the diagnosis is right.",
  },
  {
    none: "Nada que revisar. Cuando un estudiante diga que un diagnóstico está mal, aparecerá aquí.",
    reported: "Un estudiante dice que está mal",
    unsure: "El modelo que lo hizo no está seguro",
    status: { open: "Abierta", upheld: "Estaba bien", corrected: "Corregida" },
    said: "El estudiante dice",
    response: "La respuesta de tu escuela",
    former: "Alguien que ya no está",
    comment: "Unas palabras al estudiante (se puede dejar vacío)",
    uphold: "El diagnóstico está bien",
    upheld: "Anotado: el diagnóstico está bien.",
  },
);

export function ReviewList({ filter }: { filter: ReviewFilter }) {
  const words = useTexts(texts);
  const [open, setOpen] = useState<string>();
  const { say, place } = useSaid();
  const corrected = useCorrected();
  const query = { ...filter, limit: 20 };
  const reviews = usePaged<Review>(
    (cursor, signal) => client.call("get", "/v1/reviews", { query: { ...query, ...(cursor && { cursor }) }, signal }),
    [JSON.stringify(filter)],
  );
  useLive("/v1/reviews", { query }, reviews, reviews.number === 1 ? reviews.data?.data : undefined);
  const students = (reviews.data?.data ?? []).map((review) => review.student_id);
  const people = usePeople(students);
  const isNamed = useOnceNamed(reviews.data !== undefined, { ids: students, names: people });
  const nameOf = (id: string) => (people.get(id) === null ? words.former : (people.get(id) ?? "…"));
  const done = (text: string) => {
    say(text);
    reviews.reload();
  };
  return (
    <>
      {place}
      <Loaded query={isNamed ? reviews : { ...reviews, data: undefined }} lines={8}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{words.none}</Empty>
          ) : (
            <ul class="list">
              {data.map((review) => (
                <Opens
                  key={review.id}
                  head={<Head review={review} name={nameOf(review.student_id)} />}
                  isOpen={open === review.id}
                  onToggle={() => setOpen(open === review.id ? undefined : review.id)}
                >
                  {() => <Opened review={review} onUpheld={() => done(words.upheld)} onCorrected={() => done(corrected)} />}
                </Opens>
              ))}
            </ul>
          )
        }
      </Loaded>
      {isNamed && <Pager paged={reviews} />}
    </>
  );
}

function Head({ review, name }: { review: Review; name: string }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  return (
    <>
      <strong>{name}</strong>
      <Sum problem={review.attempt.problem} answer={review.attempt.answer} />
      {review.attempt.bug_name && <span>{review.attempt.bug_name}</span>}
      <span class="tag">{words[review.reason]}</span>
      {review.status !== "open" && <span class="tag good">{words.status[review.status]}</span>}
      <span class="when">{date(review.created_at)}</span>
    </>
  );
}

function Opened({ review, onUpheld, onCorrected }: { review: Review; onUpheld: () => void; onCorrected: () => void }) {
  const words = useTexts(texts);
  return (
    <>
      <dl class="facts">
        {review.comment && <><dt>{words.said}</dt><dd>{review.comment}</dd></>}
        {review.response && <><dt>{words.response}</dt><dd>{review.response}</dd></>}
      </dl>
      {review.status === "open" && <Uphold review={review} onDone={onUpheld} />}
      <AttemptDetail attemptId={review.attempt_id} onCorrected={onCorrected} />
    </>
  );
}

function Uphold({ review, onDone }: { review: Review; onDone: () => void }) {
  const words = useTexts(texts);
  const [comment, setComment] = useState("");
  const uphold = useAction(async () => {
    await client.post("/v1/reviews/{review_id}/resolution", {
      path: { review_id: review.id },
      body: comment.trim() ? { comment: comment.trim() } : {},
    });
    onDone();
  });
  return (
    <Form onSend={() => void uphold.run()} class="card" aria-label={words.uphold}>
      <Comment label={words.comment} value={comment} onValue={setComment} />
      {uphold.error !== undefined && <Failure error={uphold.error} />}
      <div><Button type="submit" isBusy={uphold.isRunning}>{words.uphold}</Button></div>
    </Form>
  );
}
