"""A fact as checks, reports and others' probes may read it."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from doctor.model.facts.reply import Challenge, Reply
from doctor.redaction.redactor import Redactor

_SERVER_TEXT = ("error", "error_description", "message", "title", "realm", "request_id", "scheme")


def fact_as_shown(fact: Any, redactor: Redactor) -> Any:
    """Without any known secret; and without a server's words where the secret is too short to be told from them."""
    cleaned = redactor.clean_fact(fact)
    return _withheld(cleaned, redactor) if redactor.withhold else cleaned


def _withheld(fact: Any, redactor: Redactor) -> Any:
    if isinstance(fact, tuple):
        return tuple(_withheld(item, redactor) for item in fact)
    if not is_dataclass(fact) or isinstance(fact, type):
        return fact
    changed = {f.name: _withheld(getattr(fact, f.name), redactor) for f in fields(fact)}
    if isinstance(fact, Reply | Challenge):
        changed |= {n: redactor.server_text(changed[n]) for n in _SERVER_TEXT if changed.get(n)}
    return replace(fact, **changed)
