"""The National Public Service Portal: what the citizen sees of the case.

Its state is the portal's own record of the dossier: `maHoSo`, the moment of each status
(`trangThai`), the status 1–10 of each service (`dichVu`), `ngayHenTra` and `lyDo`; `boSung`, what
the citizen was asked to supplement, by service (`lan`, `han`, `ngayGui`); `phieuXinLoi`, the letter
of apology for a case that is late (`dichVu`, the agency `coQuan` that it waits for, `henCu`,
`henMoi`); `giayToNguon`, the notice of birth (`GCS`) or death (`GBT`) that the health facility made
out (`loai`, `so`, `coSo`, `hoTen`, `thoiDiem`); `duThao`, the draft of a birth certificate that the
citizen was sent to check (`lan`, `han`, `ngayGui`, `dongY`); and, for a submission that the hub did
not route, `biTuChoi`. Behind it stands the citizen, who answers such questions.
"""

from typing import Final, get_args

from connectors.agencies.codes import COMPACT_TIME, PAYOUT, local, local_of
from connectors.agencies.people import Record
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event
from schemas.payloads import Service

connector: Final = Connector("portal")


NOTICES: Final = {"birth": "GCS", "death": "GBT"}


@connector.on("notice.issued")
def keep_notice(state: State, event: Event) -> Decision:
    """Keep the notice with which the family files."""
    data = event.data()
    notice = {
        "loai": NOTICES[data["kind"]],
        "so": data["number"],
        "coSo": data["facility"],
        "hoTen": data["name"],
        "thoiDiem": COMPACT_TIME.write(local(data["moment"])),
    }
    return Decision(state={**state, "giayToNguon": notice})


_FIRST, _LATE, _FINAL = range(3)


@connector.on("case.status.changed")
def show(state: State, event: Event) -> Decision:
    """Show where the case stands: the final message wins, then the apology, in whatever order."""
    data = event.data()
    status, apology = data["status"], data["apology"]
    shown: Record = {"maHoSo": event.subject, "trangThai": state.get("trangThai", {})}
    if apology is None:
        reached = {status: COMPACT_TIME.write(local_of(event.time))}
        shown["trangThai"] = {**shown["trangThai"], **reached}
    else:
        shown["phieuXinLoi"] = _letter(data)
    if _rank(status, apology) >= _shown(state):
        due = data["due"]
        shown |= {
            "dichVu": {service["service"]: service["status"] for service in data["services"]},
            "ngayHenTra": None if due is None else COMPACT_TIME.write(local(due)),
            "lyDo": data["reason"],
        }
    return Decision(state={**state, **shown})


def _rank(status: str, apology: Record | None) -> int:
    if status != "processing":
        return _FINAL
    return _FIRST if apology is None else _LATE


def _shown(state: State) -> int:
    """The rank of the message that the citizen sees."""
    if state.get("trangThai", {}).keys() - {"processing"}:
        return _FINAL
    return _LATE if "phieuXinLoi" in state else _FIRST


def _letter(data: Record) -> Record:
    """*Phiếu xin lỗi và hẹn lại ngày trả kết quả*."""
    apology = data["apology"]
    return {
        "dichVu": apology["service"],
        "coQuan": apology["agency"],
        "henCu": COMPACT_TIME.write(local(apology["due"])),
        "henMoi": COMPACT_TIME.write(local(data["due"])),
    }


@connector.on("case.supplement.requested")
def ask(state: State, event: Event) -> Decision:
    """Ask the citizen for what is missing."""
    data = event.data()
    service, due = data["service"], COMPACT_TIME.write(local(data["due"]))
    asked: Record = state.get("boSung", {})
    number = asked.get(service, {"lan": 0})["lan"] + 1
    record = {
        "lan": number,
        "thieu": [defect["pointer"] for defect in data["defects"]],
        "han_bo_sung": due,
    }
    question = {"lan": number, "han": due, "ngayGui": None}
    return Decision(
        state={**state, "maHoSo": event.subject, "boSung": {**asked, service: question}},
        calls=(Call(step=service, record=record, time=event.time, attempt=number),),
    )


@connector.on_outcome(*get_args(Service))
def pass_on(state: State, outcome: Outcome) -> Decision:
    """Send the citizen's supplement, or the other way in which they want to be paid."""
    record, asked = outcome.record, state["boSung"]
    service = record["dich_vu"]
    sent = {**asked[service], "ngayGui": COMPACT_TIME.write(local_of(outcome.time))}
    paper = {"kind": "other", "uri": record["giay_to"], "sha256": record["sha256"]}
    method = record.get("cach_nhan")
    payout = None if method is None else {"method": PAYOUT.read[method], "account": None}
    data = {"service": service, "documents": [paper], "payout": payout, "note": None}
    return Decision(
        state={**state, "boSung": {**asked, service: sent}},
        events=(Emit(name="case.supplement.provided", data=data, time=outcome.time),),
    )


CERTIFICATE: Final = "certificate"
"""What citizens are asked about a draft."""


@connector.on("certificate.drafted")
def show_draft(state: State, event: Event) -> Decision:
    """Have the citizen check the draft of the birth certificate."""
    data = event.data()
    number = state.get("duThao", {"lan": 0})["lan"] + 1
    due = COMPACT_TIME.write(local(data["expires"]))
    record = {
        "lan": number,
        "ho_ten": data["child"]["name"],
        "so_dinh_danh": data["child"]["personal_id"],
        "so_dang_ky": data["entry"]["number"],
        "han_tra_loi": due,
    }
    question = {"lan": number, "han": due, "ngayGui": None, "dongY": None}
    return Decision(
        state={**state, "maHoSo": event.subject, "duThao": question},
        calls=(Call(step=CERTIFICATE, record=record, time=event.time, attempt=number),),
    )


@connector.on_outcome(CERTIFICATE)
def answer_draft(state: State, outcome: Outcome) -> Decision:
    """Send what the citizen says of the draft; nothing said is agreement, and sends nothing."""
    record = outcome.record
    agreed = record["dong_y"] == 1
    data = {"answer": "agreed" if agreed else "correction", "note": record["y_kien"]}
    sent = {"ngayGui": COMPACT_TIME.write(local_of(outcome.time)), "dongY": agreed}
    return Decision(
        state={**state, "duThao": {**state["duThao"], **sent}},
        events=(Emit(name="certificate.draft.answered", data=data, time=outcome.time),),
    )


@connector.on("delivery.rejected")
def show_rejection(state: State, event: Event) -> Decision:
    """Keep why the hub did not route what the portal sent."""
    data = event.data()
    rejection = {"suKien": data["event"], "lyDo": data["reason"], "viTri": data["pointer"]}
    rejections = {**state.get("biTuChoi", {}), event.id: rejection}
    return Decision(state={**state, "maHoSo": event.subject, "biTuChoi": rejections})
