"""Secrets: values that never show themselves, and the vault that holds them while requests carry only references."""

import threading
from typing import Any, Final, Never, final

from doctor.model.frozen import dataclass

AS_GIVEN: Final = "as given"
"""The variant that is the value itself, exactly as it was given."""
CLEANED: Final = "cleaned"
"""The variant without what came along with the value."""
JOINED: Final = "joined"
"""The variant without the white space inside it, which guesses that none belongs there."""
FIRST_LINE: Final = "first-line"
"""The variant that is the first line of several."""
SWAPPED: Final = "swapped"
"""The variant of client ID and client secret that is the other one's value."""
SHADOWED: Final = "shadowed"
"""Begins the variants that other sources gave."""


def mark(what: str) -> str:
    """The text that stands in a secret's place: ASCII, and in need of no escaping in JSON, HTML or XML."""
    return f"[{what} removed]"


@final
class Secret:
    """A value that only ``reveal()`` shows: not ``repr``, ``str``, ``format``, ``pickle`` or ``json``."""

    __slots__ = ("_value", "what")

    what: str
    """What it is, as it stands in a sentence: ``client secret``, ``access token``, ``cookie``."""
    _value: str

    def __init__(self, value: str, what: str = "client secret") -> None:
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "what", what)

    def reveal(self) -> str:
        """The value itself: for the transport, for the redactor and for nobody else."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({self.what})"

    def __str__(self) -> str:
        return mark(self.what)

    def __format__(self, _spec: str) -> str:
        return mark(self.what)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        from hmac import compare_digest  # not on the way to the first connection

        return compare_digest(_bytes(self._value), _bytes(other._value))

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError("A secret cannot be changed.")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError("A secret cannot be changed.")

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Secret":
        return self

    def __reduce_ex__(self, _protocol: Any) -> Never:
        raise TypeError(f"A secret ({self.what}) cannot be pickled.")

    def __getstate__(self) -> Never:
        raise TypeError(f"A secret ({self.what}) cannot be pickled.")


@dataclass(frozen=True, slots=True)
class SecretRef:
    """What a request carries in place of a value; the transport looks it up when it sends."""

    name: str
    """Name of the setting: ``client_secret``."""
    variant: str = AS_GIVEN
    """``as given``, or the variant of a correction: ``cleaned``, ``decoded``."""


class Vault:
    """The values of a run by name and variant, secrets and plain settings alike. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[SecretRef, Secret] = {}
        self._plain: set[SecretRef] = set()

    def put(self, name: str, variant: str, value: Secret) -> SecretRef:
        """Keep a secret and give the reference to it."""
        return self._keep(SecretRef(name, variant), value, plain=False)

    def put_plain(self, name: str, variant: str, text: str) -> SecretRef:
        """Keep a setting that is no secret, so that corrected ones are looked up by the same door."""
        return self._keep(SecretRef(name, variant), Secret(text, what=name.replace("_", " ")), plain=True)

    def get(self, name: str, variant: str = AS_GIVEN) -> Secret:
        """The value; raises ``KeyError`` that names what was asked for."""
        with self._lock:
            found = self._values.get(SecretRef(name, variant))
        if found is None:
            raise KeyError(f"The vault holds no {name} ({variant}).")
        return found

    def resolve(self, ref: SecretRef) -> Secret:
        """The value behind a reference."""
        return self.get(ref.name, ref.variant)

    def variants(self, name: str) -> tuple[str, ...]:
        """The variants held of a name, in the order in which they came."""
        with self._lock:
            return tuple(ref.variant for ref in self._values if ref.name == name)

    def secrets(self) -> tuple[Secret, ...]:
        """Every secret held, settings in plain text left out: what a redactor must learn."""
        with self._lock:
            return tuple(value for ref, value in self._values.items() if ref not in self._plain)

    def __contains__(self, ref: object) -> bool:
        with self._lock:
            return ref in self._values

    def __repr__(self) -> str:
        return "Vault()"

    def __reduce_ex__(self, _protocol: Any) -> Never:
        raise TypeError("The vault cannot be pickled.")

    def _keep(self, ref: SecretRef, value: Secret, *, plain: bool) -> SecretRef:
        with self._lock:
            self._values[ref] = value
            if plain:
                self._plain.add(ref)
            else:
                self._plain.discard(ref)
        return ref


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")
