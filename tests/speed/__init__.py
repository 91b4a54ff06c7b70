"""What a check costs, counted."""
