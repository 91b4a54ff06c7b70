"""Text that stands inside an HTML page."""

from html.parser import HTMLParser


def text_of(id: str, page: str) -> str | None:
    """The text of the first ``pre`` element with that id, None when there is none or it is empty."""
    finder = _Finder(id)
    finder.feed(page)
    return "".join(finder.parts) or None


class _Finder(HTMLParser):
    """Collects the text of the first element with the id."""

    def __init__(self, id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._id, self._inside = id, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "pre" and ("id", self._id) in attrs and not self.parts:
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.parts.append(data)
