/** The client against Tiza itself: `TIZA_URL` says where it runs, `TIZA_LOGINS` is JSON, a login by role. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  createClient,
  createOutbox,
  isTizaError,
  memoryStorage,
  pages,
  type ClientOptions,
  type Credentials,
  type TizaClient,
} from "../../src/index.js";
import { sharedLocks, thrown } from "../support.js";

const baseUrl = process.env["TIZA_URL"]!;
const logins = JSON.parse(process.env["TIZA_LOGINS"]!) as Record<string, Credentials>;
const opened: TizaClient[] = [];

function tab(options: Partial<ClientOptions> = {}): TizaClient {
  const client = createClient({ baseUrl, storage: memoryStorage(), ...options });
  opened.push(client);
  return client;
}

async function signedIn(role: string, options: Partial<ClientOptions> = {}): Promise<TizaClient> {
  const tiza = tab(options);
  await tiza.signIn(logins[role]!);
  return tiza;
}

let student: TizaClient;
before(async () => void (student = await signedIn("student")));
after(() => opened.forEach((client) => client.close()));

for (const role of Object.keys(logins)) {
  test(`a ${role} signs in, and out for good`, async () => {
    const reasons: string[] = [];
    const storage = memoryStorage();
    const tiza = await signedIn(role, { storage, onSignedOut: (reason) => reasons.push(reason) });
    const me = await tiza.get("/v1/me");
    assert.equal(me.role, role);
    const kept = storage.getItem("tiza.session")!;
    await tiza.signOut();
    storage.setItem("tiza.session", kept);
    const again = tab({ storage, onSignedOut: (reason) => reasons.push(reason) });
    assert.ok(isTizaError(await thrown(again.get("/v1/me")), "UNAUTHORIZED"));
    assert.deepEqual(reasons, ["here", "expired"]);
  });
}

test("a wrong PIN is told by its code", async () => {
  const { pin, ...login } = logins["student"] as Extract<Credentials, { pin: string }>;
  const wrong = pin === "0000" ? "1111" : "0000";
  assert.ok(isTizaError(await thrown(tab().signIn({ ...login, pin: wrong })), "INVALID_CREDENTIALS"));
});

test("errors have the details that their types promise", async () => {
  const syntax = await thrown(student.post("/v1/attempts", { body: { problem: "503 -", answer: "1" } }));
  assert.ok(isTizaError(syntax, "PROBLEM_SYNTAX_ERROR"));
  assert.equal(typeof syntax.details.position, "number");
  const long = await thrown(
    student.post("/v1/attempts", { body: { problem: "1 + 1", answer: "2".repeat(501) } }),
  );
  assert.ok(isTizaError(long, "VALIDATION_ERROR"));
  assert.equal(long.details.path, "$.answer");
  assert.ok(long.requestId !== "");
  assert.ok(isTizaError(await thrown(student.get("/v1/audit.csv")), "FORBIDDEN"));
});

test("the same idempotency key gives the same attempt; without one each is another", async () => {
  const body = { problem: "503 - 278", answer: "375" };
  const idempotencyKey = crypto.randomUUID();
  const [one, same] = [
    await student.post("/v1/attempts", { body, idempotencyKey }),
    await student.post("/v1/attempts", { body, idempotencyKey }),
  ];
  assert.deepEqual(same, one);
  assert.equal(one.diagnosis.candidates[0]?.bug, "subtraction.smaller_from_larger");
  assert.notEqual((await student.post("/v1/attempts", { body })).id, one.id);
});

test("all pages of a list are the list", async () => {
  const ids = async (limit: number) => {
    const found: string[] = [];
    for await (const attempt of pages(student, "/v1/attempts", { query: { limit } })) found.push(attempt.id);
    return found;
  };
  const all = await ids(100);
  assert.ok(all.length > 3);
  assert.deepEqual(await ids(2), all);
});

test("an ETag that is still good is answered without a body", async () => {
  const found = (await student.call("get", "/v1/skills"))!;
  assert.ok(found.etag);
  assert.equal(await student.call("get", "/v1/skills", { ifNoneMatch: found.etag }), undefined);
});

test("a picture comes as text", async () => {
  const { id } = await student.get("/v1/me");
  const picture = await student.get("/v1/students/{student_id}/mastery/history", {
    path: { student_id: id },
    accept: "image/svg+xml",
  });
  assert.match(picture, /^<svg/);
});

const lockings: [string, () => Partial<ClientOptions>][] = [
  ["Web Locks", () => ({ locks: sharedLocks() })],
  ["locks in the storage", () => ({})],
];
for (const [name, locking] of lockings) {
  test(`with ${name}, two tabs refresh at once, 20 times`, async () => {
    const reasons: string[] = [];
    const shared = {
      storage: memoryStorage(),
      ...locking(),
      onSignedOut: (reason: string) => reasons.push(reason),
    };
    await signedIn("student", shared);
    for (let round = 0; round < 20; round += 1) {
      const tabs = [tab(shared), tab(shared)]; // a new tab has no access token yet
      await Promise.all(tabs.map((each) => each.get("/v1/me")));
      tabs.forEach((each) => each.close());
    }
    assert.deepEqual(reasons, []);
  });
}

test("a refresh token that is used again ends the session, and both pages are told", async () => {
  const reasons: string[] = [];
  const storage = memoryStorage();
  await signedIn("student", { storage, onSignedOut: (reason) => reasons.push(`own: ${reason}`) });
  const stolen = memoryStorage();
  stolen.setItem("tiza.session", storage.getItem("tiza.session")!);
  const thief = tab({ storage: stolen });
  await thief.get("/v1/me");
  const owner = tab({ storage, onSignedOut: (reason) => reasons.push(reason) });
  assert.ok(isTizaError(await thrown(owner.get("/v1/me")), "UNAUTHORIZED"));
  const later = tab({ storage: stolen, onSignedOut: (reason) => reasons.push(`thief: ${reason}`) });
  assert.ok(isTizaError(await thrown(later.get("/v1/me")), "UNAUTHORIZED"));
  assert.deepEqual(reasons, ["expired", "thief: expired"]);
});

test("answers given offline are stored once each, in order, at the time of answering", async () => {
  let isDown = false;
  let isLost = false;
  const faulty: typeof fetch = async (input, init) => {
    if (isDown) throw new TypeError("offline");
    const reply = await fetch(input, init);
    if (!isLost || !(input instanceof Request && input.url.endsWith("/v1/attempts"))) return reply;
    isLost = false;
    throw new TypeError("the answer was lost");
  };
  const tiza = await signedIn("student", { fetch: faulty, retry: { attempts: 1 } });
  const outbox = createOutbox(tiza);
  isDown = true;
  const waiting = [];
  for (const answer of ["101", "102", "103"]) {
    const submitted = await outbox.submit({ problem: "503 - 278", answer });
    assert.equal(submitted.status, "waiting");
    if (submitted.status === "waiting") waiting.push(submitted.waiting);
  }
  [isDown, isLost] = [false, true];
  await outbox.flush(); // stores the first, and does not hear of it
  assert.equal(outbox.waiting.length, 3);
  await outbox.flush();
  assert.deepEqual(outbox.waiting, []);
  outbox.close();
  const ids = new Set(waiting.map(({ id }) => id));
  const found = [];
  for await (const { id } of pages(tiza, "/v1/attempts", { query: { limit: 10 } })) {
    const attempt = await tiza.get("/v1/attempts/{attempt_id}", { path: { attempt_id: id } });
    if (attempt.client_id !== null && ids.has(attempt.client_id)) found.push(attempt);
    if (found.length > 3) break;
  }
  assert.deepEqual(
    found.map(({ answer }) => answer),
    ["103", "102", "101"],
  );
  const times = (each: string) => new Date(each).getTime();
  assert.deepEqual(
    found.map(({ answered_at }) => times(answered_at)),
    waiting.map(({ answeredAt }) => times(answeredAt)).reverse(),
  );
});

test("from a device whose clock is ahead, an answer is stored all the same", async (context) => {
  const outbox = createOutbox(student);
  context.mock.timers.enable({ apis: ["Date"], now: Date.now() + 3_600_000 });
  const submitted = await outbox.submit({ problem: "503 - 278", answer: "104" });
  outbox.close();
  assert.equal(submitted.status, "sent");
});
