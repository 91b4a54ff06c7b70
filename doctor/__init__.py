"""ataccama-doctor: why a client cannot get or use an Ataccama ONE access token."""

__version__ = "0.1.0"
__released__ = 1793491200
"""2026-11-01, seconds since the epoch: the true time is never before it, whatever a clock says."""
