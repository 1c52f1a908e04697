"""The agency port as JSON over HTTP, first form: what the two sides send each other.

| request                                    | answer                                  |
|--------------------------------------------|-----------------------------------------|
| `POST {agency}/requests`, a `Submission`   | 202, `Taken`                            |
| `GET {agency}/outcomes?after=0&limit=500`  | 200, `Outcomes`                         |
| `PUT {agency}/acknowledgement`, a `Cursor` | 204                                     |
| `GET {agency}/health`                      | 200                                     |

A batch of requests is taken whole or not at all, and one that is known is taken again with the
same result. What is refused is answered with a problem (RFC 9457) whose member `code` is the
agency's error code, and `key` the one request at fault, where there is one. Times are RFC 3339.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from connectors.runtime.agency import Request
from connectors.runtime.handling import Outcome
from schemas.event import from_text, to_text

MAX_BODY_BYTES: Final = 4 * 1024 * 1024
MAX_REQUESTS: Final = 1000
MAX_OUTCOMES: Final = 1000
"""An agency answers with so many at most, whatever limit is asked for."""
MAX_CURSOR: Final = 2**63 - 1
PROBLEM: Final = "application/problem+json"
_YEARS: Final = range(1900, 2200)


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("a time is an RFC 3339 text")
    moment = from_text(value)
    if moment.year not in _YEARS:
        raise ValueError("a time lies between the years 1900 and 2199")
    return moment


Moment = Annotated[
    datetime,
    BeforeValidator(_moment, json_schema_input_type=str),
]
Name = Annotated[str, StringConstraints(pattern=r"^[^/\x00-\x1f\x7f]+$", max_length=100)]
"""Part of an idempotency key, in which `/` separates."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class RequestBody(_Strict):
    """A `Request`; `record` is in the agency's own format."""

    subject: Name
    step: Name
    attempt: int = Field(ge=1, le=1000)
    time: Moment
    record: dict[str, Any]
    cause: str = Field(max_length=200)

    def request(self) -> Request:
        """The value that it carries."""
        return Request(
            subject=self.subject,
            step=self.step,
            attempt=self.attempt,
            time=self.time,
            record=self.record,
            cause=self.cause,
        )


class Submission(_Strict):
    """Requests in the order in which they are to be taken."""

    requests: list[RequestBody] = Field(max_length=MAX_REQUESTS)


class Taken(_Strict):
    """How many requests the agency has on disk now."""

    taken: int


class Cursor(_Strict):
    """Every outcome up to here is safe with the connector."""

    cursor: int = Field(ge=0, le=MAX_CURSOR)


class OutcomeBody(_Strict):
    """An `Outcome`; `record` is in the agency's own format."""

    subject: Name
    step: Name
    attempt: int
    time: Moment
    result: str
    record: dict[str, Any]
    cause: str
    cursor: int = Field(ge=1, le=MAX_CURSOR)

    def outcome(self) -> Outcome:
        """The value that it carries."""
        return Outcome(
            subject=self.subject,
            step=self.step,
            attempt=self.attempt,
            time=self.time,
            result=self.result,
            record=self.record,
            cause=self.cause,
            cursor=self.cursor,
        )


class Outcomes(_Strict):
    """The next outcomes, oldest first."""

    outcomes: list[OutcomeBody]


def submission_of(requests: Sequence[Request]) -> dict[str, Any]:
    """A `Submission` as JSON values."""
    return {
        "requests": [
            {
                "subject": request.subject,
                "step": request.step,
                "attempt": request.attempt,
                "time": to_text(request.time),
                "record": request.record,
                "cause": request.cause,
            }
            for request in requests
        ]
    }


def outcomes_of(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """`Outcomes` as JSON values."""
    return {
        "outcomes": [
            {
                "subject": outcome.subject,
                "step": outcome.step,
                "attempt": outcome.attempt,
                "time": to_text(outcome.time),
                "result": outcome.result,
                "record": outcome.record,
                "cause": outcome.cause,
                "cursor": outcome.cursor,
            }
            for outcome in outcomes
        ]
    }
