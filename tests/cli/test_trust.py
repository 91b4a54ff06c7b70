"""Where the trust stores of a machine disagree, the report says who would fail; curl and requests prove it."""

import json
import subprocess
from pathlib import Path

import pytest
import requests

from doctor.sandbox import open_environment
from tests.cli.running import doctor, variables


def curl_connects(url: str, home: Path, **environ: str) -> bool:
    command = ("curl", "--silent", "--output", str(home / "out"), url)
    return subprocess.run(command, env={"PATH": "/usr/bin:/bin", **environ}, timeout=30, check=False).returncode == 0


def requests_connects(url: str, monkeypatch: pytest.MonkeyPatch, **environ: str) -> bool:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    try:
        requests.get(url, timeout=10)
    except requests.exceptions.SSLError:
        return False
    return True


def test_curl_connects_requests_does_not_and_the_setting_that_is_named_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_environment() as env:
        stores = {"REQUESTS_CA_BUNDLE": env.other_ca_bundle, "CURL_CA_BUNDLE": env.ca_bundle}
        done = doctor("check", "--format", "json", home=tmp_path, env=variables(env, **stores))
        diagnosis = json.loads(done.stdout)["targets"][0]["diagnosis"]

        assert (done.returncode, diagnosis["cause"]) == (1, "certificate-trusted-elsewhere")
        assert "So curl will connect, and Python programs with requests" in diagnosis["observed"]
        assert curl_connects(env.url, tmp_path, **stores)
        assert not requests_connects(env.url, monkeypatch, **stores)

        assert diagnosis["fix"].startswith(f"Set REQUESTS_CA_BUNDLE to {env.ca_bundle},")
        stores["REQUESTS_CA_BUNDLE"] = env.ca_bundle
        assert doctor("check", home=tmp_path, env=variables(env, **stores)).returncode == 0
        assert requests_connects(env.url, monkeypatch, **stores)


def test_a_bundle_that_only_openssl_reads_is_found(tmp_path: Path) -> None:
    with open_environment() as env:
        given = {name: value for name, value in variables(env).items() if name != "REQUESTS_CA_BUNDLE"}
        done = doctor("check", "--format", "json", home=tmp_path, env={**given, "SSL_CERT_FILE": env.ca_bundle})
        diagnosis = json.loads(done.stdout)["targets"][0]["diagnosis"]

        assert diagnosis["cause"] == "certificate-trusted-elsewhere"
        assert "the bundle in SSL_CERT_FILE does" in diagnosis["observed"]
        assert curl_connects(env.url, tmp_path, SSL_CERT_FILE=env.ca_bundle)
