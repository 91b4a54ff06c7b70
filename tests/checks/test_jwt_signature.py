"""A signature that no key of the realm made; one that cannot be checked here is no fault."""

import pytest

from checks.jwt_signature import run
from doctor.api import SettingName, Signatures, SignatureSeen, SignatureState
from tests.checks.facts import Told, cases, found, told

GIVEN = SettingName.ACCESS_TOKEN


def signed(state: SignatureState, *keys: str, key_id: str | None = "k1") -> Signatures:
    return Signatures((SignatureSeen(GIVEN, state, key_id),), keys)


@pytest.mark.parametrize(
    ("signatures", "expected"),
    cases(
        {
            "its key is not the realm's (keycloak.md 4d, a disabled key vanishes)": (
                signed(SignatureState.KEY_UNKNOWN, "k2", "k3"),
                ("token-key-unknown", "access_token", "certain", "fail"),
            ),
            "the key is there and the signature is not its": (
                signed(SignatureState.INVALID, "k1"),
                ("token-signature-invalid", "access_token", "certain", "fail"),
            ),
        }
    ),
)
def test_a_token_is_named_when(signatures: Signatures, expected: Told) -> None:
    assert told(run, signatures) == [expected]


def test_the_keys_that_the_realm_publishes_are_told() -> None:
    (finding,) = found(run, signed(SignatureState.KEY_UNKNOWN, "k2", "k3"))

    assert finding.observed == "The token names the key k1; the realm publishes k2, k3."


@pytest.mark.parametrize(
    "signatures",
    cases(
        {
            "a key of the realm verifies it": signed(SignatureState.VERIFIED, "k1"),
            "it names no key, and the only one verifies it": signed(SignatureState.VERIFIED, key_id=None),
            "its algorithm cannot be checked here": signed(SignatureState.UNSUPPORTED, "k1"),
        }
    ),
)
def test_a_token_is_left_alone_when(signatures: Signatures) -> None:
    assert told(run, signatures) == []
