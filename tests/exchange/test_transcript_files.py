"""Transcripts as call programs write them: every word with its time and speaker, or a refusal that names the file."""

from pathlib import Path

import pytest

from care.errors import BadFile
from care.exchange.transcripts import read_transcript
from care.interviews.quotations import FilePassage, TranscriptFile

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
W = "webvtt-py/tests/subtitles"
SCA = "shared-contacts-admin/video-tutorial/transcription -- SCA-tutorial-video-"

# Each file with its passages as counted by hand from its times, or with what it is refused for.
FILES: dict[str, int | str] = {
    f"{W}/captions_with_bom.vtt": 4,
    f"{W}/invalid.vtt": "invalid.vtt does not begin with WEBVTT",
    f"{W}/invalid_timeframe.srt": 5,
    f"{W}/invalid_timeframe.vtt": "invalid_timeframe.vtt, line 6: these times cannot be read",
    f"{W}/invalid_timeframe_in_cue_text.vtt": 3,
    f"{W}/metadata_headers.vtt": 2,
    f"{W}/missing_caption_text.srt": 4,
    f"{W}/missing_caption_text.vtt": 4,
    f"{W}/missing_timeframe.srt": 4,
    f"{W}/sample.srt": 5,
    f"{W}/sample.vtt": 16,
    f"{W}/styles.vtt": 1,
    f"{W}/youtube_dl.vtt": 3,
    "srt/srt_tools/tests/files/ascii.srt": 3,
    f"{SCA}1-captions.srt": 35,
    f"{SCA}2-captions_RU.srt": 25,
    f"{SCA}3-captions.srt": 28,
    f"{SCA}4-captions_RU.srt": 39,
}


def every_shared() -> list[str]:
    return sorted(path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*") if path.suffix in (".vtt", ".srt"))


def test_every_shared_file_is_accounted_for() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    assert every_shared() == sorted(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.split("/")[-1])
def test_a_shared_file_is_read_or_refused(path: str) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    expected = FILES[path]
    if isinstance(expected, str):
        with pytest.raises(BadFile) as refused:
            read_transcript(SHARED / path)
        assert expected in refused.value.sentence
        return
    found = read_transcript(SHARED / path)
    assert len(found.passages) == expected
    assert all(one.words == " ".join(one.words.split()) and one.words for one in found.passages)
    assert all("<" not in one.words and "&amp;" not in one.words for one in found.passages)


def written(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> TranscriptFile:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_transcript(path)


VOICES = """WEBVTT

NOTE made by a call program

1
00:00:01.250 --> 00:00:04.000 align:start
<v.loud Ann Berg>Good <i>morning</i>.</v>

2
1:00:05.000 --> 1:00:09.500
<v Åse & Co>You do, except the bill &amp; the invoice.</v>
<v Ann Berg>Go on.
"""


def test_voices_are_speakers(tmp_path: Path) -> None:
    assert written(tmp_path, "a.vtt", VOICES).passages == (
        FilePassage(1250, 4000, "Ann Berg", "Good morning."),
        FilePassage(3_605_000, 3_609_500, "Åse & Co", "You do, except the bill & the invoice."),
        FilePassage(3_605_000, 3_609_500, "Ann Berg", "Go on."),
    )


NAMES = """1
00:00:01,000 --> 00:00:02,000
Ann Berg: Good morning. One thing: how are you?

2
00:00:02,000 --> 00:00:03,000
KARI: Fine. Three things, though:

3
00:00:03,000 --> 00:00:04,000
the bill, the export and the bill.

4
00:00:04,000 --> 00:00:05,000
Ann Berg: Yes?

5
00:00:05,000 --> 00:00:06,000
KARI: To be honest: no.
"""


def test_names_before_a_colon_are_speakers(tmp_path: Path) -> None:
    assert [(one.speaker, one.words) for one in written(tmp_path, "a.srt", NAMES.replace("\n", "\r\n")).passages] == [
        ("Ann Berg", "Good morning. One thing: how are you?"),
        ("KARI", "Fine. Three things, though:"),
        ("KARI", "the bill, the export and the bill."),
        ("Ann Berg", "Yes?"),
        ("KARI", "To be honest: no."),
    ]


def test_live_captions_that_roll_say_each_line_once(tmp_path: Path) -> None:
    lines = ["we like it", "but the bill", "is wrong", "each month", "really"]
    cues = [
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n" + "\n".join(lines[max(0, n - 1) : n + 1]) for n in range(len(lines))
    ]
    found = written(tmp_path, "a.vtt", "WEBVTT\n\n" + "\n\n".join(cues)).passages
    assert [one.words for one in found] == lines


def test_who_says_the_same_twice_said_it_twice(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n2\n00:00:02,000 --> 00:00:03,000\nYes.\n\n"
    assert [one.words for one in written(tmp_path, "a.srt", text).passages] == ["Yes.", "Yes."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_does_not_matter(tmp_path: Path, encoding: str) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHør på meg, Åse.\n"
    [one] = written(tmp_path, "a.srt", text, encoding).passages
    assert one.words == "Hør på meg, Åse."


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.srt", "", "a.srt has no words in it"),
        ("a.vtt", "", "a.vtt does not begin with WEBVTT"),
        ("a.vtt", "WEBVTT\n\nhello\n", "a.vtt has no passages in it"),
        ("a.srt", "hello, this is no transcript\n", "a.srt, line 1: this is no passage with its times"),
        ("a.srt", "1\n99:99:99,999 -> 00:00\nhello\n", "a.srt, line 1"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> later\nhello\n", "a.vtt, line 3: these times cannot be read"),
    ],
)
def test_what_is_no_transcript_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(BadFile) as refused:
        written(tmp_path, name, text)
    assert says in refused.value.sentence


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "no.vtt", "there is no file"), (tmp_path, "is a folder")):
        with pytest.raises(BadFile, match=says):
            read_transcript(path)
