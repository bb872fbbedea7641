"""Attempts: answers of students, and what was found about them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.schemas.base import (
    EXAMPLE_ID,
    Id,
    In,
    Known,
    Level,
    Moment,
    Out,
    PageQuery,
    Probability,
    Problem,
    Topic,
)

Answer = Annotated[
    str, Meta(max_length=500, description="The answer as the student wrote it.", examples=["375"])
]
Steps = Annotated[
    list[Annotated[str, Meta(max_length=500)]],
    Meta(
        max_length=50,
        description="The lines of the student's work, first to last.",
        examples=[["503 - 278 = 375"]],
    ),
]
Verdict = Annotated[
    Literal["correct", "not_simplified", "incorrect", "unreadable"],
    Meta(
        description="`not_simplified` counts as right; `unreadable`, not in the grammar, is never wrong.",
        examples=["incorrect"],
    ),
]
Status = Annotated[
    Literal["final", "pending"],
    Meta(description="`pending`: a later diagnosis may replace this one.", examples=["final"]),
]
BugId = Annotated[
    str,
    Meta(
        description="The catalogue's id; two bugs at once are `id+id`, a single slip is `slip.<kind>`.",
        examples=["subtraction.smaller_from_larger"],
    ),
]
BugName = Annotated[
    str, Meta(description="Its name in the caller's language.", examples=["Smaller from larger"])
]
Expected = Annotated[
    Annotated[str, Meta(examples=["225"])] | None,
    Meta(description="The right answer. Null where the answer could not be read: it may be given again."),
]
ClientId = Annotated[
    Id | None, Meta(description="A key made on the device: an attempt sent twice is stored once.")
]
AnsweredAt = Annotated[
    Moment,
    Meta(description="When it was answered, if that was earlier: up to 30 days ago, by the device's clock."),
]


class SubmitAttempt(In):
    """An answer to an exercise or to a problem, one of the two."""

    answer: Answer
    exercise_id: Id | UnsetType = UNSET
    problem: Problem | UnsetType = UNSET
    steps: Steps = field(default_factory=list)
    client_id: ClientId = None
    answered_at: AnsweredAt | UnsetType = UNSET

    def __post_init__(self) -> None:
        if (self.exercise_id is UNSET) == (self.problem is UNSET):
            raise ValueError("Give either `exercise_id` or `problem`")


Submission = Annotated[
    SubmitAttempt,
    Meta(
        examples=[
            {"problem": "503 - 278", "answer": "375"},
            {"exercise_id": EXAMPLE_ID, "answer": "375", "steps": ["503 - 278 = 375"]},
        ],
        extra_json_schema={"oneOf": [{"required": ["exercise_id"]}, {"required": ["problem"]}]},
    ),
]


class TraceLine(Out):
    """One line of the work, such as one column of a subtraction."""

    place: Annotated[str, Meta(description="Its name; empty where the work is one line.", examples=["ones"])]
    wrote: Annotated[str, Meta(description="What the student puts down.", examples=["5"])]
    right: Annotated[str, Meta(description="What is right there.", examples=["5"])]
    text: Annotated[str, Meta(description="The work in words.", examples=["8 - 3 = 5"])]
    first_departure: Annotated[
        bool, Meta(description="Whether the work first goes wrong here.", examples=[True])
    ]


class Candidate(Out):
    """One explanation of a wrong answer: a procedure that gives exactly this answer."""

    bug: BugId
    probability: Probability
    name: BugName
    explanation: Annotated[str, Meta(examples=["Takes the smaller digit from the larger in each column."])]
    trace: list[TraceLine]


class WrongStep(Out):
    """The first wrong line of the student's steps."""

    step: Annotated[int, Meta(ge=0, description="Which of `steps`, the first being 0.", examples=[0])]
    line: Annotated[str, Meta(examples=["503 - 278 = 375"])]
    expected: Annotated[str, Meta(description="What is right in its place.", examples=["225"])]


class Diagnosis(Out):
    """What was found about an answer."""

    source: Annotated[
        Literal["rule", "llm", "human"],
        Meta(description="Who found it: the engine, the language model or a teacher.", examples=["rule"]),
    ]
    candidates: Annotated[
        list[Candidate], Meta(description="Most probable first; empty unless the verdict is `incorrect`.")
    ]
    unexplained: Annotated[
        Probability,
        Meta(description="Left to none of these. With the candidates it sums to 1.", examples=[0.06]),
    ]
    wrong_step: WrongStep | None
    comment: Annotated[
        str | None,
        Meta(
            description="The teacher's word on it, where one has corrected it.",
            examples=["You did borrow; the mistake is in the hundreds."],
        ),
    ]


class SkillStep(Out):
    """How the answer moved the belief about one skill."""

    skill_id: Id
    p_known: Annotated[Known, Meta(description="The probability that the skill is known, after it.")]
    level: Level


class Attempt(Out):
    """An answer and what was found about it."""

    id: Id
    student_id: Id
    exercise_id: Annotated[Id | None, Meta(description="Null where a problem was given instead.")]
    topic: Topic
    problem: Problem
    answer: Answer
    steps: Steps
    verdict: Verdict
    status: Status
    expected: Expected
    diagnosis: Diagnosis
    mastery: Annotated[
        list[SkillStep], Meta(description="The skills that it counted towards; none where it was unreadable.")
    ]
    client_id: ClientId
    answered_at: Moment
    created_at: Moment
    updated_at: Moment


class AttemptSummary(Out):
    """An answer in a list, with the most probable bug."""

    id: Id
    student_id: Id
    exercise_id: Annotated[Id | None, Meta(description="Null where a problem was given instead.")]
    topic: Topic
    problem: Problem
    answer: Answer
    verdict: Verdict
    status: Status
    expected: Expected
    bug: BugId | None
    bug_name: BugName | None
    probability: Annotated[Probability | None, Meta(description="Of that bug.")]
    answered_at: Moment
    updated_at: Moment


class AttemptQuery(PageQuery):
    """Filters for the list of attempts."""

    student_id: Id | UnsetType = UNSET
    skill_id: Id | UnsetType = UNSET
    topic: Topic | UnsetType = UNSET
    verdict: Verdict | UnsetType = UNSET
    updated_since: Annotated[
        Moment | UnsetType, Meta(description="Only what is new, or was diagnosed anew, since then.")
    ] = UNSET
