import { isTizaError, type Schemas } from "@tiza/client";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction, useQuery } from "../../query";
import { client, useSession } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button, Form, TextField } from "../../ui/forms";
import { Page, Section } from "../../ui/page";
import { Empty, Failure, Loaded, Notice } from "../../ui/states";
import { InLine } from "./problem";
import "./student.css";

const texts = translations(
  {
    title: "Tutor",
    what: "The tutor is a machine that talks with you about one problem. It gives hints and can be wrong. Neither your teachers nor your parents read what you write, and after 30 days it is deleted.",
    begin: "Begin a talk",
    lately: "About an answer that was not right",
    about: "Talk about",
    own: "About another problem",
    hint: "Such as 503 - 278 or 1/2 + 1/3.",
    go: "Begin",
    talks: "My talks",
    none: "You have not talked with the tutor yet.",
    last: (when: string) => `last on ${when}`,
    newer: "Newer talks",
    older: "Older talks",
    consent: "Your parents have to allow the tutor first. Ask them: they can do it in Tiza, on your page in “My children”, or at school.",
  },
  {
    title: "Tutor",
    what: "El tutor es una máquina que habla contigo sobre un problema. Da pistas y puede equivocarse. Ni tus profes ni tu familia leen lo que escribes, y a los 30 días se borra.",
    begin: "Empezar a hablar",
    lately: "Sobre una respuesta que no estaba bien",
    about: "Hablar de",
    own: "Sobre otro problema",
    hint: "Como 503 - 278 o 1/2 + 1/3.",
    go: "Empezar",
    talks: "Mis conversaciones",
    none: "Todavía no has hablado con el tutor.",
    last: (when: string) => `la última vez el ${when}`,
    newer: "Conversaciones más nuevas",
    older: "Conversaciones más antiguas",
    consent: "Antes tu familia tiene que permitir el tutor. Pídeselo: puede hacerlo en Tiza, en tu página de «Mi familia», o en la escuela.",
  },
);

const LATELY = 8; // answers to choose from

type Attempt = Schemas["AttemptSummary"];
type Subject = Schemas["NewSession"];

export default function TutorPage() {
  const words = useTexts(texts);
  const { user } = useSession();
  const studentId = user!.id;
  const lately = useQuery(
    (signal) => client.get("/v1/attempts", { query: { student_id: studentId, verdict: "incorrect", limit: LATELY }, signal }),
    [studentId],
  );
  return (
    <Page title={words.title}>
      <p>{words.what}</p>
      <Loaded query={lately} lines={8}>
        {(attempts) => (
          <>
            <Section title={words.begin}><Begin attempts={withoutRepeats(attempts)} /></Section>
            <Section title={words.talks}><Talks /></Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** What a talk may be about: an answer that was not right lately, or any problem. */
function Begin({ attempts }: { attempts: readonly Attempt[] }) {
  const words = useTexts(texts);
  const { route } = useLocation();
  const [problem, setProblem] = useState("");
  const begin = useAction(async (subject: Subject) => {
    const { id } = await client.post("/v1/tutor/sessions", { body: subject });
    route(`/tutor/${id}`);
  });
  return (
    <>
      {begin.error !== undefined && (isTizaError(begin.error, "CONSENT_REQUIRED") ? <Notice>{words.consent}</Notice> : <Failure error={begin.error} />)}
      {attempts.length > 0 && (
        <div class="card">
          <h3>{words.lately}</h3>
          <div class="row">
            {attempts.map((attempt) => (
              <Button key={attempt.id} kind="plain" isBusy={begin.isRunning} onClick={() => void begin.run({ attempt_id: attempt.id })}>
                <span class="hidden">{words.about} </span>
                <InLine problem={attempt.problem} />
              </Button>
            ))}
          </div>
        </div>
      )}
      <Form onSend={() => void begin.run({ problem: problem.trim() })} class="card narrow" aria-label={words.own}>
        <TextField label={words.own} hint={words.hint} value={problem} onValue={setProblem} required maxLength={200} autocomplete="off" autocapitalize="none" />
        <div class="row"><Button type="submit" isBusy={begin.isRunning}>{words.go}</Button></div>
      </Form>
    </>
  );
}

/** The newest answer to each problem. */
function withoutRepeats(attempts: readonly Attempt[]): Attempt[] {
  return attempts.filter((attempt, index) => attempts.findIndex((other) => other.problem === attempt.problem) === index);
}

function Talks() {
  const words = useTexts(texts);
  const { date } = useFormats();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const query = useQuery(
    async (signal) => (await client.call("get", "/v1/tutor/sessions", { query: cursor === undefined ? {} : { cursor }, signal }))!,
    [cursor],
  );
  return (
    <Loaded query={query} lines={4}>
      {({ data, meta }) => (
        <>
          {data.length === 0 ? (
            <Empty>{words.none}</Empty>
          ) : (
            <ul class="plain cards">
              {data.map((session) => (
                <li key={session.id} class="card assignment">
                  <h3><a href={`/tutor/${session.id}`}><InLine problem={session.problem} /></a></h3>
                  <p class="soft">{words.last(date(session.updated_at))}</p>
                </li>
              ))}
            </ul>
          )}
          <div class="row">
            {cursors.length > 0 && <Button kind="plain" onClick={() => setCursors(cursors.slice(0, -1))}>{words.newer}</Button>}
            {meta.next_cursor && <Button kind="plain" onClick={() => setCursors([...cursors, meta.next_cursor!])}>{words.older}</Button>}
          </div>
        </>
      )}
    </Loaded>
  );
}
