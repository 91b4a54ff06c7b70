"""The only thing that opens a connection. What it records is redacted; what it hands out holds no secret.

``connections`` opens them (standard library only), ``http`` speaks on them, ``policy`` says when a secret may leave.
"""
