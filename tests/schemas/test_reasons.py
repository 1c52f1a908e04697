"""Reason codes: each says in both languages what happened and what to do."""

import re

import pytest

from schemas.reasons import REFUSALS, REJECTIONS, Reason, refusal_pattern

ALL = [*REFUSALS.values(), *REJECTIONS.values()]
VIETNAMESE = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.I
)


@pytest.mark.parametrize("reason", ALL, ids=lambda reason: reason.code)
def test_each_reason_speaks_both_languages(reason: Reason) -> None:
    """A citizen reads Vietnamese, an engineer may read English: text and remedy in both."""
    for vietnamese, english in ((reason.vi, reason.en), (reason.remedy_vi, reason.remedy_en)):
        assert VIETNAMESE.search(vietnamese), vietnamese
        assert english.isascii(), english
        assert vietnamese[0].isupper()
        assert english[0].isupper()
        assert vietnamese.endswith(".")
        assert english.endswith(".")


@pytest.mark.parametrize("reason", REFUSALS.values(), ids=lambda reason: reason.code)
def test_a_citizen_reads_what_to_do_and_no_code(reason: Reason) -> None:
    """In whole words: no name of ours, no command, and more than what was refused said again."""
    for text in (reason.vi, reason.en, reason.remedy_vi, reason.remedy_en):
        assert not re.search("_|`|/[a-z]", text), f"a code or a command in {text!r}"
    assert len(reason.remedy_vi.split()) > 4, reason.remedy_vi
    assert reason.remedy_vi != reason.vi


def test_codes_are_plain_words_and_unique() -> None:
    """A code is a name, not a sentence; no refusal shares one with a rejection."""
    codes = [reason.code for reason in ALL]
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert all(table[code].code == code for table in (REFUSALS, REJECTIONS) for code in table)


def test_the_pattern_takes_exactly_the_refusal_codes() -> None:
    """A payload can name a refusal only by a code of the table."""
    pattern = re.compile(refusal_pattern())
    assert all(pattern.search(code) for code in REFUSALS)
    assert not any(pattern.search(code) for code in REJECTIONS)
    assert not any(pattern.search(f"{code}{extra}") for code in REFUSALS for extra in "x ")
