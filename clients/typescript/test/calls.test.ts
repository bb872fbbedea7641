import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import {
  ForeignAnswerError,
  isTizaError,
  NetworkError,
  pages,
  TizaError,
  type TizaClient,
} from "../src/index.js";
import { secondsOf } from "../src/errors.js";
import { pauseAfter } from "../src/transport.js";
import { closeTabs, CREDENTIALS, FakeApi, sleep, tab, thrown } from "./support.js";

let api: FakeApi;
let tiza: TizaClient;
const soon = { "Retry-After": "0" };
const answer = { problem: "503 - 278", answer: "375" };

before(async () => void (api = await FakeApi.started()));
after(() => api.stop());
afterEach(closeTabs);
beforeEach(async () => {
  tiza = tab(api);
  await tiza.signIn(CREDENTIALS);
  api.calls.length = 0;
});

test("a call answers with the data, and sends path, query and body where they belong", async () => {
  api.on("GET /v1/attempts/a%2Fb", () => ({ data: { id: "a/b" } }));
  api.on("GET /v1/attempts", ({ body }) => ({ data: [body] }));
  assert.deepEqual(await tiza.get("/v1/attempts/{attempt_id}", { path: { attempt_id: "a/b" } }), {
    id: "a/b",
  });
  assert.deepEqual(await tiza.get("/v1/attempts", { query: { topic: "algebra", limit: 5 } }), [
    { topic: "algebra", limit: "5" },
  ]);
});

test("a call without an answer gives undefined, and another form gives text", async () => {
  api.on("DELETE /v1/users/u", () => ({ status: 204 }));
  api.on("GET /v1/audit.csv", () => ({ text: "a,b" }));
  assert.equal(await tiza.delete("/v1/users/{user_id}", { path: { user_id: "u" } }), undefined);
  assert.equal(await tiza.get("/v1/audit.csv"), "a,b");
});

test("an error of the API has what the API says", async () => {
  const reply = { status: 400, code: "VALIDATION_ERROR", details: { path: "$.answer", reason: "Why" } };
  api.on("POST /v1/attempts", () => reply);
  const error = await thrown(tiza.post("/v1/attempts", { body: answer }));
  assert.ok(isTizaError(error, "NOT_FOUND", "VALIDATION_ERROR"));
  assert.ok(!isTizaError(error, "NOT_FOUND"));
  assert.deepEqual(
    [error.code, error.status, error.details, error.requestId, error.message, error.retryAfter],
    ["VALIDATION_ERROR", 400, reply.details, "request-1", "A sentence.", undefined],
  );
  assert.equal(api.calls.length, 1);
});

test("a page of somebody else's is an error of its own kind", async () => {
  api.on("GET /v1/me", () => ({ status: 502, text: "<html>" }));
  const error = await thrown(tiza.get("/v1/me"));
  assert.ok(error instanceof ForeignAnswerError);
  assert.equal(error.status, 502);
});

test("Retry-After may be seconds or a date", () => {
  const now = Date.UTC(2026, 10, 21, 12, 0, 0);
  assert.equal(secondsOf("7", now), 7);
  assert.equal(secondsOf("Sat, 21 Nov 2026 12:00:30 GMT", now), 30);
  assert.equal(secondsOf("Sat, 21 Nov 2026 11:00:00 GMT", now), 0);
  assert.equal(secondsOf("soon", now), undefined);
  assert.equal(secondsOf(null, now), undefined);
});

for (const [status, code] of [
  [429, "RATE_LIMITED"],
  [503, "UNAVAILABLE"],
] as const) {
  test(`${code} is tried again after Retry-After, with the same body`, async () => {
    const busy = () => ({ status, code, headers: soon });
    api.on("POST /v1/diagnose", busy, busy, ({ body }) => ({ data: body }));
    assert.deepEqual(await tiza.post("/v1/diagnose", { body: answer }), answer);
    assert.equal(api.calls.length, 3);
  });
}

test("the pause is never shorter than Retry-After, and grows where there is none", () => {
  const busy = (retryAfter?: number) =>
    new TizaError({ code: "UNAVAILABLE", message: "", details: {}, request_id: "" }, 503, retryAfter);
  for (let tries = 0; tries < 100; tries += 1) {
    const asked = pauseAfter(busy(7), 1, false)!;
    assert.ok(asked >= 7000 && asked < 8000);
    const [first, third] = [pauseAfter(busy(), 1, false)!, pauseAfter(busy(), 3, false)!];
    assert.ok(0 < first && first <= 500 && 1000 <= third && third <= 2000);
  }
});

test("a call is not tried more often than is said, nor waited for longer", async () => {
  const busy = (seconds: string) => () => ({
    status: 503,
    code: "UNAVAILABLE",
    headers: { "Retry-After": seconds },
  });
  const few = tab(api, { retry: { attempts: 2 }, storage: tiza.parts.storage });
  api.on("GET /v1/me", busy("0"));
  assert.ok(isTizaError(await thrown(few.get("/v1/me")), "UNAVAILABLE"));
  assert.equal(api.of("GET /v1/me").length, 2);
  api.on("GET /v1/me", busy("3600"));
  const error = await thrown(tiza.get("/v1/me"));
  assert.equal(error.retryAfter, 3600);
  assert.equal(api.of("GET /v1/me").length, 3);
});

for (const [status, code] of [
  [429, "ACCOUNT_LOCKED"],
  [429, "BUDGET_SPENT"],
  [503, "SWITCHED_OFF"],
] as const) {
  test(`${code} is not tried again: seconds do not mend it`, async () => {
    api.on("GET /v1/me", () => ({ status, code, headers: soon }));
    assert.equal((await thrown(tiza.get("/v1/me"))).code, code);
    assert.equal(api.calls.length, 1);
  });
}

test("a POST that takes an idempotency key has one, and the same when it is tried again", async () => {
  const gone = () => ({ breaksOff: true });
  const running = () => ({ status: 409, code: "REQUEST_IN_PROGRESS", headers: soon });
  api.on("POST /v1/attempts", gone, running, () => ({ status: 201, data: { id: "1" } }));
  await tiza.post("/v1/attempts", { body: answer });
  await tiza.post("/v1/attempts", { body: answer });
  const keys = api.calls.map((call) => call.headers["idempotency-key"]);
  assert.equal(keys.length, 4);
  assert.match(keys[0] as string, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(keys.slice(0, 3)).size, 1);
  assert.notEqual(keys[3], keys[0]);
});

test("a caller may give the key; where none is taken, none is sent", async () => {
  api.on("POST /v1/attempts", () => ({ status: 201, data: {} }));
  api.on("POST /v1/diagnose", () => ({ data: {} }));
  await tiza.post("/v1/attempts", { body: answer, idempotencyKey: "mine" });
  await tiza.post("/v1/diagnose", { body: answer, idempotencyKey: "mine" });
  assert.deepEqual(
    api.calls.map((call) => call.headers["idempotency-key"]),
    ["mine", undefined],
  );
});

test("after a broken connection a GET is sent again, a POST without a key is not", async () => {
  api.on(
    "GET /v1/me",
    () => ({ breaksOff: true }),
    () => ({ data: { id: "me" } }),
  );
  assert.deepEqual(await tiza.get("/v1/me"), { id: "me" });
  api.on("POST /v1/diagnose", () => ({ breaksOff: true }));
  const error = await thrown(tiza.post("/v1/diagnose", { body: answer }));
  assert.ok(error instanceof NetworkError);
  assert.equal(error.timedOut, false);
  assert.equal(api.of("POST /v1/diagnose").length, 1);
});

test("a proxy's 503 is tried again only where that can do no harm", async () => {
  const page = () => ({ status: 503, text: "<html>", headers: soon });
  api.on("GET /v1/me", page, () => ({ data: {} }));
  await tiza.get("/v1/me");
  api.on("POST /v1/diagnose", page);
  assert.equal((await thrown(tiza.post("/v1/diagnose", { body: answer }))).status, 503);
  assert.equal(api.of("POST /v1/diagnose").length, 1);
});

test("no answer in time is a network error that says so", async () => {
  api.on("GET /v1/me", () => sleep(500).then(() => ({ data: {} })));
  const hasty = tab(api, { retry: { timeoutMs: 50, attempts: 1 }, storage: tiza.parts.storage });
  await hasty.signIn(CREDENTIALS);
  const error = await thrown(hasty.get("/v1/me"));
  assert.ok(error instanceof NetworkError);
  assert.equal(error.timedOut, true);
});

test("a signal ends a call, while it runs and while it waits", async () => {
  api.on("GET /v1/me", () => sleep(500).then(() => ({ data: {} })));
  assert.equal((await thrown(tiza.get("/v1/me", { signal: AbortSignal.timeout(30) }))).name, "TimeoutError");
  api.on("GET /v1/me", () => ({ status: 429, code: "RATE_LIMITED", headers: { "Retry-After": "20" } }));
  assert.equal((await thrown(tiza.get("/v1/me", { signal: AbortSignal.timeout(100) }))).name, "TimeoutError");
  assert.equal((await thrown(tiza.get("/v1/me", { signal: AbortSignal.abort() }))).name, "AbortError");
  assert.equal(api.of("GET /v1/me").length, 2);
});

test("a list comes item by item over all pages, and no page before it is needed", async () => {
  const cursors = { "": "b", b: "c", c: null } as Record<string, string | null>;
  api.on("GET /v1/attempts", ({ body }) => {
    const here = (body.cursor ?? "") as string;
    return { data: [{ id: `${here}1` }, { id: `${here}2` }], meta: { next_cursor: cursors[here] } };
  });
  const ids = [];
  for await (const attempt of pages(tiza, "/v1/attempts", { query: { topic: "algebra" } }))
    ids.push(attempt.id);
  assert.deepEqual(ids, ["1", "2", "b1", "b2", "c1", "c2"]);
  assert.deepEqual(
    api.calls.map((call) => call.body.topic),
    ["algebra", "algebra", "algebra"],
  );
  api.calls.length = 0;
  for await (const attempt of pages(tiza, "/v1/attempts")) if (attempt.id === "2") break;
  assert.equal(api.calls.length, 1);
});
