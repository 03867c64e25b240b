"""Names that are markup, commands for the terminal, endless, or in any script: shown harmless, and whole in a pipe."""

import csv
import io

import pytest
from running import NOTHING_HIDDEN, Care, bare, too_wide

LONG = "L" + "o" * 198 + "ng"
NAMES = {
    "ACME [/home]": "ACME [/home]",
    "[red]Bob": "[red]Bob",
    "Eve\x1b[31m\x1b]52;c;ZXZpbA==\x07": "Eve␛[31m␛]52;c;ZXZpbA==␇",
    "Gnirts\u202edesrever\u2066x": "Gnirts<U+202E>desrever<U+2066>x",
    ":smile: Sam": ":smile: Sam",
    LONG: LONG,
    "New\nline\tTab\x9bCsi": "New line Tab<U+009B>Csi",
    "Fam 👨‍👩‍👧‍👦 ily": "Fam 👨‍👩‍👧‍👦 ily",
    "محمد أحمد": "محمد أحمد",
    "Zero\u200bwidth": "Zero<U+200B>width",
    "宽" * 60: "宽" * 60,
}
"""What a file says, and how it is shown."""


@pytest.fixture
def hostile(care: Care) -> Care:
    """A store full of them, all planned, with hostile words in a talk and in an issue."""
    text = io.StringIO()
    rows = [[name, name, f"+47 900 00 {n}", f"[bold]{name}"] for n, name in enumerate(NAMES, 100)]
    csv.writer(text).writerows([["Name", "Company", "Phone", "Segment"], *rows])
    (care.folder / "hostile.csv").write_text(text.getvalue(), "utf-8", newline="")
    care.ok("init", "--country", "NO", "--company", "[blink]\x1b[5mUs", "--calls", "20")
    care.ok("config", "set", "pace", "asked")
    return care


def check(care: Care, *words: str, widths: tuple[int, ...] = (60,)) -> None:
    """Harmless and no wider than the terminal on a terminal, without any colour in a pipe."""
    for width in widths:
        shown = care.shown(*words, width=width)
        assert NOTHING_HIDDEN.findall(bare(shown)) == [], (words, width)
        assert too_wide(shown, width) == [], (words, width)
    done = care.ok(*words)
    assert NOTHING_HIDDEN.findall(done.out + done.err) == [], words


def test_hostile_names_and_words(hostile: Care) -> None:
    check(hostile, "customers", "import", "hostile.csv", "--dry-run")
    hostile.ok("customers", "import", "hostile.csv")
    listed = hostile.ok("customers").out
    for shown in NAMES.values():
        assert f"{shown}, {shown}" in listed, shown
    plan = hostile.ok("plan").out
    for shown in NAMES.values():
        assert f"{shown}, {shown}" in plan, shown
    hostile.ok("log", "3", "--answer", "ease=\x1b[2Jbad [red]x[/] :smile:\u202e", "--issue", "[bold]Bug\x1b[1m",
               "--promise", "a\x07b by friday", "--remember", "\u2066thread\x9b", "--wish", "[/]\x1bc")  # fmt: skip
    hostile.ok("issues", "fix", "i1", "--note", "done\x1b]0;title\x07")
    check(hostile, "plan", widths=(60, 200))
    check(hostile, "brief", "3", widths=(60, 200))
    for words in ("report", "issues show i1", "customers", "customers show 3", "brief 6", ""):
        check(hostile, *words.split())
    card = hostile.ok("brief", "3", "--json")
    assert card.json["customer"]["name"] == "Eve\x1b[31m\x1b]52;c;ZXZpbA==\x07"
    assert "\x1b" not in card.out
    for said in ("[red]zed", "\x1bnobody", "\u202enobody\x07"):
        refusal = hostile("brief", said)
        assert (refusal.code, NOTHING_HIDDEN.findall(refusal.err)) == (3, [])
    assert hostile.ok("brief", "acme [/home]", "--json").json["customer"]["id"] == 1


def test_ambiguous_names_in_a_choice_are_harmless(hostile: Care) -> None:
    hostile.ok("customers", "add", "Twin\x1b[31m", "--phone", "+47 90000201")
    hostile.ok("customers", "add", "Twin\u202e", "--phone", "+47 90000202")
    with hostile.terminal("brief", "twin", width=60) as terminal:
        terminal.until("Which one?")
        asked = bare(terminal.seen)
        terminal.type("2")
        shown = terminal.to_the_end()
    assert "  [1]  1 Twin␛[31m" in asked
    assert "  [2]  2 Twin<U+202E>" in asked
    assert "Twin<U+202E>  " in bare(shown)
