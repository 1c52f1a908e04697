"""Temporary residence (*đăng ký tạm trú*): one service, on which the commune police decide.

A stay may last as long as the law says (`limit.temporary_residence`) and can be renewed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from hub.orchestrator.building import build_chain
from hub.orchestrator.case import Draft
from hub.orchestrator.chain import Admission, Refusal, Sequencing
from hub.orchestrator.columns import with_agency
from hub.orchestrator.decided import decided_service, granted, refusal
from hub.orchestrator.labels import Label
from hub.orchestrator.requests import request_of
from schemas.deadlines import deadline
from schemas.event import VN
from schemas.rules import row_on

NAME: Final = "temporary_residence"


def admit(
    data: Mapping[str, Any], submitted: datetime, sequence: Sequencing
) -> Admission | Refusal:
    """A stay from now on, not over yet and not longer than the law allows."""
    today, until = submitted.astimezone(VN).date(), date.fromisoformat(data["until"])
    longest = row_on(f"limit.{NAME}", today).number
    months = (until.year - today.year) * 12 + until.month - today.month
    if until < today or (months, until.day) > (longest, today.day):
        return Refusal(services=(NAME,), reason="stay_too_long")
    named = ("resident", "requester", "address", "until")
    return Admission(
        starts={NAME: "requested"},
        due=deadline(NAME, submitted).due,
        application={name: data[name] for name in named},
    )


def note(draft: Draft, service: str) -> None:
    """Keep the number of the notice (form CT08), and until when the stay is registered."""
    draft.learn(NAME, {name: draft.data[name] for name in ("number", "until")})


STAY = decided_service(
    NAME,
    vi="Đăng ký tạm trú",
    en="Temporary residence",
    request=request_of("residence.temporary.requested"),
    asked=(with_agency("Công an xã", "the commune police", "temporary_residence_decision"),),
    done=granted("residence.temporary.registered", "Đã đăng ký tạm trú", note),
    refused=refusal("residence.temporary.refused", "đăng ký tạm trú"),
)

CHAIN = build_chain(
    name=NAME,
    vi="Tạm trú",
    en="Temporary residence",
    services=(STAY,),
    deciding={"residence": NAME},
    variants={},
    intake=admit,
    results=(NAME,),
    waits={
        "temporary_residence_decision": Label(
            "Chờ Công an xã giải quyết tạm trú", "the commune police have yet to decide on the stay"
        ),
    },
)
