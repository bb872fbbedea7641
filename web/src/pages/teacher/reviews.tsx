import { useState } from "preact/hooks";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { SelectField } from "../../ui/forms";
import { Page, Section } from "../../ui/page";
import { ReviewList, type ReviewFilter } from "./parts/review-list";
import "./teacher.css";

const texts = translations(
  {
    title: "To review",
    list: "Doubted diagnoses",
    status: "Which ones",
    open: "Open",
    upheld: "Found right",
    corrected: "Corrected",
    reason: "Why",
    any: "All",
    reported: "Students say it is wrong",
    unsure: "The model is not sure",
    classroom: "Class",
  },
  {
    title: "Por revisar",
    list: "Diagnósticos en duda",
    status: "Cuáles",
    open: "Abiertos",
    upheld: "Estaban bien",
    corrected: "Corregidos",
    reason: "Por qué",
    any: "Todos",
    reported: "Un estudiante dice que está mal",
    unsure: "El modelo no está seguro",
    classroom: "Clase",
  },
);

const statuses = ["open", "upheld", "corrected"] as const;
const reasons = ["reported", "unsure"] as const;

export default function Reviews() {
  const words = useTexts(texts);
  const [status, setStatus] = useState<(typeof statuses)[number]>("open");
  const [reason, setReason] = useState("");
  const [classroom, setClassroom] = useState("");
  const classes = useQuery((signal) => client.get("/v1/classrooms", { query: { limit: 100 }, signal }), []);
  const filter: ReviewFilter = {
    status,
    ...(reason && { reason: reason as (typeof reasons)[number] }),
    ...(classroom && { classroom_id: classroom }),
  };
  return (
    <Page title={words.title}>
      <div class="inline">
        <SelectField label={words.status} value={status} onValue={(value) => setStatus(value as typeof status)} options={statuses.map((value) => ({ value, text: words[value] }))} />
        <SelectField label={words.reason} value={reason} onValue={setReason} options={[{ value: "", text: words.any }, ...reasons.map((value) => ({ value, text: words[value] }))]} />
        <SelectField label={words.classroom} value={classroom} onValue={setClassroom} options={[{ value: "", text: words.any }, ...(classes.data ?? []).map(({ id, name }) => ({ value: id, text: name }))]} />
      </div>
      <Section title={words.list}><ReviewList key={JSON.stringify(filter)} filter={filter} /></Section>
    </Page>
  );
}
