import { useState } from "preact/hooks";

import { useAction } from "../query";
import { client } from "../session";
import { translations, useTexts } from "../texts";
import { Button, Form, TextField } from "../ui/forms";
import { Page } from "../ui/page";
import { Failure, Notice } from "../ui/states";

const texts = translations(
  {
    title: "Forgot the password",
    email: "E-mail address",
    go: "Send a mail",
    sent: "If this address is known, a mail with a link is on its way. The link works for half an hour.",
    back: "Sign in",
  },
  {
    title: "Contraseña olvidada",
    email: "Correo electrónico",
    go: "Enviar un correo",
    sent: "Si conocemos esta dirección, un correo con un enlace está en camino. El enlace vale media hora.",
    back: "Entrar",
  },
);

export default function ForgotPassword() {
  const words = useTexts(texts);
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  const send = useAction(async () => {
    await client.post("/v1/auth/password/forgot", { body: { email } });
    setSent(true);
  });
  return (
    <Page title={words.title} up={{ href: "/sign-in", text: words.back }}>
      {isSent ? (
        <Notice kind="good">{words.sent}</Notice>
      ) : (
        <Form onSend={() => void send.run()} class="card narrow" aria-label={words.title}>
          <TextField label={words.email} value={email} onValue={setEmail} required type="email" autocomplete="email" />
          {send.error !== undefined && <Failure error={send.error} />}
          <Button type="submit" isBusy={send.isRunning}>{words.go}</Button>
        </Form>
      )}
    </Page>
  );
}
