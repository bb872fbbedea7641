/** A student's account: how they sign in, and their parents. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { Button, Form, TextField } from "../../../ui/forms";
import { Section } from "../../../ui/page";
import { Failure, Notice } from "../../../ui/states";
import { ParentsOf } from "./parents";

const texts = translations(
  {
    signIn: "Signing in",
    username: "User name",
    status: "Account",
    active: "in use",
    disabled: "disabled",
    deleted: "deleted",
    pin: "New PIN",
    pinHint: "Four to eight digits. Whoever is signed in with the old one is signed out.",
    setPin: "Set the PIN",
    pinSet: "The new PIN counts from now on.",
    parents: "Parents",
    link: "A parent registers with a link code; you then confirm that they belong together.",
    makeCode: "Make a link code",
    code: "Link code",
    until: (when: string, address: string) => `Good until ${when}, for one parent, at ${address}`,
  },
  {
    signIn: "Para entrar",
    username: "Nombre de usuario",
    status: "Cuenta",
    active: "en uso",
    disabled: "desactivada",
    deleted: "borrada",
    pin: "PIN nuevo",
    pinHint: "De cuatro a ocho cifras. Quien haya entrado con el antiguo tendrá que volver a entrar.",
    setPin: "Poner el PIN",
    pinSet: "El PIN nuevo vale desde ahora.",
    parents: "Familia",
    link: "Un familiar se registra con un código de enlace; después confirmas que es su familia.",
    makeCode: "Hacer un código de enlace",
    code: "Código de enlace",
    until: (when: string, address: string) => `Vale hasta el ${when}, para un familiar, en ${address}`,
  },
);

export function Account({ student }: { student: Schemas["User"] }) {
  const words = useTexts(texts);
  return (
    <>
      <Section title={words.signIn}>
        <dl class="facts">
          <dt>{words.username}</dt><dd>{student.username ?? "–"}</dd>
          <dt>{words.status}</dt><dd>{words[student.status as "active" | "disabled" | "deleted"]}</dd>
        </dl>
        <Pin studentId={student.id} />
      </Section>
      <Section title={words.parents}>
        <ParentsOf studentId={student.id} />
        <LinkCode studentId={student.id} />
      </Section>
    </>
  );
}

function Pin({ studentId }: { studentId: string }) {
  const words = useTexts(texts);
  const [pin, setPin] = useState("");
  const [isSet, setSet] = useState(false);
  const send = useAction(async () => {
    setSet(false);
    await client.put("/v1/users/{user_id}/pin", { path: { user_id: studentId }, body: { pin } });
    setPin("");
    setSet(true);
  });
  return (
    <Form onSend={() => void send.run()} class="card narrow" aria-label={words.setPin}>
      <TextField label={words.pin} hint={words.pinHint} value={pin} onValue={setPin} required inputMode="numeric" maxLength={8} autocomplete="off" />
      {send.error !== undefined && <Failure error={send.error} />}
      {isSet && <Notice kind="good">{words.pinSet}</Notice>}
      <Button type="submit" isBusy={send.isRunning}>{words.setPin}</Button>
    </Form>
  );
}

function LinkCode({ studentId }: { studentId: string }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const [made, setMade] = useState<Schemas["Invite"]>();
  const make = useAction(async () => {
    setMade(await client.post("/v1/users/{user_id}/link-codes", { path: { user_id: studentId }, body: { max_uses: 1 } }));
  });
  return (
    <div class="card">
      <p>{words.link}</p>
      <div><Button kind="plain" isBusy={make.isRunning} onClick={() => void make.run()}>{words.makeCode}</Button></div>
      {make.error !== undefined && <Failure error={make.error} />}
      {made && (
        <Notice>
          <p>{words.code}: <strong class="code">{made.code}</strong></p>
          <p>{words.until(date(made.expires_at), `${location.origin}/register`)}</p>
        </Notice>
      )}
    </div>
  );
}
