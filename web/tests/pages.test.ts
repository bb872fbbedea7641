import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import { DESKTOP, launch, PHONE, sound, visitor } from "./browser.js";
import { ADMIN, be, calling, callingStudent, PARENT, speak, STUDENT, TEACHER } from "./people.js";
import { Tiza } from "./tiza.js";

let tiza: Tiza;
let browser: Browser;

before(async () => {
  [tiza, browser] = await Promise.all([Tiza.start(), launch()]);
});
after(async () => {
  await browser?.close();
  await tiza?.stop();
});

const OPEN = {
  "sign-in": "/sign-in",
  register: "/register",
  "forgot-password": "/forgot-password",
  "reset-password": "/reset-password#token=no",
  "verify-email": "/verify-email#token=no",
  unsubscribe: "/unsubscribe#token=no",
};

/** The page when all that it reads has come. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector(".loading") === null);
}

/** No page of these has a fault, in both languages, sizes and schemes. */
async function allSound(page: Page, pages: Record<string, string>): Promise<void> {
  for (const [size, viewport, language] of [["desktop", DESKTOP, "English"], ["phone", PHONE, "Español"]] as const) {
    await page.setViewportSize(viewport);
    await speak(page, language);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${tiza.web}${path}`);
      await settled(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await sound(page, `${name}-${size}-${colorScheme}`);
      }
    }
  }
  await speak(page, "English");
}

test("the pages that are open to all have no fault", async () => {
  const { page, complaints, close } = await visitor(browser);
  await page.goto(tiza.web);
  await allSound(page, OPEN);
  assert.deepEqual(complaints, []);
  await close();
});

test("a student's pages have no fault", async () => {
  const { page, complaints, close } = await visitor(browser);
  const student = await callingStudent(tiza);
  const [assignment] = await student.get("/v1/assignments");
  await allowed("tutor");
  const talk = await student.post("/v1/tutor/sessions", { body: { problem: "503 - 278" } });
  await be(page, tiza, STUDENT);
  await allSound(page, {
    practice: "/practice",
    progress: "/progress",
    assignments: "/assignments",
    "student-assignment": `/assignments/${assignment!.id}`,
    photos: "/photos",
    tutor: "/tutor",
    talk: `/tutor/${talk.id}`,
    "not-here": "/nowhere",
  });
  assert.deepEqual(complaints, []);
  await close();
});

test("a teacher's pages have no fault", async () => {
  const { page, complaints, close } = await visitor(browser);
  const teacher = await calling(tiza, "teacher@tiza.example");
  const classroom = `/classes/${(await teacher.get("/v1/classrooms")).find(({ name }) => name === "5A")!.id}`;
  const [wrong] = await teacher.get("/v1/attempts", { query: { verdict: "incorrect", limit: 1 } });
  const pupil = `${classroom}/students/${wrong!.student_id}`;
  const [assignment] = await teacher.get("/v1/assignments");
  await be(page, tiza, TEACHER);
  await allSound(page, {
    classes: "/classes",
    "heat-map": classroom,
    "see-first": `${classroom}?tab=first`,
    groups: `${classroom}?tab=groups`,
    "class-assignments": `${classroom}?tab=assignments`,
    members: `${classroom}?tab=members`,
    student: pupil,
    answers: `${pupil}?tab=answers`,
    "student-reports": `${pupil}?tab=reports`,
    account: `${pupil}?tab=account`,
    assign: `${classroom}/assign`,
    assignment: `/assignments/${assignment!.id}`,
    alerts: "/alerts",
    reviews: "/reviews",
  });
  assert.deepEqual(complaints, []);
  await close();
});

test("an admin's and a parent's own pages have no fault", async () => {
  const { page, complaints, close } = await visitor(browser);
  await be(page, tiza, ADMIN);
  await allSound(page, { "roster-import": "/roster", "roster-export": "/roster?tab=export", "roster-staff": "/roster?tab=staff" });
  await page.getByRole("button", { name: "Sign out" }).click();
  const child = await allowed("photos");
  await be(page, tiza, PARENT);
  await allSound(page, { children: "/children", child: `/children/${child}` });
  assert.deepEqual(complaints, []);
  await close();
});

/** The demo parent allows something for their child, whose id this is. */
async function allowed(kind: "photos" | "tutor"): Promise<string> {
  const parent = await calling(tiza, "parent@tiza.example");
  const [link] = await parent.get("/v1/families/links", { query: { status: "confirmed" } });
  const child = link!.student.id;
  await parent.put("/v1/families/children/{student_id}/consents/{kind}", { path: { student_id: child, kind }, body: { granted: true } });
  return child;
}
