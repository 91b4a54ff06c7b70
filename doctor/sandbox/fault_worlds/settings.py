"""Wrong before anything is sent: the environment is healthy, what was typed is not."""

import base64

from doctor.model.terms import Verdict
from doctor.sandbox.fault import Fault

FAULTS = (
    Fault("value-empty", "the client secret is empty", settings={"client_secret": ""}, setting="client_secret"),
    Fault(
        "placeholder-left",
        "the client secret is still the template's",
        settings={"client_secret": "<client-secret>"},
        setting="client_secret",
    ),
    Fault(
        "variable-not-expanded",
        "the client secret is a variable that nothing replaced",
        settings={"client_secret": "${ATACCAMA_CLIENT_SECRET}"},
        setting="client_secret",
    ),
    Fault(
        "edge-whitespace",
        "the client secret ends with a line feed",
        settings={"client_secret": lambda env: env.client_secret + "\n"},
        setting="client_secret",
    ),
    Fault(
        "inner-whitespace",
        "the client secret was wrapped onto two lines",
        settings={"client_secret": lambda env: f"{env.client_secret[:16]}\n{env.client_secret[16:]}"},
        setting="client_secret",
    ),
    Fault(
        "invisible-character",
        "the client secret begins with a byte order mark",
        settings={"client_secret": lambda env: "\ufeff" + env.client_secret},
        setting="client_secret",
    ),
    Fault(
        "lookalike-character",
        "the client ID holds an en dash where a hyphen belongs",
        settings={"client_id": lambda env: env.client_id.replace("-", "\u2013")},
        setting="client_id",
    ),
    Fault(
        "quotes-kept",
        "the client secret is still in its quotes",
        settings={"client_secret": lambda env: f'"{env.client_secret}"'},
        setting="client_secret",
    ),
    Fault(
        "label-pasted",
        "the name of the client secret was pasted with it",
        settings={"client_secret": lambda env: f"client_secret={env.client_secret}"},
        setting="client_secret",
    ),
    Fault(
        "encoded-value",
        "the client secret is the Base64 of the real one",
        settings={"client_secret": lambda env: base64.b64encode(env.client_secret.encode()).decode()},
        setting="client_secret",
    ),
    Fault(
        "swapped-values",
        "client ID and client secret stand in each other's place",
        settings={"client_id": lambda env: env.client_secret, "client_secret": lambda env: env.client_id},
    ),
    Fault(
        "wrong-artefact",
        "an access token was given as the client secret",
        settings={"client_secret": lambda env: env.mint()},
        setting="client_secret",
    ),
    Fault("url-malformed", "the URL has no host", settings={"url": "https:///demo"}),
    Fault("url-not-https", "the URL begins with http://", settings={"url": "http://demo.invalid"}),
    Fault(
        "url-extra-parts",
        "the token URL was given as the environment",
        settings={"url": lambda env: env.token_endpoint},
        verdict=Verdict.WARNINGS,
    ),
    Fault("url-doubled-suffix", "the scheme stands twice", settings={"url": lambda env: f"https://{env.url}"}),
    Fault(
        "url-not-an-environment",
        "the URL is that of the documentation",
        settings={"url": "https://docs.ataccama.com"},
    ),
    Fault("realm-not-a-name", "the realm is a path", settings={"realm": lambda env: f"/auth/realms/{env.realm}"}),
    Fault(
        "secret-needs-encoding",
        "the client secret holds characters that curl -d would not send as they are",
        lambda world: world.with_client(secret=f"{world.client.secret}+&%41="),
        verdict=Verdict.HEALTHY,
    ),
    Fault(
        "api-host-differs",
        "the API is asked at another origin than the realm",
        settings={"api_url": lambda env: f"https://127.0.0.1:{env.port}"},
        verdict=Verdict.HEALTHY,
    ),
)
