/** A long list, one page at a time, so that never more than a page of it is drawn. */

import { useState } from "preact/hooks";

import { useQuery, type Query } from "../../../query";
import { translations, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";

const texts = translations(
  { pages: "Pages of the list", before: "← Before", page: (number: number) => `Page ${number}`, next: "Next →" },
  { pages: "Páginas de la lista", before: "← Anterior", page: (number: number) => `Página ${number}`, next: "Siguiente →" },
);

/** A page as the API gives it. */
export interface OnePage<T> {
  data: T[];
  meta: { next_cursor: string | null };
}

export interface Paged<T> extends Query<OnePage<T>> {
  /** 1 for the first page. */
  number: number;
  next: () => void;
  before: () => void;
}

/** Read a list page by page with `load`, from its beginning whenever a value of `inputs` changes. */
export function usePaged<T>(
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<OnePage<T> | undefined>,
  inputs: readonly unknown[],
): Paged<T> {
  const of = inputs.join(" ");
  const [place, setPlace] = useState<{ of: string; cursors: string[] }>({ of, cursors: [] });
  const cursors = place.of === of ? place.cursors : [];
  const cursor = cursors.at(-1);
  const query = useQuery(async (signal) => (await load(cursor, signal))!, [...inputs, cursor]);
  const next = () => {
    const found = query.data?.meta.next_cursor;
    if (found) setPlace({ of, cursors: [...cursors, found] });
  };
  const before = () => setPlace({ of, cursors: cursors.slice(0, -1) });
  return { ...query, number: cursors.length + 1, next, before };
}

/** Turns the pages; nothing where there is only one. */
export function Pager<T>({ paged }: { paged: Paged<T> }) {
  const words = useTexts(texts);
  const hasNext = Boolean(paged.data?.meta.next_cursor);
  if (paged.number === 1 && !hasNext) return null;
  return (
    <nav class="row" aria-label={words.pages}>
      <Button kind="plain" disabled={paged.number === 1} onClick={paged.before}>{words.before}</Button>
      <span role="status">{words.page(paged.number)}</span>
      <Button kind="plain" disabled={!hasNext} onClick={paged.next}>{words.next}</Button>
    </nav>
  );
}
