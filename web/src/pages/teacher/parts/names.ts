/** Names for the ids that the API gives. */

import { isTizaError, pages } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useQuery } from "../../../query";
import { client } from "../../../session";

/** Names by id; null of what one may not see any more. An id that is not in it is still being read. */
export type Names = ReadonlyMap<string, string | null>;

function useNames(ids: readonly (string | null)[], read: (id: string) => Promise<string>): Names {
  const [names, setNames] = useState<Names>(new Map());
  const asked = useRef(new Set<string>());
  const wanted = [...new Set(ids.filter((id) => id !== null))].sort();
  useEffect(() => {
    for (const id of wanted) {
      if (asked.current.has(id)) continue;
      asked.current.add(id);
      const put = (name: string | null) => setNames((last) => new Map(last).set(id, name));
      read(id).then(put, (error: unknown) => {
        const isGone = isTizaError(error, "NOT_FOUND");
        if (!isGone) asked.current.delete(id); // another time
        put(isGone ? null : "…");
      });
    }
  }, [wanted.join(" ")]);
  return names;
}

/** The names of people of the school. */
export const usePeople = (ids: readonly (string | null)[]): Names =>
  useNames(ids, async (id) => (await client.get("/v1/users/{user_id}", { path: { user_id: id } })).name);

/** The names of bugs. */
export const useBugNames = (ids: readonly (string | null)[]): Names =>
  useNames(ids, async (id) => (await client.get("/v1/bugs/{bug_id}", { path: { bug_id: id } })).name);

/** All skills, in the order in which they are learnt. */
export const useSkills = () =>
  useQuery((signal) => all(pages(client, "/v1/skills", { query: { limit: 100 }, signal })), []);

/** The bugs that are known of a topic. */
export const useCatalogue = (topic: string | undefined) =>
  useQuery((signal) => all(pages(client, "/v1/bugs", { query: { limit: 100, ...(topic && { topic }) }, signal })), [topic]);

/** Whether a list was read with all these names, now or before: what was shown once stays. */
export function useOnceNamed(isRead: boolean, ...lists: { ids: readonly (string | null)[]; names: Names }[]): boolean {
  const was = useRef(false);
  was.current ||= isRead && lists.every(({ ids, names }) => ids.every((id) => id === null || names.has(id)));
  return was.current;
}

/** A class, by its id. */
export const useClassroom = (id: string) =>
  useQuery((signal) => client.get("/v1/classrooms/{classroom_id}", { path: { classroom_id: id }, signal }), [id]);

/** All items of a list. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

