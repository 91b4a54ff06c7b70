"""Equal secrets have equal fingerprints under one key, and a fingerprint tells nothing else."""

import hashlib
import os
import re
import stat
import threading
from pathlib import Path

import pytest

from doctor.fingerprint import KEY_FILE, Fingerprinter
from doctor.model.errors import UsageProblem
from doctor.model.secret import Secret


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_fingerprint_is_the_key_id_and_sixteen_hex_digits() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}:[0-9a-f]{16}", Fingerprinter.from_key("team").of(Secret("value")))


def test_the_same_secret_under_the_same_key_has_the_same_fingerprint_and_another_one_has_another() -> None:
    one, two = Fingerprinter.from_key("team"), Fingerprinter.from_key("team")
    assert one.of(Secret("value")) == two.of(Secret("value"))
    assert one.of(Secret("value")) != one.of(Secret("value\n"))


def test_another_key_changes_the_key_id_and_the_fingerprint() -> None:
    one, two = (Fingerprinter.from_key(key).of(Secret("value")).split(":") for key in ("team", "other"))
    assert one[0] != two[0]
    assert one[1] != two[1]


def test_the_key_id_does_not_depend_on_the_secret() -> None:
    maker = Fingerprinter.from_key("team")
    assert {maker.of(Secret(value)).split(":")[0] for value in ("a", "b", "")} == {maker.key_id}


def test_a_fingerprint_is_no_plain_hash_of_the_secret() -> None:
    digest = Fingerprinter.from_key("team").of(Secret("value")).split(":")[1]
    for name in ("sha256", "sha1", "md5", "sha512"):
        assert digest not in hashlib.new(name, b"value").hexdigest()


def test_a_secret_that_spells_the_label_of_the_key_id_does_not_give_the_key_id() -> None:
    maker = Fingerprinter.from_key("team")
    assert not maker.of(Secret("ataccama-doctor/fingerprint/key-id")).split(":")[1].startswith(maker.key_id)


def test_the_first_use_makes_a_private_folder_and_key_and_the_second_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "ataccama-doctor"
    first, second = Fingerprinter.in_directory(folder), Fingerprinter.in_directory(folder)
    assert first.persistent
    assert first.problem is None
    assert first.of(Secret("value")) == second.of(Secret("value"))
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    if os.name == "posix":
        assert (mode(folder), mode(folder / KEY_FILE)) == (0o700, 0o600)


def test_a_key_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    Fingerprinter.in_directory(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    Fingerprinter.in_directory(tmp_path)
    assert mode(tmp_path / KEY_FILE) == 0o600


def test_a_folder_that_cannot_be_made_gives_a_key_for_this_run_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    one, two = (Fingerprinter.in_directory(tmp_path / "file" / "config") for _ in range(2))
    assert not one.persistent
    assert "cannot be kept in" in (one.problem or "")
    assert one.of(Secret("value")) == one.of(Secret("value"))
    assert one.of(Secret("value")) != two.of(Secret("value"))


@pytest.mark.parametrize("content", ["", "abc", "00" * 31, "zz" * 32, "\x00\xff"])
def test_a_damaged_key_is_left_alone_and_named(tmp_path: Path, content: str) -> None:
    (tmp_path / KEY_FILE).write_text(content, encoding="utf-8")
    maker = Fingerprinter.in_directory(tmp_path)
    assert not maker.persistent
    assert "is damaged. Delete it" in (maker.problem or "")
    assert (tmp_path / KEY_FILE).read_text(encoding="utf-8") == content


def test_an_empty_key_from_the_environment_is_a_usage_problem() -> None:
    with pytest.raises(UsageProblem, match="is set and empty") as caught:
        Fingerprinter.from_key(" ")
    assert caught.value.exit_code == 2


def test_racing_processes_agree_on_one_key(tmp_path: Path) -> None:
    start, seen = threading.Barrier(8), []

    def work() -> None:
        start.wait()
        seen.append(Fingerprinter.in_directory(tmp_path / "config").of(Secret("value")))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1


def test_the_key_is_not_shown_by_repr(tmp_path: Path) -> None:
    Fingerprinter.in_directory(tmp_path)
    assert (tmp_path / KEY_FILE).read_text().strip() not in repr(Fingerprinter.in_directory(tmp_path))
    assert "team-key" not in repr(Fingerprinter.from_key("team-key"))
