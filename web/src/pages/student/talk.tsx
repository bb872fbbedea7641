import type { Schemas } from "@tiza/client";
import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";

import { useAction, useQuery } from "../../query";
import { client, useSession } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button } from "../../ui/forms";
import { Page } from "../../ui/page";
import { Failure, Loaded, Notice } from "../../ui/states";
import { Sure } from "../../ui/sure";
import { Problem } from "./problem";
import { Say } from "./say";
import "./student.css";

const texts = translations(
  {
    title: "Talk with the tutor",
    up: "Tutor",
    problem: "The problem",
    hints: "As long as you have not answered this problem, the tutor gives hints and never the answer.",
    earlier: "Earlier messages",
    said: "What was said",
    you: "You",
    tutor: "Tutor",
    begin: "Ask the tutor something about this problem.",
    kinds: { answer: "", hint: "A hint from Tiza", off_subject: "Not about the problem" },
    sources: "This rests on:",
    source: { bug: "mistake", guide: "worksheet" },
    left: (left: number) => (left === 1 ? "One more message today." : `${left} more messages today.`),
    none: (when: string) => `No more messages today. It goes on at ${when}.`,
    remove: "Delete this talk",
    sure: "Really delete it? Nothing of it stays.",
    yes: "Yes, delete it",
    no: "No, keep it",
  },
  {
    title: "Hablar con el tutor",
    up: "Tutor",
    problem: "El problema",
    hints: "Mientras no hayas respondido este problema, el tutor da pistas y nunca la respuesta.",
    earlier: "Mensajes anteriores",
    said: "Lo que se ha dicho",
    you: "Tú",
    tutor: "Tutor",
    begin: "Pregunta algo al tutor sobre este problema.",
    kinds: { answer: "", hint: "Una pista de Tiza", off_subject: "No es sobre el problema" },
    sources: "Se apoya en:",
    source: { bug: "error", guide: "hoja de ejercicios" },
    left: (left: number) => (left === 1 ? "Te queda un mensaje hoy." : `Te quedan ${left} mensajes hoy.`),
    none: (when: string) => `Hoy no quedan mensajes. Sigue el ${when}.`,
    remove: "Borrar esta conversación",
    sure: "¿Borrarla de verdad? No queda nada de ella.",
    yes: "Sí, borrarla",
    no: "No, quedármela",
  },
);

type Message = Schemas["Message"];
type Quota = Schemas["Quota"];

export default function TalkPage() {
  const words = useTexts(texts);
  const { params } = useRoute();
  const path = { session_id: params.sessionId! };
  const session = useQuery((signal) => client.get("/v1/tutor/sessions/{session_id}", { path, signal }), [path.session_id]);
  return (
    <Page title={words.title} up={{ href: "/tutor", text: words.up }}>
      <Loaded query={session} lines={14}>
        {({ problem, is_answered }) => (
          <>
            <section class="card" aria-label={words.problem}>
              <Problem problem={problem} />
              {!is_answered && <p class="soft">{words.hints}</p>}
            </section>
            <Talk sessionId={path.session_id} />
            <Remove sessionId={path.session_id} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** What was said, oldest first, and a field to say more. */
function Talk({ sessionId }: { sessionId: string }) {
  const words = useTexts(texts);
  const { time } = useFormats();
  const { messages, earlier, quota, query, add } = useTalk(sessionId);
  return (
    <Loaded query={query} lines={8}>
      {() => (
        <>
          {earlier.hasMore && (
            <div class="row"><Button kind="plain" isBusy={earlier.isRunning} onClick={() => void earlier.run()}>{words.earlier}</Button></div>
          )}
          {earlier.error !== undefined && <Failure error={earlier.error} />}
          <div role="log" aria-label={words.said} class="talk">
            {messages.length === 0 && <p class="soft">{words.begin}</p>}
            {messages.map((message) => <Said key={message.id} message={message} />)}
          </div>
          {quota && quota.left === 0 ? (
            <Notice>{words.none(time(quota.resets_at))}</Notice>
          ) : (
            <Say sessionId={sessionId} onAnswered={add} />
          )}
          <p class="soft" role="status">{quota && quota.left > 0 && words.left(quota.left)}</p>
        </>
      )}
    </Loaded>
  );
}

/** A talk as far as it was read, and how many messages are left today. */
function useTalk(sessionId: string) {
  const { user } = useSession();
  const studentId = user!.id;
  const path = { session_id: sessionId };
  const read = async (cursor?: string, signal?: AbortSignal) =>
    (await client.call("get", "/v1/tutor/sessions/{session_id}/messages", { path, query: cursor === undefined ? {} : { cursor }, ...(signal && { signal }) }))!;
  const [older, setOlder] = useState<{ messages: readonly Message[]; next: string | null } | null>(null);
  const [newer, setNewer] = useState<readonly Schemas["Answered"][]>([]);

  const query = useQuery((signal) => read(undefined, signal), [sessionId]);
  const use = useQuery((signal) => client.get("/v1/students/{student_id}/tutor-use", { path: { student_id: studentId }, signal }), [studentId]);
  const next = older ? older.next : (query.data?.meta.next_cursor ?? null);
  const earlier = useAction(async () => {
    if (next === null) return;
    const { data, meta } = await read(next);
    setOlder({ messages: [...(older?.messages ?? []), ...data], next: meta.next_cursor });
  });
  const quota: Quota | undefined = newer.at(-1)?.quota ?? use.data?.quota;
  const messages: readonly Message[] = [...[...(query.data?.data ?? []), ...(older?.messages ?? [])].reverse(), ...newer];
  const add = (answered: Schemas["Answered"]) => setNewer((last) => [...last, answered]);
  return { messages, earlier: { ...earlier, hasMore: next !== null }, quota, query, add };
}

function Said({ message }: { message: Message }) {
  const words = useTexts(texts);
  return (
    <div class="said">
      <p class="mine"><strong>{words.you}:</strong> {message.text}</p>
      <div class="reply">
        <p><strong>{words.tutor}{words.kinds[message.kind] && ` (${words.kinds[message.kind]})`}:</strong> {message.reply}</p>
        {message.sources.length > 0 && (
          <p class="soft">
            {words.sources} {message.sources.map((source) => `${source.title} (${words.source[source.kind]})`).join("; ")}
          </p>
        )}
      </div>
    </div>
  );
}

function Remove({ sessionId }: { sessionId: string }) {
  const words = useTexts(texts);
  const { route } = useLocation();
  const remove = async () => {
    await client.delete("/v1/tutor/sessions/{session_id}", { path: { session_id: sessionId } });
    route("/tutor");
  };
  return <Sure text={words.remove} question={words.sure} yes={words.yes} no={words.no} onSure={remove} />;
}
