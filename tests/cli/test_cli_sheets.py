"""Sheets through the real program: printed, filled in, read back once, and never written over what is newer."""

import json
from pathlib import Path

from making import made_once
from running import MONDAY, Care, bare

TUESDAY = "2026-11-24T09:00:00+01:00"


def filled_in(care: Care, who: str, name: str = "a.md", **changes: str) -> Path:
    """The sheet of a customer with an answer, a reading, an issue and a stance on it."""
    printed = care.ok("brief", who, "--sheet").out
    printed = printed.replace("- Reading: [ ] good  [ ] mixed  [ ] bad", "- Reading: [x] good\n\nthey do", 1)
    printed = printed.replace("[ ] fan", "[x] fan").replace("- Issue:", "- Issue: The bill is late")
    for old, new in changes.items():
        assert old in printed
        printed = printed.replace(old, new)
    path = care.folder / name
    path.write_text(printed, "utf-8")
    return path


def contents(care: Care) -> bytes:
    return care.store.read_bytes()


@made_once
def planned(filled: Care) -> Care:
    """The week is planned: c1 to c3."""
    filled.ok("plan")
    return filled


def called(care: Care) -> list[str]:
    """The names of those to be called, c1 first."""
    return [one["customer"]["name"] for one in care.ok("plan", "--json").json["calls"]]


def test_a_sheet_comes_back(planned: Care) -> None:
    name = called(planned)[0]
    path = filled_in(planned, name)
    before = contents(planned)
    talk = planned.ok("log", "--from", "a.md", "--json", now=TUESDAY).json["sheets"][0]
    assert (talk["result"], talk["call"], talk["customer"]["name"]) == ("logged", 1, name)
    assert talk["talk"]["answers"] == {"promises": "they do"}
    assert talk["talk"]["readings"] == {"promises": "good"}
    assert [one["title"] for one in talk["talk"]["issues"]] == ["The bill is late"]
    after = contents(planned)
    assert before != after
    again = planned.ok("log", "--from", str(path), now=TUESDAY)
    assert f"{name}  already logged" in again.out
    assert contents(planned) == after
    planned.ok("undo")
    assert planned.ok("log", "--from", "-", stdin=path.open("rb"), now=TUESDAY).out.startswith("Saved c1")


def test_what_changed_in_between_is_shown_and_not_overwritten(planned: Care) -> None:
    name = called(planned)[0]
    path = filled_in(planned, name)
    planned.ok("log", name, "--answer", "promises=mostly", "--answer", "ease=hard", "--stance", "critic")
    before = contents(planned)
    done = planned("log", "--from", str(path))
    assert done.code == 4
    assert "changed in between" in done.out
    for words in ("on record: “mostly”", "the sheet: “they do”", "on record: “hard”", "the sheet: nothing", "“critic”"):
        assert words in done.out
    assert "nothing was overwritten" in done.err
    assert contents(planned) == before


def test_a_sheet_of_what_is_on_record_changes_it(planned: Care) -> None:
    name = called(planned)[0]
    planned.ok("log", name, "--answer", "promises=mostly", "--stance", "critic")
    shown = planned.ok("log", "--amend").out
    assert "\nmostly\n" in shown
    (planned.folder / "a.md").write_text(
        shown.replace("mostly", "always").replace("[ ] fan", "[x] fan").replace("[x] critic", "")
    )
    assert "changed as the sheet says" in planned.ok("log", "--from", "a.md").out
    brief = planned.ok("brief", name, "--json").json
    assert brief["said"][0]["words"] == "always"
    assert brief["customer"]["stance"] == "fan"


def test_many_are_read_each_whole_or_not_at_all(planned: Care) -> None:
    first, second, third = called(planned)
    good, bad, blank = (filled_in(planned, name, f"{n}.md") for n, name in enumerate((first, second, third)))
    bad.write_text(bad.read_text("utf-8").replace("- Issue: The bill is late", "- Promise: to call\n"), "utf-8")
    blank.write_text(planned.ok("brief", third, "--sheet").out, "utf-8")
    other = planned.folder / "other.md"
    other.write_text(good.read_text("utf-8").replace("store ", "store 0000-1111-2222 was "), "utf-8")
    done = planned("log", "--from", str(good), str(bad), str(blank), str(other), "missing.md")
    assert done.code == 4
    assert f"{first}  logged" in done.out
    assert f"{third}  nothing is filled in yet" in done.out
    line = next(n for n, text in enumerate(bad.read_text("utf-8").splitlines(), 1) if "to call" in text)
    assert f"1.md, line {line}: promise cannot be “to call”" in done.err
    assert "other.md is a sheet of another store, 0000 1111 2222" in done.err
    assert "there is no file missing.md" in done.err
    assert "care: 3 of 5 sheets were refused; the others are taken." in done.err
    states = [(one["id"], one["state"]) for one in planned.ok("plan", "--json").json["calls"]]
    assert states == [(1, "held"), (2, "planned"), (3, "planned")]


def test_one_that_is_refused_says_so_in_one_line(planned: Care) -> None:
    path = filled_in(planned, called(planned)[0])
    text = path.read_text("utf-8")
    for content, *words in (
        (text.replace("## 2 ", "## 2 nonsense, not "), "a.md, line", "no question is called"),
        (text.replace("call c1", "call c77"), "no such call"),
        ("\n".join(line for line in text.splitlines() if "care sheet" not in line), "a.md does not say whose it is"),
        (text + "\nand then this\n## what?", "no question is called “what?”"),
    ):
        path.write_text(content, "utf-8")
        planned("log", "--from", "a.md").refused(4, *words)
    path.write_bytes(b"\x89PNG\r\n\x00\x01")
    planned("log", "--from", "a.md").refused(4, "is not text")
    planned("log", "--from", str(planned.folder)).refused(4, "is a folder", "*.md")
    planned("log", "--from", "a.md", "--answer", "ease=x").refused(2, "--from says all of the talk itself")
    planned("log", "--from", "a.md", "--edit").refused(2, "--from and --edit")


def test_a_blank_sheet_is_of_whom_it_names(planned: Care) -> None:
    blank = planned.ok("brief", "--sheet", "--blank").out
    assert "call c" not in blank
    assert "## 5 life" in blank
    noted = blank.replace("_Probe: And outside of work?_", "_Probe: And outside of work?_\n\na boat")
    path = planned.folder / "b.md"
    path.write_text(noted, "utf-8")
    planned("log", "--from", "b.md").refused(4, "b.md does not say whose it is")
    path.write_text(noted.replace("- Customer:", "- Customer: zzz"), "utf-8")
    planned("log", "--from", "b.md").refused(4, "b.md, line", "“zzz”")
    path.write_text(noted.replace("- Customer:", "- Customer: nils"), "utf-8")
    assert "Nils Vik: held" in planned.ok("log", "--from", "b.md").out
    assert "Nils Vik  already logged" in planned.ok("log", "--from", "b.md").out
    path.write_text(noted, "utf-8")
    assert "Nils Vik  already logged" in planned.ok("log", "nils", "--from", "b.md").out
    planned("brief", "--blank").refused(2, "care brief --sheet --blank")


def test_nobody_answered_is_a_sheet_too(planned: Care) -> None:
    name = called(planned)[0]
    path = planned.folder / "n.md"
    path.write_text(planned.ok("brief", name, "--sheet").out.replace("[ ] no answer", "[x] no answer"), "utf-8")
    assert "no answer" in planned.ok("log", "--from", "n.md").out
    assert "already logged" in planned.ok("log", "--from", "n.md").out
    filled_in(planned, name, "n.md")
    assert "Saved c1" in planned.ok("log", "--from", "n.md").out


def test_a_sheet_as_json_and_its_width(planned: Care) -> None:
    sheet = planned.ok("brief", "--sheet", "--json").json
    assert (sheet["call"], sheet["version"]) == (1, 0)
    assert f"store {sheet['store'].replace(' ', '-')} · call c1 · version 0" in sheet["markdown"]
    assert planned.ok("brief", "--sheet").out == sheet["markdown"]


def vtt(care: Care, name: str = "talk.vtt", who: str = "Kari Nordmann") -> Path:
    path = care.folder / name
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>Good morning.\n\n"
        f"12:30.500 --> 12:40.000\n<v {who}>I have stopped opening the &quot;invoice&quot;.\n",
        "utf-8",
    )
    return path


def test_a_transcript_with_the_notes_is_quoted(planned: Care) -> None:
    vtt(planned)
    talk = planned.ok("log", "kari", "--transcript", "talk.vtt", "--answer", "promises=no: @12:30", "--json").json
    assert talk["answers"] == {"promises": 'no: “I have stopped opening the "invoice".” (12:30)'}
    assert "is attached already" in planned.ok("log", "kari", "--transcript", "talk.vtt").out
    planned("log", "ola", "--transcript", "talk.vtt").refused(2, "talk.vtt is attached to c")
    planned("log", "kari", "--transcript", "care.toml").refused(4, "care.toml")
    planned("log", "kari", "--transcript", "nope.srt").refused(4, "there is no file nope.srt")


def test_a_transcript_by_itself_is_a_talk_or_goes_with_the_last(planned: Care) -> None:
    vtt(planned)
    assert "held" in planned.ok("log", "kari", "--transcript", "talk.vtt").out
    card = planned.ok("customers", "show", "kari", "--json").json
    assert [one["what"] for one in card["timeline"]] == ["chosen talk, 13 minutes"] or "drawn talk, 13 minutes" in str(
        card
    )
    vtt(planned, "more.vtt", "Speaker 2")
    done = planned.ok("log", "kari", "--transcript", "more.vtt")
    assert "more.vtt is attached, 2 passages." in done.out
    assert "Ann for us, Speaker 2 for them." in done.out


def test_nobody_known_by_name_speaks_least(planned: Care) -> None:
    path = vtt(planned, "x.vtt", "Speaker 2")
    path.write_text(path.read_text("utf-8").replace("<v Ann>", "<v Speaker 1>"), "utf-8")
    planned.ok("log", "kari", "--answer", "ease=fine")
    done = planned.ok("log", "kari", "--transcript", "x.vtt")
    assert "Speaker 1 speaks least in x.vtt, and is taken for one of us." in done.err
    with planned.terminal("log", "--amend", "kari", "--transcript", "x.vtt") as terminal:
        terminal.until("1 Speaker 1")
        terminal.until("Who of these is one of us?")
        terminal.type("2")
        assert "is attached already" in bare(terminal.to_the_end())


def test_somebody_new_is_added_with_the_talk(planned: Care) -> None:
    planned("log", "Jo Bloggs", "--answer", "life=surf").refused(3, "Jo Bloggs")
    talk = planned.ok("log", "Jo  Bloggs", "--new", "--answer", "life=surf", "--with", "Bo, Cy", "--json").json
    assert (talk["call"]["customer"]["name"], talk["call"]["kind"]) == ("Jo Bloggs", "volunteered")
    planned("log", "jo bloggs", "--new", "--answer", "life=x").refused(2, "Jo Bloggs is customer 13 already")
    planned("log", "--new", "--answer", "life=x").refused(2, "care log NAME --new")
    planned("log", "7", "--new", "--answer", "life=x").refused(2, "“7” is no name")
    assert "Taken back" in planned.ok("undo").out
    planned("customers", "show", "Jo Bloggs").refused(3, "Jo Bloggs")


def test_somebody_new_is_asked_for_on_a_terminal(planned: Care) -> None:
    for key, code in (("n", 3), ("y", 0)):
        with planned.terminal("log", "Jo Bloggs", "--answer", "life=surf") as terminal:
            terminal.until("Nobody is called “Jo Bloggs”. Add them?")
            terminal.type(key)
            text = bare(terminal.to_the_end(code))
    assert "Jo Bloggs: held" in text


def test_a_talk_is_put_right_by_options_and_given_to_another(planned: Care) -> None:
    first, second, _ = called(planned)
    planned.ok("log", first, "--answer", "ease=hard", "--minutes", "9", "--stance", "critic")
    planned.ok("log", "--amend", "c1", "--answer", "life=a boat", "--minutes", "19", "--issue", "The bill")
    card = planned.ok("customers", "show", first, "--json", "--history").json["timeline"]
    assert [one["what"] for one in card if one["what"] in ("ease", "life")] == ["ease", "life"]
    assert "was: talk of 23 November 2026" in [one["what"] for one in card]
    moved = planned.ok("log", first, "--move-to", second, "--json").json
    assert (moved["call"]["id"], moved["was_with"]["name"], moved["reopened"]["state"]) == (2, first, "planned")
    assert planned.ok("issues", "show", "i1", "--json").json["raised_by"][0]["name"] == second
    assert planned.ok("verify", "--json").json["problems"] == []
    history = planned.ok("customers", "show", first, "--history").out
    assert "was with them: talk of 23 November 2026" in history
    assert "“hard”" in history
    planned("log", "c1", "--move-to", second).refused(3, "no talk is on record")
    planned("log", "--amend", "c1").refused(3, "no talk is on record")
    planned("log", "--amend", "-o", "n").refused(2, "care undo")
    assert json.loads(planned.ok("log", "--amend", "--json").out)["call"] == 2
    assert MONDAY.startswith("2026-11-23")
