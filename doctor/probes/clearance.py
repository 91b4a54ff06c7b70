"""Says when the secret may be sent: over verified TLS, and only where a realm answered."""

from doctor.model.facts.missing import Missing
from doctor.model.facts.network import TokenLine
from doctor.model.facts.realm import Clearance, Realm
from doctor.model.facts.settings import SettingsSeen, Target
from doctor.model.probe import probe
from doctor.model.signature import Deferred
from doctor.model.terms import SettingName


@probe(question="whether the secret may be sent")
def clearance(target: Target, settings: SettingsSeen, line: TokenLine, realm: Deferred[Realm]) -> Clearance | Missing:
    if line.failure:
        return Missing("the token endpoint's host was not reached")
    given = settings.get(SettingName.REALM)
    if (
        target.vendor_domain
        and line.tls
        and given is not None
        and not given.shape.suspect
        and not target.realm_in_value
    ):
        return Clearance("verified TLS on the vendor's own domain", before_realm=True)
    answered = realm.get()
    if isinstance(answered, Missing):
        return Missing(f"the secret was kept back, since {answered.reason}")
    return Clearance("the realm answered there")
