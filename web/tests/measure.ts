/**
 * What the pages weigh, how soon they can be used, and whether they jump; also with a class of 40 students and
 * 2,000 answers. Prints a line for each page. No test: its numbers are those of the machine it runs on.
 */

import { createClient, type TizaClient } from "@tiza/client";
import type { Browser, Page } from "playwright-core";

import { launch, PHONE, visitor } from "./browser.js";
import { ADMIN, be, calling, STUDENT, TEACHER } from "./people.js";
import { Tiza } from "./tiza.js";

const STUDENTS = 40;
const ANSWERS = 50; // of each
const AT_ONCE = 4;
const DAY_MS = 24 * 3600 * 1000;
const PIN = "135790";

interface Measured {
  /** Over the network until nothing more is asked for, headers and all, compressed as it came. */
  bytes: number;
  /** From the navigation until what the page is for can be used. */
  milliseconds: number;
  /** Cumulative layout shift. */
  shift: number;
}

/** Notes each shift of the layout that nobody caused, from the first moment on. */
const WATCH = `
  globalThis.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
`;

/** Open a page in a tab that has nothing in its cache; `ready` is what it is for. */
async function measured(page: Page, address: string, ready: string): Promise<Measured> {
  const network = await page.context().newCDPSession(page);
  let bytes = 0;
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(address, { waitUntil: "commit" });
  const milliseconds = await page.waitForFunction((what) => document.querySelector(what) !== null && performance.now(), ready).then((at) => at.jsonValue());
  await page.waitForLoadState("networkidle");
  const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
  await network.detach();
  return { bytes, milliseconds: Number(milliseconds), shift };
}

function told(name: string, { bytes, milliseconds, shift }: Measured): void {
  console.log(`${name.padEnd(32)} ${(bytes / 1024).toFixed(1).padStart(7)} KB ${milliseconds.toFixed(0).padStart(6)} ms   shift ${shift.toFixed(4)}`);
}

async function measureAs(browser: Browser, tiza: Tiza, name: string | null, pages: Record<string, [path: string, ready: string]>): Promise<void> {
  for (const [size, viewport] of [["desktop", undefined], ["phone", PHONE]] as const) {
    const { page, close } = await visitor(browser, viewport && { viewport });
    await page.addInitScript(WATCH);
    if (name) await be(page, tiza, name);
    for (const [what, [path, ready]] of Object.entries(pages)) {
      told(`${what}, ${size}`, await measured(page, `${tiza.web}${path}`, ready));
    }
    await close();
  }
}

/** From the click on a demo user to the field for the answer, in a fresh browser. */
async function measureClick(browser: Browser, tiza: Tiza): Promise<void> {
  const { page, close } = await visitor(browser);
  await page.goto(tiza.web);
  const button = page.getByRole("button", { name: STUDENT });
  await button.waitFor();
  const start = Date.now();
  await button.click();
  await page.getByRole("textbox", { name: "Your answer" }).waitFor();
  console.log(`from the click on the demo student to an exercise: ${Date.now() - start} ms`);
  await close();
}

/** A class of `STUDENTS`, each with `ANSWERS` answers of the last two weeks; its id, and that of a student. */
async function largeClass(tiza: Tiza): Promise<{ classroom: string; student: string }> {
  const admin = await calling(tiza, "admin@tiza.example");
  const classroom = await admin.post("/v1/classrooms", { body: { name: "6L", grade: 6 } });
  const pupils = Array.from({ length: STUDENTS }, (_, index) => index);
  let student = "";
  const answerAll = async () => {
    for (let index = pupils.shift(); index !== undefined; index = pupils.shift()) {
      const username = `pupil.${index}`;
      const made = await admin.post("/v1/users", { body: { role: "student", classroom_id: classroom.id, name: `Pupil ${index}`, username, pin: PIN } });
      student = made.id;
      const client = createClient({ baseUrl: tiza.api });
      await client.signIn({ class_code: classroom.code, username, pin: PIN });
      await answer(client, index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, answerAll));
  return { classroom: classroom.id, student };
}

/** Sums of all kinds, the oldest first. Every third student subtracts the smaller digit from the larger one. */
async function answer(client: TizaClient, index: number): Promise<void> {
  const hasBug = index % 3 === 0;
  const sums = [
    (a: number, b: number) => ({ problem: `${a} + ${b}`, answer: a + b }),
    (a: number, b: number) => ({ problem: `${a} - ${b}`, answer: hasBug ? smallerFromLarger(a, b) : a - b }),
    (a: number, b: number) => ({ problem: `${a} * ${b}`, answer: a * b }),
    (a: number, b: number) => ({ problem: `${a * b} / ${b}`, answer: a }),
  ];
  for (let turn = 0; turn < ANSWERS; turn += 1) {
    const { problem, answer: given } = sums[turn % sums.length]!(502 + turn * 13, 37 + turn);
    const answered_at = new Date(Date.now() - ((ANSWERS - turn) / ANSWERS) * 14 * DAY_MS).toISOString();
    const isSlip = (turn * 7 + index * 3) % 10 < index % 5;
    await client.post("/v1/attempts", { body: { problem, answer: String(given + (isSlip ? 10 : 0)), answered_at } });
  }
}

function smallerFromLarger(top: number, bottom: number): number {
  const below = String(bottom).padStart(String(top).length, "0");
  return Number([...String(top)].map((digit, place) => Math.abs(Number(digit) - Number(below[place]))).join(""));
}

const tiza = await Tiza.start();
const browser = await launch();
try {
  await measureAs(browser, tiza, null, { "sign-in": ["/sign-in", "main form"], register: ["/register", "main form"] });
  await measureClick(browser, tiza);
  await measureAs(browser, tiza, STUDENT, {
    practice: ["/practice", ".answer-form input"],
    progress: ["/progress", ".answers li"],
    assignments: ["/assignments", "main h3"],
  });
  await measureAs(browser, tiza, TEACHER, { classes: ["/classes", ".card.link"], alerts: ["/alerts", "main .list li"] });
  const start = Date.now();
  const { classroom, student } = await largeClass(tiza);
  console.log(`made ${STUDENTS} students with ${STUDENTS * ANSWERS} answers in ${((Date.now() - start) / 1000).toFixed(0)} s`);
  const large = `/classes/${classroom}`;
  await measureAs(browser, tiza, ADMIN, {
    "heat map of 40": [large, ".heat td"],
    "whom to see first of 40": [`${large}?tab=first`, "main .list li"],
    "groups of 40": [`${large}?tab=groups`, "main table"],
    "members, 40": [`${large}?tab=members`, "main table"],
    "a student of them": [`${large}/students/${student}`, "main table"],
    "their answers": [`${large}/students/${student}?tab=answers`, "main .list li"],
  });
} finally {
  await browser.close();
  await tiza.stop();
}
