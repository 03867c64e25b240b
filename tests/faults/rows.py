"""Plants twenty faults in rows, records and writes, and says what finds each: the type check, or a quick test.

Run by hand: ``python tests/faults/rows.py``. Each is a slip as it is made: a column misspelt, two swapped, a text for
an instant, one left out. The type check looks first; what it lets pass, the quick suite has to find.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from faults import environment, fails, planted_copy


class Slip(NamedTuple):
    """What was written in a file below ``src/care``, what is written instead, and the tests of the room it is in."""

    file: str
    right: str
    wrong: str
    tests: str


CALLS, CUSTOMERS, TALKS = "tests/calls", "tests/customers", "tests/interviews"
SLIPS = [
    # Columns of a select: misspelt, swapped, of another table, left out, one too many.
    Slip("calls/queries.py", 'label("customer_zone")', 'label("customer_zoen")', CALLS),
    Slip(
        "issues/queries.py",
        'customers.c.name, companies.c.name.label("company"), customers.c.phone,\n    ).select_from',
        'companies.c.name.label("company"), customers.c.name, customers.c.phone,\n    ).select_from',
        "tests/issues",
    ),
    Slip("reports/neglected.py", "customers.c.name, companies", "customers.c.folded, companies", "tests/reports"),
    Slip(
        "touches/follow_ups.py", "owings.c.due_on, owings.c.state", "owings.c.state, owings.c.due_on", "tests/touches"
    ),
    Slip("gold/queries.py", "veins.c.issue_id, veins.c.promise,", "veins.c.promise,", "tests/gold"),
    Slip("customers/queries.py", "select(contacts)", "select(contacts, contacts.c.kind)", CUSTOMERS),
    Slip("interviews/queries.py", "retired_at.is_(None)", "retired_on.is_(None)", TALKS),
    # Fields of a record: misspelt, swapped, of the wrong type.
    Slip("owed/promises.py", "row.name, row.company, row.phone", "row.company, row.name, row.phone", "tests/owed"),
    Slip("calls/week.py", "row.name, row.company, row.phone", "row.name, row.phone, row.company", CALLS),
    Slip("owed/promises.py", "made_on=local_date(row.made_at, zone)", "made_on=row.made_at", "tests/owed"),
    Slip("interviews/timeline.py", "call.skip_reason", "call.skipreason", TALKS),
    Slip("gold/veins.py", "words=row.words", "words=row.word", "tests/gold"),
    Slip("customers/records.py", "last_heard_on: date | None", "last_heard_on: str | None", CUSTOMERS),
    # Writes: a text for an instant, a column that is not there, two swapped, one left out, a word of another set.
    Slip("owed/promises.py", '"made_at": now,', '"made_at": now.isoformat(),', "tests/owed"),
    Slip("calls/tries.py", "at=tried.at,\n        outcome", "at=str(tried.at),\n        outcome", CALLS),
    Slip("calls/tries.py", "recorded_at=now", "recorded_on=now", CALLS),
    Slip("touches/touch.py", '"words": words, "at": at}', '"words": at, "at": words}', "tests/touches"),
    Slip("calls/add.py", '"kind": kind,\n', "", CALLS),
    Slip("gold/promote.py", "state=VeinState.DROPPED", "state=IssueState.DECLINED", "tests/gold"),
    Slip("issues/raising.py", '"informed_at": now', '"informed_at": None', "tests/issues"),
]  # fmt: skip


def found_by(slip: Slip, folder: Path) -> str | None:
    """What finds the slip, ``types`` or ``tests``; None where nothing does. Raises ValueError where it is not there."""
    copy = planted_copy(folder)
    path = copy / "src" / "care" / slip.file
    text = path.read_text(encoding="utf-8")
    if slip.right not in text:
        raise ValueError(f"{slip.file} has no {slip.right!r}")
    path.write_text(text.replace(slip.right, slip.wrong, 1), encoding="utf-8")
    if subprocess.run([sys.executable, "-m", "mypy"], cwd=copy, env=environment(copy), capture_output=True).returncode:
        return "types"
    whole = ["tests", "--ignore=tests/test_house.py"]
    return "tests" if fails(copy, [slip.tests]) or fails(copy, whole) else None


def main() -> int:
    """Plants each slip and prints what finds it; 1 where one is not found."""
    lost = 0
    for number, slip in enumerate(SLIPS, 1):
        with tempfile.TemporaryDirectory() as folder:
            by = found_by(slip, Path(folder))
        lost += by is None
        print(f"{number:2} {by or 'NOT FOUND':9} {slip.file}: {slip.right!r} → {slip.wrong!r}", flush=True)
    print(f"{len(SLIPS) - lost} of {len(SLIPS)} found")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
