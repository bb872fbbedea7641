import assert from "node:assert/strict";
import { test } from "node:test";
import { storageLocks, type KeyValueStorage } from "../src/index.js";
import { sleep } from "./support.js";

const SEEN_AFTER_MS = 5;

/** One storage as two processes see it: what one writes, the other sees a little later. */
function twoViews(): [KeyValueStorage, KeyValueStorage] {
  const kept = [new Map<string, string>(), new Map<string, string>()] as const;
  const view = (own: Map<string, string>, other: Map<string, string>): KeyValueStorage => {
    const everywhere = (change: (map: Map<string, string>) => void) => {
      change(own);
      setTimeout(() => change(other), SEEN_AFTER_MS);
    };
    return {
      get length() {
        return own.size;
      },
      key: (index) => [...own.keys()][index] ?? null,
      getItem: (key) => own.get(key) ?? null,
      setItem: (key, value) => everywhere((map) => map.set(key, value)),
      removeItem: (key) => everywhere((map) => map.delete(key)),
    };
  };
  return [view(kept[0], kept[1]), view(kept[1], kept[0])];
}

test("a lock in the storage is held by one at a time, though each sees the other's writing late", async () => {
  const tabs = twoViews().map(storageLocks);
  let [inside, most, done] = [0, 0, 0];
  const work = async () => {
    most = Math.max(most, (inside += 1));
    await sleep(2 * SEEN_AFTER_MS);
    inside -= 1;
    done += 1;
  };
  for (let round = 0; round < 10; round += 1)
    await Promise.all(tabs.map((locks) => locks.request("one", work)));
  assert.deepEqual([most, done], [1, 20]);
});

test("a lock is given back when the work fails, and other names do not wait for it", async () => {
  const [storage] = twoViews();
  const locks = storageLocks(storage);
  const failing = locks.request("one", async () => {
    await locks.request("another", async () => undefined);
    throw new Error("failed");
  });
  await assert.rejects(failing, /failed/);
  assert.equal(await locks.request("one", async () => "in"), "in");
});
