"""ataccama-doctor: why a client cannot get or use an Ataccama ONE access token."""

__version__ = "0.1.0"
