"""A profile gives what no option and no variable gives; a file that was merely found is trusted with little."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from doctor.model.errors import UsageProblem
from doctor.model.inputs import Given, Other
from doctor.sources import Flags, Gathered, Surroundings, gather
from doctor.sources.profile_search import FILE
from tests.cli.running import SECRET
from tests.sources.keyring_backend import JsonKeyring

CLOUD = 'url = "acme"\nrealm = "acme"\nclient_id = "sync"\n'
ELSEWHERE = CLOUD.replace('"acme"', '"https://one.acme.example"', 1)
OWN = f'client_secret = "{SECRET}"\n'


def written(folder: Path, text: str, default: str | None = "dev") -> Path:
    """A file of profiles in the folder; the text belongs to the profile dev."""
    folder.mkdir(parents=True, exist_ok=True)
    head = f'default = "{default}"\n' if default else ""
    (folder / FILE).write_text(f"{head}[profiles.dev]\n{text}")
    return folder / FILE


def gathered(
    folder: Path,
    profile: str | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    user: Path | None = None,
    agrees: bool | None = None,
) -> Gathered:
    """What an empty command line comes to in that folder."""
    around = Surroundings(
        environ or {},
        lambda _: b"",
        confirm=None if agrees is None else lambda _: agrees,
        folder=folder,
        user_folder=user,
    )
    return gather(Flags({}, {}, profile=profile), around)


def secret_of(found: Gathered) -> Given:
    return next(given for given in found.given if given.name == "client_secret")


def test_the_nearest_file_upwards_is_found_and_its_default_is_in_force(tmp_path: Path) -> None:
    written(tmp_path, CLOUD + OWN)
    found = gathered(tmp_path / "a" / "b")
    assert found.profile is not None
    assert found.profile.name == "dev"
    assert {given.source for given in found.given} == {"profile dev in ataccama-doctor.toml"}


def test_the_users_own_folder_comes_after_what_was_found(tmp_path: Path) -> None:
    written(tmp_path / "project", CLOUD + OWN)
    written(tmp_path / "own", CLOUD.replace("sync", "own") + OWN)
    near, far = gathered(tmp_path / "project", user=tmp_path / "own"), gathered(tmp_path, user=tmp_path / "own")
    assert [g.value for f in (near, far) for g in f.given if g.name == "client_id"] == ["sync", "own"]


def test_a_profile_is_chosen_by_option_then_by_variable_then_by_default(tmp_path: Path) -> None:
    path = written(tmp_path, CLOUD + OWN)
    path.write_text(path.read_text() + f'[profiles.a]\n{CLOUD + OWN}[profiles.b]\n{CLOUD + OWN}get = "/api/x"\n')
    variable = {"ATACCAMA_DOCTOR_PROFILE": "b"}
    chosen = [gathered(tmp_path, "a", variable), gathered(tmp_path, None, variable), gathered(tmp_path)]
    assert [found.profile and found.profile.name for found in chosen] == ["a", "b", "dev"]
    assert [found.get_paths for found in chosen] == [(), ("/api/x",), ()]


def test_without_a_default_no_profile_is_in_force(tmp_path: Path) -> None:
    written(tmp_path, CLOUD + OWN, default=None)
    with pytest.raises(UsageProblem, match="4 values are absent"):
        gathered(tmp_path)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("dve", "There is no profile dve. Did you mean dev?"), ("x", "There is no profile x. Known are dev.")],
)
def test_a_profile_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, asked: str, sentence: str) -> None:
    written(tmp_path, CLOUD + OWN)
    with pytest.raises(UsageProblem) as caught:
        gathered(tmp_path, asked)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(("profile", "environ"), [("", {}), (None, {"ATACCAMA_DOCTOR_PROFILE": ""})])
def test_an_empty_name_is_told_as_such(tmp_path: Path, profile: str | None, environ: dict[str, str]) -> None:
    with pytest.raises(UsageProblem, match=r"(--profile|ATACCAMA_DOCTOR_PROFILE) is given and empty"):
        gathered(tmp_path, profile, environ)


def test_where_a_file_was_looked_for_is_told_when_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"no ataccama-doctor.toml .* upwards from .* and "):
        gathered(tmp_path, "dev", user=tmp_path / "own")


def test_a_variable_wins_over_the_profile_and_shadows_it(tmp_path: Path) -> None:
    written(tmp_path, CLOUD + OWN)
    given = secret_of(gathered(tmp_path, environ={"ATACCAMA_CLIENT_SECRET": "strong"}))
    assert (given.value, given.source) == ("strong", "ATACCAMA_CLIENT_SECRET")
    assert [(other.source, other.value) for other in given.shadowed] == [
        ("profile dev in ataccama-doctor.toml", SECRET)
    ]


def test_a_literal_secret_is_accepted_with_a_remark(tmp_path: Path) -> None:
    written(tmp_path, CLOUD + OWN)
    (note,) = gathered(tmp_path).notes
    assert note.startswith("The client secret stands in profile dev in ataccama-doctor.toml itself")
    assert SECRET not in note


def test_a_literal_secret_in_a_file_that_others_can_read_is_exposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doctor.sources.exposure._reachable", lambda _: True)
    written(tmp_path, CLOUD + OWN).chmod(0o644)
    assert secret_of(gathered(tmp_path)).exposed == "mode 0644"
    assert secret_of(gathered(tmp_path, environ={"ATACCAMA_CLIENT_SECRET": "x"})).shadowed[0].exposed == "mode 0644"


def test_a_secret_from_a_variable_or_file_is_kept_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x\n")
    (tmp_path / "secret").chmod(0o600)
    written(tmp_path, CLOUD + 'client_secret = { file = "secret" }\n')
    by_file = secret_of(gathered(tmp_path / "below"))
    assert (by_file.value, by_file.source) == ("x\n", "profile dev in ataccama-doctor.toml (file secret)")
    written(tmp_path, CLOUD + 'client_secret = { env = "MY" }\n')
    by_variable = secret_of(gathered(tmp_path, environ={"MY": " y "}))
    assert (by_variable.value, by_variable.source) == (" y ", "profile dev in ataccama-doctor.toml (env MY)")


def test_a_reference_to_a_variable_that_is_not_set_is_one_sentence(tmp_path: Path) -> None:
    written(tmp_path, CLOUD + 'client_secret = { env = "MY" }\n')
    with pytest.raises(UsageProblem, match=r"absent: profile dev in .* \(env MY\) names a variable that is not set"):
        gathered(tmp_path)


def test_a_secret_pasted_as_the_name_of_a_variable_is_not_repeated(tmp_path: Path) -> None:
    written(tmp_path, CLOUD + f'client_secret = {{ env = "{SECRET}" }}\n')
    with pytest.raises(UsageProblem, match="that looks like the secret itself") as caught:
        gathered(tmp_path)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("kind", ["command", "keyring"])
def test_what_starts_a_program_is_not_read_while_it_is_shadowed(tmp_path: Path, kind: str) -> None:
    written(tmp_path / "own", CLOUD + f"client_secret = {{ {kind} = 'touch {tmp_path}/mark' }}\n")
    given = secret_of(gathered(tmp_path, environ={"ATACCAMA_CLIENT_SECRET": "x"}, user=tmp_path / "own"))
    assert given.shadowed == (Other("profile dev in ataccama-doctor.toml"),)
    assert not (tmp_path / "mark").exists()


def test_a_file_that_was_merely_found_runs_no_command(tmp_path: Path) -> None:
    path = written(tmp_path, CLOUD + f'client_secret = {{ command = "touch {tmp_path}/mark" }}\n')
    for name in (None, "dev"):
        with pytest.raises(UsageProblem, match="was merely found, so the command") as caught:
            gathered(tmp_path, name)
        assert f"--profile {path}:dev" in str(caught.value)
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("end", ["", ":dev"])
def test_a_file_that_was_named_runs_its_command(tmp_path: Path, end: str) -> None:
    path = written(tmp_path, CLOUD + f"client_secret = {{ command = '{sys.executable} -c \"print(1)\"' }}\n")
    given = secret_of(gathered(tmp_path, f"{path}{end}"))
    assert given.value == "1"
    assert given.source == "profile dev in ataccama-doctor.toml, command (one line end removed)"


def test_the_users_own_file_runs_its_command(tmp_path: Path) -> None:
    written(tmp_path / "own", CLOUD + f"client_secret = {{ command = '{sys.executable} -c \"print(1)\"' }}\n")
    assert secret_of(gathered(tmp_path, user=tmp_path / "own")).value == "1"


@pytest.mark.parametrize(
    ("profile", "secret"),
    [
        (ELSEWHERE, "ATACCAMA_CLIENT_SECRET"),
        (CLOUD + 'token_url = "https://id.acme.example/token"\n', "ATACCAMA_CLIENT_SECRET"),
        (CLOUD + 'api_url = "https://api.acme.example"\n', "ATACCAMA_CLIENT_SECRET"),
        (CLOUD + 'proxy = "http://proxy.acme.example"\n', "ATACCAMA_CLIENT_SECRET"),
        (CLOUD + 'ca_bundle = "ca.pem"\n', "ATACCAMA_CLIENT_SECRET"),
        (ELSEWHERE + OWN, "ATACCAMA_ACCESS_TOKEN"),
        (ELSEWHERE + 'client_secret = { env = "AWS_SECRET_ACCESS_KEY" }\n', "AWS_SECRET_ACCESS_KEY"),
        (CLOUD.replace('"acme"', '"https://acme.ataccama.one.acme.example"', 1), "ATACCAMA_CLIENT_SECRET"),
        (CLOUD.replace('"acme"', '"https://localhost:8443"', 1), "ATACCAMA_CLIENT_SECRET"),
    ],
)
def test_a_found_address_is_never_combined_with_a_secret_from_elsewhere(
    tmp_path: Path, profile: str, secret: str
) -> None:
    path = written(tmp_path, profile)
    for name in (None, "dev"):
        with pytest.raises(UsageProblem, match=r"^Nothing was asked, because the .* merely found") as caught:
            gathered(tmp_path, name, {secret: SECRET})
        assert f"--profile {path}:dev" in str(caught.value)
        assert SECRET not in str(caught.value)


def test_the_person_can_agree_or_not(tmp_path: Path) -> None:
    written(tmp_path, ELSEWHERE)
    environ = {"ATACCAMA_CLIENT_SECRET": SECRET}
    assert secret_of(gathered(tmp_path, environ=environ, agrees=True)).value == SECRET
    with pytest.raises(UsageProblem, match="is not used with the URL of profile dev"):
        gathered(tmp_path, environ=environ, agrees=False)


def test_an_address_on_the_vendors_domain_may_be_found(tmp_path: Path) -> None:
    written(tmp_path, CLOUD)
    assert secret_of(gathered(tmp_path, environ={"ATACCAMA_CLIENT_SECRET": SECRET})).value == SECRET


def test_a_found_file_may_use_its_own_secret_at_its_own_address(tmp_path: Path) -> None:
    written(tmp_path, ELSEWHERE + OWN)
    assert secret_of(gathered(tmp_path)).value == SECRET


def test_a_named_file_may_say_where_a_secret_goes(tmp_path: Path) -> None:
    path = written(tmp_path, ELSEWHERE)
    assert secret_of(gathered(tmp_path, str(path), {"ATACCAMA_CLIENT_SECRET": SECRET})).value == SECRET


def test_a_path_in_a_profile_is_one_from_the_files_folder(tmp_path: Path) -> None:
    path = written(tmp_path, CLOUD + OWN + 'ca_bundle = "ca.pem"\n')
    found = gathered(tmp_path / "below", str(path))
    assert next(g.value for g in found.given if g.name == "ca_bundle") == str(tmp_path / "ca.pem")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> JsonKeyring:
    import keyring

    monkeypatch.setenv("TESTS_KEYRING", str(tmp_path / "keyring.json"))
    before, store = keyring.get_keyring(), JsonKeyring()  # type: ignore[no-untyped-call]
    monkeypatch.setattr("keyring.core._keyring_backend", store)
    assert before is not store
    return store


def test_a_secret_is_read_from_the_keyring(tmp_path: Path, keyring: JsonKeyring) -> None:
    keyring.set_password("ataccama-doctor", "acme", "from the ring")
    written(tmp_path, CLOUD + 'client_secret = { keyring = "acme" }\n')
    given = secret_of(gathered(tmp_path))
    assert (given.value, given.source) == ("from the ring", "profile dev in ataccama-doctor.toml (keyring acme)")


def test_an_entry_that_is_not_in_the_keyring_is_one_sentence(tmp_path: Path, keyring: JsonKeyring) -> None:
    written(tmp_path, CLOUD + 'client_secret = { keyring = "acme" }\n')
    with pytest.raises(UsageProblem, match=r"no entry for profile dev in .*keyring acme.* keyring set ataccama-doctor"):
        gathered(tmp_path)


def test_a_keyring_that_does_not_answer_is_one_sentence(
    tmp_path: Path, keyring: JsonKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JsonKeyring, "get_password", lambda *_: 1 / 0)
    written(tmp_path, CLOUD + 'client_secret = { keyring = "acme" }\n')
    with pytest.raises(UsageProblem, match=r"does not answer \(ZeroDivisionError\)"):
        gathered(tmp_path)


def test_without_the_extra_the_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doctor.sources.keyring_store.find_spec", lambda _: None)
    written(tmp_path, CLOUD + 'client_secret = { keyring = "acme" }\n')
    with pytest.raises(UsageProblem, match=r"pip install 'ataccama-doctor\[keyring\]'"):
        gathered(tmp_path)
