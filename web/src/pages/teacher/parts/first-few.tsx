/** A list that is long only where one wants it to be. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { translations, useFormats, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";

const texts = translations(
  { all: (count: string) => `Show all ${count}`, few: "Show fewer" },
  { all: (count: string) => `Ver todos: ${count}`, few: "Ver menos" },
);

interface FirstFewProps<T> {
  items: readonly T[];
  /** How many are shown at first. */
  few: number;
  children: (shown: readonly T[]) => ComponentChildren;
}

export function FirstFew<T>({ items, few, children }: FirstFewProps<T>) {
  const words = useTexts(texts);
  const { number } = useFormats();
  const [isAll, setAll] = useState(false);
  return (
    <>
      {children(isAll ? items : items.slice(0, few))}
      {items.length > few && (
        <div>
          <Button kind="plain" aria-expanded={isAll} onClick={() => setAll(!isAll)}>{isAll ? words.few : words.all(number(items.length))}</Button>
        </div>
      )}
    </>
  );
}
