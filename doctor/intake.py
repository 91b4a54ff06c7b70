"""Turns what was given into what a run may know: shapes for facts, values for the vault, secrets for the redactor."""

from urllib.parse import unquote, urlsplit

from doctor.fingerprint import KEY_VARIABLE, Fingerprinter
from doctor.model.facts.settings import Setting, SettingsSeen, Shadowed
from doctor.model.frozen import dataclass
from doctor.model.inputs import Given, Inputs
from doctor.model.secret import AS_GIVEN, Secret, SecretRef, Vault
from doctor.model.shape import Examined, showable
from doctor.model.terms import SettingName
from doctor.probes.header import examine_header
from doctor.probes.trials import SWAPPED
from doctor.redaction import Redactor
from doctor.values import Values

_URLS = (SettingName.URL, SettingName.TOKEN_URL, SettingName.API_URL)


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
    for text in inputs.other_secrets:
        redactor.learn(Secret(text, what="other value read"))
    _swap(vault)
    _open_header(vault, redactor)
    settings = tuple(_setting(given, values.examined[given.name], fingerprinter) for given in inputs.given)
    return Intake(SettingsSeen(settings), vault, redactor)


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
    """The value, its corrected variants and what it shadows: into the vault, and known to the redactor if secret."""
    variants = {AS_GIVEN: given.value, **seen.variants}
    variants |= {_shadow(i): value for i, (_, value) in enumerate(given.shadowed) if value != given.value}
    hidden = _hidden(given.name, given.value, seen)
    for variant, value in variants.items():
        if hidden:
            secret = Secret(value, what=given.name.words.lower() if given.name is not SettingName.URL else "URL")
            vault.put(given.name.value, variant, secret)
            if seen.shape.sendable and value:
                redactor.learn(secret)
        else:
            vault.put_plain(given.name.value, variant, value)
    for secret in _url_credentials(given):
        redactor.learn(secret)


def _hidden(name: SettingName, value: str, seen: Examined) -> bool:
    """True for a secret, and for a client id that has the shape of one (swapped values)."""
    if name.secret:
        return True
    return name is SettingName.CLIENT_ID and (seen.shape.secret_like or not showable(name, value))


def _url_credentials(given: Given) -> list[Secret]:
    if given.name not in (*_URLS, SettingName.PROXY):
        return []
    try:
        parts = urlsplit(given.value)
        password = unquote(parts.password or "")
    except ValueError:
        return []
    return [Secret(password, what="password in a URL")] if password else []


def _setting(given: Given, seen: Examined, fingerprinter: Fingerprinter) -> Setting:
    hidden = _hidden(given.name, given.value, seen)
    shown = not hidden or not seen.shape.sendable
    return Setting(
        given.name,
        given.source,
        seen.shape,
        value=_without_credentials(given) if shown else None,
        fingerprint=fingerprinter.of(Secret(given.value)) if hidden and seen.shape.sendable else None,
        shadowed=tuple(
            Shadowed(source, value == given.value, None if value == given.value else _shadow(i))
            for i, (source, value) in enumerate(given.shadowed)
        ),
        exposed=given.exposed,
    )


def _without_credentials(given: Given) -> str:
    if not _url_credentials(given):
        return given.value
    scheme, _, rest = given.value.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _shadow(index: int) -> str:
    return f"shadowed {index + 1}"


def _swap(vault: Vault) -> None:
    """Id and secret in each other's place, for the request that asks whether they are swapped."""
    pair = [SecretRef(n.value) for n in (SettingName.CLIENT_ID, SettingName.CLIENT_SECRET)]
    if all(ref in vault for ref in pair):
        client_id, secret = (vault.resolve(ref) for ref in pair)
        vault.put(SettingName.CLIENT_ID.value, SWAPPED, secret)
        vault.put(SettingName.CLIENT_SECRET.value, SWAPPED, client_id)


def _open_header(vault: Vault, redactor: Redactor) -> None:
    """The token inside the Authorization header that was given."""
    ref = SecretRef(SettingName.AUTHORIZATION.value)
    if ref not in vault:
        return
    token = examine_header(vault.resolve(ref).reveal())[1]
    if token:
        secret = Secret(token, what="access token")
        vault.put(SettingName.AUTHORIZATION.value, "token", secret)
        redactor.learn(secret)
