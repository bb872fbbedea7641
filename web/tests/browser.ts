/** Chromium as it is installed, and pages in it that fail a test when they complain. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const SHOTS = process.env["TIZA_SHOTS"];

const PATIENCE_MS = 15_000; // with what should appear

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** The browser. `CHROMIUM` says where it is, where that is not on the path. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] || installed() });
}

function installed(): string {
  for (const name of NAMES) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      continue; // not this one
    }
  }
  throw new Error("No Chromium here. Install it (Debian: apt-get install chromium), or say where it is: CHROMIUM=...");
}

/** A visitor: a page of its own session, and whatever it complained about. */
export interface Visitor {
  page: Page;
  /** Scripts that failed, and what the content security policy refused. */
  complaints: string[];
  close: () => Promise<void>;
}

/** Somebody with a fresh browser. */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) complaints.push(line.text());
  });
  return { page, complaints, close: () => context.close() };
}

/** What axe finds wrong with the page as it is now: one line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE); // as the browser's own console would: the page's policy does not hold for it
  const found = await page.evaluate(async (tags) => {
    const axe = (globalThis as unknown as { axe: { run: (where: Document, options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe;
    return (await axe.run(document, { runOnly: { type: "tag", values: tags } })).violations;
  }, RULES);
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} ${node.failureSummary ?? ""}`));
}

/** Axe finds nothing wrong with the page as it is now, nor does it scroll sideways; a picture of it is kept. */
export async function sound(page: Page, name: string): Promise<void> {
  assert.deepEqual(await violations(page), [], name);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${name} is too wide`);
  await shot(page, name);
}

/** Keep a picture of the page, where `TIZA_SHOTS` names a folder for them. */
export async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}
