"""Half a year of a made-up company, lived through the very use cases of care."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from care.calls.add import add_chosen
from care.calls.plan import plan_week
from care.calls.records import CallRecord, Plan
from care.calls.week_off import take_week_off
from care.clock import seeded_randomness
from care.customers.imports.take import import_customers
from care.customers.policy import begin_store
from care.db.journal import begin_change
from care.db.settings import stored_settings
from care.demo.company import CALLERS, COMPANY, COUNTRY, TEAM, TROUBLES, ZONE
from care.demo.people import Fate, made_up_customers
from care.demo.talks import made_up_notes
from care.interviews.brief import brief, interview
from care.interviews.guide import seed_guide
from care.interviews.record import record
from care.issues.listing import list_issues
from care.issues.records import IssueRecord
from care.issues.telling import settle_issue, tell_raiser
from care.owed.owed import owed
from care.owed.promises import keep_promise, open_promises
from care.person.leave import pause_customer, say_goodbye, stop_calling
from care.times.weeks import Week, week_ahead
from care.times.zones import as_instant, at_midnight, local_date
from care.touches.follow_ups import drop_follow_up
from care.touches.touch import record_touch
from care.words import CallState, IssueState, Outcome, OwingKind, Purpose

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WEEKS = 26

CALLS_PER_WEEK = 5

NEGLECT_DAYS = 160

MARK = "demo"
"""The setting by which a store is known to be a demo's, and may be made anew."""


def is_demo(session: "Session") -> bool:
    """Whether the store is a demo's."""
    return MARK in stored_settings(session)


def beginning_of_day(now: datetime) -> datetime:
    """The last midnight where the company is: whoever looks on the same day sees the same, and nothing lies ahead."""
    return at_midnight(local_date(now, ZONE), ZONE)


def build_demo(session: "Session", now: datetime) -> int:
    """Fills a new store with half a year that ends today, the same on every machine for the same date.

    Returns the id of the customer whose brief is the one to show.
    """
    today = local_date(now, ZONE)
    this = week_ahead(today)
    with seeded_randomness(f"{COMPANY} {this}".encode()):
        return _Life(session, this, now).lived()


class _Life:
    def __init__(self, session: "Session", this: Week, now: datetime) -> None:
        self.session, self.this, self.now = session, this, beginning_of_day(now)
        self.fate = Fate(f"{COMPANY} {this}")
        self.first = this.plus(-WEEKS)

    def lived(self) -> int:
        """Lives through every week and ends on this Monday with a customer who has to be told something."""
        self._begin()
        for number in range(WEEKS):
            self._week(number, self.first.plus(number))
        return self._this_week()

    def _at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return min(as_instant(day, time(hour, minute), ZONE).instant, self.now)

    def _change(self, command: str, caller: str, at: datetime) -> None:
        begin_change(self.session, command, caller, at)

    def _begin(self) -> None:
        begun = self._at(self.first.monday - timedelta(days=3), 15)
        self._change("init", CALLERS[0], begun)
        key = bytes.fromhex(f"{self.fate.number(1 << 62, 'key'):064x}")
        settings: dict[str, Any] = {
            "company": COMPANY, "country": COUNTRY, "timezone": ZONE, "team": list(TEAM), "callers": list(CALLERS),
            "calls_per_week": CALLS_PER_WEEK, "neglect_days": NEGLECT_DAYS, MARK: True,
        }  # fmt: skip
        begin_store(self.session, settings, begun, key)
        seed_guide(self.session, begun)
        self._change("customers import", CALLERS[0], begun)
        drafts = made_up_customers(self.fate, self.first.monday)
        import_customers(self.session, drafts, "customers.csv", "columns by their names", "ternbook", begun)
        for number in (17, 58, 131):
            self._change("customers do-not-call", "Maja", begun)
            stop_calling(self.session, number, "asked us by mail", begun)

    def _week(self, number: int, week: Week) -> None:
        if number == 9:
            self._change("plan off", "Maja", self._at(week.monday, 8))
            take_week_off(self.session, week, "summer holidays", self._at(week.monday, 8))
            return
        plan = self._plan(week)
        self._other_work(number, week)
        # Two weeks in which other things were more important: nobody was tried after Tuesday.
        self._call(plan.calls, week, tried=1 if number in (12, 19) else 99)
        self._settle(number, week)

    def _plan(self, week: Week) -> Plan:
        at = self._at(week.monday, 8, 30)
        self._change("plan", CALLERS[0], at)
        return plan_week(self.session, week, at, wanted=None, callers=CALLERS, explicit_clock=False)

    def _call(self, calls: Sequence[CallRecord], week: Week, tried: int) -> None:
        waiting = [call for call in calls if call.state is CallState.PLANNED]
        for place, call in enumerate(waiting):
            if place >= tried:
                return
            reserve: CallRecord | None = call
            day, hour = 1 + place % 3, 9 + place % 7
            while reserve is not None and day < 5:
                reserve = self._try(reserve, self._at(week.monday + timedelta(days=day), hour, 10 * (place % 5)))
                day += 1

    def _try(self, call: CallRecord, at: datetime) -> CallRecord | None:
        lot = self.fate.number(100, "outcome", call.id, len(call.attempts), at.date())
        limits = ((64, Outcome.REACHED), (84, Outcome.NO_ANSWER), (92, Outcome.VOICEMAIL), (95, Outcome.BUSY),
                  (97, Outcome.RESCHEDULED), (99, Outcome.REFUSED), (100, Outcome.WRONG_NUMBER))  # fmt: skip
        outcome = next(outcome for limit, outcome in limits if lot < limit)
        self._change("log", call.caller, at)
        keys = [question.key for question in interview(self.session, call.customer.id, call.caller, at).questions]
        notes = made_up_notes(self.fate, call, keys, list_issues(self.session, at).issues, outcome, at)
        return record(self.session, call.customer.id, notes, at).stepped_up

    def _other_work(self, number: int, week: Week) -> None:
        """What a company does between its calls: it sells, it thanks, people leave."""
        at = self._at(week.monday + timedelta(days=1), 16)
        for turn in range(3):
            customer = 1 + self.fate.number(240, "touch", number, turn)
            purpose = self.fate.pick(
                (Purpose.SELL, Purpose.SELL, Purpose.SELL, Purpose.THANK, Purpose.SERVE), number, turn
            )
            words = {Purpose.SELL: "offered the yearly plan", Purpose.THANK: "a card for their patience"}.get(purpose)
            self._change("touch", "Erik", at)
            record_touch(self.session, customer, purpose, words, None, "Erik", at, at)
        if number % 8 == 5:
            self._change("customers left", "Lin", at)
            say_goodbye(self.session, 60 + number, "closed the shop", at)
        if number == WEEKS - 2:
            self._change("customers pause", "Lin", at)
            pause_customer(self.session, 77, week.monday + timedelta(days=60), "moves to another street", at)

    def _settle(self, number: int, week: Week) -> None:
        friday = self._at(week.monday + timedelta(days=4), 15)
        for promise in open_promises(self.session, friday):
            # One promise is forgotten, as happens.
            if promise.due_on <= friday.date() and promise.id % 12 != 3:
                self._change("owed done", promise.caller, friday)
                keep_promise(self.session, promise.id, friday)
        self._stay_in_touch(friday)
        issues = list_issues(self.session, friday).issues
        old = [issue for issue in issues if issue.state is IssueState.OPEN and issue.age_days > 30]
        if old and number % 3 == 2:
            self._fix(old[0], friday)
        if number % 3 == 1 and number < WEEKS - 3:
            self._tell(issues, friday)

    def _stay_in_touch(self, friday: datetime) -> None:
        """A word to those they talked with a quarter ago; some are forgotten, and now and then it is not the time."""
        due = (one for one in owed(self.session, friday).owed if one.kind == OwingKind.STAY_IN_TOUCH)
        for one in due:
            talked_with = one.owner or CALLERS[0]
            lot = self.fate.number(20, "small touch", one.id)
            if lot == 0:
                self._change("owed drop", talked_with, friday)
                drop_follow_up(self.session, one.id, "we see them at the fair next week", friday)
            elif lot > 1:
                self._change("touch", talked_with, friday)
                words = "asked after what they told us" if one.what else "a card, to say hello"
                record_touch(self.session, one.customer.id, Purpose.GIVE, words, None, talked_with, friday, friday)

    def _fix(self, issue: IssueRecord, at: datetime) -> None:
        note = next((trouble.fixed_with for trouble in TROUBLES if trouble.title == issue.title), "")
        self._change("issues fix" if note else "issues decline", "Priya", at)
        state = IssueState.FIXED if note else IssueState.DECLINED
        settle_issue(self.session, issue.id, state, note or "Prices follow our costs; we now say so a month before", at)

    def _tell(self, issues: Sequence[IssueRecord], at: datetime) -> None:
        for issue in issues:
            if issue.state is IssueState.OPEN:
                continue
            for raiser in issue.raised_by:
                self._change("issues tell", "Jonas", at)
                tell_raiser(self.session, issue.id, raiser.id, raiser.name, "pleased", "Jonas", at)

    def _this_week(self) -> int:
        """This Monday's plan, and beside it a chosen call with someone who has to be told."""
        waiting = [issue for issue in list_issues(self.session, self.now).issues if issue.waiting]
        raisers = [raiser.id for issue in waiting for raiser in issue.raised_by if not raiser.told]
        at = self._at(self.this.monday, 8, 15)
        if not raisers:
            return self._plan(self.this).calls[0].customer.id
        chosen = max(raisers, key=lambda one: self._much_to_say(one))
        self._change("plan add", CALLERS[0], at)
        add_chosen(self.session, chosen, self.this.monday, CALLERS[0], at)
        self._plan(self.this)
        return chosen

    def _much_to_say(self, customer_id: int) -> tuple[int, int, int]:
        known = brief(self.session, customer_id, CALLERS[0], self.now)
        return int(known.remember is not None), len(known.promises), len(known.said)
