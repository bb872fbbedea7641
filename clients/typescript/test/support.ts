/** A server that keeps the API's rules of sessions, and tabs that share a storage. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createClient,
  memoryStorage,
  type ClientOptions,
  type KeyValueStorage,
  type Locks,
  type TizaClient,
} from "../src/index.js";

export { sleep };

export interface Call {
  operation: string;
  headers: IncomingMessage["headers"];
  body: any;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  data?: unknown;
  meta?: unknown;
  /** The code of an error, with its details. */
  code?: string;
  details?: Record<string, unknown>;
  /** In place of the envelope. */
  text?: string;
  /** Breaks the connection off. */
  breaksOff?: boolean;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

interface Refresh {
  family: string;
  usedAt?: number;
}

export const USER = { id: "user-1", role: "student", name: "Leo", school_id: null, locale: "en" };
export const CREDENTIALS = { email: "leo@school.example", password: "correct horse battery" };

export class FakeApi {
  /** All calls, oldest first. */
  readonly calls: Call[] = [];
  /** How long a refresh takes, in milliseconds. */
  refreshTakes = 0;
  /** Life of an access token, in seconds. */
  expiresIn = 900;
  user = USER;
  readonly revoked = new Set<string>();
  readonly #handlers = new Map<string, Handler>();
  readonly #refreshTokens = new Map<string, Refresh>();
  readonly #accessTokens = new Set<string>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #clock = 0;

  static async started(): Promise<FakeApi> {
    const api = new FakeApi();
    api.on("POST /v1/auth/login", () => ({ data: api.#tokens(`family-${(api.#clock += 1)}`) }));
    api.on("POST /v1/auth/refresh", (call) => api.#refresh(call.body.refresh_token));
    api.on("POST /v1/auth/logout", ({ body }) => {
      api.revoked.add(api.#refreshTokens.get(body.refresh_token)?.family ?? "");
      return { status: 204 };
    });
    await new Promise<void>((resolve) => api.#server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers `operation`, such as `GET /v1/me`; each time with the next of `handlers`, and then with the last. */
  on(operation: string, ...handlers: Handler[]): void {
    let next = 0;
    this.#handlers.set(operation, (call) => handlers[Math.min(next++, handlers.length - 1)]!(call));
  }

  /** The calls of `operation`. */
  of(operation: string): Call[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  /** Makes all access tokens useless, as their expiry does. */
  expire(): void {
    this.#accessTokens.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #tokens(family: string): unknown {
    const number = (this.#clock += 1);
    this.#refreshTokens.set(`refresh-${number}`, { family });
    this.#accessTokens.add(`access-${number}`);
    return {
      access_token: `access-${number}`,
      refresh_token: `refresh-${number}`,
      expires_in: this.expiresIn,
      user: this.user,
      token_type: "Bearer",
    };
  }

  /** As `services/sessions.py` has it: a used token ends its family, unless this call began before it was used. */
  async #refresh(name: string): Promise<Reply> {
    const began = (this.#clock += 1);
    if (this.refreshTakes > 0) await sleep(this.refreshTakes);
    const token = this.#refreshTokens.get(name);
    if (token === undefined || this.revoked.has(token.family)) return unauthorized();
    if (token.usedAt !== undefined) {
      if (token.usedAt > began) return { status: 409, code: "TOKEN_JUST_REPLACED" };
      this.revoked.add(token.family);
      return unauthorized();
    }
    token.usedAt = this.#clock += 1;
    return { data: this.#tokens(token.family) };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await request.toArray()).join("");
    const { pathname } = new URL(request.url!, "http://any");
    const call: Call = {
      operation: `${request.method} ${request.url!.replace(/\?.*/, "")}`,
      headers: request.headers,
      body:
        text === "" ? Object.fromEntries(new URL(request.url!, "http://any").searchParams) : JSON.parse(text),
    };
    this.calls.push(call);
    const isOpen = pathname.startsWith("/v1/auth/") || pathname === "/health";
    const isKnown =
      isOpen || this.#accessTokens.has((request.headers.authorization ?? "").replace("Bearer ", ""));
    const handler = this.#handlers.get(call.operation) ?? (() => ({ status: 404, code: "NOT_FOUND" }));
    write(response, isKnown ? await handler(call) : unauthorized());
  }
}

export function unauthorized(): Reply {
  return { status: 401, code: "UNAUTHORIZED" };
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply.breaksOff) {
    response.destroy();
    return;
  }
  const { status = 200, data, meta = {}, code, details = {} } = reply;
  const error = { code, message: "A sentence.", details, request_id: "request-1" };
  const type = reply.text === undefined ? "application/json" : "text/html";
  const body = reply.text ?? JSON.stringify(code === undefined ? { data, meta } : { error });
  response.writeHead(status, { "Content-Type": type, ...reply.headers });
  response.end(status === 204 || status === 304 ? undefined : body);
}

/** Locks as `navigator.locks` has them, for all tabs that are given these. */
export function sharedLocks(): Locks {
  const last = new Map<string, Promise<unknown>>();
  return {
    request(name, work) {
      const mine = (last.get(name) ?? Promise.resolve()).then(work);
      last.set(
        name,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}

const open: TizaClient[] = [];

/** A tab: a client with a memory of its own. */
export function tab(api: FakeApi, options: Partial<ClientOptions> = {}): TizaClient {
  const client = createClient({ baseUrl: api.url, storage: memoryStorage(), ...options });
  open.push(client);
  return client;
}

export function closeTabs(): void {
  for (const client of open.splice(0)) client.close();
}

/** A storage as several tabs see it: each its own writing at once, that of others a moment later, as in browsers. */
export function lagging(): () => KeyValueStorage {
  const shared = new Map<string, string>();
  const views: Map<string, string>[] = [];
  return () => {
    const mine = new Map(shared);
    views.push(mine);
    const change = (make: (where: Map<string, string>) => void) => {
      make(mine);
      setTimeout(() => [shared, ...views].forEach(make), 60);
    };
    return {
      get length() {
        return mine.size;
      },
      key: (index) => [...mine.keys()][index] ?? null,
      getItem: (key) => mine.get(key) ?? null,
      setItem: (key, value) => change((where) => where.set(key, value)),
      removeItem: (key) => change((where) => where.delete(key)),
    };
  };
}

/** What `promise` throws. */
export async function thrown(promise: Promise<unknown>): Promise<any> {
  return promise.then(
    () => Promise.reject(new Error("nothing was thrown")),
    (error: unknown) => error,
  );
}

/** Waits until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let left = 1000; !condition(); left -= 1) {
    if (left === 0) throw new Error("what was waited for did not happen");
    await sleep(10);
  }
}

/** A browser's page: what it tells of the network and of being looked at, and its events. */
export class Page {
  readonly target = new EventTarget();
  readonly document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  readonly navigator = { onLine: true };

  constructor() {
    define("addEventListener", this.target.addEventListener.bind(this.target));
    define("removeEventListener", this.target.removeEventListener.bind(this.target));
    define("document", this.document);
    define("navigator", this.navigator);
  }

  goOnline(): void {
    this.navigator.onLine = true;
    this.target.dispatchEvent(new Event("online"));
  }

  look(): void {
    this.document.visibilityState = "visible";
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  /** Tells this page that another tab has changed the storage. */
  storageChanged(key: string): void {
    this.target.dispatchEvent(Object.assign(new Event("storage"), { key }));
  }

  close(): void {
    for (const name of ["addEventListener", "removeEventListener", "document", "navigator"])
      define(name, undefined);
  }
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
