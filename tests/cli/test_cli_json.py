"""What ``--json`` gives, key by key, as the contract names it; stderr stays free of hints."""

from typing import Any

from running import NEXT_MONDAY, Care

CALL = {
    "id", "kind", "state", "customer", "caller", "starts_at", "ends_at", "drawn_in", "chance", "attempts",
}  # fmt: skip
ISSUE = {"id", "title", "state", "kind", "age_days", "owner", "raised_by"}


def told(care: Care, *words: str, **more: Any) -> dict[str, Any]:
    """The object a command gives; it says nothing else."""
    done = care.ok(*words, "--json", **more)
    assert done.err == "", (words, done.err)
    found: dict[str, Any] = done.json
    return found


def has(found: dict[str, Any], *keys: str) -> None:
    """All of these keys are there."""
    assert set(keys) <= set(found), set(keys) - set(found)


def test_the_plan(filled: Care) -> None:
    counted = told(filled, "plan", "--dry-run")
    assert (counted["frame"], counted["seats"]) == ({"customers": 12, "eligible": 11, "excluded": {"no_phone": 1}}, 3)
    assert "calls" not in counted
    plan = told(filled, "plan")
    has(plan, "week", "drawn_at", "seal", "frame", "calls", "reserves", "held", "wanted")
    assert (plan["week"], plan["held"], plan["wanted"], len(plan["reserves"])) == ("2026-W48", 0, 3, 6)
    assert plan["frame"] == {"customers": 12, "eligible": 11, "excluded": {"no_phone": 1}}
    assert plan["drawn_at"] == "2026-11-23T08:00:00+00:00"
    assert [call["id"] for call in plan["calls"]] == [1, 2, 3]
    for call in plan["calls"]:
        has(call, *CALL)
        has(call["customer"], "id", "name", "company", "phone")
        assert (call["kind"], call["state"], call["drawn_in"]) == ("drawn", "planned", "2026-W48")
        assert (call["chance"], call["attempts"], call["caller"]) == ({"seats": 3, "of": 11}, [], "Ann")
    assert told(filled, "plan")["seal"] == plan["seal"]
    skipped = told(filled, "plan", "skip", "c1", "--reason", "moved house")
    assert (skipped["calls"][0]["state"], skipped["calls"][0]["skip_reason"]) == ("skipped", "moved house")
    off = told(filled, "plan", "off", "next", "--reason", "fair")
    assert (off["week"], off["off"], off["seal"]) == ("2026-W49", "fair", None)
    added = told(filled, "plan", "add", "nils", "2026-11-26 15:00")
    assert (added["kind"], added["starts_at"], added["drawn_in"]) == ("chosen", "2026-11-26T15:00:00+01:00", None)


def test_a_talk_and_its_brief(talked: Care) -> None:
    brief = told(talked, "brief", "ola")
    has(brief, "customer", "call", "remember", "tell", "promises", "said", "issues", "touches", "questions", "dates")
    assert [(one["id"], one["state"], one["words"]) for one in brief["tell"]] == [
        (1, "fixed", "Every month I repair the file by hand.")
    ]
    keys = [one["key"] for one in brief["questions"]]
    assert (keys[:5], len(keys)) == (["promises", "problems", "ease", "challenges", "life"], 6)
    kari = told(talked, "brief", "kari")
    assert (kari["remember"], kari["customer"]["silent_days"]) == ("Her daughter's exam", 0)
    assert [(one["what"], one["due_on"], one["state"]) for one in kari["promises"]] == [
        ("Send the VAT guide", "2026-11-27", "open")
    ]
    assert [(one["kind"], one["on"], one["in_days"]) for one in kari["dates"]] == [("birthday", "2026-11-26", 3)]
    assert {one["key"]: (one["reading"], one["private"]) for one in kari["said"]} == {
        "promises": ("mixed", False), "life": (None, True)
    }  # fmt: skip
    talk = told(talked, "log", "ola", "--answer", "ease=Easy", "--reading", "ease=good", "--issue", "i2",
                "--promise", "Call back by friday", "--wish", "tea", "--trigger", "truth",
                "--told", "i1=pleased")  # fmt: skip
    has(talk, "call", "answers", "readings", "issues", "promises", "gold")
    has(talk["call"], *CALL)
    assert (talk["call"]["state"], talk["call"]["customer"]["name"]) == ("held", "Ola Hansen")
    assert (talk["answers"], talk["readings"]) == ({"ease": "Easy"}, {"ease": "good"})
    assert [(one["id"], one["joined"], one["raisers"]) for one in talk["issues"]] == [(2, True, 2)]
    assert [(one["id"], one["due_on"]) for one in talk["promises"]] == [(2, "2026-11-27")]
    assert [(one["kind"], one["words"]) for one in talk["gold"]] == [("wish", "tea"), ("trigger", "truth")]
    assert [(one["id"], one["waiting"], one["reopened"]) for one in talk["told"]] == [(1, 1, False)]


def test_the_report(talked: Care) -> None:
    report = told(talked, "report")
    has(report, "owed", "open_issues", "heard", "neglected", "practice")
    assert [(one["ref"], one["kind"], one["customer"]["name"], one["due_on"]) for one in report["owed"]] == [
        ("i1", "tell", "Kari Nordmann", "2026-11-23"),
        ("i1", "tell", "Ola Hansen", "2026-11-23"),
        ("p1", "promise", "Kari Nordmann", "2026-11-27"),
    ]
    for one in report["open_issues"]:
        has(one, *ISSUE)
    assert [(one["id"], one["state"], one["kind"], one["age_days"]) for one in report["open_issues"]] == [
        (1, "fixed", "issue", 0),
        (2, "open", "failure", 0),
    ]
    assert [set(one) >= {"id", "name", "told"} for one in report["open_issues"][0]["raised_by"]] == [True, True]
    neglected = report["neglected"]
    assert (neglected["gone_silent"], neglected["never_heard"], neglected["of"]) == (0, 11, 12)
    assert (report["heard"]["talks"], report["practice"]["spoke"]) == (1, {"Ann": 1, "Bo": 1})
    later = told(talked, "report", "neglected", now="2028-11-23T09:00:00+01:00")
    assert "owed" not in later
    (kari,) = later["neglected"]["customers"]
    has(kari, "customer", "last_heard_on", "silent_days", "reason")
    assert (kari["customer"], kari["last_heard_on"], kari["silent_days"]) == (
        {"id": 1, "name": "Kari Nordmann", "company": "Fjord AS"}, "2026-11-23", 731
    )  # fmt: skip
    assert talked.ok("report", "neglected", "--format", "json").json == told(talked, "report", "neglected")
    quotes = {one["key"] for one in told(talked, "report", "heard")["heard"]["quotes"]}
    assert quotes == {"promises"}
    whole = told(talked, "report", "owed", "--initials")["owed"][0]["customer"]["name"]
    assert whole == "K. N."


def test_lists(talked: Care) -> None:
    customers = told(talked, "customers")
    assert customers["total"] == 12
    has(customers["customers"][0], "id", "name", "company", "email", "phone", "segment", "status", "last_heard_on",
        "silent_days")  # fmt: skip
    assert [customers["customers"][0][key] for key in ("id", "phone", "segment", "last_heard_on")] == [
        1, "+4722123456", "Gold", "2026-11-23"
    ]  # fmt: skip
    assert told(talked, "customers", "--segment", "Gold", "--limit", "2")["total"] == 3
    issues = told(talked, "issues")["issues"]
    assert [(one["id"], one["waiting"]) for one in issues] == [(1, 2), (2, 0)]
    owed = told(talked, "owed", now=NEXT_MONDAY)["owed"]
    has(owed[0], "id", "kind", "customer", "what", "due_on", "overdue_days")
    assert [(one["ref"], one["state"], one["overdue_days"]) for one in owed] == [
        ("p1", "broken", 3), ("i1", "fixed", 7), ("i1", "fixed", 7)
    ]  # fmt: skip
    assert told(talked)["plan"]["held"] == 1


def test_the_store(care: Care) -> None:
    begun = told(care, "init", "--company", "Tea", "--country", "NO")
    assert (begun["company"], begun["country"], begun["calls_per_week"]) == ("Tea", "NO", 3)
    (care.folder / "c.csv").write_text("Name,Phone\nAnn,+4790000001\nBo\n,\n,x\n")
    summary = told(care, "customers", "import", "c.csv", "--dry-run")
    assert (summary["batch"], summary["added"]) == (None, 2)
    summary = told(care, "customers", "import", "c.csv")
    has(summary, "batch", "layout", "read", "added", "updated", "unchanged", "rejected", "rejections")
    counts = [summary[key] for key in ("read", "added", "updated", "unchanged", "rejected")]
    assert counts == [3, 2, 0, 0, 1]
    assert [set(one) for one in summary["rejections"]] == [{"line", "reason"}]
    assert summary["rejections"][0]["line"] == 5
    checks = told(care, "doctor")["checks"]
    assert {one["status"] for one in checks} == {"ok"}
    assert all(set(one) == {"name", "status", "detail"} for one in checks)
    shown = {one["key"]: (one["value"], one["source"]) for one in told(care, "config")["settings"]}
    assert (shown["company"], shown["attempts"], shown["caller"]) == (
        ("Tea", "store"),
        (3, "default"),
        ("Ann", "care.toml"),
    )
    set_to = told(care, "config", "set", "team", "Ann, Bo")["settings"]
    assert [(one["key"], one["value"]) for one in set_to] == [("team", ["Ann", "Bo"])]
    added = told(care, "customers", "add", "Cy", "--phone", "+47 90 00 00 02")
    assert (added["id"], added["standing"]) == (3, "callable")
    assert told(care, "customers", "pause", "cy", "--until", "2027-01-01")["standing"] == "paused"
    touched = told(care, "touch", "cy", "thank", "a card")
    assert (touched["purpose"], touched["words"], touched["customer"]["id"]) == ("thank", "a card", 3)
