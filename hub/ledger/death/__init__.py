"""The death chain as the ledger sees it: registration, removal of the residence, allowance."""

from hub.ledger import tables
from hub.ledger.chain import Chain, EntryKey
from hub.ledger.death import codes, dossiers, payments, records, speech, states
from hub.ledger.death.case import DeathCase
from hub.ledger.death.external import reconstruct
from hub.ledger.death.model import DeathWalk
from hub.ledger.rights import DECIDERS
from hub.ledger.texts import compact_day, slashed_day

DEATH = Chain(
    name="death",
    case=DeathCase,
    walk=DeathWalk,
    entry=EntryKey(
        tables.SO_KHAI_TU,
        "so_dinh_danh",
        "civil-status/enter_death",
        lambda payload: str(payload["deceased"]["personal_id"]),
    ),
    done=states.DONE,
    deciders={
        "death": "civil-status",
        "residence_removal": "residence",
        "insurance_allowance": "social-insurance",
        "social_allowance": "social-protection",
    },
    natural={
        tables.HO_SO: records.dossier,
        tables.SO_KHAI_TU: records.entry,
        tables.MARKED_DEAD: records.marked,
        tables.NOTED_DEAD: records.noted(compact_day),
        tables.KHOA_TAI_KHOAN: records.noted(slashed_day),
        tables.XOA_THUONG_TRU: records.removed,
        **{tables.DUNG_HUONG[decider]: payments.stopped(decider) for decider in DECIDERS},
        **{tables.TRO_CAP_MAI_TANG[decider]: payments.decided(decider) for decider in DECIDERS},
        tables.CHI_TRA: payments.payments,
    },
    record=dossiers.record,
    one_way=dossiers.one_way,
    payloads=speech.PAYLOADS,
    agencies=states.AGENCIES,
    papers=states.papers,
    results=states.results,
    codes=codes.codes,
    formed=codes.formed,
    counted=codes.counted,
    reconstruct=reconstruct,
)
