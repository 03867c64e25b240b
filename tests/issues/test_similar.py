from care.issues.similar import MOST, SIMILAR_IN_PASSING, SimilarIssue, shared_words, similar_titles

KNOWN = [(7, "Export drops columns"), (9, "Invoices wrong three times"), (12, "Two logins for one shop")]


def ids(text: str, known: list[tuple[int, str]] = KNOWN, **more: int) -> list[int]:
    return [one.id for one in similar_titles(text, known, **more)]


def test_the_same_words_in_another_order_are_near() -> None:
    assert ids("columns drop in the export")[0] == 7
    assert ids("WRONG invoices")[0] == 9
    assert ids("“Invoices: wrong, again”")[0] == 9


def test_other_words_are_not_near() -> None:
    assert similar_titles("Nobody answers at the weekend", KNOWN) == []
    assert similar_titles("anything", []) == []


def test_the_likest_comes_first_and_there_are_few() -> None:
    known = [(n, f"Invoices late in month {n}") for n in range(1, 9)] + [(20, "Invoices late")]
    found = ids("invoices late", known)
    assert len(found) == MOST
    assert found[0] == 20
    assert ids("invoices late in month 7", known)[0] == 7


def test_what_is_said_in_passing_has_to_be_much_alike() -> None:
    known = [(3, "Login fails"), (9, "Invoices wrong")]
    assert ids("the login is slow", known) == [3]
    assert ids("the login is slow", known, near=SIMILAR_IN_PASSING) == []
    assert ids("the third month now the invoices are wrong", known, near=SIMILAR_IN_PASSING) == [9]


def test_what_is_near_is_told_with_the_words_both_have() -> None:
    assert similar_titles("exports drop every column", KNOWN) == [
        SimilarIssue(7, "Export drops columns", ("Export", "drops", "columns"))
    ]
    assert ids("Two wrong invoices")[:1] == [9]
    assert shared_words("Rechnungen für ÄRZTE", "Ärzte warten") == ("Ärzte",)


def test_small_words_alone_are_nothing_in_common() -> None:
    assert shared_words("it is not the one for us", "It is not for the shop") == ()
    assert similar_titles("is it not", [(1, "It is not")]) == []
