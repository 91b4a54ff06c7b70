"""Answers and places that several stages share."""

from doctor.sandbox.message import html_answer

TOKEN = "{realm}/protocol/openid-connect/token"
AUTHORIZATION = "{realm}/protocol/openid-connect/auth"
CERTS = "{realm}/protocol/openid-connect/certs"
WELL_KNOWN = "{realm}/.well-known/openid-configuration"
BLOCKED = html_answer(403, "<html><head><title>403 Forbidden</title></head><body>no</body></html>")
