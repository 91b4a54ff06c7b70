"""Our frozen classes are what the standard decorator makes, to everybody who uses them."""

import ast
import copy
import dataclasses
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from doctor.model.frozen import dataclass
from tests.test_architecture import MODULES


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0
    tags: tuple[str, ...] = field(default_factory=tuple)
    hidden: str = field(default="", repr=False)

    @property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(frozen=True, slots=True)
class Place(Point):
    name: str = "here"


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    x: int
    y: int = 0
    tags: tuple[str, ...] = field(default_factory=tuple)
    hidden: str = field(default="", repr=False)


@pytest.mark.parametrize(
    ("given", "named"),
    [((1,), {}), ((1, 2), {}), ((), {"x": 1}), ((1,), {"tags": ("a",)}), ((1, 2, ("a",), "s"), {}), ((1,), {"y": 3})],
)
def test_a_value_is_made_shown_and_taken_apart_like_a_standard_one(given: Any, named: Any) -> None:
    ours, standard = Point(*given, **named), Standard(*given, **named)
    assert dataclasses.asdict(ours) == dataclasses.asdict(standard)
    assert repr(ours) == repr(standard).replace("Standard", "Point")
    assert [f.name for f in fields(ours)] == [f.name for f in fields(standard)]
    assert Point.__match_args__ == Standard.__match_args__


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1, 2, (), "", 5), {}), ((1,), {"x": 1}), ((1,), {"z": 1})],
    ids=["a value is lacking", "there are too many", "one is given twice", "one is unknown"],
)
def test_wrong_arguments_are_a_type_error_as_with_a_standard_one(given: Any, named: Any) -> None:
    for cls in (Standard, Point):
        with pytest.raises(TypeError):
            cls(*given, **named)


def test_equal_values_of_one_class_are_equal_and_hash_alike() -> None:
    assert Point(1, 2) == Point(1, y=2)
    assert hash(Point(1, 2)) == hash(Point(1, y=2))
    assert Point(1) != Point(2)
    assert Point(1) != Place(1)
    other: object = Standard(1)
    assert Point(1) != other


def test_nothing_can_be_set_added_or_deleted() -> None:
    point: Any = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        point.new = 2
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert point == Point(1)
    assert not hasattr(point, "__dict__")


def test_a_subclass_takes_the_fields_of_its_base_first() -> None:
    place = Place(1, 2, name="there")
    assert (place.x, place.sum, place.name) == (1, 3, "there")
    assert replace(place, y=5) == Place(1, 5, name="there")


def test_a_value_can_be_matched_and_copied() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
    assert copy.deepcopy(Place(1, tags=("a",))) == Place(1, tags=("a",))


def test_a_method_of_the_class_itself_is_kept() -> None:
    @dataclass(frozen=True, slots=True)
    class Quiet:
        x: int

        def __repr__(self) -> str:
            return "Quiet"

    assert repr(Quiet(1)) == "Quiet"


@pytest.mark.parametrize("module", MODULES)
def test_no_frozen_slotted_class_of_the_program_is_compiled_at_start(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    standard = any(
        node.module == "dataclasses" and "dataclass" in [alias.name for alias in node.names]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    )
    slotted = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _is_slotted(node)]
    assert not (standard and slotted), f"import dataclass from doctor.model.frozen for {', '.join(slotted)}"


def _is_slotted(cls: ast.ClassDef) -> bool:
    return any(ast.unparse(decorator) == "dataclass(frozen=True, slots=True)" for decorator in cls.decorator_list)
