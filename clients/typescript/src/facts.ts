// Made by `make client` from the OpenAPI document. Do not change it by hand.

/** Every code that an error of the API may have. */
export const ERROR_CODES = [
  "VALIDATION_ERROR",
  "PROBLEM_SYNTAX_ERROR",
  "INVALID_CURSOR",
  "UNAUTHORIZED",
  "INVALID_CREDENTIALS",
  "EMAIL_NOT_VERIFIED",
  "FORBIDDEN",
  "CONSENT_REQUIRED",
  "NOT_FOUND",
  "CONFLICT",
  "IDEMPOTENCY_KEY_REUSED",
  "REQUEST_IN_PROGRESS",
  "INVALID_CODE",
  "INVALID_ONE_TIME_TOKEN",
  "TOKEN_JUST_REPLACED",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "RATE_LIMITED",
  "ACCOUNT_LOCKED",
  "BUDGET_SPENT",
  "QUOTA_SPENT",
  "INTERNAL_ERROR",
  "UNAVAILABLE",
  "SWITCHED_OFF",
  "MODEL_UNAVAILABLE",
] as const;

/** The operations that take an `Idempotency-Key`. */
export const KEYED: ReadonlySet<string> = new Set([
  "post /v1/schools/{school_id}/invites",
  "post /v1/users",
  "post /v1/users/{user_id}/link-codes",
  "post /v1/families/links",
  "post /v1/classrooms",
  "post /v1/classrooms/join",
  "post /v1/classrooms/{classroom_id}/invites",
  "post /v1/skills",
  "post /v1/exercises",
  "post /v1/exercises/generate",
  "post /v1/exercises/{exercise_id}/story",
  "post /v1/attempts",
  "post /v1/attempts/{attempt_id}/override",
  "post /v1/attempts/{attempt_id}/report",
  "post /v1/assignments",
  "post /v1/practice/next",
  "post /v1/photos/{photo_id}/lines",
  "post /v1/tutor/sessions",
]);

/** The paths whose answer to GET has an `ETag`. */
export type TaggedPath =
  | "/openapi.json"
  | "/docs"
  | "/v1/me"
  | "/v1/schools/{school_id}"
  | "/v1/families/children/{student_id}/consents"
  | "/v1/users/{user_id}/consents"
  | "/v1/classrooms"
  | "/v1/classrooms/{classroom_id}"
  | "/v1/classrooms/{classroom_id}/members"
  | "/v1/skills"
  | "/v1/skills/{skill_id}"
  | "/v1/exercises"
  | "/v1/exercises/{exercise_id}"
  | "/v1/bugs"
  | "/v1/bugs/{bug_id}"
  | "/v1/attempts"
  | "/v1/attempts/{attempt_id}"
  | "/v1/attempts/{attempt_id}/diagnoses"
  | "/v1/reviews"
  | "/v1/students/{student_id}/mastery"
  | "/v1/students/{student_id}/mastery/history"
  | "/v1/classrooms/{classroom_id}/mastery"
  | "/v1/classrooms/{classroom_id}/bugs"
  | "/v1/classrooms/{classroom_id}/groups"
  | "/v1/classrooms/{classroom_id}/attention"
  | "/v1/assignments"
  | "/v1/assignments/{assignment_id}"
  | "/v1/assignments/{assignment_id}/progress"
  | "/v1/assignments/{assignment_id}/students/{student_id}"
  | "/v1/photos"
  | "/v1/tutor/sessions"
  | "/v1/tutor/sessions/{session_id}"
  | "/v1/tutor/sessions/{session_id}/messages"
  | "/v1/students/{student_id}/tutor-use"
  | "/v1/guides"
  | "/v1/guides/{guide_id}/versions"
  | "/v1/guides/{guide_id}/submissions"
  | "/v1/guides/{guide_id}/submissions/{submission_id}"
  | "/v1/guides/{guide_id}/results"
  | "/v1/guides/{guide_id}/students/{student_id}"
  | "/v1/alerts"
  | "/v1/alerts/{alert_id}";
