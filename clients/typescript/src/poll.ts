/** Looking again and again, at little cost: `If-None-Match`, and not while nobody looks. */

import { isHidden, isOnline, onWake, sleep } from "./browser.js";
import type { TizaClient } from "./client.js";
import { isTizaError, type TizaError } from "./errors.js";
import type { TaggedPath } from "./facts.js";
import type { Arguments, Data, Operation, PathOf } from "./types.js";

export type PollPath = Extract<PathOf<"get">, TaggedPath>;

export interface Polling<D> {
  /** Milliseconds from one answer to the next call. */
  interval: number;
  /** Called with the first answer, and with each that differs from the one before. */
  onData: (data: D) => void;
  /** Called with what a call throws. Polling goes on, more slowly, unless nobody is signed in any more. */
  onError?: (error: unknown) => void;
}

export interface Poll {
  /** Looks at once. */
  now(): void;
  stop(): void;
}

const SLOWEST = 8; // times the interval, after errors

/**
 * Reads `path` every `interval` milliseconds until it is stopped; not while the page is hidden or offline, and
 * at once when it is back.
 *
 *     const alerts = poll(tiza, "/v1/alerts", { interval: 15_000, onData: show });
 */
export function poll<P extends PollPath>(
  client: TizaClient,
  path: P,
  polling: Polling<Data<Operation<P, "get">>>,
  ...[options]: Arguments<Operation<P, "get">, "application/json">
): Poll {
  const call = client.call as unknown as (
    method: "get",
    path: P,
    options: unknown,
  ) => Promise<Found<P> | undefined>;
  const stopped = new AbortController();
  let woken = new AbortController();
  let etag: string | undefined;
  let faults = 0;
  let asked = 0; // by Retry-After, in milliseconds

  async function look(): Promise<void> {
    try {
      const found = await call("get", path, { ...options, ifNoneMatch: etag, signal: stopped.signal });
      faults = asked = 0;
      if (found === undefined || stopped.signal.aborted) return;
      etag = found.etag;
      polling.onData(found.data);
    } catch (error) {
      if (stopped.signal.aborted) return;
      faults += 1;
      asked = 1000 * ((error as Partial<TizaError>).retryAfter ?? 0);
      polling.onError?.(error);
      if (isTizaError(error, "UNAUTHORIZED")) stop();
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      woken = new AbortController();
      const { signal } = woken;
      if (isOnline() && !isHidden()) await look();
      const pause = Math.max(asked, polling.interval * Math.min(2 ** faults, SLOWEST));
      if (!signal.aborted) await sleep(pause, signal).catch(() => undefined);
    }
  }

  const wake = () => woken.abort();
  const stopWaking = onWake(() => isOnline() && !isHidden() && wake());
  function stop(): void {
    stopWaking();
    stopped.abort();
    wake();
  }
  void run();
  return { now: wake, stop };
}

interface Found<P extends PollPath> {
  data: Data<Operation<P, "get">>;
  etag: string | undefined;
}
