"""The table of contents: every check in report order. ``CHECKS`` is what the entry point offers.

What must be mended first stands first. Each file is named after what must be true; the words are in ``checks.causes``.
"""

from checks.altered_token_refused import run as altered_token_refused
from checks.api_host import run as api_host
from checks.bearer_header import run as bearer_header
from checks.certificate_trusted import run as certificate_trusted
from checks.clocks_agree import run as clocks_agree
from checks.env_file_read import run as env_file_read
from checks.expired_token_refused import run as expired_token_refused
from checks.get_is_protected import run as get_is_protected
from checks.host_connects import run as host_connects
from checks.issuer_matches import run as issuer_matches
from checks.jwt_decode import run as jwt_decode
from checks.jwt_expiry import run as jwt_expiry
from checks.jwt_origin import run as jwt_origin
from checks.jwt_roles import run as jwt_roles
from checks.jwt_signature import run as jwt_signature
from checks.name_resolves import run as name_resolves
from checks.nothing_in_between import run as nothing_in_between
from checks.plain_characters import run as plain_characters
from checks.protected_get import run as protected_get
from checks.proxy_passes import run as proxy_passes
from checks.realm_enabled import run as realm_enabled
from checks.realm_exists import run as realm_exists
from checks.realm_match import run as realm_match
from checks.same_as_curl import run as same_as_curl
from checks.server_answers import run as server_answers
from checks.sources_agree import run as sources_agree
from checks.tls_agreed import run as tls_agreed
from checks.token_renewal import run as token_renewal
from checks.token_request import run as token_request
from checks.token_response import run as token_response
from checks.trailing_whitespace import run as trailing_whitespace
from checks.url_format import run as url_format
from checks.value_as_issued import run as value_as_issued
from checks.values_present import run as values_present
from doctor.api import Check

CHECKS: tuple[Check, ...] = (
    values_present,
    url_format,
    realm_match,
    trailing_whitespace,
    plain_characters,
    value_as_issued,
    env_file_read,
    sources_agree,
    name_resolves,
    host_connects,
    proxy_passes,
    certificate_trusted,
    tls_agreed,
    same_as_curl,
    server_answers,
    nothing_in_between,
    clocks_agree,
    realm_exists,
    realm_enabled,
    issuer_matches,
    token_request,
    token_response,
    jwt_decode,
    jwt_signature,
    jwt_expiry,
    jwt_origin,
    jwt_roles,
    token_renewal,
    bearer_header,
    get_is_protected,
    protected_get,
    api_host,
    altered_token_refused,
    expired_token_refused,
)
