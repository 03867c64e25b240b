"""The closed sets of words care uses, standard library only.

Every value is what stands in the store, in ``--json`` and on the command line.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where a customer stands in the relationship with us."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    FORMER = "former"


class Eligibility(StrEnum):
    """Whether a customer could be drawn now, and if not, the one reason that counts.

    The order of the members is the order in which reasons count: the first that applies is the standing.
    """

    MERGED = "merged"
    DO_NOT_CALL = "do_not_call"
    PROSPECT = "prospect"
    ACTIVE = "active"
    FORMER = "former"
    NO_PHONE = "no_phone"
    PLANNED = "planned"
    PAUSED = "paused"
    RESTING = "resting"
    CALLABLE = "callable"


IN_THE_ORDER = frozenset({Eligibility.CALLABLE, Eligibility.PLANNED, Eligibility.RESTING})
"""Who can be drawn now, or once they have rested or had their call: they keep a place the pointer has passed.

Everyone else goes by ``customers.order.entering`` when they come back.
"""


class SortBy(StrEnum):
    """What a list of customers goes by."""

    ID = "id"
    NAME = "name"
    COMPANY = "company"
    SILENT = "silent"
    ADDED = "added"


class ContactKind(StrEnum):
    """How a customer can be reached."""

    PHONE = "phone"
    EMAIL = "email"


class Usable(StrEnum):
    """What is known of a phone number: E.164, digits that could not be checked, or proved wrong."""

    YES = "yes"
    UNCHECKED = "unchecked"
    NO = "no"


class DuplicateReason(StrEnum):
    """Why two customers may be one person."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


class DuplicateState(StrEnum):
    """What has become of two customers who look alike."""

    OPEN = "open"
    APART = "apart"


class CallKind(StrEnum):
    """Why a call came about. Only drawn calls feed percentages."""

    DRAWN = "drawn"
    CHOSEN = "chosen"
    VOLUNTEERED = "volunteered"


class CallState(StrEnum):
    """How far a call has come."""

    PLANNED = "planned"
    HELD = "held"
    UNREACHED = "unreached"
    REFUSED = "refused"
    SKIPPED = "skipped"
    LAPSED = "lapsed"


class Outcome(StrEnum):
    """What became of one try to reach a customer."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    RESCHEDULED = "rescheduled"
    REFUSED = "refused"
    WRONG_NUMBER = "wrong-number"


class Part(StrEnum):
    """A part of the day, by the clock of whoever is called; the next try goes to another than the last."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"


class How(StrEnum):
    """The way a talk took place."""

    PHONE = "phone"
    VIDEO = "video"
    VISIT = "visit"
    MAIL = "mail"


class Reading(StrEnum):
    """The caller's own judgement of an answer, never asked of the customer."""

    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"


class Stance(StrEnum):
    """What the customer is to us, as the caller heard it."""

    FAN = "fan"
    NEUTRAL = "neutral"
    CRITIC = "critic"


class QuestionKind(StrEnum):
    """Asked on every call, or one of the deeper ones in rotation."""

    EVERY = "every"
    DEEPER = "deeper"


class IssueKind(StrEnum):
    """An ordinary issue, or a failure of our service that has to be recovered."""

    ISSUE = "issue"
    FAILURE = "failure"


class IssueState(StrEnum):
    """An issue ends when everyone who raised it has been told."""

    OPEN = "open"
    FIXED = "fixed"
    DECLINED = "declined"
    TOLD = "told"


class PromiseState(StrEnum):
    """What became of what we said we would do. Broken is never stored: it is open and past its date."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    MOVED = "moved"
    DROPPED = "dropped"


class GoldKind(StrEnum):
    """A promise they want us to make and keep, or what makes them trust us and stay."""

    WISH = "wish"
    TRIGGER = "trigger"


class VeinState(StrEnum):
    """What has become of gold that was gathered."""

    OPEN = "open"
    ISSUE = "issue"
    PROMISE = "promise"
    DROPPED = "dropped"


class OwingKind(StrEnum):
    """What else we owe a customer: to stay in touch after a talk, or to say where what they raised stands."""

    STAY_IN_TOUCH = "stay_in_touch"
    WHERE_IT_STANDS = "where_it_stands"


class OwingState(StrEnum):
    """What became of it."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class NoteKind(StrEnum):
    """What a passage that was found is."""

    ANSWER = "answer"
    ISSUE = "issue"
    RAISER = "raiser"
    PROMISE = "promise"
    GOLD = "gold"
    REMEMBER = "remember"
    TOUCH = "touch"
    TRANSCRIPT = "transcript"


class Purpose(StrEnum):
    """Why we were in contact."""

    LISTEN = "listen"
    TELL = "tell"
    THANK = "thank"
    GIVE = "give"
    INVOLVE = "involve"
    SERVE = "serve"
    ASK = "ask"
    SELL = "sell"


class Area(StrEnum):
    """What a customer was involved in."""

    PRODUCT = "product"
    MARKETING = "marketing"
    SALES = "sales"
    SERVICE = "service"


class Role(StrEnum):
    """The part a customer plays in a sealed draw."""

    CALLED = "called"
    RESERVE = "reserve"
    DEFERRED = "deferred"


class LedgerKind(StrEnum):
    """What changed who could be drawn, and in which order."""

    INIT = "init"
    POLICY = "policy"
    JOINED = "joined"
    OUT = "out"
    IN = "in"
    DRAW = "draw"
    STEP = "step"
    SKIP = "skip"
    LAPSE = "lapse"
    CLOSED = "closed"
    STRATUM = "stratum"
    MERGE = "merge"
    FORGET = "forget"
    UNDO = "undo"
    TALK = "talk"


class Pace(StrEnum):
    """Whether a small company's weekly number is bounded so that no week stays empty."""

    EVEN = "even"
    ASKED = "asked"


class Strata(StrEnum):
    """What the draw is divided by, so that each part gets its share of every week."""

    NONE = "none"
    SEGMENT = "segment"


class Trend(StrEnum):
    """What may be said of a share between two periods, and if nothing, whether the readings are few or missing."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"
    MISSING = "missing"
