"""Temporary residence (*đăng ký tạm trú*): one service, on which the commune police decide.

A stay may last as long as the law says (`limit.temporary_residence`) and can be renewed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from hub.orchestrator.building import build_chain
from hub.orchestrator.case import Draft
from hub.orchestrator.chain import Admission, Refusal, Sequencing, Service, State
from hub.orchestrator.columns import (
    CASE,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESUBMITTED,
    SUPPLEMENT_STATES,
    deadline_column,
    done_column,
    refused_column,
    supplement_columns,
    supplement_states,
)
from hub.orchestrator.labels import Label
from schemas.deadlines import deadline
from schemas.event import VN
from schemas.regimes import Office
from schemas.rules import row_on

NAME: Final = "temporary_residence"

_UNDECIDED = f"requested {RESUBMITTED} {SUPPLEMENT_STATES}"
_NEVER = "not_asked not_accepted"


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


def ask(draft: Draft, service: str, office: Office) -> None:
    """Ask the police of the commune of the stay."""
    application = draft.doc["application"]
    draft.ask(
        service,
        "residence.temporary.requested",
        {
            "resident": application["resident"],
            "requester": application["requester"],
            "commune": office.commune,
            "address": application["address"],
            "until": application["until"],
            "due": draft.doc["services"][service]["due"],
        },
    )


def note(draft: Draft, service: str) -> None:
    """Keep the number of the notice (form CT08), and until when the stay is registered."""
    draft.learn(NAME, {name: draft.data[name] for name in ("number", "until")})


STAY = Service(
    name=NAME,
    vi="Đăng ký tạm trú",
    en="Temporary residence",
    starts=("requested", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State(
            "requested",
            "Công an xã đang xử lý",
            "with the commune police",
            4,
            waits="temporary_residence_decision",
        ),
        State("registered", "Đã đăng ký tạm trú", "registered", 10, result="done"),
        State("refused", "Từ chối đăng ký tạm trú", "refused", 3, result="refused"),
        *supplement_states("temporary_residence_decision"),
    ),
    columns={
        **CASE,
        **supplement_columns(NAME, deciding="requested", decided="registered refused"),
        "residence.temporary.registered": done_column(_UNDECIDED, "registered", note, never=_NEVER),
        "residence.temporary.refused": refused_column(_UNDECIDED, "registered", never=_NEVER),
        **deadline_column(f"requested {RESUBMITTED}"),
    },
    request=ask,
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
