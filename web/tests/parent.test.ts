import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import type { Browser } from "playwright-core";

import { launch, PHONE, sound, visitor } from "./browser.js";
import { be, PARENT, STUDENT, table, TEACHER, title } from "./people.js";
import { Tiza } from "./tiza.js";

const ADDRESS = "luz@familia.example";
const PASSWORD = "una clave bien larga";

let tiza: Tiza;
let browser: Browser;

before(async () => {
  [tiza, browser] = await Promise.all([Tiza.start(), launch()]);
});
after(async () => {
  await browser?.close();
  await tiza?.stop();
});

test("a parent reads their child's week on a phone, in Spanish, and gives and withdraws consent", async () => {
  const { page, complaints, close } = await visitor(browser, { viewport: PHONE, locale: "es-ES" });
  await be(page, tiza, PARENT);
  await title(page, "Mi familia");
  await page.getByRole("link", { name: STUDENT }).click();
  await title(page, STUDENT);
  await page.getByText(/^\d+ respuestas, \d+ de ellas bien\.$/).waitFor();
  await page.getByRole("heading", { name: "Lo que se practicó" }).waitFor();

  const consent = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Fotos del trabajo en papel" }) });
  await consent.getByRole("button", { name: "Permitirlo: Fotos del trabajo en papel", exact: true }).click();
  await consent.getByText("✓ Permitido").waitFor();
  await page.reload();
  await consent.getByText("✓ Permitido").waitFor();
  await consent.getByRole("button", { name: "Dejar de permitirlo: Fotos del trabajo en papel" }).click();
  await consent.getByText("✗ No permitido").waitFor();
  await sound(page, "consents-phone-light");
  assert.deepEqual(complaints, []);
  await close();
});

test("from a link code to a child: the teacher makes it, the parent registers, the teacher confirms", async () => {
  const teacher = await visitor(browser);
  await be(teacher.page, tiza, TEACHER);
  await teacher.page.getByRole("link", { name: "5A" }).click();
  await teacher.page.getByRole("link", { name: "Bruno López" }).click();
  await teacher.page.getByRole("link", { name: "Account and parents" }).click();
  await teacher.page.getByRole("button", { name: "Make a link code" }).click();
  const code = await teacher.page.getByText(/^[A-Z0-9]{4}(-[A-Z0-9]{4})+$/).innerText();

  const parent = await visitor(browser, { viewport: PHONE });
  await parent.page.goto(tiza.web);
  await parent.page.getByRole("link", { name: "New here? Make an account" }).click();
  await parent.page.getByRole("combobox", { name: "I am" }).selectOption("a parent with a link code of the school");
  await parent.page.getByRole("textbox", { name: "Name" }).fill("Luz López");
  await parent.page.getByRole("textbox", { name: "Link code" }).fill(code);
  await parent.page.getByRole("textbox", { name: "E-mail address" }).fill(ADDRESS);
  await parent.page.getByLabel("Password").fill(PASSWORD);
  await parent.page.getByRole("button", { name: "Make the account" }).click();
  await parent.page.getByText("We have sent you a mail.").waitFor();
  await parent.page.goto(await tiza.linkOfMail(ADDRESS, "verify-email"));
  await parent.page.getByText("Your address is confirmed.").waitFor();
  await parent.page.getByRole("link", { name: "Sign in" }).click();
  const form = parent.page.getByRole("form", { name: "I am a teacher or a parent" });
  await form.getByLabel("E-mail address").fill(ADDRESS);
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button", { name: "Sign in" }).click();
  await parent.page.getByText("A child whose name is shown once the school has confirmed the link.").waitFor();
  await sound(parent.page, "children-pending-phone-light");

  await teacher.page.getByRole("link", { name: "Class 5A" }).click();
  await teacher.page.getByRole("link", { name: "Students and codes" }).click();
  await table(teacher.page, "Teachers and students of this class").waitFor();
  teacher.page.on("dialog", (question) => void question.accept());
  await teacher.page.getByRole("button", { name: "Confirm that Luz López belongs to Bruno López" }).click();
  await teacher.page.getByRole("heading", { name: "Parents who wait for your word" }).waitFor({ state: "detached" });

  await parent.page.reload();
  await parent.page.getByRole("link", { name: "Bruno López" }).click();
  await parent.page.getByRole("heading", { name: "This week" }).waitFor();
  await parent.page.getByText(/^\d+ answers?, /).waitFor();
  assert.deepEqual([...teacher.complaints, ...parent.complaints], []);
  await parent.close();
  await teacher.close();
});
