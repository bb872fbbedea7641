import { isTizaError, NetworkError, uuid } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useAction } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { Button, Field, Form } from "../../ui/forms";
import { Section } from "../../ui/page";
import { Failure, Notice } from "../../ui/states";

const texts = translations(
  {
    title: "Hand in work by photo",
    how: "Write your exercises on paper, each as 503 - 278 = 225, and take a photo from above in good light.",
    file: "Photo",
    hint: "JPEG, PNG or WebP, up to 10 MB.",
    preview: "The photo that you chose",
    go: "Hand it in",
    type: "This is no JPEG, PNG or WebP. Take another photo.",
    large: "This photo is larger than 10 MB. Take it at a lower quality.",
    done: "Handed in. You see below what becomes of it.",
    consent: "Your parents have to allow photos first. Ask them: they can do it in Tiza, on your page in “My children”, or at school.",
    notStored: "The photo could not be stored. Please try again.",
  },
  {
    title: "Entregar trabajo con una foto",
    how: "Escribe tus ejercicios en papel, cada uno como 503 - 278 = 225, y haz una foto desde arriba con buena luz.",
    file: "Foto",
    hint: "JPEG, PNG o WebP, hasta 10 MB.",
    preview: "La foto que has elegido",
    go: "Entregarla",
    type: "Esto no es JPEG, PNG ni WebP. Haz otra foto.",
    large: "Esta foto ocupa más de 10 MB. Hazla con menos calidad.",
    done: "Entregada. Abajo ves qué pasa con ella.",
    consent: "Antes tu familia tiene que permitir las fotos. Pídeselo: puede hacerlo en Tiza, en tu página de «Mi familia», o en la escuela.",
    notStored: "No se ha podido guardar la foto. Inténtalo de nuevo, por favor.",
  },
);

const TYPES = ["image/jpeg", "image/png", "image/webp"] as const;
const LARGEST_BYTES = 10_000_000;

type Type = (typeof TYPES)[number];

/** A photo that was chosen, with the key under which it is handed in once, however often that is tried. */
interface Chosen {
  file: File;
  key: string;
  address: string;
}

/** The store of the photos said no. */
class NotStoredError extends Error {}

/** Choose a photo, look at it, and hand it in. */
export function HandIn({ onHandedIn }: { onHandedIn: () => void }) {
  const words = useTexts(texts);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isDone, setDone] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => void (chosen && URL.revokeObjectURL(chosen.address)), [chosen]);

  const fault = chosen && (!isType(chosen.file.type) ? words.type : chosen.file.size > LARGEST_BYTES ? words.large : undefined);
  const choose = (file: File | undefined) => {
    setDone(false);
    setChosen(file ? { file, key: uuid(), address: URL.createObjectURL(file) } : null);
  };
  const send = useAction(async ({ file, key }: Chosen) => {
    await handIn(file, key);
    setChosen(null);
    setDone(true);
    input.current!.value = "";
    onHandedIn();
  });
  return (
    <Section title={words.title}>
      <p>{words.how}</p>
      <Form onSend={() => chosen && !fault && void send.run(chosen)} class="card narrow" aria-label={words.title}>
        <Field label={words.file} hint={words.hint} error={fault ?? undefined}>
          {(ids) => <input {...ids} ref={input} type="file" accept={TYPES.join(",")} required onChange={(event) => choose(event.currentTarget.files?.[0])} />}
        </Field>
        {chosen && !fault && <img class="preview" src={chosen.address} alt={words.preview} />}
        {send.error !== undefined && <Fault error={send.error} />}
        {isDone && <Notice kind="good">{words.done}</Notice>}
        <div class="row"><Button type="submit" isBusy={send.isRunning}>{words.go}</Button></div>
      </Form>
    </Section>
  );
}

function Fault({ error }: { error: unknown }) {
  const words = useTexts(texts);
  if (isTizaError(error, "CONSENT_REQUIRED")) return <Notice>{words.consent}</Notice>;
  if (error instanceof NotStoredError) return <Notice kind="bad">{words.notStored}</Notice>;
  return <Failure error={error} />;
}

const isType = (type: string): type is Type => TYPES.some((known) => known === type);

/** Announce a photo and send it to the store. Throws what a call throws, and `NotStoredError`. */
async function handIn(file: File, key: string): Promise<void> {
  const body = { content_type: file.type as Type, size: file.size, client_id: key };
  const { upload } = await client.post("/v1/photos", { body });
  if (upload === null) return; // it has arrived before
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", file);
  const answer = await fetch(upload.url, { method: "POST", body: form }).catch((fault: unknown) => {
    throw new NetworkError(fault);
  });
  if (!answer.ok) throw new NotStoredError(`The store answered ${answer.status}.`);
}
