from care.issues.nearness import MOST, NEAR_IN_PASSING, near_issues

KNOWN = [(7, "Export drops columns"), (9, "Invoices wrong three times"), (12, "Two logins for one shop")]


def test_the_same_words_in_another_order_are_near() -> None:
    assert near_issues("wrong invoices, three times now", KNOWN) == [(9, "Invoices wrong three times")]
    assert near_issues("“Invoices”, always WRONG!", [(9, "Invoices wrong")], NEAR_IN_PASSING) == [(9, "Invoices wrong")]
    assert near_issues("EXPORT drops the columns", KNOWN) == [(7, "Export drops columns")]


def test_other_words_are_not_near() -> None:
    assert near_issues("Nobody answers at the weekend", KNOWN) == []
    assert near_issues("anything", []) == []


def test_the_likest_comes_first_and_there_are_few() -> None:
    known = [(n, f"Invoices late in month {n}") for n in range(1, 9)] + [(20, "Invoices late")]
    found = near_issues("invoices late", known)
    assert len(found) == MOST
    assert found[0] == (20, "Invoices late")
    assert near_issues("invoices late in month 7", known)[0] == (7, "Invoices late in month 7")


def test_what_is_said_in_passing_has_to_be_much_alike() -> None:
    known = [(3, "It is slow"), (9, "Invoices wrong")]
    assert near_issues("it is a garden", known) == [(3, "It is slow")]
    assert near_issues("it is a garden", known, NEAR_IN_PASSING) == []
    assert near_issues("the third month now the invoices are wrong", known, NEAR_IN_PASSING) == [(9, "Invoices wrong")]
