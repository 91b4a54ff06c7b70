"""The questions that the product asks, in protocol order. ``PROBES`` is what the entry point offers."""

from doctor.model.probe import Probe
from doctor.probes.access_token import given_header, tokens
from doctor.probes.api import (
    anonymous_call,
    authorized_call,
    followed_call,
    garbage_call,
    given_calls,
    graphql_seen,
    other_calls,
    prefixed_call,
)
from doctor.probes.certificate import refused_certificates
from doctor.probes.clearance import clearance
from doctor.probes.client import client_kind, client_seen
from doctor.probes.clock import clock
from doctor.probes.conclusion import conclusion
from doctor.probes.deep import altered_call, expired_call, renewal
from doctor.probes.env_lines import env_lines
from doctor.probes.lines import api_line, proxied, realm_line, token_line
from doctor.probes.realm import discovery, realm, realm_page, token_door
from doctor.probes.realm_search import realm_search
from doctor.probes.reception import reception
from doctor.probes.signature import key_set, signatures
from doctor.probes.token import first_attempt, grant, token_success
from doctor.probes.trials import trials

PROBES: tuple[Probe, ...] = (
    env_lines,
    token_line,
    realm_line,
    api_line,
    proxied,
    refused_certificates,
    discovery,
    realm_page,
    token_door,
    realm_search,
    realm,
    clearance,
    first_attempt,
    client_kind,
    client_seen,
    trials,
    grant,
    token_success,
    given_header,
    tokens,
    key_set,
    signatures,
    anonymous_call,
    authorized_call,
    given_calls,
    other_calls,
    garbage_call,
    prefixed_call,
    followed_call,
    graphql_seen,
    altered_call,
    clock,
    expired_call,
    renewal,
    reception,
    conclusion,
)
