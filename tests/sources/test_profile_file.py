"""A file of profiles is read, or each mistake in it is named with its place; no value of it is repeated."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from doctor.model.errors import UsageProblem
from doctor.sources.profile_file import load
from doctor.sources.profile_schema import profile_schema
from doctor.sources.profile_search import FILE
from tests.cli.running import SECRET, doctor

WHOLE = f"""\
default = "dev"

[profiles.dev]
url = "acme"
realm = "acme"
client_id = "catalog-sync"
client_secret = {{ env = "MY_SECRET" }}
scope = "phone"
get = ["/api/reference-data/v1/tables"]

[profiles.prod]
url = "https://acme.ataccama.one"
token_url = "https://id.acme.example/realms/acme/protocol/openid-connect/token"
api_url = "https://api.acme.example"
ca_bundle = "ca.pem"
proxy = "http://proxy.acme.example:3128"
client_secret = "{SECRET}"
get = "/api/catalog/v1/catalog-items"
"""


def said(folder: Path, text: str | bytes) -> str:
    path = folder / FILE
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageProblem) as caught:
        load(path, named=False)
    return str(caught.value).replace(f"{path}, ", "")


def test_several_environments_stand_in_one_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(WHOLE)
    file = load(tmp_path / FILE, named=False)
    assert (file.default, list(file.profiles)) == ("dev", ["dev", "prod"])
    assert file.profiles["prod"]["client_secret"] == SECRET


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("default", "\ufeffdefault")], ids=["CRLF", "byte order mark"])
def test_a_file_from_windows_is_read_too(tmp_path: Path, change: tuple[str, str]) -> None:
    (tmp_path / FILE).write_bytes(WHOLE.replace(*change).encode())
    assert load(tmp_path / FILE, named=False).profiles["dev"]["realm"] == "acme"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[profiles.dev]\nurl = acme\n", "line 2, column 7", "text stands in quotes"),
        ('[profiles.dev]\nurl = "acme\nrealm = "a"\n', "line 2, column 12", "a quotation mark is missing"),
        ("[profiles.dev]\nurl\n", "line 2, column 4", "= is missing"),
        ('[profiles.dev]\nurl = "a" b\n', "line 2, column 11", "the line goes on"),
        ('[profiles.dev]\nproxy = "C:\\x"\n', "line 2, column 14", "backslash"),
        ('[profiles.dev]\nurl = "a"\nurl = "b"\n', "line 3, column 10", "twice"),
        ('[profiles.dev]\nclient_secret = { env = "A"', "line 2, column 28", "}"),
        ("[profiles.dev\n", "line 1, column 14", "this is not TOML"),
        ('[profiles.dev]\n\n  clientid = "a"\n', "line 3, column 3", "client_id is"),
        ('[profiles.dev]\nscop = "a"\n', "line 2, column 1", "scope is"),
        ('[profiles.dev]\nauthorization = "a"\n', "line 2, column 1", "known are url, realm"),
        ("[profiles.dev]\r\nurl = 3\r\n", "line 2, column 1", 'url = "..."'),
        ('[profiles.dev]\nurl = """\na\n"""\nrealm = 1\n', "line 5, column 1", "realm is text"),
        ('[profiles.dev]\nclient_id = { env = "A" }\n', "line 2, column 1", "client_id is text"),
        ('[profiles.dev]\nclient_secret = { evn = "A" }\n', "line 2, column 1", "env, file, command, keyring"),
        ('[profiles.dev]\nclient_secret = { env = "A", file = "b" }\n', "line 2, column 1", "one reference"),
        ('[profiles.dev]\nclient_secret = { env = "" }\n', "line 2, column 1", "one reference"),
        ("[profiles.dev]\nclient_secret = {}\n", "line 2, column 1", "one reference"),
        ("[profiles.dev]\nget = []\n", "line 2, column 1", "a path or a list of paths"),
        ("[profiles.dev]\nget = [1]\n", "line 2, column 1", "a path or a list of paths"),
        ("profiles = 3\n", "line 1, column 1", "profiles are tables"),
        ("[profiles]\ndev = 1\n", "line 1, column 2", "profiles are tables"),
        ('url = "acme"\n', "line 1, column 1", "only default and [profiles.NAME]"),
        ('default = "x"\n[profiles.dev]\n[profiles.test]\n', "line 1, column 1", "it has dev and test"),
        ("default = 1\n", "line 1, column 1", "it has none"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    sentence = said(tmp_path, text)
    assert sentence.startswith(f"{place}: ")
    assert words in sentence


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    sentences = said(tmp_path, "[profiles.a]\nurl = 1\n[profiles.b]\nurl = 2\n").splitlines()
    assert [sentence.split(":")[0] for sentence in sentences] == ["line 2, column 1", "line 4, column 1"]


@pytest.mark.parametrize(
    "text",
    [
        f'[profiles.dev]\nclient_secret = "{SECRET}\n',
        f"[profiles.dev]\nclient_secret = {SECRET}\n",
        f'[profiles.dev]\n{SECRET} = "client_secret"\n',
        f'[profiles.dev]\nclient_secret = ["{SECRET}"]\n',
        f'[profiles.dev]\nclient_secret = "a" "{SECRET}"\n',
    ],
)
def test_no_mistake_shows_the_secret_beside_it(tmp_path: Path, text: str) -> None:
    assert SECRET not in said(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\xff\xfe", "is not UTF-8 text"), (b"#" * 100_001, "larger than 100 kB")],
)
def test_what_is_no_text_or_too_large_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in said(tmp_path, content)


def test_a_long_file_with_a_mistake_is_answered_at_once(tmp_path: Path) -> None:
    many = "".join(f'[profiles.p{n}]\nurl = "u"\n' for n in range(3000))
    assert said(tmp_path, f"{many}rlm = 1\n").startswith("line 6001, column 1: ")


# The schema is closed as the program is: both take the same files and refuse the same.

VALID = Draft202012Validator(profile_schema())


def parsed(text: str) -> object:
    import tomllib

    return tomllib.loads(text)


def test_the_schema_is_one_and_takes_a_whole_file() -> None:
    Draft202012Validator.check_schema(profile_schema())
    VALID.validate(parsed(WHOLE))


@pytest.mark.parametrize(
    "text",
    [
        'url = "a"',
        "[profiles.dev]\nurl = 1",
        '[profiles.dev]\nclientid = "a"',
        '[profiles.dev]\nclient_id = { env = "A" }',
        '[profiles.dev]\nclient_secret = { evn = "A" }',
        '[profiles.dev]\nclient_secret = { env = "A", file = "b" }',
        '[profiles.dev]\nclient_secret = { env = "" }',
        "[profiles.dev]\nclient_secret = {}",
        "[profiles.dev]\nget = []",
        "[profiles.dev]\nget = [1]",
        "[profiles]\ndev = 1",
        "default = 1",
    ],
)
def test_what_the_program_refuses_an_editor_marks(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text)
    assert not VALID.is_valid(parsed(text))


def test_the_schema_is_printed(tmp_path: Path) -> None:
    assert json.loads(doctor("schema", "--profiles", home=tmp_path).stdout) == profile_schema()
