"""Wrong before anything is sent: the values themselves, and where they came from."""

from doctor.api import Cause, Stage, Worst

__all__ = [
    "API_HOST_DIFFERS",
    "EDGE_WHITESPACE",
    "ENCODED_VALUE",
    "INNER_WHITESPACE",
    "INVISIBLE_CHARACTER",
    "LABEL_PASTED",
    "LOADERS_DIFFER",
    "LOOKALIKE_CHARACTER",
    "PLACEHOLDER_LEFT",
    "QUOTES_KEPT",
    "REALM_NOT_A_NAME",
    "SECRET_EXPOSED",
    "SECRET_NEEDS_ENCODING",
    "SETTING_SHADOWED",
    "SWAPPED_VALUES",
    "URL_DOUBLED_SUFFIX",
    "URL_EXTRA_PARTS",
    "URL_MALFORMED",
    "URL_NOT_AN_ENVIRONMENT",
    "URL_NOT_HTTPS",
    "VALUE_EMPTY",
    "VARIABLE_NOT_EXPANDED",
    "WRONG_ARTEFACT",
]

VALUE_EMPTY = Cause(
    id="value-empty",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} is empty",
    fix=(
        "Give the {setting} a value where this run reads it; in a pipeline, check that the secret is defined under "
        "exactly this name."
    ),
    reference="Ataccama ONE REST API, API Authentication (Obtain an access token)",
    meaning=(
        "The setting was given, but there is nothing in it. An empty value is not sent, because the refusal would look "
        "like a wrong credential."
    ),
    detection=(
        "The source that holds the setting is known and its value has no characters. A setting that no source gives is "
        "a usage error instead, and is named before the run begins."
    ),
    steps=(
        "See in the report which source gives the empty value, and which other sources it hides.",
        (
            "In a pipeline, check that the secret is defined, spelled the same, and released to this branch and this "
            "kind of run."
        ),
        (
            "If it is the client secret and no stored copy exists, create a new API client: Cloud Portal > your "
            "environment > Settings tab > API Clients > Create API Client."
        ),
    ),
    origin=(
        "A pipeline secret that is undefined, or withheld from forks and unprotected branches, turns into an empty "
        "variable without any error."
    ),
    prevention="Let the job stop when the variable is empty; a POSIX shell does that with ${NAME:?not set}.",
)

PLACEHOLDER_LEFT = Cause(
    id="placeholder-left",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} is still the template's placeholder",
    fix=(
        "Replace the placeholder with the real {setting}: your environment's domain and tenant name stand in the Cloud "
        "Portal, the credentials come from your API client."
    ),
    reference="Ataccama ONE REST API, API Authentication (Token request)",
    meaning=(
        "The value is the text that a template or a page shows in place of a real one, such as {your-environment}, "
        "<client-id>, YOUR_CLIENT_SECRET or changeme, or a mask of asterisks. It is no credential, so it is shown as "
        "it is and never sent."
    ),
    detection=(
        "The whole value has the form of a placeholder: braces or angle brackets round words, a well-known filler, or "
        "one masking character repeated. A value that merely contains such a character is not counted."
    ),
    steps=(
        "For the URL, take the Domain as stated in the Cloud Portal.",
        "For the realm, take the Tenant name as stated in the Cloud Portal.",
        "For the client ID and client secret, take the pair that was stored when the API client was created.",
        (
            "If only a mask of the secret was stored, the secret is lost: create a new API client under Cloud Portal > "
            "your environment > Settings tab > API Clients > Create API Client."
        ),
    ),
    origin=(
        "An example from the documentation or a sample configuration was copied and one of its parts was left as it "
        "stood; or a secret was copied from a screen or export that shows asterisks instead of it."
    ),
    prevention="Leave the value out of sample files altogether, so that a forgotten one is missing rather than wrong.",
)

VARIABLE_NOT_EXPANDED = Cause(
    id="variable-not-expanded",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} is the name of a variable that nothing replaced",
    fix=(
        "Let the tool that owns this syntax fill in the {setting} before it is read, or put the value itself in its "
        "place."
    ),
    reference="POSIX.1-2017, Shell Command Language, section 2.6.2 (Parameter Expansion)",
    meaning=(
        "The value is a reference such as $NAME, ${NAME}, %NAME%, {{ name }} or <no value>, and the program that "
        "should have replaced it did not. The reference is shown as it is and is never sent."
    ),
    detection=(
        "The whole value is one reference in the syntax of a shell, a Windows command line, or a template engine. A "
        "secret that merely begins with a dollar sign is left alone."
    ),
    steps=(
        (
            "Find which program was meant to replace the reference: the shell, the compose tool, the pipeline, or a "
            "template engine."
        ),
        "In a shell, use double quotes instead of single quotes round the reference.",
        (
            "In a template, check that the variable has a value; <no value> is what Go templates print for one that "
            "has none."
        ),
        "Run the check again and read in the report what arrived.",
    ),
    origin=(
        "Single quotes stop a shell from replacing $NAME; %NAME% means nothing outside cmd.exe; a plain env file is "
        "often read without any replacement at all."
    ),
    prevention=(
        "Let the first step of a job run this check, which shows a forgotten replacement before anything is sent."
    ),
)

EDGE_WHITESPACE = Cause(
    id="edge-whitespace",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} begins or ends with whitespace",
    fix="Remove the whitespace at the ends of the {setting}; write files with printf %s instead of echo.",
    reference=(
        "RFC 6749, appendices A.1 and A.2; Ataccama ONE REST API, API Authentication (Invalid client credentials)"
    ),
    meaning=(
        "A space, tab, line end or other Unicode space stands before or after the real value. Keycloak compares the "
        "value as it arrives and trims nothing, so one extra character makes a right value wrong."
    ),
    detection=(
        "The ends of the value are examined by the Unicode property White_Space, and of a secret only the code point "
        "and the end are told. When the value was rejected, the trimmed one is tried once; if that is accepted, the "
        "whitespace is certain to be the cause."
    ),
    steps=(
        'Rewrite the file or variable without the extra character; printf %s "$VALUE" > file adds no line end.',
        (
            "On Windows, save the file with LF or without a last line break; a CR left at the end is invisible in most "
            "editors."
        ),
        "In a pipeline's form for secrets, paste the value without a line break after it.",
        "Run the check again; the finding must be gone, not only the rejection.",
    ),
    origin=(
        "echo without -n adds a line feed, a Windows editor adds CR and LF, and a double click on a table cell selects "
        "the space after the word."
    ),
    prevention="Write secrets with printf %s, or let a secret store hand them over without passing through an editor.",
)

INNER_WHITESPACE = Cause(
    id="inner-whitespace",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} holds a space or line break where none can be",
    fix="Enter the {setting} again in one piece, without the space or line break inside it.",
    reference="RFC 6749, appendix A.2; RFC 3986, section 2",
    meaning=(
        "Whitespace stands inside a value that cannot hold any, so the value was wrapped, split or joined on its way. "
        "The characters after the break often reach the server as part of another line, or not at all."
    ),
    detection=(
        "The value keeps whitespace after both ends were trimmed. Whitespace at the ends alone is reported as such, "
        "and the scope is left out, because it is a list with spaces between its items."
    ),
    steps=(
        "Put the value on one line without spaces, as it was when it was created.",
        "If it came out of an e-mail or a PDF, join the wrapped lines without anything between them.",
        "If it came from YAML, use a plain or quoted scalar instead of a folded block.",
    ),
    origin=(
        "A mail program or PDF wrapped a long value, base64 without -w 0 broke it into lines, or two values were "
        "pasted into one field."
    ),
    prevention="Pass secrets through a secret store or a file rather than through documents that wrap their text.",
)

INVISIBLE_CHARACTER = Cause(
    id="invisible-character",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} contains an invisible character",
    fix=(
        "Type or paste the {setting} again as plain text; when it stands in a file, save the file as UTF-8 without a "
        "byte order mark."
    ),
    reference="Unicode Standard Annex 44 (Default_Ignorable_Code_Point); RFC 6749, appendix A.2",
    meaning=(
        "A character without width or ink, such as a byte order mark, zero-width space, soft hyphen, direction mark or "
        "NUL, stands in the value. It looks right on every screen and is different for every computer."
    ),
    detection=(
        "Every character is examined by its Unicode category; the finding tells the code point and whether it stands "
        "at the start, at the end or inside. Spaces, tabs and line ends belong to the whitespace causes, visible twins "
        "to lookalike-character."
    ),
    steps=(
        "Find the character by the code point in the finding, not by eye.",
        (
            "For a byte order mark at the start, save the file as UTF-8 without BOM; Windows PowerShell 5.1 writes one "
            "with Out-File -Encoding utf8."
        ),
        (
            "For a zero-width or direction mark, paste through a plain-text editor that shows such characters, and "
            "delete it there."
        ),
        "Run the check again on the rewritten value.",
    ),
    origin=(
        "An editor saved the file with a byte order mark, or the value was copied from a chat, web page or PDF that "
        "puts zero-width or direction marks between words."
    ),
    prevention=(
        "Keep credentials out of word processors and chats, and have the repository's editor settings demand UTF-8 "
        "without BOM."
    ),
)

LOOKALIKE_CHARACTER = Cause(
    id="lookalike-character",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} contains a look-alike of a plain character",
    fix="Replace the look-alike in the {setting} with the plain ASCII character it resembles.",
    reference="Unicode Technical Standard 39, section 4 (Confusable Detection)",
    meaning=(
        "A character that only looks like an ASCII one stands in the value: a typographic dash or quote, a Cyrillic "
        "letter, a full-width letter. To the server it is another character, so the value is another value."
    ),
    detection=(
        "Each non-ASCII character is compared with a table of twins of ASCII characters; the code point and the plain "
        "one are named. A non-ASCII character without an ASCII twin is not reported here, because a hand-made secret "
        "may hold it."
    ),
    steps=(
        "Read the code point in the finding and delete that character.",
        "Type the plain one by hand: hyphen-minus U+002D, apostrophe U+0027, or the Latin letter.",
        "If the value came by mail or document, copy it from the store where it was first put instead.",
    ),
    origin=(
        "Word processors and chat programs turn - into a dash and quotes into curly ones; a keyboard in another layout "
        "types a letter that looks the same."
    ),
    prevention=(
        "Send credentials through a secret store, and switch automatic replacement off where they must pass through "
        "text."
    ),
)

QUOTES_KEPT = Cause(
    id="quotes-kept",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} still has the quotes of the file it came from",
    fix="Remove the quotes round the {setting} in the file it is read from, or use a reader that removes them.",
    reference="RFC 6749, section 2.3.1",
    meaning=(
        "The value begins and ends with a quote or backtick that belongs to the syntax of a file, not to the value. "
        "The server receives the quotes as part of the credential."
    ),
    detection=(
        "The same kind of quote stands at both ends, plain, typographic or backtick. When the value was rejected, it "
        "is tried once without them; acceptance makes the cause certain."
    ),
    steps=(
        "In an env file given to docker run --env-file, write NAME=value without quotes: that reader keeps them.",
        'In a Windows command line, write set "NAME=value", with the first quote before the name.',
        'In YAML, quote the whole item, - "NAME=value", not the part after the equals sign.',
        "Run the check afterwards and see in the report that the value, or the secret's fingerprint, has changed.",
    ),
    origin=(
        "Shells remove quotes, but many env-file readers, a compose file's list form and cmd.exe keep them, so a line "
        "that works in one place fails in the other."
    ),
    prevention="Generate values that need no quotes, and write env files without any.",
)

LABEL_PASTED = Cause(
    id="label-pasted",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} came with its label or with punctuation",
    fix="Keep only the value of the {setting}: delete the name before it, and any comma or semicolon after it.",
    reference="Ataccama ONE REST API, API Authentication (Create an API client)",
    meaning=(
        "More was copied than the value: its name, as in client_secret=..., Client ID: ... or export NAME=..., or the "
        "comma or semicolon that ended the line. The server takes all of it as the value."
    ),
    detection=(
        "The value begins with a known setting's name and a separator, or ends with a single comma or semicolon. A "
        "rejected value is tried once without the addition; when that is accepted, nothing else is in doubt."
    ),
    steps=(
        "Delete everything up to and including the separator after the name.",
        "Delete a trailing comma or semicolon that came from JSON or code.",
        (
            "If the value is read from a file that holds several lines NAME=value, name it as an env file instead of a "
            "file with one secret."
        ),
    ),
    origin=(
        "A whole line was selected instead of the value in it, or an env file was given where a file with nothing but "
        "the secret was expected."
    ),
    prevention=(
        "Store the client ID and the client secret as two values, each in its own place, from the moment they are "
        "created."
    ),
)

ENCODED_VALUE = Cause(
    id="encoded-value",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} is an encoded form of the real value",
    fix="Decode the {setting} once and give the plain value; the encoding for the request is applied when it is sent.",
    reference="RFC 4648, section 4; RFC 3986, section 2.1",
    meaning=(
        "The value is the Base64, percent-, HTML- or JSON-escaped form of the real one. A program that encodes on "
        "sending encodes it a second time, and the server compares the wrong text."
    ),
    detection=(
        "The value decodes to printable text in one of the four forms. Many random secrets happen to be valid Base64, "
        "so this is certain only when the decoded value was accepted after the given one was rejected."
    ),
    steps=(
        "For Base64, decode with base64 -d and check that the result has no line break.",
        "For a value with %2B, %2F or %3D in it, decode the percent signs once.",
        (
            "For a Base64 text that decodes to client ID and secret with a colon between them, use the part after the "
            "colon as the secret."
        ),
        "Give the decoded value and run the check again.",
    ),
    origin=(
        "The data of a Kubernetes Secret is Base64 and was copied as it stands in YAML, a value was taken out of a URL "
        "or a Basic header, or out of an escaped JSON string."
    ),
    prevention=(
        "Write Kubernetes secrets with stringData, and read them through the mounted file or variable, which is "
        "decoded already."
    ),
)

SWAPPED_VALUES = Cause(
    id="swapped-values",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The client ID and the client secret stand in each other's place",
    fix="Exchange the two values: the client ID goes where the client secret stands now, and the reverse.",
    reference="RFC 6749, section 2.3.1",
    meaning=(
        "The public name of the API client was given as the secret and the secret as the name. The realm then knows no "
        "such client, and the secret travels where names are logged."
    ),
    detection=(
        "The shapes suggest it: the client ID looks like a generated secret and the client secret like a name. It is "
        "certain only when the exchanged pair was accepted; otherwise it stays a hint beside client-not-found."
    ),
    steps=(
        "Exchange the two values at the source that the report names.",
        (
            "Since the secret was sent as a client ID, it may stand in the realm's event log and in reports made by "
            "other tools."
        ),
        "If that log is read by people who must not know it, create a new API client and delete the stored pair.",
    ),
    origin=(
        "Two fields were filled from one note in the wrong order, or two pipeline variables were defined from one "
        "another's values."
    ),
    prevention="Store the pair together with its names, and give the API client a name that nobody takes for a secret.",
)

WRONG_ARTEFACT = Cause(
    id="wrong-artefact",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The {setting} is another kind of thing",
    fix="Give the {setting} that belongs to your API client; the finding says what kind of thing stands there now.",
    reference="Ataccama ONE REST API, API Authentication (Create an API client)",
    meaning=(
        "The value is a credential or text of another kind: an access token or a whole Authorization header as the "
        "secret, an e-mail address as the client ID, a PEM key, a URL, a command line. It may be valid for its own "
        "purpose and is of no use here."
    ),
    detection=(
        "The form gives it away: three Base64url parts beginning with eyJ, the word Bearer, an @ between name and "
        "domain, a PEM header line. Only the kind is told, never a part of the value."
    ),
    steps=(
        (
            "For a JWT or a Bearer header, keep the token where it belongs and give the client secret; a token is what "
            "the secret is exchanged for."
        ),
        (
            "For an e-mail address, use the client ID of an API client; a person's login is not accepted by the client "
            "credentials grant."
        ),
        (
            "For an OpenLineage API key from an orchestrator connection, create an API client: Cloud Portal > your "
            "environment > Settings tab > API Clients > Create API Client."
        ),
        "For a PEM key, ask the realm's administrator whether this client authenticates by signed JWT.",
    ),
    origin=(
        "Several credentials of one product lay side by side and the nearest one was taken, or an earlier step's "
        "access token was saved under the secret's name."
    ),
    prevention="Name stored credentials after product, environment and kind, such as ataccama-dev-client-secret.",
)

URL_MALFORMED = Cause(
    id="url-malformed",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The URL is not a URL, host name or environment label",
    fix=(
        "Give the environment's Domain as stated in the Cloud Portal, or its address in the form "
        "https://your-environment.ataccama.one."
    ),
    reference="RFC 3986, section 3; RFC 1123, section 2.1",
    meaning=(
        "The value can be read neither as a URL, nor as a host name, nor as the label that stands before "
        ".ataccama.one. No address can be built from it, so nothing was asked."
    ),
    detection=(
        "The value was read in all three ways and failed in each; the finding names the first part that cannot be "
        "right. A well-formed name that does not exist is found by the resolver instead, as host-not-found."
    ),
    steps=(
        (
            "Look at the Cloud Portal's address when you are logged in to your environment: the environment identifier "
            "stands in it."
        ),
        "Give it as a bare label, a domain or a full https URL; all three are understood.",
        (
            "Check for a missing slash after https:, an underscore or a space in the host name, and a port that is no "
            "number."
        ),
    ),
    origin="The address was typed by hand, cut off while copying, or assembled in a script from a part that was empty.",
    prevention="Copy the address out of the browser's address bar while logged in to the environment.",
)

URL_NOT_HTTPS = Cause(
    id="url-not-https",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The URL begins with http:// instead of https://",
    fix="Change http:// to https:// in the URL.",
    reference="RFC 6749, section 3.2; RFC 6750, section 5.3",
    meaning=(
        "Over plain HTTP everybody on the way could read the client secret and the token, so nothing is sent. Only an "
        "address on this machine itself may be used without encryption."
    ),
    detection=(
        "The scheme of the address is http and the host is not a loopback address. It is read from the setting alone; "
        "a redirect from http to https by the server is neither awaited nor trusted, because the secret would already "
        "have travelled."
    ),
    steps=(
        "Write the URL with https://.",
        "If a port such as :80 or :8080 was given, remove it or use the port that serves HTTPS.",
        "If a secret was ever sent to this address over http by another program, create a new API client in its place.",
    ),
    origin=(
        "An internal address of a test installation was taken over, or a bare host name was completed with http by "
        "hand."
    ),
    prevention="Give the environment's label or domain without a scheme; https is then used.",
)

URL_EXTRA_PARTS = Cause(
    id="url-extra-parts",
    stage=Stage.SETTINGS,
    worst=Worst.WARN,
    title="The URL holds more than the environment's address",
    fix="Shorten the URL to the part with the host, as the finding shows it.",
    reference="Ataccama ONE REST API, API Authentication (Token endpoint URL)",
    meaning=(
        "A deep link, token URL, API URL, query or user name and password was given where only the environment's "
        "address is needed. The environment in it was used and the rest was left out."
    ),
    detection=(
        "After scheme, host and port something remains: a path, a query, a fragment or credentials. A realm named in "
        "the path is compared with the one given, and a difference is reported as a cause of its own."
    ),
    steps=(
        "Use the address that the finding shows as the one that was used.",
        "If the token URL itself must be overridden, give it as the token URL and not as the environment's URL.",
        "If a user name or password stood in the URL, remove it and change that password: URLs are logged.",
    ),
    origin="The address was copied from the browser in the middle of a task, or from a working curl command.",
    prevention="Keep the environment's address, the token URL and the API URL as three separate settings.",
)

URL_DOUBLED_SUFFIX = Cause(
    id="url-doubled-suffix",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The URL repeats its scheme or its domain",
    fix="Remove the repeated part, so that https:// and .ataccama.one each stand in the URL once.",
    reference="Ataccama ONE REST API, API Authentication (Token request)",
    meaning=(
        "The address was completed twice, as in acme.ataccama.one.ataccama.one or https://https://acme. No environment "
        "has such a name."
    ),
    detection=(
        "The same scheme or the vendor's domain stands in the value twice in a row. Reading the text is enough, which "
        "is why the name server's answer for the doubled name is not reported as host-not-found."
    ),
    steps=(
        "Take the address that the finding offers.",
        "In a template that adds https:// and .ataccama.one itself, fill in the bare label.",
        "In every other place, give the full domain and let nothing be added.",
    ),
    origin=(
        "The vendor page's pattern https://{your-environment}.ataccama.one was filled with the whole domain, which the "
        "Cloud Portal states with its suffix."
    ),
    prevention="Decide for each variable whether it holds a label or a full domain, and say so in its name.",
)

URL_NOT_AN_ENVIRONMENT = Cause(
    id="url-not-an-environment",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The URL names a host that is not an environment",
    fix="Replace the host with your environment's Domain as stated in the Cloud Portal.",
    reference="Ataccama ONE REST API, API Authentication (Token endpoint URL)",
    meaning=(
        "The host belongs to the vendor but is no environment, such as the documentation, support or community site or "
        "the bare domain, or its domain is a misspelling of ataccama.one. It may well answer, but it knows no realm "
        "and no client."
    ),
    detection=(
        "The host is compared with the vendor's known sites and with close misspellings of its domain before anything "
        "is sent. A host of one's own that turns out to hold no identity provider is not-keycloak instead."
    ),
    steps=(
        "Log in to your environment through the Cloud Portal and read the environment identifier in the address.",
        "Compare each letter of ataccama.one: one t, two c, one m, and the ending .one.",
        "Give the corrected address and run the check again.",
    ),
    origin=(
        "The link of the page one was reading was taken for the address of the product, or the domain was typed from "
        "memory."
    ),
    prevention=(
        "Copy the domain from the Cloud Portal once into the shared configuration instead of typing it in each place."
    ),
)

REALM_NOT_A_NAME = Cause(
    id="realm-not-a-name",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The realm is a path or URL instead of a name",
    fix="Give only the realm's name, the Tenant name as stated in the Cloud Portal.",
    reference="Ataccama ONE REST API, API Authentication (Token request)",
    meaning=(
        "The realm is one segment of the token URL and can hold no slash. With a path or URL in its place the token "
        "URL points somewhere else, and the server's answer would be about that place."
    ),
    detection=(
        "The value holds a slash, a scheme or the words /realms/; the name after /realms/ is offered as the realm. A "
        "plain name that the server does not know is realm-not-found."
    ),
    steps=(
        "Take the word after /realms/ from the value, if there is one.",
        "Compare it with the Tenant name as stated in the Cloud Portal for this environment.",
        "Give that name alone, without slashes.",
    ),
    origin=(
        "The issuer or the whole token URL was copied into the field for the realm, because another tool calls that "
        "value the authority."
    ),
    prevention="Where a tool asks for issuer or authority, keep that as a setting of its own and never as the realm.",
)

SETTING_SHADOWED = Cause(
    id="setting-shadowed",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="The rejected {setting} hides a different one from another source",
    fix=(
        "Remove the {setting} that won or correct it; a flag outranks an environment variable, which outranks the "
        "profile."
    ),
    reference="Ataccama ONE REST API, API Authentication (Best practices, Secure storage)",
    meaning=(
        "Two sources give this setting and they disagree. The one with precedence was used and the server refused it, "
        "so the other may be the one that was meant."
    ),
    detection=(
        "All sources are read and compared by value. It is certain only when the hidden value was accepted after the "
        "one in use was refused; as long as the one in use works, a difference is no finding."
    ),
    steps=(
        "See in the report which source gave the value in use and which ones it hides.",
        "Decide which of them is kept up to date, and delete the other.",
        "In a shell, unset the variable; in a new terminal it may come back from a start-up file.",
    ),
    origin=(
        "A variable exported weeks ago is still set in the terminal, or a machine-wide variable outranks a profile "
        "that was just written."
    ),
    prevention=(
        "Keep one home for each credential; let the profile refer to the variable instead of holding a second copy."
    ),
)

LOADERS_DIFFER = Cause(
    id="loaders-differ",
    stage=Stage.SETTINGS,
    worst=Worst.FAIL,
    title="Loaders of env files read different values for the {setting}",
    fix="Write the line so that every loader reads it alike: the value in single quotes, and nothing behind it.",
    reference="POSIX, Shell Command Language, section 2.2 (Quoting)",
    meaning=(
        "There is no standard for env files. A # begins a comment for one loader and belongs to the value for another; "
        "a $ stands for a variable or for itself; a backslash is an escape or a character. So the same file can work "
        "in one place and fail in another."
    ),
    detection=(
        "The line is read as python-dotenv does, as docker compose does, and as it stands. The first is the value in "
        "use; once the server refused it, the others are tried, and the one that it takes was the right one."
    ),
    steps=(
        "Open the env file at the line that the report names.",
        "Write the line as the report shows it, with the value where the asterisks stand.",
        "If docker run reads the file too, use a value without quotes; it keeps them.",
    ),
    origin=(
        "A generated secret holds # or $, or a file that was written for one loader is given to another one later."
    ),
    prevention="Put generated values in single quotes, and keep comments on lines of their own.",
)

SECRET_NEEDS_ENCODING = Cause(
    id="secret-needs-encoding",
    stage=Stage.SETTINGS,
    worst=Worst.NOTE,
    title="The client secret holds characters that plain curl -d would break",
    fix="Use --data-urlencode for the client secret in curl; -d sends + & % and = as they stand.",
    reference="RFC 6749, appendix B; Ataccama ONE REST API, API Authentication (Example: Complete authentication flow)",
    meaning=(
        "The secret works here because it was form-encoded before it was sent. In a form body a bare + becomes a "
        "space, & ends the value and % begins an escape, so the vendor page's own curl example would send a different "
        "secret."
    ),
    detection=(
        "The secret was accepted and holds at least one character that form encoding changes. Which one and where is "
        "not told."
    ),
    steps=(
        'In curl, write --data-urlencode "client_secret=$CLIENT_SECRET".',
        "In a program, hand the parameters to the HTTP library as a mapping, and build no body by hand.",
        (
            "With HTTP Basic, Keycloak 20 and later decodes both halves, so percent-encode the client ID and the "
            "secret first."
        ),
    ),
    origin=(
        "The secret was chosen by hand or by a password generator with symbols; secrets that Keycloak generates are "
        "letters and digits."
    ),
    prevention="Let the identity provider generate the secret.",
)

API_HOST_DIFFERS = Cause(
    id="api-host-differs",
    stage=Stage.SETTINGS,
    worst=Worst.NOTE,
    title="The token and the API are on different hosts",
    fix=(
        "Check that the API's host belongs to the same environment as the token's; on Ataccama Cloud both are one host."
    ),
    reference="Ataccama ONE REST API, API Authentication (Use the access token)",
    meaning=(
        "The token comes from one origin and is used at another. That is normal where Keycloak has a host of its own, "
        "and a mix-up where two environments were combined."
    ),
    detection=(
        "The origins of the token URL and the API URL are compared by scheme, host and port. It is only a note, since "
        "self-managed installations are often built this way."
    ),
    steps=(
        "Read both origins in the report and see whether they name the same environment.",
        "On Ataccama Cloud, leave the token URL and the API URL out; both are derived from the environment's URL.",
        "If two hosts are meant, make sure that the API trusts the issuer of the realm on the first one.",
    ),
    origin=(
        "One of the two addresses was overridden for an experiment, or only one of them was changed when moving from a "
        "test to a production environment."
    ),
    prevention=(
        "Derive both addresses from one setting and override them only where the installation really has two hosts."
    ),
)

SECRET_EXPOSED = Cause(
    id="secret-exposed",
    stage=Stage.SETTINGS,
    worst=Worst.WARN,
    title="The client secret is stored where others can read it",
    fix=(
        "Restrict the file with chmod 600 and keep it out of git; if others could have read the secret, create a new "
        "API client in its place."
    ),
    reference="Ataccama ONE REST API, API Authentication (Best practices, Secure storage)",
    meaning=(
        "The file with the secret is readable by other accounts of this machine, or git tracks it or would take it "
        "with the next commit. Whoever reads it can act as the API client."
    ),
    detection=(
        "The mode of the file and git's own view of it are examined on this machine; nothing is sent. The finding says "
        "which of the three applies: readable by others, tracked, or not ignored."
    ),
    steps=(
        "For a readable file, run chmod 600 on it.",
        "For a file that git does not ignore, add it to .gitignore before the next commit.",
        (
            "For a file that git tracks, remove it with git rm --cached, and treat the secret as known to everybody "
            "who has the repository."
        ),
        (
            "To replace a secret that was read, create a new API client under Cloud Portal > your environment > "
            "Settings tab > API Clients, change every program that uses the old one, and have the old client removed."
        ),
    ),
    origin="A sample configuration was filled in place, or a file was written with the default mode of the account.",
    prevention="Keep the secret in a secret store or keyring and let the profile refer to it.",
)
