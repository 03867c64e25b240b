"""Which passages are shown."""

from care.reports.heard_records import Quote, worth_reading
from care.words import Reading
from stores import MONDAY


def test_what_went_wrong_is_worth_reading_first_once_a_talk() -> None:
    def quote(words: str, reading: Reading | None) -> Quote:
        return Quote(1, "Ann", "ease", words, reading, MONDAY.date(), False)

    quotes = [
        quote("a", Reading.GOOD),
        quote("b", Reading.BAD),
        quote("c", None),
        quote("d", Reading.MIXED),
        quote("e", None),
    ]
    assert [quote.words for quote in worth_reading(quotes, [1, 1, 2, 2, 3], None)] == ["b", "d", "e"]
    assert [quote.words for quote in worth_reading(quotes, [1, 1, 2, 2, 3], 2)] == ["b", "d"]
