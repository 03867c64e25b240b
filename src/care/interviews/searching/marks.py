"""Where in a passage the words stand that were looked for."""

from collections.abc import Iterable

MARK = "\x02"
END = "\x03"


def unused(passages: Iterable[str]) -> tuple[str, str]:
    """A mark to put before a hit and one to put after it, neither of which stands in any of the passages.

    Each begins with a character that it has only once, so that no end of a passage can make up a part of it.
    """
    known, tail = "\n".join(passages), "."
    while MARK + tail in known or END + tail in known:
        tail += "."
    return MARK + tail, END + tail


def spans(words: str, marked: str, before: str, after: str) -> tuple[tuple[int, int], ...]:
    """Where the hits begin and end in ``words``, in characters; none where ``marked`` is not the words with marks.

    SQLite gives no more than what stands before the first NUL.
    """
    found, plain = [], 0
    head, *rest = marked.split(before)
    pieces = [head]
    plain += len(head)
    for one in rest:
        hit, _, between = one.partition(after)
        found.append((plain, plain + len(hit)))
        plain += len(hit) + len(between)
        pieces += [hit, between]
    return tuple(found) if "".join(pieces) == words.partition("\0")[0] else ()
