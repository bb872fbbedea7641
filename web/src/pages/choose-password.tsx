import { useState } from "preact/hooks";

import { mailToken } from "../mail-token";
import { useAction } from "../query";
import { client } from "../session";
import { translations, useTexts } from "../texts";
import { Button, Form, TextField } from "../ui/forms";
import { Page } from "../ui/page";
import { Failure, Notice } from "../ui/states";

const texts = translations(
  {
    title: "Choose a password",
    password: "New password",
    hint: "At least ten characters.",
    go: "Save it",
    done: "Saved. Sign in with it now.",
    back: "Sign in",
  },
  {
    title: "Elegir una contraseña",
    password: "Contraseña nueva",
    hint: "Al menos diez caracteres.",
    go: "Guardarla",
    done: "Guardada. Entra con ella.",
    back: "Entrar",
  },
);

/** Where the mails for a forgotten password, and for a new account, lead. */
export default function ChoosePassword() {
  const words = useTexts(texts);
  const [token] = useState(mailToken);
  const [password, setPassword] = useState("");
  const [isDone, setDone] = useState(false);
  const send = useAction(async () => {
    await client.post("/v1/auth/password/reset", { body: { token, password } });
    setDone(true);
  });
  return (
    <Page title={words.title} up={{ href: "/sign-in", text: words.back }}>
      {isDone ? (
        <Notice kind="good">{words.done}</Notice>
      ) : (
        <Form onSend={() => void send.run()} class="card narrow" aria-label={words.title}>
          <TextField label={words.password} hint={words.hint} value={password} onValue={setPassword} required type="password" autocomplete="new-password" />
          {send.error !== undefined && <Failure error={send.error} />}
          <Button type="submit" isBusy={send.isRunning}>{words.go}</Button>
        </Form>
      )}
    </Page>
  );
}
