/** What Tiza believes of the student's skills, and how an answer has moved it. */

import type { Schemas } from "@tiza/client";
import { useCallback, useEffect, useRef } from "preact/hooks";

import { useQuery } from "../../query";
import { client } from "../../session";

export type Attempt = Schemas["Attempt"];
export type Skill = Schemas["Skill"];

/** One skill before an answer and after it; `before` is undefined where nothing was known of it. */
export interface Move {
  id: string;
  name: string;
  before: number | undefined;
  after: number;
  level: Schemas["SkillStep"]["level"];
}

/** All skills, in their order. */
export function useSkills() {
  return useQuery((signal) => client.get("/v1/skills", { query: { limit: 100 }, signal }), []);
}

/** A function that says how an answer has moved what was believed before it; to be called once for each. */
export function useMoves(studentId: string, skills: readonly Skill[] | undefined): (attempt: Attempt) => Move[] {
  const known = useRef(new Map<string, number>());
  const mastery = useQuery(
    (signal) => client.get("/v1/students/{student_id}/mastery", { path: { student_id: studentId }, signal }),
    [studentId],
  );
  useEffect(() => {
    for (const skill of mastery.data?.skills ?? []) known.current.set(skill.skill_id, skill.p_known);
  }, [mastery.data]);

  return useCallback(
    (attempt) =>
      attempt.mastery.map(({ skill_id: id, p_known: after, level }) => {
        const before = known.current.get(id);
        known.current.set(id, after);
        return { id, name: skills?.find((skill) => skill.id === id)?.name ?? "", before, after, level };
      }),
    [skills],
  );
}
