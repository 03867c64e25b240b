"""Staying in touch, as typed: the small touch that is proposed, and the call again."""

from running import Care, bare

IN_SPRING = "2027-02-21T09:00:00+01:00"  # ninety days after MONDAY


def test_a_small_touch_is_proposed_once_and_dropped_for_good(talked: Care) -> None:
    assert "n1" not in talked.ok("owed", now="2027-02-20T09:00:00+01:00").out
    proposed = [
        one for one in talked.ok("owed", "--json", now=IN_SPRING).json["owed"] if one["kind"] == "stay_in_touch"
    ]
    assert [(one["id"], one["customer"]["name"], one["what"], one["due_on"]) for one in proposed] == [
        (1, "Kari Nordmann", "Her daughter's exam", "2027-02-21")
    ]
    [line] = [line for line in talked.ok("owed", now=IN_SPRING).out.splitlines() if "n1 " in line]
    assert "“Her daughter's exam”" in line
    dropped = talked.ok("owed", "drop", "n1", "--reason", "moves house", now=IN_SPRING).out
    assert dropped.startswith("n1  dropped  in touch with Kari Nordmann")
    assert "n1 " not in talked.ok("owed", now=IN_SPRING).out
    assert "dropped already" in talked("owed", "drop", "n1", "--reason", "moves house", now=IN_SPRING).refused(2)
    talked.ok("undo", now=IN_SPRING)
    assert "n1 " in talked.ok("owed", now=IN_SPRING).out


def test_a_touch_settles_it(talked: Care) -> None:
    talked.ok("touch", "kari", "give", "a card", now=IN_SPRING)
    assert "n1 " not in talked.ok("owed", now=IN_SPRING).out


def test_what_cannot_be_dropped(talked: Care) -> None:
    talked("owed", "drop", "n9", "--reason", "x").refused(3, "“n9”", "care owed")
    talked("owed", "drop", "x", "--reason", "x").refused(2, "“x”", "p3")


def test_how_long_after_is_a_setting(filled: Care) -> None:
    filled("config", "set", "stay_in_touch_days", "soon").refused(2, "days from 0 to 3650")
    filled.ok("config", "set", "stay_in_touch_days", "0")
    filled.ok("log", "kari", "--answer", "ease=well")
    assert filled.ok("owed", "--json", now="2036-01-01T09:00:00+01:00").json["total"] == 0


def test_again_plans_a_chosen_call_and_says_on_which_day(filled: Care) -> None:
    done = filled.ok("log", "kari", "--answer", "ease=well", "--again", "in 2 weeks")
    assert "in 2 weeks: Mon 7 Dec." in done.err
    again = filled.ok("log", "ola", "-o", "l", "--again", "next tuesday 15:00", "--json").json["again"]
    assert (again["kind"], again["state"], again["starts_at"]) == ("chosen", "planned", "2026-12-01T15:00:00+01:00")
    past = filled("log", "anna", "--answer", "ease=well", "--again", "yesterday")
    assert (past.code, past.out, "22 November 2026 is past" in past.err) == (2, "", True)
    shown = bare(filled.shown("log", "anna", "--answer", "ease=well", "--again", "friday"))
    assert "friday: Fri 27 Nov." in shown


def test_it_goes_with_whoever_is_forgotten(talked: Care) -> None:
    assert "1 touch to come" in talked.ok("customers", "forget", "kari", "--yes").out
    owed = talked.ok("owed", "--json", now=IN_SPRING).json["owed"]
    assert "stay_in_touch" not in {one["kind"] for one in owed}
    talked.ok("doctor")
    talked.ok("verify")
