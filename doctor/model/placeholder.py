"""Values that are no values: a template's own text, a mask, a reference that nothing replaced.

What is recognised here is never sent, and is shown as no secret. So a rule matches the whole value, and for a secret
it asks for real words: a generated secret may begin with ``$`` or ``{`` by chance.
"""

import re
from urllib.parse import unquote

from doctor.model.pattern import Pattern
from doctor.model.terms import URLS, SettingName

_LONGEST = 200
_RANDOM = frozenset({name for name in SettingName if name.secret} | {SettingName.CLIENT_ID})
"""Settings that may hold random characters: the client id too, where id and secret were swapped."""
_TOKENS = frozenset({SettingName.AUTHORIZATION, SettingName.ACCESS_TOKEN})
_HINT = Pattern(
    r"secret|client|realm|tenant|environment|env\b|url|domain|host|token|ataccama|password|cred|name|value|key|your|scope",
    re.IGNORECASE,
)
_WORDS = Pattern(r"(?:[A-Z]?[a-z]+|[A-Z]+)(?:[ _\-./']+(?:[A-Z]?[a-z]+|[A-Z]+))+")
_VARIABLE_WORD = Pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UPPER = Pattern(r"_*[A-Z]+(?:_+[A-Z]+|_+\d{1,3}|\d)*")

_MASKING = "*?#_.-\u2022\u25cf\u2219\u00b7\u25aa\u2588\u25e6\uff0a"
_MASK = Pattern(
    rf"([{re.escape(_MASKING)}])\1{{2,}}|\u2026+|[xX]{{3,}}(?:[-_ ][xX]{{2,}})*",
    holds=(*(3 * sign for sign in _MASKING), "\u2026", "xx", "xX", "Xx", "XX"),
)
_PARTLY_MASKED = Pattern(
    r"[A-Za-z0-9]{0,6}(?:\*{6,}|[\u2022\u25cf]{3,})[A-Za-z0-9]{0,6}", holds=("******", *"\u2022\u25cf")
)
_BRACKETED = Pattern(r"<(?P<a>[^<>]+)>|\{(?P<b>[^{}]+)\}|\[(?P<c>[^\[\]]+)\]|\((?P<d>[^()]+)\)", holds="<{[(")
_TOLD = Pattern(
    r"your[-_ .][a-z]+(?:[-_ .][a-z]+)*\d?|your(?:client|environment|realm|tenant|secret|domain|company)[a-z]*"
    r"|(?:please[-_ ])?(?:change|replace|fill|update|set|put|edit)[-_ ]?(?:me|this|it)(?:[-_ ](?:please|now|in|here))?"
    r"|(?:insert|enter|paste|put|add|type|copy)[-_ ](?:[a-z]+[-_ ]){0,4}here"
    r"|(?:[a-z]+[-_ ]){0,2}(?:secret|id|token|realm|url|name)[-_ ]?here"
    r"|(?:replace|change)[-_ ](?:with|by|to)[-_ ][a-z]+(?:[-_ ][a-z]+)*"
    r"|client[-_ ]?(?:secret|id)|realm[-_ ]name|tenant[-_ ]name|environment[-_ ]name"
    r"|to[-_ ]?do|tbd|tba|fix[-_ ]?me|placeholder|n/a|redacted"
    r"|[\[<(*]{1,3}(?:redacted|masked|hidden|filtered|sensitive|secure|concealed|secret)[\])>*]{1,3}",
    holds=(
        *("your", "me", "this", "it", "here", "with", "by", "to", "name", "tbd", "tba", "placeholder"),
        *("n/a", "redacted", "[", "<", "(", "*"),
        *(f"client{sign}{what}" for sign in ("", "-", "_", " ") for what in ("id", "secret")),
    ),
)
"""In lower case: a pattern of this size takes twice as long to compile where it ignores case, at every start."""
_ELIDED = Pattern(r"eyJ[\w\-]*(?:\.[\w\-]*)*(?:\.{3}|\u2026)", holds=("...", "\u2026"))
"""A token cut short, as the vendor's page shows one."""
_YOUR_HOST = Pattern(
    r"(?:[A-Za-z]+:/*)?(your[-_]?(?:domain|host|environment|env|server|url|keycloak|company|tenant|instance|org)[\w-]*)"
    r"(?=[./:]|$)",
    re.IGNORECASE,
    holds=("your",),
)
_IN_URL = Pattern(r"\{[^{}/]{1,80}\}|<[^<>/]{1,80}>|\[[A-Za-z][\w\- ]{1,80}\]", holds="{<[")
_HOST_LABEL = Pattern(r"^(?:[A-Za-z]+:/*)?([^./:?#\s]+)\.ataccama\.one", re.IGNORECASE, holds=(".ataccama.",))

_REFERENCE = Pattern(
    r"\$+\{\s*(?P<braced>[A-Za-z_][^{}]*)\}|\$\{\{.*\}\}|\{\{.*\}\}|<%.*%>|\$\[\[?.*\]\]?"
    r"|\$\((?P<command>[A-Za-z./][\w./\-]*(?:\s.*)?)\)"
    r"|`(?P<ticked>(?:cat|echo|pass|vault|aws|gcloud|az|op|kubectl|printf|security)\s.*)`"
    r"|%env\([A-Za-z_][\w:.]*\)%|\{(?:env|file|secret|vault|ssm|cf):[A-Za-z_/][\w./\-]*\}"
    r"|#\{\s*[A-Za-z_][\w.\- ]*\}#?|%[{(][A-Za-z_][\w.\- ]*[)}]s?|!\{[A-Za-z_][\w.\- ]*\}"
    r"|@Microsoft\.KeyVault\(.*\)|(?:op|ref\+[a-z]+|secretref)://.+|vault:secret/.+|arn:aws:secretsmanager:.+"
    r"|(?:process\.env|os\.environ|System\.getenv)\W.*",
    re.DOTALL,
    holds=(*"$`%#!{", "<%", "@Microsoft.", "://", "vault:", "arn:", "process.env", "os.environ", "System.getenv"),
)
_NAMED = Pattern(r"(?:\$+\{?|\$env:|%|!|@@?|__)(?P<name>[A-Za-z_]\w*?)(?:%|!|@@?|__)?", holds=(*"$%!@", "__"))
_CLOSING = (("$", ""), ("%", "%"), ("!", "!"), ("@@", "@@"), ("@", "@"), ("__", "__"))
_NOTHING = frozenset(
    {"<no value>", "<nil>", "<null>", "(null)", "null", "NULL", "None", "nil", "undefined", "[object Object]"}
)
_VARIABLE_IN_URL = Pattern(
    r"\$\{[^{}]+\}|\$\([\w.]+\)|<no value>|\{\{[^{}]*\}\}|\$[A-Za-z_]\w*|#\{[^{}]+\}#?"
    r"|%(?![0-9A-Fa-f]{2})[A-Za-z_]\w*%",
    holds="$<{%",
)


def variable_in(name: SettingName, text: str) -> str | None:
    """Return the reference that nothing replaced, as it can be shown, or None."""
    if name in URLS:
        found = _VARIABLE_IN_URL.search(_front(text))
        label = _HOST_LABEL.match(_front(text))
        return _short(found.group()) if found else _nothing(text) or (label and _nothing(label[1]))
    if len(text) > _LONGEST:
        return None
    return _nothing(text) or _reference(name, text)


def placeholder_in(name: SettingName, text: str) -> str | None:
    """Return the template's own text or the mask, as it can be shown, or None."""
    if name in URLS:
        return _placeholder_in_url(text)
    if len(text) > _LONGEST:
        return text[:3] * 2 if _MASK.fullmatch(text) else None
    if _MASK.fullmatch(text) or _TOLD.fullmatch(text.lower()):
        return text
    if name in _TOKENS and _ELIDED.fullmatch(text):
        return f"{text[:12]}\u2026"
    if _PARTLY_MASKED.fullmatch(text):
        return re.sub(r"[A-Za-z0-9]", "", text)
    bracketed = _BRACKETED.fullmatch(text)
    return text if bracketed and _wordy(name, next(filter(None, bracketed.groups()))) else None


def _placeholder_in_url(text: str) -> str | None:
    front = _front(text)
    if found := _IN_URL.search(front):
        return _short(found.group())
    label = _HOST_LABEL.match(front)
    part = label[1] if label else front
    if told := _YOUR_HOST.match(front):
        return told[1]
    return part if _MASK.fullmatch(part) or _TOLD.fullmatch(part.lower()) else None


def _front(text: str) -> str:
    """The URL up to its query: what follows can hold anything."""
    return unquote(re.split(r"[?#](?!\{)", text[:2000], maxsplit=1)[0], errors="replace")


def _nothing(text: str) -> str | None:
    return text if text in _NOTHING else None


def _reference(name: SettingName, text: str) -> str | None:
    if reference := _REFERENCE.fullmatch(text):
        return _shown(reference, text)
    named = _NAMED.fullmatch(text)
    if not named or not any(text.startswith(a) and text.endswith(b) and text != a for a, b in _CLOSING):
        return None
    inner = named["name"]
    return text if name not in _RANDOM or _UPPER.fullmatch(inner) or _is_variable(inner) else None


def _is_variable(inner: str) -> bool:
    """True for a name of settings' words; a secret may hold one of them by chance, but not only them."""
    words = [word.lower() for word in _VARIABLE_WORD.findall(inner)]
    told = sum(len(word) for word in words if _HINT.fullmatch(word))
    return bool(told) and ("_" in inner or told + 4 >= len(inner))


def _shown(reference: re.Match[str], text: str) -> str:
    """The reference without what may be a secret itself: a default value, a command's arguments."""
    if reference["braced"]:
        return _short(re.sub(r"(:?[-=?+]|:).*(?=\}$)", "\\1\u2026", text, flags=re.DOTALL))
    if command := reference["command"] or reference["ticked"]:
        first, *rest = command.split(maxsplit=1)
        shown = f"{first[:20]} \u2026" if rest or len(first) > 20 else first
        return f"$({shown})" if reference["command"] else f"`{shown}`"
    inner = re.fullmatch(r"\W*([A-Za-z_.][\w.\-:/ ]*)\W*", text)
    return _short(text) if inner else f"{text[:2]} \u2026 {text[-2:]}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}\u2026"


def _wordy(name: SettingName, inner: str) -> bool:
    inner = inner.strip()
    if name not in _RANDOM:
        return True
    return bool(_WORDS.fullmatch(inner) or (_HINT.search(inner) and re.fullmatch(r"[\w .\-/':]+", inner)))
