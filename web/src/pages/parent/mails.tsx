import type { Schemas } from "@tiza/client";
import { useId, useState } from "preact/hooks";

import { useAction, useQuery } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { Section } from "../../ui/page";
import { Failure, Loaded } from "../../ui/states";

const texts = translations(
  {
    title: "Mails to me",
    weekly_summary: "Every Monday, what my children did in the week before",
    practice_reminder: "A reminder after three days without practice, at most once a week",
    saved: "Saved.",
  },
  {
    title: "Correos para mí",
    weekly_summary: "Cada lunes, lo que se practicó la semana anterior",
    practice_reminder: "Un recordatorio después de tres días sin practicar, como mucho uno por semana",
    saved: "Guardado.",
  },
);

type Preference = Schemas["Preference"];

/** Which mails a person wants. */
export function Mails() {
  const words = useTexts(texts);
  const query = useQuery((signal) => client.get("/v1/notifications/preferences", { signal }), []);
  return (
    <Section title={words.title}>
      <Loaded query={query} lines={3}>
        {(preferences) => (
          <ul class="plain">
            {preferences.map((preference) => <Mail key={preference.kind} given={preference} />)}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function Mail({ given }: { given: Preference }) {
  const words = useTexts(texts);
  const id = useId();
  const [isWanted, setWanted] = useState(given.subscribed);
  const [isSaved, setSaved] = useState(false);
  const save = useAction(async (subscribed: boolean) => {
    setSaved(false);
    setWanted(subscribed);
    try {
      await client.put("/v1/notifications/preferences/{kind}", { path: { kind: given.kind }, body: { subscribed } });
      setSaved(true);
    } catch (error) {
      setWanted(!subscribed);
      throw error;
    }
  });
  return (
    <li>
      <label class="check" for={id}>
        <input id={id} type="checkbox" checked={isWanted} disabled={save.isRunning} onChange={(event) => void save.run(event.currentTarget.checked)} />
        <span>{words[given.kind]}</span>
        <span class="soft" role="status">{isSaved && words.saved}</span>
      </label>
      {save.error !== undefined && <Failure error={save.error} />}
    </li>
  );
}
