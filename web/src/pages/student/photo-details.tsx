import { useState } from "preact/hooks";

import { useQuery } from "../../query";
import { client } from "../../session";
import { translations, useTexts } from "../../texts";
import { Loaded } from "../../ui/states";
import { Sure } from "../../ui/sure";
import { PhotoLine } from "./photo-line";

const texts = translations(
  {
    missing: "The picture cannot be shown right now.",
    found: "What Tiza read",
    nothing: "Tiza found nothing on it that it could read.",
    remove: "Delete the photo",
    sure: "Really delete it? What was read from it stays.",
    yes: "Yes, delete it",
    no: "No, keep it",
  },
  {
    missing: "La imagen no se puede mostrar ahora.",
    found: "Lo que Tiza ha leído",
    nothing: "Tiza no ha encontrado nada que pudiera leer.",
    remove: "Borrar la foto",
    sure: "¿Borrarla de verdad? Lo que se leyó de ella se queda.",
    yes: "Sí, borrarla",
    no: "No, quedármela",
  },
);

interface PhotoDetailsProps {
  id: string;
  title: string;
  onDeleted: () => void;
}

/** A photo, and each line that was read from it. */
export function PhotoDetails({ id, title, onDeleted }: PhotoDetailsProps) {
  const words = useTexts(texts);
  const query = useQuery((signal) => client.get("/v1/photos/{photo_id}", { path: { photo_id: id }, signal }), [id]);
  return (
    <div class="card">
      <Loaded query={query} lines={8}>
        {(photo) => (
          <>
            {photo.files && <Picture address={photo.files.image_url} width={photo.width!} height={photo.height!} title={title} />}
            {photo.reading === "read" && <h3>{words.found}</h3>}
            {photo.reading === "read" && photo.lines.length === 0 && <p>{words.nothing}</p>}
            {photo.lines.length > 0 && (
              <ol class="plain photo-lines">
                {photo.lines.map((line) => <PhotoLine key={line.line} photoId={id} line={line} onSaid={query.reload} />)}
              </ol>
            )}
          </>
        )}
      </Loaded>
      <Remove id={id} onDeleted={onDeleted} />
    </div>
  );
}

function Picture({ address, width, height, title }: { address: string; width: number; height: number; title: string }) {
  const words = useTexts(texts);
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <p class="soft">{words.missing}</p>;
  return <img class="photo" src={address} width={width} height={height} alt={title} onError={() => setMissing(true)} />;
}

function Remove({ id, onDeleted }: { id: string; onDeleted: () => void }) {
  const words = useTexts(texts);
  const remove = async () => {
    await client.delete("/v1/photos/{photo_id}", { path: { photo_id: id } });
    onDeleted();
  };
  return <Sure text={words.remove} question={words.sure} yes={words.yes} no={words.no} onSure={remove} />;
}
