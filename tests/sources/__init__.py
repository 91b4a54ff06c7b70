"""Where values come from: profiles, env files, names that only look right."""
