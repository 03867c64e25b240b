"""The plan in a real CalDAV calendar: written, moved on either side, deleted, and never written twice."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from running import NEXT_MONDAY, Care, Done, copy_store

from calendars import PASSWORD, USER, Radicale

OSLO = ZoneInfo("Europe/Oslo")
KNOWN = {"CARE_CALDAV_PASSWORD": PASSWORD}
KARI, OLA = "Call Kari Nordmann (Fjord AS)", "Call Ola Hansen"

Plan = Callable[..., Done]


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    server = Radicale(tmp_path_factory.mktemp("radicale"))
    server.start()
    server.make()
    yield server
    server.stop()


@pytest.fixture
def server(_server: Radicale) -> Radicale:
    """A Radicale with an empty calendar."""
    _server.empty()
    return _server


@pytest.fixture(scope="session")
def _chosen(_filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    care = Care(tmp_path_factory.mktemp("chosen"))
    copy_store(_filled, care.folder)
    care.ok("plan", "add", "kari", "tuesday 10:00")
    care.ok("plan", "add", "ola", "wednesday 14:00")
    care.ok("plan", "add", "mia", "thursday 11:00")
    return care.folder


@pytest.fixture
def care(_chosen: Path, tmp_path: Path, server: Radicale) -> Care:
    """Ann with three chosen calls, hers, and a calendar that is set and holds nothing yet."""
    copy_store(_chosen, tmp_path)
    care = Care(tmp_path)
    care.config.write_text(f'caller = "Ann"\ncalendar = "{server.url}"\ncalendar_user = "{USER}"\n', "utf-8")
    return care


@pytest.fixture
def plan(care: Care) -> Plan:
    """``care plan`` with the password, in a week that is off so that only the three calls are in it."""
    care.ok("plan", "off", "--reason", "holiday")

    def run(*words: str, **more: object) -> Done:
        return care.ok("plan", *words, env=KNOWN, **more)

    return run


def starts(server: Radicale) -> dict[str, str]:
    """When each event begins on the clocks of Oslo."""
    return {name: f"{one.start.astimezone(OSLO):%a %H:%M}" for name, one in server.events().items()}


def begins(plan: Plan) -> str:
    """When the call with Kari is to be made."""
    [kari] = [one for one in plan("--json").json["calls"] if one["id"] == 1]
    return str(kari["starts_at"])


def test_published_once_however_often_it_is_planned(plan: Plan, server: Radicale) -> None:
    first = plan()
    assert first.err == "Written to your calendar. Next: care brief\n"
    assert starts(server) == {KARI: "Tue 10:00", OLA: "Wed 14:00", "Call Mia Berg": "Thu 11:00"}
    before = {name: one.to_ical() for name, one in server.events().items()}
    again = plan()
    assert (again.out, again.err) == (first.out, "Next: care brief\n")
    assert {name: one.to_ical() for name, one in server.events().items()} == before


def test_what_the_event_of_a_call_says(talked: Care, server: Radicale) -> None:
    talked.ok("customers", "edit", "kari", "--zone", "Asia/Tokyo")
    call = talked.ok("plan", "add", "kari", "2026-12-01 10:00", "--json").json
    talked.config.write_text(f'calendar = "{server.url}"\ncalendar_user = "{USER}"\n', "utf-8")
    plan = talked.ok("plan", "--json", env=KNOWN).json
    found = server.events()
    kari = found[KARI]
    said = str(kari["DESCRIPTION"])
    assert kari["URL"] == "tel:+4722123456"
    for line in ("18:00 for them (Asia/Tokyo)", "Remember: Her daughter's exam",
                 "Tell today: i1 Export drops columns, fixed 23 November",
                 "We promised: p1 Send the VAT guide by 27 November", "1 How well do we deliver on our promises?",
                 f"care brief c{call['id']}, Ann"):  # fmt: skip
        assert line in said, line
    for private in ("My daughter has her exam in May", "Mostly. The export, no.", "always answer within a day"):
        assert private not in said
    drawn = next(one for one in plan["calls"] if one["kind"] == "drawn" and one["state"] == "planned")
    event = next(one for name, one in found.items() if drawn["customer"]["name"] in name)
    seal = plan["seal"]
    assert f"Seal {seal[:4]} {seal[4:8]} {seal[8:12]}" in str(event["DESCRIPTION"])
    assert (event.start, event.end) == (date(2026, 11, 23), date(2026, 11, 28))  # no time yet: the week's working days
    assert event["TRANSP"] == "TRANSPARENT"
    assert len(found) == sum(one["state"] == "planned" for one in [*plan["calls"], call])


def test_moved_in_the_plan(plan: Plan, server: Radicale) -> None:
    plan()
    uid = server.events()[KARI]["UID"]
    moved = plan("move", "kari", "friday 9:00")
    assert "Written to your calendar." in moved.err
    found = server.events()[KARI]
    assert (f"{found.start:%a %H:%M}", found["UID"], found["SEQUENCE"], len(server.events())) == (
        "Fri 09:00",
        uid,
        1,
        3,
    )
    plan("move", "kari", "friday 9:30", "--no-publish")
    assert starts(server)[KARI] == "Fri 09:00"
    plan()
    found = server.events()[KARI]
    assert (f"{found.start:%a %H:%M}", found["SEQUENCE"]) == ("Fri 09:30", 2)


def test_skipped_given_away_and_undone(care: Care, plan: Plan, server: Radicale) -> None:
    plan()
    uid = server.events()[OLA]["UID"]
    plan("skip", "ola", "--reason", "on holiday")
    assert OLA not in server.events()
    assert "plan skip" in care.ok("undo", env=KNOWN).out  # not the note of what was written
    back = server.events()[OLA]
    assert (back["UID"], back["SEQUENCE"], f"{back.start:%a %H:%M}") == (uid, 1, "Wed 14:00")
    care.ok("config", "set", "callers", "Ann, Bo")
    plan("give", "ola", "Bo")
    assert sorted(server.events()) == [KARI, "Call Mia Berg"]
    plan("give", "ola", "Ann")
    assert server.events()[OLA]["SEQUENCE"] == 2
    care.ok("plan", "add", "eva", "friday 16:00", env=KNOWN)
    assert "Call Eva Moe" in server.events()
    care.ok("undo", env=KNOWN)
    assert "Call Eva Moe" not in server.events()
    care.ok("undo", env=KNOWN)
    assert "Call Eva Moe" in server.events()
    assert plan().err == "Next: care brief\n"


def test_a_call_that_was_made_keeps_its_event(care: Care, plan: Plan, server: Radicale) -> None:
    plan()
    care.ok("log", "kari", "--answer", "ease=easy", now="2026-11-24T10:30:00+01:00")
    care.ok("log", "mia", "--answer", "ease=easy", now="2026-11-24T11:00:00+01:00")
    plan(now="2026-11-24T12:00:00+01:00")
    assert sorted(server.events()) == [KARI, OLA]  # Mia's was to be on Thursday, and is no longer


def test_moved_in_the_calendar(care: Care, plan: Plan, server: Radicale) -> None:
    plan()
    with server.changed(KARI) as event:
        event.start, event.end = (datetime(2026, 11, 27, hour, 30, tzinfo=ZoneInfo("Europe/London")) for hour in (8, 9))
    told = plan()
    assert "c1 Kari Nordmann was moved in your calendar to Fri 27 Nov 09:30. care plan --sync takes" in told.err
    assert begins(plan) == "2026-11-24T10:00:00+01:00"
    assert starts(server)[KARI] == "Fri 09:30"
    synced = plan("--sync")
    assert "c1 Kari Nordmann: Fri 27 Nov 09:30, as in your calendar." in synced.err
    [kari] = [one for one in plan("--json").json["calls"] if one["id"] == 1]
    assert (kari["starts_at"], kari["ends_at"]) == ("2026-11-27T09:30:00+01:00", "2026-11-27T10:30:00+01:00")
    assert plan("--sync").err == "Next: care brief\n"
    care.ok("undo", env=KNOWN)
    assert starts(server)[KARI] == "Tue 10:00"


def test_a_whole_day_in_the_calendar_is_a_day_in_the_plan(plan: Plan, server: Radicale) -> None:
    plan()
    with server.changed(KARI) as event:
        del event["DTEND"]
        event.start = date(2026, 11, 27)
    [kari] = [one for one in plan("--sync", "--json").json["calls"] if one["id"] == 1]
    assert (kari["starts_at"], kari["not_before"]) == (None, "2026-11-27")


def test_deleted_in_the_calendar_off_a_terminal(plan: Plan, server: Radicale) -> None:
    plan()
    server.delete(KARI)
    assert "c1 Kari Nordmann was deleted in your calendar. care plan --sync asks whether to skip it." in plan().err
    synced = plan("--sync")
    assert "care plan skip c1 --reason TEXT skips it; care plan --force writes it anew." in synced.err
    assert [one["state"] for one in plan("--json").json["calls"]] == ["planned"] * 3
    assert KARI not in server.events()
    plan("--force")
    assert starts(server)[KARI] == "Tue 10:00"


def test_deleted_in_the_calendar_on_a_terminal(care: Care, plan: Plan, server: Radicale) -> None:
    plan()
    server.delete(KARI)
    with care.terminal("plan", "--sync", env=KNOWN) as terminal:
        terminal.until("was deleted in your calendar. Skip the call? [y/N]:")
        terminal.type("n")
        terminal.to_the_end()
    assert starts(server)[KARI] == "Tue 10:00"
    server.delete(KARI)
    with care.terminal("plan", "--sync", env=KNOWN) as terminal:
        terminal.until("[y/N]:")
        terminal.type("y")
        terminal.until("Why, in a few words:")
        terminal.type("")
        terminal.until("Why, in a few words:")
        terminal.type("she is at sea")
        terminal.to_the_end()
    [kari] = [one for one in plan("--json").json["calls"] if one["id"] == 1]
    assert (kari["state"], kari["skip_reason"]) == ("skipped", "she is at sea")
    assert KARI not in server.events()
    assert plan().err == "Next: care brief\n"


def test_changed_on_both_sides(plan: Plan, server: Radicale) -> None:
    plan()
    with server.changed(KARI) as event:
        event.start, event.end = (datetime(2026, 11, 27, hour, tzinfo=OSLO) for hour in (8, 9))
    plan("move", "kari", "thursday 16:00")
    for words in ((), ("--sync",)):
        told = plan(*words)
        assert "c1 Kari Nordmann stands differently: Thu 26 Nov 16:00 in the plan, Fri 27 Nov 08:00 in" in told.err
        assert "care plan move c1 WHEN settles it" in told.err
        assert starts(server)[KARI] == "Fri 08:00"
        assert begins(plan) == "2026-11-26T16:00:00+01:00"
    plan("move", "kari", "friday 8:00")
    assert "differently" not in plan().err
    plan("move", "kari", "friday 12:00")
    assert starts(server)[KARI] == "Fri 12:00"


def test_skipped_here_and_moved_there(plan: Plan, server: Radicale) -> None:
    plan()
    with server.changed(KARI) as event:
        event.start, event.end = (datetime(2026, 11, 27, hour, tzinfo=OSLO) for hour in (8, 9))
    told = plan("skip", "kari", "--reason", "she said so")
    assert "c1 Kari Nordmann is out of your plan, but was changed in your calendar. It stays there" in told.err
    assert KARI in server.events()


def test_words_somebody_wrote_into_the_event_stay(care: Care, plan: Plan, server: Radicale) -> None:
    plan()
    with server.changed(KARI) as event:
        event["DESCRIPTION"] = icalendar.vText("Ask for the key")
        event["LOCATION"] = icalendar.vText("Kitchen")
    care.ok("issues", "add", "Late bills", "--by", "kari")
    care.ok("issues", "fix", "i1")
    told = plan()
    assert "c1 Kari Nordmann: you changed its words in your calendar, so they stay." in told.err
    assert plan().err == "Next: care brief\n"  # said once
    plan("move", "kari", "friday 9:00")
    found = server.events()[KARI]
    assert (found["DESCRIPTION"], found["LOCATION"], f"{found.start:%a}") == ("Ask for the key", "Kitchen", "Fri")


def test_foreign_events_are_never_touched(care: Care, plan: Plan, server: Radicale) -> None:
    start = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)
    with server.calendar() as calendar:
        calendar.add_event(dtstart=start, dtend=start + timedelta(hours=1), summary="Dentist", uid="care-c1-dentist")
    before = server.events()["Dentist"].to_ical()
    plan()
    plan("move", "kari", "friday 9:00")
    plan("skip", "kari", "--reason", "x")
    plan("--sync", "--force")
    assert server.events()["Dentist"].to_ical() == before
    assert len(server.events()) == 3


def test_a_calendar_that_looks_emptied_is_left_alone(care: Care, plan: Plan, server: Radicale) -> None:
    plan()
    server.delete(KARI)
    server.delete(OLA)
    care.ok("plan", "skip", "mia", "--reason", "x", "--no-publish")
    for words in ((), ("--sync",)):
        told = plan(*words)
        assert "2 of the 3 calls care wrote are gone from your calendar. Is it the right one?" in told.err
        assert sorted(server.events()) == ["Call Mia Berg"]
    assert "asks about each" in told.err
    plan("--force")
    assert sorted(server.events()) == [KARI, OLA]


def test_another_calendar_gets_all_of_it(care: Care, plan: Plan, server: Radicale) -> None:
    plan()
    server.make("other")
    care.ok("config", "set", "calendar", f"{server.root}{USER}/other/")
    assert "gone" not in plan().err
    with server.calendar("other") as other:
        assert len(other.events()) == 3
        other.delete()


def test_somebody_is_quicker(care: Care, plan: Plan, server: Radicale, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between our look and our write the event is moved: the ETag says so, and their change stays."""
    from care.exchange.calendars.events import rewritten
    from care.exchange.calendars.opening import Place, opened
    from care.exchange.calendars.port import ChangedElsewhere
    from care.interviews.calendar_events.records import Event, EventSpan

    plan()
    uid = str(server.events()[KARI]["UID"])
    monkeypatch.setenv("CARE_CALDAV_PASSWORD", PASSWORD)
    start = datetime(2026, 11, 26, 9, tzinfo=OSLO)
    event = Event(uid, 5, EventSpan(start, start + timedelta(hours=1)), KARI, "")
    with opened(Place(server.url, USER)) as calendar:
        seen = calendar.find([uid])[uid]
        with server.changed(KARI) as component:
            component.start, component.end = (datetime(2026, 11, 27, hour, tzinfo=OSLO) for hour in (8, 9))
        with pytest.raises(ChangedElsewhere):
            calendar.write(uid, rewritten(seen, event, start, time=True, words=True), seen)
        with pytest.raises(ChangedElsewhere):
            calendar.write(uid, rewritten(seen, event, start, time=True, words=True), None)
        with pytest.raises(ChangedElsewhere):
            calendar.remove(seen)
        assert starts(server)[KARI] == "Fri 08:00"
        calendar.remove(calendar.find([uid])[uid])
        calendar.remove(seen)  # gone already is well


def test_busy_in_a_calendar_keeps_calls_away(care: Care, server: Radicale) -> None:
    monday, tuesday = (datetime(2026, 11, day, 9, tzinfo=OSLO) for day in (30, 24))
    server.make("work")
    with server.calendar("work") as work:
        work.add_event(dtstart=tuesday, dtend=tuesday + timedelta(hours=2), summary="Board")
        work.add_event(dtstart=monday, dtend=monday + timedelta(hours=2), summary="Review", rrule={"FREQ": "WEEKLY"})
    with care.config.open("a") as config:
        config.write(f'busy = ["{server.root}{USER}/work/", "{server.url}"]\n')
    care.ok("config", "set", "slots", "Tue 9:00-12:00")
    care.ok("config", "set", "calls_per_week", "2")
    care.ok("customers", "pause", "ravi", "--until", "2027-01-01")  # that Tuesday is a holiday of his
    care.ok("plan", "skip", "kari", "--reason", "x", env=KNOWN)
    drawn = [one for one in care.ok("plan", "--json", env=KNOWN).json["calls"] if one["kind"] == "drawn"]
    assert [one["starts_at"] and one["starts_at"][8:16] for one in drawn] == ["24T11:00", "24T11:30"]
    assert care.ok("plan", "--json", env=KNOWN).json["calls"]  # our own events keep nobody busy
    with server.calendar("work") as work:
        work.delete()


def test_birthdays_and_promises_on_request(talked: Care, server: Radicale) -> None:
    talked.config.write_text(f'calendar = "{server.url}"\ncalendar_user = "{USER}"\n', "utf-8")
    talked.ok("plan", env=KNOWN)
    assert not [name for name in server.events() if "Birthday" in name]
    for _ in range(2):
        talked.ok("plan", "--with-dates", env=KNOWN)
        found = server.events()
        birthday, promise = (
            found["Birthday of Kari Nordmann (Fjord AS)"],
            found["Promised to Kari Nordmann: Send the VAT guide"],
        )
        assert (birthday.start, promise.start) == (date(2026, 11, 26), date(2026, 11, 27))
        assert birthday["SEQUENCE"] == promise["SEQUENCE"] == 0
    before = {name: one["UID"] for name, one in found.items() if name.startswith("Call")}
    talked.ok("plan", env=KNOWN, now=NEXT_MONDAY)
    found = server.events()  # nobody tried the last ones: they lapsed, went, and were drawn anew
    assert "Birthday of Kari Nordmann (Fjord AS)" in found
    assert {found[name]["UID"] for name in before if name in found}.isdisjoint(before.values())
