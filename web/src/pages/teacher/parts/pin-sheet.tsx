/** New PINs for a class, to be printed and cut; they are told this once. */

import type { Schemas } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useAction } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";
import { Section, Wide } from "../../../ui/page";
import { Failure, Notice } from "../../../ui/states";

type Sheet = Schemas["PinSheet"];

const texts = translations(
  {
    title: "PIN sheet",
    about: "Students sign in with a PIN. A new one is shown this once, here; whoever gets one is signed out.",
    missing: "New PINs for those who have none",
    all: "New PINs for all",
    allSure: "Give everybody in this class a new PIN? The old ones end at once.",
    nobody: "Everybody has a PIN. There is nothing to print.",
    once: "Print this now: it is not shown again.",
    print: "Print",
    done: "I have them; hide the PINs",
    caption: (name: string) => `PINs of class ${name}`,
    name: "Name",
    code: "Class code",
    username: "User name",
    pin: "PIN",
  },
  {
    title: "Hoja de PIN",
    about: "Los estudiantes entran con un PIN. Uno nuevo se muestra solo esta vez, aquí; quien lo recibe tiene que volver a entrar.",
    missing: "PIN nuevos para quien no tiene",
    all: "PIN nuevos para todos",
    allSure: "¿Dar un PIN nuevo a toda la clase? Los antiguos dejan de valer ya.",
    nobody: "Todos tienen PIN. No hay nada que imprimir.",
    once: "Imprímela ahora: no se vuelve a mostrar.",
    print: "Imprimir",
    done: "Ya los tengo; ocultar los PIN",
    caption: (name: string) => `PIN de la clase ${name}`,
    name: "Nombre",
    code: "Código de la clase",
    username: "Nombre de usuario",
    pin: "PIN",
  },
);

export function PinSheet({ classroomId }: { classroomId: string }) {
  const words = useTexts(texts);
  const [sheet, setSheet] = useState<Sheet>();
  const set = useAction(async (students: "all" | "without_pin") => {
    if (students === "all" && !confirm(words.allSure)) return;
    setSheet(await client.post("/v1/classrooms/{classroom_id}/pins", { path: { classroom_id: classroomId }, body: { students } }));
  });
  return (
    <Section title={words.title}>
      <p class="no-print">{words.about}</p>
      <div class="row no-print">
        <Button isBusy={set.isRunning} onClick={() => void set.run("without_pin")}>{words.missing}</Button>
        <Button kind="plain" isBusy={set.isRunning} onClick={() => void set.run("all")}>{words.all}</Button>
      </div>
      {set.error !== undefined && <Failure error={set.error} />}
      {sheet && (sheet.students.length === 0 ? <Notice>{words.nobody}</Notice> : <Printed sheet={sheet} onDone={() => setSheet(undefined)} />)}
    </Section>
  );
}

function Printed({ sheet, onDone }: { sheet: Sheet; onDone: () => void }) {
  const words = useTexts(texts);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), [sheet]);
  return (
    <div class="card pin-sheet" ref={top} tabIndex={-1}>
      <div class="no-print"><Notice>{words.once}</Notice></div>
      <div class="row no-print">
        <Button onClick={() => print()}>{words.print}</Button>
        <Button kind="plain" onClick={onDone}>{words.done}</Button>
      </div>
      <Wide label={words.caption(sheet.class_name)}>
        <table>
          <caption>{words.caption(sheet.class_name)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.code}</th>
              <th scope="col">{words.username}</th>
              <th scope="col">{words.pin}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.students.map((student) => (
              <tr key={student.user_id}>
                <th scope="row">{student.name}</th>
                <td>{sheet.class_code}</td>
                <td>{student.username}</td>
                <td class="code">{student.pin}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </div>
  );
}
