import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import {
  createOutbox,
  isTizaError,
  memoryStorage,
  type KeyValueStorage,
  type Outbox,
  type TizaClient,
} from "../src/index.js";
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
  until,
  type Call,
  type Reply,
} from "./support.js";

const ATTEMPTS = "POST /v1/attempts";
const answer = (number: number) => ({ problem: "503 - 278", answer: String(number) });
let api: FakeApi;
let page: Page;
let storage: KeyValueStorage;
let boxes: Outbox[];
/** What the API has, by `client_id`. */
let stored: Map<string, Call>;
let isDown: boolean;

/** As the API: what it has under this id already is answered again. */
function store(call: Call): Reply {
  if (isDown) return { breaksOff: true };
  if (!stored.has(call.body.client_id)) stored.set(call.body.client_id, call);
  return { status: 201, data: { id: `attempt-${call.body.answer}`, answer: call.body.answer } };
}

function answersStored(): string[] {
  return [...stored.values()].map((call) => call.body.answer);
}

function box(tiza: TizaClient): Outbox {
  const made = createOutbox(tiza);
  boxes.push(made);
  return made;
}

/** A page of the student, opened anew. */
function opened(options: Parameters<typeof tab>[1] = {}): TizaClient {
  return tab(api, { storage, retry: { attempts: 1 }, ...options });
}

beforeEach(async () => {
  api = await FakeApi.started();
  page = new Page();
  storage = memoryStorage();
  [boxes, stored, isDown] = [[], new Map(), false];
  api.on(ATTEMPTS, store);
  await opened().signIn(CREDENTIALS);
});
afterEach(async () => {
  for (const each of boxes) each.close();
  closeTabs();
  page.close();
  await api.stop();
});

test("an answer is sent at once, with its id, its time and its key", async () => {
  const outbox = box(opened());
  const submitted = await outbox.submit(answer(375));
  assert.equal(submitted.status, "sent");
  assert.equal(submitted.status === "sent" && submitted.attempt.id, "attempt-375");
  const [{ body, headers }] = api.of(ATTEMPTS) as [Call];
  assert.equal(headers["idempotency-key"], body.client_id);
  assert.match(body.answered_at, /^\d{4}-\d\d-\d\dT.*Z$/);
  assert.deepEqual(outbox.waiting, []);
});

test("tabs that do not see each other's writing yet lose no answer of each other", async () => {
  const view = lagging();
  const tabs = [tab(api, { storage: view(), retry: { attempts: 1 } }), tab(api, { storage: view(), retry: { attempts: 1 } })];
  await tabs[0]!.signIn(CREDENTIALS);
  await sleep(100);
  page.storageChanged("tiza.session");
  isDown = true;
  const both = tabs.map((each) => box(each));
  await Promise.all([both[0]!.submit(answer(1)), both[1]!.submit(answer(2))]);
  await sleep(100);
  isDown = false;
  await both[0]!.flush();
  assert.deepEqual(answersStored().sort(), ["1", "2"]);
});

test("answers given offline are sent once and in order when the network is back", async () => {
  const outbox = box(opened());
  const counts: number[] = [];
  const sent: string[] = [];
  outbox.subscribe((waiting) => counts.push(waiting.length));
  outbox.onSent((attempt) => sent.push(attempt.answer));
  isDown = true;
  page.navigator.onLine = false;
  for (const number of [1, 2, 3]) assert.equal((await outbox.submit(answer(number))).status, "waiting");
  assert.deepEqual(
    outbox.waiting.map((each) => each.attempt.answer),
    ["1", "2", "3"],
  );
  isDown = false;
  page.goOnline();
  await until(() => outbox.waiting.length === 0);
  assert.deepEqual(answersStored(), ["1", "2", "3"]);
  assert.deepEqual(sent, ["1", "2", "3"]);
  assert.deepEqual(counts, [1, 2, 3, 2, 1, 0]);
});

test("what waits survives that the page is closed", async () => {
  const outbox = box(opened());
  isDown = true;
  await outbox.submit(answer(1));
  const { answeredAt, id } = outbox.waiting[0]!;
  outbox.close();
  isDown = false;
  const later = box(opened());
  assert.equal(later.waiting.length, 1);
  await until(() => later.waiting.length === 0);
  assert.equal(stored.get(id)!.body.answered_at, answeredAt);
});

test("an answer whose reply was lost is stored once", async () => {
  api.on(ATTEMPTS, (call) => (store(call), { breaksOff: true }), store);
  const outbox = box(opened());
  assert.equal((await outbox.submit(answer(1))).status, "waiting");
  await outbox.flush();
  const [first, second] = api.of(ATTEMPTS) as [Call, Call];
  assert.equal(first.headers["idempotency-key"], second.headers["idempotency-key"]);
  assert.deepEqual(first.body, second.body);
  assert.equal(stored.size, 1);
});

for (const [name, locks] of [
  ["Web Locks", sharedLocks()],
  ["locks in the storage", undefined],
] as const) {
  test(`with ${name}, two tabs do not send an answer twice, 20 times`, async () => {
    const options = locks === undefined ? {} : { locks };
    const tabs = [box(opened(options)), box(opened(options))];
    for (let round = 1; round <= 20; round += 1) {
      isDown = true;
      await tabs[0]!.submit(answer(round));
      api.calls.length = 0;
      isDown = false;
      await Promise.all(tabs.map((each) => each.flush()));
      assert.deepEqual(
        api.of(ATTEMPTS).map((call) => call.body.answer),
        [String(round)],
      );
    }
    assert.equal(stored.size, 20);
  });
}

test("a refused answer is thrown, marked, and in nobody's way until it is dismissed", async () => {
  api.on(ATTEMPTS, () => ({ status: 400, code: "PROBLEM_SYNTAX_ERROR" }), store);
  const outbox = box(opened());
  assert.ok(isTizaError(await thrown(outbox.submit(answer(1))), "PROBLEM_SYNTAX_ERROR"));
  assert.equal((await outbox.submit(answer(2))).status, "sent");
  assert.deepEqual(
    outbox.waiting.map((each) => each.refused?.code),
    ["PROBLEM_SYNTAX_ERROR"],
  );
  await outbox.dismiss(outbox.waiting[0]!.id);
  assert.deepEqual(outbox.waiting, []);
});

test("an answer that the API stumbles over does not hold up the others, and is tried again", async () => {
  api.on(ATTEMPTS, () => ({ status: 500, code: "INTERNAL_ERROR" }), store);
  const outbox = box(opened());
  assert.equal((await outbox.submit(answer(1))).status, "waiting");
  await outbox.flush();
  assert.deepEqual(answersStored(), ["1"]);
});

test("with a clock that is wrong, an answer is of now rather than lost", async () => {
  api.on(ATTEMPTS, (call) =>
    call.body.answered_at === undefined
      ? store(call)
      : { status: 400, code: "VALIDATION_ERROR", details: { path: "$.answered_at" } },
  );
  assert.equal((await box(opened()).submit(answer(1))).status, "sent");
  const [first, second] = api.of(ATTEMPTS) as [Call, Call];
  assert.notEqual(first.headers["idempotency-key"], second.headers["idempotency-key"]);
  assert.equal(first.body.client_id, second.body.client_id);
});

test("an answer waits for its student, and is not sent as somebody else's", async () => {
  const tiza = opened();
  const outbox = box(tiza);
  isDown = true;
  await outbox.submit(answer(1));
  isDown = false;
  api.user = { ...api.user, id: "user-2" };
  await tiza.signOut();
  await tiza.signIn(CREDENTIALS);
  await outbox.flush();
  assert.deepEqual(outbox.waiting, []);
  assert.equal(stored.size, 0);
  api.user = { ...api.user, id: "user-1" };
  await tiza.signOut();
  await tiza.signIn(CREDENTIALS);
  await until(() => stored.size === 1);
});

test(
  "when the session is over, answers wait until the student signs in again",
  { timeout: 20_000 },
  async (context) => {
    const tiza = opened({ locks: sharedLocks() });
    context.mock.timers.enable({ apis: ["setTimeout"] }); // so that it is signing in which sends
    const outbox = box(tiza);
    api.expire();
    api.on("POST /v1/auth/refresh", () => ({ status: 401, code: "UNAUTHORIZED" }));
    assert.equal((await outbox.submit(answer(1))).status, "waiting");
    assert.equal(tiza.session.state.status, "signed-out");
    const sent = new Promise((resolve) => outbox.onSent(resolve));
    await tiza.signIn(CREDENTIALS);
    await sent;
    assert.deepEqual(answersStored(), ["1"]);
  },
);

test("what cannot be sent holds back what comes after it", async () => {
  const outbox = box(opened());
  isDown = true;
  await outbox.submit(answer(1));
  await outbox.submit(answer(2));
  isDown = false;
  api.on(ATTEMPTS, () => ({ breaksOff: true }), store);
  await outbox.flush();
  assert.deepEqual(answersStored(), []);
  await outbox.flush();
  assert.deepEqual(answersStored(), ["1", "2"]);
});

test("when another student signs in while answers are being sent, the rest waits", async () => {
  const tiza = opened();
  const outbox = box(tiza);
  isDown = true;
  await outbox.submit(answer(1));
  await outbox.submit(answer(2));
  isDown = false;
  api.on(ATTEMPTS, async (call) => {
    api.user = { ...api.user, id: "user-2" };
    await tiza.signIn(CREDENTIALS);
    return store(call);
  });
  await outbox.flush();
  assert.deepEqual(answersStored(), ["1"]);
});

test("without a session nothing can be submitted", async () => {
  const outbox = box(tab(api));
  assert.ok(isTizaError(await thrown(outbox.submit(answer(1))), "UNAUTHORIZED"));
});
