"""One talk as it is noted and sorted, kept on the disk as it grows."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from care import clock
from care.cli.input.unsaved_notes import UnsavedNotes
from care.cli.run import Run
from care.interviews.note_taking import Entry, LineResult, NoteTaking, minutes_talked, talk_over

if TYPE_CHECKING:
    from care.interviews.records import Interview


class OpenTalk:
    """One talk as it is noted and sorted: everything in it is on the disk before the next is asked."""

    def __init__(self, run: Run, plan: "Interview", unsaved: UnsavedNotes) -> None:
        self.run = run
        self.plan = plan
        self.unsaved = unsaved
        self.notes = NoteTaking(plan.questions)
        self.pressed: dict[str, str] = {}
        self.hung_up: datetime | None = None
        self.ended = False
        for event in unsaved.events:
            self._again(event)
        self.pressed.pop("again", None)  # the last question is asked once more, so that one can go back from it

    def _again(self, event: dict[str, Any]) -> None:
        """Takes up what was typed before the notes were broken off."""
        if "line" in event or "to" in event:
            self.ended = False
            self.notes.replay(Entry(event.get("line", ""), event.get("key") or event["to"], event.get("pasted", False)))
        elif "ask" in event and event["said"] is None:
            self.pressed.pop(event["ask"], None)
        elif "ask" in event:
            self.pressed[event["ask"]] = event["said"]
        elif "hung_up" in event:
            self.ended = True
            self.hung_up = self.hung_up or datetime.fromisoformat(event["hung_up"])

    def keep(self, **event: Any) -> None:
        """Brings what was typed to the disk; where that fails, says so, and goes on with it in memory."""
        try:
            self.unsaved.add(**event)
        except OSError as error:
            self.run.notice(f"That is not on the disk: {error.strerror}. Go on, and leave this window open.")

    def take(self, line: str, *, pasted: bool) -> LineResult:
        """Takes one line of notes and keeps it."""
        step = self.notes.take(line, pasted=pasted)
        if step in (LineResult.NOTED, LineResult.WENT_ON):
            entry = self.notes.entries[-1]
            if step is LineResult.WENT_ON:
                self.keep(to=entry.key)
            else:
                more = {"pasted": True} if pasted else {}
                self.keep(line=entry.line, key=entry.key, at=clock.now().isoformat(), **more)
        return step

    def hang_up(self, at: datetime) -> None:
        """The talk is over; what is noted later does not make it longer."""
        self.hung_up, self.ended = self.hung_up or at, True
        self.keep(hung_up=self.hung_up.isoformat())

    def over_if_broken_off_long_ago(self, now: datetime) -> None:
        """Notes gone on with after a while are written up afterwards: the talk ended with the last line before."""
        times = [datetime.fromisoformat(event["at"]) for event in self.unsaved.events if event.get("at")]
        if times and talk_over(times[-1], now):
            self.hung_up = self.hung_up or times[-1]

    @property
    def at(self) -> datetime:
        """When they picked up, or when the talk was if that was said."""
        return datetime.fromisoformat(self.unsaved.facts["at"])

    @property
    def minutes(self) -> int | None:
        """How long the talk was: as was said, else by the clock, None where it is noted afterwards."""
        about = self.unsaved.facts["about"]
        if about.get("minutes") is not None or about.get("at") or self.hung_up is None:
            return about.get("minutes")  # type: ignore[no-any-return]
        return minutes_talked(datetime.fromisoformat(self.unsaved.facts["picked_up"]), self.hung_up)
