/** Wrong answers as a student gives them who has a bug: by the diagnosis engine itself. */

import { execFileSync } from "node:child_process";

import { CHECKOUT, PYTHON } from "./tiza.js";

const MISTAKE = `
import sys
from chalicelib.diagnosis import bugs, diagnose, parse_problem, simulate

problem, *wanted = sys.argv[1:]
for bug in [*wanted, *(bug.id for bug in bugs(parse_problem(problem).topic))]:
    answer = simulate(bug, problem)
    if answer is not None and diagnose(problem, answer).candidates:
        print(answer)
        break
`;

/** What a student answers to `problem` who has `bug`; where that leads to nothing wrong, another bug of its topic. */
export function mistake(problem: string, bug?: string): string {
  return python(MISTAKE, problem, ...(bug ? [bug] : []));
}

/** Whether photos are read here without a language model. */
export function readsPhotos(): boolean {
  return python("from dev import reader; print(reader.is_installed())") === "True";
}

function python(program: string, ...given: string[]): string {
  return execFileSync(PYTHON, ["-c", program, ...given], { cwd: CHECKOUT, encoding: "utf8" }).trim();
}
