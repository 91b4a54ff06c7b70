"""The live suite: a real Keycloak and a protected API behind a real nginx."""
