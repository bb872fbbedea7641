/**
 * Which refresh tokens have been sent, known to all tabs at once.
 *
 * What a tab writes into `localStorage` another one sees a moment later. So a tab may have the lock already and
 * still find the token that was used up before it, and sending that one again ends the session. IndexedDB has no
 * such moment: its transactions come one after the other, in whatever tab.
 */

const DATABASE = "tiza";
const STORE = "spent";
const KEPT_MS = 24 * 3600 * 1000; // by then every tab has seen what came after

export interface SpentTokens {
  /** Notes that the token of this pair is about to be sent; false where that was noted before. */
  add(id: string): Promise<boolean>;
  /** It did not arrive, as far as one knows. */
  remove(id: string): Promise<void>;
}

/** Those of this browser; where there is no IndexedDB, such as in Node, all tokens count as not yet sent. */
export function spentTokens(): SpentTokens {
  const factory = (globalThis as { indexedDB?: IDBFactory }).indexedDB;
  return {
    async add(id) {
      if (factory === undefined) return true;
      return inStore(factory, async (store) => {
        const notes = await done<Note[]>(store.getAll());
        if (notes.some((note) => note.id === id)) return false;
        for (const note of notes) if (note.at < Date.now() - KEPT_MS) store.delete(note.id);
        store.put({ id, at: Date.now() } satisfies Note);
        return true;
      }).catch(() => true); // forbidden, or full: then the lock alone has to do
    },
    async remove(id) {
      if (factory === undefined) return;
      await inStore(factory, async (store) => void store.delete(id)).catch(() => undefined);
    },
  };
}

interface Note {
  id: string;
  at: number;
}

/** What `work` gives, once its transaction is complete. */
async function inStore<T>(factory: IDBFactory, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const opening = factory.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
  const database = await done(opening);
  try {
    const transaction = database.transaction(STORE, "readwrite");
    const complete = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("The transaction was aborted."));
    });
    const found = await work(transaction.objectStore(STORE));
    await complete;
    return found;
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The database did not answer."));
  });
}
