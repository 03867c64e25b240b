"""What a card holds: its properties by name, and what is kept of them as it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from care.exchange.vcards.properties import Property, inner_lines
from care.text import fold, tidy

# They tell of the file and not of the customer, and some change with every export.
_ABOUT_THE_FILE = frozenset(["BEGIN", "END", "VERSION", "PRODID", "REV", "PROFILE", "CLIENTPIDMAP", "X-PRODID"])

_PICTURES = frozenset(["PHOTO", "LOGO", "SOUND", "KEY"])

_MEMBERS = frozenset(["MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"])

_KINDS = frozenset(["KIND", "X-ADDRESSBOOKSERVER-KIND"])

# Words that say nothing about what kind of number or address it is.
_NO_KIND = frozenset(["pref", "internet", "voice", "other", "x-internet"])

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE).match

_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_").fullmatch

_LONGEST_KIND = 60  # characters


@dataclass(slots=True)
class Contents:
    """The properties of a card by name, the labels of groups, and what is kept of the card.

    ``members`` says what kind of list it is, when it is one, and ``left_out`` counts pictures, sounds and keys.
    """

    properties: dict[str, list[Property]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    kept: dict[str, dict[str, None]] = field(default_factory=dict)
    members: str | None = None
    left_out: int = 0

    def take(self, found: tuple[Property, int] | str) -> None:
        """Puts a property where it belongs, given with how deep it stands in nested cards; or a line that is none."""
        if isinstance(found, str):
            self.keep("unread lines", found)
            return
        one, depth = found
        if depth:
            if depth == 1 and one.name == "FN":
                self.keep("AGENT", one.text)
        elif one.name in _ABOUT_THE_FILE:
            return
        elif one.is_binary or one.name in _PICTURES or _is_data(one.value):
            self._picture(one)
        elif one.name == "AGENT":
            self.keep("AGENT", _name_in(one.value) if "BEGIN:VCARD" in one.value[:20].upper() else one.text)
        elif one.name in _KINDS:
            if fold(one.text) == "group":
                self.members = "a group"
            elif fold(one.text) != "individual":
                self.keep(one.name, one.text)
        elif one.name in _MEMBERS or (one.name == "X-EVOLUTION-LIST" and fold(one.text) == "true"):
            self.members = self.members or "a distribution list"
        elif one.name == "X-ABLABEL" and one.group:
            apple = _APPLE_LABEL(one.text)
            self.labels[one.group] = apple[1] if apple else one.text
        else:
            self.properties.setdefault(one.name, []).append(one)

    def of(self, name: str) -> Sequence[Property]:
        """The properties of that name, in their order."""
        return self.properties.get(name, ())

    def key(self, one: Property) -> str:
        """The name of the property with its label or what kind it is: ``URL (HomePage)``, ``TEL (work fax)``."""
        label = self.labels.get(one.group) if one.group else None
        kind = label or " ".join(kind for kind in dict.fromkeys(one.types) if kind and kind not in _NO_KIND)
        return f"{one.name} ({tidy(kind)[:_LONGEST_KIND]})" if kind else one.name

    def keep(self, key: str, words: str) -> None:
        """Keeps words as they are under that key, each once."""
        if words.strip("; \t\n"):
            self.kept.setdefault(key, {})[words] = None

    def keep_all(self, key: str, properties: Sequence[Property]) -> None:
        """Keeps the text of each."""
        for one in properties:
            self.keep(key, one.text)

    def extra(self) -> dict[str, str]:
        """What is kept, by its key; what shares a key stands on lines of its own."""
        return {key: "\n".join(words) for key, words in self.kept.items()}

    def _picture(self, one: Property) -> None:
        # The address of a picture is short and no picture.
        if _ADDRESS(one.text) and not _is_data(one.text):
            self.properties.setdefault(one.name, []).append(one)
        elif one.text:
            self.left_out += 1


def _is_data(value: str) -> bool:
    return value[:5].lower() == "data:"


def _name_in(card: str) -> str:
    """The name in a card that is itself a value, empty when it says none."""
    for line in inner_lines(card):
        head, _, value = line.partition(":")
        if head.partition(";")[0].strip().upper() == "FN" and value.strip():
            return value.strip()
    return ""
