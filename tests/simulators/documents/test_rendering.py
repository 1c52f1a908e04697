"""Papers as people read them: what stands on a PDF file, and that it is the same file each time."""

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from typing import get_args

import pytest
from pypdf import PdfReader

from schemas.event import from_text
from simulators.agencies.documents import Paper, content_hash
from simulators.documents.forms import FORMS
from simulators.documents.rendering import PROOF, TEMPLATES, render
from tests.simulators.documents.rows import BIRTH_CERTIFICATE, HEALTH_CARD, MADE, Made


def _read(file: bytes) -> PdfReader:
    return PdfReader(BytesIO(file))


def _text(file: bytes) -> str:
    """What stands on the only page, in one line."""
    (page,) = _read(file).pages
    return " ".join(page.extract_text().split())


def _rendered(made: Made) -> bytes:
    return render(made.paper, made.row, made.columns)


def _paper(made: Made) -> str:
    return str(made.row[made.columns[1]])


@pytest.mark.parametrize("made", MADE, ids=_paper)
def test_a_paper_says_what_the_register_says(made: Made) -> None:
    """Names with all their marks, numbers, days as people write them, who made it out."""
    text = _text(_rendered(made))
    for expected in made.read:
        assert expected in text, f"{made.paper} does not say {expected!r}: {text}"


@pytest.mark.parametrize("made", MADE, ids=_paper)
def test_a_paper_is_plainly_a_simulation(made: Made) -> None:
    """The nation's heading is there, and across it and at its foot that it is worth nothing."""
    text = _text(_rendered(made))
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "MÔ PHỎNG – SIMULATION",
        "không có giá trị pháp lý",
        "of no legal value",
        made.row["ma_lien_thong"],
    ):
        assert expected in text, f"{made.paper} does not say {expected!r}"


@pytest.mark.parametrize("made", MADE, ids=_paper)
def test_a_file_names_the_hash_of_its_content(made: Made) -> None:
    """Whoever has the register's row can tell whether the file is of that row, without a parser."""
    content = content_hash(made.row, made.columns)
    file = _rendered(made)
    assert (PROOF + content).encode() in file, "the keywords hold it as plain text"
    assert content in _text(file), "and people can read it"


@pytest.mark.parametrize("made", MADE, ids=_paper)
def test_another_process_makes_the_same_file(made: Made) -> None:
    """A replay after a crash writes the file that is there: no random id, no time of the day."""
    here = sha256(_rendered(made)).hexdigest()
    script = (
        "from hashlib import sha256; from tests.simulators.documents.rows import MADE;"
        "from simulators.documents.rendering import render;"
        f"made = MADE[{MADE.index(made)}];"
        "print(sha256(render(made.paper, made.row, made.columns)).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_a_file_is_dated_by_the_decision() -> None:
    """Not by when it was typeset."""
    metadata = _read(_rendered(BIRTH_CERTIFICATE)).metadata
    assert metadata is not None
    assert metadata.creation_date == from_text("2023-07-10T10:00:01+07:00")
    assert metadata.title == "Giấy khai sinh: Nguyễn Thị Ngọc Huyền"


def test_a_name_is_never_markup() -> None:
    """What means something to the typesetter is a letter like any other."""
    odd = 'Lê #panic("x") *Văn* $a_1$ @b <c> [d] \\ // e'
    text = _text(_rendered(HEALTH_CARD._replace(row={**HEALTH_CARD.row, "ho_ten": odd})))
    assert odd.upper() in text, text


def test_the_longest_names_stay_on_one_page() -> None:
    """A paper has one page, whatever stands on it."""
    for made in MADE:
        words = "Nguyễn Hoàng Phương Uyên " * 4
        long = {
            column: words.strip()
            for column in made.row
            if column.startswith("ho_ten") or column == "dia_chi"
        }
        file = _rendered(made._replace(row={**made.row, **long}))
        assert len(_read(file).pages) == 1, made.paper


def test_a_father_who_is_not_declared_is_left_blank() -> None:
    """A stroke in place of name, day and number, as on a certificate."""
    text = _text(_rendered(BIRTH_CERTIFICATE))
    assert "người cha father: /" in text, text


def test_after_the_mergers_a_paper_names_the_units_of_its_day() -> None:
    """No district since 1 July 2025, and the province that the old one went into."""
    later = {**BIRTH_CERTIFICATE.row, "ngay_cap": "02.07.2025", "ngay_dang_ky": "02.07.2025"}
    text = _text(_rendered(BIRTH_CERTIFICATE._replace(row=later)))
    assert "Ủy ban nhân dân Phường Sài Gòn, Thành phố Hồ Chí Minh" in text, text


def test_every_paper_has_a_form_and_a_template() -> None:
    """And every template a paper; the frame is theirs together."""
    assert set(FORMS) == set(get_args(Paper)) == {made.paper for made in MADE}
    used = {FORMS[made.paper](made.row).template for made in MADE}
    assert {path.stem for path in TEMPLATES.glob("*.typ")} == {*used, "frame"}
