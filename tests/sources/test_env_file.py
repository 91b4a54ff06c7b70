"""An env file is read as python-dotenv does, and compared with docker compose and with the line as it stands."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from doctor.model.errors import UsageProblem
from doctor.model.facts.settings import Loader
from doctor.model.terms import SettingName
from doctor.sources import Flags, Gathered, Surroundings, gather
from doctor.sources.compose import reading
from doctor.sources.env_file import EnvFile, read
from tests.cli.running import SECRET, VALUES

S, C, R = "ATACCAMA_CLIENT_SECRET", Loader.COMPOSE, Loader.AS_IT_STANDS


def file(folder: Path, content: str | bytes) -> EnvFile:
    path = folder / ".env"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(0o600)
    return read(str(path), {"HOME": "/home/me"})


@pytest.mark.parametrize(
    ("line", "value", "others"),
    [
        (f"{S}=abc", "abc", {}),
        (f"export {S}=abc", "abc", {}),
        (f"{S} = abc", "abc", {R: " abc"}),
        (f'{S}="abc"', "abc", {R: '"abc"'}),
        (f"{S}='abc'", "abc", {R: "'abc'"}),
        (f"{S}=abc\r", "abc", {R: "abc\r"}),
        (f'{S}="abc"\r', "abc", {R: '"abc"\r'}),
        (f"{S}=abc # note", "abc", {R: "abc # note"}),
        (f"{S}=abc#d", "abc#d", {}),
        (f"{S}=abc\t#d", "abc", {C: "abc\t#d", R: "abc\t#d"}),
        (f"{S}='abc #d'", "abc #d", {R: "'abc #d'"}),
        (f"{S}=ab$cd", "ab$cd", {C: "ab"}),
        (f"{S}='ab$cd'", "ab$cd", {R: "'ab$cd'"}),
        (f"{S}=ab$$cd", "ab$$cd", {C: "ab$cd"}),
        (f"{S}=ab$1", "ab$1", {C: None}),
        (f"{S}=${{HOME}}", "/home/me", {R: "${HOME}"}),
        (f"{S}=${{NOT_SET}}", "", {R: "${NOT_SET}"}),
        (f"{S}=${{NOT_SET:-x}}", "x", {R: "${NOT_SET:-x}"}),
        (f"{S}=${{NOT_SET-x}}", "", {C: "x", R: "${NOT_SET-x}"}),
        (f"{S}='${{HOME}}'", "/home/me", {C: "${HOME}", R: "'${HOME}'"}),
        (f'{S}="a\\nb"', "a\nb", {R: '"a\\nb"'}),
        (f'{S}="a\\\\b"', "a\\b", {R: '"a\\\\b"'}),
        (f'{S}="a\\qb"', "a\\qb", {R: '"a\\qb"'}),
        (f'{S}="abc', '"abc', {C: None}),
        (f"{S}=", "", {}),
        (f"{S}=“abc”", "“abc”", {}),
    ],
)
def test_a_line_as_each_loader_reads_it(
    tmp_path: Path, line: str, value: str, others: Mapping[Loader, str | None]
) -> None:
    (text,) = file(tmp_path, f"# a comment\n\n{line}\n").of(S)
    assert (text.value, text.source) == (value, ".env, line 3")
    assert text.line is not None
    assert {each.loader: each.value for each in text.line.others} == others


@pytest.mark.parametrize(
    "line", ["a", '"a"', "'a'", "a # b", "a#b", "a$b", "${HOME}", "'${X}'", '"a\\nb"', " a ", "# b"]
)
def test_the_value_in_force_is_what_python_dotenv_gives_a_program(
    tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    content = f"{S}={line}\n"
    assert file(tmp_path, content).of(S)[0].value == dotenv_values(stream=StringIO(content))[S]


@pytest.mark.parametrize(
    ("behind", "value"),
    [
        ("${X}", "1"), ("$X", "1"), ("$Xy", ""), ("${X:-d}", "1"), ("${E:-d}", "d"), ("${E-d}", ""), ("${U-d}", "d"),
        ("${X:+d}", "d"), ("${E:+d}", ""), ("${E+d}", "d"), ("${U+d}", ""), ("${X", None), ("$", None), ("a$", None),
        ("'a\\'b'", "a'b"), ('"a\\"b"', 'a"b'), ('"$X"', "1"), ("'a", None), ('"a', None), ("a\\nb", "a\\nb"),
    ],
)  # fmt: skip
def test_docker_composes_own_rules(behind: str, value: str | None) -> None:
    assert reading(behind, {"X": "1", "E": ""}) == value


def test_a_byte_order_mark_hides_the_first_name_from_plain_programs_alone(tmp_path: Path) -> None:
    found = file(tmp_path, f"\ufeff{S}=abc\nATACCAMA_REALM=acme\n")
    lines = [text.line for name in (S, "ATACCAMA_REALM") for text in found.of(name)]
    assert [[(each.loader, each.value) for each in line.others] for line in lines if line] == [[(R, None)], []]


def test_the_last_of_several_lines_is_in_force(tmp_path: Path) -> None:
    texts = file(tmp_path, f"{S}=a\n{S}=b\n").of(S)
    assert [(text.value, text.source) for text in texts] == [("b", ".env, line 2"), ("a", ".env, line 1")]


def test_a_value_over_several_lines_is_one_value(tmp_path: Path) -> None:
    found = file(tmp_path, f'{S}="a\nb"\nATACCAMA_REALM=acme\n')
    assert [found.of(name)[0].value for name in (S, "ATACCAMA_REALM")] == ["a\nb", "acme"]
    assert found.of("ATACCAMA_REALM")[0].source == ".env, line 3"


def test_names_that_nothing_reads_are_told_with_their_line(tmp_path: Path) -> None:
    found = file(tmp_path, "PORT=1\nCLIENT_SECRET=x\nATACCAMA_CLIENTID=y\n")
    assert [(each.name, each.source, each.meant) for each in found.unused] == [
        ("CLIENT_SECRET", ".env, line 2", S),
        ("ATACCAMA_CLIENTID", ".env, line 3", "ATACCAMA_CLIENT_ID"),
    ]


def test_other_secrets_of_the_file_are_known_and_names_of_settings_are_not(tmp_path: Path) -> None:
    found = file(
        tmp_path, f"DB_PASSWORD=hunter2hunter2\nX={SECRET}\nATACCAMA_URL=https://acme.example\nLEVEL=verbose-1\n"
    )
    assert set(found.other_secrets) == {"hunter2hunter2", SECRET}


def gathered(folder: Path, content: str, environ: Mapping[str, str] = VALUES, realm: str | None = None) -> Gathered:
    (folder / ".env").write_text(content)
    (folder / ".env").chmod(0o600)
    flags = Flags({SettingName.REALM: realm}, {}, env_file=str(folder / ".env"))
    return gather(flags, Surroundings(environ, lambda _: b""))


def test_the_file_wins_over_the_variables_and_an_option_over_the_file(tmp_path: Path) -> None:
    found = gathered(tmp_path, "ATACCAMA_REALM=file\nATACCAMA_CLIENT_ID=file\n", realm="option")
    given = {each.name.value: each for each in found.given}
    assert (given["realm"].value, given["client_id"].value) == ("option", "file")
    assert [other.source for other in given["realm"].shadowed] == [".env, line 1", "ATACCAMA_REALM"]


def test_the_files_twin_names_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    found = gathered(tmp_path, f"{S}_FILE={tmp_path / 'secret'}\n")
    secret = next(each for each in found.given if each.name == "client_secret")
    assert (secret.value, secret.source) == ("x", f"{S}_FILE in .env, line 1")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(f"{S}=a\n{S}_FILE=b\n", "are both set in .*env"), (b"\xff", "not UTF-8"), (None, "cannot be read: No such file")],
)
def test_what_cannot_be_read_or_meant_is_one_sentence(
    tmp_path: Path, content: str | bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / ".env").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageProblem, match=sentence):
        gather(Flags({}, {}, env_file=str(tmp_path / ".env")), Surroundings(VALUES, lambda _: b""))


def test_a_secret_in_a_file_that_others_can_read_is_exposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doctor.sources.exposure._reachable", lambda _: True)
    (tmp_path / ".env").write_text(f"{S}=x\nATACCAMA_REALM=a\n")
    (tmp_path / ".env").chmod(0o644)
    found = gather(Flags({}, {}, env_file=str(tmp_path / ".env")), Surroundings(VALUES, lambda _: b""))
    assert {each.name.value: each.exposed for each in found.given if each.exposed} == {"client_secret": "mode 0644"}
