import { useState } from "preact/hooks";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { SelectField } from "../../ui/forms";
import { Page } from "../../ui/page";
import { AlertList, type AlertFilter } from "./parts/alert-list";
import "./teacher.css";

const texts = translations(
  {
    title: "Alerts",
    status: "Which ones",
    open: "Open",
    resolved: "Dealt with",
    closed: "Gone by themselves",
    severity: "How urgent",
    any: "All",
    high: "Urgent",
    medium: "Soon",
    low: "For your information",
    classroom: "Class",
  },
  {
    title: "Avisos",
    status: "Cuáles",
    open: "Abiertos",
    resolved: "Atendidos",
    closed: "Desaparecidos solos",
    severity: "Urgencia",
    any: "Todas",
    high: "Urgente",
    medium: "Pronto",
    low: "Para tu información",
    classroom: "Clase",
  },
);

const statuses = ["open", "resolved", "closed"] as const;
const severities = ["high", "medium", "low"] as const;

export default function Alerts() {
  const words = useTexts(texts);
  const [status, setStatus] = useState<(typeof statuses)[number]>("open");
  const [severity, setSeverity] = useState("");
  const [classroom, setClassroom] = useState("");
  const classes = useQuery((signal) => client.get("/v1/classrooms", { query: { limit: 100 }, signal }), []);
  const filter: AlertFilter = {
    status,
    ...(severity && { severity: severity as (typeof severities)[number] }),
    ...(classroom && { classroom_id: classroom }),
  };
  return (
    <Page title={words.title}>
      <div class="inline">
        <SelectField label={words.status} value={status} onValue={(value) => setStatus(value as typeof status)} options={statuses.map((value) => ({ value, text: words[value] }))} />
        <SelectField label={words.severity} value={severity} onValue={setSeverity} options={[{ value: "", text: words.any }, ...severities.map((value) => ({ value, text: words[value] }))]} />
        <SelectField label={words.classroom} value={classroom} onValue={setClassroom} options={[{ value: "", text: words.any }, ...(classes.data ?? []).map(({ id, name }) => ({ value: id, text: name }))]} />
      </div>
      <AlertList key={JSON.stringify(filter)} filter={filter} />
    </Page>
  );
}
