/** The client: typed calls, and the session that they run in. */

import createFetch from "openapi-fetch";
import { uuid, webLocks } from "./browser.js";
import { ForeignAnswerError } from "./errors.js";
import { KEYED } from "./facts.js";
import { storageLocks, type Locks } from "./locks.js";
import type { paths } from "./schema.js";
import { Session, type SessionState, type SignedIn, type SignedOutReason } from "./session.js";
import { spentTokens, type SpentTokens } from "./spent.js";
import { chosenStorage, type KeyValueStorage } from "./storage.js";
import { sender, type RetryOptions } from "./transport.js";
import type { Arguments, CommonOptions, Data, Meta, Method, Operation, OtherForm, PathOf } from "./types.js";

export interface ClientOptions {
  /** Where the API is, such as `https://api.school.example`; without `/v1`. */
  baseUrl: string;
  /** Keeps the refresh token and waiting answers. Default `localStorage`; in Node the memory. */
  storage?: KeyValueStorage;
  /** Default the global `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** Called once each time a session ends. */
  onSignedOut?: (reason: SignedOutReason) => void;
  /** How often and how long a call is tried again. */
  retry?: RetryOptions;
  /** Default `navigator.locks`, or else locks in the storage. */
  locks?: Locks;
  /** Default in IndexedDB, where there is one. */
  spent?: SpentTokens;
}

export type Credentials =
  { email: string; password: string } | { class_code: string; username: string; pin: string };

/** A whole answer: what it holds, and with what `ETag`. */
export interface Answer<D, M> {
  data: D;
  meta: M;
  etag: string | undefined;
}

type Call<M extends Method> = <
  P extends PathOf<M>,
  Form extends OtherForm<Operation<P, M>> | "application/json" = "application/json",
>(
  path: P,
  ...options: Arguments<Operation<P, M>, Form>
) => Promise<Data<Operation<P, M>, Form>>;

/**
 * Every call answers with the `data`, and throws `TizaError`, `NetworkError` or `ForeignAnswerError`; or the
 * reason of its signal.
 */
export interface TizaClient {
  readonly get: Call<"get">;
  readonly put: Call<"put">;
  readonly post: Call<"post">;
  readonly patch: Call<"patch">;
  readonly delete: Call<"delete">;

  /** A call with its whole answer; undefined where `ifNoneMatch` is still good. */
  call<
    M extends Method,
    P extends PathOf<M>,
    Form extends OtherForm<Operation<P, M>> | "application/json" = "application/json",
  >(
    method: M,
    path: P,
    ...options: Arguments<Operation<P, M>, Form>
  ): Promise<Answer<Data<Operation<P, M>, Form>, Meta<Operation<P, M>>> | undefined>;

  /** Signs in, in all tabs. Throws `TizaError`: `INVALID_CREDENTIALS`, `EMAIL_NOT_VERIFIED`, `ACCOUNT_LOCKED`. */
  signIn(credentials: Credentials): Promise<SessionState>;
  /** Signs out, in all tabs; never throws. */
  signOut(): Promise<void>;
  /** Who is signed in. */
  readonly session: {
    readonly state: SessionState;
    /** Calls `listener` with each new state; returns how to stop. */
    subscribe(listener: (state: SessionState) => void): () => void;
  };
  /** What helpers such as the outbox build on. */
  readonly parts: { readonly storage: KeyValueStorage; readonly locks: Locks };
  /** Listens to other tabs no more. */
  close(): void;
}

/** What a call holds once its types are checked. */
interface Untyped extends CommonOptions {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  accept?: string;
}

// Routes that need no token; the client sends none, so that an expired session never hinders them.
const OPEN = /^\/(health|ready|openapi\.json|docs|v1\/auth\/.*|v1\/notifications\/unsubscribe)$/;
// It ends all sessions, and answers with a new one.
const NEW_PASSWORD = "/v1/me/password";

/** Makes a client; one for a page is enough. */
export function createClient(options: ClientOptions): TizaClient {
  const storage = chosenStorage(options.storage);
  const locks: Locks = options.locks ?? (webLocks() as Locks | undefined) ?? storageLocks(storage);
  const send = sender(options.fetch ?? ((input, init) => globalThis.fetch(input, init)), options.retry);
  const raw = createFetch<paths>({ baseUrl: options.baseUrl.replace(/\/+$/, "") });

  async function call(
    method: Method,
    path: string,
    given: Untyped = {},
  ): Promise<Answer<unknown, unknown> | undefined> {
    const headers: Record<string, string> = { Accept: given.accept ?? "application/json" };
    const isKeyed = KEYED.has(`${method} ${path}`);
    if (isKeyed) headers["Idempotency-Key"] = given.idempotencyKey ?? uuid();
    if (given.ifNoneMatch !== undefined) headers["If-None-Match"] = given.ifNoneMatch;
    const bearer = OPEN.test(path) ? undefined : (stale: string | undefined) => session.bearer(stale);
    const { response, data, error } = await untyped(raw.request)(method, path, {
      params: { path: given.path, query: given.query },
      body: given.body,
      headers,
      parseAs: "text",
      ...(given.signal && { signal: given.signal }),
      fetch: (request: Request) => send(request, { repeatable: method === "get" || isKeyed, bearer }),
    });
    if (response.status === 304) return undefined;
    const answer = read(response, data ?? error ?? "");
    if (path === NEW_PASSWORD) session.adopt(answer.data as SignedIn);
    return answer;
  }

  const exchange = {
    refresh: async (token: string) => (await auth("/v1/auth/refresh", { refresh_token: token })) as SignedIn,
    logout: async (token: string) => void (await auth("/v1/auth/logout", { refresh_token: token })),
  };
  const auth = async (path: string, body: unknown) => (await call("post", path, { body }))?.data;
  const session = new Session(storage, locks, options.spent ?? spentTokens(), exchange, (reason) => options.onSignedOut?.(reason));
  const dataOf = (method: Method) => async (path: string, given?: Untyped) =>
    (await call(method, path, given))?.data;

  return {
    get: dataOf("get") as Call<"get">,
    put: dataOf("put") as Call<"put">,
    post: dataOf("post") as Call<"post">,
    patch: dataOf("patch") as Call<"patch">,
    delete: dataOf("delete") as Call<"delete">,
    call: call as TizaClient["call"],
    signIn: async (credentials) => {
      session.adopt((await auth("/v1/auth/login", credentials)) as SignedIn);
      return session.state;
    },
    signOut: () => session.end(),
    session,
    parts: { storage, locks },
    close: () => session.close(),
  };
}

type UntypedRequest = (
  method: string,
  path: string,
  init: Record<string, unknown>,
) => Promise<{ response: Response; data?: string; error?: unknown }>;

/** openapi-fetch's request for paths whose types were checked before. */
function untyped(request: unknown): UntypedRequest {
  return (method, path, init) => (request as UntypedRequest)(method.toUpperCase(), path, init);
}

/** What a success holds: the envelope's parts, or the text where there is no envelope. */
function read(response: Response, body: unknown): Answer<unknown, unknown> {
  const etag = response.headers.get("ETag") ?? undefined;
  if (response.status === 204) return { data: undefined, meta: {}, etag };
  if (!(response.headers.get("Content-Type") ?? "").startsWith("application/json"))
    return { data: body, meta: {}, etag };
  try {
    const parsed = JSON.parse(String(body)) as { data?: unknown; meta?: unknown };
    return "data" in parsed
      ? { data: parsed.data, meta: parsed.meta ?? {}, etag }
      : { data: parsed, meta: {}, etag };
  } catch {
    throw new ForeignAnswerError(response.status);
  }
}
