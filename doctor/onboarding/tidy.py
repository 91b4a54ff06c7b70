"""What came along with an answer is taken off only when the person agrees; what is no answer at all is told."""

from collections.abc import Callable, Iterator

from doctor.model.facts.settings import Shape
from doctor.model.secret import CLEANED
from doctor.model.shape import examine
from doctor.model.terms import SettingName
from doctor.onboarding.dialogue import Dialogue


def tidied(name: SettingName, ask: Callable[[], str], dialogue: Dialogue) -> str:
    """Ask until there is a value that can be tried."""
    while True:
        value = ask()
        seen = examine(name, value)
        if not seen.shape.sendable:
            dialogue.say(_no_answer(seen.shape))
            continue
        clean = seen.variants.get(CLEANED)
        if clean is None or not (found := "; ".join(_oddities(seen.shape))):
            return value
        if dialogue.confirm(f"The {name.words} has {found}. Use it without?", default=True):
            return clean
        return value


def _no_answer(shape: Shape) -> str:
    if shape.empty:
        return "Nothing was entered."
    if shape.placeholder:
        return f"{shape.placeholder} is a template's own text; the real value is wanted."
    return f"{shape.variable} is a reference that nothing replaced; the value that it stands for is wanted."


def _oddities(shape: Shape) -> Iterator[str]:
    """What the cleaned value does without; nothing of the value itself."""
    yield from (odd.words for odd in shape.odd)
    if shape.quotes:
        yield f"{shape.quotes} round it"
    if shape.label:
        yield f"{shape.label} in front of it"
    if shape.trailing_punctuation:
        yield f"{shape.trailing_punctuation} behind it"
