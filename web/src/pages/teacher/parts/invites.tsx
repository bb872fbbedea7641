/** Codes with which students come into a class, or teachers into a school. */

import type { Schemas } from "@tiza/client";
import { useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { Button, Form, TextField } from "../../../ui/forms";
import { Section, WideTable } from "../../../ui/page";
import { Empty, Failure, Loaded } from "../../../ui/states";
import { Pager, usePaged, type Paged } from "./paged";

type Invite = Schemas["Invite"];

const texts = translations(
  {
    title: "Invite codes",
    forClass: "Who registers with such a code is in this class. It is for students who have no account yet.",
    forSchool: "Who registers with such a code is a teacher of this school.",
    where: (address: string) => `They open ${address}`,
    caption: "Invite codes, newest first",
    code: "Code",
    used: "Used",
    until: "Good until",
    state: "State",
    good: "Good",
    over: "Expired",
    full: "Used up",
    back: "Taken back",
    of: (part: number, whole: number) => `${part} of ${whole}`,
    none: "There is no code yet.",
    uses: "For how many people",
    days: "For how many days",
    go: "Make an invite code",
    revoke: "Take back",
    revokeWhich: (code: string) => `Take back: ${code}`,
    sure: (code: string) => `Take the code ${code} back? Nobody can register with it any more.`,
  },
  {
    title: "Códigos de invitación",
    forClass: "Quien se registra con un código así queda en esta clase. Es para estudiantes que aún no tienen cuenta.",
    forSchool: "Quien se registra con un código así es docente de esta escuela.",
    where: (address: string) => `Tienen que abrir ${address}`,
    caption: "Códigos de invitación, primero los más nuevos",
    code: "Código",
    used: "Usado",
    until: "Vale hasta",
    state: "Estado",
    good: "Vale",
    over: "Caducado",
    full: "Agotado",
    back: "Retirado",
    of: (part: number, whole: number) => `${part} de ${whole}`,
    none: "Todavía no hay ningún código.",
    uses: "Para cuántas personas",
    days: "Para cuántos días",
    go: "Hacer un código de invitación",
    revoke: "Retirar",
    revokeWhich: (code: string) => `Retirar: ${code}`,
    sure: (code: string) => `¿Retirar el código ${code}? Nadie podrá registrarse ya con él.`,
  },
);

/** The invite codes of a class. */
export function Invites({ classroomId }: { classroomId: string }) {
  const words = useTexts(texts);
  const path = { classroom_id: classroomId };
  return (
    <InviteCodes
      about={words.forClass}
      uses="30"
      of={classroomId}
      list={(cursor, signal) => client.call("get", "/v1/classrooms/{classroom_id}/invites", { path, query: { limit: 10, ...(cursor && { cursor }) }, signal })}
      make={(body) => client.post("/v1/classrooms/{classroom_id}/invites", { path, body })}
      revoke={(id) => client.delete("/v1/classrooms/{classroom_id}/invites/{invite_id}", { path: { ...path, invite_id: id } })}
    />
  );
}

/** The codes with which teachers register in a school. */
export function StaffInvites({ schoolId }: { schoolId: string }) {
  const words = useTexts(texts);
  const path = { school_id: schoolId };
  return (
    <InviteCodes
      about={words.forSchool}
      uses="1"
      of={schoolId}
      list={(cursor, signal) => client.call("get", "/v1/schools/{school_id}/invites", { path, query: { limit: 10, ...(cursor && { cursor }) }, signal })}
      make={(body) => client.post("/v1/schools/{school_id}/invites", { path, body })}
      revoke={(id) => client.delete("/v1/schools/{school_id}/invites/{invite_id}", { path: { ...path, invite_id: id } })}
    />
  );
}

interface InviteCodesProps {
  about: string;
  /** For how many people, unless one says otherwise. */
  uses: string;
  of: string;
  list: Parameters<typeof usePaged<Invite>>[0];
  make: (body: Schemas["NewInvite"]) => Promise<unknown>;
  revoke: (id: string) => Promise<unknown>;
}

function InviteCodes({ about, uses: first, of, list, make, revoke }: InviteCodesProps) {
  const words = useTexts(texts);
  const [uses, setUses] = useState(first);
  const [days, setDays] = useState("14");
  const invites = usePaged<Invite>(list, [of]);
  const add = useAction(async () => {
    await make({ max_uses: Number(uses), days: Number(days) });
    invites.reload();
  });
  return (
    <Section title={words.title}>
      <p>{about} {words.where(`${location.origin}/register`)}</p>
      <Form onSend={() => void add.run()} class="card" aria-label={words.go}>
        <div class="inline">
          <TextField label={words.uses} value={uses} onValue={setUses} type="number" inputMode="numeric" required />
          <TextField label={words.days} value={days} onValue={setDays} type="number" inputMode="numeric" required />
          <Button type="submit" isBusy={add.isRunning}>{words.go}</Button>
        </div>
        {add.error !== undefined && <Failure error={add.error} />}
      </Form>
      <Loaded query={invites} lines={3}>
        {({ data }) => (data.length === 0 ? <Empty>{words.none}</Empty> : <Table invites={data} paged={invites} revoke={revoke} />)}
      </Loaded>
      <Pager paged={invites} />
    </Section>
  );
}

function Table({ invites, paged, revoke }: { invites: Invite[]; paged: Paged<Invite>; revoke: (id: string) => Promise<unknown> }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const end = useAction(async (invite: Invite) => {
    if (!confirm(words.sure(invite.code))) return;
    await revoke(invite.id);
    paged.reload();
  });
  return (
    <>
      {end.error !== undefined && <Failure error={end.error} />}
      <WideTable caption={words.caption}>
        <thead>
          <tr>
            <th scope="col">{words.code}</th>
            <th scope="col">{words.used}</th>
            <th scope="col">{words.until}</th>
            <th scope="col">{words.state}</th>
            <th scope="col"><span class="hidden">{words.revoke}</span></th>
          </tr>
        </thead>
        <tbody>
          {invites.map((invite) => {
            const state = stateOf(invite);
            return (
              <tr key={invite.id}>
                <th scope="row" class="code">{invite.code}</th>
                <td>{words.of(invite.uses, invite.max_uses)}</td>
                <td class="breakless">{date(invite.expires_at)}</td>
                <td><span class={`tag ${state === "good" ? "good" : ""}`}>{words[state]}</span></td>
                <td>
                  {state === "good" && (
                    <Button kind="plain" isBusy={end.isRunning} onClick={() => void end.run(invite)} aria-label={words.revokeWhich(invite.code)}>{words.revoke}</Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </WideTable>
    </>
  );
}

function stateOf(invite: Invite): "good" | "over" | "full" | "back" {
  if (invite.revoked_at) return "back";
  if (invite.uses >= invite.max_uses) return "full";
  return new Date(invite.expires_at).getTime() < Date.now() ? "over" : "good";
}
