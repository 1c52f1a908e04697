"""A temporary residence as the ledger sees it: one service, on which the commune police decide."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from hub.ledger import tables
from hub.ledger.calendar import VN
from hub.ledger.case import Case
from hub.ledger.chain import Chain, Counted, EntryKey, Formed, OneWay, State
from hub.ledger.codes import URN, Codes, most
from hub.ledger.course import Decided, End, Said, Submission, Trigger
from hub.ledger.draws import World
from hub.ledger.evidence import Evidence, number_in, part, whole
from hub.ledger.external import UNKNOWN, meaning, person_of
from hub.ledger.fields import Record, once, paper_hash, person_fields
from hub.ledger.records import incomplete, supplied
from hub.ledger.speech import Payload, document, due_of
from hub.ledger.states import residence_notice
from hub.ledger.texts import NUMBERED_SEX, compact_day, seconds, to_the_second
from hub.ledger.walk import Walk

SERVICE = "temporary_residence"
STEP = "residence/register_stay"
PROCESSING_DAYS = 3
LONGEST_MONTHS = 24


class StayWalk(Walk):
    """One application on its way: all that must come of a submission, and when."""

    requests: ClassVar[Mapping[str, str]] = {SERVICE: "residence.temporary.requested"}
    clock = "residence"

    @classmethod
    def services_of(cls, payload: Mapping[str, Any]) -> tuple[str, ...]:
        return (SERVICE,)

    @classmethod
    def intake(cls, submission: Submission) -> str | None:
        today = submission.time.astimezone(VN).date()
        until = date.fromisoformat(submission.payload["until"])
        months = (until.year - today.year) * 12 + until.month - today.month
        too_long = months > LONGEST_MONTHS or (months == LONGEST_MONTHS and until.day > today.day)
        return "stay_too_long" if until < today or too_long else None

    @classmethod
    def days(cls, submission: Submission, world: World) -> int:
        return PROCESSING_DAYS

    def to_the_end(self, start: Trigger) -> None:
        self.serve(SERVICE, start)
        self.conclude(self.course.ends.values())

    def attempt(self, service: str, request: Said, number: int) -> Decided | End:
        decided = self.decide(STEP, request, number, *self.ruled(number))
        if decided.result == "supplement":
            return decided
        return self.end(decided, "residence.temporary.registered", "residence.temporary.refused")


@dataclass(slots=True)
class StayCase(Case):
    """A stay with all that its expected rows are made of."""

    resident: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        Case.__post_init__(self)
        self.resident = self.payload["resident"]

    @property
    def person(self) -> Record:
        """Who stays, by number."""
        return {"so_dinh_danh": self.resident["personal_id"]}

    @property
    def ct08(self) -> str:
        """The number of the notice."""
        return f"{self.codes.residence}/CT08-TT-{self.commune(STEP)}"


@once
def _row(case: StayCase) -> Record | None:
    """A registered stay with its notice."""
    at = case.decided(STEP)
    if at is None:
        return None
    row = {
        **case.person,
        "so_ct08": case.ct08,
        "so": case.codes.residence,
        "nam": at.year,
        "xa": case.commune(STEP),
        "ho_ten": case.resident["name"],
        "gioi_tinh": NUMBERED_SEX[case.resident["sex"]],
        "ngay_sinh": _compact(case.resident["born"]),
        "dia_chi": case.payload["address"],
        "den_ngay": _compact(case.payload["until"]),
        **person_fields(case.payload["requester"], "nyc"),
        "ngay_tam_tru": compact_day(at),
        "gio_tam_tru": seconds(at),
        "ma_lien_thong": case.code,
        "ct08": f"{URN}CT08:{at.year}:{case.ct08}",
    }
    row["sha256"] = paper_hash(case, row, tables.TAM_TRU.columns[:-2])
    return row


def _compact(day: str) -> str:
    return compact_day(date.fromisoformat(day))


def _record(case: StayCase, one: Decided) -> Record:
    """What a dossier answers."""
    if one.system == "portal":
        return supplied(case, one)
    if one.result == "supplement":
        return incomplete(one, case.person, compact_day)
    if one.result == "refused":
        return {**case.person, "ly_do": one.reason}
    made = _row(case)
    assert made is not None, "a step that was decided has its record"
    return made


def _one_way(case: StayCase) -> Iterator[OneWay]:
    """None: nobody else is told of a stay."""
    return iter(())


def _requested(case: StayCase, said: Said) -> Payload:
    named = ("resident", "requester", "commune", "address", "until")
    payload = {**case.payload, "commune": case.place(said.time).commune}
    return {**{name: payload[name] for name in named}, "due": due_of(said)}


def _registered(case: StayCase, said: Said) -> Payload:
    return {
        "personal_id": case.resident["personal_id"],
        "number": case.ct08,
        "commune": case.commune(STEP),
        "address": case.payload["address"],
        "until": case.payload["until"],
        "registered": to_the_second(said.time),
        "document": document("ct08", _row(case) or {}, "ct08"),
    }


def _refused(case: StayCase, said: Said) -> Payload:
    reason = case.course.ends[SERVICE].reason
    return {"personal_id": case.resident["personal_id"], "reason": reason}


def _residence(case: StayCase) -> State | None:
    asked = case.attempts(STEP)
    if not asked:
        return None
    form = {"done": "CT08", "refused": "CT06"}.get(case.course.ends[SERVICE].kind, "CT05")
    return {**{"soDinhDanh": case.resident["personal_id"]}, "trangThai": form, "lan": asked}


_AGENCIES: dict[str, Callable[[StayCase], State | None]] = {"residence": _residence}


def _papers(case: StayCase) -> State:
    """What the citizen's store holds."""
    return residence_notice(_row(case), "ngay_tam_tru")


def _results(case: StayCase) -> State:
    if not case.decided(STEP):
        return {}
    return {SERVICE: {"number": case.ct08, "until": case.payload["until"]}}


def _codes(evidence: Evidence, case: str) -> Codes:
    learned = part(part(evidence.document(case), "results"), SERVICE)
    number = most(
        (
            whole(evidence.row(case, tables.TAM_TRU).get("so")),
            whole(evidence.dossier(case, STEP).get("so")),
            number_in(learned.get("number")),
        )
    )
    return Codes(residence=number)


def _counted(case: StayCase) -> Iterator[Counted]:
    if isinstance(case.codes.residence, int):
        within = (case.commune(STEP), case.day(STEP).year)
        yield Counted(tables.TAM_TRU, "so", within, case.codes.residence)


def _formed(case: StayCase) -> Iterator[Formed]:
    """None: the notice's number is counted."""
    return iter(())


def _reconstruct(
    evidence: Evidence,
    case: str,
    form: Mapping[str, Any],
    known: Mapping[str, Any],
    time: datetime,
) -> Iterator[dict[str, Any]]:
    """What a stay that came without a line may have asked for; who was refused is kept nowhere."""
    row, document = evidence.row(case, tables.TAM_TRU), evidence.document(case)
    too_long = document.get("reason") == "stay_too_long"
    last = str(row.get("den_ngay") or ("21991231" if too_long else compact_day(time.date())))
    born = str(row.get("ngay_sinh") or "19000101")
    remembered = evidence.document(case, "residence").get("soDinhDanh")
    yield {
        "requester": person_of(row, "nyc") or dict(UNKNOWN),
        "resident": {
            "name": row.get("ho_ten") or "",
            "personal_id": row.get("so_dinh_danh") or remembered or case,
            "sex": meaning(NUMBERED_SEX, row.get("gioi_tinh"), "male"),
            "born": datetime.strptime(born, "%Y%m%d").date().isoformat(),
        },
        "address": row.get("dia_chi"),
        "until": datetime.strptime(last, "%Y%m%d").date().isoformat(),
    }


STAY = Chain(
    name=SERVICE,
    case=StayCase,
    walk=StayWalk,
    entry=EntryKey(
        tables.TAM_TRU,
        "so_dinh_danh",
        STEP,
        lambda payload: str(payload["resident"]["personal_id"]),
    ),
    done={SERVICE: "registered"},
    deciders={SERVICE: "residence"},
    natural={tables.TAM_TRU: _row},
    record=_record,
    one_way=_one_way,
    payloads={
        "residence.temporary.requested": _requested,
        "residence.temporary.registered": _registered,
        "residence.temporary.refused": _refused,
    },
    agencies=_AGENCIES,
    papers=_papers,
    results=_results,
    codes=_codes,
    formed=_formed,
    counted=_counted,
    first_status=4,
    reconstruct=_reconstruct,
)
