"""What has happened, read from how rows looked before each change: dicts of columns, as the store keeps them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from care.issues.records import Step
from care.words import IssueKind, IssueState

Image = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """How one row looked before a change and after it; ``before`` is None where it was new."""

    change: int
    at: datetime
    by: str | None
    taken_back: bool
    noun: str
    row_id: int
    before: Image | None
    after: Image


def row_changes(journaled: Sequence[Any], now: Mapping[tuple[str, int], Image]) -> list[RowChange]:
    """The changes of rows, oldest first, from their images in the journal and from how the rows stand ``now``."""
    later = dict(now)
    found = []
    for row in reversed(journaled):
        key = (row.noun, int(row.row_id))
        if row.act == "delete" and row.image is not None:  # it was taken away, and is there again
            later[key] = row.image
        if key not in later or row.act not in ("insert", "update"):
            continue
        before: Image | None = row.image
        found.append(RowChange(row.change_id, row.at, row.caller, row.undoes is not None, *key, before, later[key]))
        if before is not None:
            later[key] = before
    return found[::-1]


def steps(changes: Iterable[RowChange], issue_id: int, names: Mapping[int, str]) -> tuple[Step, ...]:
    """What happened with an issue, oldest first, in a few words each. ``names`` are the raisers', by their id."""
    told: dict[int, list[RowChange]] = {}
    for one in changes:
        told.setdefault(one.change, []).append(one)
    found = []
    for rows in told.values():
        said = [*_of_one_change(rows, issue_id, names)]
        prefix = "undone: " if rows[0].taken_back else ""
        found += [Step(rows[0].at, rows[0].by, prefix + what, words) for what, words in dict.fromkeys(said)]
    return tuple(found)


def _of_one_change(
    rows: Sequence[RowChange], issue_id: int, names: Mapping[int, str]
) -> Iterator[tuple[str, str | None]]:
    new = any(one.noun == "issue" and one.before is None for one in rows)
    for one in rows:
        if one.noun == "raiser":
            yield from _of_raiser(one, names.get(one.after["customer_id"], "somebody"), new)
        elif one.noun == "issue_note":
            if one.before is None:
                yield "where it stands", one.after["words"]
        elif one.row_id != issue_id:
            if one.before is not None and one.after["merged_into"] == issue_id != one.before["merged_into"]:
                yield f"i{one.row_id} became part of it", one.after["title"]
        elif one.before is not None:
            yield from _of_issue(one.before, one.after)


def _of_raiser(one: RowChange, name: str, new: bool) -> Iterator[tuple[str, str | None]]:
    before, after = one.before, one.after
    if before is None:
        yield f"raised by {name}" if new else f"{name} raised it too", after["words"]
    elif before["issue_id"] != after["issue_id"]:
        yield f"{name} came along", None
    elif before["told_at"] is None and after["told_at"] is not None:
        yield f"told {name}", after["reaction"]
    elif after["reopened"] > before["reopened"]:
        again = before["words"] != after["words"]
        yield f"not so for {name}", after["words"] if again else after["reaction"]
    elif before["informed_at"] != after["informed_at"] and after["informed_at"] is not None:
        yield f"told {name} where it stands", None


def _of_issue(before: Image, after: Image) -> Iterator[tuple[str, str | None]]:
    if before["title"] != after["title"]:
        yield "renamed", after["title"]
    if before["owner"] != after["owner"]:
        yield f"owner {after['owner']}" if after["owner"] else "no owner", None
    if before["kind"] != after["kind"]:
        yield "a failure" if after["kind"] == IssueKind.FAILURE else "no failure after all", None
    if bool(before["blocking"]) != bool(after["blocking"]):
        yield "blocking" if after["blocking"] else "not blocking", None
    if before["feeling"] != after["feeling"]:
        yield f"hurts “{after['feeling']}”" if after["feeling"] else "hurts no feeling", None
    if before["state"] != after["state"]:
        settled = after["state"] in (IssueState.FIXED, IssueState.DECLINED)
        said = {IssueState.OPEN.value: "open again", IssueState.TOLD.value: "everyone has been told"}
        yield said.get(str(after["state"]), str(after["state"])), after["note"] if settled else None
