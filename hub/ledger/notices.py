"""The notice of a birth or a death, as the health facility must have told the portal of it."""

from collections.abc import Mapping
from typing import Any

from hub.ledger.texts import compact_time, local

KINDS = {"birth": "GCS", "death": "GBT"}


def said(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What the facility says, by the submission that begins with it."""
    person = payload["child" if payload["chain"] == "birth" else "deceased"]
    if payload["chain"] == "birth":
        number, facility, moment = person["notice"], person["facility"], person["born"]
    else:
        paper = payload["notice"]
        number, facility, moment = paper["number"], paper["facility"], person["died"]
    return {
        "kind": payload["chain"],
        "number": number,
        "facility": facility,
        "name": person["name"],
        "moment": moment,
    }


def kept(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What the portal keeps of it."""
    notice = said(payload)
    return {
        "loai": KINDS[notice["kind"]],
        "so": notice["number"],
        "coSo": notice["facility"],
        "hoTen": notice["name"],
        "thoiDiem": compact_time(local(notice["moment"])),
    }
