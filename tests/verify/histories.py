"""What a team may do to a store, one thing after the other, for tests that make up whole histories."""

from datetime import timedelta

from care.calls.add import add_chosen
from care.calls.errors import NobodyToDraw
from care.calls.move import move_call
from care.calls.plan import plan_week
from care.calls.skip import call_off, skip_call
from care.calls.tries import Try, record_try
from care.customers.add import add_customer
from care.customers.customer_input import CustomerInput
from care.customers.edit import Edit, edit_customer
from care.customers.policy import change_setting
from care.errors import CareError
from care.history.undo import undo_import, undo_last
from care.interviews.amend import amend, recorded
from care.interviews.move_talk import move
from care.person.forget import forget
from care.person.leave import bring_back, pause_customer, say_goodbye, stop_calling
from care.person.merge import merge_customers
from care.times.weeks import Week
from care.words import Outcome, Stance
from stores import MONDAY, Store, contact, draft, phone

ACTS = ("plan", "held", "missed", "refused", "pause", "stop", "leave", "back", "add", "take", "skip", "chosen", "merge",
        "forget", "undo", "undo_import", "more", "strata", "policy", "segment", "number", "move", "amend",
        "give")  # fmt: skip

SEGMENTS = ("retail", "trade", "Trade ", None)

POLICIES = (
    ("rest_days", 0), ("rest_days", 14), ("rest_days", None), ("statuses", ["active", "former"]), ("statuses", None),
    ("reserves", 1), ("reserves", None), ("pace", "asked"), ("attempts", 1), ("attempts", None),
    ("timezone", "Pacific/Kiritimati"), ("timezone", None),
)  # fmt: skip


def _newcomer(days: int, number: int) -> CustomerInput:
    number_of_theirs = phone(90_000 - 40 * days - number % 37)
    return draft(f"Added {days} {number}", number_of_theirs, segment=SEGMENTS[number % 4])


def act(store: Store, name: str, number: int, days: int) -> None:
    """One thing a team does, on that day; what care refuses is no matter here."""
    at = MONDAY + timedelta(days=days, minutes=number)
    ids = [row for (row,) in store.rows("SELECT id FROM customer WHERE merged_into IS NULL ORDER BY id")]
    if not ids:
        return
    who, other = ids[number % len(ids)], ids[(number * 7 + 3) % len(ids)]
    calls = [row for (row,) in store.rows("SELECT id FROM call WHERE state = 'planned' ORDER BY id")]
    call = calls[number % len(calls)] if calls else None
    held = [row for (row,) in store.rows("SELECT id FROM call WHERE state = 'held' ORDER BY id")]
    try:
        if name == "take":
            store.take(
                [
                    draft(
                        f"Taken {days} {number}",
                        phone(5000 + 40 * days + number % 37),
                        external_id=f"T{number}",
                        segment=SEGMENTS[number % 4],
                    )
                ],
                at,
            )
            return
        with store.changing(at) as session:
            if name == "plan":
                week = Week.of(at.date())
                plan_week(session, week, at, wanted=None, callers=("Ann",), explicit_clock=True)
            elif name == "more":
                plan_week(session, Week.of(at.date()), at, wanted=5, callers=("Ann",), explicit_clock=True)
            elif name == "add":
                add_customer(session, _newcomer(days, number), at)
            elif name == "pause":
                pause_customer(session, who, (at + timedelta(days=1 + number % 30)).date(), None, at)
                call_off(session, who, "paused", at, replace=False, explicit_clock=True)
            elif name == "stop":
                stop_calling(session, who, "no", at)
                call_off(session, who, "no", at, replace=True, explicit_clock=True)
            elif name == "leave":
                say_goodbye(session, who, "gone", at)
                call_off(session, who, "gone", at, replace=True, explicit_clock=True)
            elif name == "back":
                bring_back(session, who, at)
            elif name == "chosen":
                add_chosen(session, who, None, "Ann", at)
            elif name == "merge" and who != other:
                call_off(session, who, "merged", at, replace=True, explicit_clock=True)
                merge_customers(session, who, other, at)
            elif name == "forget" and len(ids) > 5:
                call_off(session, who, "forgotten", at, replace=True, explicit_clock=True)
                forget(session, who, at)
            elif name == "strata":
                change_setting(session, "strata", ("segment", "none")[number % 2], at)
            elif name == "policy":
                key, value = POLICIES[number % len(POLICIES)]
                change_setting(session, key, value, at)
            elif name == "segment":
                edit_customer(session, who, Edit(segment=SEGMENTS[number % 3]), at)
            elif name == "amend" and held:
                one = held[number % len(held)]
                before = recorded(session, one)
                again = {"at": before.at - timedelta(days=number % 9), "stance": Stance.FAN}
                amend(session, one, before.model_copy(update=again), at)
            elif name == "give" and held:
                move(session, held[number % len(held)], who, at)
            elif name == "number":  # taken away, or another
                edit_customer(session, who, Edit(phones=() if number % 2 else (contact(phone(80_000 + number)),)), at)
            elif name == "undo":
                undo_last(session, at)
            elif name == "undo_import":
                undo_import(session, 1 + number % 4, at)
            elif call is not None and name == "skip":
                skip_call(session, call, "busy", at)
            elif call is not None and name == "move":
                move_call(session, call, at.date() + timedelta(days=number % 4), None)
            elif call is not None:
                outcome = {"held": Outcome.REACHED, "missed": Outcome.NO_ANSWER, "refused": Outcome.REFUSED}.get(name)
                if outcome is not None:
                    record_try(session, call, Try(at, "Ann", outcome, explicit_clock=True), at)
    except (CareError, NobodyToDraw):
        pass
