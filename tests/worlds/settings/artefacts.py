"""Another kind of thing in a setting's place."""

import base64

from tests.worlds.settings.typed import spoiled
from tests.worlds.world import Case, Typed, client, realm

_PEM = "-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAw\n-----END PRIVATE KEY-----\n"
_UUID = "0b7e1c52-6a0f-4a55-9d1b-3f0f6f1f2a77"


def _wrong(what: str, setting: str, typed: Typed) -> Case:
    return Case(
        f"{what} stands where the {setting} belongs",
        settings={setting: typed},
        cause="wrong-artefact",
        setting=setting,
        fact="ataccama.md G11 to G13",
    )


FAULTS = (
    _wrong("an access token", "client_secret", lambda env: env.mint()),
    _wrong("an access token with a line end", "client_secret", lambda env: f"{env.mint()}"),
    _wrong("an Authorization value", "client_secret", lambda env: f"Bearer {env.mint()}"),
    _wrong("an Authorization header", "client_secret", lambda env: f"Authorization: Bearer {env.mint()}"),
    _wrong("a private key", "client_secret", _PEM),
    _wrong("a URL", "client_secret", "https://acme.example/secrets/42"),
    _wrong("a token URL", "client_secret", lambda env: env.token_endpoint),
    _wrong("an e-mail address", "client_id", "jane.doe@example.com"),
    _wrong("an access token", "client_id", lambda env: env.mint()),
    _wrong("a private key", "client_id", _PEM),
    _wrong("a URL", "client_id", lambda env: env.url),
    _wrong("an e-mail address", "realm", "jane.doe@example.com"),
    _wrong("an access token", "realm", lambda env: env.mint()),
    Case(
        "the Basic header of this client stands where the client_secret belongs",
        settings=spoiled("client_secret", lambda s: "Basic " + base64.b64encode(f"demo-client:{s}".encode()).decode()),
        cause="wrong-artefact",
        setting="client_secret",
    ),
    Case(
        "the JSON of the API client stands where the client_secret belongs",
        settings=spoiled("client_secret", lambda s: f'{{"client_id": "demo-client", "client_secret": "{s}"}}'),
        cause="wrong-artefact",
        setting="client_secret",
        confidence="certain",
    ),
    Case(
        "a curl command stands where the client_secret belongs",
        settings=spoiled(
            "client_secret", lambda s: f'curl -d client_id=demo-client -d "client_secret={s}" https://acme.example'
        ),
        cause="wrong-artefact",
        setting="client_secret",
    ),
    Case(
        "the API key of an orchestrator stands where the client_secret belongs",
        settings={"client_secret": "ol_9f8e7d6c5b4a39281706f5e4d3c2b1a0"},
        cause="client-secret-mismatch",
        setting="client_secret",
        fact="ataccama.md G12: nothing tells such a key by its form",
    ),
)


def _right(what: str, value: str, setting: str = "client_secret") -> Case:
    changes = {"client_secret": client(secret=value), "client_id": client(client_id=value), "realm": realm(name=value)}
    return Case(f"{what} is right as {setting}", changes[setting], {setting: value}, resembles="wrong-artefact")


HEALTHY = (
    _right("a UUID", _UUID),
    _right("a UUID", _UUID, "client_id"),
    _right("a UUID", _UUID, "realm"),
    _right("something with an @", "jane@doe.example-secret"),
    _right("something that begins like a JWT", "eyJhbGciOi-is-a-secret"),
    _right("three parts with dots", "eyJaaaa.bbbbbbb.ccccccc"),
    _right("a URL", "https://acme.example/app", "client_id"),
    _right("an e-mail address", "reader@acme.example", "client_id"),
    _right("something in braces", '{"a":1}'),
    _right("the word Bearer with more", "Bearer 123456789"),
    _right("a name with a dot", "acme.example", "realm"),
)
