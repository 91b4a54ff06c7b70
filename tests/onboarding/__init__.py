"""From nothing to the first API call."""
