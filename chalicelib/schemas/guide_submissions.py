"""What students hand in of worksheets, what it is worth, and what came of a worksheet."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.schemas.assignments import DueAt
from chalicelib.schemas.attempts import Answer, Steps
from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Moment, Out, PageQuery, Probability, Problem
from chalicelib.schemas.guides import ClientId, Label, RightAnswer, Text
from chalicelib.schemas.photos import Bytes, ContentType, PhotoStatus, UploadForm

MOST_PHOTOS = 5


class TypedAnswer(In):
    """The answer to one question."""

    question_id: Id
    answer: Answer
    steps: Steps = field(default_factory=list)


class AnnouncedPage(In):
    """A photo that is about to be uploaded."""

    content_type: ContentType
    size: Bytes


TypedAnswers = Annotated[list[TypedAnswer], Meta(min_length=1, max_length=100)]
AnnouncedPages = Annotated[list[AnnouncedPage], Meta(min_length=1, max_length=MOST_PHOTOS)]


class NewSubmission(In):
    """What a student hands in: answers that are typed, or photos of the sheet."""

    client_id: ClientId = None
    answers: TypedAnswers | UnsetType = UNSET
    photos: AnnouncedPages | UnsetType = UNSET

    def __post_init__(self) -> None:
        if (self.answers is UNSET) == (self.photos is UNSET):
            raise ValueError("Give either `answers` or `photos`")


HandIn = Annotated[
    NewSubmission,
    Meta(
        examples=[
            {"answers": [{"question_id": EXAMPLE_ID, "answer": "225", "steps": []}]},
            {
                "client_id": EXAMPLE_ID,
                "photos": [{"content_type": "image/jpeg", "size": 2_400_000}],
            },
        ],
        extra_json_schema={"oneOf": [{"required": ["answers"]}, {"required": ["photos"]}]},
    ),
]
SubmissionState = Annotated[
    Literal["waiting", "failed", "withdrawn", "grading", "graded"],
    Meta(
        description="`waiting` for its photos to be read; `failed`: a photo was refused, hand in again; "
        "`withdrawn`: another was handed in meanwhile; `grading` takes some seconds.",
        examples=["graded"],
    ),
]
GradedBy = Annotated[
    Literal["engine", "key", "llm", "teacher"],
    Meta(
        description="`engine`: by the problem. `key`: it is the right answer, word by word. `llm`: a "
        "language model says so, and staff should look. `teacher`: staff said so.",
        examples=["engine"],
    ),
]


class GradedAnswer(Out):
    """What a student answered to a question, and what that is worth."""

    question_id: Id
    label: Label
    text: Text
    problem: Problem | None
    answer: Annotated[
        Annotated[str, Meta(examples=["375"])] | None,
        Meta(description="As it was typed or read; null where nothing was."),
    ]
    steps: Annotated[list[str], Meta(description="The lines of work.")]
    confidence: Annotated[Probability, Meta(description="How sure the reader of a photo is; 1 where typed.")]
    right: Annotated[
        Annotated[bool, Meta(examples=[False])] | None,
        Meta(description="Null where nothing was answered, or nobody has judged it yet."),
    ]
    by: Annotated[GradedBy | None, Meta(description="Who judged it.")]
    to_review: Annotated[bool, Meta(description="Whether staff should look at it.", examples=[False])]
    expected: Annotated[
        RightAnswer | None,
        Meta(description="What is right. For students null as long as they may hand in again."),
    ]


class Page(Out):
    """A photo of a submission."""

    photo_id: Id
    status: Annotated[PhotoStatus | None, Meta(description="Null once the photo is deleted.")]
    is_read: Annotated[bool, Meta(examples=[True])]
    upload: Annotated[
        UploadForm | None,
        Meta(description="For who hands it in: where to send it. Null once it has arrived."),
    ]


class SubmissionSummary(Out):
    """What was handed in once, in a list. Right and asked are of the questions that have been judged."""

    id: Id
    guide_id: Id
    student_id: Id
    number: Annotated[int, Meta(ge=1, description="The student's first, second ...", examples=[1])]
    kind: Annotated[Literal["photo", "typed"], Meta(examples=["photo"])]
    state: SubmissionState
    is_late: Annotated[bool, Meta(description="Whether it came after it was due.", examples=[False])]
    questions: Annotated[int, Meta(ge=0, description="How many were asked.", examples=[12])]
    right: Annotated[int, Meta(ge=0, description="How many are right.", examples=[9])]
    wrong: Annotated[int, Meta(ge=0, description="How many are wrong.", examples=[2])]
    to_review: Annotated[int, Meta(ge=0, description="How many staff should look at.", examples=[1])]
    submitted_at: Moment
    graded_at: Moment | None


class Submission(SubmissionSummary):
    """What was handed in once."""

    answers: Annotated[
        list[GradedAnswer], Meta(description="One for each question; empty before it is graded.")
    ]
    pages: Annotated[list[Page], Meta(description="The photos, in their order; none where it was typed.")]


class SubmissionQuery(PageQuery):
    """Filters for the list of submissions."""

    student_id: Id | UnsetType = UNSET
    to_review: Annotated[
        bool, Meta(description="Only those that staff should look at.", examples=[False])
    ] = False


class Mark(In):
    """What staff say of an answer: that it is right or wrong, or what it says, to be judged then."""

    question_id: Id
    right: Annotated[bool | UnsetType, Meta(examples=[True])] = UNSET
    answer: Answer | UnsetType = UNSET

    def __post_init__(self) -> None:
        if (self.right is UNSET) == (self.answer is UNSET):
            raise ValueError("Give either `right` or `answer`")


class NewMarks(In):
    """What staff say of some answers."""

    marks: Annotated[
        list[
            Annotated[
                Mark,
                Meta(extra_json_schema={"oneOf": [{"required": ["right"]}, {"required": ["answer"]}]}),
            ]
        ],
        Meta(min_length=1, max_length=100),
    ]


Marks = Annotated[
    NewMarks,
    Meta(
        examples=[
            {"marks": [{"question_id": EXAMPLE_ID, "right": True}]},
            {"marks": [{"question_id": EXAMPLE_ID, "answer": "225"}]},
        ]
    ),
]


class StudentResult(Out):
    """How a student stands with a worksheet. The last submission that was graded counts."""

    student_id: Id
    name: Annotated[str, Meta(description="As it is today.", examples=["Ada López"])]
    state: Annotated[
        Literal["to_do", "handed_in", "graded", "overdue"],
        Meta(description="`handed_in`: it is not graded yet.", examples=["graded"]),
    ]
    submissions: Annotated[int, Meta(ge=0, description="How often they handed in.", examples=[1])]
    submission_id: Annotated[Id | None, Meta(description="The one that counts.")]
    is_late: Annotated[bool, Meta(description="Of that one.", examples=[False])]
    right: Annotated[int, Meta(ge=0, examples=[9])]
    wrong: Annotated[int, Meta(ge=0, examples=[2])]
    to_review: Annotated[int, Meta(ge=0, examples=[1])]


class QuestionResult(Out):
    """How the students did at a question."""

    question_id: Id
    label: Label
    text: Text
    right: Annotated[int, Meta(ge=0, description="How many had it right.", examples=[20])]
    wrong: Annotated[int, Meta(ge=0, description="How many had it wrong.", examples=[5])]
    to_review: Annotated[int, Meta(ge=0, examples=[1])]


class Results(Out):
    """What came of a worksheet."""

    guide_id: Id
    due_at: DueAt
    mean: Annotated[
        Annotated[float, Meta(ge=0, le=1, examples=[0.82])] | None,
        Meta(description="The share of right ones among the answers that were judged; null without any."),
    ]
    students: Annotated[list[StudentResult], Meta(description="By name.")]
    questions: Annotated[list[QuestionResult], Meta(description="In their order.")]


class ResultQuery(In):
    """Of which class."""

    classroom_id: Annotated[Id | UnsetType, Meta(description="Only its students.")] = UNSET


class OneResult(Out):
    """How one student stands with a worksheet, with all that they handed in."""

    result: StudentResult
    submissions: Annotated[list[SubmissionSummary], Meta(description="Latest first.")]
