/** What a page shows while it waits, when there is nothing, and when something failed. */

import type { ComponentChildren } from "preact";

import { useSaidError } from "../errors";
import type { Query } from "../query";
import { translations, useTexts } from "../texts";
import { Button } from "./forms";

const texts = translations(
  {
    loading: "Loading …",
    again: "Try again",
    stale: "This could not be read again; what you see may be old.",
  },
  {
    loading: "Cargando …",
    again: "Intentar de nuevo",
    stale: "No se pudo volver a leer; lo que ves puede ser antiguo.",
  },
);

/** A sentence that stands out; `bad` and `good` are also told to screen readers as they appear. */
export function Notice({ kind = "info", children }: { kind?: "info" | "good" | "bad"; children: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`} role={kind === "bad" ? "alert" : "status"}>
      {children}
    </div>
  );
}

/** What failed, in words, with a way to try again where there is one. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const say = useSaidError();
  const words = useTexts(texts);
  return (
    <Notice kind="bad">
      <p>{say(error)}</p>
      {onRetry && <Button kind="plain" onClick={onRetry}>{words.again}</Button>}
    </Notice>
  );
}

/** Nothing is there, and why, or what to do about it. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}

/** Room for what is being read, as high as it will be, so that nothing jumps. */
export function Loading({ lines = 4 }: { lines?: number | undefined }) {
  const words = useTexts(texts);
  return (
    <div class="loading" role="status" style={{ minHeight: `${lines * 2.5}rem` }}>
      <span class="loading-text">{words.loading}</span>
    </div>
  );
}

interface LoadedProps<T> {
  query: Query<T>;
  /** About how many lines will come. */
  lines?: number;
  children: (data: T) => ComponentChildren;
}

/** What was read; or that it is being read, or failed. Old data stay, with a word that they are old. */
export function Loaded<T>({ query, lines, children }: LoadedProps<T>) {
  const words = useTexts(texts);
  if (query.data === undefined) {
    return query.error === undefined ? (
      <Loading lines={lines} />
    ) : (
      <Failure error={query.error} onRetry={query.reload} />
    );
  }
  return (
    <>
      {query.error !== undefined && <Notice kind="bad">{words.stale}</Notice>}
      {children(query.data)}
    </>
  );
}
