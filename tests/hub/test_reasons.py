"""docs/reasons.md lists every code as the tables have it."""

from pathlib import Path

from hub.reasons import PATH, reasons_document
from schemas.reasons import REFUSALS, REJECTIONS

ROOT = Path(__file__).parents[2]


def test_the_list_of_reason_codes_is_current() -> None:
    """If this fails, run `python -m hub.reasons`."""
    assert (ROOT / PATH).read_text(encoding="utf-8") == reasons_document()


def test_the_list_has_every_code_with_its_texts() -> None:
    """Text and remedy, in both languages."""
    document = reasons_document()
    for reason in (*REFUSALS.values(), *REJECTIONS.values()):
        texts = (reason.vi, reason.en, reason.remedy_vi, reason.remedy_en)
        assert f"| `{reason.code}` | {' | '.join(texts)} |" in document
