import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { isTizaError, poll, type Poll, type TizaClient } from "../src/index.js";
import { closeTabs, CREDENTIALS, FakeApi, Page, sleep, tab, until } from "./support.js";

const ALERTS = "GET /v1/alerts";
let api: FakeApi;
let tiza: TizaClient;
let polls: Poll[];
const kept = (poll: Poll) => (polls.push(poll), poll);

before(async () => void (api = await FakeApi.started()));
after(() => api.stop());
beforeEach(async () => {
  polls = [];
  tiza = tab(api, { retry: { attempts: 1 } });
  await tiza.signIn(CREDENTIALS);
  api.calls.length = 0;
});
afterEach(() => {
  for (const each of polls) each.stop();
  closeTabs();
});

test("what has not changed is not told again", async () => {
  const versions = ["one", "one", "two"];
  api.on(
    ALERTS,
    ...versions.map((version) => ({ headers }: { headers: Record<string, any> }) => {
      const etag = `"${version}"`;
      if (headers["if-none-match"] === etag) return { status: 304, headers: { ETag: etag } };
      return { data: [{ id: version }], headers: { ETag: etag } };
    }),
  );
  const told: string[] = [];
  kept(poll(tiza, "/v1/alerts", { interval: 5, onData: (alerts) => told.push(alerts[0]!.id) }));
  await until(() => api.of(ALERTS).length >= 5);
  assert.deepEqual(told, ["one", "two"]);
  assert.deepEqual(
    api.calls.slice(0, 4).map((call) => call.headers["if-none-match"]),
    [undefined, '"one"', '"one"', '"two"'],
  );
});

test("an error is told, and polling goes on", async () => {
  api.on(
    ALERTS,
    () => ({ status: 500, code: "INTERNAL_ERROR" }),
    () => ({ data: [{ id: "1" }] }),
  );
  const errors: unknown[] = [];
  const told: unknown[] = [];
  kept(
    poll(tiza, "/v1/alerts", {
      interval: 5,
      onData: (data) => told.push(data),
      onError: (error) => errors.push(error),
    }),
  );
  await until(() => told.length > 0);
  assert.equal(errors.length, 1);
  assert.ok(isTizaError(errors[0], "INTERNAL_ERROR"));
});

test("polling ends with the session, and when it is stopped", async () => {
  api.on(ALERTS, () => ({ data: [] }));
  const errors: unknown[] = [];
  kept(
    poll(tiza, "/v1/alerts", {
      interval: 5,
      onData: () => undefined,
      onError: (error) => errors.push(error),
    }),
  );
  await until(() => api.of(ALERTS).length > 1);
  await tiza.signOut();
  await until(() => errors.length === 1);
  const calls = api.of(ALERTS).length;
  await sleep(50);
  assert.equal(api.of(ALERTS).length, calls);
  assert.equal(errors.length, 1);
});

test("nobody polls while the page is hidden or offline; and at once when it is back", async () => {
  const page = new Page();
  page.document.visibilityState = "hidden";
  api.on(ALERTS, () => ({ data: [] }));
  const long = 60_000;
  kept(poll(tiza, "/v1/alerts", { interval: long, onData: () => undefined }));
  page.look();
  await until(() => api.of(ALERTS).length === 1);
  page.navigator.onLine = false;
  page.look();
  await sleep(20);
  assert.equal(api.of(ALERTS).length, 1);
  page.goOnline();
  await until(() => api.of(ALERTS).length === 2);
  polls[0]!.now();
  await until(() => api.of(ALERTS).length === 3);
  page.close();
});
