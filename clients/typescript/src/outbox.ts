/**
 * Answers on their way: kept before they are sent, sent in order, each stored once.
 *
 * An answer has an id made on the device, which is its `client_id` and its idempotency key, and the time at
 * which it was given. So it may be sent late, and again. Each student has a box of their own: on a tablet that
 * goes from hand to hand, nobody's answer is sent as somebody else's. Each answer is an entry of the storage of its
 * own: no tab rewrites what another one has just put in and it cannot see yet.
 */

import { onStorage, onWake, uuid } from "./browser.js";
import type { TizaClient } from "./client.js";
import { isTizaError, TizaError, type AnyTizaError, type ErrorCode } from "./errors.js";
import { signedOut } from "./session.js";
import { keysUnder, readJson } from "./storage.js";
import type { Schemas } from "./types.js";

export type Attempt = Schemas["Attempt"];
/** An answer as the API takes it; the outbox adds `client_id` and `answered_at`. */
export type NewAttempt = Omit<Schemas["SubmitAttempt"], "client_id" | "answered_at">;

/** An answer that the API does not have yet; or never will, once it is `refused`. */
export interface Waiting {
  readonly id: string;
  readonly attempt: NewAttempt;
  /** RFC 3339, by this device's clock. */
  readonly answeredAt: string;
  readonly refused?: { readonly code: ErrorCode; readonly message: string };
}

/** What became of an answer: the API has it, or it waits. */
export type Submitted = { status: "sent"; attempt: Attempt } | { status: "waiting"; waiting: Waiting };

export interface Outbox {
  /**
   * Keeps an answer, and sends it after those before it. `waiting`: it could not be sent yet, and will be.
   * Throws `TizaError` where nobody is signed in, and for an answer that the API refuses: that one stays in
   * `waiting`, marked, until it is dismissed.
   */
  submit(attempt: NewAttempt): Promise<Submitted>;
  /** The signed-in person's answers that the API does not have, oldest first; the same array until it changes. */
  readonly waiting: readonly Waiting[];
  /** Forgets an answer that was refused. */
  dismiss(id: string): Promise<void>;
  /** Calls `listener` whenever `waiting` changes, in whatever tab; returns how to stop. */
  subscribe(listener: (waiting: readonly Waiting[]) => void): () => void;
  /** Calls `listener` with each answer that this tab has sent; returns how to stop. */
  onSent(listener: (attempt: Attempt, waiting: Waiting) => void): () => void;
  /** Tries to send now; resolves when all is sent, or cannot be. */
  flush(): Promise<void>;
  /** Listens and sends no more; what waits stays in the storage. */
  close(): void;
}

/** An answer as it is kept; those of a tab are in the `order` in which they were given. */
interface Kept extends Waiting {
  readonly order: number;
}

const KEY = "tiza.outbox.";
const OLDEST_MS = 30 * 24 * 3600 * 1000; // the API takes no older answers
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;
const NOTHING: readonly Waiting[] = [];

/** Makes the outbox of whoever is signed in; one for a page is enough. */
export function createOutbox(client: TizaClient): Outbox {
  return new Box(client);
}

class Box implements Outbox {
  #waiting = NOTHING;
  #seen = "[]";
  #pauses = 0;
  #order = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  readonly #changed = new Set<(waiting: readonly Waiting[]) => void>();
  readonly #sent = new Set<(attempt: Attempt, waiting: Waiting) => void>();
  readonly #stops: (() => void)[];

  constructor(private readonly client: TizaClient) {
    const flush = () => void this.flush();
    const look = (key: string | null) => (key === null || key.startsWith(KEY)) && this.#look();
    this.#stops = [onWake(flush), onStorage(look), client.session.subscribe(flush)];
    flush();
  }

  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  readonly subscribe = (listener: (waiting: readonly Waiting[]) => void): (() => void) => {
    this.#changed.add(listener);
    return () => void this.#changed.delete(listener);
  };

  readonly onSent = (listener: (attempt: Attempt, waiting: Waiting) => void): (() => void) => {
    this.#sent.add(listener);
    return () => void this.#sent.delete(listener);
  };

  async submit(attempt: NewAttempt): Promise<Submitted> {
    const user = this.#user();
    if (user === undefined) throw signedOut();
    this.#order = Math.max(this.#order + 1, Date.now() * 1000);
    const waiting: Kept = { id: uuid(), attempt, answeredAt: new Date().toISOString(), order: this.#order };
    this.#keep(user, waiting);
    let found: Attempt | undefined;
    await this.#send(user, (sent, of) => {
      if (of.id === waiting.id) found = sent;
    });
    const left = this.#all(user).find((each) => each.id === waiting.id);
    if (left?.refused !== undefined)
      throw new TizaError({ ...left.refused, details: {}, request_id: "" }, 400);
    if (left !== undefined) return { status: "waiting", waiting };
    // Where another tab was quicker, the same key gives this one the same answer.
    return { status: "sent", attempt: found ?? (await this.#post(waiting)) };
  }

  async dismiss(id: string): Promise<void> {
    const user = this.#user();
    if (user !== undefined && this.#all(user).some((each) => each.id === id && each.refused)) this.#drop(user, id);
  }

  async flush(): Promise<void> {
    this.#look();
    const user = this.#user();
    if (user !== undefined && this.#all(user).some((each) => !each.refused)) await this.#send(user);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  /** Sends all that waits, one tab at a time; `onSent` is told each, before others are. */
  async #send(user: string, onSent?: (attempt: Attempt, waiting: Waiting) => void): Promise<void> {
    clearTimeout(this.#timer);
    await this.client.parts.locks.request(KEY + user, async () => {
      const tried = new Set<string>();
      while (!this.#isClosed && this.#user() === user) {
        const next = this.#all(user).find((each) => !each.refused && !tried.has(each.id));
        if (next === undefined) break;
        tried.add(next.id);
        try {
          const attempt = await this.#post(next);
          onSent?.(attempt, next);
          this.#drop(user, next.id);
          for (const listener of [...this.#sent]) listener(attempt, next);
        } catch (error) {
          if (isRefusal(error)) {
            const { code, message } = error;
            this.#keep(user, { ...next, refused: { code, message } });
          } else if (!isTizaError(error, "INTERNAL_ERROR")) {
            break; // those behind it fare no better, and come in order
          }
        }
      }
    });
    this.#tryLater(user);
  }

  /** Sends one answer. One whose time the API does not take, since this device's clock is wrong, is of now. */
  async #post({ id, attempt, answeredAt }: Waiting): Promise<Attempt> {
    const body = { ...attempt, client_id: id };
    try {
      return await this.client.post("/v1/attempts", {
        body: { ...body, answered_at: answeredAt },
        idempotencyKey: id,
      });
    } catch (error) {
      const isOfTime = isTizaError(error, "VALIDATION_ERROR") && error.details.path === "$.answered_at";
      if (!isOfTime || Date.now() - Date.parse(answeredAt) > OLDEST_MS) throw error;
      return await this.client.post("/v1/attempts", { body, idempotencyKey: `${id}.now` });
    }
  }

  #tryLater(user: string): void {
    const isDone = this.#isClosed || !this.#all(user).some((each) => !each.refused);
    this.#pauses = isDone ? 0 : this.#pauses + 1;
    clearTimeout(this.#timer);
    if (isDone) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (this.#pauses - 1), LONGEST_PAUSE_MS);
    this.#timer = setTimeout(() => void this.flush(), pause * (0.5 + Math.random() / 2));
    (this.#timer as { unref?: () => void }).unref?.(); // Node would wait for it
  }

  #user(): string | undefined {
    const { state } = this.client.session;
    return state.status === "signed-in" ? state.user.id : undefined;
  }

  /** Everything that is kept for a student, in order. */
  #all(user: string): readonly Kept[] {
    const { storage } = this.client.parts;
    const kept = keysUnder(storage, `${KEY}${user}.`).map((key) => readJson<Kept>(storage, key));
    return kept.filter((each) => each?.attempt !== undefined).sort((one, other) => one!.order - other!.order) as Kept[];
  }

  #keep(user: string, kept: Kept): void {
    this.client.parts.storage.setItem(`${KEY}${user}.${kept.id}`, JSON.stringify(kept));
    this.#look();
  }

  #drop(user: string, id: string): void {
    this.client.parts.storage.removeItem(`${KEY}${user}.${id}`);
    this.#look();
  }

  /** Looks into the storage, which other tabs change, and tells of what has changed. */
  #look(): void {
    const user = this.#user();
    const all = user === undefined ? NOTHING : this.#all(user);
    const text = JSON.stringify(all);
    if (text === this.#seen) return;
    this.#seen = text;
    this.#waiting = all.length === 0 ? NOTHING : all;
    for (const listener of [...this.#changed]) listener(this.#waiting);
  }
}

/** Whether the API will never take this answer; else it may later: the network, the service or the session is away. */
function isRefusal(error: unknown): error is AnyTizaError {
  if (!isTizaError(error) || isTizaError(error, "UNAUTHORIZED", "REQUEST_IN_PROGRESS")) return false;
  return error.status < 500 && error.status !== 429;
}
