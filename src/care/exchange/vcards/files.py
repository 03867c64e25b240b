"""A file of vCards, opened as a file of customers is."""

import codecs
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from care.customers.customer_input import CustomerInput, Rejection
from care.errors import BadFile, WrongUsage
from care.exchange.csv.customers import ColumnUse, two_ways
from care.exchange.csv.fields import Field
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.sources import Encoding, Source, encoding_of, extends_ascii
from care.exchange.vcards.cards import CardReader
from care.exchange.vcards.lines import begins, cards_in, physical_lines
from care.exchange.vcards.properties import Decoder
from care.text import plural

_CHUNK = 1 << 18

_GUESS = "cp1252"

_GUESSED = "Some cards were read as cp1252 (Western European). If names look wrong, give --encoding."


class VCardsFile:
    """A file of cards whose encoding is settled, ready to be read; to be used as a ``CustomersFile`` is.

    ``size`` is in bytes. ``columns`` are the properties met. They, ``notices`` and ``unreadable`` (values by field,
    which are kept in ``extra`` under their property) are complete once ``customers()`` has come to its end.
    """

    layout = "vCard"
    delimiter = ""

    def __init__(self, source: Source, encoding: Encoding, options: ReadingOptions) -> None:
        self.encoding = encoding.name.removesuffix("-sig")
        self.size = source.size
        self.position = 0
        self.notices: list[str] = []
        self.unknown_statuses: Counter[str] = Counter()
        self.unreadable: Counter[str] = Counter()
        self._names: dict[str, Field | None] = {}
        self._source = source
        self._name = encoding.name
        self._notice = encoding.notice
        self._options = options

    @property
    def columns(self) -> tuple[ColumnUse, ...]:
        """What becomes of each property that was met."""
        return tuple(ColumnUse(name, field and field.value) for name, field in self._names.items())

    def customers(self) -> Iterator[CustomerInput | Rejection]:
        """Every customer and every rejection in the order of the file; each call begins anew."""
        decoder = Decoder(self._encodings())
        reader = CardReader(self._options, decoder)
        self.notices, self.unreadable, self._names, self.position = [], reader.unreadable, reader.names, 0
        with self._source.open() as file:
            for card in cards_in(physical_lines(self._pieces(file))):
                yield card if isinstance(card, Rejection) else reader.read(card)
        if reader.two_ways is not None:
            self.notices.append(two_ways(Field.BIRTHDAY, *reader.two_ways))
        if _GUESS in decoder.used and self._options.encoding is None:
            self.notices.append(self._notice or _GUESSED)
        if reader.left_out:
            self.notices.append(
                f"{plural(reader.left_out, 'picture, sound or key', 'pictures, sounds or keys')} left out."
            )

    def begins(self) -> bool:
        """Whether any line begins a card."""
        with self._source.open() as file:
            return any(begins(line) for line in physical_lines(self._pieces(file)))

    def _encodings(self) -> tuple[str, ...]:
        """The encodings to try for what names none itself, in their order."""
        said = self._options.encoding
        if said is not None and self._name == said and extends_ascii(said):
            # Some texts in it look like UTF-8 by chance.
            return (said,)
        return ("utf-8", said if said is not None and extends_ascii(said) else _GUESS)

    def _pieces(self, file: BinaryIO) -> Iterator[bytes]:
        """The bytes in pieces, made UTF-8 where a line cannot be told by its bytes."""
        recode = None if extends_ascii(self._name) else codecs.getincrementaldecoder(self._name)()
        while True:
            piece = file.read(_CHUNK)
            self.position = max(self.position, file.tell())
            yield piece if recode is None else recode.decode(piece, final=not piece).encode()
            if not piece:
                return


def read_cards(source: Source, options: ReadingOptions) -> VCardsFile:
    """The file of cards, with its encoding settled; its customers are read by ``customers()``.

    Raises BadFile for a file without a card or that is no text, WrongUsage or BadSetting for options that do not fit.
    """
    said = next(iter([*options.columns, *(column for column, _ in options.values)]), None)
    if said is not None:
        raise WrongUsage(
            f"--map “{said}”: a vCard has no columns, its properties say what they are. Import it without --map."
        )
    if source.size == 0:
        raise BadFile(f"{source.name} is empty. Export it again.")
    file = VCardsFile(source, encoding_of(source, options.encoding, is_mixed=True), options)
    if not file.begins():
        raise BadFile(f"there is no vCard in {source.name}: no line is BEGIN:VCARD. Import it with --format csv.")
    return file
