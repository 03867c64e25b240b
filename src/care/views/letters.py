"""Screens of what to say to whoever raised an issue."""

from care.issues.records import Letter, Letters
from care.text import plural
from care.views.screen import HEAD, QUIET, TYPED, WAITING, Screen
from care.views.wording import phone
from care.words import IssueState


def show_letters(screen: Screen, found: Letters) -> None:
    """What to say to each, with how to reach them; every paragraph can be pasted as it stands."""
    screen.sides(f"i{found.id} {found.title}", found.state.value)
    if found.state is IssueState.OPEN and found.drafts:
        screen.line(("It is still open. This says where it stands, to whoever waits for a word.", QUIET))
    for one in found.drafts:
        screen.blank()
        _draft(screen, one, waits=found.state is IssueState.OPEN)


def _draft(screen: Screen, one: Letter, *, waits: bool) -> None:
    who = one.customer
    reach = ["do not call"] if who.do_not_call else [phone(who.phone)] if who.phone else []
    reach += [who.email] if who.email else []
    name = f"{who.name}, {who.company}" if who.company else who.name
    silent = f"  no word for {plural(one.word_days, 'day')}" if waits and one.word_days else ""
    screen.line((f"{who.id}  ", TYPED), (name, HEAD), (f"  {'  '.join(reach) or 'no phone, no mail'}", QUIET),
                (silent, WAITING))  # fmt: skip
    for paragraph in one.say:
        screen.line(paragraph, indent=2)
