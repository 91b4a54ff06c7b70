"""The transport against real servers on loopback that behave as badly as declared."""
