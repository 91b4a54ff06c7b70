"""A pattern's glance never rules out what its expression would have found."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import doctor
from doctor.model.pattern import Pattern


def _patterns() -> dict[str, Pattern]:
    modules = (importlib.import_module(m.name) for m in pkgutil.walk_packages(doctor.__path__, "doctor."))
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Pattern)
    }


PATTERNS = _patterns()


@pytest.mark.parametrize("name", PATTERNS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_what_the_expression_matches_holds_what_the_pattern_says(name: str, data: st.DataObject) -> None:
    pattern = PATTERNS[name]
    text = data.draw(st.from_regex(pattern.compiled))
    assert pattern.search(text), f"{text!r} matches, and holds none of {pattern.holds!r}"


def test_a_glance_is_all_that_a_text_without_it_takes() -> None:
    pattern = Pattern(r"(\w+)@(\w+)", holds="@")
    assert pattern.search("nothing of the kind") is None
    assert pattern.sub("x", "nothing of the kind") == "nothing of the kind"
    assert pattern.findall("nothing of the kind") == []
    assert "compiled" not in vars(pattern)


def test_where_case_is_ignored_it_is_ignored_at_a_glance_too() -> None:
    assert Pattern("bearer .+", re.IGNORECASE, holds=("bearer",)).fullmatch("BEARER x")


def test_without_anything_to_hold_every_text_is_looked_at() -> None:
    pattern = Pattern(r"a+")
    assert [bool(pattern.fullmatch("aa")), bool(pattern.match("ab")), bool(pattern.search("ba"))] == [True, True, True]
    assert pattern.findall("aba") == ["a", "a"]
    assert pattern.sub("-", "aba") == "-b-"
