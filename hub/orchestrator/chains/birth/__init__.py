"""The birth chain: birth → permanent residence → health-insurance card → identity card.

One table a service (`registration`, `residence`, `health_card`, `identity_card`).
Read a column as a sentence: when this arrives, in these states, do that. Facts stand: what
contradicts a decision is parked for an officer and never undoes the decision; publishers are not
ordered among each other, so every order that can happen leads to the same end.
"""

from hub.orchestrator.building import build_chain
from hub.orchestrator.chains.birth.certificate import WAITS
from hub.orchestrator.chains.birth.health_card import HEALTH_CARD
from hub.orchestrator.chains.birth.identity_card import IDENTITY_CARD
from hub.orchestrator.chains.birth.intake import admit
from hub.orchestrator.chains.birth.registration import BIRTH, FIRST
from hub.orchestrator.chains.birth.residence import RESIDENCE
from hub.orchestrator.labels import Label
from hub.orchestrator.registration import registration_waits
from hub.orchestrator.variants import DOSSIER_PROGRESS, FACT

CHAIN = build_chain(
    name="birth",
    vi="Khai sinh",
    en="Birth",
    services=(BIRTH, RESIDENCE, HEALTH_CARD, IDENTITY_CARD),
    deciding={
        "civil-status": "birth",
        "residence": "residence",
        "social-insurance": "health_card",
        "population": "identity_card",
    },
    variants={
        "dossier.progressed": DOSSIER_PROGRESS,
        "birth.registered": FACT,
        "residence.registered": FACT,
        "residence.registration.refused": FACT,
    },
    intake=admit,
    results=("personal_id", "entry", "residence", "card", "identity_card"),
    waits={
        **registration_waits(FIRST),
        **WAITS,
        "residence_first": Label(
            "Chờ kết thúc đăng ký thường trú", "the residence has to be decided first"
        ),
        "residence_decision": Label(
            "Chờ Công an xã giải quyết", "the commune police have yet to decide"
        ),
        "household_consent": Label("Chờ chủ hộ đồng ý", "the household head has yet to answer"),
        "residence_refusal": Label(
            "Chủ hộ không đồng ý, chờ Công an xã trả lời",
            "the household head declined, the commune police have yet to refuse",
        ),
        "card_decision": Label("Chờ BHXH cấp thẻ", "social insurance has yet to decide"),
        "identity_card_decision": Label(
            "Chờ cơ quan quản lý căn cước cấp thẻ", "the identity-card authority has yet to decide"
        ),
    },
)
