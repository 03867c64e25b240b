"""Text that a spreadsheet would calculate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.text import with_apostrophe, without_apostrophe


@pytest.mark.parametrize("text", ["=1+1", "+47", "-x", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1", "''@"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert with_apostrophe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "x", "O'Brien", "'s-Hertogenbosch", "'hello", "a=b"])
def test_other_text_stays(text: str) -> None:
    assert with_apostrophe(text) == text
    assert without_apostrophe(text) == text


@given(st.text(alphabet="'=+-@\tx", max_size=6) | st.text())
def test_every_text_comes_back(text: str) -> None:
    assert without_apostrophe(with_apostrophe(text)) == text
