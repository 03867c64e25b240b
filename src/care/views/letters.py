"""Screens of what to say to whoever raised an issue."""

from care.issues.life import UNSETTLED
from care.issues.records import Letter, Letters
from care.text import plural
from care.views.screen import HEAD, QUIET, TYPED, WAITING, Screen
from care.views.wording import phone


def show_letters(screen: Screen, letters: Letters) -> None:
    """What to say to each, with how to reach them; every paragraph can be pasted as it stands."""
    screen.sides(f"i{letters.id} {letters.title}", letters.state.value)
    if letters.state in UNSETTLED and letters.drafts:
        screen.line(("It is still open. This says where it stands, to whoever waits for a word.", QUIET))
    for letter in letters.drafts:
        screen.blank()
        _draft(screen, letter, waits=letters.state in UNSETTLED)


def _draft(screen: Screen, letter: Letter, *, waits: bool) -> None:
    who = letter.customer
    reach = ["do not call"] if who.do_not_call else [phone(who.phone)] if who.phone else []
    reach += [who.email] if who.email else []
    name = f"{who.name}, {who.company}" if who.company else who.name
    silent = f"  no word for {plural(letter.word_days, 'day')}" if waits and letter.word_days else ""
    screen.line((f"{who.id}  ", TYPED), (name, HEAD), (f"  {'  '.join(reach) or 'no phone, no mail'}", QUIET),
                (silent, WAITING))  # fmt: skip
    for paragraph in letter.say:
        screen.line(paragraph, indent=2)
