/** Makes the picture at the top of README: a wrong answer, and what Tiza says of it. */

import { join } from "node:path";

import { launch, visitor } from "./browser.js";
import { mistake } from "./engine.js";
import { be, calling, callingStudent, STUDENT, table } from "./people.js";
import { CHECKOUT, Tiza } from "./tiza.js";

const PROBLEMS = ["503 - 278", "824 - 356", "640 - 275"];
const BUG = "subtraction.smaller_from_larger";

/** An assignment for the demo student; its id. */
async function assigned(tiza: Tiza): Promise<string> {
  const teacher = await calling(tiza, "teacher@tiza.example");
  const skill = (await teacher.get("/v1/skills", { query: { limit: 100 } })).find(({ slug }) => slug === "subtraction")!;
  const exercise_ids = [];
  for (const problem of PROBLEMS) {
    exercise_ids.push((await teacher.post("/v1/exercises", { body: { problem, skill_ids: [skill.id], difficulty: 0 } })).id);
  }
  const classroom = (await teacher.get("/v1/classrooms")).find(({ name }) => name === "5A")!;
  const student = await (await callingStudent(tiza)).get("/v1/me");
  const made = await teacher.post("/v1/assignments", { body: { classroom_id: classroom.id, title: "Borrowing", exercise_ids, student_ids: [student.id] } });
  return made.id;
}

const tiza = await Tiza.start();
const browser = await launch();
try {
  const id = await assigned(tiza);
  const { page } = await visitor(browser, { viewport: { width: 1000, height: 900 }, colorScheme: "light", reducedMotion: "reduce" });
  await be(page, tiza, STUDENT);
  await page.goto(`${tiza.web}/assignments/${id}`);
  await page.getByRole("textbox", { name: "Your answer" }).fill(mistake(PROBLEMS[0]!, BUG));
  await page.getByRole("button", { name: "Check" }).click();
  await table(page, `${PROBLEMS[0]}, written in columns`).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(CHECKOUT, "docs/tiza.png") });
} finally {
  await browser.close();
  await tiza.stop();
}
