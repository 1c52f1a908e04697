"""A run's own table of successors: what it says holds, and what it can't say is told by line."""

from collections.abc import Iterator
from datetime import date

import pytest

from schemas.regimes import competent_commune
from schemas.successions import SuccessionError, adopt, read_successions
from schemas.units import UnmappedUnitError, succession_of, successor_of

HEADER = "old,new,source_vi,source_en"
ROW = "00001,00004,Nghị quyết của Hà Nội,a resolution of Hà Nội"
"""Phường Phúc Xá → Phường Ba Đình, both in Hà Nội."""
JUNE, JULY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(autouse=True)
def no_rows_left() -> Iterator[None]:
    """Rows hold in the whole process; none is left for other tests."""
    yield
    adopt(())


def table(*rows: str) -> str:
    """A file with these rows."""
    return "\n".join([HEADER, *rows]) + "\n"


def test_a_row_gives_an_old_commune_its_successor() -> None:
    """From the day of the mergers; until then it is its own."""
    with pytest.raises(UnmappedUnitError):
        competent_commune("00001", JULY)
    adopt(read_successions(table(ROW)))
    office = competent_commune("00001", JULY)
    assert (office.commune, office.name, office.agency) == ("00004", "Phường Ba Đình", "H26.00004")
    assert competent_commune("00001", JUNE).agency == "H26.001.00001"
    found = succession_of("00001")
    assert found is not None
    assert (found.source_vi, found.source_en) == ("Nghị quyết của Hà Nội", "a resolution of Hà Nội")


def test_other_rows_take_the_place_of_those_before() -> None:
    """Each run has its own, and most have none."""
    adopt(read_successions(table(ROW)))
    competent_commune("00001", JULY)
    adopt(())
    with pytest.raises(UnmappedUnitError):
        successor_of("00001")
    with pytest.raises(UnmappedUnitError):
        competent_commune("00001", JULY)


@pytest.mark.parametrize("text", [table(), f"\ufeff{HEADER}", HEADER + "\r\n"])
def test_a_table_may_be_empty(text: str) -> None:
    """However a spreadsheet writes it."""
    assert read_successions(text) == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("99999,00004,x,y", "line 2: no commune of 2023 has the code '99999'"),
        ("00001,99999,x,y", "line 2: no commune of today has the code '99999'"),
        ("1,00004,x,y", "line 2: no commune of 2023 has the code '1'"),
        ("26740,00004,x,y", "(26740) is Phường Sài Gòn today: its code lives on"),
        ("00001,26740,x,y", "(00001) was in Hà Nội, which is part of Hà Nội; Phường Sài Gòn"),
        ("00001,00004,x,", "line 2: it needs 4 values, both sources among them"),
        ("00001,00004,x", "line 2: it needs 4 values"),
        ("00001,00004,x,y,z", "line 2: it needs 4 values"),
        ('00001,00004,"x,y', "unexpected end of data"),
    ],
)
def test_a_row_that_makes_no_sense_is_told_by_its_line(row: str, fault: str) -> None:
    """With the names of the communes, for whoever mends it."""
    with pytest.raises(SuccessionError) as error:
        read_successions(table(row))
    assert fault in str(error.value)


def test_all_faults_are_told_at_once() -> None:
    """One reading of the file shows every line to mend."""
    with pytest.raises(SuccessionError) as error:
        read_successions(table(ROW, "99999,00004,x,y", ROW))
    assert [line.partition(":")[0] for line in str(error.value).splitlines()] == [
        "line 3",
        "line 4",
    ]
    assert "00001 has a successor in line 2 already" in str(error.value)


@pytest.mark.parametrize("text", ["", "old,new\n00001,00004", "a,b,c,d\n" + ROW])
def test_a_file_with_another_header_is_refused(text: str) -> None:
    """It says which one it has to be."""
    with pytest.raises(SuccessionError, match="the first line has to be old,new,source_vi"):
        read_successions(text)
