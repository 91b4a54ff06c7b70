"""White space, invisible characters and twins of ASCII characters, in every setting."""

from tests.worlds.settings.typed import RIGHT, right_as_it_is, spoiled
from tests.worlds.world import Case, Change, client, realm, unchanged

_KEEPS = "keycloak.md 3: Keycloak trims nothing"
_WHITE = {
    "a line feed": "\n",
    "CR and LF": "\r\n",
    "a carriage return": "\r",
    "a tab": "\t",
    "a space": " ",
    "a no-break space": "\u00a0",
    "a line separator": "\u2028",
    "an ideographic space": "\u3000",
    "three line feeds": "\n\n\n",
    "a next line": "\u0085",
}
_INVISIBLE = {
    "a byte order mark": "\ufeff",
    "a zero-width space": "\u200b",
    "a soft hyphen": "\u00ad",
    "a right-to-left mark": "\u200f",
    "a left-to-right isolate": "\u2066",
    "a NUL": "\x00",
    "a word joiner": "\u2060",
    "an escape": "\x1b",
    "a variation selector": "\ufe0f",
}


def _edge(what: str, text: str, setting: str, *, start: bool) -> Case:
    where = "before" if start else "after"
    return Case(
        f"{what} {where} the {setting}",
        settings=spoiled(setting, lambda right: text + right if start else right + text),
        cause="edge-whitespace",
        setting=setting,
        confidence="certain",
        fact=_KEEPS,
    )


def _invisible(what: str, text: str, setting: str, where: str) -> Case:
    def put(right: str) -> str:
        at = {"before": 0, "inside": len(right) // 2, "after": len(right)}[where]
        return right[:at] + text + right[at:]

    return Case(
        f"{what} {where} the {setting}",
        settings=spoiled(setting, put),
        cause="invisible-character",
        setting=setting,
        confidence="certain",
        fact=_KEEPS,
    )


def _lines(what: str, text: str) -> Case:
    return Case(
        f"the file of the client secret has {what}",
        settings=spoiled("client_secret", text.format),
        cause="inner-whitespace",
        setting="client_secret",
        confidence="certain",
        fact=_KEEPS,
    )


def _inner(what: str, text: str, setting: str) -> Case:
    return Case(
        f"{what} inside the {setting}",
        settings=spoiled(setting, lambda right: right[: len(right) // 2] + text + right[len(right) // 2 :]),
        cause="inner-whitespace",
        setting=setting,
        confidence="certain",
        fact=_KEEPS,
    )


def _twin(what: str, right: str, typed: str, setting: str) -> Case:
    change: dict[str, Change] = {
        "client_id": client(client_id=right),
        "client_secret": client(secret=right),
        "realm": realm(name=right),
    }
    return Case(
        f"{what} in the {setting}",
        change.get(setting, unchanged),
        {setting: typed},
        cause="lookalike-character",
        setting=setting,
        confidence="certain",
    )


FAULTS = (
    *(_edge(what, text, "client_secret", start=start) for what, text in _WHITE.items() for start in (True, False)),
    *(_edge(what, _WHITE[what], name, start=False) for name in RIGHT for what in ("a line feed", "a no-break space")
      if name not in ("client_secret", "scope")),
    *(_edge("a space", " ", name, start=True) for name in RIGHT if name not in ("client_secret", "scope")),
    _edge("a line feed", "\n", "scope", start=False),
    _edge("a no-break space", "\u00a0", "scope", start=True),
    *(_invisible(what, text, "client_secret", where) for what, text in _INVISIBLE.items()
      for where in ("before", "inside", "after")),
    *(_invisible(what, _INVISIBLE[what], name, where) for name in RIGHT if name != "client_secret"
      for what in ("a byte order mark", "a zero-width space") for where in ("before", "after")),
    *(_invisible("a soft hyphen", "\u00ad", name, "inside") for name in ("client_id", "realm", "scope")),
    *(_inner(what, text, "client_secret") for what, text in _WHITE.items()),
    *(_inner(what, _WHITE[what], name) for name in ("client_id", "realm") for what in ("a line feed", "a space")),
    _lines("more lines after it", "{}\nof the demo client\nnever share\n"),
    _lines("a note before it", "# of the demo client\n{}\n"),
    _twin("an en dash", "demo-client", "demo\u2013client", "client_id"),
    _twin("a non-breaking hyphen", "demo-client", "demo\u2011client", "client_id"),
    _twin("a minus sign", "demo-client", "demo\u2212client", "client_id"),
    _twin("a Cyrillic letter", "demo-client", "d\u0435mo-client", "client_id"),
    _twin("full-width letters", "demo-client", "\uff44\uff45mo-client", "client_id"),
    _twin("a Cyrillic letter", "demo", "dem\u043e", "realm"),
    _twin("an em dash", "acme-tenant", "acme\u2014tenant", "realm"),
    _twin("a typographic apostrophe", "it's-a-long-secret-09", "it\u2019s-a-long-secret-09", "client_secret"),
    _twin("an en dash", "Zk3-9tRw-Qm2x-77", "Zk3\u20139tRw\u2013Qm2x\u201377", "client_secret"),
    _twin("a Cyrillic letter", "Zk39tRwQm2xTB77pC", "Zk39tRwQm2x\u0422\u041277pC", "client_secret"),
    _twin("full-width digits", "Zk39tRwQm2xTB77pC", "Zk\uff13\uff19tRwQm2xTB77pC", "client_secret"),
    _twin("an ellipsis", "Zk39...tRwQm2xTB", "Zk39\u2026tRwQm2xTB", "client_secret"),
)  # fmt: skip


HEALTHY = (
    right_as_it_is("a secret of four words", "inner-whitespace"),
    right_as_it_is("ends with a tab\t", "edge-whitespace"),
    right_as_it_is("it\u2019s\u2014meant\u2014so", "lookalike-character"),
    right_as_it_is("\u041f\u0430\u0440\u043e\u043b\u044c", "lookalike-character"),
    right_as_it_is("soft\u00adhyphen-was-stored", "invisible-character"),
    right_as_it_is("n\u00e4chste-\u00dcbung-12", "lookalike-character"),
    right_as_it_is("demo client", "inner-whitespace", "client_id"),
    right_as_it_is("d\u00e9mo-client", "lookalike-character", "client_id"),
    right_as_it_is("a tenant", "inner-whitespace", "realm"),
    right_as_it_is("\u0434\u0435\u043c\u043e", "lookalike-character", "realm"),
    Case("the scope is a list of two", settings={"scope": "profile email"}, resembles="inner-whitespace"),
    Case("the scope has two spaces inside and one after it", settings={"scope": "profile  email "},
         resembles="edge-whitespace", fact="RFC 6749 section 3.3; Keycloak splits at spaces"),
)  # fmt: skip
