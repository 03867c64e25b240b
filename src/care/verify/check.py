"""Whether every draw took exactly the names its turn required, given what was on record."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from care.db.tables.draw import Draw
from care.verify.evidence import gather, ledger_rows, segments_ever
from care.verify.findings import Findings, Verification
from care.verify.present import misplaced, wrong_now
from care.verify.seal import SHOWN
from care.verify.walk import LedgerWalk


def verify(session: Session, seen: str | None) -> Verification:
    """What is found when everything sealed or recorded is worked out again; linear in customers, ledger and draws.

    ``seen`` is a seal kept elsewhere, its first 12 characters or more.
    """
    evidence, findings = gather(session), Findings()
    walk = LedgerWalk(evidence, findings)
    for row in ledger_rows(session):
        walk.take(row)
    walk.finish()
    for problem in wrong_now(evidence, walk.replay):
        findings.note(problem)
    odd = misplaced(evidence.people, walk.policy, {})
    for customer_id in misplaced(evidence.people, walk.policy, segments_ever(session, odd) if odd else {}):
        findings.note(f"customer {customer_id} is in a stratum that no segment of theirs makes")
    seen_in = None if seen is None else week_of_seal(evidence.draws, seen)
    if seen is not None and seen_in is None:
        findings.week = None
        findings.note(f"the seal {seen} is none of this store: an older copy was restored, or another begun")
    return _verification(evidence.draws, findings, seen, seen_in)


def week_of_seal(draws: Sequence[Draw], seen: str) -> str | None:
    """The week of the draw whose seal begins so, upper case and spaces aside; None for fewer than 12 characters."""
    begins = seen.replace(" ", "").lower()
    if len(begins) < SHOWN:
        return None
    return next((draw.week for draw in draws if draw.seal.startswith(begins)), None)


def _verification(draws: Sequence[Draw], findings: Findings, seen: str | None, seen_in: str | None) -> Verification:
    problems = tuple(findings.problems)
    weeks = {problem.week for problem in problems}
    return Verification(
        draws=len(draws),
        verified=sum(draw.week not in weeks for draw in draws),
        out_of_order=findings.passed_over,
        erased=findings.erased,
        problems=problems,
        head=draws[-1].seal[:SHOWN] if draws else "",
        seen=seen,
        seen_in=seen_in,
    )
