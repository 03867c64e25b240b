"""What is wrong when a customer is named or changed."""

from collections.abc import Sequence

from care.customers.records import Person
from care.errors import Ambiguous, NotFound


def label(person: Person) -> str:
    """A customer as they are told apart from others: number, name and company."""
    return f"{person.id} {person.name}" + (f", {person.company}" if person.company else "")


class NoSuchCustomer(NotFound):
    """Nobody answers to that."""

    def __init__(self, said: str) -> None:
        super().__init__(f"no customer is “{said}”. See care customers; someone new comes in with care customers add.")


class WhichCustomer(Ambiguous):
    """More than one customer answers to that."""

    def __init__(self, said: str, people: Sequence[Person], more: int = 0) -> None:
        super().__init__("customer", said, [label(person) for person in people], more)
        self.people = tuple(people)
