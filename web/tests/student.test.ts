import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import type { Browser, Locator } from "playwright-core";

import { launch, PHONE, sound, visitor } from "./browser.js";
import { mistake, readsPhotos } from "./engine.js";
import { be, calling, found, given, speak, STUDENT, table, title } from "./people.js";
import { CHECKOUT, Tiza } from "./tiza.js";

const BORROWING = "subtraction.smaller_from_larger";
const PHOTO = join(CHECKOUT, "dev/demo/work.png");
const READING_MS = 120_000;

let tiza: Tiza;
let browser: Browser;

before(async () => {
  [tiza, browser] = await Promise.all([Tiza.start({ TIZA_LLM_MODELS: "" }), launch()]);
});
after(async () => {
  await browser?.close();
  await tiza?.stop();
});

test("three clicks and one answer lead from the first page to a diagnosis", async () => {
  const { page, complaints, close } = await visitor(browser);
  let clicks = 0;
  const click = (what: Locator) => {
    clicks += 1;
    return what.click();
  };
  await page.goto(tiza.web);
  const exercise = given(page);
  await click(page.getByRole("button", { name: STUDENT }));
  const { problem, bug } = await exercise;
  await page.getByRole("textbox", { name: "Your answer" }).fill(mistake(problem, bug ?? undefined));
  const attempt = found(page);
  await click(page.getByRole("button", { name: "Check" }));
  const { diagnosis } = await attempt;
  await page.getByRole("heading", { name: "Not quite." }).waitFor();
  await page.getByRole("heading", { name: diagnosis.candidates[0]!.name }).waitFor();
  assert.ok(clicks <= 3, `it took ${clicks} clicks`);
  await sound(page, "diagnosis-desktop-light");
  assert.deepEqual(complaints, []);
  await close();
});

test("a student practises by keyboard alone: diagnosis in columns, the next exercise and why", async () => {
  const { page, complaints, close } = await visitor(browser, { colorScheme: "dark" });
  await be(page, tiza, STUDENT);
  const answer = page.getByRole("textbox", { name: "Your answer" });
  await answer.waitFor();
  const wanted = given(page);
  await page.getByRole("combobox", { name: "What do you want to practise?" }).selectOption("Subtraction with borrowing");
  const { problem, reason } = await wanted;
  await page.getByText(reason.sentence).waitFor();
  await answer.fill(mistake(problem, BORROWING));
  const ahead = given(page);
  await answer.press("Enter");

  const verdict = page.getByRole("heading", { name: "Not quite." });
  await verdict.waitFor();
  assert.ok(await verdict.evaluate((heading) => heading === document.activeElement), "what happened is not read out");
  const columns = table(page, `${problem}, written in columns`);
  const [top, bottom, wrote, right] = await columns.getByRole("row").allInnerTexts();
  const line = (text: string | undefined) => (text ?? "").replaceAll(/[^\d]/g, "");
  assert.equal(`${line(top)} - ${line(bottom)}`, problem);
  assert.equal(Number(line(wrote)), Number(mistake(problem, BORROWING)));
  assert.equal(Number(line(right)), Number(line(top)) - Number(line(bottom)));
  await page.getByRole("list", { name: "Step by step" }).getByText("Here it goes off").waitFor();
  await sound(page, "columns-desktop-dark");

  const next = await ahead;
  await page.keyboard.press("Tab");
  while (!(await page.getByRole("button", { name: "Next exercise" }).evaluate((button) => button === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(next.reason.sentence).waitFor();
  assert.ok(await answer.evaluate((field) => field === document.activeElement), "one cannot type at once");
  assert.deepEqual(complaints, []);
  await close();
});

test("a student on a phone, in Spanish: an answer, a report of it, progress, and an assignment", async () => {
  const { page, complaints, close } = await visitor(browser, { viewport: PHONE, locale: "es-ES", hasTouch: true });
  await be(page, tiza, STUDENT);
  await page.getByRole("textbox", { name: "Your answer" }).waitFor();
  const anew = given(page);
  await speak(page, "Español");
  const { problem, bug, reason } = await anew;
  await page.getByText(reason.sentence).waitFor();
  assert.match(reason.sentence, /ejercicio|aprendiendo|empezar|sabes/, "the API speaks another language than the page");
  const attempt = found(page);
  await page.getByRole("textbox", { name: "Tu respuesta" }).fill(mistake(problem, bug ?? undefined));
  await page.getByRole("button", { name: "Comprobar" }).click();
  const { diagnosis } = await attempt;
  await page.getByRole("heading", { name: diagnosis.candidates[0]!.name }).waitFor();
  await page.getByRole("button", { name: "Eso no es lo que hice" }).click();
  await page.getByRole("textbox", { name: /Cómo lo hiciste/ }).fill("Me distraje.");
  await page.getByRole("button", { name: "Decírselo a mi profe" }).click();
  await page.getByText("Tu profe lo mirará").waitFor();
  await sound(page, "diagnosis-phone-light");

  await page.getByRole("link", { name: "Mi progreso" }).click();
  await title(page, "Mi progreso");
  const answers = page.getByRole("list", { name: "Respuestas, primero las más nuevas" });
  await answers.getByRole("button").first().click();
  await answers.getByRole("heading", { name: diagnosis.candidates[0]!.name }).waitFor();
  assert.ok((await page.getByRole("img", { name: /en \d+ respuestas/ }).count()) > 0, "there is no curve");
  await page.reload();
  await title(page, "Mi progreso"); // the language stays

  await page.getByRole("link", { name: "Tareas" }).click();
  await title(page, "Tareas");
  await page.getByRole("main").getByRole("heading", { level: 3 }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "Ejercicios" }).waitFor();
  await page.getByRole("button", { name: /^Ejercicio \d+, por hacer/ }).first().click();
  const sent = found(page);
  await page.getByRole("textbox", { name: "Tu respuesta" }).fill("1");
  await page.getByRole("button", { name: "Comprobar" }).click();
  assert.notEqual((await sent).exercise_id, null);
  await page.getByRole("button", { name: /^(Siguiente ejercicio|Al final)$/ }).waitFor();
  await sound(page, "assignment-phone-light");
  assert.deepEqual(complaints, []);
  await speak(page, "English");
  await close();
});

test("a photo is handed in once a parent allows it, and read where there is a reader", async () => {
  const { page, complaints, close } = await visitor(browser, { viewport: PHONE });
  const parent = await calling(tiza, "parent@tiza.example");
  const [child] = await parent.get("/v1/families/links", { query: { status: "confirmed" } });
  const allow = (granted: boolean) =>
    parent.put("/v1/families/children/{student_id}/consents/{kind}", { path: { student_id: child!.student.id, kind: "photos" }, body: { granted } });
  await allow(false);

  await be(page, tiza, STUDENT);
  await page.getByRole("link", { name: "Photos" }).click();
  await page.getByLabel("Photo", { exact: true }).setInputFiles(PHOTO);
  await page.getByRole("img", { name: "The photo that you chose" }).waitFor();
  await page.getByRole("button", { name: "Hand it in" }).click();
  await page.getByText("Your parents have to allow photos first.").waitFor();

  await allow(true);
  await page.getByRole("button", { name: "Hand it in" }).click();
  await page.getByText("Handed in.").waitFor();
  const photo = page.getByRole("button", { name: /Photo of/ }).first();
  if (readsPhotos()) {
    await photo.filter({ hasText: "Read. Open it" }).click({ timeout: READING_MS });
    await page.getByRole("heading", { name: "What Tiza read" }).waitFor();
    await page.getByRole("button", { name: "Show what Tiza found" }).first().click({ timeout: READING_MS });
    await page.getByRole("heading", { name: /^(Right!|Not quite\.)$/ }).first().waitFor();
  } else {
    await photo.filter({ hasText: "It is about to be read" }).click({ timeout: READING_MS });
  }
  const image = page.getByRole("img", { name: /Photo of/ });
  await image.waitFor();
  assert.ok(await image.evaluate((shown: HTMLImageElement) => shown.decode().then(() => shown.naturalWidth > 0)), "the photo is not shown");
  await sound(page, "photo-phone-light");
  assert.deepEqual(complaints, []);
  await close();
});

test("the tutor says that there is none where no model is set up", async () => {
  const { page, close } = await visitor(browser, { viewport: PHONE, colorScheme: "dark" });
  const parent = await calling(tiza, "parent@tiza.example");
  const [child] = await parent.get("/v1/families/links", { query: { status: "confirmed" } });
  await parent.put("/v1/families/children/{student_id}/consents/{kind}", { path: { student_id: child!.student.id, kind: "tutor" }, body: { granted: true } });

  await be(page, tiza, STUDENT);
  await page.getByRole("link", { name: "Tutor" }).click();
  await page.getByRole("textbox", { name: "About another problem" }).fill("503 - 278");
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await page.getByRole("textbox", { name: "Your message" }).fill("How do I borrow from a zero?");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("There is no tutor here yet").waitFor();
  await sound(page, "talk-phone-dark");
  await close();
});
