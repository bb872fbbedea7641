import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { isTizaError, memoryStorage, NetworkError, type KeyValueStorage, type Locks } from "../src/index.js";
import {
  closeTabs,
  CREDENTIALS,
  FakeApi,
  lagging,
  Page,
  sharedLocks,
  sleep,
  tab,
  thrown,
  unauthorized,
  until,
} from "./support.js";

let api: FakeApi;
let storage: KeyValueStorage;
const REFRESH = "POST /v1/auth/refresh";

beforeEach(async () => {
  api = await FakeApi.started();
  api.on("GET /v1/me", () => ({ data: { id: "me" } }));
  storage = memoryStorage();
});
afterEach(async () => {
  closeTabs();
  await api.stop();
});

test("signing in keeps the refresh token in the storage, and the access token out of it", async () => {
  const tiza = tab(api, { storage });
  const states: string[] = [];
  tiza.session.subscribe((state) => states.push(state.status));
  assert.deepEqual(tiza.session.state, { status: "signed-out" });
  const state = await tiza.signIn({ class_code: "K7QM-2XWA", username: "leo", pin: "4711" });
  assert.deepEqual(state, { status: "signed-in", user: api.user });
  assert.equal(tiza.session.state, state);
  await tiza.get("/v1/me");
  assert.match(storage.getItem("tiza.session")!, /refresh-/);
  assert.doesNotMatch(storage.getItem("tiza.session")!, /access-/);
  assert.deepEqual(states, ["signed-in"]);
  assert.equal(api.calls[0]!.headers.authorization, undefined);
});

test("a wrong password is no reason to refresh", async () => {
  const tiza = tab(api);
  api.on("POST /v1/auth/login", () => ({ status: 401, code: "INVALID_CREDENTIALS" }));
  assert.ok(isTizaError(await thrown(tiza.signIn(CREDENTIALS)), "INVALID_CREDENTIALS"));
  assert.equal(api.calls.length, 1);
});

test("a page that is opened again goes on with the session", async () => {
  await tab(api, { storage }).signIn(CREDENTIALS);
  const later = tab(api, { storage });
  assert.equal(later.session.state.status, "signed-in");
  await later.get("/v1/me");
  assert.equal(api.of(REFRESH).length, 1);
});

test("without a session a call says so, and asks nobody", async () => {
  const error = await thrown(tab(api).get("/v1/me"));
  assert.ok(isTizaError(error, "UNAUTHORIZED"));
  assert.equal(api.calls.length, 0);
});

test("a token that is about to expire is renewed before the call", async () => {
  api.expiresIn = 0;
  const tiza = tab(api, { storage });
  await tiza.signIn(CREDENTIALS);
  api.expiresIn = 900;
  await tiza.get("/v1/me");
  await tiza.get("/v1/me");
  assert.deepEqual(
    api.calls.slice(1).map((call) => call.operation),
    [REFRESH, "GET /v1/me", "GET /v1/me"],
  );
});

test("many calls at once share one refresh, and each is repeated once", async () => {
  const tiza = tab(api, { storage });
  await tiza.signIn(CREDENTIALS);
  api.expire();
  api.refreshTakes = 30;
  const found = await Promise.all(Array.from({ length: 8 }, () => tiza.get("/v1/me")));
  assert.equal(found.length, 8);
  assert.equal(api.of(REFRESH).length, 1);
  assert.equal(api.of("GET /v1/me").length, 16);
});

test("a call that stays refused is not repeated again", async () => {
  const tiza = tab(api, { storage });
  await tiza.signIn(CREDENTIALS);
  api.on("GET /v1/me", unauthorized);
  assert.ok(isTizaError(await thrown(tiza.get("/v1/me")), "UNAUTHORIZED"));
  assert.equal(api.of("GET /v1/me").length, 2);
  assert.equal(tiza.session.state.status, "signed-in");
});

test("a refresh token that is refused ends the session, once", async () => {
  const reasons: string[] = [];
  const tiza = tab(api, { storage, onSignedOut: (reason) => reasons.push(reason) });
  await tiza.signIn(CREDENTIALS);
  api.expire();
  api.on(REFRESH, unauthorized);
  const errors = await Promise.all([thrown(tiza.get("/v1/me")), thrown(tiza.get("/v1/me"))]);
  assert.ok(errors.every((error) => isTizaError(error, "UNAUTHORIZED")));
  assert.deepEqual(reasons, ["expired"]);
  assert.deepEqual(tiza.session.state, { status: "signed-out" });
  assert.equal(storage.getItem("tiza.session"), null);
});

for (const [what, refresh, isRight] of [
  ["the network", () => ({ breaksOff: true }), (error: unknown) => error instanceof NetworkError],
  [
    "the service",
    () => ({ status: 500, code: "INTERNAL_ERROR" }),
    (error: unknown) => isTizaError(error, "INTERNAL_ERROR"),
  ],
] as const) {
  test(`when a refresh fails by ${what}, the session stays`, async () => {
    const tiza = tab(api, { storage });
    await tiza.signIn(CREDENTIALS);
    api.expire();
    api.on(REFRESH, refresh);
    assert.ok(isRight(await thrown(tiza.get("/v1/me"))));
    assert.equal(api.of(REFRESH).length, 1);
    assert.equal(tiza.session.state.status, "signed-in");
  });
}

test("a refresh waits its turn when the API is busy", async () => {
  const tiza = tab(api, { storage });
  const { access_token, ...login } = (await signedIn()) as any;
  api.on(
    REFRESH,
    () => ({ status: 503, code: "UNAVAILABLE", headers: { "Retry-After": "0" } }),
    () => ({
      data: { ...login, access_token },
    }),
  );
  await tiza.signIn(CREDENTIALS);
  const page = tab(api, { storage });
  await page.get("/v1/me");
  assert.equal(api.of(REFRESH).length, 2);
});

/** Tokens that the API knows. */
async function signedIn(): Promise<unknown> {
  const reply = await fetch(`${api.url}/v1/auth/login`, { method: "POST", body: "{}" });
  return ((await reply.json()) as { data: unknown }).data;
}

const lockings: [string, () => { locks?: Locks }][] = [
  ["Web Locks", () => ({ locks: sharedLocks() })],
  ["locks in the storage", () => ({})],
];
for (const [name, locking] of lockings) {
  test(`with ${name}, tabs that refresh at once share one refresh, 20 times`, async () => {
    const shared = { storage, ...locking() };
    const tabs = Array.from({ length: 3 }, () => tab(api, shared));
    await tabs[0]!.signIn(CREDENTIALS);
    api.refreshTakes = 5;
    for (let round = 1; round <= 20; round += 1) {
      api.expire();
      await Promise.all(tabs.map((each) => each.get("/v1/me")));
      assert.equal(api.of(REFRESH).length, round);
    }
    assert.equal(api.revoked.size, 0);
  });

  test(`with ${name}, a tab that is not told refreshes by itself`, async (context) => {
    const channel = globalThis.BroadcastChannel;
    Object.assign(globalThis, { BroadcastChannel: undefined });
    context.after(() => Object.assign(globalThis, { BroadcastChannel: channel }));
    const shared = { storage, ...locking() };
    const tabs = [tab(api, shared), tab(api, shared)];
    await tabs[0]!.signIn(CREDENTIALS);
    api.expire();
    await Promise.all(tabs.map((each) => each.get("/v1/me")));
    assert.equal(api.of(REFRESH).length, 2);
    assert.equal(api.revoked.size, 0);
  });
}

test("a tab that gets the lock before it sees the new tokens does not send the old one, 20 times", async (context) => {
  const channel = globalThis.BroadcastChannel;
  Object.assign(globalThis, { BroadcastChannel: undefined });
  context.after(() => Object.assign(globalThis, { BroadcastChannel: channel }));
  const sent = new Set<string>();
  const view = lagging();
  const spent = {
    add: async (id: string) => !sent.has(id) && Boolean(sent.add(id)),
    remove: async (id: string) => void sent.delete(id),
  };
  const locks = sharedLocks();
  const tabs = [0, 1].map(() => tab(api, { storage: view(), locks, spent }));
  await tabs[0]!.signIn(CREDENTIALS);
  await sleep(100);
  for (let round = 1; round <= 20; round += 1) {
    api.expire();
    await Promise.all(tabs.map((each) => each.get("/v1/me")));
  }
  assert.equal(api.revoked.size, 0);
});

test("a token whose answer was lost may be sent again", async () => {
  const sent: string[] = [];
  const spent = { add: async (id: string) => Boolean(sent.push(id)), remove: async (id: string) => void sent.splice(sent.indexOf(id), 1) };
  let isAway = false;
  const tiza = tab(api, {
    storage,
    spent,
    retry: { attempts: 1 },
    fetch: (...given) => (isAway ? Promise.reject(new TypeError("away")) : fetch(...given)),
  });
  await tiza.signIn(CREDENTIALS);
  api.expire();
  isAway = true;
  assert.ok((await thrown(tiza.get("/v1/me"))) instanceof NetworkError);
  assert.deepEqual(sent, []);
  isAway = false;
  await tiza.get("/v1/me");
  assert.equal(sent.length, 1);
});

test("without any lock, the loser of a race goes on with what the winner got", async () => {
  const none: Locks = { request: (_name, work) => work() };
  const tabs = [tab(api, { storage, locks: none }), tab(api, { storage, locks: none })];
  await tabs[0]!.signIn(CREDENTIALS);
  api.refreshTakes = 30;
  for (let round = 0; round < 5; round += 1) {
    api.expire();
    await Promise.all(tabs.map((each) => each.get("/v1/me")));
  }
  assert.equal(api.revoked.size, 0);
  assert.ok(tabs.every((each) => each.session.state.status === "signed-in"));
});

test("a lock that was left behind holds nobody up for ever", async () => {
  storage.setItem("tiza.session.lock", JSON.stringify({ holder: "gone", until: Date.now() - 1 }));
  const tiza = tab(api, { storage });
  await tiza.signIn(CREDENTIALS);
  api.expire();
  await tiza.get("/v1/me");
  assert.equal(storage.getItem("tiza.session.lock"), null);
});

test("signing out ends the session at the API and in the other tabs", async () => {
  const page = new Page();
  const reasons: string[] = [];
  const here = tab(api, { storage, onSignedOut: (reason) => reasons.push(`one: ${reason}`) });
  const there = tab(api, { storage, onSignedOut: (reason) => reasons.push(`other: ${reason}`) });
  await here.signIn(CREDENTIALS);
  page.storageChanged("tiza.session");
  assert.equal(there.session.state.status, "signed-in");
  await here.signOut();
  page.storageChanged("tiza.session");
  page.close();
  assert.equal(there.session.state.status, "signed-out");
  assert.deepEqual(reasons, ["one: here", "other: elsewhere"]);
  assert.equal(api.revoked.size, 1);
  assert.ok(isTizaError(await thrown(there.get("/v1/me")), "UNAUTHORIZED"));
});

test("signing out works without the network", async () => {
  const tiza = tab(api, { storage });
  await tiza.signIn(CREDENTIALS);
  api.on("POST /v1/auth/logout", () => ({ breaksOff: true }));
  await tiza.signOut();
  assert.equal(tiza.session.state.status, "signed-out");
});

test("who signs out in the middle of a refresh stays signed out, also when the API hears of it late", async () => {
  const logout = "POST /v1/auth/logout";
  const tiza = tab(api, { storage });
  await tiza.signIn(CREDENTIALS);
  api.expire();
  api.refreshTakes = 50;
  api.on(
    logout,
    () => ({ breaksOff: true }),
    () => ({ status: 204 }),
  );
  const call = thrown(tiza.get("/v1/me"));
  await until(() => api.of(REFRESH).length === 1);
  await tiza.signOut();
  assert.ok(isTizaError(await call, "UNAUTHORIZED"));
  assert.equal(storage.getItem("tiza.session"), null);
  assert.equal(tiza.session.state.status, "signed-out");
  const [before, won] = api.of(logout).map((each) => each.body.refresh_token);
  assert.notEqual(won, before); // the tokens that nobody wants any more are given back
});

test("somebody else who signs in elsewhere is who calls here", async () => {
  const tabs = [tab(api, { storage }), tab(api, { storage })];
  await tabs[0]!.signIn(CREDENTIALS);
  await tabs[1]!.get("/v1/me");
  api.user = { ...api.user, id: "user-2", name: "Ana" };
  await tabs[0]!.signIn(CREDENTIALS);
  const token = api.calls.length;
  await tabs[1]!.get("/v1/me");
  const used = api.calls.slice(token).find((call) => call.operation === "GET /v1/me")!.headers.authorization;
  await tabs[0]!.get("/v1/me");
  assert.deepEqual(tabs[1]!.session.state, { status: "signed-in", user: api.user });
  assert.equal(used, api.calls.at(-1)!.headers.authorization);
});

test("a new password goes on with the session that it gives", async () => {
  const tiza = tab(api, { storage });
  await tiza.signIn(CREDENTIALS);
  const next = await signedIn();
  api.on("POST /v1/me/password", () => ({ data: next }));
  await tiza.post("/v1/me/password", { body: { current_password: "old", new_password: "new and longer" } });
  await tiza.get("/v1/me");
  assert.equal(api.calls.at(-1)!.headers.authorization, `Bearer ${(next as any).access_token}`);
  assert.equal(api.of(REFRESH).length, 0);
});

test("a storage that takes nothing is no reason not to sign in", async () => {
  const full: KeyValueStorage = {
    length: 0,
    key: () => null,
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => undefined,
  };
  const tiza = tab(api, { storage: full });
  await tiza.signIn(CREDENTIALS);
  await tiza.get("/v1/me");
  await tiza.signOut();
  assert.equal(tiza.session.state.status, "signed-out");
});

test("a listener that is taken off hears no more", async () => {
  const tiza = tab(api, { storage });
  let heard = 0;
  const stop = tiza.session.subscribe(() => (heard += 1));
  await tiza.signIn(CREDENTIALS);
  stop();
  await tiza.signOut();
  await sleep(0);
  assert.equal(heard, 1);
});
