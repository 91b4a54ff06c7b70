"""A name that is set in vain is told, with the name that was meant; nothing else is."""

import pytest

from doctor.sources.names import READ, secret_values, setting_meant, unused_variables


def meant(name: str) -> list[str | None]:
    return [each.meant for each in unused_variables([name], "the environment")]


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("ATACCAMA_CLIENTID", "ATACCAMA_CLIENT_ID"),
        ("ATACAMA_URL", "ATACCAMA_URL"),
        ("ATTACCAMA_REALM", "ATACCAMA_REALM"),
        ("ataccama_url", "ATACCAMA_URL"),
        ("ATACCAMA_TENANT", "ATACCAMA_REALM"),
        ("ATACCAMA_HOST", "ATACCAMA_URL"),
        ("ATACCAMA_SECRET", "ATACCAMA_CLIENT_SECRET"),
        ("ATACCAMA_CLIENT_SECRT", "ATACCAMA_CLIENT_SECRET"),
        ("ATACCAMA_SECRET_FILE", "ATACCAMA_CLIENT_SECRET_FILE"),
        ("ATACCAMA_TOKEN", "ATACCAMA_ACCESS_TOKEN"),
        ("ATACCAMA_DOCTOR_PROFIL", "ATACCAMA_DOCTOR_PROFILE"),
        ("ATACCAMA_SOMETHING_ELSE", None),
        ("ATACCAMA_PROXY", None),
    ],
)
def test_a_near_miss_is_told_with_the_name_that_is_read(name: str, variable: str | None) -> None:
    assert meant(name) == [variable]


@pytest.mark.parametrize(
    "name", [*sorted(READ), "PATH", "CLIENT_ID", "ATLAS_URL", "_ATACCAMA_DOCTOR_COMPLETE", "ATACCAMA"]
)
def test_what_is_read_and_what_is_somebody_elses_is_left_alone(name: str) -> None:
    assert meant(name) == []


@pytest.mark.parametrize("name", ["id2", "foo", "x", ""])
def test_what_means_no_setting_means_none(name: str) -> None:
    assert setting_meant(name) is None


def test_the_values_that_may_be_secret_are_known_to_be_removed() -> None:
    environ = {
        "ATACCAMA_CLIENTSECRET": "hush",
        "ATACCAMA_CLIENTID": "sync",
        "ATACCAMA_OTHER": "5X24WjqWhZIhtA9C7ADHZK0UOoKYyh7X",
        "ATACCAMA_TOKEN": "",
    }
    unused = tuple(unused_variables(environ, "the environment"))
    assert set(secret_values(unused, environ)) == {"hush", "5X24WjqWhZIhtA9C7ADHZK0UOoKYyh7X"}
