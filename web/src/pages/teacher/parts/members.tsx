/** Who is in a class, and how more come in. */

import type { Schemas } from "@tiza/client";

import { useSession, client } from "../../../session";
import { useAction } from "../../../query";
import { translations, useFormats, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";
import { Section, WideTable } from "../../../ui/page";
import { Empty, Failure, Loaded } from "../../../ui/states";
import { ChangeClass } from "./change-class";
import { NewStudent } from "./new-student";
import { Invites } from "./invites";
import { Pager, usePaged, type Paged } from "./paged";
import { Parents } from "./parents";
import { PinSheet } from "./pin-sheet";

type Member = Schemas["Member"];
type Classroom = Schemas["Classroom"];

const texts = translations(
  {
    members: "Who is in this class",
    caption: "Teachers and students of this class",
    name: "Name",
    username: "User name",
    role: "Role",
    joined: "Since",
    student: "Student",
    teacher: "Teacher",
    nobody: "There is nobody in it yet. Give students the invite code below.",
    remove: "Take out",
    removeWho: (name: string) => `Take out: ${name}`,
    sure: (name: string) => `Take ${name} out of this class? Their answers stay.`,
    code: "The class's sign-in code",
    codeHint: "Students who have an account sign in with this code, their user name and their PIN. It lets nobody new in.",
    newCode: "Make a new code",
    newCodeSure: "Make a new code? The old one ends at once, also on printed sheets.",
  },
  {
    members: "Quién está en esta clase",
    caption: "Docentes y estudiantes de esta clase",
    name: "Nombre",
    username: "Nombre de usuario",
    role: "Papel",
    joined: "Desde",
    student: "Estudiante",
    teacher: "Docente",
    nobody: "Todavía no hay nadie. Da a tus estudiantes el código de invitación de abajo.",
    remove: "Sacar",
    removeWho: (name: string) => `Sacar: ${name}`,
    sure: (name: string) => `¿Sacar a ${name} de esta clase? Sus respuestas se conservan.`,
    code: "El código de la clase para entrar",
    codeHint: "Quien ya tiene cuenta entra con este código, su nombre de usuario y su PIN. No deja entrar a nadie nuevo.",
    newCode: "Hacer un código nuevo",
    newCodeSure: "¿Hacer un código nuevo? El antiguo deja de valer ya, también en las hojas impresas.",
  },
);

const AT_ONCE = 50;
const LINES = 1.6; // the height of a row

export function Members({ classroom, onChanged }: { classroom: Classroom; onChanged: () => void }) {
  const words = useTexts(texts);
  const { user } = useSession();
  const id = classroom.id;
  const members = usePaged<Member>(
    (cursor, signal) =>
      client.call("get", "/v1/classrooms/{classroom_id}/members", {
        path: { classroom_id: id },
        query: { limit: AT_ONCE, ...(cursor && { cursor }) },
        signal,
      }),
    [id],
  );
  return (
    <>
      <Section title={words.code}><Code classroom={classroom} onChanged={onChanged} /></Section>
      <Section title={words.members}>
        <Loaded query={members} lines={LINES * (Math.min(classroom.student_count, AT_ONCE) + 2)}>
          {({ data }) => (data.length === 0 ? <Empty>{words.nobody}</Empty> : <Table members={data} classroomId={id} paged={members} />)}
        </Loaded>
        <Pager paged={members} />
      </Section>
      <PinSheet classroomId={id} />
      {!classroom.archived_at && user?.role === "admin" && <NewStudent classroomId={id} onMade={members.reload} />}
      {!classroom.archived_at && <Invites classroomId={id} />}
      <Parents />
      <ChangeClass classroom={classroom} onChanged={onChanged} />
    </>
  );
}

function Code({ classroom, onChanged }: { classroom: Classroom; onChanged: () => void }) {
  const words = useTexts(texts);
  const renew = useAction(async () => {
    if (!confirm(words.newCodeSure)) return;
    await client.post("/v1/classrooms/{classroom_id}/code", { path: { classroom_id: classroom.id } });
    onChanged();
  });
  return (
    <div class="card">
      <div class="row">
        <output class="code" aria-label={words.code}>{classroom.code}</output>
        <Button kind="plain" isBusy={renew.isRunning} onClick={() => void renew.run()}>{words.newCode}</Button>
      </div>
      <p class="hint">{words.codeHint}</p>
      {renew.error !== undefined && <Failure error={renew.error} />}
    </div>
  );
}

/** Teachers first, then by name. */
const inOrder = (members: Member[]): Member[] =>
  members.toSorted((one, other) => other.role.localeCompare(one.role) || one.name.localeCompare(other.name));

function Table({ members, classroomId, paged }: { members: Member[]; classroomId: string; paged: Paged<Member> }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const remove = useAction(async (member: Member) => {
    if (!confirm(words.sure(member.name))) return;
    await client.delete("/v1/classrooms/{classroom_id}/members/{user_id}", { path: { classroom_id: classroomId, user_id: member.user_id } });
    paged.reload();
  });
  return (
    <>
      {remove.error !== undefined && <Failure error={remove.error} />}
      <WideTable caption={words.caption}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.username}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.joined}</th>
            <th scope="col"><span class="hidden">{words.remove}</span></th>
          </tr>
        </thead>
        <tbody>
          {inOrder(members).map((member) => (
            <tr key={member.user_id}>
              <th scope="row">
                {member.role === "student" ? <a href={`/classes/${classroomId}/students/${member.user_id}`}>{member.name}</a> : member.name}
              </th>
              <td>{member.username ?? "–"}</td>
              <td>{member.role === "student" ? words.student : words.teacher}</td>
              <td class="breakless">{date(member.joined_at)}</td>
              <td>
                <Button kind="plain" isBusy={remove.isRunning} onClick={() => void remove.run(member)} aria-label={words.removeWho(member.name)}>{words.remove}</Button>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  );
}
