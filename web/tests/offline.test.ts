import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { pages } from "@tiza/client";
import type { Browser, Page } from "playwright-core";

import { launch, PHONE, sound, visitor } from "./browser.js";
import { be, callingStudent, found, STUDENT, TEACHER } from "./people.js";
import { Tiza } from "./tiza.js";

const LIFE_SECONDS = 2; // of an access token: it expires all the time
const ROUNDS = 20;

let tiza: Tiza;
let browser: Browser;

before(async () => {
  [tiza, browser] = await Promise.all([Tiza.start({ TIZA_ACCESS_TOKEN_SECONDS: `${LIFE_SECONDS}` }), launch()]);
});
after(async () => {
  await browser?.close();
  await tiza?.stop();
});

const field = (page: Page) => page.getByRole("textbox", { name: "Your answer" });
const every = () => `${tiza.api}/**`;

/** What an answer of the API's is that says that something is wrong. */
function fault(status: number, code: string) {
  return {
    status,
    headers: { "Access-Control-Allow-Origin": tiza.web, "Access-Control-Expose-Headers": "Retry-After", "Retry-After": "0" },
    contentType: "application/json",
    body: JSON.stringify({ error: { code, message: "Not now.", details: {}, request_id: "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e" } }),
  };
}

/** The device loses the network and has it again, which is what wakes the outbox. */
async function reconnect(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.context().setOffline(false);
}

async function answer(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.getByRole("button", { name: "Check" }).click();
}

test(`an answer given offline is kept over a reload and sent once, ${ROUNDS} times`, async () => {
  const { page, complaints, close } = await visitor(browser, { viewport: PHONE });
  await be(page, tiza, STUDENT);
  const said: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    said.push(`${90_000 + round}`); // no other answer is like it
    await field(page).waitFor();
    await page.context().setOffline(true);
    await page.getByText("This device is offline.").waitFor();
    await answer(page, said.at(-1)!);
    await page.getByText("Your answer is kept on this device.").waitFor();
    if (round === 1) await sound(page, "kept-phone-light");

    await page.route(every(), (call) => call.abort()); // the pages are there again, the API is not
    await page.context().setOffline(false);
    await page.reload();
    await page.getByText("One of your answers waits to be sent.").waitFor();
    await page.getByText("Tiza cannot be reached.").waitFor();
    if (round === 1) await sound(page, "waits-phone-light");

    await page.unroute(every());
    await reconnect(page);
    const arrived = page.getByRole("region", { name: "An answer that you gave earlier has been sent:" });
    await arrived.getByText(said.at(-1)!).first().waitFor();
    await arrived.getByRole("button", { name: "Seen" }).click();
    await arrived.waitFor({ state: "detached" });
  }
  const stored: string[] = [];
  const student = await callingStudent(tiza);
  for await (const attempt of pages(student, "/v1/attempts", { query: { limit: 100 } })) stored.push(attempt.answer);
  assert.deepEqual(stored.filter((text) => said.includes(text)).sort(), said);
  assert.deepEqual(complaints, []);
  await close();
});

test("an answer goes through though the token has expired in the middle of the work", async () => {
  const { page, complaints, close } = await visitor(browser);
  await be(page, tiza, STUDENT);
  await field(page).fill("4");
  await page.waitForTimeout(LIFE_SECONDS * 1000);
  const renewed = page.waitForResponse((each) => each.url().endsWith("/v1/auth/refresh") && each.ok());
  const attempt = found(page);
  await page.getByRole("button", { name: "Check" }).click();
  await renewed;
  assert.equal((await attempt).answer, "4");
  await page.getByRole("heading", { name: /^(Right!|Not quite\.)$/ }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test("an answer that the server cannot take now is kept, and sent later", async () => {
  const { page, close } = await visitor(browser);
  await be(page, tiza, STUDENT);
  await field(page).waitFor();
  const attempts = `${tiza.api}/v1/attempts`;
  await page.route(attempts, (call) => call.fulfill(fault(500, "INTERNAL_ERROR")));
  await answer(page, "5");
  await page.getByText("Your answer is kept on this device.").waitFor();
  await page.unroute(attempts);
  await reconnect(page);
  await page.getByRole("heading", { name: /^(Right!|Not quite\.)$/ }).waitFor();
  await close();
});

for (const [status, code, text] of [
  [500, "INTERNAL_ERROR", "Something went wrong on our side. (01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e)"],
  [503, "UNAVAILABLE", "Tiza is not available right now. Please try again in a moment."],
] as const) {
  test(`an error ${status} is said as it is, and one can try again`, async () => {
    const { page, close } = await visitor(browser);
    const classes = `${tiza.api}/v1/classrooms*`;
    await page.route(classes, (call) => call.fulfill(fault(status, code)));
    await be(page, tiza, TEACHER);
    await page.getByRole("alert").getByText(text).waitFor();
    await sound(page, `error-${status}-desktop-light`);
    await page.unroute(classes);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: "5A" }).waitFor();
    await close();
  });
}
