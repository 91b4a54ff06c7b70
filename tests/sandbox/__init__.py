"""The environment that ships inside answers as Keycloak, Spring Security and their edges do."""
