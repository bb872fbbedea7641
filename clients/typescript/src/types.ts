/** What goes in and comes out of each operation, worked out from the generated `paths`. */

import type { components, paths } from "./schema.js";

export type Schemas = components["schemas"];
export type Method = "get" | "put" | "post" | "patch" | "delete";

/** The paths that have this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: [NonNullable<paths[P][M]>] extends [never] ? never : P;
}[keyof paths];

export type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;

type Parameters<O, Place extends "path" | "query"> = O extends { parameters: infer All }
  ? Place extends keyof All
    ? NonNullable<All[Place]>
    : never
  : never;
type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : never;
type Contents<O> = O extends { responses: infer R }
  ? { [S in keyof R]: R[S] extends { content: infer C } ? NonNullable<C> : never }[keyof R]
  : never;
type Json = "application/json";

/** An option of this name; none where the operation takes no such thing. */
type Field<Name extends string, Value> = [Value] extends [never]
  ? { [N in Name]?: never }
  : { [N in Name]: Value };
/** The same, which may be left out where nothing in it is required. */
type LooseField<Name extends string, Value> = {} extends Value ? { [N in Name]?: Value } : Field<Name, Value>;

/** The media types, other than JSON, in which the answer may be had. */
export type OtherForm<O> = Exclude<keyof Contents<O>, Json> & string;

/** The `data` of the answer; text where another form is asked for, or there is no other. */
export type Data<O, Form extends string = Json> = [Contents<O>] extends [never]
  ? undefined
  : Form extends keyof Contents<O>
    ? Form extends Json
      ? Contents<O>[Form] extends { data: infer D }
        ? D
        : unknown
      : string
    : string;

/** The `meta` of the answer. */
export type Meta<O> =
  Contents<O> extends { "application/json": { meta: infer M } } ? M : Record<string, never>;

export interface CommonOptions {
  /** Ends the call, with all its waiting and trying again. */
  signal?: AbortSignal;
  /** The `Idempotency-Key`, in place of a random one: the same for what shall be done once. */
  idempotencyKey?: string;
  /** The `ETag` of the answer that one has. */
  ifNoneMatch?: string;
}

/** What a call takes: `path`, `query` and `body` as the operation has them. */
export type Options<O, Form extends string = Json> = CommonOptions &
  Field<"path", Parameters<O, "path">> &
  LooseField<"query", Parameters<O, "query">> &
  Field<"body", Body<O>> & { accept?: Form };

/** The options as an argument, which may be left out where nothing in it is required. */
export type Arguments<O, Form extends string> =
  {} extends Options<O, Form> ? [options?: Options<O, Form>] : [options: Options<O, Form>];

/** The paths whose GET answers with pages. */
export type ListPath = {
  [P in PathOf<"get">]: Meta<Operation<P, "get">> extends { next_cursor: string | null } ? P : never;
}[PathOf<"get">];

/** One item of a list. */
export type Item<P extends ListPath> = Data<Operation<P, "get">> extends readonly (infer I)[] ? I : never;
