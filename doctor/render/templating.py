"""The only door to jinja2: every value escaped, every misspelt name an error."""

import base64
import hashlib
import os
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from doctor.model.frozen import dataclass

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDER = next(
    (place for place in (_PACKAGE / "templates", _PACKAGE.parent / "templates") if (place / "report.html").is_file()),
    _PACKAGE / "templates",
)
"""Inside the package in a wheel, beside it in a checkout."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet and what a content security policy knows it by."""

    text: Markup
    source: str
    """``'sha256-…'`` (Content Security Policy Level 3, section 2.3.1)."""


def template(name: str) -> Template:
    """The template ``name``, compiled, and all that it is made of."""
    _compile_parts()
    return _environment().get_template(name)


@cache
def _compile_parts() -> None:
    for part in _environment().list_templates(extensions=["html"]):
        _environment().get_template(part)


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
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_bytecode_cache(),
    )


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Compiled templates in the user's cache folder, as Python keeps its own; without one they are compiled anew."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ataccama-doctor"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


@cache
def _loader() -> FileSystemLoader:
    return FileSystemLoader(_FOLDER)
