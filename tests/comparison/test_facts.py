"""What was observed is compared leaf by leaf; what differs between any two runs is left out."""

from typing import Any

import pytest

from doctor.comparison.changes import Change
from doctor.comparison.facts import changes_of_facts, changes_within, steady

REPLY = {
    "is": "Reply",
    "exchange": 4,
    "status": 200,
    "speaker": "Keycloak",
    "error": None,
    "error_description": None,
    "date": 1_795_526_434,
    "local_time": 1_795_526_434.8,
    "round_trip": 0.003,
    "request_id": "a1",
}
REFUSED = {**REPLY, "status": 401, "error": "invalid_client", "error_description": "Invalid client credentials"}
FAILURE = {
    "is": "TransportFailure",
    "kind": "connection-reset",
    "phase": "wait",
    "detail": "reset by peer",
    "exchange": 9,
}


def told(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return list(changes_of_facts(before, after))


@pytest.mark.parametrize(
    "after",
    [
        {**REPLY, "exchange": 7},
        {**REPLY, "date": 5, "local_time": 5.5, "round_trip": 4.0, "request_id": "b2"},
    ],
)
def test_numbers_of_exchanges_and_times_are_no_change(after: dict[str, Any]) -> None:
    assert told({"Discovery": {"result": REPLY}}, {"Discovery": {"result": after}}) == []


def test_an_answer_is_told_in_one_line() -> None:
    [change] = told(
        {"FirstAttempt": {"attempt": {"result": REPLY}}}, {"FirstAttempt": {"attempt": {"result": REFUSED}}}
    )
    assert change == Change("first attempt, answer", "200", "401 invalid_client: Invalid client credentials")


def test_no_answer_is_told_like_one() -> None:
    [change] = told({"Discovery": {"result": REPLY}}, {"Discovery": {"result": FAILURE}})
    assert change == Change("discovery, answer", "200", "connection-reset reset by peer")


def test_of_an_answer_that_is_the_same_the_rest_is_compared() -> None:
    after = {**REPLY, "speaker": "nginx"}
    assert told({"KeySet": {"result": REPLY}}, {"KeySet": {"result": after}}) == [
        Change("key set, speaker", "Keycloak", "nginx")
    ]


def test_what_two_facts_hold_is_told_once() -> None:
    before, after = {"A": {"said": "yes"}, "B": {"said": "yes"}}, {"A": {"said": "no"}, "B": {"said": "no"}}
    assert told(before, after) == [Change("a, said", "yes", "no")]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("issuer", "https://localhost:40001/auth", "https://localhost:50002/auth"),
        ("issuer", "http://127.0.0.1:8080", "http://127.0.0.1:9090"),
        ("issuer", "https://[::1]:8443/x", "https://[::1]:9443/x"),
        ("ca_bundle", "/tmp/ataccama-doctor-0s3y_7s7/ca.pem", "/tmp/ataccama-doctor-apjv_10t/ca.pem"),
    ],
)
def test_ports_of_loopback_are_no_change(name: str, before: str, after: str) -> None:
    assert told({"Discovery": {name: before}}, {"Discovery": {name: after}}) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://acme.example:8443", "https://acme.example:9443"),
        ("https://localhost:1/a", "https://localhost:2/b"),
        ("https://mylocalhost.example:1", "https://mylocalhost.example:2"),
    ],
)
def test_any_other_port_or_path_is_one(before: str, after: str) -> None:
    assert told({"Discovery": {"issuer": before}}, {"Discovery": {"issuer": after}}) == [
        Change("discovery, issuer", before, after)
    ]


def test_a_new_token_of_the_same_kind_is_no_change() -> None:
    token = {"issued_at": 1, "expires_at": 301, "size": 1252, "key_id": "a", "roles": ["x"], "algorithm": "RS256"}
    again = token | {"issued_at": 9, "expires_at": 309, "size": 1260, "key_id": "b"}
    assert told({"Tokens": {"tokens": [token]}}, {"Tokens": {"tokens": [again]}}) == []
    assert told({"Tokens": {"tokens": [token]}}, {"Tokens": {"tokens": [again | {"roles": []}]}}) == [
        Change("tokens, roles", "x", "none")
    ]


@pytest.mark.parametrize(("offset", "changed"), [(0.9, False), (-3.0, False), (3_600.0, True)])
def test_clocks_agree_within_what_measuring_allows(offset: float, changed: bool) -> None:
    readings = [[{"endpoint": "realm", "offset": seconds, "bound": seconds / 2}] for seconds in (0.3, offset)]
    found = told({"Clock": {"readings": readings[0]}}, {"Clock": {"readings": readings[1]}})
    assert found == ([Change("clock, realm, offset", "0.3", "3600")] if changed else [])


def test_items_are_paired_by_what_names_them() -> None:
    before = [{"setting": "url", "standing": "accepted"}, {"setting": "realm", "standing": "accepted"}]
    after = [{"setting": "realm", "standing": "rejected"}]
    assert told({"Reception": {"settings": before}}, {"Reception": {"settings": after}}) == [
        Change("reception, settings", "2", "1"),
        Change("reception, realm, standing", "accepted", "rejected"),
    ]


def test_odd_characters_are_told_by_code_point() -> None:
    odd = [{"kind": "whitespace", "code_point": 10, "where": "at the end"}]
    assert list(changes_within("client_secret", {"odd": []}, {"odd": odd})) == [
        Change("client_secret, odd characters", "none", "whitespace U+000A at the end")
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, True, ("none", "yes")),
        (False, None, ("no", "none")),
        ("", "a", ("none", "a")),
        (0, 5, ("0", "5")),
        ([], ["a", "b"], ("none", "a; b")),
        (None, {"a": 1}, ("none", "known")),
        (["a"], {"a": 1}, ("a", "known")),
        (300.0, 60.0, ("300", "60")),
    ],
)
def test_every_kind_of_value_has_its_words(before: Any, after: Any, words: tuple[str, str]) -> None:
    assert told({"A": {"b": before}}, {"A": {"b": after}}) == [Change("a, b", *words)]


@pytest.mark.parametrize("code_point", ["ten", None, [], -1])
def test_a_strange_code_point_does_no_harm(code_point: object) -> None:
    [change] = changes_within("client_secret", {"odd": []}, {"odd": [{"kind": "k", "code_point": code_point}]})
    assert change.label == "client_secret, odd characters"


@pytest.mark.parametrize("value", [5, None, True, ["localhost:1"]])
def test_only_text_is_steadied(value: Any) -> None:
    assert steady(value) == value
