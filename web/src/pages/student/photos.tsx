import type { Schemas } from "@tiza/client";
import { useEffect, useState } from "preact/hooks";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useFormats, useTexts } from "../../texts";
import { Button } from "../../ui/forms";
import { Page, Section } from "../../ui/page";
import { Empty, Loaded } from "../../ui/states";
import { HandIn } from "./hand-in";
import { PhotoDetails } from "./photo-details";
import { InLine } from "./problem";
import "./student.css";

const texts = translations(
  {
    title: "Photos",
    mine: "My photos",
    none: "You have not handed in a photo yet.",
    of: (when: string) => `Photo of ${when}`,
    about: "For:",
    states: {
      waiting: "On its way: Tiza looks whether it is a good photo.",
      refused: "Not taken.",
      reading: "Good photo. It is about to be read.",
      read: "Read. Open it to see what Tiza found.",
    },
    newer: "Newer photos",
    older: "Older photos",
  },
  {
    title: "Fotos",
    mine: "Mis fotos",
    none: "Todavía no has entregado ninguna foto.",
    of: (when: string) => `Foto del ${when}`,
    about: "Para:",
    states: {
      waiting: "En camino: Tiza mira si la foto es buena.",
      refused: "No aceptada.",
      reading: "Buena foto. Enseguida se lee.",
      read: "Leída. Ábrela para ver qué ha encontrado Tiza.",
    },
    newer: "Fotos más nuevas",
    older: "Fotos más antiguas",
  },
);

const LOOK_AGAIN_MS = 3_000;

type Summary = Schemas["PhotoSummary"];
type State = "waiting" | "refused" | "reading" | "read";

export default function PhotosPage() {
  const words = useTexts(texts);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const query = usePhotos(cursors.at(-1));
  const next = query.data?.meta.next_cursor;
  const lookAtNewest = () => {
    setCursors([]);
    query.reload();
  };
  return (
    <Page title={words.title}>
      <HandIn onHandedIn={lookAtNewest} />
      <Section title={words.mine}>
        <Loaded query={query} lines={6}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty>{words.none}</Empty>
            ) : (
              <ul class="plain answers">
                {data.map((photo) => <Photo key={photo.id} photo={photo} onDeleted={query.reload} />)}
              </ul>
            )
          }
        </Loaded>
        <div class="row">
          {cursors.length > 0 && <Button kind="plain" onClick={() => setCursors(cursors.slice(0, -1))}>{words.newer}</Button>}
          {next && <Button kind="plain" onClick={() => setCursors([...cursors, next])}>{words.older}</Button>}
        </div>
      </Section>
    </Page>
  );
}

/** A page of photos, read again while one of them is under way. */
function usePhotos(cursor: string | undefined) {
  const query = useQuery(
    async (signal) => (await client.call("get", "/v1/photos", { query: cursor === undefined ? {} : { cursor }, signal }))!,
    [cursor],
  );
  const isUnderWay = query.data?.data.some((photo) => stateOf(photo) === "waiting" || (stateOf(photo) === "reading" && photo.reading_reason === null)) ?? false;
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => document.hidden || query.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isUnderWay]);
  return query;
}

function stateOf(photo: Summary): State {
  if (photo.status !== "checked") return photo.status;
  return photo.reading === "read" ? "read" : "reading";
}

function Photo({ photo, onDeleted }: { photo: Summary; onDeleted: () => void }) {
  const words = useTexts(texts);
  const { time } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const state = stateOf(photo);
  return (
    <li>
      <button type="button" class="answer-row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span class={`mark ${state === "refused" ? "off" : "right"}`} aria-hidden="true">{{ waiting: "…", reading: "…", read: "✓", refused: "✗" }[state]}</span>
        <span>{words.of(time(photo.created_at))}</span>
        <span>
          {words.states[state]} {photo.reason_text ?? photo.reading_reason_text}
        </span>
        <span>{photo.problem && <>{words.about} <InLine problem={photo.problem} /></>}</span>
      </button>
      {isOpen && <PhotoDetails key={`${photo.status} ${photo.reading}`} id={photo.id} title={words.of(time(photo.created_at))} onDeleted={onDeleted} />}
    </li>
  );
}
