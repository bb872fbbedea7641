/** Where a session and waiting answers are kept between visits. */

import { localStorageIfAny } from "./browser.js";

/** The part of the Web Storage API that the client uses. */
export interface KeyValueStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A storage that ends with the page. */
export function memoryStorage(): KeyValueStorage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** The storage to use: `given`, or `localStorage`, or one that ends with the page. */
export function chosenStorage(given: KeyValueStorage | undefined): KeyValueStorage {
  const storage = given ?? localStorageIfAny();
  return storage === undefined ? memoryStorage() : enduring(storage);
}

/** What is kept under `key` as JSON; undefined where there is nothing, or nothing that can be read. */
export function readJson<T>(storage: KeyValueStorage, key: string): T | undefined {
  try {
    return (JSON.parse(storage.getItem(key) ?? "null") as T | null) ?? undefined;
  } catch {
    return undefined; // somebody else wrote it: as good as nothing
  }
}

/** `storage`, with what it does not take (it may be full, or forbidden) kept until the page ends. */
function enduring(storage: KeyValueStorage): KeyValueStorage {
  const refused = new Map<string, string>();
  return {
    get length() {
      return storage.length + refused.size;
    },
    key: (index) => (index < storage.length ? storage.key(index) : ([...refused.keys()][index - storage.length] ?? null)),
    getItem: (key) => refused.get(key) ?? storage.getItem(key),
    setItem: (key, value) => {
      try {
        storage.setItem(key, value);
        refused.delete(key);
      } catch {
        refused.set(key, value);
      }
    },
    removeItem: (key) => {
      refused.delete(key);
      storage.removeItem(key);
    },
  };
}

/** The keys that begin with `prefix`, each once. */
export function keysUnder(storage: KeyValueStorage, prefix: string): string[] {
  const all = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  return [...new Set(all.filter((key): key is string => key !== null && key.startsWith(prefix)))];
}
