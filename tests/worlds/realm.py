"""The realm: missing, switched off, elsewhere, or merely behind an ingress that hides parts of it."""

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.world import Rule
from tests.worlds.edges import BLOCKED, WELL_KNOWN
from tests.worlds.world import Case, realm, rules

FAULTS: tuple[Case, ...] = ()

HEALTHY = (
    Case(
        "the ingress hides discovery",
        rules(Rule(nginx_page(404, "Not Found"), WELL_KNOWN)),
        resembles="realm-not-found",
        fact="keycloak.md 4d",
    ),
    Case("the ingress forbids discovery", rules(Rule(BLOCKED, WELL_KNOWN)), resembles="edge-blocks"),
    Case(
        "the ingress hides discovery and the realm's page",
        rules(
            Rule(nginx_page(404, "Not Found"), WELL_KNOWN),
            Rule(nginx_page(404, "Not Found"), "{realm}", methods=("GET",)),
        ),
        resembles="not-keycloak",
        fact="keycloak.md 4d",
    ),
    Case(
        "the realm's name has a space and letters of another script",
        realm(name="Über tenant"),
        {"realm": "Über tenant"},
        resembles="realm-not-a-name",
    ),
)
