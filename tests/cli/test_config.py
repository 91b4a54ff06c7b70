"""``config`` shows each setting in force, where it came from and what it hides, and no secret."""

from pathlib import Path

import pytest

from tests.cli.running import SECRET, VALUES, doctor

FILE = "ataccama-doctor.toml"
DEFAULT = 'default = "dev"\n'
PROFILE = f'[profiles.dev]\nurl = "acme"\nrealm = "beta"\nclient_id = "x"\nclient_secret = "{SECRET}"\n'


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_setting_is_shown_with_its_source_and_what_it_hides(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(DEFAULT + PROFILE)
    env = {"ATACCAMA_REALM": "acme ", "ATACCAMA_CLIENT_SECRET": SECRET[::-1]}
    done = doctor("config", "--url", "other", home=tmp_path, env=env)
    shown = words(done.stdout)
    hidden = "also given and not used: profile dev in ataccama-doctor.toml"
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Profile dev in {tmp_path / FILE} is in force." in shown
    assert f"url: other from --url; {hidden}" in shown
    assert f"realm: 'acme ' from ATACCAMA_REALM; {hidden}" in shown
    assert "client_id: x from profile dev in ataccama-doctor.toml" in shown
    assert "client_secret: not shown, fingerprint " in shown
    assert SECRET not in done.stdout
    assert SECRET[::-1] not in done.stdout


def test_proxy_and_ca_bundle_are_shown_with_the_variable_they_came_from(tmp_path: Path) -> None:
    env = {"HTTPS_PROXY": f"http://me:{SECRET}@proxy.example:3128", "CURL_CA_BUNDLE": "/some/ca.pem"}
    done = doctor("config", "--url", "acme", "--realm", "acme", home=tmp_path, env=env)
    assert "proxy: http://proxy.example:3128 from HTTPS_PROXY" in words(done.stdout)
    assert "ca_bundle: /some/ca.pem from CURL_CA_BUNDLE" in words(done.stdout)
    assert SECRET not in done.stdout


def test_what_is_absent_and_what_is_set_in_vain_is_shown(tmp_path: Path) -> None:
    env = {"ATACCAMA_CLIENTID": "x", "ATACAMA_URL": "acme", "ATACCAMA_CLIENTSECRET": SECRET}
    done = doctor("config", home=tmp_path, env=env)
    shown = words(done.stdout)
    assert done.returncode == 0
    assert "No profile is in force: there is no ataccama-doctor.toml" in shown
    assert "realm: the tenant name, as the Cloud Portal states it" in shown
    assert "ATACCAMA_CLIENTID is set in the environment and not read; the name is ATACCAMA_CLIENT_ID." in shown
    assert "ATACAMA_URL is set in the environment and not read; the name is ATACCAMA_URL." in shown
    assert SECRET not in done.stdout


def test_profiles_that_are_there_and_not_in_force_are_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(PROFILE)
    assert f"{tmp_path / FILE} has dev and no default" in words(doctor("config", home=tmp_path, env={}).stdout)


def test_a_value_that_cannot_be_read_is_told_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        'default = "dev"\n[profiles.dev]\nurl = "acme"\nclient_secret = { command = "pass" }\n'
    )
    done = doctor("config", home=tmp_path, env={})
    assert done.returncode == 0
    assert "url: acme from profile dev" in words(done.stdout)
    assert "was merely found, so the command in it for the client secret was not run" in words(done.stdout)


def test_a_placeholder_is_shown_as_it_stands(tmp_path: Path) -> None:
    done = doctor("config", home=tmp_path, env={**VALUES, "ATACCAMA_CLIENT_SECRET": "<client-secret>"})
    assert "client_secret: <client-secret> from ATACCAMA_CLIENT_SECRET" in words(done.stdout)


def test_a_terminals_commands_in_a_value_do_nothing(tmp_path: Path) -> None:
    done = doctor("config", home=tmp_path, env={**VALUES, "ATACCAMA_REALM": "a\x1b[2Jb"})
    assert "realm: a\\x1b[2Jb" in done.stdout


def test_a_mistake_in_the_file_ends_with_2_and_its_place(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[profiles.dev]\nrealm = 1\n")
    done = doctor("config", home=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path / FILE}, line 2, column 1: realm is text in quotes" in done.stderr


@pytest.mark.parametrize("command", [("check", "--format", "json"), ("check", "-v"), ("check", "--format", "html")])
def test_every_report_says_what_is_set_in_vain(command: tuple[str, ...], tmp_path: Path) -> None:
    done = doctor(*command, home=tmp_path, env={**VALUES, "ATACCAMA_CLIENTSECRET": SECRET[::-1]})
    assert "ATACCAMA_CLIENTSECRET is set in the environment and not read" in words(done.stdout)
    assert SECRET[::-1] not in done.stdout


def test_a_value_that_is_absent_is_told_with_the_name_it_was_given_under(tmp_path: Path) -> None:
    env = {name: value for name, value in VALUES.items() if name != "ATACCAMA_REALM"}
    done = doctor("check", home=tmp_path, env={**env, "ATACCAMA_TENANT": "acme"})
    assert done.returncode == 2
    assert "ATACCAMA_TENANT is set in the environment and not read; the name is ATACCAMA_REALM." in words(done.stderr)


def test_the_text_report_shows_each_settings_source(tmp_path: Path) -> None:
    shown = words(doctor("check", "-v", "--realm", "other", home=tmp_path).stdout)
    assert "realm: other from --realm; also given and not used: ATACCAMA_REALM" in shown
