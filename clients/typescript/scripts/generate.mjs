// What `src/` has from the OpenAPI document: the types of `schema.ts`, the lists of `facts.ts`.
//
//     node scripts/generate.mjs DOCUMENT            write both
//     node scripts/generate.mjs DOCUMENT --check    say whether they are as the document has it; exit code 1 if not

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const SOURCE = new URL("../src/", import.meta.url);
const MADE = "// Made by `make client` from the OpenAPI document. Do not change it by hand.\n";
const METHODS = ["get", "put", "post", "patch", "delete"];
// The client sends these itself, so nobody has to give them.
const OWN_HEADERS = new Set(["Idempotency-Key", "If-None-Match"]);

/** Each operation of the document with its method and path. */
function* operations(document) {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) if (item[method]) yield { method, path, operation: item[method] };
  }
}

/** `value` without what types do not show: examples, and the words about them. */
function withoutExamples(value) {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (value === null || typeof value !== "object") return value;
  const isSchemaMap = (key) => key === "properties" || key === "schemas";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "example" && key !== "examples")
      .map(([key, part]) => [
        key,
        isSchemaMap(key)
          ? Object.fromEntries(Object.entries(part).map(([name, each]) => [name, withoutExamples(each)]))
          : withoutExamples(part),
      ]),
  );
}

/** The names of the schemas that `value` refers to, those that they refer to included. */
function referred(value, schemas, found = new Set()) {
  for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    referred(schemas[name], schemas, found);
  }
  return found;
}

/**
 * The document as the client's user needs it: errors are thrown as `TizaError` and the client sees to the
 * headers, so neither has a type for each operation; a field that has a default is in every answer.
 */
function slim(document) {
  const found = withoutExamples(document);
  const asked = new Set();
  for (const { operation } of operations(found)) {
    operation.parameters = operation.parameters.filter((each) => !OWN_HEADERS.has(each.name));
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
    operation.responses = Object.fromEntries(answers.map(([status, { headers, ...rest }]) => [status, rest]));
    for (const name of referred(operation.requestBody ?? {}, found.components.schemas)) asked.add(name);
  }
  for (const [name, schema] of Object.entries(found.components.schemas)) {
    if (!asked.has(name) && schema.properties)
      schema.required = Object.keys(schema.properties).filter(
        (field) => schema.required?.includes(field) || "default" in schema.properties[field],
      );
  }
  const { responses, headers, ...components } = found.components;
  return { ...found, components };
}

/** `schema.ts`: the types of paths, operations and schemas. */
async function schemaText(document) {
  return MADE + astToString(await openapiTS(slim(document), { defaultNonNullable: false }));
}

/** `facts.ts`: what the client must know at run time, or by type, and `schema.ts` does not say. */
function factsText(document) {
  const takers = (name) =>
    [...operations(document)].filter(({ operation }) =>
      operation.parameters.some((each) => each.name === name),
    );
  const list = (values) => values.map((value) => `  ${JSON.stringify(value)},\n`).join("");
  const codes = document.components.schemas.Error.properties.error.properties.code.enum;
  const keyed = takers("Idempotency-Key").map(({ method, path }) => `${method} ${path}`);
  const tagged = takers("If-None-Match").map(({ path }) => path);
  return (
    MADE +
    `\n/** Every code that an error of the API may have. */\nexport const ERROR_CODES = [\n${list(codes)}] as const;\n` +
    `\n/** The operations that take an \`Idempotency-Key\`. */\n` +
    `export const KEYED: ReadonlySet<string> = new Set([\n${list(keyed)}]);\n` +
    `\n/** The paths whose answer to GET has an \`ETag\`. */\nexport type TaggedPath =\n` +
    tagged
      .map((path) => `  | ${JSON.stringify(path)}\n`)
      .join("")
      .trimEnd() +
    ";\n"
  );
}

const [file, option] = process.argv.slice(2);
const document = JSON.parse(await readFile(file, "utf8"));
const made = { "schema.ts": await schemaText(document), "facts.ts": factsText(document) };
for (const [name, text] of Object.entries(made)) {
  if (option !== "--check") {
    await writeFile(new URL(name, SOURCE), text);
  } else if (text !== (await readFile(new URL(name, SOURCE), "utf8").catch(() => ""))) {
    console.error(`clients/typescript/src/${name} is not as the API has it: run \`make client\`.`);
    process.exitCode = 1;
  }
}
