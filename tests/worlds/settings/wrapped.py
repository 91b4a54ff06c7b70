"""Quotes and labels that came along from the file, page or command a value was copied from."""

from tests.worlds.settings.typed import RIGHT, spoiled
from tests.worlds.world import Case, client, realm

_QUOTES = {
    "double quotes": '"{}"',
    "single quotes": "'{}'",
    "backticks": "`{}`",
    "typographic double quotes": "\u201c{}\u201d",
    "typographic single quotes": "\u2018{}\u2019",
    "low and high quotes": "\u201e{}\u201c",
    "guillemets": "\u00ab{}\u00bb",
    "escaped quotes": '\\"{}\\"',
    "two kinds of quotes": "\"'{}'\"",
    "an opening double quote": '"{}',
    "a closing double quote": '{}"',
    "an opening single quote": "'{}",
    "a closing backtick": "{}`",
    "full-width quotes": "\uff02{}\uff02",
}
_LABELS = {
    "client_secret": (
        "client_secret={}",
        "client_secret: {}",
        "Client secret: {}",
        "Client Secret:{}",
        "CLIENT_SECRET={}",
        "ATACCAMA_CLIENT_SECRET={}",
        "export ATACCAMA_CLIENT_SECRET={}",
        'export ATACCAMA_CLIENT_SECRET="{}"',
        "set ATACCAMA_CLIENT_SECRET={}",
        '$env:ATACCAMA_CLIENT_SECRET = "{}"',
        '"client_secret": "{}"',
        '"client_secret": "{}",',
        "'client_secret': '{}',",
        "clientSecret: '{}'",
        'clientSecret = "{}";',
        "secret={}",
        "Secret\t{}",
        "Client secret\n{}",
        "- client_secret: {}",
        "-d client_secret={}",
        '--data-urlencode "client_secret={}"',
        "&client_secret={}",
        "--client-secret={}",
        "{},",
        "{};",
        '"{}",',
        "client-secret => {}",
        "spring.security.oauth2.client.registration.ataccama.client-secret={}",
        "<clientSecret>{}</clientSecret>",
        "ENV ATACCAMA_CLIENT_SECRET={}",
        "password: {}",
    ),
    "client_id": (
        "client_id={}",
        "Client ID: {}",
        "clientId: {}",
        '"client_id": "{}",',
        "export ATACCAMA_CLIENT_ID={}",
        "ID: {}",
        "{},",
        "&client_id={}",
    ),
    "realm": ("realm={}", "Realm: {}", "Tenant name: {}", "ATACCAMA_REALM={}", '"realm": "{}",', "{};", "tenant={}"),
    "url": ("URL: {}", "url={}", "ATACCAMA_URL={}", 'export ATACCAMA_URL="{}"', '"url": "{}",', "{},", "Domain: {}"),
    "scope": ("scope={}", "Scope: {}", '"scope": "{}"', "{},"),
    "token_url": ("token_url={}", "Token URL: {}", "POST {}", "ATACCAMA_TOKEN_URL={}", "{},", '"token_url": "{}",'),
    "api_url": ("api_url={}", "API URL: {}", "ATACCAMA_API_URL={}", "{};"),
}


def _quoted(what: str, form: str, setting: str) -> Case:
    return Case(
        f"{what} round the {setting}",
        settings=spoiled(setting, form.format),
        cause="quotes-kept",
        setting=setting,
        confidence="certain",
        fact="keycloak.md 3: quotes kept from a file make another secret",
    )


def _labelled(form: str, setting: str) -> Case:
    inside = form.replace(f'"{setting}"', "").replace(f"'{setting}'", "")
    return Case(
        f"the {setting} is given as {form!r}",
        settings=spoiled(setting, lambda right: form.replace("{}", right)),
        cause="label-pasted",
        setting=setting,
        confidence="certain",
        also=("quotes-kept",) if set(inside) & {'"', "'"} else (),
    )


FAULTS = (
    *(_quoted(what, form, "client_secret") for what, form in _QUOTES.items()),
    *(_quoted(what, _QUOTES[what], name) for name in RIGHT if name != "client_secret"
      for what in ("double quotes", "single quotes", "typographic double quotes")),
    *(_quoted("backticks", "`{}`", name) for name in ("client_id", "url", "token_url")),
    *(_labelled(form, setting) for setting, forms in _LABELS.items() for form in forms),
    Case(
        "quotes round the client_secret and spaces inside them",
        settings=spoiled("client_secret", lambda right: f'" {right} "'),
        cause="edge-whitespace",
        setting="client_secret",
        confidence="certain",
        also=("quotes-kept",),
    ),
    Case(
        "quotes round the client_secret and a line end behind them",
        settings=spoiled("client_secret", lambda right: f'"{right}"\r\n'),
        cause="edge-whitespace",
        setting="client_secret",
        confidence="certain",
        also=("quotes-kept",),
    ),
    Case(
        "a whole env file stands where the client_secret belongs",
        settings=spoiled("client_secret", lambda right: f"client_id=demo-client\nclient_secret={right}\n"),
        cause="label-pasted",
        setting="client_secret",
    ),
)  # fmt: skip


def _right(setting: str, value: str, resembles: str) -> Case:
    changes = {"client_secret": client(secret=value), "client_id": client(client_id=value), "realm": realm(name=value)}
    return Case(f"{value!r} is right as {setting}", changes[setting], {setting: value}, resembles=resembles)


HEALTHY = (
    _right("client_secret", "'single quoted'", "quotes-kept"),
    _right("client_secret", 'one"quote-inside', "quotes-kept"),
    _right("client_secret", 'ends with a quote"', "quotes-kept"),
    _right("client_secret", "`ticked`secret`", "quotes-kept"),
    _right("client_secret", "secret: right-as-it-is", "label-pasted"),
    _right("client_secret", "key=value;other=value;", "label-pasted"),
    _right("client_secret", "-d 12345678", "label-pasted"),
    _right("client_id", "client_id=demo", "label-pasted"),
    _right("client_id", "service:reader", "label-pasted"),
    _right("client_id", "demo-client,", "label-pasted"),
    _right("realm", "realm-demo", "label-pasted"),
    _right("realm", "'demo'", "quotes-kept"),
)
