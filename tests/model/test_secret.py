"""A secret shows itself to nobody but ``reveal()``; the vault gives it only for its reference."""

import copy
import json
import pickle
import threading
from dataclasses import asdict, dataclass

import pytest

from doctor.model.secret import Secret, SecretRef, Vault

VALUE = "qN7vT2xKcanary"


@dataclass(frozen=True)
class Holder:
    secret: Secret


@pytest.mark.parametrize(
    "shown",
    [
        repr(Secret(VALUE)),
        str(Secret(VALUE)),
        f"{Secret(VALUE)}",
        f"{Secret(VALUE):>40}",
        "%s %r" % (Secret(VALUE), Secret(VALUE)),  # noqa: UP031
        repr(Holder(Secret(VALUE))),
        repr(asdict(Holder(Secret(VALUE)))),
        repr({Secret(VALUE): [Secret(VALUE)]}),
    ],
)
def test_no_way_of_formatting_shows_the_value(shown: str) -> None:
    assert VALUE not in shown
    assert "client secret" in shown


def test_reveal_gives_the_value_exactly_as_given() -> None:
    assert Secret(VALUE + "\r\n").reveal() == VALUE + "\r\n"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_cannot_be_pickled_under_any_protocol(protocol: int) -> None:
    with pytest.raises(TypeError, match="cannot be pickled") as caught:
        pickle.dumps(Secret(VALUE), protocol)
    assert VALUE not in str(caught.value)


def test_a_secret_cannot_be_written_as_json() -> None:
    with pytest.raises(TypeError):
        json.dumps({"x": Secret(VALUE)})
    assert VALUE not in json.dumps({"x": Secret(VALUE)}, default=str)


def test_a_secret_has_no_length_no_dict_and_cannot_be_changed() -> None:
    secret = Secret(VALUE)
    assert not hasattr(secret, "__len__")
    assert not hasattr(secret, "__dict__")
    with pytest.raises(AttributeError, match="cannot be changed"):
        secret.what = "other"


def test_equality_is_of_the_values_and_of_nothing_else() -> None:
    assert Secret(VALUE) == Secret(VALUE, what="token")
    assert hash(Secret(VALUE)) == hash(Secret(VALUE))
    assert Secret(VALUE) != Secret(VALUE + "\n")
    assert Secret(VALUE) != VALUE
    assert Secret("\ud800é") == Secret("\ud800é")


def test_copies_are_the_secret_itself() -> None:
    secret = Secret(VALUE)
    assert copy.copy(secret) is secret
    assert copy.deepcopy([secret])[0] is secret


def test_the_vault_gives_a_value_for_its_name_and_variant() -> None:
    vault = Vault()
    ref = vault.put("client_secret", "as given", Secret(VALUE + "\n"))
    vault.put("client_secret", "cleaned", Secret(VALUE))
    assert ref == SecretRef("client_secret")
    assert vault.resolve(ref).reveal() == VALUE + "\n"
    assert vault.get("client_secret", "cleaned").reveal() == VALUE
    assert vault.variants("client_secret") == ("as given", "cleaned")
    assert ref in vault
    assert SecretRef("client_secret", "decoded") not in vault


def test_a_value_that_is_not_there_is_named_without_any_other_value() -> None:
    vault = Vault()
    vault.put("client_secret", "as given", Secret(VALUE))
    with pytest.raises(KeyError, match=r"no client_secret \(decoded\)") as caught:
        vault.get("client_secret", "decoded")
    assert VALUE not in str(caught.value) + repr(vault)


def test_plain_settings_share_the_door_and_are_no_secrets() -> None:
    vault = Vault()
    vault.put_plain("client_id", "cleaned", "my-client")
    vault.put("client_secret", "as given", Secret(VALUE))
    assert vault.get("client_id", "cleaned").reveal() == "my-client"
    assert vault.secrets() == (Secret(VALUE),)


def test_the_vault_cannot_be_pickled() -> None:
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(Vault())


def test_many_threads_can_use_the_vault_at_once() -> None:
    vault = Vault()

    def work(n: int) -> None:
        for i in range(200):
            vault.put("token", f"{n}-{i}", Secret(f"{n}-{i}"))
            vault.secrets()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {secret.reveal() for secret in vault.secrets()} == {f"{n}-{i}" for n in range(4) for i in range(200)}
