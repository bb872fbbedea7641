/** An admin makes a student, and puts them into a class. */

import { useRef, useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button, Form, TextField } from "../../../ui/forms";
import { Section } from "../../../ui/page";
import { Failure, Notice } from "../../../ui/states";

const texts = translations(
  {
    title: "Make a student",
    name: "Name",
    username: "User name",
    usernameHint: "Two to 32 letters, digits, dots and dashes.",
    pin: "PIN",
    pinHint: "Four to eight digits.",
    go: "Make the student",
    made: (name: string) => `${name} is in the class now.`,
  },
  {
    title: "Crear un estudiante",
    name: "Nombre",
    username: "Nombre de usuario",
    usernameHint: "De dos a 32 letras, cifras, puntos y guiones.",
    pin: "PIN",
    pinHint: "De cuatro a ocho cifras.",
    go: "Crear el estudiante",
    made: (name: string) => `${name} ya está en la clase.`,
  },
);

const nobody = { name: "", username: "", pin: "" };

export function NewStudent({ classroomId, onMade }: { classroomId: string; onMade: () => void }) {
  const words = useTexts(texts);
  const [given, setGiven] = useState(nobody);
  const [made, setMade] = useState("");
  const form = useRef<HTMLDivElement>(null);
  const put = (name: keyof typeof given) => (value: string) => setGiven((last) => ({ ...last, [name]: value }));
  const make = useAction(async () => {
    setMade("");
    const student = await client.post("/v1/users", {
      body: { role: "student", classroom_id: classroomId, ...given, name: given.name.trim(), username: given.username.trim() },
    });
    setGiven(nobody);
    setMade(student.name);
    form.current?.querySelector("input")?.focus(); // for the next one
    onMade();
  });
  return (
    <Section title={words.title}>
      <div ref={form}>
        <Form onSend={() => void make.run()} class="card" aria-label={words.title}>
          <div class="inline">
            <TextField label={words.name} value={given.name} onValue={put("name")} required maxLength={100} autocomplete="off" />
            <TextField label={words.username} hint={words.usernameHint} value={given.username} onValue={put("username")} required maxLength={32} autocapitalize="none" autocomplete="off" />
            <TextField label={words.pin} hint={words.pinHint} value={given.pin} onValue={put("pin")} required inputMode="numeric" maxLength={8} autocomplete="off" />
            <Button type="submit" isBusy={make.isRunning}>{words.go}</Button>
          </div>
          {make.error !== undefined && <Failure error={make.error} />}
          {made && <Notice kind="good">{words.made(made)}</Notice>}
        </Form>
      </div>
    </Section>
  );
}
