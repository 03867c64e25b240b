"""Transcripts as call programs write them: WebVTT and SubRip."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from care.errors import BadFile
from care.exchange.texts import content_of, decoded
from care.interviews.quotations import FilePassage, TranscriptFile

LARGEST = 20 << 20
"""Bytes: a day of talking is a hundredth of it."""

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>(.*?)(?=</v>|<v[\s.]|\Z)", re.DOTALL)

_TAG = re.compile(r"<(?:/?[a-zA-Z][^>]*|/|\d[\d:.]*)>|\{\\[^}]*\}")

_NAMED = re.compile(r"(?:[-–]\s*)?([^\W\d_][\w.'’ &()-]{0,39}?)\s*[:：]\s+(\S.*)", re.DOTALL)

_TURN = re.compile(r"^(?:>>+|[-–])\s*")

_ODD = {"note", "http", "https", "q", "a"}


def read_transcript(path: Path) -> TranscriptFile:
    """The transcript in a .vtt or .srt file. Raises BadFile, naming the file, for everything else."""
    name = path.name
    content = content_of(path, LARGEST, "transcript", "a .vtt or .srt in it")
    text = decoded(name, content).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cues = list(_vtt(name, text) if _is_vtt(path, text) else _srt(name, text))
    passages = tuple(_without_repeats(_with_speakers(cues)))
    if not passages:
        raise BadFile(f"{name} has no words in it. Is it the transcript of the talk?")
    return TranscriptFile(name, blake2b(content, digest_size=16).hexdigest(), passages)


def _is_vtt(path: Path, text: str) -> bool:
    return text.startswith("WEBVTT") or path.suffix.lower() == ".vtt"


def _vtt(name: str, text: str) -> Iterator[FilePassage]:
    import webvtt

    try:
        parsed = webvtt.from_string(text)
    except webvtt.errors.MalformedFileError:
        raise BadFile(f"{name} does not begin with WEBVTT, as a .vtt has to. Export it anew.") from None
    except webvtt.errors.MalformedCaptionError as problem:
        raise BadFile(f"{name}: {_flat(str(problem))}. Export it anew.") from None
    _check_times(name, text, len(parsed.captions))
    for caption in parsed.captions:
        starts, ends = _ms(caption.start), _ms(caption.end)
        raw = "\n".join(caption.lines)
        before = raw.split("<v", 1)[0] if _VOICE.search(raw) else raw
        if before.strip():
            yield FilePassage(starts, ends, None, before)
        for voice in _VOICE.finditer(raw):
            yield FilePassage(starts, ends, _flat(html.unescape(voice[1])) or None, voice[2])


def _ms(clock: str) -> int:
    """The milliseconds of ``00:12:30.500``; the library itself only counts whole seconds."""
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return round(total * 1000)


def _srt(name: str, text: str) -> Iterator[FilePassage]:
    import srt

    try:
        found = list(srt.parse(text))
    except (srt.SRTParseError, srt.TimestampParseError) as problem:
        line = text.count("\n", 0, getattr(problem, "expected_start", 0)) + 1
        raise BadFile(
            f"{name}, line {line}: this is no passage with its times. Correct it, or export it anew."
        ) from None
    except (ValueError, OverflowError):
        raise BadFile(f"{name} has a time that cannot be read. Export it anew.") from None
    for one in found:
        starts, ends = one.start.total_seconds(), one.end.total_seconds()
        yield FilePassage(round(starts * 1000), round(ends * 1000), None, one.content)


def _check_times(name: str, text: str, read: int) -> None:
    """Refuses a file of which a passage would be passed over because its times cannot be read."""
    lines = text.split("\n")
    timed = [number for number, line in enumerate(lines, 1) if "-->" in line]
    good = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{1,2}\.\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{1,2}\.\d{1,3}(?:\s|$)")
    bad = next((number for number in timed if not good.match(lines[number - 1])), None)
    if bad is not None:
        raise BadFile(f"{name}, line {bad}: these times cannot be read. Correct them, or export it anew.")
    if not read:
        raise BadFile(f"{name} has no passages in it. Is it the transcript of the talk?")


def _with_speakers(cues: Iterable[FilePassage]) -> Iterator[FilePassage]:
    """The passages as plain words; a name before a colon is the speaker where it comes up more than once."""
    plain = [cue._replace(words=_plain(cue.words)) for cue in cues]
    named = Counter(found[1].strip() for one in plain if one.speaker is None and (found := _NAMED.fullmatch(one.words)))
    known = {name for name, times in named.items() if name.lower() not in _ODD and (times > 1 or len(plain) < 5)}
    speaker = None
    for one in plain:
        found = _NAMED.fullmatch(one.words) if one.speaker is None else None
        if found is not None and found[1].strip() in known:
            speaker = found[1].strip()
            one = one._replace(speaker=speaker, words=found[2])
        elif one.speaker is None and known and not _TURN.match(one.words):
            one = one._replace(speaker=speaker)  # a passage without a name goes on with the one before
        one = one._replace(words=_TURN.sub("", one.words))
        if one.words:
            yield one


def _without_repeats(passages: Iterable[FilePassage]) -> Iterator[FilePassage]:
    """Leaves out what rolls: captions that are made live repeat the line before with each new one.

    Only where a third of them do; somebody may well say the same thing twice.
    """
    kept = [(passage, passage.words.split("\n")) for passage in passages]
    rolls = [False] + [lines[0].startswith(before[-1]) for (_, before), (_, lines) in pairwise(kept)]
    rolling = sum(rolls) > max(1, len(kept) // 3)
    for place, (one, lines) in enumerate(kept):
        words = _flat(" ".join(lines))
        if rolling and rolls[place]:
            words = words[len(_flat(kept[place - 1][1][-1])) :].strip()
        if words:
            yield one._replace(words=words)


def _plain(words: str) -> str:
    return "\n".join(line.strip() for line in html.unescape(_TAG.sub("", words)).splitlines() if line.strip())


def _flat(words: str) -> str:
    return " ".join(words.split())
