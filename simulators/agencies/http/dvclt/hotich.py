"""A linked dossier as DVCLT hands it out: `<hoTich>`, one text element a field.

Names of fields: a provincial system's published models of *khai sinh* and *khai tử*. Days of
people's lives are `dd.MM.yyyy`, the day of a notice `yyyyMMdd`. Fields that the simulation knows
nothing of are left out; the name of the root element is our assumption.
"""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree import ElementTree

from connectors.agencies.codes import CIVIL_STATUS, COMPACT_DAY, clock, local

ROOT: Final = "hoSo"
ENTRY: Final = "hoTich"
Fields = dict[str, str]

_KINSHIP: Final = {"mother": "Mẹ", "father": "Cha"}


def birth_fields(case: Mapping[str, Any]) -> Fields:
    """The fields of a birth from the payload of its `case.submitted`."""
    child, mother, father = case["child"], case["mother"], case["father"]
    born = local(child["born"])
    fields = {
        "maGCS": child["notice"],
        "ngayCapGCS": COMPACT_DAY.write(born),
        "loaiDangKy": "1",
        "noiDangKy": case["commune"],
        "soLuongBanSao": "0",
        "nksHoTen": child["name"],
        "nksGioiTinh": str(CIVIL_STATUS.sex.write[child["sex"]]),
        "nksNgaySinh": CIVIL_STATUS.day.write(born),
        "nksQuocTich": "VN",
        "nksLoaiKhaiSinh": "1",
        **_parent("me", mother, case["household"]["address"]),
        **_parent("cha", father, case["household"]["address"]),
    }
    return fields | _requester(case, mother, father)


def death_fields(case: Mapping[str, Any]) -> Fields:
    """The fields of a death from the payload of its `case.submitted`."""
    deceased, notice = case["deceased"], case["notice"]
    died = local(deceased["died"])
    return {
        "maGBT": notice["number"],
        "ngayCapGBT": COMPACT_DAY.write(died),
        "loaiDangKy": "1",
        "noiDangKy": case["commune"],
        "soLuongBanSao": "0",
        "nktHoTen": deceased["name"],
        "nktGioiTinh": str(CIVIL_STATUS.sex.write[deceased["sex"]]),
        "nktNgaySinh": CIVIL_STATUS.day.write(deceased["born"]),
        "nktQuocTich": "VN",
        "nktNoiCuTru": case["address"],
        "nktSoGiayToTuyThan": deceased["personal_id"],
        "nktNgayChet": CIVIL_STATUS.day.write(died),
        "nktGioPhutChet": clock(died),
        "nktNoiChet": notice["place"],
        "nktNguyenNhanChet": notice["cause"],
        "gbtSo": notice["number"],
        "nycHoTen": case["requester"]["name"],
        "nycSoGiayToTuyThan": case["requester"]["personal_id"],
    }


def _parent(role: str, parent: Mapping[str, Any] | None, address: str) -> Fields:
    if parent is None:
        return {}
    return {
        f"{role}HoTen": parent["name"],
        f"{role}NgaySinh": CIVIL_STATUS.day.write(parent["born"]),
        f"{role}QuocTich": "VN",
        f"{role}NoiCuTru": address,
        f"{role}SoGiayToTuyThan": parent["personal_id"],
    }


def _requester(
    case: Mapping[str, Any], mother: Mapping[str, Any], father: Mapping[str, Any] | None
) -> Fields:
    asking = case["requester"]
    kin = {mother["personal_id"]: "mother"}
    if father is not None:
        kin[father["personal_id"]] = "father"
    return {
        "nycHoTen": asking["name"],
        "nycQuanHe": _KINSHIP.get(kin.get(asking["personal_id"], ""), "Người thân thích khác"),
        "nycSoGiayToTuyThan": asking["personal_id"],
    }


def written(fields: Mapping[str, str]) -> str:
    """The dossier as XML text, without a declaration."""
    root = ElementTree.Element(ROOT)
    entry = ElementTree.SubElement(root, ENTRY)
    for name, text in fields.items():
        ElementTree.SubElement(entry, name).text = text
    return ElementTree.tostring(root, encoding="unicode")


def read(text: str) -> Fields:
    """The fields of a dossier in XML, the inverse of `written`.

    Raises:
        ElementTree.ParseError: it is no XML.
        ValueError: it has no `<hoTich>`.
    """
    entry = ElementTree.fromstring(text).find(ENTRY)
    if entry is None:
        raise ValueError(f"no <{ENTRY}>")
    return {field.tag: field.text or "" for field in entry}
