"""`lienthong rules`: the law that a run plays by, from the tables themselves."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.commands import Commands
from hub.cli.faults import UsageFault, unknown

if TYPE_CHECKING:
    from schemas.rules import Row, Rule

rules = Commands(
    help="See the law that a run plays by: sums, deadlines, codes, each with date and source.\n\n"
    "Xem quy định mà mô phỏng áp dụng: mức tiền, thời hạn, mã thủ tục, kèm ngày và nguồn.",
    epilog="Example: lienthong rules list --on 2024-07-01",
)

On = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Only what holds on this day: that of the death, the submission, … as the rule "
        "says. "
        "· Chỉ quy định áp dụng vào ngày này: ngày chết, ngày nộp, … tùy quy định.",
    ),
]
Known = Annotated[
    datetime | None,
    typer.Option(
        "--known",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="With --on: as far as it was public on this day. "
        "· Cùng với --on: chỉ những gì đã công bố vào ngày này.",
    ),
]


@rules.command("list", epilog="Example: lienthong rules list --on 2024-07-01")
def list_(on: On = None, known: Known = None, json: options.Json = False) -> None:
    """List every rule, with what it says on a day.

    Liệt kê các quy định và giá trị áp dụng vào một ngày.
    """
    from schemas.rules import RULES

    day, known_day = _days(on, known)
    if json:
        from hub.cli.output import print_json

        print_json({"rules": [_told(rule, day, known_day) for rule in RULES.values()]})
        return
    from hub.cli.days_off_telling import NAME, TITLE
    from hub.cli.lawbook import show_list

    show_list(tuple(RULES.values()), day, known_day, {NAME: TITLE})


@rules.command(epilog="Example: lienthong rules show level.base --on 2026-07-15")
def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE",
            help="A rule, or the beginning of several: `deadline`. "
            "· Một quy định, hoặc phần đầu tên của nhiều quy định: `deadline`.",
            show_default=False,
        ),
    ],
    on: On = None,
    known: Known = None,
    json: options.Json = False,
) -> None:
    """Show what a rule says over time, with source and how sure that is.

    With $LIENTHONG_STANDARDS, what its provinces have set stands with the national standard.
    `days_off` shows which days were exchanged, those of $LIENTHONG_DAYS too.

    Xem một quy định theo thời gian: giá trị, ngày áp dụng, nguồn, độ tin cậy. Nếu có
    $LIENTHONG_STANDARDS thì thêm mức chuẩn của các tỉnh trong tệp đó. `days_off` cho biết ngày
    nghỉ, ngày làm bù, kể cả trong tệp $LIENTHONG_DAYS.
    """
    from hub.cli import days_off_telling
    from hub.cli.plans import own_days, own_standards
    from schemas.standards import adopt_standards
    from schemas.working_days import adopt_days

    day, known_day = _days(on, known)
    adopt_standards(own_standards())
    if name == days_off_telling.NAME:
        adopt_days(own_days())
        if json:
            from hub.cli.output import print_json

            print_json({"rules": [], "days_off": days_off_telling.days_json(day, known_day)})
            return
        days_off_telling.show_days(day, known_day)
        return
    found = _named(name)
    if json:
        from hub.cli.output import print_json

        print_json({"rules": [_told(rule, day, known_day) for rule in found]})
        return
    from hub.cli.lawbook import show_rules

    show_rules(found, day, known_day)


def _days(on: datetime | None, known: datetime | None) -> tuple[date | None, date | None]:
    if known is not None and on is None:
        raise UsageFault(
            "--known says what was public of the rules of a day: give that with --on",
            "--known cho biết quy định nào đã công bố; phải cho kèm ngày áp dụng bằng --on",
        )
    return on and on.date(), known and known.date()


def _named(name: str) -> tuple["Rule", ...]:
    """The rules that a name means.

    Raises:
        UsageFault: there are none.
    """
    from schemas.rules import RULES

    prefix = f"{name.rstrip('.')}."
    found = tuple(rule for rule in RULES.values() if rule.id == name or rule.id.startswith(prefix))
    if not found:
        raise unknown("rule", "quy định", name, RULES, "lienthong rules list")
    return found


def _told(rule: "Rule", day: date | None, known: date | None) -> dict[str, Any]:
    """A rule as JSON: all its rows, or those that hold on the day, at most one."""
    from hub.cli.lawbook import calendar_of_rule, own_rows, row_json
    from schemas.rules import NoRuleError

    try:
        rows: tuple[Row, ...] = rule.rows if day is None else (rule.on(day, known),)
    except NoRuleError:
        rows = ()
    return {
        "rule": rule.id,
        "vi": rule.vi,
        "en": rule.en,
        "unit": rule.unit,
        "decided_by": rule.decided_by,
        "applied": rule.applied,
        "calendar": calendar_of_rule(rule),
        "rows": [row_json(row) for row in rows],
        "own_rows": [row_json(row) for row in own_rows(rule, day, known)],
    }
