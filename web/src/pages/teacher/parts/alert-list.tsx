/** Alerts, in words, live; with a way to say that one has dealt with them. */

import type { Schemas } from "@tiza/client";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";
import { Empty, Failure, Loaded } from "../../../ui/states";
import { useLive } from "./live";
import { useBugNames, useOnceNamed, usePeople, useSkills, type Names } from "./names";
import { Pager, usePaged } from "./paged";
import { useSaid } from "./said";

type Alert = Schemas["Alert"];
export type AlertFilter = { status?: Alert["status"]; severity?: Alert["severity"]; type?: Alert["type"]; classroom_id?: string };

const texts = translations(
  {
    none: "No alerts of this kind. New ones appear here by themselves.",
    severity: { high: "Urgent", medium: "Soon", low: "For your information" },
    status: { open: "Open", closed: "Its cause is gone", resolved: "Dealt with" },
    resolve: "I have dealt with it",
    resolved: "Noted: you have dealt with it.",
    former: "A former student",
    aSkill: "a skill",
    aBug: "a bug",
    updated: (when: string) => `as of ${when}`,
    student_at_risk: (who: string, count: number, skills: string) => `${who} is at risk in ${count} skills: ${skills}.`,
    student_dropped: (who: string, skill: string, from: string, to: string) => `${who} fell from ${from} to ${to} within 7 days: ${skill}.`,
    student_inactive: (who: string, days: number) => `${who} has not answered anything for ${days >= 20 ? "20 or more" : days} school days.`,
    unit_off_track: (skill: string, mean: string) => `The class is far from knowing a skill; its mean is ${mean}: ${skill}.`,
    shared_bug: (bug: string, count: number, size: number) => `${count} of ${size} students show the same bug: ${bug}.`,
    guide_ready: () => "A worksheet waits for your review.",
    guide_graded: () => "The grading of a worksheet is done.",
    group: "See the group",
    student: "See the student",
    classroom: "See the class",
  },
  {
    none: "No hay avisos de este tipo. Los nuevos aparecen aquí solos.",
    severity: { high: "Urgente", medium: "Pronto", low: "Para tu información" },
    status: { open: "Abierto", closed: "Ya no hay causa", resolved: "Atendido" },
    resolve: "Ya lo he atendido",
    resolved: "Anotado: ya lo has atendido.",
    former: "Alguien que ya no está",
    aSkill: "una destreza",
    aBug: "un error",
    updated: (when: string) => `a fecha de ${when}`,
    student_at_risk: (who: string, count: number, skills: string) => `${who} está en riesgo en ${count} destrezas: ${skills}.`,
    student_dropped: (who: string, skill: string, from: string, to: string) => `${who} bajó del ${from} al ${to} en 7 días: ${skill}.`,
    student_inactive: (who: string, days: number) => `${who} no ha respondido nada en ${days >= 20 ? "20 o más" : days} días de clase.`,
    unit_off_track: (skill: string, mean: string) => `La clase está lejos de saber una destreza; su media es del ${mean}: ${skill}.`,
    shared_bug: (bug: string, count: number, size: number) => `${count} de ${size} estudiantes muestran el mismo error: ${bug}.`,
    guide_ready: () => "Una hoja de ejercicios espera tu revisión.",
    guide_graded: () => "La corrección de una hoja está terminada.",
    group: "Ver el grupo",
    student: "Ver al estudiante",
    classroom: "Ver la clase",
  },
);

/** The alerts that fit `filter`, newest first, read again as they change. */
export function AlertList({ filter, heading: Heading = "h2" }: { filter: AlertFilter; heading?: "h2" | "h3" }) {
  const words = useTexts(texts);
  const query = { ...filter, limit: 20 };
  const alerts = usePaged<Alert>(
    (cursor, signal) => client.call("get", "/v1/alerts", { query: { ...query, ...(cursor && { cursor }) }, signal }),
    [JSON.stringify(filter)],
  );
  useLive("/v1/alerts", { query }, alerts, alerts.number === 1 ? alerts.data?.data : undefined);
  const { say, place } = useSaid();
  const resolved = () => {
    say(words.resolved);
    alerts.reload();
  };
  const people = (alerts.data?.data ?? []).map((alert) => alert.student_id);
  const bugs = (alerts.data?.data ?? []).map((alert) => alert.bug);
  const skills = useSkills();
  const names = {
    people: usePeople(people),
    bugs: useBugNames(bugs),
    skills: new Map(skills.data?.map((skill) => [skill.id, skill.name])),
  };
  const isRead = alerts.data !== undefined && !skills.isLoading;
  const isNamed = useOnceNamed(isRead, { ids: people, names: names.people }, { ids: bugs, names: names.bugs });
  return (
    <>
      {place}
      <Loaded query={isNamed ? alerts : { ...alerts, data: undefined }} lines={12}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty>{words.none}</Empty>
          ) : (
            <ul class="list">
              {data.map((alert) => <Row key={alert.id} alert={alert} names={names} heading={Heading} onResolved={resolved} />)}
            </ul>
          )
        }
      </Loaded>
      {isNamed && <Pager paged={alerts} />}
    </>
  );
}

interface AllNames {
  people: Names;
  bugs: Names;
  skills: ReadonlyMap<string, string>;
}

function Row({ alert, names, heading: Heading, onResolved }: { alert: Alert; names: AllNames; heading: "h2" | "h3"; onResolved: () => void }) {
  const words = useTexts(texts);
  const { time } = useFormats();
  const say = useSentence(names);
  const resolve = useAction(async () => {
    await client.post("/v1/alerts/{alert_id}/resolution", { path: { alert_id: alert.id } });
    onResolved();
  });
  const sentence = say(alert);
  return (
    <li class="card">
      <Heading class="sentence">{sentence}</Heading>
      <div class="row">
        <span class={`tag ${alert.severity === "high" ? "bad" : ""}`}>{words.severity[alert.severity]}</span>
        {alert.status !== "open" && <span class="tag good">{words.status[alert.status]}</span>}
        <span class="soft">{words.updated(time(alert.updated_at))}</span>
      </div>
      <div class="row">
        <Where alert={alert} about={sentence} />
        {alert.status === "open" && (
          <Button kind="plain" isBusy={resolve.isRunning} onClick={() => void resolve.run()} aria-label={`${words.resolve}: ${sentence}`}>{words.resolve}</Button>
        )}
      </div>
      {resolve.error !== undefined && <Failure error={resolve.error} />}
    </li>
  );
}

function Where({ alert, about }: { alert: Alert; about: string }) {
  const words = useTexts(texts);
  const classroom = `/classes/${alert.classroom_id}`;
  const [href, text] = alert.student_id
    ? [`${classroom}/students/${alert.student_id}`, words.student]
    : alert.bug
      ? [`${classroom}?tab=groups`, words.group]
      : [classroom, words.classroom];
  return <a class="plain-link" href={href} aria-label={`${text}: ${about}`}>{text}</a>;
}

/** An alert as a sentence. */
function useSentence(names: AllNames): (alert: Alert) => string {
  const words = useTexts(texts);
  const { percent } = useFormats();
  return ({ type, student_id, skill_id, bug, details }) => {
    const count = (name: string) => Number(details[name] ?? 0);
    const who = names.people.get(student_id ?? "") === null ? words.former : (names.people.get(student_id ?? "") ?? "…");
    const skill = names.skills.get(skill_id ?? "") ?? words.aSkill;
    const skills = Array.isArray(details.skill_ids) ? details.skill_ids : [];
    const said: Record<Alert["type"], () => string> = {
      student_at_risk: () => words.student_at_risk(who, skills.length, skills.map((id) => names.skills.get(id) ?? words.aSkill).join(", ")),
      student_dropped: () => words.student_dropped(who, skill, percent(count("highest")), percent(count("p_known"))),
      student_inactive: () => words.student_inactive(who, count("school_days")),
      unit_off_track: () => words.unit_off_track(skill, percent(count("mean"))),
      shared_bug: () => words.shared_bug(names.bugs.get(bug ?? "") ?? words.aBug, count("students"), count("class_size")),
      guide_ready: words.guide_ready,
      guide_graded: words.guide_graded,
    };
    return said[type]();
  };
}
