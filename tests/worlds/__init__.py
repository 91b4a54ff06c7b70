"""Worlds: each is a few declared deviations from the healthy one, with the one right answer beside it."""
