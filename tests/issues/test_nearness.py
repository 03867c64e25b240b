from care.issues.nearness import Near, near_issues, nearest_issue, shared_words

KNOWN = [(7, "Export drops columns"), (9, "Invoices wrong three times"), (12, "Two logins for one shop")]


def test_the_same_words_in_another_order_are_near() -> None:
    assert nearest_issue("wrong invoices, three times now", KNOWN) == (9, "Invoices wrong three times")
    assert nearest_issue("EXPORT drops the columns", KNOWN) == (7, "Export drops columns")


def test_other_words_are_not_near() -> None:
    assert nearest_issue("Nobody answers at the weekend", KNOWN) is None
    assert nearest_issue("anything", []) is None


def test_what_is_near_is_told_with_the_words_both_have() -> None:
    assert near_issues("exports drop every column", KNOWN) == [
        Near(7, "Export drops columns", ("Export", "drops", "columns"))
    ]
    assert [one.id for one in near_issues("Two wrong invoices", KNOWN)][:1] == [9]
    assert shared_words("Rechnungen für ÄRZTE", "Ärzte warten") == ("Ärzte",)


def test_small_words_alone_are_nothing_in_common() -> None:
    assert shared_words("it is not the one for us", "It is not for the shop") == ()
    assert near_issues("is it not", [(1, "It is not")]) == []
