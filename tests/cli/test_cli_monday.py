"""The loop of a week, and what follows in the next one."""

from pathlib import Path
from typing import Any

import pytest
from running import NEXT_MONDAY, Care

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = [
    path
    for name in ("atomic-crm", "groweasy", "shared-contacts-admin")
    for path in sorted((DATA / name).rglob("*.csv"))
] or [None]


def test_a_first_monday(filled: Care) -> None:
    plan = filled.ok("plan")
    assert plan.out.startswith("Week 48, 23 to 29 November")
    assert "3 talks wanted, 0 held" in plan.out
    assert "next  6 more step up when someone cannot be reached" in plan.out
    assert "Drawn from 11 of 12. Not drawn: 1 no phone." in plan.out
    slots, following = plan.err.splitlines()
    assert slots.endswith('care config set slots "Tue 10:00-12:00, Thu 15:00-17:00"')
    assert following == "Next: care brief"
    again = filled.ok("plan")
    assert (again.out, again.err) == (plan.out, "Next: care brief\n")
    drawn = filled.ok("plan", "--json").json["calls"]
    first = drawn[0]["customer"]

    brief = filled.ok("brief")
    assert first["name"] in brief.out
    assert "this is Ann from Fjord Books" in brief.out

    log = filled.ok("log", "--answer", "promises=Mostly", "--reading", "promises=good", "--issue", "Late bills",
                    "--promise", "Send a list by friday", "--wish", "speed", "--trigger", "truth",
                    "--remember", "The boat", "--stance", "fan", "--with", "Bo, Cy", "--minutes", "20",
                    "--again", "in 2 weeks")  # fmt: skip
    assert f"Saved c1  {first['name']}: held   1 of 3 talks this week" in log.out
    for line in ("i1 Late bills: opened, with 1 customer", "p1 Send a list by 27 November 2026", "wish “speed”",
                 "trigger “truth”", "called again in week 2026-W50"):  # fmt: skip
        assert line in log.out, line
    assert "in 2 weeks: Mon 7 Dec." in log.err

    missed = filled.ok("log", "c2", "-o", "n")
    assert "no answer   1 of 3 talks" in missed.out
    assert "steps up beside them" in missed.out
    filled.ok("log", "c2", "-o", "v", now="2026-11-24T18:00:00+01:00")
    closed = filled.ok("log", "c2", "-o", "b", now="2026-11-25T12:00:00+01:00")
    assert "not reached, and now closed" in closed.out
    calls = filled.ok("plan", "--json").json["calls"]
    assert [(one["state"], one["beside"]) for one in calls if one["drawn_in"]] == [
        ("held", None), ("unreached", None), ("planned", None), ("planned", 2)
    ]  # fmt: skip
    assert len({one["customer"]["id"] for one in calls}) == len(calls)

    skipped = filled.ok("plan", "skip", "c3", "--reason", "they are angry")
    assert "skipped: they are angry" in skipped.out
    filled("plan", "skip", "c3", "--reason", "again").refused(2, "skipped already")
    report = filled.ok("report")
    assert "1 talk, drawn" in report.out
    assert "Promises kept, as we heard it  1 of 1" in report.out
    assert "Spoke with a customer: Ann 1, Bo 1, Cy 1." in report.out


def test_closing_the_loop(talked: Care) -> None:
    assert "STILL OPEN   i2 Invoices wrong" in talked.ok("brief", "anna").out
    talked("issues", "tell", "i2", "anna").refused(2, "Say first what became of it")
    told = talked.ok("issues", "tell", "Export", "kari", "--reaction", "pleased")
    assert "told 23 November 2026, pleased" in told.out
    talked("issues", "tell", "i1", "kari").refused(2, "told of i1 already")
    talked("issues", "tell", "i1", "anna").refused(3, "did not raise i1", "Kari Nordmann, Ola Hansen")
    again = talked.ok("issues", "tell", "i1", "ola", "--reaction", "not fixed")
    assert "open" in again.out.splitlines()[0]
    talked.ok("issues", "decline", "i1", "--reason", "We drop the export")
    assert "TELL TODAY   i1 Export drops columns, declined 23 Nov. We drop the export." in talked.ok("brief", "ola").out
    last = talked.ok("issues", "tell", "i1", "ola", "--reaction", "sad but clear")
    assert last.err == "Everyone has been told. That is the end of it.\n"
    assert [one["id"] for one in talked.ok("issues", "--json").json["issues"]] == [2]
    assert [one["state"] for one in talked.ok("issues", "--all", "--json").json["issues"]] == ["open", "told"]
    assert talked.ok("issues", "reopen", "i1", "--by", "kari", "--json").json["state"] == "open"
    talked("issues", "fix", "i9").refused(3, "i9")

    assert "p1  due  Kari Nordmann  Send the VAT guide" in talked.ok("owed").out
    assert "p1  kept  Send the VAT guide" in talked.ok("owed", "done", "p1").out
    talked("owed", "done", "p1").refused(2, "kept already")
    assert talked.ok("owed").out == "We owe nobody anything.\n"


def test_touches_and_standing(talked: Care) -> None:
    before = talked.ok("plan", "--json").json
    outside = next(one for one in talked.ok("customers", "--json").json["customers"] if one["standing"] == "callable")
    who = str(outside["id"])
    for _ in range(2):
        talked.ok("touch", who, "sell", "the big parcel")
    assert "2 contacts, both to sell. Begin by listening." in talked.ok("brief", who).out
    assert "never heard, only sold to" in talked.ok("report", "neglected").out
    talked("touch", who, "thank", "--in", "product").refused(2, "goes with involve")
    talked.ok("touch", who, "involve", "the new form", "--in", "product")

    paused = talked.ok("customers", "pause", who, "--until", "2027-02-01", "--reason", "travels")
    assert "paused until 1 February 2027: travels." in paused.out
    assert "do-not-call: asked us" in talked.ok("customers", "do-not-call", who, "--reason", "asked us").out
    assert "former: moved abroad" in talked.ok("customers", "left", "liv", "--reason", "moved abroad").out
    assert "can be drawn." in talked.ok("customers", "back", who).out
    assert talked.ok("customers", "edit", who, "--company", "New Co", "--birthday", "3 Feb", "--json").json["birthday"]
    assert "New Co" in talked.ok("customers", "show", who, "--history").out
    assert talked.ok("plan", "--json").json["seal"] == before["seal"]
    assert talked.ok("doctor").err == "All is well.\n"


def test_settings(filled: Care) -> None:
    filled.ok("config", "set", "team", "Ann, Bo, Dee")
    filled.ok("config", "set", "attempts", "1")
    assert "attempts" in filled.ok("config").out
    assert filled.ok("config", "unset", "attempts", "--json").json["settings"][0]["value"] == 3
    filled.ok("config", "set", "caller", "Bo")
    assert filled.config.read_text() == 'caller = "Bo"\n'
    filled("log", "mia", "-o", "n", "--caller", "Zoe").refused(2, "“Zoe”", "Dee")


def test_the_next_week(filled: Care) -> None:
    untried = [call["customer"]["id"] for call in filled.ok("plan", "--json").json["calls"]]
    filled.ok("log", str(untried[0]), "-o", "n")
    saturday = filled.ok("plan", now="2026-11-28T10:00:00+01:00")
    assert saturday.out.startswith("Week 49, 30 November to 6 December")
    assert saturday.err.splitlines()[0] == "This week is nearly over: this is the plan of the coming one, week 49."
    plan = filled.ok("plan", "--json", now=NEXT_MONDAY).json
    assert plan["week"] == "2026-W49"
    calls: dict[int, dict[str, Any]] = {call["customer"]["id"]: call for call in plan["calls"]}
    assert calls[untried[0]]["notes"] == ["from week 48"]  # tried once: stays, the very same call
    for who in untried[1:]:  # never tried: lapsed, kept the place, and come first
        assert (calls[who]["carried_from"], calls[who]["notes"]) == ("2026-W48", ["from week 48"])
        assert calls[who]["drawn_in"] == "2026-W49"
    text = filled.ok("plan", now=NEXT_MONDAY).out
    carried = sum("from week 48" in call["notes"] for call in plan["calls"])
    assert text.count("from week 48") == carried
    assert f"3 talks wanted, 0 held, {carried} carried over" in text.splitlines()[0]
    filled("plan", "--week", "2026-W47", now=NEXT_MONDAY).refused(2, "Draws only go forward")
    report = filled.ok("report", "practice", "--json", now=NEXT_MONDAY).json["practice"]
    assert (report["weeks_kept"], report["tries"]) == (0, 1)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name if path else "none")
def test_files_of_other_programs(care: Care, path: Path | None) -> None:
    if path is None:
        pytest.skip(f"the shared exports are not at {DATA}")
    care.ok("init", "--country", "US")
    first = care.ok("customers", "import", str(path), "--json").json
    assert first["read"] == first["added"] + first["updated"] + first["unchanged"] + first["rejected"]
    assert first["added"] > 0
    second = care.ok("customers", "import", str(path), "--json").json
    assert (second["added"], second["updated"]) == (0, 0)
    assert care.ok("customers", "--json").json["total"] == first["added"]
    care.ok("config", "set", "statuses", "active,prospect,former")
    if not care.ok("customers", "--standing", "callable", "--json").json["total"]:
        care("plan").refused(2, "can be drawn")
        return
    [call, *_] = care.ok("plan", "--json").json["calls"]
    assert call["customer"]["name"] in care.ok("brief").out
    held = care.ok("log", "--answer", "ease=easy", "--reading", "ease=good", "--json").json["call"]
    assert (held["id"], held["state"]) == (call["id"], "held")
    report = care.ok("report", "--json").json
    assert [quote["words"] for quote in report["heard"]["quotes"]] == ["easy"]
    assert report["neglected"]["never_heard"] <= first["added"] - 1
