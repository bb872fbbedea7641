/** What may go wrong with a call: the API says no, the network fails, or something else answers. */

import { ERROR_CODES } from "./facts.js";

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What `details` holds, by code. The gateway leaves all of it out, so nothing is certain to be there. */
interface KnownDetails {
  VALIDATION_ERROR: { path?: string; reason?: string };
  PROBLEM_SYNTAX_ERROR: { position?: number; expected?: unknown };
  CONSENT_REQUIRED: { kind?: string };
  CONFLICT: { reason?: string; [more: string]: unknown };
  PAYLOAD_TOO_LARGE: { limit_bytes?: number };
  RATE_LIMITED: { limit?: string };
  SWITCHED_OFF: { feature?: string; reason?: string };
}
export type Details<C extends ErrorCode> = C extends keyof KnownDetails
  ? KnownDetails[C]
  : Readonly<Record<string, unknown>>;

/** What an error says of itself. */
export interface Said<C extends ErrorCode = ErrorCode> {
  code: C;
  message: string;
  details: Details<C>;
  request_id: string;
}

/** The API said no. `retryAfter` is in seconds. A newer API may have a `code` that this version does not know. */
export class TizaError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "TizaError";
  readonly code: C;
  readonly details: Details<C>;
  readonly requestId: string;
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(said: Said<C>, status: number, retryAfter?: number) {
    super(said.message);
    this.code = said.code;
    this.details = said.details;
    this.requestId = said.request_id;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Any `TizaError`, as a union: comparing `code` tells the type of `details`. */
export type AnyTizaError = { [C in ErrorCode]: TizaError<C> }[ErrorCode];

/** No answer came: no network, no server, CORS, or no answer in time (`timedOut`). `cause` is the fault. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  readonly timedOut: boolean;

  constructor(cause: unknown, timedOut = false) {
    super(timedOut ? "No answer came in time." : "The server cannot be reached.", { cause });
    this.timedOut = timedOut;
  }
}

/** An answer came that is not of this API, such as a proxy's page. `retryAfter` is in seconds. */
export class ForeignAnswerError extends Error {
  override readonly name = "ForeignAnswerError";
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(status: number, retryAfter?: number) {
    super(`The answer (status ${status}) is not one of the API.`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Whether `error` is the API's, and of one of these codes if any are given. */
export function isTizaError(error: unknown): error is AnyTizaError;
export function isTizaError<C extends ErrorCode>(error: unknown, ...codes: C[]): error is TizaError<C>;
export function isTizaError(error: unknown, ...codes: ErrorCode[]): boolean {
  return error instanceof TizaError && (codes.length === 0 || codes.includes(error.code));
}

/** Whether no answer came. */
export function isNetworkError(error: unknown): error is NetworkError {
  return error instanceof NetworkError;
}

/** The error that an answer of status 400 and above stands for. */
export function errorOf(response: Response, text: string): AnyTizaError | ForeignAnswerError {
  const retryAfter = secondsOf(response.headers.get("Retry-After"));
  const said = parsed(text);
  if (said === undefined) return new ForeignAnswerError(response.status, retryAfter);
  return new TizaError(said, response.status, retryAfter) as AnyTizaError;
}

/** `Retry-After` in seconds: it may be a number of them, or an HTTP date (RFC 9110, 10.2.3). */
export function secondsOf(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

function parsed(text: string): Said | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: Partial<Said> };
    if (typeof error?.code !== "string") return undefined;
    return { message: "", details: {}, request_id: "", ...error } as Said;
  } catch {
    return undefined; // not JSON: somebody else's page
  }
}
