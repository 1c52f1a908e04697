"""What the commune police keep of what they granted: a row of `APPLICATIONS` each.

The connector's side of a row is in `connectors.agencies.residence_applications`; how long a step
takes and why it is refused stands in the world (`simulators.default_steps`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from connectors.agencies.codes import RESIDENCE, local_of
from simulators.agencies.documents import URI, Documents, Paper
from simulators.agencies.tables import Row, Table

_PERSON: Final = {
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "INTEGER NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
}
_REQUESTER: Final = {"ho_ten_nyc": "TEXT NOT NULL", "so_dinh_danh_nyc": "TEXT NOT NULL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One kind of application: the natural table of those that were granted.

    The natural key is the person. Numbers count from 1 within a commune's year. `fields` are the
    columns that the application itself fills; beside them stand number, day, case and notice.
    """

    step: str
    table: str
    fields: Mapping[str, str]
    form: str
    """The number of the notice that is handed out, from `so` and `xa`."""
    dated: str
    """How its day and time are called: `ngay_<dated>`, `gio_<dated>`."""
    paper: Paper

    @property
    def columns(self) -> dict[str, str]:
        """Every column of the table; the notice says all but the last two."""
        return {
            "so_dinh_danh": "TEXT PRIMARY KEY",
            "so_ct08": "TEXT NOT NULL",
            "so": "INTEGER NOT NULL",
            "nam": "INTEGER NOT NULL",
            "xa": "TEXT NOT NULL",
            **self.fields,
            f"ngay_{self.dated}": "TEXT NOT NULL",
            f"gio_{self.dated}": "TEXT NOT NULL",
            "ma_lien_thong": "TEXT NOT NULL",
            "ct08": "TEXT NOT NULL",
            "sha256": "TEXT NOT NULL",
        }

    def grant(
        self,
        table: Table,
        record: Mapping[str, Any],
        *,
        case: str,
        decided: datetime,
        documents: Documents,
    ) -> Row:
        """The row of an application that is granted: entered, and its notice made out."""
        at, year = local_of(decided), decided.year
        number = table.next_number("so", xa=record["xa"], nam=year)
        row = {
            **{column: record[column] for column in table.columns if column in record},
            "so": number,
            "nam": year,
            "so_ct08": self.form.format(so=number, xa=record["xa"]),
            f"ngay_{self.dated}": RESIDENCE.day.write(at),
            f"gio_{self.dated}": at[11:],
            "ma_lien_thong": case,
        }
        row["ct08"] = f"{URI}CT08:{year}:{row['so_ct08']}"
        row["sha256"] = documents.make_out(self.paper, row, table.columns[:-2])
        table.insert(row)
        return row


REGISTRATION: Final = Application(
    step="register",
    table="thuong_tru",
    fields={
        **_PERSON,
        "dia_chi": "TEXT NOT NULL",
        "ho_ten_chu_ho": "TEXT NOT NULL",
        "so_dinh_danh_chu_ho": "TEXT NOT NULL",
        "quan_he_chu_ho": "TEXT NOT NULL",
        **_REQUESTER,
        "dong_y": "TEXT",
    },
    form="{so}/CT08-{xa}",
    dated="dang_ky",
    paper="ct08",
)
"""`dong_y` says how the household head agreed: `ct01` (signed), `vneid`, or NULL where the head is
the requester."""
APPLICATIONS: Final = (
    REGISTRATION,
    Application(
        step="remove",
        table="xoa_thuong_tru",
        fields={
            **_PERSON,
            "ngay_mat": "TEXT NOT NULL",
            "gio_mat": "TEXT NOT NULL",
            "dia_chi": "TEXT NOT NULL",
            **_REQUESTER,
        },
        form="{so}/CT08-XT-{xa}",
        dated="xoa",
        paper="ct08_removal",
    ),
    Application(
        step="register_stay",
        table="tam_tru",
        fields={**_PERSON, "dia_chi": "TEXT NOT NULL", "den_ngay": "TEXT NOT NULL", **_REQUESTER},
        form="{so}/CT08-TT-{xa}",
        dated="tam_tru",
        paper="ct08_stay",
    ),
)
"""All that can be applied for; only a registration may need consent."""
