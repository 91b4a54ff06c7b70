"""The redactor: learns secrets at any time of a run and gives back text and data without them."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import chain, islice
from typing import Any, Final

from doctor.model.frozen import dataclass
from doctor.model.report import Redaction
from doctor.model.secret import Secret, mark
from doctor.redaction.by_name import MARK, SECRET_HEADERS, clean_header, clean_named, secret_key
from doctor.redaction.marks import Marks
from doctor.redaction.needles import ENCODED, RAW, SHORT, Known, Needle, Token
from doctor.redaction.views import View, squeeze, views
from doctor.redaction.walk import Rewriter
from doctor.redaction.words import is_protocol_word

WITHHELD: Final = "[server text withheld]"
"""In place of what a server said, when the client secret is too short to be told from other text."""
CLIENT_SECRET: Final = "client secret"
_ROUNDS: Final = 4
_LONG: Final = 10_000
"""Characters; longer texts are looked at anew each time and not remembered."""
# A cookie may hold "1" or "en"; its header is removed by name, and no word of the report with it.
_NEVER_SHORT: Final = frozenset({"cookie"})


@dataclass(frozen=True, slots=True)
class Leak:
    """A known secret that stands in a text."""

    what: str
    form: str
    secret: Secret = field(repr=False)

    @property
    def family(self) -> tuple[Secret, str]:
        """The same secret in Base64 and in plain sight are two things; escaped or not is one."""
        return self.secret, _kind(self.form)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a secret stands, in bytes of the text."""

    start: int
    end: int
    known: Known
    form: str


class Redactor:
    """Removes known secrets by value, then secrets by name. Safe to share between threads; same in, same out."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._lock = threading.Lock()
        self._learned: tuple[tuple[Known, ...], set[str]] = ((), set())
        """What is known, and texts in which none of it stands: each is looked at several times until it is written."""
        self._tally: Counter[tuple[str, str]] = Counter()
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: Secret) -> None:
        """Remove this value from now on. Placeholders and unexpanded variables are no secrets: leave them out."""
        value = secret.reveal()
        if not value.strip() or (len(value) < SHORT and secret.what in _NEVER_SHORT):
            return
        with self._lock:
            if not any(known.secret == secret and known.secret.what == secret.what for known in self._known):
                # Sorted, so that the order in which threads learn shows nowhere.
                self._learned = tuple(sorted((*self._known, Known(secret)), key=_rank)), set()

    @property
    def _known(self) -> tuple[Known, ...]:
        return self._learned[0]

    @property
    def withhold(self) -> bool:
        """True when a client secret is so short that text of a server cannot be shown safely."""
        return any(known.secret.what == CLIENT_SECRET and _size(known.secret.reveal()) < SHORT for known in self._known)

    def server_text(self, text: str) -> str:
        """Text of a server as the report may show it: cleaned, or withheld unless it is a word of the protocol."""
        if not self.withhold:
            return self.clean(text)
        return text if not text or is_protocol_word(text) else WITHHELD

    def clean(self, text: str) -> str:
        """``text`` without any known secret and without what names give away."""
        return clean_named(self._by_value(text), self._count)

    def clean_headers(self, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Headers with the values of credentials and cookies removed, whether known or not."""
        return tuple((self._leaf(name), self._header(name, value)) for name, value in pairs)

    def clean_value(self, obj: Any) -> Any:
        """A copy of ``obj`` (dataclasses, tuples, dicts …) with every string cleaned."""
        return Rewriter(self._leaf, self.clean_headers, self._keyed).value(obj)

    def clean_fact(self, fact: Any) -> Any:
        """Likewise. Words among which a short client secret stood are withheld whole: the others would tell it.

        A name or URL keeps the rest of itself: checks compare these.
        """
        if not self.withhold:
            return self.clean_value(fact)
        return Rewriter(self._or_nothing, self.clean_headers, self._keyed_or_nothing).value(fact)

    def _keyed_or_nothing(self, key: str, text: str) -> str:
        return self._keyed(key, self._or_nothing(text))

    def _or_nothing(self, text: str) -> str:
        cleaned = self._leaf(text)
        return WITHHELD if cleaned != text and len(text.split()) > 1 else cleaned

    def scan(self, text: str) -> Leak | None:
        """The first known secret that stands in ``text``, or None."""
        return next(self.leaks(text), None)

    def leaks(self, text: str) -> Iterator[Leak]:
        """Every known secret in ``text``, once for each kind of form."""
        seen = set()
        for spans in self._places(text):
            for span in islice(spans, 1):  # whether there is one, not where they all are
                leak = Leak(span.known.secret.what, span.form, span.known.secret)
                if leak.family not in seen:
                    seen.add(leak.family)
                    yield leak

    def shows(self, leak: Leak, text: str) -> bool:
        """True when ``text``, read as it stands, holds that secret in that kind of form."""
        view = View(text.encode("utf-8", "surrogatepass"))
        known = next(known for known in self._known if known.secret == leak.secret)
        return any(needle.stands_in(view) for needle in known.needles if _kind(needle.form) == _kind(leak.form))

    def tally(self) -> tuple[Redaction, ...]:
        """What was removed so far, sorted."""
        with self._lock:
            return tuple(Redaction(what, form, count) for (what, form), count in sorted(self._tally.items()))

    def _count(self, what: str, form: str) -> None:
        with self._lock:
            self._tally[what, form] += 1

    def _leaf(self, text: str) -> str:
        return text if is_protocol_word(text) else self.clean(text)

    def _keyed(self, key: str, value: str) -> str:
        what = secret_key(key)
        if what is None or not value.strip() or is_protocol_word(value) or MARK.search(value):
            return self._header(key, value) if key.lower() in SECRET_HEADERS else self._leaf(value)
        self._count(what, "by name")
        return mark(what)

    def _header(self, name: str, value: str) -> str:
        cleaned = self._leaf(value)
        return clean_header(name, cleaned, self._count) if name.lower() in SECRET_HEADERS else cleaned

    def _by_value(self, text: str) -> str:
        for _ in range(_ROUNDS):
            spans = _merged(chain.from_iterable(self._places(text)))
            if not spans:
                break
            text = self._replaced(text, spans)
        return text

    def _replaced(self, text: str, spans: list[_Span]) -> str:
        data, pieces, at = text.encode("utf-8", "surrogatepass"), [], 0
        for span in spans:
            what = span.known.secret.what
            self._count(what, span.form)
            pieces += [data[at : span.start], mark(what).encode()]
            at = span.end
        return b"".join([*pieces, data[at:]]).decode("utf-8", "surrogatepass")

    def _places(self, text: str) -> Iterator[Iterator[_Span]]:
        """Where the secrets stand: for each needle in each view of the text, one after the other."""
        all_known, innocent = self._learned
        if text in innocent:
            return
        suspect = False
        for view in views(text):
            for known in all_known:
                if not known.is_absent(view):
                    suspect, marks = True, Marks.of(text)
                    for needle in known.needles:
                        yield _spans(needle, view, marks, known)
        if not suspect and len(text) < _LONG:
            innocent.add(text)


def _spans(needle: Needle | Token, view: View, marks: Marks, known: Known) -> Iterator[_Span]:
    for hit in needle.hits(view):
        start, end = view.whole_characters(hit.start, hit.end)
        if not marks.touch(start, end):
            yield _Span(start, end, known, hit.form)


def _kind(form: str) -> str:
    return form if form in ENCODED else RAW


def _merged(spans: Iterator[_Span]) -> list[_Span]:
    """Spans in order, those that overlap made one, named after the longest."""
    merged: list[_Span] = []
    best = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            longest = span if span.end - span.start > best else last
            best = max(best, span.end - span.start)
            merged[-1] = _Span(last.start, max(last.end, span.end), longest.known, longest.form)
        else:
            merged.append(span)
            best = span.end - span.start
    return merged


def _rank(known: Known) -> tuple[bool, str, str]:
    return known.secret.what != CLIENT_SECRET, known.secret.what, known.secret.reveal()


def _size(value: str) -> int:
    """Characters that count: white space does not."""
    squeezed = squeeze(value.encode("utf-8", "surrogatepass"))
    return len(squeezed.decode("utf-8", "surrogatepass")) if squeezed else 0
