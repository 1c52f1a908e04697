"""Who says what and who hears it: the rights of `schemas.systems`, written down again.

A receiver with `None` hears the whole payload, any other only the named fields.
"""

Fields = tuple[str, ...] | None

SYSTEMS = (
    "health-facility",
    "portal",
    "dvclt",
    "one-stop",
    "civil-status",
    "population",
    "residence",
    "vneid",
    "social-insurance",
    "social-protection",
    "payout",
    "notification",
    "citizen-store",
    "monitoring",
)
"""Each has a connector store."""

AGENCIES = (
    "portal",
    "one-stop",
    "civil-status",
    "population",
    "residence",
    "vneid",
    "social-insurance",
    "social-protection",
    "payout",
)
"""Each has a register as well; the portal's is that of the citizens who answer."""

DECIDERS = ("social-insurance", "social-protection")
"""Who decides on funeral allowances."""
_DEATH: Fields = ("deceased.personal_id", "deceased.died", "entry")
_CITIZEN = ("chain", "status", "services", "due", "reason", "apology")

RECEIVERS: dict[str, dict[str, Fields]] = {
    "notice.issued": {"portal": None},
    "case.submitted": {
        "dvclt": None,
        "monitoring": ("chain", "procedure", "services", "channel", "province"),
    },
    "case.withdrawal.requested": {"dvclt": None},
    "case.supplement.provided": {"dvclt": None},
    "case.supplement.requested": {
        "portal": None,
        "notification": None,
        "citizen-store": None,
        "monitoring": ("service", "due"),
    },
    "supplement.requested": {"dvclt": None},
    "case.status.changed": {
        "portal": None,
        "notification": _CITIZEN,
        "citizen-store": _CITIZEN,
        "monitoring": None,
    },
    "case.action.taken": {"dvclt": None, "monitoring": ("action", "service")},
    "birth.registration.requested": {"one-stop": None},
    "dossier.progressed": {"dvclt": None},
    "birth.entry.requested": {"civil-status": None},
    "personal-id.requested": {"population": None},
    "personal-id.issued": {"civil-status": None},
    "certificate.drafted": {"portal": None, "dvclt": ("expires",)},
    "certificate.draft.answered": {"civil-status": None, "dvclt": ("answer",)},
    "birth.registered": {
        "dvclt": None,
        "one-stop": ("child.personal_id", "entry", "certificate"),
        "population": ("child.personal_id", "notice", "entry"),
        "citizen-store": ("child.personal_id", "entry", "certificate"),
    },
    "birth.registration.refused": {"one-stop": None, "dvclt": None},
    "residence.registration.requested": {"residence": None},
    "consent.requested": {"vneid": None, "dvclt": ("expires",)},
    "consent.given": {"residence": None, "dvclt": ("method",)},
    "consent.declined": {"residence": None, "dvclt": ("method",)},
    "residence.registered": {
        "dvclt": ("personal_id", "number", "registered", "document"),
        "population": ("personal_id", "commune", "address", "head", "registered"),
        "citizen-store": ("personal_id", "number", "registered", "document"),
    },
    "residence.registration.refused": {"dvclt": None},
    "health-card.requested": {"social-insurance": None},
    "health-card.issued": {
        "dvclt": None,
        "citizen-store": ("personal_id", "card", "valid_from", "valid_to", "document"),
    },
    "health-card.refused": {"dvclt": None},
    "identity-card.requested": {"population": None},
    "identity-card.issued": {
        "dvclt": None,
        "citizen-store": ("personal_id", "number", "valid_from", "valid_to", "document"),
    },
    "identity-card.refused": {"dvclt": None},
    "death.registration.requested": {"one-stop": None},
    "death.entry.requested": {"civil-status": None},
    "death.registered": {
        "dvclt": ("deceased", "entry", "extract"),
        "one-stop": ("deceased.personal_id", "entry", "extract"),
        "citizen-store": ("deceased.personal_id", "entry", "extract"),
        **dict.fromkeys(
            ("population", "residence", "social-insurance", "social-protection", "vneid"), _DEATH
        ),
    },
    "death.registration.refused": {"one-stop": None, "dvclt": None},
    "residence.removal.requested": {"residence": None},
    "residence.removed": {
        "dvclt": None,
        "population": ("personal_id", "commune", "removed"),
        "citizen-store": ("personal_id", "number", "removed", "document"),
    },
    "residence.removal.refused": {"dvclt": None},
    "funeral-allowance.requested": dict.fromkeys(DECIDERS),
    "funeral-allowance.granted": {
        "dvclt": None,
        "citizen-store": ("personal_id", "vnd", "decision", "decided", "document"),
    },
    "funeral-allowance.refused": {"dvclt": None},
    "payout.requested": {"payout": None},
    "residence.temporary.requested": {"residence": None},
    "residence.temporary.registered": {
        "dvclt": None,
        "citizen-store": ("personal_id", "number", "registered", "document"),
    },
    "residence.temporary.refused": {"dvclt": None},
    "payout.made": {**dict.fromkeys(DECIDERS), "dvclt": None},
    "payout.failed": {**dict.fromkeys(DECIDERS), "dvclt": None},
}

_BY_NAME = ("funeral-allowance.requested", "payout.made", "payout.failed")
"""Types that go to the one of `DECIDERS` that they name."""


def receivers(name: str, decider: str | None) -> dict[str, Fields]:
    """Who hears an event of a type, if it names this decider."""
    found = RECEIVERS[name]
    if name not in _BY_NAME:
        return found
    return {who: what for who, what in found.items() if who not in DECIDERS or who == decider}


def may_hear(name: str, systems: list[str]) -> bool:
    """Whether just these systems hear some event of the type."""
    return any(sorted(receivers(name, decider)) == systems for decider in DECIDERS)
