"""Values are kept as they were given, from the strongest source, with what that one shadows."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from doctor.model.errors import UsageProblem
from doctor.model.inputs import Given, Other
from doctor.model.terms import SettingName
from doctor.sources import Flags, Gathered, Surroundings, gather, seconds
from doctor.sources.command import from_command
from tests.cli.running import SECRET, VALUES


def gathered(
    environ: Mapping[str, str] = VALUES,
    *,
    stdin: bytes = b"",
    prompt: str | None = None,
    command: str | None = None,
    **flags: str,
) -> Gathered:
    files = {SettingName(name[:-5]): path for name, path in flags.items() if name.endswith("_file")}
    words = {SettingName(name): word for name, word in flags.items() if not name.endswith("_file")}
    asked = None if prompt is None else lambda: prompt
    return gather(Flags(words, files, command), Surroundings(environ, lambda limit: stdin[:limit], asked))


def only(name: str, found: Gathered) -> Given:
    return next(given for given in found.given if given.name == name)


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in VALUES.items() if name not in names}


def secret_file(folder: Path, content: bytes, mode: int = 0o600) -> str:
    path = folder / "secret.txt"
    path.write_bytes(content)
    path.chmod(mode)
    return str(path)


@pytest.mark.parametrize("name", ["url", "realm", "client_id", "scope", "token_url", "api_url"])
def test_an_option_wins_over_its_variable_and_shadows_it(name: str) -> None:
    environ = {**VALUES, f"ATACCAMA_{name.upper()}": "weak"}
    given = only(name, gathered(environ, **{name: "strong"}))  # type: ignore[arg-type]
    assert (given.value, given.source) == ("strong", f"--{name.replace('_', '-')}")
    assert given.shadowed == (Other(f"ATACCAMA_{name.upper()}", "weak"),)


@pytest.mark.parametrize("name", ["url", "realm", "client_id", "client_secret", "scope", "authorization"])
@pytest.mark.parametrize("value", ["", " x\n", "\ufeffx", "x\x00".replace("\x00", "\x01"), "é\u2013"])
def test_a_variable_is_kept_exactly_as_given(name: str, value: str) -> None:
    given = only(name, gathered({**VALUES, f"ATACCAMA_{name.upper()}": value}))
    assert (given.value, given.source) == (value, f"ATACCAMA_{name.upper()}")


@pytest.mark.parametrize("content", [b"x", b"x\n", b"x\r\n", b"\xef\xbb\xbfx", b" x \n\n", b""])
def test_a_file_is_kept_exactly_as_it_stands(tmp_path: Path, content: bytes) -> None:
    given = only("client_secret", gathered(client_secret_file=secret_file(tmp_path, content)))
    assert given.value.encode() == content
    assert given.source == "--client-secret-file"
    assert given.shadowed == (Other("ATACCAMA_CLIENT_SECRET", SECRET),)


def test_the_secrets_file_can_come_from_a_variable(tmp_path: Path) -> None:
    environ = {**without("ATACCAMA_CLIENT_SECRET"), "ATACCAMA_CLIENT_SECRET_FILE": secret_file(tmp_path, b"x\n")}
    given = only("client_secret", gathered(environ))
    assert (given.value, given.source) == ("x\n", "ATACCAMA_CLIENT_SECRET_FILE")


@pytest.mark.parametrize(
    ("content", "value", "remark"),
    [
        (b"x\n", "x", "stdin, one line end removed"),
        (b"x\r\n", "x", "stdin, one line end removed"),
        (b"x\n\n", "x\n", "stdin, one line end removed"),
        (b"x ", "x ", "stdin"),
    ],
)
def test_from_stdin_one_line_end_is_removed_and_the_source_says_so(content: bytes, value: str, remark: str) -> None:
    given = only("client_secret", gathered(stdin=content, client_secret_file="-"))
    assert (given.value, given.source) == (value, f"--client-secret-file - ({remark})")


def test_from_a_command_one_line_end_is_removed_and_no_shell_is_between() -> None:
    command = f"'{sys.executable}' -c 'import sys; print(sys.argv[1])' '$HOME; x'"
    given = only("client_secret", gathered(command=command))
    assert (given.value, given.source) == ("$HOME; x", "--client-secret-command (one line end removed)")


def test_the_prompt_is_used_only_where_no_other_source_gives_the_secret() -> None:
    given = only("client_secret", gathered(without("ATACCAMA_CLIENT_SECRET"), prompt="typed"))
    assert (given.value, given.source) == ("typed", "prompt (one line end removed)")
    assert only("client_secret", gathered(prompt="typed")).value == SECRET


@pytest.mark.parametrize("name", ["authorization", "access_token"])
def test_a_token_alone_is_enough_and_nobody_is_prompted(name: str) -> None:
    environ = {**without("ATACCAMA_CLIENT_ID", "ATACCAMA_CLIENT_SECRET"), f"ATACCAMA_{name.upper()}": "eyJ"}
    assert [g.name.value for g in gathered(environ, prompt="typed").given] == ["url", "realm", name]


@pytest.mark.parametrize("name", ["url", "token_url", "api_url"])
def test_a_realm_that_a_url_names_need_not_be_given(name: str) -> None:
    url = "https://acme.ataccama.one/auth/realms/acme/protocol/openid-connect/token\n"
    environ = {**without("ATACCAMA_REALM"), f"ATACCAMA_{name.upper()}": url}
    assert "realm" not in [g.name for g in gathered(environ).given]


def test_a_token_url_stands_in_for_the_url() -> None:
    environ = {**without("ATACCAMA_URL"), "ATACCAMA_TOKEN_URL": "https://acme.ataccama.one/auth/realms/a/x"}
    assert "url" not in [g.name for g in gathered(environ).given]


def test_everything_absent_is_named_at_once_with_where_to_find_it() -> None:
    with pytest.raises(UsageProblem) as caught:
        gathered({}, prompt="typed")
    said = " ".join(str(caught.value).split())
    assert said.startswith("4 values are absent")
    assert "realm: the tenant name, as the Cloud Portal states it; --realm or ATACCAMA_REALM" in said
    for word in ("--url", "--client-id", "--client-secret-file", "--client-secret-command", "ATACCAMA_CLIENT_SECRET "):
        assert word in said
    assert max(map(len, str(caught.value).splitlines())) <= 100


def test_nothing_is_read_while_something_is_absent(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with pytest.raises(UsageProblem, match="realm"):
        gathered(without("ATACCAMA_REALM"), command=f"touch {mark}")
    assert not mark.exists()


def test_what_is_absent_and_what_cannot_be_read_are_named_at_once() -> None:
    """contract.md 2: a flag, an unreadable file, or values that are absent; all of them."""
    with pytest.raises(UsageProblem) as caught:
        gathered(without("ATACCAMA_REALM"), client_secret_file="/no/such", authorization_file="/nor/this")
    for part in ("realm: the tenant name", "/no/such (from --client-secret-file)", "/nor/this (from --authorization"):
        assert part in str(caught.value)


def test_every_file_that_cannot_be_read_is_named_once() -> None:
    with pytest.raises(UsageProblem) as caught:
        gathered(client_secret_file="/no/such", authorization_file="/nor/this")
    assert [line.partition(" ")[0] for line in str(caught.value).splitlines()] == ["/no/such", "/nor/this"]


def test_an_empty_value_is_given_and_not_absent() -> None:
    assert only("client_secret", gathered({**VALUES, "ATACCAMA_CLIENT_SECRET": ""})).value == ""


def test_a_file_with_several_lines_is_the_value_and_its_lines_are_secrets_too(tmp_path: Path) -> None:
    content = b"ATACCAMA_URL=https://localhost:1\nclient_secret: 'a-long-secret'\nmy-client\nhttps://localhost:1\n}\n"
    found = gathered(client_secret_file=secret_file(tmp_path, content))
    assert only("client_secret", found).value == content.decode()
    lines = ("ATACCAMA_URL=https://localhost:1", "client_secret: 'a-long-secret'", "a-long-secret")
    assert found.other_secrets == lines


def test_a_file_with_one_line_has_no_other_secrets(tmp_path: Path) -> None:
    assert gathered(client_secret_file=secret_file(tmp_path, b"\n  a-long-secret\n\n")).other_secrets == ()


def test_the_values_are_in_no_representation() -> None:
    assert SECRET not in repr(gathered())


@pytest.mark.skipif(os.name != "posix", reason="the mode of a file is POSIX's")
@pytest.mark.parametrize(("mode", "exposed"), [(0o600, None), (0o644, "mode 0644"), (0o640, "mode 0640")])
def test_a_secret_file_that_others_can_read_is_said_to_be(
    tmp_path: Path, mode: int, exposed: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doctor.sources.exposure._reachable", lambda path: True)
    assert only("client_secret", gathered(client_secret_file=secret_file(tmp_path, b"x", mode))).exposed == exposed


def test_a_file_in_a_folder_that_is_shut_is_not_exposed_by_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert only("client_secret", gathered(client_secret_file=secret_file(tmp_path, b"x", 0o644))).exposed is None


def test_a_secret_file_that_git_does_not_ignore_is_said_to_be(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    subprocess.run(("git", "init", "--quiet", str(tmp_path)), check=True)
    path = secret_file(tmp_path, b"x")
    assert only("client_secret", gathered(client_secret_file=path)).exposed == "not ignored by git"
    (tmp_path / ".gitignore").write_text("secret.txt\n")
    assert only("client_secret", gathered(client_secret_file=path)).exposed is None
    subprocess.run(("git", "-C", str(tmp_path), "add", "--force", "secret.txt"), check=True)
    assert only("client_secret", gathered(client_secret_file=path)).exposed == "tracked by git"


@pytest.mark.parametrize(
    ("flags", "environ", "sentence"),
    [
        (
            {"client_secret_file": "/no/such"},
            {},
            r"/no/such \(from --client-secret-file\) cannot be read: No such file",
        ),
        ({"client_secret_file": "/"}, {}, "cannot be read: Is a directory"),
        ({"client_secret_file": "a\x00b"}, {}, "cannot be read: no file has such a name"),
        ({"client_secret_file": ""}, {}, "cannot be read"),
        ({"client_secret_file": SECRET}, {}, "looks like the secret itself"),
        ({}, {"ATACCAMA_CLIENT_SECRET_FILE": "x"}, "are both set"),
        ({"client_secret_file": "-", "access_token_file": "-"}, {}, "both read standard input"),
        ({"client_secret_file": "x", "command": "true"}, {}, "were both given"),
        ({"realm": "\udcff"}, {}, "--realm is not UTF-8"),
        ({}, {"ATACCAMA_REALM": "\udcff"}, "ATACCAMA_REALM is not UTF-8"),
        ({"command": "'"}, {}, "nothing closes"),
        ({"command": ""}, {}, "is empty"),
        ({"command": "/no/such"}, {}, "cannot be started: No such file"),
        ({"command": f"{sys.executable} -c 'print(\"{SECRET}\"); exit(7)'"}, {}, "ended with exit code 7"),
        ({"command": "yes"}, {}, "larger than 1 MB"),
        ({"client_secret_file": "/dev/zero"}, {}, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(flags: dict[str, str], environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageProblem, match=sentence) as caught:
        gathered({**VALUES, **environ}, **flags)  # type: ignore[arg-type]
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfex\x00", b"caf\xe9"])
def test_bytes_that_are_no_utf_8_are_one_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsageProblem, match=r"not UTF-8 text.* Save it as UTF-8") as caught:
        gathered(client_secret_file=secret_file(tmp_path, content))
    assert ("UTF-16" in str(caught.value)) == content.startswith(b"\xff\xfe")


def test_a_shadowed_file_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    environ = {**without("ATACCAMA_CLIENT_SECRET"), "ATACCAMA_CLIENT_SECRET_FILE": "/no/such"}
    found = gathered(environ, client_secret_file=secret_file(tmp_path, b"x"))
    assert only("client_secret", found).shadowed == ()


def test_a_command_that_does_not_end_is_ended() -> None:
    with pytest.raises(UsageProblem, match=r"did not end within 0\.2 s"):
        from_command("--client-secret-command", "sleep 30", timeout=0.2)


@pytest.mark.parametrize(("text", "value"), [("90", 90), ("90s", 90), ("5m", 300), ("0.5s", 0.5), ("1440m", 86400)])
def test_durations_are_read(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "0", "-1", "5h", "1e3", "nan", "inf", " 5", "5 s", "1441m", "٣"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(UsageProblem, match="is not a duration: write 90, 90s or 5m"):
        seconds(text)
