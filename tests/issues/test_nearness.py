from care.issues.nearness import nearest_issue

KNOWN = [(7, "Export drops columns"), (9, "Invoices wrong three times"), (12, "Two logins for one shop")]


def test_the_same_words_in_another_order_are_near() -> None:
    assert nearest_issue("wrong invoices, three times now", KNOWN) == (9, "Invoices wrong three times")
    assert nearest_issue("EXPORT drops the columns", KNOWN) == (7, "Export drops columns")


def test_other_words_are_not_near() -> None:
    assert nearest_issue("Nobody answers at the weekend", KNOWN) is None
    assert nearest_issue("anything", []) is None
