"""``care customers show``: the timeline, a page's worth of it, and the history."""

from running import Care, bare, too_wide


def test_the_newest_comes_first_and_more_with_limit(talked: Care) -> None:
    for number in range(25):
        talked.ok("touch", "kari", "thank", f"card {number:02}", now=f"2026-12-{1 + number:02}T09:00:00+01:00")
    whole = talked.ok("customers", "show", "kari", "--json").json["timeline"]
    assert [one["words"] for one in whole][:2] == ["card 24", "card 23"]
    assert whole[-1]["at"] <= whole[0]["at"]
    shown = bare(talked.shown("customers", "show", "kari", width=60))
    assert "card 24" in shown
    assert "card 04" not in shown
    assert f"{len(whole) - 20} earlier moments: --limit" in shown
    assert not too_wide(shown, 60)
    few = talked.ok("customers", "show", "kari", "--limit", "2").out
    assert ("card 23" in few, "card 22" in few) == (True, False)
    assert len(talked.ok("customers", "show", "kari", "--limit", "2", "--json").json["timeline"]) == 2
    assert "card 00" in talked.ok("customers", "show", "kari").out


def test_the_history_says_what_was_changed_by_which_command(talked: Care) -> None:
    talked.ok("customers", "edit", "kari", "--name", "Kari \x1b[31mBerg", now="2026-12-01T09:30:00+01:00")
    assert talked.ok("customers", "show", "kari", "--json").json["changes"] == []
    changes = talked.ok("customers", "show", "kari", "--history", "--json").json["changes"]
    assert changes[0] == {
        "at": "2026-12-01T08:30:00+00:00", "command": "customers edit", "caller": "Ann",
        "what": ["name: Kari Nordmann → Kari \x1b[31mBerg"],
    }  # fmt: skip
    said = talked.ok("customers", "show", "kari", "--history").out
    assert "2026-12-01 09:30  care customers edit  Ann" in said
    assert "name: Kari Nordmann → Kari ␛[31mBerg" in said
