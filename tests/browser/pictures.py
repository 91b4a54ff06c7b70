"""``make pictures``: the pictures of the README, taken of the report that the tests know best."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import programs
from tests.browser.pages import PAGES

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(PAGES["failed"](), encoding="utf-8")
        programs.node("pictures.mjs", str(DOCS), str(page))


if __name__ == "__main__":
    main()
