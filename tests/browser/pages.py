"""The pages that are looked at: every situation, two real runs, and some full of a server's long words."""

from collections.abc import Callable
from functools import partial

from doctor.model.report import Report
from doctor.model.style import Style
from doctor.render import html
from tests.render import reports
from tests.render.hostile import hostile_report
from tests.test_replay import examined

_LONG_WORDS = {
    "long-word": "x" * 2_000,
    "long-url": "https://" + "sub-domain." * 12 + "example/" + "a-path/" * 30 + "?" + "q=1&" * 40,
    "markup": '</pre></details><script>alert(1)</script><img src="https://a.example/x">',
}


_REPORTS: dict[str, Callable[[], Report]] = {
    **reports.ALL,
    "demo": partial(examined, None),
    "demo-edge-whitespace": partial(examined, "edge-whitespace"),
    **{name: partial(hostile_report, words) for name, words in _LONG_WORDS.items()},
}


def _page(report: Callable[[], Report]) -> str:
    return html.render(report(), Style())


PAGES = {name: partial(_page, report) for name, report in _REPORTS.items()}
