"""Dataclasses become JSON values and come back as they were."""

import json
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Literal

import pytest

from doctor.model.codec import CodecError, decode, decode_as, encode


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Level(Enum):
    LOW = 1
    HIGH = 2


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str


@dataclass(frozen=True)
class Silence:
    after: float


Outcome = Answer | Silence


@dataclass(frozen=True)
class Everything:
    text: str
    colour: Colour
    level: Level
    outcome: Outcome
    maybe: Outcome | None
    one: Answer | None
    many: tuple[Outcome, ...]
    pair: tuple[str, int]
    table: dict[str, Silence]
    by_colour: dict[Colour, int]
    choice: Literal["a", "b"]
    mixed: int | str | None
    anything: dict[str, Any]
    names: frozenset[str]
    flag: bool = False
    note: str | None = field(default=None, metadata={"optional": True})
    counted: tuple[int, ...] = field(default_factory=tuple)


FULL = Everything(
    text="Grüße \u2028",
    colour=Colour.BLUE,
    level=Level.HIGH,
    outcome=Silence(2.5),
    maybe=None,
    one=Answer(200, "ok"),
    many=(Answer(401, "no"), Silence(1.0)),
    pair=("n", 3),
    table={"a": Silence(0.5)},
    by_colour={Colour.RED: 1},
    choice="b",
    mixed="seven",
    anything={"free": [1, None, {"deep": True}]},
    names=frozenset({"b", "a"}),
)


def test_what_was_encoded_decodes_to_the_same_value() -> None:
    assert decode(Everything, json.loads(json.dumps(encode(FULL)))) == FULL


def test_a_member_of_a_union_is_tagged_with_its_class_and_may_have_any_field() -> None:
    assert encode(FULL)["many"] == [
        {"is": "Answer", "status": 401, "kind": "no"},
        {"is": "Silence", "after": 1.0},
    ]


def test_a_dataclass_that_stands_alone_has_no_tag() -> None:
    assert encode(FULL)["one"] == {"status": 200, "kind": "ok"}
    assert encode(Answer(200, "ok")) == {"status": 200, "kind": "ok"}


def test_a_union_itself_can_be_encoded_and_decoded() -> None:
    assert decode_as(Outcome, encode(Silence(1.0), Outcome)) == Silence(1.0)


def test_an_optional_field_is_left_out_and_any_other_none_is_null() -> None:
    values = encode(FULL)
    assert "note" not in values
    assert values["maybe"] is None


def test_a_set_is_written_in_order_so_that_the_bytes_are_the_same() -> None:
    assert encode(FULL)["names"] == ["a", "b"]


def test_a_whole_number_is_taken_for_a_number() -> None:
    assert decode(Silence, {"after": 2}) == Silence(2)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"colour": "green"}, "colour is 'green'; expected one of red, blue."),
        ({"level": 3}, "level is 3; expected one of 1, 2."),
        ({"level": True}, "level is True; expected one of 1, 2."),
        ({"text": 5}, "text is 5; expected a string."),
        ({"text": None}, "text is null; expected a string."),
        ({"flag": 1}, "flag is 1; expected true or false."),
        ({"one": {"status": True, "kind": "x"}}, "one.status is True; expected an integer."),
        ({"one": []}, "one is an array of 0; expected an object."),
        ({"one": {"status": 1}}, "one lacks the field 'kind'."),
        ({"many": {}}, "many is an object; expected an array."),
        ({"many": [{"is": "Other"}]}, "many[0].is is 'Other'; expected one of Answer, Silence."),
        ({"many": [{"status": 1}]}, "many[0].is is null; expected one of Answer, Silence."),
        ({"outcome": {"is": "Silence", "after": "x"}}, "outcome.after is 'x'; expected a number."),
        ({"outcome": {"is": "Silence", "after": float("inf")}}, "outcome.after is inf; expected a number."),
        ({"outcome": {"is": "Silence", "after": 10**400}}, f"outcome.after is 1{'0' * 39}; expected a number."),
        ({"pair": ["n"]}, "pair is an array of 1; expected an array of 2."),
        ({"table": []}, "table is an array of 0; expected an object."),
        ({"table": {"a": 1}}, "table.a is 1; expected an object."),
        ({"choice": "c"}, "choice is 'c'; expected one of a, b."),
        ({"choice": ["a"]}, "choice is an array of 1; expected one of a, b."),
        ({"mixed": []}, "mixed is an array of 0; expected one of an integer, a string."),
        ({"extra": 1}, "The document has a field 'extra', which Everything does not know."),
        ({"text": 5, "colour": "x" * 90}, "text is 5; expected a string."),
        ({"colour": "x" * 90}, f"colour is '{'x' * 39}~'; expected one of red, blue."),
    ],
)
def test_what_does_not_fit_is_one_sentence_with_its_place(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CodecError) as refused:
        decode(Everything, encode(FULL) | change)
    assert str(refused.value) == sentence


def test_unknown_fields_can_be_passed_over() -> None:
    assert decode(Answer, {"status": 1, "kind": "x", "later": 2}, strict=False) == Answer(1, "x")


@pytest.mark.parametrize("value", [b"bytes", object(), {1: "a"}])
def test_what_has_no_json_form_is_refused(value: object) -> None:
    with pytest.raises(CodecError, match="has no JSON form"):
        encode(value)


def test_nothing_of_a_hostile_value_reaches_the_message_raw() -> None:
    with pytest.raises(CodecError) as refused:
        decode(Answer, {"status": "\x1b[2J\n", "kind": ""})
    assert str(refused.value).isprintable()
