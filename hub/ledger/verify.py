"""Holds a run against the reference model: every row of every store, every event of the log."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.ledger import lateness, tables
from hub.ledger.account import account_of
from hub.ledger.agreement import Agreement
from hub.ledger.byhand import check_decisions, check_orders, counted_rows
from hub.ledger.calendar import go_by, iso
from hub.ledger.case import Case
from hub.ledger.casecheck import CaseCheck
from hub.ledger.chain import Chain
from hub.ledger.chains import CHAINS, chain_of
from hub.ledger.codes import Codes
from hub.ledger.course import Submission
from hub.ledger.death.money import standards
from hub.ledger.draws import World
from hub.ledger.entries import Entries
from hub.ledger.evidence import Evidence, part
from hub.ledger.external import reconstruct
from hub.ledger.folder import Folder
from hub.ledger.hublog import Entry
from hub.ledger.judge import Judge
from hub.ledger.lateness import Traces
from hub.ledger.leftovers import Leftovers
from hub.ledger.numbers import check_numbers
from hub.ledger.papers import check_files, papers_of
from hub.ledger.report import CaseEnd, Report
from hub.ledger.rights import AGENCIES

OWN_BROKERS = ("embedded", "kafka", "memory")
"""Engines whose broker begins with the run, so that its offsets begin at 0."""
DECIDING = {*AGENCIES, "dvclt", "health-facility"}
"""Systems on whose answers a case depends."""


def verify(run_folder: Path) -> Report:
    """The verdict on a run, from its files alone.

    Raises:
        FileNotFoundError: the folder holds no run.
    """
    with _uncollected():
        return _Verification(Folder(run_folder)).report()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: there are none, and it would walk all rows each time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Verification:
    """One pass over a run."""

    def __init__(self, folder: Folder) -> None:
        self._order = folder.order
        manifest = folder.manifest()
        go_by(manifest.get("days", ()))
        world = manifest["world"]
        strict = manifest["sequence"] == "strict"
        self._run: str = manifest["run"]
        self._partitions: int = manifest["partitions"]
        self._world = World(
            seed=manifest["seed"],
            steps=world["steps"],
            consent_days=world["consent_days"],
            strict=strict,
            former_provinces=world.get("personal_id_province") == "former",
            late_verified=manifest.get("verify_late_births", False),
            drafts=world.get("draft_certificates", False),
            standards=standards(manifest.get("standards", ())),
            arranged=world.get("arranged", {}),
            successors={row["old"]: row["new"] for row in manifest.get("units", ())},
        )
        self._in_memory = manifest["engine"] == "memory"
        self._by_clock = manifest["speed"] is not None and not self._in_memory
        self._judge = Judge(folder.under_way)
        without = set(manifest["without"]) if "without" in manifest else folder.missing()
        self._foreign = not without.isdisjoint(DECIDING)
        self._evidence = Evidence.read(
            folder,
            self._judge,
            partitions=self._partitions,
            fresh=manifest["engine"] in OWN_BROKERS,
            without=without,
        )
        self._submitted = folder.submissions(self._judge)
        self._orders = folder.orders()
        pdf = manifest.get("documents") == "pdf"
        self._documents = folder.path / "documents" if pdf else None
        self._asked = self._evidence.asked()

    def report(self) -> Report:
        """Judge everything."""
        report = Report(run=self._run)
        submissions = self._submissions(report)
        entries = Entries(self._world, self._evidence, submissions, self._order)
        cases = list(self._cases(submissions, entries))
        for case in cases:
            if self._foreign:
                self._agree(case, report)
            elif case.code in self._orders:
                self._check_by_hand(case, entries, report)
            else:
                self._check(case, report)
        if not self._foreign:
            followed = [case for case in cases if case.code not in self._orders]
            check_numbers(self._judge, followed, counted_rows(self._evidence, [*self._orders]))
        if self._documents is not None:
            check_files(self._judge, self._evidence, submissions, self._documents)
        external = submissions.keys() - self._submitted.keys()
        leftovers = Leftovers(
            *(self._judge, self._evidence, self._partitions, external, self._orders.keys()),
            {case.code: case.course.unmapped for case in cases if case.code not in self._orders},
            foreign=self._foreign,
        )
        leftovers.run(submissions.keys())
        self._count(report)
        return report

    def _submissions(self, report: Report) -> dict[str, Submission]:
        """What was handed in, and by whom ever."""
        report.submitted = len(self._submitted)
        found = dict(self._submitted)
        for code, known in self._evidence.log.by_subject.items():
            first = next((e for e in known.values() if e.name == "case.submitted"), None)
            if first is None or code in found:
                continue
            report.external += 1
            try:
                found[code] = self._guessed(first, self._chain(code))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                self._judge.mismatched(
                    code, tables.HO_SO, code, None, "a readable form", str(error)
                )
        return found

    def _cases(self, submissions: dict[str, Submission], entries: Entries) -> Iterator[Case]:
        for code, submission in submissions.items():
            chain = chain_of(submission.payload)
            entry = entries.ruled(submission)
            yield chain.case(
                chain=chain,
                course=chain.walk.follow(self._world, submission, entry, self._letter(code)),
                codes=self._codes(code, chain),
                external=code not in self._submitted,
            )

    def _letter(self, code: str) -> Traces:
        entries = [*self._evidence.entries(code).values()]
        said = [e for e in entries if e.system == "dvclt" and e.name == lateness.NAME]
        document = self._evidence.document(code)
        kept = part(document, "apology")
        uncertain = self._by_clock or document.get("ended") is None
        overtaken = self._in_memory and lateness.overtaken(entries, str(kept.get("due")))
        return Traces(tuple(said), kept, uncertain or overtaken)

    def _codes(self, code: str, chain: Chain) -> Codes:
        codes = chain.codes(self._evidence, code)
        if self._documents is not None:
            codes.papers = papers_of(self._evidence, code)
        return codes

    def _guessed(self, first: Entry, chain: Chain) -> Submission:
        """The submission of a case without a line: of several that it may have been the one that
        is due when dvclt says."""
        guesses = list(reconstruct(self._evidence, first, chain))
        due = self._evidence.document(first.subject).get("due")
        for guess in guesses[:-1]:
            promised = chain.walk.follow(self._world, guess, letter=self._letter(guess.case)).due
            if due == (promised and iso(promised)):
                return guess
        return guesses[-1]

    def _chain(self, code: str) -> Chain:
        """The chain of a case without a line: as dvclt knows it."""
        return CHAINS.get(str(self._evidence.document(code).get("chain")), CHAINS["birth"])

    def _check(self, case: Case, report: Report) -> None:
        judge, code = self._judge, case.code
        check = CaseCheck(judge, self._evidence, self._partitions, case)
        if not check.settled and (code in self._asked or judge.under_way()):
            judge.open.add(code)
        elif not check.ended:
            if check.traced:
                judge.open.add(code)
            else:
                judge.lost(code, tables.LOG, case.course.submission.id, "any trace of the case")
                return
        if check.ended and case.course.ended is None:
            table = tables.subjects_table("dvclt")
            judge.mismatched(code, table, code, "ended", 0, 1)  # an agency never answered it
            judge.open.add(code)
        check.run(complete=code not in judge.open)
        if check.ended and code not in judge.open:
            assert case.course.ended is not None, "the model follows a case to its end"
            at = self._evidence.log.at.get(check.last_message or "")
            report.ends[code] = CaseEnd(iso(case.course.ended), at)

    def _check_by_hand(self, case: Case, entries: Entries, report: Report) -> None:
        """A case on which an officer acted: no model follows what came of that."""
        self._agree(case, report)
        check_orders(self._judge, self._evidence, self._orders[case.code])
        asked = entries.suspected.get(case.code)
        check_decisions(self._judge, self._evidence, self._world, case.code, asked)

    def _agree(self, case: Case, report: Report) -> None:
        agreement = Agreement(self._judge, self._evidence, self._partitions, case.code)
        if not agreement.known and not self._judge.under_way():
            table = tables.subjects_table("dvclt")
            self._judge.lost(case.code, table, case.code, "a case that dvclt knows")
        elif agreement.ended is None or (
            not (agreement.settled and self._ordered(case.code)) and self._judge.under_way()
        ):
            self._judge.open.add(case.code)
        else:
            report.ends[case.code] = CaseEnd(agreement.ended, None)
        agreement.run()

    def _ordered(self, code: str) -> bool:
        """Whether the log has all that officers ordered for a case."""
        known = self._evidence.entries(code)
        events = (event for order in self._orders.get(code, ()) for event in order.events)
        return all(f"{event['system']}:{event['id']}" in known for event in events)

    def _count(self, report: Report) -> None:
        report.finished = len(report.ends)
        report.verified = len(report.ends.keys() & self._submitted.keys() - self._judge.accused)
        for entry in self._evidence.log.accepted():
            report.events_accepted += 1
            report.deliveries += len(entry.receivers)
        report.rejected = sum(letter["by"] == "hub" for letter in self._evidence.log.letters)
        report.account = account_of(self._evidence.log.entries, self._evidence.log.letters)
        report.findings = self._judge.findings
