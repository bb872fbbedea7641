/** What is shown follows what happens. */

import { poll, type PollPath, type TizaClient } from "@tiza/client";
import { useEffect, useRef } from "preact/hooks";

import type { Query } from "../../../query";
import { client } from "../../../session";

const INTERVAL_MS = 15_000;

/**
 * Read `query` again as soon as the answer at `path` is another than `shown`; not while `shown` is undefined. What
 * failed is tried again, too, also where nothing has changed meanwhile.
 */
export function useLive(path: PollPath, options: { query?: object; path?: object }, query: Query<unknown>, shown: unknown): void {
  const { error, reload } = query;
  const last = useRef(shown);
  last.current = shown;
  const isShown = shown !== undefined;
  useEffect(() => {
    if (!isShown) return;
    const onData = (found: unknown) => {
      if (JSON.stringify(found) !== JSON.stringify(last.current)) reload();
    };
    const polled = (poll as UntypedPoll)(client, path, { interval: INTERVAL_MS, onData, onError: reload }, options);
    return () => polled.stop();
  }, [isShown, path, JSON.stringify(options)]);
  useEffect(() => {
    if (error === undefined) return;
    const again = setTimeout(reload, INTERVAL_MS);
    return () => clearTimeout(again);
  }, [error]);
}

/** `poll` for paths whose options are checked where they are read. */
type UntypedPoll = (
  client: TizaClient,
  path: PollPath,
  polling: { interval: number; onData: (data: unknown) => void; onError: () => void },
  options: object,
) => { stop: () => void };
