import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import ts from "typescript";

const ROOT = new URL("../../", import.meta.url);
const run = promisify(execFile);

test("every example of the README compiles against the built package, in strict mode", async () => {
  const text = await readFile(new URL("README.md", ROOT), "utf8");
  const examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]!);
  assert.ok(examples.length >= 5);
  const folder = new URL("build/readme/", ROOT);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = examples.map((_, index) => new URL(`example-${index}.ts`, folder).pathname);
  await Promise.all(examples.map((example, index) => writeFile(files[index]!, example)));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const faults = ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
  assert.deepEqual(faults, []);
});

test("no example is longer than a dozen lines", async () => {
  const text = await readFile(new URL("README.md", ROOT), "utf8");
  for (const [, example] of text.matchAll(/```ts\n(.*?)```/gs))
    assert.ok(example!.trim().split("\n").length <= 12, example);
});

test("the package holds what was built and nothing else", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: ROOT });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const others = files.map(({ path }) => path).filter((path) => !path.startsWith("dist/"));
  assert.deepEqual(others.sort(), ["README.md", "package.json"]);
  const client = (await import("@tiza/client" as string)) as Record<string, unknown>;
  assert.equal(typeof client["createClient"], "function");
});

test("no file names a registry", async () => {
  const lock = await readFile(new URL("package-lock.json", ROOT), "utf8");
  assert.doesNotMatch(lock, /"resolved"|https?:\/\/registry/);
});
