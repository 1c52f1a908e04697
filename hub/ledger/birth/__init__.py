"""The birth chain as the ledger sees it: registration, permanent residence, two cards."""

from hub.ledger import tables
from hub.ledger.birth import codes, dossiers, drafts, records, speech, states
from hub.ledger.birth.case import BirthCase
from hub.ledger.birth.external import reconstruct
from hub.ledger.birth.model import BirthWalk
from hub.ledger.chain import Chain, EntryKey

BIRTH = Chain(
    name="birth",
    case=BirthCase,
    walk=BirthWalk,
    entry=EntryKey(
        tables.SO_KHAI_SINH,
        "so_gcs",
        "civil-status/enter",
        lambda payload: str(payload["child"]["notice"]),
    ),
    done=states.DONE,
    deciders={
        "birth": "civil-status",
        "residence": "residence",
        "health_card": "social-insurance",
        "identity_card": "population",
    },
    natural={
        tables.HO_SO: records.dossier,
        tables.SO_KHAI_SINH: records.entry,
        tables.CONG_DAN: records.citizen,
        tables.THUONG_TRU: records.resident,
        tables.DONG_Y: records.consent,
        tables.THE_BHYT: records.insured,
        tables.THE_CAN_CUOC: records.identified,
    },
    record=dossiers.record,
    one_way=dossiers.one_way,
    payloads=speech.PAYLOADS,
    agencies=states.AGENCIES,
    portal=drafts.shown,
    papers=states.papers,
    results=states.results,
    codes=codes.codes,
    formed=codes.formed,
    counted=codes.counted,
    reconstruct=reconstruct,
)
