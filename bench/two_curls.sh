#!/bin/sh
# The baseline: the two commands of the vendor's page, "API Authentication", with jq between them.
# It ends with 0 only when the API let the token in.
set -eu
token=$(curl --silent --fail -X POST "$ATACCAMA_URL/auth/realms/$ATACCAMA_REALM/protocol/openid-connect/token" \
  -H "Content-Type: application/x-www-form-urlencoded" \
  -d "grant_type=client_credentials" \
  -d "client_id=$ATACCAMA_CLIENT_ID" \
  -d "client_secret=$ATACCAMA_CLIENT_SECRET" | jq -r .access_token)
exec curl --silent --fail -X GET "$ATACCAMA_URL/api/reference-data/v1/tables" -H "Authorization: Bearer $token" -o /dev/null
