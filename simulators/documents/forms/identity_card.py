"""The identity card of a child under 6."""

from connectors.agencies.codes import POPULATION
from simulators.documents.forms.filling import Form, Row, day, moment, sex, slashed
from simulators.documents.places import place_of


def identity_card(row: Row) -> Form:
    """*Thẻ căn cước*: without a portrait, as no biometrics are taken before the age of 6."""
    issued = moment(POPULATION, row["ngay_cap"], row["gio_cap"])
    values = {
        "number": row["so_the"],
        "name": row["ho_ten"],
        "born": slashed(day(POPULATION, row["ngay_sinh"])),
        "sex": sex(POPULATION, row),
        "place": str(place_of(row["ma_xa"], issued.date())),
        "valid_from": slashed(issued.date()),
        "valid_to": slashed(day(POPULATION, row["den_ngay"])),
    }
    return Form(
        template="identity_card",
        issued=issued,
        title=f"Thẻ căn cước: {row['ho_ten']}",
        values=values,
    )
