"""A template's own text, a mask, a variable that nothing replaced, nothing at all; and values that only look so."""

from tests.worlds.settings.typed import RIGHT, right_as_it_is
from tests.worlds.world import Case

_TEMPLATE = {
    "client_secret": (
        "{your-client-secret}", "<client-secret>", "<your client secret>", "YOUR_CLIENT_SECRET", "your-client-secret",
        "<YOUR_CLIENT_SECRET>", "[client secret]", "changeme", "change-me", "CHANGE_ME", "changeit", "xxxx", "XXXXXXXX",
        "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "********", "**********", "\u2022\u2022\u2022\u2022\u2022\u2022",
        "\u25cf\u25cf\u25cf\u25cf\u25cf\u25cf\u25cf\u25cf", "[REDACTED]", "<redacted>", "REDACTED", "[MASKED]",
        "(sensitive value)", "<sensitive>", "<hidden>", "***", "TODO", "<insert secret here>", "paste-secret-here",
        "REPLACE_ME", "replace_with_real_secret", "q8Rk****************", "...", "<secret>", "{client_secret}",
        "PLACEHOLDER", "<CLIENT_SECRET_FROM_PORTAL>", "___", "your_secret_here",
        "[Filtered]", "<concealed by 1Password>",
    ),
    "client_id": (
        "{your-client-id}", "<client-id>", "<your-client-id>", "YOUR_CLIENT_ID", "your-client-id", "xxxx", "changeme",
        "client-id", "[client id]", "TODO", "{client_id}", "<CLIENT_ID>", "my-client-id-here",
    ),
    "realm": (
        "{realm}", "{your-realm}", "<realm>", "<your-realm>", "YOUR_REALM", "your-realm", "{tenant-name}", "[realm]",
        "xxxx", "changeme", "<tenant name>", "your_tenant", "tenant-name", "TODO",
    ),
    "url": (
        "https://{your-environment}.ataccama.one", "https://<your-environment>.ataccama.one", "{your-environment}",
        "https://your-environment.ataccama.one", "your-environment.ataccama.one", "<environment>", "YOUR_ENVIRONMENT",
        "https://[environment].ataccama.one", "https://xxxx.ataccama.one", "https://{env}.ataccama.one/", "changeme",
        "https://{your-environment}.ataccama.one/auth/realms/{realm}/protocol/openid-connect/token",
        "https://%7Byour-environment%7D.ataccama.one", "https://YOUR-ENVIRONMENT.ataccama.one", "https://<host>",
        "https://*****.ataccama.one", "https://your-domain.com", "https://your-env.ataccama.one",
    ),
    "token_url": (
        "https://{your-environment}.ataccama.one/auth/realms/{realm}/protocol/openid-connect/token",
        "https://acme.ataccama.one/auth/realms/{your-realm}/protocol/openid-connect/token", "<token-url>",
        "https://acme.ataccama.one/auth/realms/<realm>/protocol/openid-connect/token", "YOUR_TOKEN_URL",
    ),
    "api_url": ("https://{your-environment}.ataccama.one", "<api-url>", "YOUR_API_URL"),
    "scope": ("{scope}", "<scope>", "YOUR_SCOPE", "your-scope", "xxxx"),
    "authorization": (
        "Bearer {access_token}", "Bearer <token>", "Bearer <access_token>", "Bearer YOUR_ACCESS_TOKEN", "Bearer xxxx",
        "Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9...", "Bearer ********", "Bearer [REDACTED]",
    ),
    "access_token": ("{access_token}", "<access token>", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9...", "YOUR_TOKEN"),
}  # fmt: skip
_VARIABLE = {
    "client_secret": (
        "$ATACCAMA_CLIENT_SECRET", "${ATACCAMA_CLIENT_SECRET}", "${ATACCAMA_CLIENT_SECRET:-none}", "$CLIENT_SECRET",
        "${CLIENT_SECRET:?not set}", "%ATACCAMA_CLIENT_SECRET%", "{{ client_secret }}", "{{client_secret}}",
        "{{ .Values.ataccama.clientSecret }}", "<no value>", "#{ClientSecret}#", "$(CLIENT_SECRET)",
        "$(cat secret.txt)",
        "${{ secrets.ATACCAMA_CLIENT_SECRET }}", "$env:ATACCAMA_CLIENT_SECRET", "@CLIENT_SECRET@", "__CLIENT_SECRET__",
        "<%= ENV['CLIENT_SECRET'] %>", "null", "None", "undefined", "nil", "${client_secret}", "$clientSecret",
        "$client_secret", "$$CLIENT_SECRET", "!CLIENT_SECRET!", "`cat /run/secrets/client`",
        "process.env.CLIENT_SECRET",
        "os.environ['CLIENT_SECRET']", "$[variables.clientSecret]", "${env.CLIENT_SECRET}", "${vault.secret}",
        "vault:secret/data/ataccama#client_secret", "op://vault/item/client_secret", "%env(CLIENT_SECRET)%",
        "{{ lookup('env', 'CLIENT_SECRET') }}", "%(client_secret)s", "{env:CLIENT_SECRET}", "${file(secret.txt)}",
        "@Microsoft.KeyVault(SecretUri=https://acme.vault.example/secrets/x)", "[object Object]", "<nil>", "(null)",
        "${ATACCAMA_CLIENT_SECRET", "$ATACCAMA_CLIENT_SECRET\n",
    ),
    "client_id": ("$CLIENT_ID", "${CLIENT_ID}", "%CLIENT_ID%", "{{ client_id }}", "None", "null", "$(CLIENT_ID)"),
    "realm": ("$REALM", "${REALM}", "%REALM%", "{{ realm }}", "None", "null", "undefined", "${ATACCAMA_REALM:-}"),
    "url": (
        "$ATACCAMA_URL", "${ATACCAMA_URL}", "https://${ENVIRONMENT}.ataccama.one", "https://$ENV.ataccama.one",
        "https://%ENV%.ataccama.one", "https://{{ env }}.ataccama.one", "null", "None", "https://undefined.ataccama.one",
        "https://#{Environment}#.ataccama.one", "https://null.ataccama.one", "https://$(ENV).ataccama.one",
        "https://<no value>.ataccama.one",
    ),
    "token_url": ("${TOKEN_URL}", "https://acme.ataccama.one/auth/realms/${REALM}/protocol/openid-connect/token",
                  "https://acme.ataccama.one/auth/realms/$REALM/protocol/openid-connect/token", "$TOKEN_URL"),
    "api_url": ("${API_URL}", "%API_URL%"),
    "scope": ("$SCOPE", "${SCOPE}", "{{ scope }}", "None", "%SCOPE%"),
    "authorization": ("Bearer $TOKEN", "Bearer ${TOKEN}", "Bearer {{ token }}", "Bearer null", "Bearer undefined",
                      "Bearer $(cat token)", "${AUTHORIZATION}", "Bearer None", "Bearer %TOKEN%"),
    "access_token": ("$TOKEN", "${ACCESS_TOKEN}", "null", "undefined"),
}  # fmt: skip
_EMPTY = {"nothing": "", "only a line feed": "\n", "only spaces": "   ", "only quotes": '""', "only a mark": "\ufeff"}


def _unfilled(cause: str, setting: str, text: str) -> Case:
    return Case(
        f"the {setting} is {text!a}",
        settings={setting: text},
        cause=cause,
        setting=setting,
        confidence="certain",
        fact="ataccama.md 1.2 and S20; contract 2: a value that was given is diagnosed",
    )


FAULTS = (
    *(_unfilled("placeholder-left", name, text) for name, texts in _TEMPLATE.items() for text in texts),
    *(_unfilled("variable-not-expanded", name, text) for name, texts in _VARIABLE.items() for text in texts),
    *(_unfilled("value-empty", name, text) for name in RIGHT for text in _EMPTY.values() if name != "scope"),
    Case(
        "both credentials are empty",
        settings={"client_id": "", "client_secret": ""},
        cause="value-empty",
        confidence="certain",
    ),
)


_SECRETS = {
    "variable-not-expanded": (
        "$3cr3t-Value", "$uperSecret2024", "$SuperSecret1", "P@$$w0rd{1}", "100%safe%choice", "#hash#tag#12",
        "%41bc%", "{k3Jd9sLq2}", "$2a$10$N9qo8uLOickgx2ZMRZoMye", "!Bang!Bang!", "@home@work", "__dunder9x__",
        "q9$(Zt", "nullify-this-9", "None-of-these-1", "$aG7x", "$Passw0rd1",
    ),
    "placeholder-left": (
        "secret", "password", "s3cret", "<k9Jw2LmQ7tRz>", "{a8Fk2Lq9Zt}", "[9Kd-22-Lm]", "xX9kQ2mLxX",
        "client_demo_secret",
        "my-very-secret-secret", "aaaaaaaaaaaa", "abc***def***ghi", "todo-list-service", "xxl-secret-99", "test",
        "changed-it-myself-77", "demo", "00000000-0000-0000-0000-000000000000",
    ),
    "value-empty": ("0", " . "),
}  # fmt: skip
HEALTHY = (
    *(right_as_it_is(text, row) for row, texts in _SECRETS.items() for text in texts),
    right_as_it_is("client", "placeholder-left", "client_id"),
    right_as_it_is("my-client", "placeholder-left", "client_id"),
    right_as_it_is("nullable", "variable-not-expanded", "client_id"),
    right_as_it_is("xxl-reader", "placeholder-left", "client_id"),
    right_as_it_is("example", "placeholder-left", "client_id"),
    right_as_it_is("$service", "variable-not-expanded", "client_id"),
    right_as_it_is("realm", "placeholder-left", "realm"),
    right_as_it_is("tenant", "placeholder-left", "realm"),
    right_as_it_is("xxl", "placeholder-left", "realm"),
    right_as_it_is("none-inc", "variable-not-expanded", "realm"),
    Case("the scope is given and empty", settings={"scope": ""}, resembles="value-empty"),
)
