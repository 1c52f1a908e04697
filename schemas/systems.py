"""The systems of the country and their rights: who says what, and who may hear how much of it.

Nothing that `RIGHTS` does not allow passes the hub. A receiver that may see less than the whole
payload has a list of paths (`child.name` is one field of a part); law on personal data asks that
each agency sees only what its task needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WHOLE: Final = None
"""A receiver's fields: the whole payload."""

Fields = tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system that takes part: its name in topics, its names for people, and its keeper."""

    name: str
    vi: str
    en: str
    keeper: str


def _systems(*rows: tuple[str, str, str, str]) -> dict[str, System]:
    return {n: System(name=n, vi=vi, en=en, keeper=keeper) for n, vi, en, keeper in rows}


SYSTEMS = _systems(
    ("health-facility", "Cơ sở khám bệnh, chữa bệnh", "Health facility", "Bộ Y tế, Sở Y tế"),
    ("portal", "Cổng Dịch vụ công quốc gia", "National Public Service Portal", "VPCP"),
    ("dvclt", "Phần mềm dịch vụ công liên thông", "Linked-services software", "VPCP"),
    ("one-stop", "Một cửa, HTTT giải quyết TTHC", "Provincial one-stop", "UBND tỉnh"),
    ("civil-status", "Hệ thống hộ tịch điện tử", "Civil-status register", "Bộ Tư pháp"),
    ("population", "CSDL quốc gia về dân cư", "National population database", "Bộ Công an"),
    ("residence", "Hệ thống quản lý cư trú", "Residence register", "Bộ Công an"),
    ("vneid", "VNeID", "Electronic identity app", "Bộ Công an"),
    ("social-insurance", "Bảo hiểm xã hội Việt Nam", "Social insurance", "BHXH Việt Nam"),
    (
        "social-protection",
        "Bảo trợ xã hội, người có công",
        "Social protection and merit",
        "UBND cấp huyện, từ 1/7/2025 cấp xã",
    ),
    ("payout", "Chi trả trợ cấp", "Payment of allowances", "Ngân hàng, bưu điện, quầy chi"),
    ("notification", "Nền tảng thông báo", "Notification service", "VPCP"),
    ("citizen-store", "Kho dữ liệu điện tử công dân", "Citizen's document store", "UBND tỉnh"),
    ("monitoring", "Giám sát, đo lường dịch vụ số", "Service monitoring", "Bộ TTTT"),
)
"""Every system that has an `lt.in` and an `lt.out`, in the order of the chain."""

HUB: Final = "hub"
"""The hub itself speaks as `/systems/hub` and has no `lt.in`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One row of the rights table: who publishes a type, who receives which of its fields."""

    publishers: tuple[str, ...]
    receivers: Mapping[str, Fields]
    named_by: str | None = None
    """The field whose value names the one of `NAMED` that receives it; others receive it always."""


NAMED: Final = ("social-insurance", "social-protection")
"""The systems that a type with `named_by` chooses between: who decides on an allowance."""


_CASE_NUMBERS: Fields = ("chain", "procedure", "services", "channel", "province")
_STATUS_FOR_CITIZEN: Fields = ("chain", "status", "services", "due", "reason", "apology")
_DEATH_OF_A_PERSON: Fields = ("deceased.personal_id", "deceased.died", "entry")
"""Who died and when, and that it is registered; the cause of death is nobody's business."""

RIGHTS: dict[str, Right] = {
    "notice.issued": Right(publishers=("health-facility",), receivers={"portal": WHOLE}),
    "case.submitted": Right(
        publishers=("portal",), receivers={"dvclt": WHOLE, "monitoring": _CASE_NUMBERS}
    ),
    "case.supplement.provided": Right(publishers=("portal",), receivers={"dvclt": WHOLE}),
    "case.withdrawal.requested": Right(publishers=("portal",), receivers={"dvclt": WHOLE}),
    "case.status.changed": Right(
        publishers=("dvclt",),
        receivers={
            "portal": WHOLE,
            "notification": _STATUS_FOR_CITIZEN,
            "citizen-store": _STATUS_FOR_CITIZEN,
            "monitoring": WHOLE,
        },
    ),
    "case.supplement.requested": Right(
        publishers=("dvclt",),
        receivers={
            "portal": WHOLE,
            "notification": WHOLE,
            "citizen-store": WHOLE,
            "monitoring": ("service", "due"),
        },
    ),
    "case.action.taken": Right(
        publishers=("dvclt",),
        receivers={"dvclt": WHOLE, "monitoring": ("action", "service")},
    ),
    "birth.registration.requested": Right(publishers=("dvclt",), receivers={"one-stop": WHOLE}),
    "dossier.progressed": Right(publishers=("one-stop",), receivers={"dvclt": WHOLE}),
    "birth.entry.requested": Right(publishers=("one-stop",), receivers={"civil-status": WHOLE}),
    "personal-id.requested": Right(publishers=("civil-status",), receivers={"population": WHOLE}),
    "personal-id.issued": Right(publishers=("population",), receivers={"civil-status": WHOLE}),
    "certificate.drafted": Right(
        publishers=("civil-status",), receivers={"portal": WHOLE, "dvclt": ("expires",)}
    ),
    "certificate.draft.answered": Right(
        publishers=("portal",), receivers={"civil-status": WHOLE, "dvclt": ("answer",)}
    ),
    "birth.registered": Right(
        publishers=("civil-status",),
        receivers={
            "dvclt": WHOLE,
            "one-stop": ("child.personal_id", "entry", "certificate"),
            "population": ("child.personal_id", "notice", "entry"),
            "citizen-store": ("child.personal_id", "entry", "certificate"),
        },
    ),
    "birth.registration.refused": Right(
        publishers=("civil-status",), receivers={"one-stop": WHOLE, "dvclt": WHOLE}
    ),
    "death.registration.requested": Right(publishers=("dvclt",), receivers={"one-stop": WHOLE}),
    "death.entry.requested": Right(publishers=("one-stop",), receivers={"civil-status": WHOLE}),
    "death.registered": Right(
        publishers=("civil-status",),
        receivers={
            "dvclt": ("deceased", "entry", "extract"),
            "one-stop": ("deceased.personal_id", "entry", "extract"),
            "citizen-store": ("deceased.personal_id", "entry", "extract"),
            "population": _DEATH_OF_A_PERSON,
            "residence": _DEATH_OF_A_PERSON,
            "social-insurance": _DEATH_OF_A_PERSON,
            "social-protection": _DEATH_OF_A_PERSON,
            "vneid": _DEATH_OF_A_PERSON,
        },
    ),
    "death.registration.refused": Right(
        publishers=("civil-status",), receivers={"one-stop": WHOLE, "dvclt": WHOLE}
    ),
    "residence.registration.requested": Right(
        publishers=("dvclt",), receivers={"residence": WHOLE}
    ),
    "consent.requested": Right(
        publishers=("residence",), receivers={"vneid": WHOLE, "dvclt": ("expires",)}
    ),
    "consent.given": Right(
        publishers=("vneid",), receivers={"residence": WHOLE, "dvclt": ("method",)}
    ),
    "consent.declined": Right(
        publishers=("vneid",), receivers={"residence": WHOLE, "dvclt": ("method",)}
    ),
    "residence.registered": Right(
        publishers=("residence",),
        receivers={
            "dvclt": ("personal_id", "number", "registered", "document"),
            "population": ("personal_id", "commune", "address", "head", "registered"),
            "citizen-store": ("personal_id", "number", "registered", "document"),
        },
    ),
    "residence.registration.refused": Right(publishers=("residence",), receivers={"dvclt": WHOLE}),
    "health-card.requested": Right(publishers=("dvclt",), receivers={"social-insurance": WHOLE}),
    "health-card.issued": Right(
        publishers=("social-insurance",),
        receivers={
            "dvclt": WHOLE,
            "citizen-store": ("personal_id", "card", "valid_from", "valid_to", "document"),
        },
    ),
    "health-card.refused": Right(publishers=("social-insurance",), receivers={"dvclt": WHOLE}),
    "identity-card.requested": Right(publishers=("dvclt",), receivers={"population": WHOLE}),
    "identity-card.issued": Right(
        publishers=("population",),
        receivers={
            "dvclt": WHOLE,
            "citizen-store": ("personal_id", "number", "valid_from", "valid_to", "document"),
        },
    ),
    "identity-card.refused": Right(publishers=("population",), receivers={"dvclt": WHOLE}),
    "residence.removal.requested": Right(publishers=("dvclt",), receivers={"residence": WHOLE}),
    "residence.removed": Right(
        publishers=("residence",),
        receivers={
            "dvclt": WHOLE,
            "population": ("personal_id", "commune", "removed"),
            "citizen-store": ("personal_id", "number", "removed", "document"),
        },
    ),
    "residence.removal.refused": Right(publishers=("residence",), receivers={"dvclt": WHOLE}),
    "funeral-allowance.requested": Right(
        publishers=("dvclt",), receivers=dict.fromkeys(NAMED, WHOLE), named_by="decider"
    ),
    "funeral-allowance.granted": Right(
        publishers=NAMED,
        receivers={
            "dvclt": WHOLE,
            "citizen-store": ("personal_id", "vnd", "decision", "decided", "document"),
        },
    ),
    "funeral-allowance.refused": Right(publishers=NAMED, receivers={"dvclt": WHOLE}),
    "payout.requested": Right(publishers=NAMED, receivers={"payout": WHOLE}),
    "payout.made": Right(
        publishers=("payout",),
        receivers={**dict.fromkeys(NAMED, WHOLE), "dvclt": WHOLE},
        named_by="decider",
    ),
    "payout.failed": Right(
        publishers=("payout",),
        receivers={**dict.fromkeys(NAMED, WHOLE), "dvclt": WHOLE},
        named_by="decider",
    ),
    "residence.temporary.requested": Right(publishers=("dvclt",), receivers={"residence": WHOLE}),
    "residence.temporary.registered": Right(
        publishers=("residence",),
        receivers={
            "dvclt": WHOLE,
            "citizen-store": ("personal_id", "number", "registered", "document"),
        },
    ),
    "residence.temporary.refused": Right(publishers=("residence",), receivers={"dvclt": WHOLE}),
    "supplement.requested": Right(
        publishers=("civil-status", "population", "residence", *NAMED),
        receivers={"dvclt": WHOLE},
    ),
}
"""Rights by event type. `delivery.rejected` is the hub's own and goes to the sender and dvclt."""


def without_others(receivers: Mapping[str, Fields], named: str) -> dict[str, Fields]:
    """The receivers when, of `NAMED`, only this one is meant."""
    return {
        system: fields
        for system, fields in receivers.items()
        if system == named or system not in NAMED
    }


def may_receive(system: str) -> tuple[str, ...]:
    """The types that a system receives."""
    return tuple(name for name, right in RIGHTS.items() if system in right.receivers)
