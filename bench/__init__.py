"""How long the program takes, each figure beside its baseline: ``make bench``."""
