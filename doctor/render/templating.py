"""The only door to jinja2: every value escaped, every misspelt name an error."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "templates", _PACKAGE.parent / "templates")
"""In a wheel, then in a checkout."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet and what a content security policy knows it by."""

    text: Markup
    source: str
    """``'sha256-…'`` (Content Security Policy Level 3, section 2.3.1)."""


def fill(name: str, **values: object) -> str:
    """The template ``name`` with ``values`` in it."""
    return _environment().get_template(name).render(**values)


@cache
def style_sheet(name: str) -> StyleSheet:
    """Our own style sheet, ready to stand inside a page."""
    text, _, _ = _loader().get_source(_environment(), name)
    digest = hashlib.sha256(text.encode()).digest()
    return StyleSheet(Markup(text), f"'sha256-{base64.b64encode(digest).decode()}'")  # noqa: S704 - our own file


def escaped_text(text: str) -> Markup:
    """``text`` for an element's content: quotes stay as they are there, which keeps embedded JSON short."""
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))  # noqa: S704 - escaped here


@cache
def _environment() -> Environment:
    return Environment(
        loader=_loader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _loader() -> FileSystemLoader:
    return FileSystemLoader(_PLACES)
