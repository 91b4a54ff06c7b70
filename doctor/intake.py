"""Turns what was given into what a run may know: shapes for facts, values for the vault, secrets for the redactor."""

from dataclasses import replace
from urllib.parse import unquote, urlsplit

from doctor.fingerprint import KEY_VARIABLE, Fingerprinter
from doctor.model.env_line import line_seen, readings_to_try
from doctor.model.facts.settings import Setting, SettingsSeen, Shadowed
from doctor.model.frozen import dataclass
from doctor.model.inputs import Given, Inputs
from doctor.model.secret import AS_GIVEN, CLEANED, SHADOWED, SWAPPED, Secret, SecretRef, Vault
from doctor.model.shape import Examined, examine, showable
from doctor.model.terms import URLS, SettingName
from doctor.probes.header import examine_header
from doctor.redaction import Redactor
from doctor.values import Values


@dataclass(frozen=True, slots=True)
class Intake:
    """The ground of a run."""

    settings: SettingsSeen
    vault: Vault
    redactor: Redactor


def take_in(inputs: Inputs, values: Values, fingerprinter: Fingerprinter) -> Intake:
    """Put every value into custody; from here on nobody sees a secret but the transport."""
    vault, redactor = Vault(), Redactor()
    for given in inputs.given:
        _keep(given, values.examined[given.name], vault, redactor)
        _keep_others(given, values.examined[given.name], vault, redactor)
        _keep_readings(given, values.examined[given.name], vault, redactor)
    for text in inputs.other_secrets:
        redactor.learn(Secret(text, what="other value read"))
    _swap(vault)
    header = values.examined.get(SettingName.AUTHORIZATION)
    _open_header(vault, redactor, sendable=header is not None and header.shape.sendable)
    settings = tuple(_setting(given, values.examined[given.name], fingerprinter, vault) for given in inputs.given)
    return Intake(SettingsSeen(settings, inputs.unused), vault, redactor)


def fingerprinter_for(inputs: Inputs) -> Fingerprinter:
    """The team's key where the environment has one, else the user's own, else one for this run."""
    shared = inputs.environ.get(KEY_VARIABLE)
    if shared is not None:
        return Fingerprinter.from_key(shared)
    if inputs.user_folder is None:
        import secrets

        return Fingerprinter(secrets.token_bytes(32), persistent=False)
    return Fingerprinter.in_directory(inputs.user_folder)


def _keep(given: Given, seen: Examined, vault: Vault, redactor: Redactor) -> None:
    """The value and its corrected variants: into the vault, and known to the redactor if secret."""
    for variant, value in {AS_GIVEN: given.value, **seen.variants}.items():
        _put(given.name, variant, value, vault, redactor if seen.shape.sendable else None, hidden=_hidden(given, seen))
    for secret in _url_credentials(given):
        redactor.learn(secret)


def _keep_others(given: Given, seen: Examined, vault: Vault, redactor: Redactor) -> None:
    """What the value shadows, likewise; what is no credential at all cannot be tried, and is kept nowhere."""
    for index, other in enumerate(given.shadowed):
        text = other.value
        if text is None or text == given.value or not (shape := examine(given.name, text)).shape.sendable:
            continue
        hidden = _hidden(given, seen) or _hidden(replace(given, value=text), shape)
        _put(given.name, _shadow(index), text, vault, redactor, hidden=hidden)
        for variant in shape.variants.values() if hidden else ():
            redactor.learn(Secret(variant, what=_what(given.name)))


def _keep_readings(given: Given, seen: Examined, vault: Vault, redactor: Redactor) -> None:
    """What other loaders of its env file read, likewise."""
    hidden = _hidden(given, seen)
    for variant, reading in readings_to_try(given):
        _put(given.name, variant, reading.value or "", vault, redactor, hidden=hidden)


def _put(name: SettingName, variant: str, value: str, vault: Vault, redactor: Redactor | None, *, hidden: bool) -> None:
    if not hidden:
        vault.put_plain(name.value, variant, value)
        return
    secret = Secret(value, what=_what(name))
    vault.put(name.value, variant, secret)
    if redactor is not None and value:
        redactor.learn(secret)


def _what(name: SettingName) -> str:
    return name.words.lower() if name is not SettingName.URL else "URL"


def _hidden(given: Given, seen: Examined) -> bool:
    """True for a secret, and for a client id that has the shape of one (swapped values)."""
    if given.name.secret:
        return True
    return given.name is SettingName.CLIENT_ID and (seen.shape.secret_like or not showable(given.name, given.value))


def _url_credentials(given: Given) -> list[Secret]:
    if given.name not in (*URLS, SettingName.PROXY):
        return []
    try:
        parts = urlsplit(given.value)
        password = unquote(parts.password or "")
    except ValueError:
        return []
    return [Secret(password, what="password in a URL")] if password else []


def _setting(given: Given, seen: Examined, fingerprinter: Fingerprinter, vault: Vault) -> Setting:
    hidden = _hidden(given, seen)
    shown = not hidden or not seen.shape.sendable
    return Setting(
        given.name,
        given.source,
        seen.shape,
        value=_without_credentials(given) if shown else None,
        fingerprint=fingerprinter.of(Secret(given.value)) if hidden and seen.shape.sendable else None,
        shadowed=tuple(_shadowed(given, index, vault) for index in range(len(given.shadowed))),
        exposed=given.exposed,
        line=line_seen(given, given.line, seen, hidden=hidden) if given.line else None,
    )


def _shadowed(given: Given, index: int, vault: Vault) -> Shadowed:
    other, variant = given.shadowed[index], _shadow(index)
    kept = SecretRef(given.name.value, variant) in vault
    return Shadowed(
        other.source,
        same=other.value == given.value,
        variant=variant if kept else None,
        read=other.value is not None,
        exposed=other.exposed,
    )


def _without_credentials(given: Given) -> str:
    if not _url_credentials(given):
        return given.value
    scheme, _, rest = given.value.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _shadow(index: int) -> str:
    return f"{SHADOWED} {index + 1}"


def _swap(vault: Vault) -> None:
    """Id and secret in each other's place, for the request that asks whether they are swapped."""
    pair = [_clean(vault, n) for n in (SettingName.CLIENT_ID, SettingName.CLIENT_SECRET)]
    if all(ref in vault for ref in pair):
        client_id, secret = (vault.resolve(ref) for ref in pair)
        vault.put(SettingName.CLIENT_ID.value, SWAPPED, secret)
        vault.put(SettingName.CLIENT_SECRET.value, SWAPPED, client_id)


def _clean(vault: Vault, name: SettingName) -> SecretRef:
    """The value without what came along with it, else the value itself: what stands in the other's place."""
    cleaned = SecretRef(name.value, CLEANED)
    return cleaned if cleaned in vault else SecretRef(name.value)


def _open_header(vault: Vault, redactor: Redactor, *, sendable: bool) -> None:
    """The token inside the Authorization header that was given; a template's own text holds none."""
    ref = SecretRef(SettingName.AUTHORIZATION.value)
    if ref not in vault or not sendable:
        return
    form, carried = examine_header(vault.resolve(ref).reveal())
    if carried:
        secret = Secret(carried, what="access token" if form.token else "login")
        redactor.learn(secret)
        if form.token:
            vault.put(SettingName.AUTHORIZATION.value, "token", secret)
