"""Keycloak 26.7.4's own words."""

ICC = "Invalid client or Invalid client credentials"
NO_GRANT = "Missing form parameter: grant_type"
NO_REALM = "Realm does not exist"
NOT_FOUND = "HTTP 404 Not Found"
NOT_ALLOWED = "HTTP 405 Method Not Allowed"
NO_MATCH = "Unable to find matching target resource method"
NO_REDIRECT_URI = "Invalid parameter: redirect_uri"
WANTS_JWT = "Parameter client_assertion_type is missing"
IS_PUBLIC = "Public client not allowed to retrieve service account"
IS_BEARER_ONLY = "Bearer-only applications are not allowed to initiate browser login"
NO_SERVICE_ACCOUNT = "Client not enabled to retrieve service account"
NO_CERTIFICATE = "Client Certification missing for MTLS HoK Token Binding"
BAD_BASIC = "Unexpected error when authenticating client"
BAD_METHOD = (
    "Invalid method used to get client secret. Client requires method '{}' to obtain client secret from the request"
)
WANTS_BASIC = BAD_METHOD.format("client_secret_basic")
WANTS_FORM = BAD_METHOD.format("client_secret_post")
