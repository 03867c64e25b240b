"""What has happened with an issue, read from how its rows were before and after each change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from care.history.images import INSERT, UPDATE, Columns, RowChange
from care.issues.records import IssueEvent
from care.words import IssueKind, IssueState

Said = tuple[str, str | None]
"""What happened, in a few words, and the words that were said or written then."""


def steps(changes: Iterable[RowChange], issue_id: int, names: Mapping[int, str]) -> tuple[IssueEvent, ...]:
    """What happened with an issue, oldest first; instants are UTC. ``names`` are the raisers', by customer id."""
    by_change: dict[int, list[RowChange]] = {}
    for change in changes:
        if change.image.act in (INSERT, UPDATE) and change.after is not None:
            by_change.setdefault(change.image.change_id, []).append(change)
    found = []
    for rows in by_change.values():
        image = rows[0].image
        prefix = "" if image.undoes is None else "undone: "
        said = dict.fromkeys(_of_one_change(rows, issue_id, names))
        found += [IssueEvent(image.at, image.caller, prefix + what, words) for what, words in said]
    return tuple(found)


def _of_one_change(rows: Sequence[RowChange], issue_id: int, names: Mapping[int, str]) -> Iterator[Said]:
    new = any(change.image.noun == "issue" and change.before is None for change in rows)
    for change in rows:
        before, after = change.before, change.after or {}
        if change.image.noun == "raiser":
            yield from _of_raiser(before, after, names.get(after["customer_id"], "somebody"), new=new)
        elif change.image.noun == "issue_note":
            if before is None:
                yield "where it stands", after["words"]
        elif int(change.image.row_id) != issue_id:
            if before is not None and after["merged_into"] == issue_id != before["merged_into"]:
                yield f"i{change.image.row_id} became part of it", after["title"]
        elif before is not None:
            yield from _of_issue(before, after)


def _of_raiser(before: Columns | None, after: Columns, name: str, *, new: bool) -> Iterator[Said]:
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


def _of_issue(before: Columns, after: Columns) -> Iterator[Said]:
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
