"""What Keycloak answers, recorded from running servers of three eras; ``python -m tests.recordings`` records again.

The embedded environment is held to these answers version by version, and the live suite to those of its own version.
Where a document and a recording differ, the recording is right.
"""
