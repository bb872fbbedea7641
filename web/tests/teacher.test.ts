import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import { DESKTOP, launch, PHONE, sound, visitor } from "./browser.js";
import { be, found, speak, STUDENT, table, TEACHER, title } from "./people.js";
import { Tiza } from "./tiza.js";

const ADDRESS = "nuria@escuela.example";
const PASSWORD = "a long enough password";
const BUG = "subtraction.smaller_from_larger";
const ROSTER = {
  users: "sourcedId,role,username,givenName,familyName,email\ns1,student,ada.l,Ada,López,\ns2,student,noa.p,Noa,Pérez,\ns3,student,,Nobody,Named,\n",
  classes: "sourcedId,title,grades\nc1,6B,06\n",
  enrollments: "sourcedId,classSourcedId,userSourcedId,role\ne1,c1,s1,student\ne2,c1,s2,student\n",
};

let tiza: Tiza;
let browser: Browser;

before(async () => {
  [tiza, browser] = await Promise.all([Tiza.start(), launch()]);
});
after(async () => {
  await browser?.close();
  await tiza?.stop();
});

const open = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).click();
const choose = (page: Page, label: string | RegExp, option: string) => page.getByRole("combobox", { name: label }).selectOption(option);
const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("from nothing to a heat map: a school, a class, students, an answer, its correction, practice", async () => {
  const { page, complaints, close } = await visitor(browser);
  const student = await visitor(browser, { viewport: PHONE });
  page.on("dialog", (question) => void question.accept());
  await beginSchool(page);
  await makeStudent(page);
  await importRoster(page);
  await signIn(student.page, await printedPin(page, "Ada López"));
  const exercise = await assign(page, "Borrowing");
  await answerWrongly(student.page, "Borrowing", exercise);
  await page.reload();
  await page.getByRole("definition").filter({ hasText: /^1 of \d+$/ }).waitFor();
  await correct(page, "Ada López");
  assert.deepEqual([...complaints, ...student.complaints], []);
  await student.close();
  await close();
});

/** A school of one's own, confirmed by the link of a mail. */
async function beginSchool(page: Page): Promise<void> {
  await page.goto(`${tiza.web}/register`);
  await choose(page, "I am", "a teacher who begins a school here");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Nuria Docente");
  await page.getByRole("textbox", { name: "Name of the school" }).fill("Escuela Nueva");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(ADDRESS);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await page.getByText("We have sent you a mail.").waitFor();
  await page.goto(await tiza.linkOfMail(ADDRESS, "verify-email"));
  await page.getByText("Your address is confirmed.").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  const form = page.getByRole("form", { name: "I am a teacher or a parent" });
  await form.getByLabel("E-mail address").fill(ADDRESS);
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("You have no class yet.").waitFor();
  await sound(page, "classes-none-desktop-light");
}

/** A class, and a student in it, by hand. */
async function makeStudent(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Name of the class" }).fill("5A");
  await page.getByRole("button", { name: "Make the class" }).click();
  await title(page, "Class 5A");
  const form = page.getByRole("form", { name: "Make a student" });
  await form.getByRole("textbox", { name: "Name", exact: true }).fill("Iker Sanz");
  await form.getByRole("textbox", { name: "User name" }).fill("iker.s");
  await form.getByRole("textbox", { name: "PIN" }).fill("135790");
  await form.getByRole("button", { name: "Make the student" }).click();
  await table(page, "Teachers and students of this class").getByRole("link", { name: "Iker Sanz" }).waitFor();
}

/** Another class and its students from files, which change nothing until one says so. */
async function importRoster(page: Page): Promise<void> {
  await lookThrough(page);
  await page.getByRole("heading", { name: "2. What the import would do" }).waitFor();
  assert.equal(await table(page, "Line by line").getByRole("row").count(), 1 + 1, "the one refused line is shown first");
  await sound(page, "roster-dry-run-desktop-light");
  await open(page, "Classes");
  await page.getByRole("link", { name: "5A" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "6B" }).count(), 0, "looking through changed something");

  await lookThrough(page);
  await page.getByRole("button", { name: "Import now" }).click();
  await page.getByText("Imported.", { exact: true }).waitFor();
}

async function lookThrough(page: Page): Promise<void> {
  await open(page, "Roster");
  await page.getByLabel("People (users.csv)").setInputFiles(csv("users.csv", ROSTER.users));
  await page.getByLabel("Classes (classes.csv)").setInputFiles(csv("classes.csv", ROSTER.classes));
  await page.getByLabel("Who is in which class").setInputFiles(csv("enrollments.csv", ROSTER.enrollments));
  await page.getByRole("button", { name: "Look through them" }).click();
}

interface Login {
  code: string;
  username: string;
  pin: string;
}

/** How a student of the imported class signs in, off the sheet that is printed once. */
async function printedPin(page: Page, name: string): Promise<Login> {
  await open(page, "Classes");
  await page.getByRole("link", { name: "6B" }).click();
  await open(page, "Students and codes");
  await page.getByRole("button", { name: "New PINs for those who have none" }).click();
  const pins = table(page, "PINs of class 6B").getByRole("row", { name: new RegExp(`^${name}`) });
  await pins.waitFor();
  const [code, username, pin] = await pins.getByRole("cell").allInnerTexts();
  await page.getByRole("button", { name: "I have them; hide the PINs" }).click();
  return { code: code!, username: username!, pin: pin! };
}

async function signIn(page: Page, { code, username, pin }: Login): Promise<void> {
  await page.goto(tiza.web);
  const form = page.getByRole("form", { name: "I am a student" });
  await form.getByRole("textbox", { name: "Class code" }).fill(code);
  await form.getByRole("textbox", { name: "User name" }).fill(username);
  await form.getByLabel("PIN").fill(pin);
  await form.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("textbox", { name: "Your answer" }).waitFor();
}

interface Provoking {
  problem: string;
  /** What a student with the bug answers. */
  wrong: string;
}

/** Practice against a bug for the whole class; its first exercise. */
async function assign(page: Page, name: string): Promise<Provoking> {
  await open(page, "Assign practice");
  await choose(page, "Bug", "Subtraction: Smaller from larger");
  await page.getByRole("textbox", { name: "Title" }).fill(name);
  const first = table(page, "These exercises would be set").getByRole("row").filter({ hasText: /^\d+ - \d+/ }).first();
  const problem = await first.getByRole("rowheader").innerText();
  const [, wrong] = await first.getByRole("cell").allInnerTexts();
  await sound(page, "assign-filled-desktop-light");
  await page.getByRole("button", { name: "Set the assignment" }).click();
  await title(page, name);
  return { problem, wrong: wrong! };
}

async function answerWrongly(page: Page, name: string, { problem, wrong }: Provoking): Promise<void> {
  await open(page, "Assignments");
  await open(page, name);
  await page.getByText(problem.replace("-", "−")).waitFor();
  await page.getByRole("textbox", { name: "Your answer" }).fill(wrong);
  const attempt = found(page);
  await page.getByRole("button", { name: "Check" }).click();
  const { candidates } = (await attempt).diagnosis;
  assert.ok(candidates.some(({ bug }) => bug === BUG), "the bug that the exercise provokes is not found");
  await page.getByRole("heading", { name: candidates[0]!.name }).waitFor();
  await table(page, `${problem}, written in columns`).waitFor();
}

/** From the heat map to a student's answer and its trace, and the teacher's word on it. */
async function correct(page: Page, name: string): Promise<void> {
  await open(page, "← Assignments of the class");
  await open(page, "Heat map");
  const map = table(page, "Students by skills: how sure it is that each one is known");
  await map.getByRole("link", { name }).click();
  await title(page, name);
  await page.getByRole("heading", { name: "How it went" }).waitFor();
  await open(page, "Answers");
  await page.getByRole("listitem").getByRole("button", { name: "✗ Wrong" }).click();
  await table(page, /, written in columns$/).first().waitFor();
  await sound(page, "answer-open-desktop-light");
  await page.getByRole("button", { name: "Correct this diagnosis" }).click();
  await page.getByRole("combobox", { name: "The bug behind it" }).getByRole("option").nth(1).waitFor({ state: "attached" });
  await choose(page, "The bug behind it", "None of those that are known");
  await page.getByRole("textbox", { name: "A word to the student" }).fill("Come and see me.");
  await page.getByRole("button", { name: "Save the correction" }).click();
  await page.getByText("Corrected. What is known").waitFor();
  await page.getByText("What was said of it before").click();
  await page.getByText("counts now").waitFor();
}

for (const [size, viewport, language] of [["desktop", DESKTOP, "English"], ["phone", PHONE, "Español"]] as const) {
  const isSpanish = language === "Español";
  const say = (english: string, spanish: string) => (isSpanish ? spanish : english);

  test(`a teacher reads a class of the demo school on a ${size} in ${language}`, async () => {
    const { page, complaints, close } = await visitor(browser, { viewport });
    await be(page, tiza, TEACHER);
    await speak(page, language);
    await page.getByRole("link", { name: "5A" }).click();
    const map = table(page, say("Students by skills: how sure it is that each one is known", "Estudiantes por destrezas: con qué seguridad se sabe cada una"));
    await map.getByRole("rowheader", { name: STUDENT }).waitFor();
    await table(page, say("Which bugs were seen, the most shared first", "Qué errores se han visto, primero los más compartidos")).waitFor();

    await open(page, say("Who to see first", "A quién ver primero"));
    await page.getByRole("main").getByRole("list").getByRole("heading", { level: 3 }).first().waitFor();
    await open(page, say("Bugs and groups", "Errores y grupos"));
    await page.getByRole("link", { name: say("Assign practice against", "Poner práctica contra") }).first().click();
    await table(page, say("These exercises would be set", "Se pondrían estos ejercicios")).waitFor();
    assert.ok((await page.getByRole("checkbox", { checked: true }).count()) > 1, "the group is not chosen");

    await open(page, say("Alerts", "Avisos"));
    const first = page.getByRole("button", { name: say("I have dealt with it", "Ya lo he atendido") }).first();
    const name = (await first.getAttribute("aria-label"))!;
    await first.click();
    await page.getByText(say("Noted: you have dealt with it.", "Anotado: ya lo has atendido.")).waitFor();
    await page.getByRole("button", { name, exact: true }).waitFor({ state: "detached" });
    assert.deepEqual(complaints, []);
    await speak(page, "English");
    await close();
  });
}
