/** A list, item by item, over all its pages. */

import type { TizaClient } from "./client.js";
import type { Arguments, Item, ListPath, Operation } from "./types.js";

/**
 * The items of the list at `path`, fetching the next page when it is come to. Items that come or go meanwhile
 * neither repeat nor hide others. Throws what a call throws.
 *
 *     for await (const attempt of pages(tiza, "/v1/attempts", { query: { topic: "algebra" } })) ...
 */
export async function* pages<P extends ListPath>(
  client: TizaClient,
  path: P,
  ...[options]: Arguments<Operation<P, "get">, "application/json">
): AsyncGenerator<Item<P>, void, undefined> {
  const call = client.call as unknown as (method: "get", path: P, options: unknown) => Promise<Page<Item<P>>>;
  let query: Record<string, unknown> = { ...(options as { query?: object } | undefined)?.query };
  for (;;) {
    const { data, meta } = await call("get", path, { ...options, query });
    yield* data;
    if (meta.next_cursor === null) return;
    query = { ...query, cursor: meta.next_cursor };
  }
}

interface Page<I> {
  data: I[];
  meta: { next_cursor: string | null };
}
