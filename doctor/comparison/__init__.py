"""What changed between two reports: the cause first, then settings, then facts."""
