/** People of the demo school at a page, and what they do everywhere. */

import { createClient, type Schemas, type TizaClient } from "@tiza/client";
import type { Locator, Page } from "playwright-core";

import type { Tiza } from "./tiza.js";

export const ADMIN = "Alicia Directora";
export const PARENT = "Rosa García";
export const STUDENT = "Ana García";
export const TEACHER = "Tomás Maestro";

const PASSWORD = "tiza-demo-password";

/** Open the first page and be somebody of the demo school, with one click. */
export async function be(page: Page, tiza: Tiza, name: string): Promise<void> {
  await page.goto(tiza.web);
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("navigation", { name: /Main menu|Menú principal/ }).waitFor();
}

/** Read on in another language. */
export async function speak(page: Page, language: "English" | "Español"): Promise<void> {
  await page.getByRole("combobox", { name: /^(Language|Idioma)$/ }).selectOption(language);
  await page.getByRole("combobox", { name: language === "English" ? "Language" : "Idioma" }).waitFor();
}

/** The heading of a page, once it is there. */
export async function title(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** The table with this name. */
export const table = (place: Page | Locator, name: string | RegExp): Locator => place.getByRole("table", { name });

/** The next exercise that a student's page gets. To be called before what makes the page ask for it. */
export async function given(page: Page): Promise<Schemas["Practice"]> {
  const answer = await page.waitForResponse(
    (each) => each.request().method() === "POST" && each.url().endsWith("/v1/practice/next") && each.ok(),
  );
  return ((await answer.json()) as { data: Schemas["Practice"] }).data;
}

/** What the API found about the next answer that a page sends. To be called before it does. */
export async function found(page: Page): Promise<Schemas["Attempt"]> {
  const answer = await page.waitForResponse((each) => each.request().method() === "POST" && each.url().endsWith("/v1/attempts") && each.ok());
  return ((await answer.json()) as { data: Schemas["Attempt"] }).data;
}

/** A grown-up of the demo school at the API itself. */
export async function calling(tiza: Tiza, email: string): Promise<TizaClient> {
  const client = createClient({ baseUrl: tiza.api });
  await client.signIn({ email, password: PASSWORD });
  return client;
}

/** The demo student at the API itself. */
export async function callingStudent(tiza: Tiza): Promise<TizaClient> {
  const client = createClient({ baseUrl: tiza.api });
  await client.signIn({ class_code: "TZA5-5AAA", username: "ana.g", pin: "2468" });
  return client;
}
