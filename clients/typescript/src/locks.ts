/** One at a time among all tabs of an origin: by the Web Locks API, or by a lock in the storage. */

import { sleep, uuid } from "./browser.js";
import type { KeyValueStorage } from "./storage.js";

/** The part of `navigator.locks` that the client uses. */
export interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
}

const LEASE_MS = 10_000; // a tab that was closed in the middle holds others up for no longer
const RENEW_MS = 2_000;
const SETTLE_MS = 25; // longer than two tabs need to see each other's writing
const ASK_AGAIN_MS = 40;

interface Lease {
  holder: string;
  until: number;
}

/**
 * Locks that are entries of `storage`. A tab writes its name, waits until whoever wrote at the same moment must
 * have done so as well, and has the lock if its name is still there (the first half of Lamport's fast mutual
 * exclusion, 1987). That is no proof against a tab that sleeps between its look and its writing; whoever uses
 * such a lock must bear that two hold it, if hardly ever.
 */
export function storageLocks(storage: KeyValueStorage): Locks {
  return {
    async request(name, work) {
      const key = `${name}.lock`;
      const holder = uuid();
      while (!(await taken(storage, key, holder))) await sleep(ASK_AGAIN_MS * (0.5 + Math.random()));
      const renewal = setInterval(() => lease(storage, key, holder), RENEW_MS);
      try {
        return await work();
      } finally {
        clearInterval(renewal);
        if (holderOf(storage, key) === holder) storage.removeItem(key);
      }
    },
  };
}

async function taken(storage: KeyValueStorage, key: string, holder: string): Promise<boolean> {
  if (holderOf(storage, key) !== undefined) return false;
  lease(storage, key, holder);
  await sleep(SETTLE_MS);
  return holderOf(storage, key) === holder;
}

function lease(storage: KeyValueStorage, key: string, holder: string): void {
  storage.setItem(key, JSON.stringify({ holder, until: Date.now() + LEASE_MS } satisfies Lease));
}

/** Who holds the lock now; undefined where nobody does, or only by a lease that has run out. */
function holderOf(storage: KeyValueStorage, key: string): string | undefined {
  try {
    const found = JSON.parse(storage.getItem(key) ?? "null") as Lease | null;
    const isGood = found !== null && found.until > Date.now() && found.until <= Date.now() + LEASE_MS;
    return isGood ? found.holder : undefined;
  } catch {
    return undefined; // not a lease
  }
}
