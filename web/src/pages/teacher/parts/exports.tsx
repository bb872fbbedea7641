/** The school's lists as files. */

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";
import { Failure } from "../../../ui/states";

const texts = translations(
  {
    about: "The lists as OneRoster's CSV files. Imported again, they change nothing.",
    users: "People (users.csv)",
    classes: "Classes (classes.csv)",
    enrollments: "Who is in which class (enrollments.csv)",
  },
  {
    about: "Las listas como archivos CSV de OneRoster. Si se vuelven a importar, no cambian nada.",
    users: "Personas (users.csv)",
    classes: "Clases (classes.csv)",
    enrollments: "Quién está en qué clase (enrollments.csv)",
  },
);

const files = ["users", "classes", "enrollments"] as const;

export function Exports() {
  const words = useTexts(texts);
  const save = useAction(async (file: (typeof files)[number]) => {
    download(`${file}.csv`, await client.get(`/v1/roster/${file}.csv`));
  });
  return (
    <>
      <p>{words.about}</p>
      <div class="row">
        {files.map((file) => (
          <Button key={file} kind="plain" isBusy={save.isRunning} onClick={() => void save.run(file)}>{words[file]}</Button>
        ))}
      </div>
      {save.error !== undefined && <Failure error={save.error} />}
    </>
  );
}

/** Hand a text to the browser as a file. It comes with the caller's token, which a plain link could not send. */
function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it only after the click
}
