"""The made-up customers, and chance that is the same on every machine."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import TypeVar

from care.customers.customer_input import ContactInput, CustomerInput
from care.demo.company import CUSTOMERS, LANDS, SEGMENTS, SHOP_NAMES, SHOPS
from care.text import fold
from care.words import ContactKind, Status

Thing = TypeVar("Thing")

_WITHOUT_PHONE = 40

_FORMER = 30

_PROSPECT = 34


class Fate:
    """Decides whatever is decided in the demo, from a seed and what is being decided."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def number(self, below: int, *about: object) -> int:
        """A number from 0 to below - 1."""
        said = "\0".join([self.seed, *map(str, about)]).encode()
        return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") % below

    def pick(self, things: Sequence[Thing], *about: object) -> Thing:
        """One of the things."""
        return things[self.number(len(things), *about)]

    def happens(self, percent: int, *about: object) -> bool:
        """Whether something with that chance happens."""
        return self.number(100, *about) < percent


def made_up_customers(fate: Fate, begun: date) -> list[CustomerInput]:
    """Some 240 customers, as an export might hold them on the day the company began with care."""
    return [_customer(fate, number, begun) for number in range(1, CUSTOMERS + 1)]


def _customer(fate: Fate, number: int, begun: date) -> CustomerInput:
    land = LANDS[(0, 0, 0, 1, 1, 2, 3, 4)[fate.number(8, "land", number)]]
    given, family = fate.pick(land.given, "given", number), fate.pick(land.family, "family", number)
    shop = f"{fate.pick(SHOP_NAMES, 'street', number)} {fate.pick(SHOPS, 'shop', number)}"
    phone = fictional_number(land.country, number)
    contacts = []
    if fate.number(_WITHOUT_PHONE, "phone", number):
        contacts.append(ContactInput(ContactKind.PHONE, phone, phone))
    mail = f"{fold(given)}.{fold(family)}{number}@example.com".replace("’", "").replace(" ", "")
    contacts.append(ContactInput(ContactKind.EMAIL, mail, mail))
    status = Status.ACTIVE
    if not fate.number(_FORMER, "former", number):
        status = Status.FORMER
    elif not fate.number(_PROSPECT, "prospect", number):
        status = Status.PROSPECT
    return CustomerInput(
        number,
        f"{given} {family}",
        company=shop if fate.happens(70, "company", number) else None,
        contacts=tuple(contacts),
        external_id=f"T-{1000 + number}",
        segment=fate.pick(SEGMENTS, "segment", number),
        status=status,
        country=land.country,
        zone=land.zone,
        birth_day=1 + fate.number(28, "day", number) if fate.happens(40, "birthday", number) else None,
        birth_month=1 + fate.number(12, "month", number) if fate.happens(40, "birthday", number) else None,
        joined_on=begun - timedelta(days=30 + fate.number(1800, "joined", number)),
    )


def fictional_number(country: str, number: int) -> str:
    """A number of that country that is kept free for fiction and rings nowhere; another for each of 0 to 299."""
    block, place = divmod(number, 100)
    if country == "SE":
        return f"+46{('8465004', '40628040', '31390060')[block][:7]}{place:02}"
    if country == "US":
        return f"+1{('212', '312', '415')[block]}55501{place:02}"
    if country == "GB":
        return f"+447700900{number:03}"
    if country == "IE":
        return f"+3532091{number:05}"
    return f"+6127010{number:04}"
