/**
 * Answers that reached the API later than they were given, after a reload perhaps, or while another page was
 * open: what became of them, until their student has seen it.
 */

import type { Schemas } from "@tiza/client";
import { useEffect, useState } from "preact/hooks";

import { client, outbox } from "./session";

type Attempt = Schemas["Attempt"];

const awaited = new Set<string>();
const listeners = new Set<() => void>();
let arrived: readonly Attempt[] = [];

/** Remember an answer that waits to be sent; its id is that of the outbox. */
export function awaitResult(id: string): void {
  awaited.add(id);
}

/** The student has seen what became of an answer. */
export function markSeen(attempt: Attempt): void {
  if (attempt.client_id !== null) awaited.delete(attempt.client_id);
  change(arrived.filter((other) => other.id !== attempt.id));
}

/** What became of the answers that a student has not seen yet, oldest first. */
export function useSentLate(studentId: string): readonly Attempt[] {
  const [shown, setShown] = useState(arrived);
  useEffect(() => {
    const look = () => setShown(arrived);
    listeners.add(look);
    look();
    return () => void listeners.delete(look);
  }, []);
  return shown.filter((attempt) => attempt.student_id === studentId);
}

function change(attempts: readonly Attempt[]): void {
  if (attempts.length === arrived.length) return;
  arrived = attempts;
  for (const listener of [...listeners]) listener();
}

function awaitAll(): void {
  for (const { id, refused } of outbox.waiting) if (!refused) awaited.add(id);
}

outbox.onSent((attempt, { id }) => {
  if (awaited.delete(id)) change([...arrived, attempt]);
});
client.session.subscribe(awaitAll);
awaitAll();
