import { useContext, useState } from "preact/hooks";

import { useAction } from "../query";
import { client, signIn } from "../session";
import { LocaleContext, translations, useTexts } from "../texts";
import { Button, Form, SelectField, TextField } from "../ui/forms";
import { Page } from "../ui/page";
import { Failure, Notice } from "../ui/states";

const texts = translations(
  {
    title: "Make an account",
    who: "I am",
    student: "a student with a class's invite code",
    teacher: "a teacher who begins a school here",
    invited: "a teacher with an invite of my school",
    parent: "a parent with a link code of the school",
    name: "Name",
    email: "E-mail address",
    password: "Password",
    passwordHint: "At least ten characters.",
    school: "Name of the school",
    inviteCode: "Invite code",
    linkCode: "Link code",
    username: "User name",
    usernameHint: "Small letters, digits, dots and dashes.",
    pin: "PIN",
    pinHint: "Four to eight digits.",
    go: "Make the account",
    sent: "We have sent you a mail. Follow its link to confirm the address; then you can sign in.",
    back: "Sign in",
  },
  {
    title: "Crear una cuenta",
    who: "Soy",
    student: "estudiante con el código de invitación de una clase",
    teacher: "docente y empiezo una escuela aquí",
    invited: "docente con una invitación de mi escuela",
    parent: "familiar con un código de la escuela",
    name: "Nombre",
    email: "Correo electrónico",
    password: "Contraseña",
    passwordHint: "Al menos diez caracteres.",
    school: "Nombre de la escuela",
    inviteCode: "Código de invitación",
    linkCode: "Código de enlace",
    username: "Nombre de usuario",
    usernameHint: "Letras minúsculas, cifras, puntos y guiones.",
    pin: "PIN",
    pinHint: "De cuatro a ocho cifras.",
    go: "Crear la cuenta",
    sent: "Te hemos enviado un correo. Sigue su enlace para confirmar la dirección; después puedes entrar.",
    back: "Entrar",
  },
);

type Kind = "student" | "teacher" | "invited" | "parent";
const kinds: readonly Kind[] = ["teacher", "invited", "parent", "student"];

export default function Register() {
  const words = useTexts(texts);
  const { locale } = useContext(LocaleContext);
  const [kind, setKind] = useState<Kind>("teacher");
  const [given, setGiven] = useState({ name: "", email: "", password: "", school: "", code: "", username: "", pin: "" });
  const [isSent, setSent] = useState(false);
  const put = (name: keyof typeof given) => (value: string) => setGiven((last) => ({ ...last, [name]: value }));

  const send = useAction(async () => {
    const { name, email, password, school, code, username, pin } = given;
    if (kind === "student") {
      const made = await client.post("/v1/auth/register", { body: { kind, class_code: code, username, pin, name, locale } });
      if (made.class_code) await signIn({ class_code: made.class_code, username, pin });
      return;
    }
    const person = { email, password, name, locale };
    await client.post("/v1/auth/register", {
      body:
        kind === "parent"
          ? { kind, link_code: code, ...person }
          : kind === "invited"
            ? { kind: "teacher", invite_code: code, ...person }
            : { kind, school: { name: school, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }, ...person },
    });
    setSent(true);
  });

  if (isSent) {
    return (
      <Page title={words.title}>
        <Notice kind="good">{words.sent}</Notice>
        <p><a href="/sign-in">{words.back}</a></p>
      </Page>
    );
  }
  return (
    <Page title={words.title} up={{ href: "/sign-in", text: words.back }}>
      <Form onSend={() => void send.run()} class="card narrow" aria-label={words.title}>
        <SelectField label={words.who} value={kind} onValue={(value) => setKind(value as Kind)} options={kinds.map((value) => ({ value, text: words[value] }))} />
        <TextField label={words.name} value={given.name} onValue={put("name")} required autocomplete="name" />
        {kind === "teacher" && <TextField label={words.school} value={given.school} onValue={put("school")} required autocomplete="organization" />}
        {kind !== "teacher" && <TextField label={kind === "parent" ? words.linkCode : words.inviteCode} value={given.code} onValue={put("code")} required autocapitalize="characters" autocomplete="off" />}
        {kind === "student" ? (
          <>
            <TextField label={words.username} hint={words.usernameHint} value={given.username} onValue={put("username")} required autocomplete="username" autocapitalize="none" />
            <TextField label={words.pin} hint={words.pinHint} value={given.pin} onValue={put("pin")} required type="password" inputMode="numeric" autocomplete="new-password" />
          </>
        ) : (
          <>
            <TextField label={words.email} value={given.email} onValue={put("email")} required type="email" autocomplete="email" />
            <TextField label={words.password} hint={words.passwordHint} value={given.password} onValue={put("password")} required type="password" autocomplete="new-password" />
          </>
        )}
        {send.error !== undefined && <Failure error={send.error} />}
        <Button type="submit" isBusy={send.isRunning}>{words.go}</Button>
      </Form>
    </Page>
  );
}
