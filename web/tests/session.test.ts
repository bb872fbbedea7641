import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import { launch, visitor } from "./browser.js";
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

const signOut = (page: Page) => page.getByRole("button", { name: "Sign out" });

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(tiza.web);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await signOut(page).waitFor();
}

test(`two tabs whose token expires at the same moment both go on, ${ROUNDS} times`, async () => {
  const { page, complaints, close } = await visitor(browser);
  await signIn(page, "Tomás Maestro");
  const other = await page.context().newPage();
  const tabs = [page, other];
  for (let round = 1; round <= ROUNDS; round += 1) {
    await page.waitForTimeout(LIFE_SECONDS * 1000);
    await Promise.all(tabs.map((tab) => tab.goto(`${tiza.web}/classes`)));
    await Promise.all(tabs.map((tab) => tab.getByRole("link", { name: "5A" }).first().waitFor({ timeout: 15_000 })));
  }
  assert.deepEqual(complaints, []);
  await close();
});

test("who signs out in one tab is signed out in the other", async () => {
  const { page, close } = await visitor(browser);
  await signIn(page, "Alicia Directora");
  const other = await page.context().newPage();
  await other.goto(tiza.web);
  await signOut(other).click();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await close();
});

test("what is not right is said, in the language of the page", async () => {
  const { page, close } = await visitor(browser, { locale: "es-ES" });
  await page.goto(tiza.web);
  const form = page.getByRole("form", { name: "Soy docente o familiar" });
  await form.getByLabel("Correo electrónico").fill("nobody@tiza.example");
  await form.getByLabel("Contraseña").fill("not the right one");
  await form.getByRole("button", { name: "Entrar" }).click();
  assert.equal(await form.getByRole("alert").innerText(), "El nombre o la clave no son correctos.");
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  await close();
});
