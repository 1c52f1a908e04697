"""The draft of the birth certificate: the requester checks it before civil status issues it.

Some offices send one and some do not; that shows by the event. The case goes on waiting for the
birth meanwhile, and its date stays. Civil status and the portal publish independently, so an answer
may come before its question; no answer in time is agreement.
"""

from hub.orchestrator.actions import note_action, pass_deadline, retry
from hub.orchestrator.apologies import ask_requester
from hub.orchestrator.chain import DEADLINE, IGNORE, OTHERWISE, Apply, Ask, Column, State
from hub.orchestrator.columns import RESUBMITTED, UNEXPECTED
from hub.orchestrator.labels import Label
from hub.orchestrator.registration import FIRST_ASKED, NEVER, Checked

_ENTERING = f"{FIRST_ASKED} {RESUBMITTED}"

_DRAFTED = State(
    "drafted",
    "Chờ người yêu cầu kiểm tra bản điện tử giấy khai sinh",
    "the requester checks the draft of the certificate",
    4,
    waits="draft_answer",
    until="expires",
    excused=True,
)
_CHECKED = State(
    "checked",
    "Bản điện tử đã được kiểm tra, chờ cấp giấy khai sinh",
    "the draft is checked, the certificate to be issued",
    4,
    waits="certificate_issue",
    excused=True,
)
_REPORTED = State(
    "reported_checked",
    "Một cửa báo đã trả kết quả, bản điện tử đã gửi kiểm tra",
    "reported as returned after a draft, before its data came",
    4,
    waits="birth_record",
    excused=True,
)
WAITS = {
    "draft_answer": Label(
        "Chờ người yêu cầu xác nhận bản điện tử giấy khai sinh",
        "the requester has yet to check the draft of the certificate",
    ),
    "certificate_issue": Label(
        "Chờ hộ tịch cấp giấy khai sinh", "civil status has yet to issue the certificate"
    ),
}
_COLUMNS: dict[str, Column] = {
    "certificate.drafted": {
        f"{_ENTERING} drafted": Apply("drafted", ask_requester),
        "reported": Apply("reported_checked", ask_requester),
        "checked reported_checked": Apply(None, ask_requester),
        NEVER: UNEXPECTED,
        OTHERWISE: IGNORE,
    },
    "certificate.draft.answered": {
        f"{_ENTERING} drafted": Apply("checked"),
        "reported": Apply("reported_checked"),
        NEVER: UNEXPECTED,
        OTHERWISE: IGNORE,
    },
    # Asked again, civil status may have the draft checked again.
    "case.action.taken/retry/birth": {
        "drafted checked": Ask("requested", retry),
        f"{_ENTERING} reported reported_checked": Ask(None, retry),
        OTHERWISE: Apply(None, note_action),
    },
    DEADLINE: {
        "drafted": Apply("checked"),
        f"{_ENTERING} reported checked reported_checked": Apply(None, pass_deadline),
        OTHERWISE: IGNORE,
    },
}
CHECKED = Checked(states=(_DRAFTED, _CHECKED), reported=_REPORTED, columns=_COLUMNS)
