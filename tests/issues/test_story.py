"""The history of an issue: a step says what a change did, and nothing that was so before it."""

from care.issues.queries import change_raiser
from care.issues.raising import raise_issue
from care.issues.story import history
from care.issues.telling import tell_where_it_stands
from stores import MONDAY, Store, later, people


def test_new_words_of_a_raiser_are_no_word_to_them_on_where_it_stands(store: Store) -> None:
    store.take(people(1))
    with store.changing() as session:
        raise_issue(session, "Late", 1, MONDAY)
    with store.changing(later(days=1)) as session:
        tell_where_it_stands(session, 1, 1, "Person 0001", later(days=1))
    with store.changing(later(days=2)) as session:
        change_raiser(session, 1, {"words": "always late"})
    with store.reading() as session:
        steps = history(session, 1)
    assert [step.what for step in steps] == ["raised by Person 0001", "told Person 0001 where it stands"]
