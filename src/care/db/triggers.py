"""What must always hold in a store, declared once.

Each invariant gives the triggers that hold it, and, where it can be worked out anew, the queries that count the rows
in which it is broken. In an expression ``ROW`` is the row it is about: NEW or OLD in a trigger, its table in a query.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

_CHANGE = "(SELECT max(id) FROM change)"

_NOW = f"(SELECT at FROM change WHERE id = {_CHANGE})"

# An import is its own inverse, so the rows it adds are not journaled one by one, and the full text follows in one go.
_NOT_IMPORTING = f"(NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> {_CHANGE})"

_IMPORTED = ("company", "customer", "contact", "source_id")

JOURNALED = (
    "setting",
    "company",
    "customer",
    "contact",
    "source_id",
    "layout",
    "duplicate",
    "call",
    "attempt",
    "week_off",
    "question",
    "wording",
    "answer",
    "vein",
    "gold",
    "issue",
    "issue_note",
    "raiser",
    "promise",
    "touch",
    "transcript",
    "passage",
    "owing",
)
"""Tables whose rows can be brought back. The key, the ledger, the sealed draws and the counters stay outside."""

SEALED = {
    "ledger": ("uid", "salt", "customer_id"),
    "draw": (),
    "draw_entry": ("uid", "salt", "cycle", "place", "customer_id"),
}
"""Tables that only grow, and the columns that may be erased with a forgotten customer."""

DERIVED = ("tally", "note")
"""Tables that follow others by triggers, and that nothing else writes to."""


def _trigger(name: str, when: str, *steps: str) -> str:
    does = "".join(f"  {step};\n" for step in steps)
    return f"CREATE TRIGGER {name} {when} BEGIN\n{does}END"


class Invariant(Protocol):
    """Something derived that can be worked out anew."""

    def queries(self) -> Iterator[str]:
        """Queries that each give the number of rows in which it is broken."""


def count_broken(session: Session, invariant: Invariant) -> int:
    """In how many rows an invariant is broken."""
    return sum(int(session.execute(text(query)).scalar_one()) for query in invariant.queries())


class FullText(NamedTuple):
    """A full text of one column. Rows for which ``added_when`` is false when they come in are indexed by hand."""

    name: str
    table: str
    column: str
    options: str
    triggers: str
    added_when: str | None = None

    def statements(self) -> Iterator[str]:
        """The full text, and the triggers by which it follows the column."""
        yield (
            f"CREATE VIRTUAL TABLE {self.name} USING fts5(\n"
            f"  {self.column}, content='{self.table}', content_rowid='id', {self.options}\n)"
        )
        put = f"INSERT INTO {self.name}(rowid, {self.column}) VALUES (NEW.id, NEW.{self.column})"
        columns = f"{self.name}, rowid, {self.column}"
        drop = f"INSERT INTO {self.name}({columns}) VALUES ('delete', OLD.id, OLD.{self.column})"
        changed = f"AFTER UPDATE OF {self.column} ON {self.table} WHEN NEW.{self.column} <> OLD.{self.column}"
        when = f" WHEN {self.added_when}" if self.added_when else ""
        yield _trigger(f"{self.triggers}_added", f"AFTER INSERT ON {self.table}{when}", put)
        yield _trigger(f"{self.triggers}_changed", changed, drop, put)
        yield _trigger(f"{self.triggers}_gone", f"AFTER DELETE ON {self.table}", drop)


NAMES = FullText(
    "customer_name",
    "customer",
    "folded",
    "prefix='2 3', columnsize=0, tokenize='unicode61 remove_diacritics 2'",
    triggers="customer_name",
    added_when=_NOT_IMPORTING,
)


class Groups(NamedTuple):
    """A table that says how many rows of another there are for each value of ``keys`` and of ``flag``.

    ``flag`` is a column of the counts and the column of which it says whether it holds anything.
    """

    name: str
    table: str
    keys: tuple[str, ...]
    flag: tuple[str, str]

    def statements(self) -> Iterator[str]:
        """The triggers that keep the counts."""
        flag, holds = self.flag
        columns = ", ".join((*self.keys, flag))
        values = ", ".join((*(f"NEW.{key}" for key in self.keys), f"NEW.{holds} IS NOT NULL", "1"))
        put = (
            f"INSERT INTO {self.name}({columns}, n)\n  VALUES ({values})\n"
            f"  ON CONFLICT({columns}) DO UPDATE SET n = n + 1"
        )
        same = " AND ".join(f"{key} = OLD.{key}" for key in self.keys) + f"\n    AND {flag} = (OLD.{holds} IS NOT NULL)"
        less = f"UPDATE {self.name} SET n = n - 1 WHERE {same}"
        empty = f"DELETE FROM {self.name} WHERE {same} AND n = 0"
        differs = " OR ".join(f"NEW.{key} <> OLD.{key}" for key in self.keys)
        changed = (
            f"AFTER UPDATE OF {', '.join((*self.keys, holds))} ON {self.table}\n"
            f"WHEN {differs}\n  OR (NEW.{holds} IS NULL) <> (OLD.{holds} IS NULL)"
        )
        yield _trigger(f"{self.name}_added", f"AFTER INSERT ON {self.table}", put)
        yield _trigger(f"{self.name}_changed", changed, less, empty, put)
        yield _trigger(f"{self.name}_gone", f"AFTER DELETE ON {self.table}", less, empty)

    def queries(self) -> Iterator[str]:
        """How many counts are kept that counting does not give, and the other way round."""
        flag, holds = self.flag
        groups = ", ".join((*self.keys, f"{holds} IS NOT NULL"))
        counted = f"SELECT {groups}, count(*) FROM {self.table} GROUP BY {groups}"
        kept = f"SELECT {', '.join((*self.keys, flag))}, n FROM {self.name}"
        yield f"SELECT count(*) FROM ({counted} EXCEPT {kept})"
        yield f"SELECT count(*) FROM ({kept} EXCEPT {counted})"


TALLY = Groups("tally", "customer", ("stratum", "standing", "cycle"), ("heard", "last_heard_at"))


class Counter(NamedTuple):
    """Columns of ``holder`` that count the rows of ``table`` that refer to it with ``key``.

    ``counts`` says what each row adds to a column. Rows for which ``only`` is false are left out. ``follows`` are the
    columns after whose change the counts may differ, each with what of it matters.
    """

    name: str
    holder: str
    table: str
    key: str
    counts: Mapping[str, str]
    follows: Mapping[str, str]
    only: str | None = None

    def _step(self, sign: str, row: str, *, ask: bool) -> str:
        sums = ", ".join(f"{column} = {column} {sign} {adds}" for column, adds in self.counts.items())
        asked = f" AND {self.only}" if ask and self.only else ""
        return f"UPDATE {self.holder} SET {sums} WHERE id = ROW.{self.key}{asked}".replace("ROW", row)

    def statements(self) -> Iterator[str]:
        """The triggers that keep the counts."""
        only = f" WHEN {self.only}" if self.only else ""
        added, gone = (f"AFTER {act} ON {self.table}{only}" for act in ("INSERT", "DELETE"))
        differs = " OR ".join(
            f"{what.replace('ROW', 'NEW')} <> {what.replace('ROW', 'OLD')}" for what in self.follows.values()
        )
        changed = f"AFTER UPDATE OF {', '.join(self.follows)} ON {self.table}\nWHEN {differs}"
        less, more = self._step("-", "OLD", ask=True), self._step("+", "NEW", ask=True)
        yield _trigger(f"{self.name}_added", added.replace("ROW", "NEW"), self._step("+", "NEW", ask=False))
        yield _trigger(f"{self.name}_changed", changed, less, more)
        yield _trigger(f"{self.name}_gone", gone.replace("ROW", "OLD"), self._step("-", "OLD", ask=False))

    def queries(self) -> Iterator[str]:
        """How many rows of the holder hold another count than counting gives."""
        asked = f" AND {self.only}" if self.only else ""
        mine = f"FROM {self.table} WHERE ROW.{self.key} = {self.holder}.id{asked}"
        differs = [
            f"{self.holder}.{column} <> (SELECT coalesce(sum({adds}), 0) {mine})".replace("ROW", self.table)
            for column, adds in self.counts.items()
        ]
        yield f"SELECT count(*) FROM {self.holder} WHERE {' OR '.join(differs)}"


PLANNED = Counter(
    "planned",
    "customer",
    "call",
    "customer_id",
    counts={"planned": "1"},
    follows={"state": "ROW.state", "customer_id": "ROW.customer_id"},
    only="ROW.state = 'planned'",
)

RAISERS = Counter(
    "raiser",
    "issue",
    "raiser",
    "issue_id",
    counts={"raisers": "1", "waiting": "(ROW.told_at IS NULL)"},
    follows={"issue_id": "ROW.issue_id", "told_at": "(ROW.told_at IS NULL)"},
)

PASSAGES = FullText("note_words", "note", "words", "tokenize='porter unicode61 remove_diacritics 2'", triggers="note")

# An answer is as old as its talk, and a talk may be dated anew.
_HELD = _trigger(
    "note_held",
    "AFTER UPDATE OF held_at ON call WHEN NEW.held_at IS NOT NULL",
    "UPDATE note SET said_at = NEW.held_at WHERE call_id = NEW.id AND kind = 'answer'",
)


class SearchedWords(NamedTuple):
    """Words of a table that are kept as passages of ``note``: whose, of which call, when said, and if private."""

    table: str
    column: str
    customer: str
    call: str
    said_at: str
    private: str = "0"
    kind: str | None = None

    @property
    def _is(self) -> str:
        return f"kind = '{self.kind or self.table}' AND row_id"

    @property
    def _said(self) -> str:
        return f"coalesce(trim(ROW.{self.column}), '') <> ''"

    def statements(self) -> Iterator[str]:
        """The triggers by which the passages follow the words: added, changed and taken away with them."""
        yield from (statement.replace("ROW", "NEW") for statement in self._statements())

    def _statements(self) -> Iterator[str]:
        words = f"ROW.{self.column}"
        add = (
            "INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)\n"
            f"  SELECT '{self.kind or self.table}', ROW.id, {self.customer}, {self.call}, {self.said_at}, "
            f"{self.private}, {words}\n  WHERE {self._said}"
        )
        own = (words, self.customer, self.call, self.private)
        follows = [column for column in (self.column, "customer_id", "call_id", "private") if f"ROW.{column}" in own]
        differs = " OR ".join(f"ROW.{column} IS NOT OLD.{column}" for column in follows)
        yield _trigger(f"note_{self.table}_added", f"AFTER INSERT ON {self.table} WHEN {self._said}", add)
        yield _trigger(
            f"note_{self.table}_changed",
            f"AFTER UPDATE OF {', '.join(follows)} ON {self.table}\nWHEN {differs}",
            f"DELETE FROM note WHERE {self._is} = ROW.id AND NOT ({self._said})",
            f"UPDATE note SET words = {words}, customer_id = {self.customer}, call_id = {self.call}, "
            f"private = {self.private}\n  WHERE {self._is} = ROW.id",
            f"{add} AND NOT EXISTS (SELECT 1 FROM note WHERE {self._is} = ROW.id)",
        )
        yield _trigger(
            f"note_{self.table}_gone",
            f"AFTER DELETE ON {self.table} WHEN OLD.{self.column} IS NOT NULL",
            f"DELETE FROM note WHERE {self._is} = OLD.id",
        )

    def queries(self) -> Iterator[str]:
        """How many words have no passage or another one, and how many passages have no words.

        When they were said is not compared: what a customer is to be remembered by is one row, whenever it was said.
        """
        kept = (("words", f"ROW.{self.column}"), ("customer_id", self.customer), ("call_id", self.call))
        differs = " OR ".join(f"note.{column} IS NOT {is_}" for column, is_ in (*kept, ("private", self.private)))
        rows = f'"{self.table}" AS source'
        beside = f"{rows} LEFT JOIN note ON note.{self._is} = ROW.id"
        lone = f"NOT EXISTS (SELECT 1 FROM {rows} WHERE ROW.id = note.row_id AND {self._said})"
        missing = f"SELECT count(*) FROM {beside} WHERE {self._said} AND (note.id IS NULL OR {differs})"
        left = f"SELECT count(*) FROM note WHERE kind = '{self.kind or self.table}' AND {lone}"
        yield from (query.replace("ROW", "source") for query in (missing, left))


_TALK = "(SELECT call_id FROM transcript WHERE id = ROW.transcript_id)"


def _held_at(call: str) -> str:
    return f"coalesce((SELECT held_at FROM call WHERE id = {call}), {_NOW})"


SEARCHED = (
    SearchedWords("answer", "words", "ROW.customer_id", "ROW.call_id", _held_at("ROW.call_id"), "ROW.private"),
    SearchedWords("gold", "words", "ROW.customer_id", "ROW.call_id", "ROW.said_at"),
    SearchedWords("raiser", "words", "ROW.customer_id", "ROW.call_id", "ROW.raised_at"),
    SearchedWords("issue", "title", "NULL", "NULL", "ROW.opened_at"),
    SearchedWords("promise", "what", "ROW.customer_id", "ROW.call_id", "ROW.made_at"),
    SearchedWords("touch", "words", "ROW.customer_id", "NULL", "ROW.at"),
    SearchedWords("passage", "words", "ROW.customer_id", _TALK, _held_at(_TALK), kind="transcript"),
    SearchedWords("customer", "remember", "ROW.id", "NULL", f"coalesce(ROW.last_heard_at, {_NOW})", kind="remember"),
)


class Search:
    """The search as a whole: a passage for all that was said, and a text for each passage."""

    def queries(self) -> Iterator[str]:
        """How many passages are wrong, missing, or cannot be found by their words."""
        for words in SEARCHED:
            yield from words.queries()
        # FTS5 keeps the length of each text it holds: what has none is not in it, and the other way round.
        for one, other in (("note", "note_words_docsize"), ("note_words_docsize", "note")):
            yield f"SELECT count(*) FROM {one} WHERE id NOT IN (SELECT id FROM {other})"


SEARCH = Search()


def statements() -> Iterator[str]:
    """The full texts, and the triggers that stand for more than one table."""
    for invariant in (NAMES, TALLY, PLANNED, RAISERS, PASSAGES):
        yield from invariant.statements()
    yield _HELD


def table_statements(table: Table) -> Iterator[str]:
    """The triggers of one table: what journals it, keeps its words in the search, and seals it."""
    if table.name in JOURNALED:
        yield from _journal(table)
    for words in SEARCHED:
        if words.table == table.name:
            yield from words.statements()
    if table.name in SEALED:
        yield from _seal(table)


def _journal(table: Table) -> Iterator[str]:
    name, key = table.name, next(iter(table.primary_key)).name
    person = "id" if name == "customer" else "customer_id" if "customer_id" in table.c else None
    image = ", ".join(f"'{column.name}', OLD.\"{column.name}\"" for column in table.c)
    for act, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        when = f" WHEN {_NOT_IMPORTING}" if act == "insert" and name in _IMPORTED else ""
        old = "NULL" if act == "insert" else f"json_object({image})"
        whose = f"{row}.{person}" if person else "NULL"
        yield _trigger(
            f"journal_{name}_{act}",
            f'AFTER {act.upper()} ON "{name}"{when}',
            "INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)\n"
            f"  VALUES ({_CHANGE}, '{name}', {row}.\"{key}\", '{act}', {whose}, {old})",
        )


def _seal(table: Table) -> Iterator[str]:
    name, erasable = table.name, SEALED[table.name]
    changed = [f'NEW."{column.name}" IS NOT OLD."{column.name}"' for column in table.c if column.name not in erasable]
    changed += [f'(NEW."{column}" IS NOT NULL AND NEW."{column}" IS NOT OLD."{column}")' for column in erasable]
    refuse = f"SELECT RAISE(ABORT, '{name} is append-only')"
    yield _trigger(f"{name}_stays", f"BEFORE DELETE ON {name}", refuse)
    yield _trigger(f"{name}_as_written", f"BEFORE UPDATE ON {name}\nWHEN {' OR '.join(changed)}", refuse)
