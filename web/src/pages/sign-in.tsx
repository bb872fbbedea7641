import { useState } from "preact/hooks";

import { signIn } from "../session";
import { translations, useTexts } from "../texts";
import { Button, Form, TextField } from "../ui/forms";
import { Page, Section } from "../ui/page";
import { Failure } from "../ui/states";
import { useAction } from "../query";

const texts = translations(
  {
    title: "Sign in",
    student: "I am a student",
    adult: "I am a teacher or a parent",
    classCode: "Class code",
    classHint: "Eight letters and digits, such as TZA5-5AAA. Your teacher has it.",
    username: "User name",
    pin: "PIN",
    email: "E-mail address",
    password: "Password",
    go: "Sign in",
    forgot: "Forgot the password?",
    register: "New here? Make an account",
    demo: "Try it out",
    demoHint: "This Tiza runs on this machine with a demo school. Be one of its people with one click:",
    roles: { student: "student", teacher: "teacher", parent: "parent", admin: "head of the school", operator: "operator" } as Record<string, string>,
  },
  {
    title: "Entrar",
    student: "Soy estudiante",
    adult: "Soy docente o familiar",
    classCode: "Código de la clase",
    classHint: "Ocho letras y cifras, como TZA5-5AAA. Lo tiene tu docente.",
    username: "Nombre de usuario",
    pin: "PIN",
    email: "Correo electrónico",
    password: "Contraseña",
    go: "Entrar",
    forgot: "¿Olvidaste la contraseña?",
    register: "¿Nuevo aquí? Crea una cuenta",
    demo: "Pruébalo",
    demoHint: "Este Tiza funciona en esta máquina con una escuela de prueba. Sé una de sus personas con un clic:",
    roles: { student: "estudiante", teacher: "docente", parent: "familiar", admin: "dirección", operator: "operador" } as Record<string, string>,
  },
);

/** Whom to sign in as on a developer's machine, as its server of pages writes it into this one. */
interface DemoUser {
  role: string;
  name: string;
  login: Record<string, string>;
}

export default function SignIn() {
  const words = useTexts(texts);
  return (
    <Page title={words.title}>
      <Demo />
      <div class="cards">
        <Section title={words.student}><StudentForm /></Section>
        <Section title={words.adult}><AdultForm /></Section>
      </div>
      <p><a href="/register">{words.register}</a></p>
    </Page>
  );
}

function StudentForm() {
  const words = useTexts(texts);
  const [classCode, setClassCode] = useState("");
  const [username, setUsername] = useState("");
  const [pin, setPin] = useState("");
  const send = useAction(() => signIn({ class_code: classCode.trim(), username: username.trim(), pin }));
  return (
    <Form onSend={() => void send.run()} class="card" aria-label={words.student}>
      <TextField label={words.classCode} hint={words.classHint} value={classCode} onValue={setClassCode} required autocomplete="organization" autocapitalize="characters" />
      <TextField label={words.username} value={username} onValue={setUsername} required autocomplete="username" autocapitalize="none" />
      <TextField label={words.pin} value={pin} onValue={setPin} required type="password" inputMode="numeric" autocomplete="current-password" />
      {send.error !== undefined && <Failure error={send.error} />}
      <Button type="submit" isBusy={send.isRunning}>{words.go}</Button>
    </Form>
  );
}

function AdultForm() {
  const words = useTexts(texts);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const send = useAction(() => signIn({ email: email.trim(), password }));
  return (
    <Form onSend={() => void send.run()} class="card" aria-label={words.adult}>
      <TextField label={words.email} value={email} onValue={setEmail} required type="email" autocomplete="email" />
      <TextField label={words.password} value={password} onValue={setPassword} required type="password" autocomplete="current-password" />
      {send.error !== undefined && <Failure error={send.error} />}
      <Button type="submit" isBusy={send.isRunning}>{words.go}</Button>
      <a href="/forgot-password">{words.forgot}</a>
    </Form>
  );
}

function demoUsers(): DemoUser[] {
  const told = document.querySelector<HTMLMetaElement>('meta[name="tiza-demo"]');
  const users = told ? (JSON.parse(told.content) as DemoUser[]) : [];
  const places = ["student", "teacher", "parent", "admin"]; // an operator has no pages
  return places.flatMap((role) => users.filter((user) => user.role === role));
}

function Demo() {
  const words = useTexts(texts);
  const send = useAction((user: DemoUser) => signIn(user.login as Parameters<typeof signIn>[0]));
  const users = demoUsers();
  if (users.length === 0) return null;
  return (
    <Section title={words.demo}>
      <p>{words.demoHint}</p>
      <div class="row">
        {users.map((user) => (
          <Button key={user.name} kind="plain" isBusy={send.isRunning} onClick={() => void send.run(user)}>
            {user.name} ({words.roles[user.role]})
          </Button>
        ))}
      </div>
      {send.error !== undefined && <Failure error={send.error} />}
    </Section>
  );
}
