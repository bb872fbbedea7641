import type { Schemas } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useAction } from "../../query";
import { client } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button } from "../../ui/forms";
import { Failure } from "../../ui/states";

const texts = translations(
  {
    kinds: {
      photos: {
        title: "Photos of work on paper",
        means: "Your child may hand in photos of their exercises. Tiza takes out where and when a picture was taken, reads what is written, and deletes the photo after 30 days. A language model outside the school may read it: no name is sent along, but it sees all that stands on the sheet.",
      },
      tutor: {
        title: "Talks with the tutor",
        means: "Your child may ask a language model questions about their exercises. No name is sent along. It is a machine: it can be wrong, and it gives hints, not solutions.",
      },
    },
    given: "Allowed",
    refused: "Not allowed",
    nobody: "Not allowed yet: nobody has decided",
    notNeeded: "Your child is old enough to decide this alone.",
    byParent: (when: string) => `said by a parent on ${when}`,
    bySchool: (when: string) => `noted by the school on ${when}`,
    give: "Allow it",
    withdraw: "Allow it no more",
    refuse: "Do not allow it",
    of: (action: string, what: string) => `${action}: ${what}`,
  },
  {
    kinds: {
      photos: {
        title: "Fotos del trabajo en papel",
        means: "Se pueden entregar fotos de los ejercicios. Tiza quita de la foto dónde y cuándo se hizo, lee lo escrito y borra la foto a los 30 días. Puede leerla un modelo de lenguaje de fuera de la escuela: no se envía ningún nombre, pero ve todo lo que hay en la hoja.",
      },
      tutor: {
        title: "Conversaciones con el tutor",
        means: "Se pueden hacer preguntas sobre los ejercicios a un modelo de lenguaje. No se envía ningún nombre. Es una máquina: puede equivocarse, y da pistas, no soluciones.",
      },
    },
    given: "Permitido",
    refused: "No permitido",
    nobody: "Aún no permitido: nadie lo ha decidido",
    notNeeded: "Por su edad ya lo decide por su cuenta.",
    byParent: (when: string) => `dicho por la familia el ${when}`,
    bySchool: (when: string) => `anotado por la escuela el ${when}`,
    give: "Permitirlo",
    withdraw: "Dejar de permitirlo",
    refuse: "No permitirlo",
    of: (action: string, what: string) => `${action}: ${what}`,
  },
);

type Consent = Schemas["Consent"];

/** What may be done with a child's data, and a parent's word on it. */
export function Consents({ studentId, consents }: { studentId: string; consents: readonly Consent[] }) {
  return (
    <ul class="plain cards">
      {consents.map((consent) => <One key={consent.kind} studentId={studentId} given={consent} />)}
    </ul>
  );
}

function One({ studentId, given }: { studentId: string; given: Consent }) {
  const words = useTexts(texts);
  const [consent, setConsent] = useState(given);
  const place = useRef<HTMLParagraphElement>(null);
  const decide = useAction(async (granted: boolean) => {
    const path = { student_id: studentId, kind: consent.kind };
    setConsent(await client.put("/v1/families/children/{student_id}/consents/{kind}", { path, body: { granted } }));
  });
  useEffect(() => {
    if (consent !== given) place.current?.focus(); // the button that was pressed is gone
  }, [consent]);
  const { title, means } = words.kinds[consent.kind];
  const choose = (granted: boolean, text: string, kind: "main" | "plain") => (
    <Button kind={kind} aria-label={words.of(text, title)} isBusy={decide.isRunning} onClick={() => void decide.run(granted)}>{text}</Button>
  );
  return (
    <li class="card consent">
      <h3>{title}</h3>
      <p>{means}</p>
      <p ref={place} tabIndex={-1}><Standing consent={consent} /></p>
      {consent.needed && (
        <div class="row">
          {!consent.given && choose(true, words.give, "main")}
          {consent.given ? choose(false, words.withdraw, "plain") : consent.said_by === null && choose(false, words.refuse, "plain")}
        </div>
      )}
      {decide.error !== undefined && <Failure error={decide.error} />}
    </li>
  );
}

function Standing({ consent }: { consent: Consent }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  if (!consent.needed) return <>{words.notNeeded}</>;
  const state = consent.given ? `✓ ${words.given}` : consent.said_by === null ? words.nobody : `✗ ${words.refused}`;
  const by = consent.said_by === "school" ? words.bySchool : words.byParent;
  return (
    <>
      <strong>{state}</strong>
      {consent.said_by !== null && consent.said_at !== null && <span class="soft"> ({by(date(consent.said_at))})</span>}
    </>
  );
}
