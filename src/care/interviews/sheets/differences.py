"""Where a record and a sheet do not say the same."""

from collections.abc import Iterator

from care.interviews.notes import CallNotes
from care.interviews.sheets.records import Difference

_ONE_BY_ONE = ("stance", "sold", "defended", "minutes")


def differences(recorded: CallNotes, sheet: CallNotes) -> tuple[Difference, ...]:
    """Everything of which they say two things, or one of them nothing; what a sheet leaves open is no difference.

    Of issues only what the sheet says counts, for one may have been joined or merged since.
    """
    return tuple(_found(recorded, sheet))


def _found(recorded: CallNotes, sheet: CallNotes) -> Iterator[Difference]:
    for key in dict.fromkeys((*recorded.answers, *sheet.answers)):
        one, other = recorded.answers.get(key), sheet.answers.get(key)
        if _flat(one) != _flat(other):
            yield Difference(key, one, other)
    for key in dict.fromkeys((*recorded.readings, *sheet.readings)):
        was, says = recorded.readings.get(key), sheet.readings.get(key)
        if was is not says:
            yield Difference(f"reading of {key}", was and was.value, says and says.value)
    for name in _ONE_BY_ONE:
        was_said, said = getattr(recorded, name), getattr(sheet, name)
        if said is not None and said != was_said:
            yield Difference(name, _word(was_said), _word(said))
    raised = [_flat(one.words) for one in recorded.issues] + [f"i{one.id}" for one in recorded.issues]
    for issue in sheet.issues:
        said_of = _flat(issue.words or issue.title) or f"i{issue.id}"
        if not any(said_of in one for one in raised):
            yield Difference(issue.kind.value, None, said_of)
    yield from _lists(
        "promise",
        [_flat(promise.what) for promise in recorded.promises],
        [_flat(promise.what) for promise in sheet.promises],
    )
    for kind in ("wish", "trigger"):
        was_found, is_found = (
            [_flat(one.words) for one in notes.gold if one.kind.value == kind] for notes in (recorded, sheet)
        )
        yield from _lists(kind, was_found, is_found)


def _lists(what: str, recorded: list[str], sheet: list[str]) -> Iterator[Difference]:
    for one in recorded:
        if one not in sheet:
            yield Difference(what, one, None)
    for one in sheet:
        if one not in recorded:
            yield Difference(what, None, one)


def _flat(words: str | None) -> str:
    return " ".join((words or "").split())


def _word(value: object) -> str | None:
    if value is None or isinstance(value, bool):
        return None if value is None else "yes" if value else "no"
    return str(getattr(value, "value", value))
