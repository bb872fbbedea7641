/** The exercises that would be set. */

import type { Schemas } from "@tiza/client";

import { useQuery } from "../../../query";
import { client } from "../../../session";
import { translations, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";
import { Wide } from "../../../ui/page";
import { Empty, Loaded } from "../../../ui/states";

/** What is asked of the generator, with a seed, so that it makes the same again. */
export type Wish = { topic?: string; skill_id?: string; provoke?: string[]; difficulty?: number; count: number; seed: number };

const texts = translations(
  {
    caption: "These exercises would be set",
    problem: "Problem",
    right: "Right",
    wrong: "With the bug",
    none: "No such exercise is found. Try another difficulty.",
    fewer: (count: number) => `Only ${count} are found at this difficulty.`,
    others: "Other exercises",
  },
  {
    caption: "Se pondrían estos ejercicios",
    problem: "Problema",
    right: "Lo correcto",
    wrong: "Con el error",
    none: "No se encuentra ningún ejercicio así. Prueba otra dificultad.",
    fewer: (count: number) => `Con esta dificultad solo se encuentran ${count}.`,
    others: "Otros ejercicios",
  },
);

/** Exercises as the API makes them. */
export const generated = (wish: Wish & { store?: boolean }, signal?: AbortSignal): Promise<Schemas["GeneratedExercises"]> =>
  client.post("/v1/exercises/generate", { body: wish as Schemas["GenerateExercises"], ...(signal && { signal }) });

export function Preview({ wish, onOthers }: { wish: Wish; onOthers: () => void }) {
  const words = useTexts(texts);
  const made = useQuery((signal) => generated(wish, signal), [JSON.stringify(wish)]);
  const hasBug = wish.provoke !== undefined;
  return (
    <>
      <Loaded query={made} lines={wish.count + 1.7}>
        {({ exercises }) =>
          exercises.length === 0 ? (
            <Empty>{words.none}</Empty>
          ) : (
            <>
              {exercises.length < wish.count && <p>{words.fewer(exercises.length)}</p>}
              <Wide label={words.caption}>
                <table>
                  <caption>{words.caption}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{words.problem}</th>
                      <th scope="col">{words.right}</th>
                      {hasBug && <th scope="col">{words.wrong}</th>}
                    </tr>
                  </thead>
                  <tbody>
                    {exercises.map((exercise) => (
                      <tr key={exercise.problem}>
                        <th scope="row" class="breakless">{exercise.problem}</th>
                        <td>{exercise.expected}</td>
                        {hasBug && <td>{exercise.answers[0]?.answer ?? "–"}</td>}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Wide>
            </>
          )
        }
      </Loaded>
      <div><Button kind="plain" onClick={onOthers}>{words.others}</Button></div>
    </>
  );
}
