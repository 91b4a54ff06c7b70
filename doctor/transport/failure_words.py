"""What went wrong on the wire, in a person's words; imported once something did."""

import http.client
import re
import ssl
import zlib

from doctor.transport.failures import root


def in_words(problem: BaseException) -> str:
    """What happened, without the words of the library that noticed it."""
    match root(problem):
        case http.client.RemoteDisconnected() | ssl.SSLEOFError():
            return "the connection was closed without an answer"
        case http.client.BadStatusLine() as inner:
            return f"the answer begins with {str(inner).strip()[:60]!a}, which is no HTTP status line"
        case http.client.IncompleteRead():
            return "the answer broke off before its end"
        case zlib.error():
            return "the body is not compressed as its Content-Encoding says"
        case ssl.SSLError() as inner:
            return re.sub(r"^\[[^\]]*\]\s*|\s*\(_ssl\.c:\d+\)$", "", str(inner))
        case ValueError() as inner if not isinstance(inner, OSError) and "invalid literal" in str(inner):
            return "a number in the answer's framing is none"
        case inner:
            return getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
