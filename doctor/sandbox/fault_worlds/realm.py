"""The realm is not the one, not on, or not where it was looked for."""

from doctor.model.terms import Verdict
from doctor.sandbox.fault import Fault
from doctor.sandbox.message import html_answer

_SHOP = html_answer(200, "<!doctype html><html><head><title>Our shop</title></head><body>Welcome</body></html>")

FAULTS = (
    Fault("realm-not-found", "the realm is misspelt", settings={"realm": lambda env: f"{env.realm}-typo"}),
    Fault("realm-case-differs", "the realm is capitalised", settings={"realm": lambda env: env.realm.title()}),
    Fault("realm-disabled", "the realm is switched off", lambda world: world.with_realm(enabled=False)),
    Fault("auth-path-differs", "Keycloak serves without /auth", lambda world: world.with_edge(base_path="")),
    Fault(
        "not-keycloak",
        "the host is that of a web site",
        lambda world: world.with_edge(base_path="/nowhere", default=_SHOP).with_api(base="/nowhere/api"),
    ),
    Fault(
        "issuer-differs",
        "the realm calls itself by another host",
        lambda world: world.with_realm(issuer=f"https://login.example/auth/realms/{world.realm.name}"),
        verdict=Verdict.WARNINGS,
    ),
    Fault(
        "https-not-forwarded",
        "the proxy before Keycloak does not forward the scheme",
        lambda world: world.with_edge(forwards_scheme=False),
    ),
)
