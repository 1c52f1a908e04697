"""`lienthong explain`: what stands in a case, with the rule, its date and its source."""

import re
from datetime import date
from typing import Any

import pytest

from hub.cli.explain_telling import tell
from hub.explaining import Answer, Granted, explanation
from hub.orchestrator.labels import CASE_STATUSES, STATUSES
from schemas.event import from_text
from schemas.rules import RULES
from schemas.standards import COLUMNS, adopt_standards, read_standards
from schemas.successions import adopt
from schemas.units import Succession


def document(**changes: Any) -> dict[str, Any]:
    """A birth case in Phường Bến Nghé, filed on a Friday after the cut-off, completed."""
    entry = {
        "state": "returned",
        "status": 10,
        "since": "2024-06-18T02:00:00.000+00:00",
        "reason": None,
        "asked": "2024-06-14T08:30:00.000+00:00",
        "due": "2024-06-20T10:00:00.000+00:00",
    }
    return {
        "chain": "birth",
        "procedure": "2.002621",
        "province": "79",
        "commune": "26740",
        "status": "completed",
        "reason": None,
        "submitted": "2024-06-14T08:30:00.000+00:00",
        "due": "2024-06-20T10:00:00.000+00:00",
        "updated": "2024-06-18T02:00:00.000+00:00",
        "services": {"birth": entry},
        "results": {},
        **changes,
    }


def one(answers: list[Answer], matter: str) -> Answer:
    """The only answer on a matter of the birth service, or of the case."""
    found = [answer for answer in answers if answer.matter == matter]
    assert found, f"nothing is said on {matter}"
    return found[0]


def test_the_clock_and_the_deadline_name_decree_63() -> None:
    """Friday 14 June 2024 at 15:30 counts from Monday; three working days on is Thursday."""
    answers = explanation(document())
    clock, due = one(answers, "clock"), one(answers, "deadline")
    assert clock.value.vi == "17/06/2024", "the cut-off moves it to Monday"
    assert "tính từ 08:00 của ngày tiếp theo" in clock.why[0].vi
    assert [row.rule for row in clock.rows] == ["office.opening", "office.cut_off"]
    assert due.value.vi == "17:00 20/06/2024"
    assert due.why[0].vi == "3 ngày làm việc: 18, 19, 20/06/2024"
    assert due.rows[0].source_vi == "Nghị định 63/2024/NĐ-CP"


def test_the_days_off_of_a_deadline_are_named() -> None:
    """Filed on Tuesday 6 February 2024: Wednesday counts, then Tết until Wednesday the 14th."""
    entry = {**document()["services"]["birth"], "due": "2024-02-16T10:00:00.000+00:00"}
    case = document(
        submitted="2024-02-06T02:00:00.000+00:00", due=entry["due"], services={"birth": entry}
    )
    answers = explanation(case)
    due = one(answers, "deadline")
    assert due.why[0].vi == "3 ngày làm việc: 07, 15, 16/02/2024"
    (off,) = (why for why in due.why if why.vi.startswith("ngày nghỉ, không tính: "))
    assert "thứ Bảy 10/02/2024 (Tết Nguyên Đán)" in off.vi
    assert "Saturday 10/02/2024 (Lunar New Year)" in off.en
    assert off.vi.count("/02/2024") == 7
    assert len(one(answers, "clock").why) == 1, "Tuesday is an ordinary day"


def test_a_clock_that_starts_on_a_make_up_saturday_says_so() -> None:
    """Friday 2 January 2026 was exchanged for Saturday the 10th, by a letter that is named."""
    entry = {**document()["services"]["birth"], "due": "2026-01-14T10:00:00.000+00:00"}
    case = document(
        submitted="2026-01-09T09:00:00.000+00:00", due=entry["due"], services={"birth": entry}
    )
    clock = one(explanation(case), "clock")
    assert clock.value.vi == "10/01/2026"
    assert clock.why[1].vi == ("ngày làm bù, có tính: thứ Bảy 10/01/2026 (Văn bản 12729/VPCP-KGVX)")


def test_a_birth_that_was_filed_late_says_so_and_may_have_five_days(
    late_births_verified: None,
) -> None:
    """Born on 14 April 2024: the sixtieth day was Thursday 13 June, and it was filed on Friday."""
    entry = {**document()["services"]["birth"], "due": "2024-06-24T10:00:00.000+00:00"}
    case = document(filed_late="2024-06-13", due=entry["due"], services={"birth": entry})
    answers = explanation(case)
    filed, due = one(answers, "filing"), one(answers, "deadline")
    assert (filed.value.vi, filed.decided_by.vi) == ("13/06/2024", "ngày sinh 14/04/2024")
    assert [row.rule for row in filed.rows] == ["filing.birth"]
    assert "phải xác minh" in filed.why[0].vi
    assert due.rows[0].rule == "deadline.birth_verified"
    assert due.why[0].vi == "5 ngày làm việc: 18, 19, 20, 21, 24/06/2024"
    assert "filing" not in {answer.matter for answer in explanation(document())}


def test_a_death_that_was_filed_late_says_so_and_keeps_its_date() -> None:
    """Nothing says that it takes longer."""
    entry = {**document()["services"]["birth"], "due": "2024-06-25T10:00:00.000+00:00"}
    case = document(
        chain="death", filed_late="2024-06-13", due=entry["due"], services={"death": entry}
    )
    answers = explanation(case, groups=())
    filed = next(answer for answer in answers if answer.matter == "filing")
    assert (filed.services, filed.decided_by.vi) == (("death",), "ngày chết 29/05/2024")
    assert "ngày hẹn trả không đổi" in filed.why[0].vi
    due = next(answer for answer in answers if answer.matter == "deadline")
    assert due.rows[0].rule == "deadline.death_none"


def test_a_day_that_no_table_reaches_is_told_in_words() -> None:
    """What can be explained is; of the rest it says which rule has no row."""
    asked = {**document()["services"]["birth"], "asked": "2021-06-28T02:00:00.000+00:00"}
    case = document(
        chain="temporary_residence",
        services={"temporary_residence": asked},
        submitted="2021-06-28T02:00:00.000+00:00",
    )
    answers = explanation(case)
    assert [answer.matter for answer in answers][-1] == "no_rule", "it comes last"
    assert answers[-1].decided_by.vi == (
        f"quy định deadline.temporary_residence ({RULES['deadline.temporary_residence'].vi}) "
        "không có dòng nào cho ngày 28/06/2021"
    )
    assert one(answers, "unit").value.vi.startswith("Phường Bến Nghé")
    tell("G22.99.10-210628-000001", "completed", answers)


def test_what_comes_before_offices_open_is_received_on_that_day() -> None:
    """At 06:23 on Monday 17 June 2024: that is day 0, and the reader is told why."""
    case = document(submitted="2024-06-16T23:23:00.000+00:00")
    clock = one(explanation(case), "clock")
    assert clock.value.vi == "17/06/2024"
    assert clock.decided_by.vi == "lúc nộp hồ sơ 06:23 17/06/2024"
    assert clock.why[0].vi.startswith("trước giờ mở cửa 08:00;")
    assert "by 15:00 is received on that day all the same" in clock.why[0].en
    assert [row.rule for row in clock.rows] == ["office.opening", "office.cut_off"]


def test_a_stay_names_the_calendar_of_the_commune_police() -> None:
    """Filed on Saturday 15 June 2024 at nine: theirs, with the hour until which they are there."""
    due = "2024-06-19T10:00:00.000+00:00"
    entry = {**document()["services"]["birth"], "due": due}
    stay = document(
        chain="temporary_residence",
        submitted="2024-06-15T02:00:00.000+00:00",
        due=due,
        services={"temporary_residence": entry},
    )
    clock = one(explanation(stay), "clock")
    assert clock.value.vi == "15/06/2024"
    rules = [row.rule for row in clock.rows]
    assert rules == ["office.saturday_residence", "calendar.residence"]
    assert one(explanation(stay), "deadline").value.vi == "17:00 19/06/2024"
    matters = {answer.matter for answer in explanation(stay)}
    assert "regime" not in matters, "that is of the linked services"


def test_a_new_date_is_explained_by_the_rule_that_allows_one() -> None:
    """Late on Thursday 20 June 2024; three working days on are the 21st, the 24th and the 25th."""
    late = {"service": "birth", "agency": "civil-status", "due": "2024-06-20T10:00:00.000+00:00"}
    letter = one(explanation(document(apology=late)), "apology")
    assert letter.value.vi == "17:00 25/06/2024"
    assert [row.rule for row in letter.rows] == ["limit.new_dates", "deadline.birth"]
    assert letter.rows[0].source_vi == "Nghị định 61/2018/NĐ-CP, Điều 19"
    assert letter.decided_by.en.endswith("20/06/2024")


def test_an_identity_card_is_explained_by_its_own_time_and_age() -> None:
    """Filed in the holiday of September 2026: seven working days from the 3rd, until 14 years."""
    due = "2026-09-14T10:00:00.000+00:00"
    entry = {
        **document()["services"]["birth"],
        "asked": "2026-09-03T03:00:00.000+00:00",
        "since": "2026-09-08T03:00:00.000+00:00",
        "due": due,
    }
    case = document(
        procedure="3.000722",
        submitted="2026-09-01T02:00:00.000+00:00",
        due=due,
        services={"birth": entry, "identity_card": entry},
        results={"identity_card": {"number": "079326000001", "until": "2040-08-20"}},
    )
    told = one(explanation(case), "deadline")
    assert (told.services, told.value.vi) == (("birth", "identity_card"), "17:00 14/09/2026")
    assert told.why[0].vi == "7 ngày làm việc: 04, 07, 08, 09, 10, 11, 14/09/2026"
    assert (told.rows[0].rule, told.rows[0].confidence) == ("deadline.identity_card", "K")
    valid = one(explanation(case), "validity")
    assert (valid.value.vi, valid.decided_by.vi) == ("20/08/2040", "ngày cấp 08/09/2026")
    assert [row.rule for row in valid.rows] == ["limit.identity_card"]


def test_an_identity_card_a_day_too_early_has_the_row_of_its_day() -> None:
    """On 31 August 2026 it is filed by itself."""
    entry = {
        **document()["services"]["birth"],
        **{"status": 3, "reason": "identity_card_not_offered", "asked": None, "due": None},
    }
    case = document(
        procedure="2.002621",
        status="refused",
        submitted="2026-08-31T03:00:00.000+00:00",
        due=None,
        services={"birth": entry},
    )
    said = one(explanation(case), "status")
    assert "01/09/2026" in said.why[0].vi
    assert "01/09/2026" in said.why[0].en
    assert (said.rows[0].rule, said.rows[0].value) == ("offered.identity_card", "alone")


def test_a_draft_is_explained_by_the_day_that_its_requester_has() -> None:
    """Sent on Friday at 15:10, until Saturday: days of the calendar; no draft, nothing said."""
    sent = from_text("2024-06-14T08:10:00.000+00:00")
    draft = one(explanation(document(), drafted=[sent]), "draft")
    assert draft.value.vi == "15:10 15/06/2024"
    assert [(row.rule, row.confidence) for row in draft.rows] == [("limit.certificate_draft", "K")]
    assert "draft" not in {answer.matter for answer in explanation(document())}


@pytest.mark.parametrize(
    ("code", "rules", "why"),
    [
        ("2.002621", ["procedure.linked_birth"], []),
        ("2.002622", ["procedure.linked_birth_elsewhere"], []),
        (
            "2.000986",
            ["procedure.linked_birth", "procedure.linked_birth_elsewhere"],
            ["by its day it is 2.002621 / 2.002622"],
        ),
    ],
)
def test_a_procedure_code_has_the_row_of_its_catalogue(
    code: str, rules: list[str], why: list[str]
) -> None:
    """In June 2024; beside one that was not in force stand those that were."""
    said = one(explanation(document(procedure=code)), "procedure")
    assert (said.value.vi, [row.rule for row in said.rows]) == (code, rules)
    assert [label.en for label in said.why] == why


def test_a_deadline_that_moved_says_so_and_names_the_supplements_rule() -> None:
    """A wait for the citizen doesn't count, and the reader sees from where the date moved."""
    case = document()
    case["services"]["birth"]["due"] = "2024-06-25T10:00:00.000+00:00"
    due = one(explanation(case), "deadline")
    assert due.value.vi == "17:00 25/06/2024"
    assert due.why[1].en.startswith("17:00 20/06/2024 at first; the wait")
    assert {row.rule for row in due.rows} > {"deadline.birth", "deadline.supplement"}


@pytest.mark.parametrize(
    ("groups", "rule", "text"),
    [
        ([], "deadline.death_none", "17:00 25/06/2024"),
        (["insurance"], "deadline.death_insurance", "17:00 27/06/2024"),
    ],
)
def test_a_death_is_due_by_the_groups_of_its_allowance(groups: Any, rule: str, text: str) -> None:
    """From Monday 17 June 2024, six working days without an allowance and eight with insurance."""
    case = document(chain="death", procedure="2.002622")
    day = f"2024-06-{text[6:8]}T10:00:00.000+00:00"
    case |= {"due": day, "services": {"death": {**case["services"]["birth"], "due": day}}}
    due = one(explanation(case, groups=groups), "deadline")
    assert due.value.vi == text, "nothing moved it"
    assert [row.rule for row in due.rows] == [rule]


@pytest.mark.parametrize(
    ("service", "day", "rules"),
    [
        ("insurance_allowance", 27, ["deadline.death_insurance"]),
        ("social_allowance", 25, ["deadline.death_social_protection"]),
        ("social_allowance", 28, []),
    ],
)
def test_a_death_whose_groups_nobody_knows_still_has_its_date(
    service: str, day: int, rules: list[str]
) -> None:
    """One from elsewhere that has ended: the date is dvclt's, and names the group if it can."""
    due = f"2024-06-{day}T10:00:00.000+00:00"
    case = document(chain="death", procedure="2.002622", due=due)
    entry = {**case["services"]["birth"], "due": due}
    case["services"] = {"death": entry, service: entry}
    answer = one(explanation(case, groups=None), "deadline")
    assert answer.value.vi == f"17:00 {day}/06/2024"
    assert [row.rule for row in answer.rows] == rules
    assert "không còn ghi các nhóm" in answer.why[-1].vi
    assert one(explanation(case, groups=None), "clock").value.vi == "17/06/2024"


def test_what_is_true_of_several_services_is_said_once() -> None:
    """One date for three services; a date of its own stands by itself."""
    case = document()
    entry = case["services"]["birth"]
    other = {**entry, "due": "2024-06-25T10:00:00.000+00:00"}
    case["services"] = {"birth": entry, "residence": other, "health_card": entry}
    due = [answer for answer in explanation(case) if answer.matter == "deadline"]
    assert [answer.services for answer in due] == [("birth", "health_card"), ("residence",)]
    (status,) = [a for a in explanation(case) if a.matter == "status" and a.services]
    assert status.services == ("birth", "residence", "health_card")


@pytest.mark.parametrize(
    ("number", "choice", "text"),
    [
        ("008325090560", "successor", "008 (Tuyên Quang)"),
        ("002325334205", "former", "002 (Hà Giang)"),
        ("091325000001", "successor", "091 (An Giang)"),
        ("091325000001", "former", "091 (Kiên Giang)"),
        ("046325000001", "former", "046 (Thừa Thiên Huế)"),
    ],
)
def test_a_personal_id_says_whose_code_it_begins_with(number: str, choice: Any, text: str) -> None:
    """After the mergers that is a parameter of the run, and the rule says that it is ours."""
    entry = {"commune": "00691", "registered": "2025-07-02T10:00:00+07:00"}
    case = document(results={"personal_id": number, "entry": entry})
    found = one(explanation(case, id_province=choice), "personal_id")
    assert found.value.vi == text
    assert found.decided_by.vi == "ngày đăng ký 02/07/2025"
    assert choice in found.why[0].en
    (row,) = found.rows
    assert (row.rule, row.confidence) == ("personal_id.province", "I")
    assert "no source settles it" in row.source_en


def test_before_the_mergers_no_parameter_decides_on_a_number() -> None:
    """It is the province of registration, by the circular."""
    entry = {"commune": "00691", "registered": "2025-06-30T10:00:00+07:00"}
    case = document(results={"personal_id": "002325334205", "entry": entry})
    found = one(explanation(case), "personal_id")
    assert found.why == ()
    assert found.rows[0].source_en == "Circular 07/2016/TT-BCA, appendix 1"


@pytest.mark.parametrize(
    ("decided", "text"),
    [
        (date(2025, 6, 30), "Ủy ban nhân dân Quận 1 (760)"),
        (date(2025, 7, 1), "Ủy ban nhân dân Phường Sài Gòn (26740)"),
    ],
)
def test_social_protection_is_decided_by_the_committee_of_that_day(
    decided: date, text: str
) -> None:
    """The district's until 30 June 2025, then the commune's: by the day of the decision."""
    case = document(chain="death")
    case["services"] = {"social_allowance": case["services"]["birth"]}
    granted = Granted(
        service="social_allowance",
        group="social_protection",
        vnd=10_000_000,
        died=date(2025, 6, 28),
        decided=decided,
    )
    unit = one(explanation(case, [granted]), "unit")
    assert unit.value.vi == text
    assert unit.rows[1].value == ("district" if decided.month == 6 else "commune")


def test_a_difference_says_what_was_granted_elsewhere() -> None:
    """27,000,000 by a standard that was public that day, less the insurance's 25,300,000."""
    granted = Granted(
        service="social_allowance",
        group="emergency",
        vnd=1_700_000,
        died=date(2026, 7, 10),
        decided=date(2026, 8, 21),
        elsewhere=25_300_000,
    )
    answer = one(explanation(document(), [granted]), "amount")
    assert answer.value.vi == "1.700.000 đồng"
    assert [why.vi for why in answer.why] == [
        "50 × 540.000 đồng = 27.000.000 đồng",
        "đã được hưởng 25.300.000 đồng ở cơ quan khác: chi phần chênh lệch",
        "theo mức đã công bố đến ngày quyết định 21/08/2026",
    ]


def test_a_province_s_own_standard_is_named_with_its_source() -> None:
    """Instead of the national one, where it is higher."""
    header, row = ",".join(COLUMNS), "79,600000,2024-07-01,,V,Nghị quyết của tỉnh,A resolution"
    adopt_standards(read_standards(f"{header}\n{row}"))
    granted = Granted(
        service="social_allowance",
        group="social_protection",
        vnd=12_000_000,
        died=date(2024, 7, 10),
        decided=date(2024, 7, 15),
        home="79",
    )
    try:
        answer = one(explanation(document(), [granted]), "amount")
    finally:
        adopt_standards(())
    level = answer.rows[1]
    assert (level.source_en, level.note_vi) == ("A resolution", "mức của Hồ Chí Minh (79)")


def test_on_the_screen_each_rule_stands_once_with_its_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What the case has refers to the rules below by number, in both languages."""
    case = document()
    entry = case["services"]["birth"]
    case["services"] = dict.fromkeys(("birth", "residence", "health_card"), entry)
    tell("G22.99.08-240614-1", "completed", explanation(case))
    told = capsys.readouterr().out
    facts, _, rules = told.partition("Quy định · rules")
    assert rules.count("Thời hạn liên thông khai sinh: 3 ngày làm việc") == 1
    assert "17:00 20/06/2024" in facts
    assert "tất cả dịch vụ: ngày tiếp nhận 17/06/2024" in facts
    assert "all services: day of reception 17/06/2024" in facts
    named = {int(number) for number in re.findall(r"\[(\d+)\]", facts)}
    assert named == set(range(1, len(re.findall(r"\[\d+\]", rules)) + 1))


def test_a_case_that_outlives_its_commune_names_the_successor() -> None:
    """Asked on 2 July 2025: Phường Sài Gòn, with the row that says which units stand."""
    case = document()
    case["services"]["birth"]["asked"] = "2025-07-02T02:00:00.000+00:00"
    unit = one(explanation(case), "unit")
    was = "Phường Bến Nghé (26740), Quận 1, Hồ Chí Minh"
    assert unit.value.vi == f"Phường Sài Gòn (26740), H29.26740: đơn vị kế thừa {was}"
    assert unit.value.en == f"Phường Sài Gòn (26740), H29.26740: successor of {was}"
    assert unit.rows[0].number == 34


def test_a_row_of_the_run_s_own_is_named_with_its_source() -> None:
    """Who says that Phường Phúc Xá is part of Phường Ba Đình: not the law that is packaged."""
    row = Succession(
        old="00001", new="00004", source_vi="bảng của Sở", source_en="a bureau's table"
    )
    adopt([row])
    try:
        case = document(commune="00001")
        case["services"]["birth"]["asked"] = "2025-07-02T02:00:00.000+00:00"
        unit = one(explanation(case), "unit")
    finally:
        adopt(())
    was = "Phường Phúc Xá (00001), Quận Ba Đình, Hà Nội"
    told = f"Phường Ba Đình (00004), H26.00004: đơn vị kế thừa {was}, theo bảng của Sở"
    assert unit.value.vi == told
    assert unit.value.en.endswith(f"successor of {was}, by a bureau's table")


def test_a_service_that_nobody_receives_says_since_when() -> None:
    """Nothing was asked for: the day on which it could not be is the one that counts."""
    case = document(commune="00001")
    since = "2025-07-01T02:00:00.000+00:00"
    case["services"]["birth"] |= {"asked": None, "since": since}
    case["waiting"] = {"birth": {"reason": "overdue_receiving_unit", "until": since}}
    unit = one(explanation(case), "unit")
    assert unit.value.vi == "chưa rõ đơn vị kế thừa: Phường Phúc Xá (00001)"
    assert unit.decided_by.en == "day of processing 01/07/2025"


def test_a_commune_without_successor_is_said_to_have_none() -> None:
    """No row is invented where none is known."""
    case = document(commune="00001")
    case["services"]["birth"]["asked"] = "2025-07-02T02:00:00.000+00:00"
    unit = one(explanation(case), "unit")
    assert "chưa rõ đơn vị kế thừa" in unit.value.vi
    assert "no table says" in unit.value.en


@pytest.mark.parametrize(
    ("group", "died", "vnd", "by"),
    [
        ("insurance", date(2023, 6, 30), 14_900_000, "tháng chết 06/2023"),
        ("insurance", date(2023, 7, 1), 18_000_000, "tháng chết 07/2023"),
        ("social_protection", date(2024, 7, 1), 10_000_000, "ngày chết 01/07/2024"),
    ],
)
def test_a_sum_names_the_month_or_day_of_death_and_both_rows(
    group: Any, died: date, vnd: int, by: str
) -> None:
    """What was granted stands beside the multiple and the level that it comes from."""
    granted = Granted(
        service="insurance_allowance", group=group, vnd=vnd, died=died, decided=date(2024, 7, 20)
    )
    answer = one(explanation(document(), [granted]), "amount")
    assert answer.value.vi == f"{vnd:,} đồng".replace(",", ".")
    assert answer.decided_by.vi == by
    multiple, level = answer.rows
    assert multiple.number * level.number == vnd


def test_every_status_is_a_rule_with_the_words_that_users_read() -> None:
    """The table of statuses and the labels on the screen say the same."""
    for code, label in STATUSES.items():
        (row,) = RULES[f"status.{code}"].rows
        assert (row.vi, row.en) == (label.vi, label.en)


def test_a_refused_service_tells_why() -> None:
    """The reason's own text stands beside the status."""
    case = document(status="refused")
    case["services"]["birth"] |= {"state": "refused", "status": 3, "reason": "notice_mismatch"}
    statuses = [answer for answer in explanation(case) if answer.matter == "status"]
    assert "giấy chứng sinh" in statuses[0].why[0].vi
    assert statuses[1].value.vi == CASE_STATUSES["refused"].vi


def test_a_stay_that_is_too_long_is_explained_by_the_law_that_says_how_long() -> None:
    """24 months, by the Law on Residence, with how sure that is."""
    case = document(chain="temporary_residence", status="refused", due=None)
    refused = {"state": "not_accepted", "status": 3, "reason": "stay_too_long"}
    entry = {**case["services"]["birth"], **refused, "asked": None, "due": None}
    case["services"] = {"temporary_residence": entry}
    status = one(explanation(case), "status")
    limit, _ = status.rows
    assert (limit.rule, limit.number) == ("limit.temporary_residence", 24)
    assert limit.source_en == "Law 68/2020/QH14, Article 27"
    assert limit.confidence == "K"


@pytest.mark.parametrize(
    ("chain", "service", "rule"),
    [
        ("birth", "health_card", "competent.social_insurance"),
        ("death", "insurance_allowance", "competent.social_insurance"),
        ("death", "social_allowance", "competent.social_protection"),
        ("temporary_residence", "temporary_residence", None),
    ],
)
def test_the_competent_unit_is_that_of_the_agency_which_decides(
    chain: str, service: str, rule: str | None
) -> None:
    """The commune's, and beside it the rule of an agency that has one of its own."""
    case = document(chain=chain)
    case["services"] = {service: case["services"]["birth"]}
    commune, *own = one(explanation(case), "unit").rows
    assert commune.rule.startswith("units.")
    assert [row.rule for row in own] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("day", "unit"),
    [
        ("2025-06-30", "Bảo hiểm xã hội Quận 1 (760), thành phố Hồ Chí Minh"),
        (
            "2025-07-01",
            "BHXH cơ sở phụ trách Phường Sài Gòn (26740), thuộc BHXH thành phố Hồ Chí Minh",
        ),
    ],
)
def test_social_insurance_is_named_as_the_office_that_was_competent(day: str, unit: str) -> None:
    """Of the district until 30 June 2025, then of an area; Phường Bến Nghé lay in Quận 1."""
    case = document()
    card = {**case["services"]["birth"], "asked": f"{day}T09:00:00+07:00"}
    case["services"] = {"health_card": card}
    case["commune"] = "26740"
    assert one(explanation(case), "unit").value.vi == unit
