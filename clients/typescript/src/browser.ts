/** The few things of a browser that the client uses where they are there; in Node they are not. */

const page = globalThis as Partial<Pick<Window, "document" | "navigator" | "localStorage">> &
  Partial<Pick<EventTarget, "addEventListener" | "removeEventListener">>;

export function isOnline(): boolean {
  return page.navigator?.onLine !== false;
}

export function isHidden(): boolean {
  return page.document?.visibilityState === "hidden";
}

/** Calls `listener` whenever the network may be back or the page is looked at again; returns how to stop. */
export function onWake(listener: () => void): () => void {
  const stops = [listen(page, "online", listener), listen(page.document, "visibilitychange", listener)];
  return () => stops.forEach((stop) => stop());
}

/** Calls `listener` when another tab has changed the storage, with the key (null: all); returns how to stop. */
export function onStorage(listener: (key: string | null) => void): () => void {
  return listen(page, "storage", (event) => listener((event as StorageEvent).key));
}

/** The page's lock manager: absent in Node before 24, and on pages that came over plain HTTP. */
export function webLocks(): LockManager | undefined {
  return page.navigator?.locks;
}

/** `localStorage`, or undefined where there is none or the person forbids it. */
export function localStorageIfAny(): Storage | undefined {
  try {
    return page.localStorage;
  } catch {
    return undefined; // SecurityError: the person does not allow sites to store anything
  }
}

/** A random UUID (version 4). `crypto.randomUUID` is missing on pages that came over plain HTTP. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Resolves after `milliseconds`; rejects with the signal's reason when that comes first. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** `promise`, or a rejection with the signal's reason when that comes first; the work itself goes on. */
export function abortable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function listen(
  target: Partial<EventTarget> | undefined,
  type: string,
  listener: (event: Event) => void,
): () => void {
  target?.addEventListener?.(type, listener);
  return () => target?.removeEventListener?.(type, listener);
}
