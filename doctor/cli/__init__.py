"""The command line: one file a command, and no logic in it. Nothing but click is imported before a command runs."""
