/**
 * Who is signed in, in all tabs at once.
 *
 * The refresh token is in the storage, the access token in memory alone. A refresh token is good once, and using
 * one twice ends the session (RFC 9700, 4.14.2): so one tab refreshes at a time, with a token that no tab has sent
 * before (`spent.ts`), and tells the others the new access token.
 */

import { onStorage, sleep, uuid } from "./browser.js";
import { isTizaError, TizaError } from "./errors.js";
import type { Locks } from "./locks.js";
import type { SpentTokens } from "./spent.js";
import { readJson, type KeyValueStorage } from "./storage.js";
import type { Schemas } from "./types.js";

export type SignedIn = Schemas["SignedIn"];
export type User = Schemas["SignedInUser"];

/** The same object until something changes. */
export type SessionState =
  { readonly status: "signed-out" } | { readonly status: "signed-in"; readonly user: User };

/** Why a session ended: by `signOut` here, in another tab, or because the API takes its token no more. */
export type SignedOutReason = "here" | "elsewhere" | "expired";

export interface Exchange {
  refresh(refreshToken: string): Promise<SignedIn>;
  logout(refreshToken: string): Promise<void>;
}

interface Kept {
  /** Another one for each pair of tokens. */
  id: string;
  refreshToken: string;
  user: User;
}

interface Access {
  /** Of the pair to which it belongs. */
  id: string;
  userId: string;
  token: string;
  /** When to get the next one, by this device's clock. */
  renewAt: number;
}

export const SESSION_KEY = "tiza.session";
const AHEAD = 0.1; // of its life: so much earlier an access token is renewed
const MOST_AHEAD_S = 60;
const TOLD_WITHIN_MS = 250; // how long the tab that has just refreshed may take to tell the others
const LOOK_AGAIN_MS = 25;
const REPLACED_WITHIN_MS = 5_000; // how long the winner of a race may take to keep what it won
const MOST_TRIES = 3;
const SIGNED_OUT: SessionState = { status: "signed-out" };

export class Session {
  #state: SessionState = SIGNED_OUT;
  #access: Access | undefined;
  #kept: Kept | undefined;
  #seen: string | null = null;
  #refreshing: Promise<string> | undefined;
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(SESSION_KEY);
  readonly #stopStorage: () => void;

  constructor(
    private readonly storage: KeyValueStorage,
    private readonly locks: Locks,
    private readonly spent: SpentTokens,
    private readonly exchange: Exchange,
    private readonly onSignedOut: (reason: SignedOutReason) => void,
  ) {
    this.#look();
    this.#stopStorage = onStorage((key) => (key === SESSION_KEY || key === null) && this.#look());
    if (this.#channel !== undefined) {
      this.#channel.onmessage = (event: MessageEvent) => this.#hear(event.data as Access);
      (this.#channel as { unref?: () => void }).unref?.(); // Node would wait for it forever
    }
  }

  /** Who is signed in. */
  get state(): SessionState {
    return this.#state;
  }

  /** Calls `listener` with each new state; returns how to stop. */
  readonly subscribe = (listener: (state: SessionState) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Goes on with these tokens, in all tabs. */
  adopt(signedIn: SignedIn): string {
    const kept: Kept = { id: uuid(), refreshToken: signedIn.refresh_token, user: signedIn.user };
    const life = signedIn.expires_in;
    const renewAt = Date.now() + 1000 * (life - Math.min(life * AHEAD, MOST_AHEAD_S));
    this.#access = { id: kept.id, userId: kept.user.id, token: signedIn.access_token, renewAt };
    this.storage.setItem(SESSION_KEY, JSON.stringify(kept));
    this.#look();
    this.#channel?.postMessage(this.#access);
    return signedIn.access_token;
  }

  /** Ends the session here, in all tabs, and at the API if it can be reached. */
  async end(): Promise<void> {
    this.#look();
    const kept = this.#kept;
    if (kept === undefined) return;
    this.#forget("here");
    // Nobody has the token any more; where the API cannot be told, it runs out by itself.
    await this.exchange.logout(kept.refreshToken).catch(() => undefined);
  }

  /**
   * An access token that is not `stale`, renewed first where it is about to run out. Calls at the same time
   * share one refresh. Throws `TizaError` (`UNAUTHORIZED`) where nobody is signed in, and what refreshing throws.
   */
  async bearer(stale?: string): Promise<string> {
    this.#look();
    const good = this.#good(stale);
    if (good !== undefined) return good;
    if (this.#kept === undefined) throw signedOut();
    this.#refreshing ??= this.#refreshed(stale).finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** Listens no more. */
  close(): void {
    this.#stopStorage();
    this.#channel?.close();
    this.#listeners.clear();
  }

  #good(stale: string | undefined): string | undefined {
    const access = this.#access;
    return access !== undefined && access.token !== stale && Date.now() < access.renewAt
      ? access.token
      : undefined;
  }

  async #refreshed(stale: string | undefined): Promise<string> {
    const before = this.#kept?.id;
    return this.locks.request(SESSION_KEY, async () => {
      for (let attempt = 1; ; attempt += 1) {
        this.#look();
        const told = await this.#told(stale, before);
        if (told !== undefined) return told;
        const kept = this.#kept;
        if (kept === undefined) throw signedOut();
        // Another tab has sent this one: what it got is on its way here, unless that tab has died.
        if (!(await this.spent.add(kept.id)) && (await this.#isReplaced(kept))) continue;
        try {
          return await this.#exchanged(kept);
        } catch (error) {
          if (!isTizaError(error, "UNAUTHORIZED", "TOKEN_JUST_REPLACED")) await this.spent.remove(kept.id);
          if (attempt >= MOST_TRIES || !(await this.#isMended(error, kept))) throw error;
        }
      }
    });
  }

  /** The access token of another tab that has refreshed since `before`, if it tells in time. */
  async #told(stale: string | undefined, before: string | undefined): Promise<string | undefined> {
    const isNew = before !== undefined && this.#kept !== undefined && this.#kept.id !== before;
    const until = Date.now() + (isNew && this.#channel !== undefined ? TOLD_WITHIN_MS : 0);
    while (this.#good(stale) === undefined && Date.now() < until) await sleep(LOOK_AGAIN_MS);
    return this.#good(stale);
  }

  async #exchanged(kept: Kept): Promise<string> {
    const signedIn = await this.exchange.refresh(kept.refreshToken);
    this.#look();
    if (this.#kept?.id === kept.id) return this.adopt(signedIn);
    // Meanwhile somebody signed out, or in as somebody else: these tokens are nobody's now.
    await this.exchange.logout(signedIn.refresh_token).catch(() => undefined);
    throw signedOut();
  }

  /** Whether the storage has other tokens by now than those that were refused; if not, the session may be over. */
  async #isMended(error: unknown, kept: Kept): Promise<boolean> {
    if (isTizaError(error, "TOKEN_JUST_REPLACED")) {
      await this.#isReplaced(kept);
      return this.#kept !== undefined;
    }
    if (!isTizaError(error, "UNAUTHORIZED")) return false;
    this.#look();
    if (this.#kept?.id !== kept.id) return this.#kept !== undefined;
    this.#forget("expired");
    return false;
  }

  /** Whether the storage comes to hold other tokens than `kept`, for which it waits a while. */
  async #isReplaced(kept: Kept): Promise<boolean> {
    const until = Date.now() + REPLACED_WITHIN_MS;
    for (this.#look(); this.#kept?.id === kept.id && Date.now() < until; this.#look()) await sleep(LOOK_AGAIN_MS);
    return this.#kept?.id !== kept.id;
  }

  /** Takes over what another tab tells, if it belongs to what the storage holds. */
  #hear(access: Access): void {
    this.#look();
    if (access.id === this.#kept?.id && access.userId === this.#kept.user.id) this.#access = access;
  }

  #forget(reason: SignedOutReason): void {
    this.storage.removeItem(SESSION_KEY);
    this.#look(reason);
  }

  /** Looks into the storage, which other tabs change, and tells of what has changed. */
  #look(reason: SignedOutReason = "elsewhere"): void {
    const text = this.storage.getItem(SESSION_KEY);
    if (text === this.#seen) return;
    const was = this.#state;
    this.#seen = text;
    this.#kept = readJson<Kept>(this.storage, SESSION_KEY);
    const user = this.#kept?.user;
    if (this.#access?.userId !== user?.id) this.#access = undefined;
    if (was.status === "signed-in" && user !== undefined && sameUser(was.user, user)) return;
    this.#state = user === undefined ? SIGNED_OUT : { status: "signed-in", user };
    if (was.status === this.#state.status && user === undefined) return;
    for (const listener of [...this.#listeners]) listener(this.#state);
    if (user === undefined) this.onSignedOut(reason);
  }
}

function sameUser(one: User, other: User): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The error of a call that needs somebody to be signed in, while nobody is. */
export function signedOut(): TizaError<"UNAUTHORIZED"> {
  const message = "Nobody is signed in.";
  return new TizaError({ code: "UNAUTHORIZED", message, details: {}, request_id: "" }, 401);
}
