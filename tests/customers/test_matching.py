"""Whose row is whose: never by guessing, and nobody lost."""

import pytest

from care.customers.imports.matching import Candidate, same_person, shares_anything

ANN = Candidate(1, "ann", frozenset({"ann@x.no"}), frozenset({"+47111"}))
BO = Candidate(2, "bo", frozenset({"office@x.no"}), frozenset({"+47222"}))
CY = Candidate(3, "cy", frozenset({"office@x.no"}), frozenset({"+47222"}))
DI = Candidate(4, "di", frozenset(), frozenset({"+47222"}))


@pytest.mark.parametrize(
    ("name", "emails", "by_email", "by_phone", "claimed", "who"),
    [
        ("ann", ["ann@x.no"], [ANN], [], [], 1),
        ("ann", ["ann@x.no"], [ANN], [], [1], 1),  # the same name is the same person, met before or not
        ("ann berg", ["ann@x.no"], [ANN], [], [], 1),  # renamed
        ("ann berg", ["ann@x.no"], [ANN], [], [1], None),  # somebody else of this file was already Ann
        ("cy", ["office@x.no"], [BO, CY], [], [], 3),
        ("di", ["office@x.no"], [BO, CY], [], [], None),  # two it could be: never guess
        ("di", ["office@x.no"], [BO, CY], [], [2], 3),
        ("di", [], [], [DI], [], 4),
        ("eve", [], [], [DI], [], 4),
        ("eve", ["eve@x.no"], [], [BO], [], None),  # a shared switchboard and another address
        ("eve", ["eve@x.no"], [], [DI], [], 4),
        ("eve", [], [], [BO, DI], [], None),
        ("bo", ["new@x.no"], [], [BO], [2], 2),
        ("zoe", ["zoe@x.no"], [], [], [], None),
        ("bo", ["ann@x.no"], [ANN], [BO], [], 2),  # the name goes before the address
        ("eve", ["ann@x.no"], [ANN], [DI], [], 1),  # the address before the number
        ("eve", ["ann@x.no"], [ANN], [DI], [1], 4),  # whose address is taken may still be met by number
        ("eve", ["office@x.no"], [BO, CY], [DI], [], None),  # and where two have the address, no number decides
    ],
)
def test_the_same_person(
    name: str,
    emails: list[str],
    by_email: list[Candidate],
    by_phone: list[Candidate],
    claimed: list[int],
    who: int | None,
) -> None:
    assert same_person(name, emails, by_email, by_phone, claimed.__contains__) == who


@pytest.mark.parametrize(
    ("candidate", "name", "emails", "phones", "shares"),
    [
        (ANN, "ann", [], [], True),
        (ANN, "zoe", ["ann@x.no"], [], True),
        (ANN, "zoe", [], ["+47111"], True),
        (ANN, "zoe", ["zoe@x.no"], ["+47999"], False),
        (Candidate(9, "ann"), "zoe", [], [], True),
    ],
)
def test_whether_an_id_can_be_theirs(
    candidate: Candidate, name: str, emails: list[str], phones: list[str], shares: bool
) -> None:
    assert shares_anything(candidate, name, emails, phones) is shares
