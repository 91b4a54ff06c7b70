"""The three eras of Keycloak's answers, as recorded from running servers (``tests/recordings``)."""

from enum import StrEnum


class Era(StrEnum):
    """The last version in which Keycloak answered so."""

    TALKATIVE = "19"
    """Client authentication says what was wrong; the Basic header is not percent-decoded."""
    CLASSIC = "22"
    """It no longer says; framework errors are RESTEasy Classic's."""
    REACTIVE = "26"
    """Framework errors are RESTEasy Reactive's."""

    @property
    def classic(self) -> bool:
        """RESTEasy Classic still answers what no resource does."""
        return self is not Era.REACTIVE
