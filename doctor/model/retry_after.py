"""``Retry-After`` (RFC 9110 section 10.2.3): seconds, or a date."""

from email.utils import parsedate_to_datetime


def seconds_to_wait(value: str | None, now: float) -> float | None:
    """How long the server asks to be left alone; ``now`` is in seconds since the epoch. None when it does not say."""
    if not value:
        return None
    try:
        return max(float(value), 0.0)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(value).timestamp() - now, 0.0)
    except (ValueError, OverflowError):
        return None
