"""What was typed: wrong before anything is sent, or odd and right."""

from tests.worlds.world import Case, client

SPECIAL = "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ and letters 09"

FAULTS: tuple[Case, ...] = ()


def _with_secret(secret: str, resembles: str) -> Case:
    return Case(
        f"a secret of {len(secret)} characters that ends in {secret[-1]!r}",
        client(secret=secret),
        {"client_secret": secret},
        resembles=resembles,
    )


HEALTHY = (
    Case("nothing is unusual"),
    _with_secret(SPECIAL, "secret-needs-encoding"),
    _with_secret("ends-with-equals==", "encoded-value"),
    _with_secret("ends-with-semicolon;", "label-pasted"),
    _with_secret("ends-with-comma,", "label-pasted"),
    _with_secret('"quoted-but-right"', "quotes-kept"),
    _with_secret("client_secret=right-as-it-is", "label-pasted"),
    _with_secret("Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4", "encoded-value"),
    _with_secret("a%20b%2Bc%3D12345", "encoded-value"),
    _with_secret(" leading and trailing space ", "edge-whitespace"),
    _with_secret("$ecret$12345678", "variable-not-expanded"),
    _with_secret("q9Zt" * 64, "wrong-artefact"),
    _with_secret("Пароль-с-буквами", "lookalike-character"),
    Case("the URL has a slash at its end", settings={"url": lambda env: f"{env.url}/"}, resembles="url-extra-parts"),
    Case(
        "the URL is given without scheme",
        settings={"url": lambda env: env.url.removeprefix("https://")},
        resembles="url-malformed",
    ),
)
