"""A profile is kept whole or not at all; the secret goes to the keyring, or into a file of its owner's alone."""

import stat
from collections.abc import Mapping
from pathlib import Path

import keyring
import pytest

from doctor.model.errors import UsageProblem
from doctor.model.terms import SettingName
from doctor.onboarding import keeping
from doctor.onboarding.keeping import Kept, keep
from doctor.sources.profile_file import load
from doctor.sources.profile_search import FILE
from tests.cli.running import SECRET
from tests.sources.keyring_backend import JsonKeyring

VALUES = {SettingName.URL: "acme", SettingName.REALM: 'a"c\\me', SettingName.CLIENT_ID: "sync"}


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> JsonKeyring:
    monkeypatch.setenv("TESTS_KEYRING", str(tmp_path / "keyring.json"))
    store = JsonKeyring()  # type: ignore[no-untyped-call]
    monkeypatch.setattr("keyring.core._keyring_backend", store)
    assert keyring.get_keyring() is store
    return store


@pytest.fixture
def no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doctor.sources.keyring_store.find_spec", lambda _: None)


def kept(folder: Path, name: str = "acme", secret: str = SECRET, values: Mapping[SettingName, str] = VALUES) -> Kept:
    return keep(folder / "own", name, values, secret)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_without_a_keyring_the_secret_is_in_a_file_that_only_its_owner_can_read(tmp_path: Path, no_ring: None) -> None:
    found = kept(tmp_path)
    path = tmp_path / "own" / "acme.secret"
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == (SECRET, 0o600)
    assert found.secret == f"in {path} (mode 0600), as there is no keyring here"
    profile = load(tmp_path / "own" / FILE, named=True).profiles["acme"]
    assert profile == {**{str(name): value for name, value in VALUES.items()}, "client_secret": {"file": "acme.secret"}}
    assert stat.S_IMODE((tmp_path / "own" / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700


def test_with_a_keyring_the_secret_is_there_and_in_no_file(tmp_path: Path, ring: JsonKeyring) -> None:
    found = kept(tmp_path)
    assert ring.get_password("ataccama-doctor", "acme") == SECRET
    assert found.secret == "in the keyring, as ataccama-doctor/acme"
    assert list(snapshot(tmp_path / "own")) == [FILE]
    assert load(tmp_path / "own" / FILE, named=True).profiles["acme"]["client_secret"] == {"keyring": "acme"}


def test_a_keyring_that_refuses_is_replaced_by_a_file(
    tmp_path: Path, ring: JsonKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JsonKeyring, "set_password", lambda *_: 1 / 0)
    assert "acme.secret (mode 0600)" in kept(tmp_path).secret


def test_a_secret_that_moves_to_the_keyring_leaves_no_file_behind(
    tmp_path: Path, ring: JsonKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("doctor.sources.keyring_store.find_spec", lambda _: None)
        kept(tmp_path)
    kept(tmp_path)
    assert list(snapshot(tmp_path / "own")) == [FILE]


def test_the_first_profile_is_the_default_and_the_next_is_not(tmp_path: Path, no_ring: None) -> None:
    assert [kept(tmp_path, name).is_default for name in ("one", "two", "one")] == [True, False, True]
    file = load(tmp_path / "own" / FILE, named=True)
    assert (file.default, list(file.profiles)) == ("one", ["one", "two"])


def test_what_the_person_wrote_stays_as_it_stood(tmp_path: Path, no_ring: None) -> None:
    theirs = '# mine\n[profiles.old]\nurl = "x"   # keep\n\n[profiles.acme]\nurl = "y"\nscope = "gone"\n'
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / FILE).write_text(theirs)
    kept(tmp_path)
    text = (tmp_path / "own" / FILE).read_text()
    assert text.startswith('default = "acme"\n\n# mine\n[profiles.old]\nurl = "x"   # keep\n')
    assert "gone" not in text


def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path: Path, no_ring: None) -> None:
    theirs = 'profiles = { a = { url = "x" } }\n'
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / FILE).write_text(theirs)
    with pytest.raises(UsageProblem, match=r"write each profile in it as \[profiles\.NAME\]"):
        kept(tmp_path)
    assert snapshot(tmp_path / "own") == {FILE: theirs.encode()}


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("before", [False, True], ids=["anew", "over an older one"])
@pytest.mark.parametrize("store", ["ring", "no_ring"])
def test_when_the_profile_cannot_be_written_the_secret_is_as_it_was(
    tmp_path: Path,
    problem: BaseException,
    before: bool,
    store: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request.getfixturevalue(store)
    if before:
        kept(tmp_path, secret="the older secret")
    earlier = {name: content for name, content in snapshot(tmp_path).items() if content != b"{}"}

    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(keeping, "_edited", fail)
    with pytest.raises(type(problem)):
        kept(tmp_path)
    assert {name: content for name, content in snapshot(tmp_path).items() if content != b"{}"} == earlier


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, no_ring: None) -> None:
    (tmp_path / "own").write_text("a file, not a folder")
    with pytest.raises(UsageProblem, match="cannot be made: "):
        kept(tmp_path)
