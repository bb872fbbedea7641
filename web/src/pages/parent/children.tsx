import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useAction, useQuery } from "../../query";
import { client } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button, Form, TextField } from "../../ui/forms";
import { Page, Section } from "../../ui/page";
import { Empty, Failure, Loaded, Notice } from "../../ui/states";
import { Sure } from "../../ui/sure";
import { Mails } from "./mails";
import "./parent.css";

const texts = translations(
  {
    title: "My children",
    none: "No child is linked to you yet. Ask the school for a link code, and enter it below.",
    pending: "A child whose name is shown once the school has confirmed the link.",
    waits: (when: string) => `You asked on ${when}. The school still has to confirm it.`,
    since: (when: string) => `Linked since ${when}`,
    end: "End the link",
    endOf: (name: string) => `End the link to ${name}`,
    sure: "Really end it? You will see nothing of this child any more.",
    yes: "Yes, end it",
    no: "No, keep it",
    add: "Add a child",
    code: "Link code",
    hint: "The school gives it to you, such as K7QM-2XWA-9TRD.",
    go: "Add",
    added: "Your request is with the school. Once it is confirmed, you see your child here.",
  },
  {
    title: "Mi familia",
    none: "Todavía no hay nadie vinculado a ti. Pide un código de enlace a la escuela y escríbelo abajo.",
    pending: "El nombre se muestra cuando la escuela haya confirmado el vínculo.",
    waits: (when: string) => `Lo pediste el ${when}. Falta que la escuela lo confirme.`,
    since: (when: string) => `Vínculo desde el ${when}`,
    end: "Terminar el vínculo",
    endOf: (name: string) => `Terminar el vínculo con ${name}`,
    sure: "¿Terminarlo de verdad? Ya no verás nada.",
    yes: "Sí, terminarlo",
    no: "No, mantenerlo",
    add: "Añadir una hija o un hijo",
    code: "Código de enlace",
    hint: "Te lo da la escuela, como K7QM-2XWA-9TRD.",
    go: "Añadir",
    added: "Tu petición está en la escuela. Cuando la confirme, lo verás aquí.",
  },
);

type Link = Schemas["Link"];

export default function ChildrenPage() {
  const words = useTexts(texts);
  const query = useQuery((signal) => client.get("/v1/families/links", { query: { limit: 100 }, signal }), []);
  return (
    <Page title={words.title}>
      <Loaded query={query} lines={4}>
        {(links) =>
          links.length === 0 ? (
            <Empty>{words.none}</Empty>
          ) : (
            <ul class="plain cards">
              {links.map((link) => <Child key={link.id} link={link} onEnded={query.reload} />)}
            </ul>
          )
        }
      </Loaded>
      {(query.data || query.error !== undefined) && (
        <>
          <Section title={words.add}><AddChild onAdded={query.reload} /></Section>
          <Mails />
        </>
      )}
    </Page>
  );
}

function Child({ link, onEnded }: { link: Link; onEnded: () => void }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const name = link.status === "confirmed" ? link.student.name : null;
  return (
    <li class="card">
      {name === null ? (
        <>
          <p>{words.pending}</p>
          <p class="soft">{words.waits(date(link.created_at))}</p>
        </>
      ) : (
        <>
          <h2><a href={`/children/${link.student.id}`}>{name}</a></h2>
          <p class="soft">{words.since(date(link.confirmed_at ?? link.created_at))}</p>
        </>
      )}
      <EndLink id={link.id} name={name} onEnded={onEnded} />
    </li>
  );
}

function EndLink({ id, name, onEnded }: { id: string; name: string | null; onEnded: () => void }) {
  const words = useTexts(texts);
  const end = async () => {
    await client.delete("/v1/families/links/{link_id}", { path: { link_id: id } });
    onEnded();
  };
  return <Sure text={words.end} of={name ? words.endOf(name) : undefined} question={words.sure} yes={words.yes} no={words.no} onSure={end} />;
}

function AddChild({ onAdded }: { onAdded: () => void }) {
  const words = useTexts(texts);
  const [code, setCode] = useState("");
  const [isAdded, setAdded] = useState(false);
  const send = useAction(async () => {
    setAdded(false);
    await client.post("/v1/families/links", { body: { link_code: code.trim() } });
    setAdded(true);
    setCode("");
    onAdded();
  });
  return (
    <Form onSend={() => void send.run()} class="card narrow" aria-label={words.add}>
      <TextField label={words.code} hint={words.hint} value={code} onValue={setCode} required autocapitalize="characters" autocomplete="off" />
      {send.error !== undefined && <Failure error={send.error} />}
      {isAdded && <Notice kind="good">{words.added}</Notice>}
      <div class="row"><Button type="submit" isBusy={send.isRunning}>{words.go}</Button></div>
    </Form>
  );
}
