/** One call over the network, tried again as far as that is safe and of use. */

import { abortable, isOnline, sleep } from "./browser.js";
import { errorOf, ForeignAnswerError, NetworkError, TizaError, type ErrorCode } from "./errors.js";

export interface RetryOptions {
  /** How often a call is made at most, the first time included. Default 4. */
  attempts?: number;
  /** How long waiting may take in all, in milliseconds; a longer `Retry-After` is thrown at once. Default 30000. */
  totalMs?: number;
  /** How long one try may take, in milliseconds: a little more than the API takes at most. Default 35000. */
  timeoutMs?: number;
}

export interface Sending {
  /** Whether it may be sent again when nobody knows whether it arrived. */
  repeatable: boolean;
  /** The access token to send: `stale` is one that was refused. Undefined: the call needs none. */
  bearer?: ((stale: string | undefined) => Promise<string>) | undefined;
}

export type Send = (request: Request, sending: Sending) => Promise<Response>;

const FIRST_PAUSE_MS = 500;
// Codes of 429 and 503 that a pause of seconds does not mend.
const LASTING = new Set<ErrorCode>(["ACCOUNT_LOCKED", "BUDGET_SPENT", "SWITCHED_OFF"]);

/**
 * Makes `send`: it answers with what came at last, below 400 and read to its end, and throws otherwise
 * (`TizaError`, `NetworkError`, `ForeignAnswerError`, the reason of an abort).
 */
export function sender(fetch: typeof globalThis.fetch, retry: RetryOptions = {}): Send {
  const { attempts = 4, totalMs = 30_000, timeoutMs = 35_000 } = retry;
  return async (request, { repeatable, bearer }) => {
    const deadline = Date.now() + totalMs;
    let token = await abortable(Promise.resolve(bearer?.(undefined)), request.signal);
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(fetch, withToken(request, token), timeoutMs);
      } catch (error) {
        if (bearer && !isRenewed && error instanceof TizaError && error.code === "UNAUTHORIZED") {
          isRenewed = true;
          token = await abortable(bearer(token), request.signal);
          continue;
        }
        const pause = pauseAfter(error, attempt, repeatable);
        if (pause === undefined || attempt >= attempts || Date.now() + pause > deadline) throw error;
        await sleep(pause, request.signal);
      }
    }
  };
}

/** How long to wait after `error`, in milliseconds; undefined: trying again is of no use, or not safe. */
export function pauseAfter(error: unknown, attempt: number, repeatable: boolean): number | undefined {
  const backoff = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  if (error instanceof NetworkError) return repeatable && isOnline() ? backoff : undefined;
  if (error instanceof TizaError || error instanceof ForeignAnswerError) {
    if (!isPassing(error, repeatable)) return undefined;
    // Never sooner than asked, and not all callers at the same moment.
    if (error.retryAfter !== undefined) return error.retryAfter * 1000 + Math.random() * FIRST_PAUSE_MS;
    return backoff;
  }
  return undefined;
}

/** Whether the same call may succeed a little later, and surely had no effect yet or may have it twice. */
function isPassing(error: TizaError | ForeignAnswerError, repeatable: boolean): boolean {
  const isBusy = error.status === 429 || error.status === 503;
  if (error instanceof ForeignAnswerError) return isBusy && (repeatable || error.status === 429);
  return error.code === "REQUEST_IN_PROGRESS" || (isBusy && !LASTING.has(error.code));
}

function withToken(request: Request, token: string | undefined): Request {
  const copy = request.clone(); // a body can be sent only once
  if (token !== undefined) copy.headers.set("Authorization", `Bearer ${token}`);
  return copy;
}

/** One try. Throws for a status of 400 and above, for no answer, and for one that breaks off. */
async function once(fetch: typeof globalThis.fetch, request: Request, timeoutMs: number): Promise<Response> {
  const control = new AbortController();
  const stop = () => control.abort(request.signal.reason);
  const timer = setTimeout(() => control.abort(), timeoutMs);
  request.signal.addEventListener("abort", stop, { once: true });
  try {
    request.signal.throwIfAborted();
    const response = await fetch(request, { signal: control.signal });
    const text = await response.text();
    if (response.status >= 400) throw errorOf(response, text);
    const { status, headers } = response;
    return new Response(text === "" ? null : text, { status, headers });
  } catch (error) {
    if (error instanceof TizaError || error instanceof ForeignAnswerError) throw error;
    if (request.signal.aborted) throw request.signal.reason;
    throw new NetworkError(error, control.signal.aborted);
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", stop);
  }
}
