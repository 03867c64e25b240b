"""The outlook, and verification, through the real program."""

import re
import sqlite3

from running import NEXT_MONDAY, Care


def test_the_outlook_of_a_pace(filled: Care) -> None:
    # Eleven can be called, 3 a week: 11/3 weeks on average; the most is (2 * 11 - 2 + 3) // 3 = 7 weeks. A problem of
    # one in ten touches 2 of the 11, and after 4 weeks all 11 were heard.
    found = filled.ok("plan", "--outlook", "--json").json
    assert (found["customers"], found["weekly"]) == (11, 3)
    assert round(found["waits"]["mean"], 3) == 3.667
    assert found["waits"]["most"] == 7
    assert [one["chance"] for one in found["heard"]] == [1.0, 1.0, 1.0]
    shown = filled.ok("plan", "--outlook").out
    assert "11 customers, 3 talks a week" in shown
    assert "100 %" in shown
    assert filled.ok("plan", "--outlook", "--calls", "1", "--json").json["weekly"] == 1
    assert filled.ok("plan", "--json").json["drawn_at"] is not None  # looking ahead draws nothing, so this one drew
    assert not re.search("neglected", shown)


def test_verification_reads_as_it_should(talked: Care) -> None:
    talked.ok("plan", now=NEXT_MONDAY)
    done = talked.ok("verify", now=NEXT_MONDAY)
    assert "All 2 draws verified." in done.out
    assert "took exactly the names its turn required" in done.out
    seal = talked.ok("plan", "--json", now=NEXT_MONDAY).json["seal"]
    found = talked.ok("verify", "--seen", seal[:12], "--json", now=NEXT_MONDAY).json
    assert (found["draws"], found["verified"], found["out_of_order"], found["problems"]) == (2, 2, 0, [])
    assert found["seen_in"] == "2026-W49"
    wrong = talked("verify", "--seen", "4f0c 91d2 77ae", now=NEXT_MONDAY)
    assert wrong.code == 5
    assert "none of this store" in wrong.out
    with sqlite3.connect(talked.store) as connection:
        connection.execute("UPDATE customer SET place = 5 WHERE id = 9")
    connection.close()
    wrong = talked("verify", now=NEXT_MONDAY)
    assert wrong.code == 5
    assert "customer 9 has" in wrong.out


def test_a_store_without_a_draw_has_nothing_to_verify(filled: Care) -> None:
    assert "Nothing was drawn yet" in filled.ok("verify").out


def test_the_selection_report_is_for_those_who_ask(talked: Care) -> None:
    assert "selection" not in talked.ok("report", "--json").json
    found = talked.ok("report", "selection", "--json").json["selection"]
    assert set(found) == {
        "verdict", "begun_on", "key", "draws", "customers", "eligible", "no_chance", "waiting", "spend_no_chance",
        "strata", "cycle", "spreads", "heard", "exits", "cases", "rates", "callers", "record",
    }  # fmt: skip
    assert (found["verdict"], found["draws"], found["customers"]) == ("too few were drawn to tell", 1, 12)
    shown = talked.ok("report", "selection").out
    assert "SELECTION    too few were drawn to tell" in shown
    assert "No chance as they stand: 1 no phone." in shown
    assert "1 draw under a clock set by hand" in shown
    talked("report", "selections").refused(2, "selections", "Did you mean selection?")
