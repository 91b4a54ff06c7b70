"""What a comparison prints is harmless, whatever stands in the files."""

import pytest

from doctor.comparison.reports import compare
from doctor.model.style import Style
from doctor.render.columns import width_of
from doctor.render.differences import render
from tests.render import reports
from tests.render.hostile import ATTACKS, harmful_characters, hostile_report


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("style", [Style(), Style(width=40), Style(unicode=False)])
def test_no_character_comes_through_that_a_terminal_acts_on(attack: str, style: Style) -> None:
    before, after = reports.healthy(), hostile_report(attack)
    told = render(compare(before, after), (attack, before), ("b.json", after), style)
    assert harmful_characters(told) == set()
    assert max(map(width_of, told.splitlines())) <= style.width
    assert told.isascii() or style.unicode
