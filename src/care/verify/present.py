"""Whether the customers and pointers that are there now are where the ledger leaves them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from care.verify.evidence import Evidence, PresentCustomer
from care.verify.order import Order, Turn, stratum_of_segment
from care.verify.queue import ReplayState
from care.verify.replay import Replay
from care.words import IN_THE_ORDER, Strata


def wrong_now(evidence: Evidence, replay: Replay) -> Iterator[str]:
    """What is not where the replay of the whole ledger ends."""
    strata = {*evidence.pointers, *replay.pointers} - replay.unsure
    if any(evidence.pointers.get(stratum) != replay.pointers.get(stratum) for stratum in strata):
        yield "the pointer is not where the last draw left it"
    if evidence.first_cycle != replay.first_cycle:
        yield "the order begins with another cycle than the ledger says"
    order = Order(evidence.key)
    for customer in evidence.people.values():
        if not _is_nobody(customer):
            yield from _wrong_customer(customer, replay.states.get(customer.id), order)
    for customer_id in replay.states.keys() - evidence.people.keys():
        yield f"customer {customer_id} is in the ledger and gone without a word"


def misplaced(
    people: Mapping[int, PresentCustomer], policy: Mapping[str, Any], earlier: Mapping[int, Collection[str | None]]
) -> list[int]:
    """Customers whose stratum is not made by their segment or by one of their ``earlier`` ones.

    A changed segment counts from the next cycle, so that one of before may still be the one that counts.
    """
    divided = policy.get("strata") == Strata.SEGMENT
    return [
        customer.id
        for customer in people.values()
        if not _is_nobody(customer)
        and customer.stratum != (stratum_of_segment(customer.segment) if divided else "")
        and not (divided and customer.stratum in map(stratum_of_segment, earlier.get(customer.id, ())))
    ]


def _is_nobody(customer: PresentCustomer) -> bool:
    """Whether this is who the calls of the forgotten are with."""
    return customer.merged_into == customer.id


def _wrong_customer(customer: PresentCustomer, state: ReplayState | None, order: Order) -> Iterator[str]:
    is_in, turn = customer.standing in IN_THE_ORDER, Turn(customer.cycle, customer.place)
    if state is None:
        yield f"customer {customer.id} is there and never joined"
    elif is_in is not state.is_in:
        yield f"customer {customer.id} stands as {customer.standing.value}, against the ledger"
    elif customer.stratum != state.stratum:
        yield f"customer {customer.id} is in another stratum than the ledger puts them"
    elif turn == state.turn:
        return  # which was worked out with the key from the same uid
    elif is_in:
        yield f"customer {customer.id} has another place than the ledger gives them"
    elif order.turn(customer.uid, customer.cycle) != turn:
        yield f"customer {customer.id} has a place the key does not give"
