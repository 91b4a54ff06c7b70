"""Text that Markdown, Jira's wiki and a plain field all show as it is: no link, image, mention, macro or formula in it.

A backslash escapes for Markdown and for Jira alike; what GitHub acts on after that (mentions, references, addresses)
stands as code; what Jira acts on even in code becomes visible, as control characters do in every format.
"""

import re
from itertools import cycle

_ACTIVE = (
    r"https?://[^\s`\[\]{}|!<>*~\\]+|www\.[\w.-]+|(?<![\w.+-])@\w[\w/-]*|(?<!\w)(?:#|GH-)(?=\d)\w+|[\w-]+/[\w.-]+#\d+"
)
_TOKEN = re.compile(rf"(?P<active>{_ACTIVE})|(?P<sign>[\\`*\[\]<>{{}}|~$!]|(?<!\w)_|_(?!\w)|&(?=#?\w+;))")
_WIKI = re.compile(r"\[(?=~|\^|[^\]\n]*(?:\||$))|!(?! )|(?<!\$)\{(?=[A-Za-z]+[:}])", re.MULTILINE)
"""The beginning of a link, mention or attachment, of an image, of a macro of Jira's; ``${NAME}`` is none."""
_FORMULA = re.compile(r"(?m)^(?=[=+@\t-])")
"""How a cell of a spreadsheet that computes begins."""


def prose(text: str) -> str:
    """One line of sentences; what stands between backticks in it stays code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # a backtick without its second opens nothing
        pieces[-2:] = ["`".join(pieces[-2:])]
    kinds = cycle((_sentence, code))
    return "".join(kind(piece) for piece, kind in zip(pieces, kinds, strict=False))


def code(text: str) -> str:
    """A value as it is, in one line: a name, a URL, a command."""
    shown = _without_wiki(text).replace("`", r"\x60")
    return f"`{shown}`" if shown.strip() else ""


def block(text: str) -> str:
    """Lines as they are, such as the body of an answer."""
    shown = _FORMULA.sub(" ", _without_wiki(text))
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{shown}\n{fence}"


def _sentence(text: str) -> str:
    return _TOKEN.sub(lambda found: code(found["active"]) if found["active"] else f"\\{found['sign']}", text)


def _without_wiki(text: str) -> str:
    return _WIKI.sub(lambda found: rf"\x{ord(found[0]):02x}", text)
