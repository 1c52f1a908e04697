"""How people stand in an agency's record: the child, its parents, the deceased, the requester.

Records are flat, as the agencies' own are: a field of the mother ends in `_me`, of the father in
`_cha`, of the requester in `_nyc` (*người yêu cầu*), of the household head in `_chu_ho`.
"""

from collections.abc import Mapping
from typing import Any

from connectors.agencies.codes import Dialect, TimeFormat, clock, local, moment_at

Record = dict[str, Any]


def child_fields(child: Mapping[str, Any], dialect: Dialect) -> Record:
    """A child's name, sex and day of birth in an agency's dialect."""
    return {
        "ho_ten": child["name"],
        "gioi_tinh": dialect.sex.write[child["sex"]],
        "ngay_sinh": dialect.day.write(local(child["born"])),
    }


def newborn_fields(child: Mapping[str, Any], dialect: Dialect) -> Record:
    """`child_fields` and what the birth notice says: its number, its facility, the time of day.

    A notice has hours and minutes; seconds do not survive here.
    """
    return {
        **child_fields(child, dialect),
        "gio_sinh": clock(local(child["born"])),
        "so_gcs": child["notice"],
        "ma_co_so": child["facility"],
    }


def person_fields(person: Mapping[str, Any] | None, role: str) -> Record:
    """A person's name and number; both None for a person who is not there."""
    if person is None:
        return {f"ho_ten_{role}": None, f"so_dinh_danh_{role}": None}
    return {f"ho_ten_{role}": person["name"], f"so_dinh_danh_{role}": person["personal_id"]}


def parent_fields(parent: Mapping[str, Any] | None, role: str, dialect: Dialect) -> Record:
    """`person_fields` and the day of birth."""
    born = None if parent is None else dialect.day.write(parent["born"])
    return {**person_fields(parent, role), f"ngay_sinh_{role}": born}


def child_of(record: Mapping[str, Any], dialect: Dialect) -> Record:
    """Name, sex and moment of birth as events have them."""
    return {
        "name": record["ho_ten"],
        "sex": dialect.sex.read[record["gioi_tinh"]],
        "born": moment_at(dialect.day.read(record["ngay_sinh"]), record["gio_sinh"]),
    }


def newborn_of(record: Mapping[str, Any], dialect: Dialect) -> Record:
    """The child as on the birth notice, the inverse of `newborn_fields`."""
    return {
        **child_of(record, dialect),
        "notice": record["so_gcs"],
        "facility": record["ma_co_so"],
    }


def person_of(record: Mapping[str, Any], role: str) -> Record | None:
    """A person's name and number, or None."""
    name = record[f"ho_ten_{role}"]
    if name is None:
        return None
    return {"name": name, "personal_id": record[f"so_dinh_danh_{role}"]}


def parent_of(record: Mapping[str, Any], role: str, dialect: Dialect) -> Record | None:
    """A parent as on the birth declaration, or None."""
    parent = person_of(record, role)
    if parent is not None:
        parent["born"] = dialect.day.read(record[f"ngay_sinh_{role}"])
    return parent


def death_fields(deceased: Mapping[str, Any], day: TimeFormat) -> Record:
    """Who died, and when to the minute: all that most agencies may know of a death."""
    died = local(deceased["died"])
    return {
        "so_dinh_danh": deceased["personal_id"],
        "ngay_mat": day.write(died),
        "gio_mat": clock(died),
    }


def deceased_fields(deceased: Mapping[str, Any], dialect: Dialect) -> Record:
    """`death_fields` and the deceased's name, sex and day of birth."""
    return {
        **death_fields(deceased, dialect.day),
        "ho_ten": deceased["name"],
        "gioi_tinh": dialect.sex.write[deceased["sex"]],
        "ngay_sinh": dialect.day.write(deceased["born"]),
    }


def deceased_of(record: Mapping[str, Any], dialect: Dialect) -> Record:
    """The deceased as events have them, the inverse of `deceased_fields`."""
    return {
        "name": record["ho_ten"],
        "personal_id": record["so_dinh_danh"],
        "sex": dialect.sex.read[record["gioi_tinh"]],
        "born": dialect.day.read(record["ngay_sinh"]),
        "died": moment_at(dialect.day.read(record["ngay_mat"]), record["gio_mat"]),
    }


def death_notice_fields(notice: Mapping[str, Any]) -> Record:
    """What a death notice says beside who died: its number, its facility, the place, the cause."""
    return {
        "so_gbt": notice["number"],
        "ma_co_so": notice["facility"],
        "noi_mat": notice["place"],
        "nguyen_nhan": notice["cause"],
    }


def death_notice_of(record: Mapping[str, Any]) -> Record:
    """The death notice as events have it, the inverse of `death_notice_fields`."""
    return {
        "number": record["so_gbt"],
        "facility": record["ma_co_so"],
        "place": record["noi_mat"],
        "cause": record["nguyen_nhan"],
    }
