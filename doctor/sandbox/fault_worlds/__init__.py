"""The faults, one file a stage of the catalogue."""
