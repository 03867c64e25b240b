"""``care log --transcript``: a .vtt or .srt kept with a talk."""

from pathlib import Path
from typing import TYPE_CHECKING

from care.cli.run import Run
from care.text import listing

if TYPE_CHECKING:
    from care.interviews.quotations import Recording


def read_recording(run: Run, path: str, person: int | str) -> "Recording":
    """The transcript in a file, with who speaks for us in it: asked for on a terminal where no name tells.

    ``person`` is the customer, or the name of somebody new. Raises BadFile.
    """
    from care.customers.find import person_with
    from care.exchange.transcripts import read_transcript
    from care.interviews.quotations import Recording, speakers_of

    transcript = read_transcript(Path(path))
    with run.reading() as session:
        settings = run.policy(session)
        customer = person if isinstance(person, str) else person_with(session, person).name
    found = speakers_of(transcript.passages, (*settings.callers, *settings.team), customer)
    if found.sure:
        return Recording(transcript, found.ours)
    ours, names = found.ours, sorted({*found.ours, *found.theirs})
    if run.is_terminal:
        from care.cli.input.asking import ask

        for number, name in enumerate(names, 1):
            run.talk.line(f"{number}  {name}", indent=2)
        likely = str(names.index(next(iter(ours))) + 1)
        said = ask("Who of these is one of us? Several like 1,3", likely)
        numbers = [int(one) for one in said.replace(",", " ").split() if one.isdecimal()]
        ours = frozenset(names[number - 1] for number in numbers if 0 < number <= len(names)) or ours
    else:
        run.notice(f"{listing(sorted(ours))} speaks least in {transcript.file}, and is taken for one of us.")
    return Recording(transcript, ours)


def attached_alone(run: Run, path: str, said: str | None, person: int | str) -> bool:
    """Attaches a transcript to the talk it must be of; False where none is on record, so that it is one by itself.

    That is the call that was said, like ``c41``, else the last talk with them if it was not long ago.
    """
    from care.cli.input.refs import CALL
    from care.interviews.transcripts import recent_talk

    if isinstance(person, str):
        return False
    if said is not None and (found := CALL.fullmatch(said.strip())):
        attach_to(run, path, int(found[1]))
        return True
    with run.reading() as session:
        call = recent_talk(session, person, run.now)
    if call is not None:
        attach_to(run, path, call)
    return call is not None


def attach_to(run: Run, path: str, call: int) -> None:
    """Attaches a transcript to a talk that is on record."""
    from care.interviews.amend import held_call
    from care.interviews.transcripts import attach
    from care.views.transcripts import show_attached

    with run.reading() as session:
        person = int(held_call(session, call).customer_id)
    recording = read_recording(run, path, person)
    with run.changing() as session:
        attached = attach(session, call, recording.file, recording.ours, run.now)
    run.show(attached, show_attached)
    run.hint(f"Next: care customers show {person}")
