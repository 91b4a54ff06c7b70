"""Nobody could be asked, or not the right one: names, connections, proxies, certificates, edges and clocks."""

from doctor.api import Cause, Stage, Worst

__all__ = [
    "CERTIFICATE_CHAIN_INCOMPLETE",
    "CERTIFICATE_DATES_OR_CLOCK",
    "CERTIFICATE_EXPIRED",
    "CERTIFICATE_NOT_YET_VALID",
    "CERTIFICATE_TRUSTED_ELSEWHERE",
    "CERTIFICATE_UNTRUSTED",
    "CERTIFICATE_WRONG_HOST",
    "CLIENT_CERTIFICATE_REQUIRED",
    "CLOCK_WRONG",
    "CONNECTION_REFUSED",
    "CONNECTION_RESET",
    "CONNECTION_TIMED_OUT",
    "CURL_DIFFERS",
    "EDGE_BLOCKS",
    "ENVIRONMENT_NOT_THERE",
    "GATEWAY_ERROR",
    "HOST_NOT_FOUND",
    "LOGIN_PAGE_IN_FRONT",
    "NAME_RESOLUTION_UNAVAILABLE",
    "NETWORK_UNREACHABLE",
    "PROXY_AUTHENTICATION_REQUIRED",
    "PROXY_REFUSED",
    "PROXY_UNREACHABLE",
    "RATE_LIMITED",
    "RESPONSE_MALFORMED",
    "RESPONSE_TIMED_OUT",
    "RESPONSE_TOO_LARGE",
    "SERVER_CLOCKS_DIFFER",
    "SERVER_ERROR",
    "TLS_NOT_SPOKEN",
    "TLS_VERSION_REFUSED",
]

HOST_NOT_FOUND = Cause(
    id="host-not-found",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The host name of the {endpoint} does not exist",
    fix="Correct the host in the URL; your environment's Domain is stated in the Cloud Portal.",
    reference="RFC 1035, section 4.1.1 (RCODE 3, Name Error); RFC 8020",
    meaning=(
        "The name server answered that there is no such name, so nobody could be asked. This says nothing about the "
        "credentials."
    ),
    detection=(
        'The resolver gave a definite answer, "no such name". A resolver that fails, refuses or stays silent is '
        "name-resolution-unavailable, because then the name may well be right."
    ),
    steps=(
        "Compare the host letter by letter with the Domain as stated in the Cloud Portal.",
        (
            "If the environment is reached only through a VPN or an internal name server, connect to it and run the "
            "check again."
        ),
        (
            "Where only a proxy can resolve outside names, set HTTPS_PROXY or the proxy setting, so that the proxy "
            "looks the name up."
        ),
    ),
    origin=(
        "A typing error in the environment's label, an environment that was removed or not created yet, or a name that "
        "only the company's own name server knows."
    ),
    prevention="Copy the domain from the Cloud Portal into one shared setting.",
)

NAME_RESOLUTION_UNAVAILABLE = Cause(
    id="name-resolution-unavailable",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="Host names cannot be resolved on this machine now",
    fix="Check this machine's network and its name server settings, then run the check again.",
    reference="RFC 1035, section 4.1.1 (RCODE 2, Server Failure)",
    meaning="The resolver failed or did not answer in time. Whether the name in the URL is right was not found out.",
    detection=(
        "The resolver reported a temporary failure or nothing within the time limit, which differs from the definite "
        '"no such name" of host-not-found. A numeric address in the URL is never affected.'
    ),
    steps=(
        "Resolve any other public name on this machine; when that fails too, the URL is not to blame.",
        "Look at the name servers in force, in a container those of the container.",
        "Switch the VPN on or off, whichever the network needs, and try again.",
    ),
    origin=(
        "A VPN client left dead name servers behind, a container has no outside name server, or a firewall drops port "
        "53."
    ),
    prevention="Give build machines a resolver of their own network, and monitor it like any other service.",
)

CONNECTION_REFUSED = Cause(
    id="connection-refused",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The {endpoint} refuses connections",
    fix=(
        "Check the host and port in the URL; when both are right, ask the environment's administrator whether the "
        "service is running."
    ),
    reference="RFC 9293, section 3.10.7.1",
    meaning=(
        "The machine at this address is there, and nothing listens at this port, or a firewall answers in its place. "
        "No HTTP request was made."
    ),
    detection=(
        "The refusal came back at once, as a reset of the first packet. Silence until the time limit is "
        "connection-timed-out, and a reset after the connection was made is connection-reset."
    ),
    steps=(
        "Compare the port with the one your administrator names; without a port in the URL it is 443.",
        "For an address of a test installation on this machine, start the service first.",
        "If a proxy must be used, check that this run uses it; the report names the proxy in force.",
    ),
    origin=(
        "The service is stopped or still starting, the port in the URL belongs to another installation, or the outside "
        "must be reached through a proxy."
    ),
    prevention="Leave the port out of the URL unless the installation needs one.",
)

CONNECTION_TIMED_OUT = Cause(
    id="connection-timed-out",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The {endpoint} does not answer connection attempts",
    fix=(
        "Check whether this network needs a VPN or proxy to reach the host, and ask whether its IP address must be on "
        "an allow-list."
    ),
    reference="RFC 9293, section 3.8.3; RFC 1122, section 4.2.3.5",
    meaning=(
        "The name was resolved, and no answer came to the attempts to connect before the time limit. Something on the "
        "way drops them silently."
    ),
    detection=(
        "Nothing at all came back on the addresses tried, neither an acceptance nor a refusal. Silence after a "
        "connection was made is response-timed-out."
    ),
    steps=(
        "Try another public HTTPS host from this machine; when it answers, the block concerns this host.",
        "Connect to the VPN, or set the proxy that other programs here use.",
        (
            "Ask the environment's administrator whether access is limited to listed addresses, and name the address "
            "this machine goes out with."
        ),
    ),
    origin=(
        "A firewall or allow-list drops packets from unknown networks, a VPN is not connected, or the environment was "
        "stopped and its address is unused."
    ),
    prevention="Run scheduled checks from the same network as the program that they stand for.",
)

CONNECTION_RESET = Cause(
    id="connection-reset",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The connection to the {endpoint} is cut before an answer",
    fix=(
        "Try once from another network or without the VPN; when it works there, ask the network's administrator about "
        "this host."
    ),
    reference="RFC 9293, section 3.5.3",
    meaning=(
        "A connection was made or begun, and the other side, or something on the way, tore it down before any HTTP "
        "answer. The request itself was not judged."
    ),
    detection=(
        "A reset or an end of the connection arrived before the first byte of an answer. A TLS alert, or plain HTTP in "
        "place of TLS, has a cause of its own."
    ),
    steps=(
        "Run the check again; a single reset may come from a restart.",
        "Compare with a run from another network to see whether a firewall here cuts connections by host name.",
        "If it happens everywhere, send the report with its times to the environment's administrator.",
    ),
    origin=(
        "A firewall that inspects the server name in TLS cuts the connection, a load balancer has no healthy backend, "
        "or a service restarts."
    ),
    prevention=(
        "Have the host allowed by name in the outgoing firewall rules of every network that runs the integration."
    ),
)

NETWORK_UNREACHABLE = Cause(
    id="network-unreachable",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="This machine has no route to the {endpoint}",
    fix="Connect this machine to the network or VPN that leads to the host, then run the check again.",
    reference="RFC 792, Destination Unreachable; RFC 4443, section 3.1",
    meaning=(
        "The operating system or a router reported that there is no way to the address. The attempt ended on this side "
        "of the connection."
    ),
    detection=(
        'The system answered "network unreachable" or "no route to host" at once. A connection attempt that gets no '
        "answer is connection-timed-out."
    ),
    steps=(
        "Check that this machine is online and that its default route is the expected one.",
        "If only IPv6 addresses were tried, check whether this network routes IPv6 at all.",
        "In a container or cluster, check that its network policy lets it reach the outside.",
    ),
    origin=(
        "The machine is offline, a container was started without a network, or a name has only IPv6 addresses while "
        "the network has only IPv4."
    ),
    prevention="Test outgoing access of new machines before credentials are put on them.",
)

PROXY_UNREACHABLE = Cause(
    id="proxy-unreachable",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The proxy cannot be reached",
    fix="Correct or remove the proxy address in the source that the report names.",
    reference="RFC 9110, section 9.3.6",
    meaning=(
        "This run must go through a proxy, and the proxy itself could not be resolved or connected to. The environment "
        "behind it was never asked."
    ),
    detection=(
        "The failure happened on the way to the proxy's own address. A proxy that answers and refuses is "
        "proxy-refused, and one that wants a login is proxy-authentication-required."
    ),
    steps=(
        "Read in the report which variable or setting gives the proxy.",
        "Check host, port and scheme of the proxy; the address usually begins with http:// even when it carries HTTPS.",
        "If this network needs no proxy, unset the variable, or add the environment's host to NO_PROXY.",
    ),
    origin=(
        "HTTPS_PROXY was set for an office network and the machine is elsewhere, or it was inherited from a base image."
    ),
    prevention=(
        "Set proxy variables where the network is chosen, not in images or start-up files that move between networks."
    ),
)

PROXY_AUTHENTICATION_REQUIRED = Cause(
    id="proxy-authentication-required",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    title="The proxy asks for a login",
    fix=(
        "Put a user name and password that the proxy accepts into the proxy setting, or ask its administrator for a "
        "way without a login."
    ),
    reference="RFC 9110, sections 11.7.1 and 15.5.8",
    meaning=(
        "The proxy answered 407 and lets nothing through until somebody signs in to it. The client ID and the client "
        "secret have nothing to do with this login."
    ),
    detection=(
        "Status 407 comes only from a proxy, with a Proxy-Authenticate header that names the methods. A 401 comes from "
        "the environment or something in front of it."
    ),
    steps=(
        "Read the method that the proxy offers in the evidence.",
        "For Basic, give the proxy as http://user:password@proxy-host:port, with special characters percent-encoded.",
        (
            "For NTLM or Negotiate, ask the network's administrator for an exception or a local helper; a user name in "
            "the URL is not enough."
        ),
    ),
    origin=(
        "The browser signs in to the proxy on its own with the account of the desktop, and a program on the same "
        "machine does not."
    ),
    prevention="Ask for a proxy exception for the environment's host on machines that run unattended.",
)

PROXY_REFUSED = Cause(
    id="proxy-refused",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    title="The proxy refuses to connect to the {endpoint}",
    fix="Ask the proxy's administrator to allow HTTPS connections to this host and port.",
    reference="RFC 9110, section 9.3.6",
    meaning=(
        "The proxy was reached and declined to open a tunnel to the host. The refusal is the proxy's own rule or its "
        "own failure to connect, and the environment never saw a request."
    ),
    detection=(
        "The answer to CONNECT was neither a success nor 407; its status and text are shown. An answer inside the "
        "tunnel would come from the environment instead."
    ),
    steps=(
        "Send the proxy's administrator the host, the port and the status in the evidence.",
        "For 502, 503 or 504, ask whether the proxy can resolve and reach the host itself.",
        "If the host is to be reached without a proxy, add it to NO_PROXY.",
    ),
    origin="The proxy allows only listed hosts or only port 443, or blocks a category that the host was put in.",
    prevention="Include the environment's host in the network request when a new integration is planned.",
)

CERTIFICATE_EXPIRED = Cause(
    id="certificate-expired",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The server's certificate has expired",
    fix="Ask whoever runs the host to renew its certificate; do not switch certificate verification off.",
    reference="RFC 5280, section 4.1.2.5",
    meaning=(
        "The date until which the certificate is valid is past, by a clock that was found to be right. No program that "
        "verifies certificates will connect, so no secret was sent."
    ),
    detection=(
        "The certificate's last day is compared with a time that does not depend on this machine's clock alone. When "
        "no other clock could be asked, the joint cause certificate-dates-or-clock is named."
    ),
    steps=(
        "Send the administrator the date of expiry and the issuer from the evidence.",
        "If a proxy here inspects TLS, see whether the expired certificate is the proxy's; its issuer tells.",
        "On Ataccama Cloud, report it to Ataccama support.",
    ),
    origin="Automatic renewal failed unnoticed, or the new certificate was installed and the server was not reloaded.",
    prevention="Watch the remaining days of the certificate and raise an alarm weeks before the last one.",
)

CERTIFICATE_NOT_YET_VALID = Cause(
    id="certificate-not-yet-valid",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The server's certificate is not valid yet",
    fix="Ask whoever runs the host to install a certificate whose first day has come.",
    reference="RFC 5280, section 4.1.2.5",
    meaning=(
        "The certificate's first day lies in the future, by a clock that was found to be right. It was made ahead of "
        "its time or on a machine with a wrong clock."
    ),
    detection=(
        "The first day is compared with a time confirmed by another source than this machine. If only this machine's "
        "clock says so, the clock is the likelier culprit and the joint cause is named."
    ),
    steps=(
        "Send the administrator the first day of validity from the evidence.",
        "If the difference is minutes, wait them out and run the check again.",
        (
            "If the certificate was made by a certificate authority of one's own, correct that machine's clock and "
            "issue it again."
        ),
    ),
    origin=(
        "A certificate was installed before its start date, or issued by a test authority whose clock or time zone was "
        "wrong."
    ),
    prevention="Issue certificates with a start date some hours in the past, as public authorities do.",
)

CERTIFICATE_WRONG_HOST = Cause(
    id="certificate-wrong-host",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The certificate belongs to another host name",
    fix="Use a host name that the certificate covers, or ask whoever runs the host to add this one to it.",
    reference="RFC 9525, section 6 (formerly RFC 6125)",
    meaning=(
        "The certificate may be valid, but the host in the URL is not among its names. The connection leads to a "
        "server that cannot prove to be the one asked for, so it was ended."
    ),
    detection=(
        "The names in the certificate's subjectAltName were read and none matches the host; a wildcard covers one "
        "label only. A default certificate of an edge often means that the name was never set up there."
    ),
    steps=(
        "Compare the names in the evidence with the host in the URL.",
        "If one of them is the environment's real domain, use it in the URL.",
        "If the URL holds an IP address, use the host name instead.",
        "If the names belong to an ingress or a hosting provider, check that the environment's label is right.",
    ),
    origin=(
        "An alias or IP address is used, the label is mistyped under a wildcard DNS entry, or a custom domain has no "
        "certificate of its own yet."
    ),
    prevention=(
        "Use the Domain as stated in the Cloud Portal, and have custom domains tested over HTTPS before they are "
        "handed out."
    ),
)

CERTIFICATE_UNTRUSTED = Cause(
    id="certificate-untrusted",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The certificate was issued by an authority that this machine does not trust",
    fix="Get the root certificate from whoever runs the host or the network, and give it with --ca-bundle.",
    reference="RFC 5280, section 6.1",
    meaning=(
        "The certificate signs itself, or its chain ends in a root that is in neither of the trust stores consulted. "
        "Without trust in the issuer, anybody could pose as the host."
    ),
    detection=(
        "Verification failed against the CA bundle in use and against the operating system's store. A root that only "
        "the system trusts is certificate-trusted-elsewhere, and a missing intermediate is "
        "certificate-chain-incomplete."
    ),
    steps=(
        "Read the issuer in the evidence: it is a private authority, an inspecting proxy or the server itself.",
        "Ask for the root certificate through a channel you trust, not from the connection in question.",
        (
            "Put it in a PEM file together with the public roots, and give that file with --ca-bundle or "
            "REQUESTS_CA_BUNDLE."
        ),
    ),
    origin=(
        "A self-managed installation uses a company's own authority or a self-signed certificate, or a proxy inspects "
        "TLS."
    ),
    prevention=(
        "Install the company's root in every machine image, and use a certificate of a public authority for hosts that "
        "outsiders reach."
    ),
)

CERTIFICATE_CHAIN_INCOMPLETE = Cause(
    id="certificate-chain-incomplete",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The server probably does not send its intermediate certificate",
    fix="Ask whoever runs the host to install the full chain, the server's certificate followed by every intermediate.",
    reference="RFC 8446, section 4.4.2; RFC 5280, section 6.1",
    meaning=(
        "The certificate's issuer is unknown here and was not sent along, so no path leads to a trusted root. Browsers "
        "often fetch or remember the missing certificate, which is why the same address works in them."
    ),
    detection=(
        "The server sends a certificate that does not sign itself and whose issuer is absent. From outside a private "
        "root looks the same, so this is never certain."
    ),
    steps=(
        "Ask the administrator which file the server sends; it must be the chain, not the certificate alone.",
        "Suggest a look with a tool that shows the chain sent, such as openssl s_client -showcerts.",
        "If the issuer is a private authority, get its root and give it with --ca-bundle instead.",
    ),
    origin=(
        "The renewed certificate was installed from the file without its chain, as several authorities deliver both."
    ),
    prevention="Test a new certificate with a command-line client, since a browser does not notice the gap.",
)

CERTIFICATE_DATES_OR_CLOCK = Cause(
    id="certificate-dates-or-clock",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The certificate is outside its dates, or this machine's clock is wrong",
    fix=(
        "Compare this machine's date and time with another clock; if it is right, ask whoever runs the host to replace "
        "the certificate."
    ),
    reference="RFC 5280, section 4.1.2.5",
    meaning=(
        "By this machine's clock the certificate is not valid now. No other clock could be asked, so it is open which "
        "of the two is wrong."
    ),
    detection=(
        "Only this machine's clock took part in the decision, because no verified connection gave a Date. With such a "
        "source the answer would be certificate-expired, certificate-not-yet-valid or clock-wrong."
    ),
    steps=(
        "Look at the date, the time and the time zone of this machine and compare them with a phone.",
        "Compare them with the certificate's two dates in the evidence.",
        "When the clock is off, let it synchronise and run the check again.",
        "When the clock is right, send the dates to whoever runs the host.",
    ),
    origin=(
        "A virtual machine was resumed from a snapshot, a board without battery booted in the past, or a certificate "
        "was simply not renewed."
    ),
    prevention=(
        "Run time synchronisation on every machine that makes TLS connections, and alarms on certificates that end "
        "soon."
    ),
    joint=("certificate-expired", "certificate-not-yet-valid", "clock-wrong"),
)

CERTIFICATE_TRUSTED_ELSEWHERE = Cause(
    id="certificate-trusted-elsewhere",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The certificate is trusted by another store than the one in use",
    fix=(
        "Point --ca-bundle or REQUESTS_CA_BUNDLE at the bundle that holds your company's root; the finding names where "
        "it is trusted."
    ),
    reference="RFC 5280, section 6.1; Requests documentation, SSL Cert Verification",
    meaning=(
        "The operating system, or a CA bundle named in another variable, trusts this certificate; the bundle that this "
        "run and other Python programs use does not. Usually it is a company's root, for inspection of TLS or for "
        "internal hosts."
    ),
    detection=(
        "The same chain was verified against the other store and passed. That this succeeds is what separates it from "
        "certificate-untrusted."
    ),
    steps=(
        "Read in the finding which store trusts the issuer.",
        "Export that root as PEM, or use the system's bundle file, and name it in REQUESTS_CA_BUNDLE.",
        (
            "Set the same for the program that failed; curl reads CURL_CA_BUNDLE or SSL_CERT_FILE, Node.js "
            "NODE_EXTRA_CA_CERTS."
        ),
    ),
    origin=(
        "The company's device management adds its root to the system store only, while Python programs bring their own "
        "list of roots."
    ),
    prevention="Set the CA variables in the machine image together with the root, for every language in use there.",
)

TLS_NOT_SPOKEN = Cause(
    id="tls-not-spoken",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The server speaks plain HTTP at this port",
    fix="Use the port that serves HTTPS, normally 443, or ask whoever runs the host to switch TLS on for this one.",
    reference="RFC 8446, section 5.1; RFC 9110, section 4.2.2",
    meaning=(
        "The answer to the TLS greeting was not TLS. The address says https and the port belongs to an unencrypted "
        "service, so nothing was sent over it."
    ),
    detection=(
        "The first bytes received were no TLS record; when they are an HTTP answer, its first line is in the evidence. "
        "A refusal inside TLS, an alert, belongs to tls-version-refused or client-certificate-required."
    ),
    steps=(
        "Check the port in the URL; 80, 8080 and 8083 are usual for plain HTTP.",
        "Remove the port to use 443.",
        (
            "On a self-managed installation, ask for the public address of the ingress instead of the container's own "
            "port."
        ),
    ),
    origin=(
        "The internal port of Keycloak or of the application was taken for the public one, or https was put before an "
        "address that never had TLS."
    ),
    prevention="Publish only the TLS address of an installation to its users.",
)

TLS_VERSION_REFUSED = Cause(
    id="tls-version-refused",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The server and this machine share no TLS version or cipher",
    fix="Ask whoever runs the host to offer TLS 1.2 or 1.3; do not lower this machine's security settings.",
    reference="RFC 8446, sections 4.2.1 and 6.2; RFC 8996",
    meaning=(
        "Both sides spoke TLS and could not agree on a version or a set of ciphers. One of them is too old, or was "
        "restricted too far."
    ),
    detection=(
        "The handshake ended with an alert such as protocol_version or handshake_failure before a certificate was "
        "judged. A demand for a client certificate is told apart by its own alert."
    ),
    steps=(
        "Read the alert in the evidence; protocol_version speaks of versions, handshake_failure mostly of ciphers.",
        "See whether another machine can connect; when it can, update the Python and OpenSSL of this one.",
        "When none can, send the alert to whoever runs the host or the inspecting proxy.",
    ),
    origin=(
        "An old appliance offers only TLS 1.0 or 1.1, which RFC 8996 retired, or a hardened policy on one side left "
        "nothing in common."
    ),
    prevention="Test the edge after each change of its TLS policy with the oldest client that is still supported.",
)

CLIENT_CERTIFICATE_REQUIRED = Cause(
    id="client-certificate-required",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The server demands a client certificate",
    fix=(
        "Ask whoever runs the host for an address without mutual TLS, or for a client certificate for your application."
    ),
    reference="RFC 8446, sections 4.3.2 and 6.2 (certificate_required)",
    meaning=(
        "The edge in front of the environment lets in only clients that present a certificate of their own. This is "
        "asked before any client ID or secret is looked at."
    ),
    detection=(
        "The server asked for a certificate and ended the handshake without one, or answered 400 with the edge's text "
        "about a missing SSL certificate. A token endpoint that wants a certificate for one client alone is a matter "
        "of that client."
    ),
    steps=(
        "Ask the environment's administrator whether mutual TLS is meant to apply to API clients.",
        "If it is, get a certificate and key from that administrator and set them up in your application.",
        "If it is not, let the edge exempt the paths /auth and /api.",
    ),
    origin="The host is an internal or partner-only entrance, or mutual TLS was switched on for a whole domain.",
    prevention="Write the demand for client certificates into the instructions for API clients, beside the URL.",
)

RESPONSE_TIMED_OUT = Cause(
    id="response-timed-out",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The {endpoint} accepts the connection and then stays silent",
    fix=(
        "Run the check again with a longer --timeout; when it stays silent, report the times in the evidence to the "
        "environment's administrator."
    ),
    reference="RFC 9110, section 15.5.9",
    meaning=(
        "The connection was made and the request sent, and no complete answer came in time. The server is busy or "
        "stuck, or something between swallowed the request."
    ),
    detection=(
        "The phases show name, connection and TLS as done and the wait for the first byte, or for the rest, as "
        "unfinished. A connection that was never made is connection-timed-out."
    ),
    steps=(
        "See in the timeline which exchange waited, and whether others to the same host were quick.",
        "Raise --timeout once, to tell slow from silent.",
        "If only requests through one proxy are silent, ask that proxy's administrator.",
    ),
    origin=(
        "The service is starting or overloaded, its database does not answer, or a middlebox drops packets above a "
        "certain size."
    ),
    prevention="Give programs that use the API a time limit and a retry with growing pauses.",
)

RESPONSE_MALFORMED = Cause(
    id="response-malformed",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    title="The {endpoint} sent something that is not a proper HTTP answer",
    fix=(
        "Check that host and port belong to the environment; when they do, send the evidence to whoever runs the host "
        "or the proxy before it."
    ),
    reference="RFC 9112, sections 2 and 6.3",
    meaning=(
        "Bytes came back and they do not form an HTTP answer: another protocol, a broken length or chunk, or a body "
        "that its own compression cannot undo. What the server meant to say cannot be known."
    ),
    detection=(
        "The parser names the first rule that was broken. A proper answer with the wrong kind of content, such as "
        "HTML, is not counted here."
    ),
    steps=(
        "Read in the evidence what was broken: the status line, the framing or the compression.",
        "Compare the port in the URL with the one for HTTPS.",
        "Run the check from a network without the proxy or inspection, to see who damages the answer.",
    ),
    origin=(
        "The port belongs to another protocol, a proxy rewrote a body and kept its old length, or the connection broke "
        "off in the middle."
    ),
    prevention="Exempt the environment's host from content rewriting in proxies.",
)

RESPONSE_TOO_LARGE = Cause(
    id="response-too-large",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    title="The answer of the {endpoint} is larger than this run accepts",
    fix=(
        "Check that the URL leads to the API and not to a download; when a --get path was given, choose one with a "
        "small answer."
    ),
    reference="RFC 9110, section 6.4",
    meaning=(
        "Reading was stopped at a fixed limit, so that an endless answer cannot fill this machine. What came until "
        "then could not be judged as a whole."
    ),
    detection=(
        "The byte count reached the limit, before or after decompression, while the server was still sending. An "
        "answer that ends too early is response-malformed instead."
    ),
    steps=(
        "Read the content type and the first bytes in the evidence.",
        "For a path of your own, add size=1 to the query.",
        "If a documented path answers so much to size=1, report it to Ataccama support.",
    ),
    origin="A path for export or download was given to --get, or the host streams something else at this address.",
    prevention="Ask for small pages in checks, and for large ones only where the data is used.",
)

CURL_DIFFERS = Cause(
    id="curl-differs",
    stage=Stage.NETWORK,
    worst=Worst.NOTE,
    title="The way to the environment differs between curl and programs with requests",
    fix="Set proxies and CA bundles in the form that both read alike: lower-case names, both CA variables.",
    reference="curl manual, section ENVIRONMENT; Requests documentation, Proxies and netrc Authentication",
    meaning=(
        "By this machine's variables and files, curl and a Python program with requests take different proxies, trust "
        "different authorities, or send different logins. What works with one may fail with the other."
    ),
    detection=(
        "The variables for proxies and CA bundles are looked at by the rules of both, and whether a netrc file has an "
        "entry for the host. Nothing is sent for it, and no login is kept."
    ),
    steps=(
        "Read in the finding which of the two takes what.",
        "Write https_proxy, http_proxy and no_proxy in lower case, names parted by commas, without ports and networks.",
        "Name the company's CA bundle in both REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE.",
        "Keep no netrc entry for the environment's host, or hand requests the token through auth=.",
    ),
    origin=(
        "curl reads HTTP_PROXY in lower case only and knows no ports in NO_PROXY; requests knows no blanks there, "
        "reads REQUESTS_CA_BUNDLE first, and uses netrc files unasked."
    ),
    prevention="Set these variables in one place, in the form that both read alike.",
)

CLOCK_WRONG = Cause(
    id="clock-wrong",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="This machine's clock is wrong",
    fix="Let this machine synchronise its clock, then run the check again.",
    reference="RFC 7519, sections 4.1.4 and 4.1.5; RFC 5905",
    meaning=(
        "The clock here differs from the server's by more than the leeway that tokens are given. Fresh tokens then "
        "look expired or not yet valid, and certificates may too."
    ),
    detection=(
        "The offset was measured against the Date of an answer over verified TLS, or against a token's exp less its "
        "expires_in, with the round trip as its bound. That two sources agree speaks against a wrong clock at the "
        "server."
    ),
    steps=(
        "Read the measured offset and its direction in the finding.",
        "On Linux, run timedatectl and see whether the clock is synchronised; in Windows, run w32tm /resync.",
        "For a difference of whole hours, check that the system's time is right in UTC, not only on the display.",
        "In a virtual machine or container, set the clock of the host.",
    ),
    origin=(
        "A machine was resumed from sleep or a snapshot, its time service cannot reach a server, or the clock was set "
        "by hand in another time zone."
    ),
    prevention="Run a time service everywhere, and compare clocks in monitoring.",
)

SERVER_CLOCKS_DIFFER = Cause(
    id="server-clocks-differ",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="The clocks of the API and the realm disagree",
    fix="Ask the environment's administrator to synchronise the clocks of the identity provider and of the API.",
    reference="RFC 7519, sections 4.1.4 and 4.1.5; RFC 9110, section 6.6.1",
    meaning=(
        "A token is dated by the realm's clock and judged by the API's. With the two apart, a fresh token is too early "
        "or already too late when it arrives, whatever this machine does."
    ),
    detection=(
        "The Date of the API's answers and of the realm's were compared in the same run, so this machine's clock "
        "cancels out. If only this machine differs from both, the cause is clock-wrong."
    ),
    steps=(
        "Send the administrator the offset from the finding with both host names.",
        "As a stopgap, when tokens are refused as not yet valid, wait for the difference before the first call.",
        "On Ataccama Cloud, report it to Ataccama support.",
    ),
    origin=(
        "One node lost its time service, or the identity provider runs on another host than the API with a clock of "
        "its own."
    ),
    prevention="Monitor the clock offset of each node, and keep it under a second.",
)

ENVIRONMENT_NOT_THERE = Cause(
    id="environment-not-there",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    heals=True,
    title="The name answers, but there is no environment behind it",
    fix=(
        "Compare the URL with the Domain as stated in the Cloud Portal; if it is right, ask there whether the "
        "environment is running."
    ),
    reference="Ataccama ONE REST API, API Authentication (Token endpoint URL)",
    meaning=(
        "The edge answers every path of this host with its default page. The environment never existed under this "
        "name, was stopped or removed, or goes by another name; from outside these look alike."
    ),
    detection=(
        "The realm, the token endpoint and the API all gave the same default page, with or without a known path. Where "
        "many names resolve to one edge, that the name resolves proves nothing."
    ),
    steps=(
        "Log in to the Cloud Portal and see whether the environment is listed and what its domain is.",
        "If the domain differs, use that one.",
        (
            "If it is the same, ask an administrator of the environment whether it is stopped, and Ataccama support if "
            "nobody knows."
        ),
    ),
    origin="The label was mistyped under a wildcard DNS entry, or a test environment was stopped or deleted.",
    prevention=(
        "Let the check run before a deployment, so that a stopped environment is noticed by it and not by the users."
    ),
    joint=("url-not-an-environment", "gateway-error"),
)

RATE_LIMITED = Cause(
    id="rate-limited",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The {endpoint} turns requests away because there were too many",
    fix=(
        "Wait for the time that the answer names, or a few minutes, then run the check again with nothing else using "
        "the same client."
    ),
    reference="RFC 6585, section 4; RFC 9110, section 10.2.3 (Retry-After)",
    meaning=(
        "The server answered 429, so it did not look at what was asked. Keycloak has no such limit of its own; a "
        "gateway in front of it or of the API counts the requests."
    ),
    detection=(
        "Status 429 says it outright, and Retry-After, when sent, is in the evidence. A 503 for overload is "
        "gateway-error, and a challenge page with status 429 is edge-blocks."
    ),
    steps=(
        "Respect Retry-After before the next attempt.",
        (
            "Look for a program that requests a token for each call, and let it keep the token until shortly before it "
            "expires."
        ),
        "If the limit is met in normal use, ask the environment's administrator who sets it.",
    ),
    origin=(
        "A program asks for a new token with every call, a retry loop has no pause, or many jobs share one outgoing "
        "address."
    ),
    prevention="Reuse a token until it nears its expiry, and pause longer after each refusal.",
)

GATEWAY_ERROR = Cause(
    id="gateway-error",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="What stands behind the gateway of the {endpoint} is down or starting",
    fix=(
        "Wait a few minutes and run the check again; if the error lasts, ask the environment's administrator about the "
        "state of the service."
    ),
    reference="RFC 9110, sections 15.6.3 to 15.6.5",
    meaning=(
        "The edge answered 502, 503 or 504, or its own error page, in place of the service. Neither the credentials "
        "nor the request were judged."
    ),
    detection=(
        "The answer carries a gateway's status or page and not the JSON of Keycloak or of the API. A 500 in the "
        "service's own format is server-error."
    ),
    steps=(
        "Read in the evidence which gateway answered and at which endpoint.",
        "If only one endpoint is concerned, name it when reporting: identity provider and API are separate services.",
        "On a self-managed installation, look at the state and the log of the service behind the ingress.",
    ),
    origin="The environment is being started, upgraded or has been stopped, or the service behind the gateway failed.",
    prevention=(
        "Let deployments wait until the environment answers, and programs retry a gateway's error a few times, each "
        "later than the last."
    ),
)

SERVER_ERROR = Cause(
    id="server-error",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    heals=True,
    title="The {endpoint} failed with an error of its own",
    fix=(
        "Run the check again once; if the error stays, send the evidence with its time and request ID to the "
        "environment's administrator."
    ),
    reference="RFC 9110, section 15.6.1",
    meaning=(
        "The service itself answered 500. Something broke on its side while it handled the request, so the answer says "
        "nothing about the settings."
    ),
    detection=(
        "The 500 is in the service's own format, such as Keycloak's unknown_error, with and without a token alike. A "
        "500 with a token and 401 without one is api-cannot-check-tokens."
    ),
    steps=(
        "Note the time and any request ID in the evidence.",
        (
            "On a self-managed installation, find the same moment in the server's log; Keycloak says no more to the "
            "outside."
        ),
        "On Ataccama Cloud, give both to Ataccama support.",
    ),
    origin=(
        "A database or another service that it needs is unavailable, an upgrade is half done, or the request meets a "
        "defect."
    ),
    prevention="Watch the rate of 500 answers in the environment, and report each kind once with its evidence.",
)

EDGE_BLOCKS = Cause(
    id="edge-blocks",
    stage=Stage.NETWORK,
    worst=Worst.INCONCLUSIVE,
    title="A firewall or bot protection answers in place of the {endpoint}",
    fix="Ask whoever runs that protection to let API clients from your address reach the paths /auth and /api.",
    reference="RFC 9110, section 15.5.4",
    meaning=(
        "A block page, bot challenge or allow-list answered, and the request did not reach the environment. A program "
        "can never pass a challenge that is made for browsers."
    ),
    detection=(
        "The page or its headers are those of a known protection, such as a challenge marker or a block reference. A "
        "plain 403 without such signs is weighed as api-forbidden."
    ),
    steps=(
        "Read the product and the reference number of the block in the evidence.",
        (
            "Give both, the time, and your outgoing IP address to whoever runs the protection; for a company's web "
            "filter that is your own network's administrator."
        ),
        "If only the POST to the token endpoint is blocked, say so: a rule about its content is then likely.",
    ),
    origin=(
        "The address is not on the allow-list, the environment is protected against bots, or a rule takes part of the "
        "form for an attack."
    ),
    prevention="Agree on fixed outgoing addresses for integrations, and have them listed before going live.",
)

LOGIN_PAGE_IN_FRONT = Cause(
    id="login-page-in-front",
    stage=Stage.NETWORK,
    worst=Worst.FAIL,
    title="A login page stands in front of the {endpoint}",
    fix=(
        "Ask whoever runs the single sign-on, portal or proxy in front to exempt the paths /auth and /api for programs."
    ),
    reference="RFC 9110, section 11.6.1",
    meaning=(
        "Something wants a person to sign in before the request is passed on: single sign-on, a guest network's "
        "portal, or a password on the ingress. A client ID and secret are of no use there."
    ),
    detection=(
        "The answer is a redirect to a login, an HTML sign-in page, or a Basic or Negotiate challenge at the token "
        "URL, which Keycloak itself does not send. The web application's own page at an API path is api-answers-html."
    ),
    steps=(
        "Read in the evidence where the redirect or the challenge leads.",
        "In a guest or hotel network, open any page in a browser and sign in there first.",
        (
            "For a sign-in of your company or of the ingress, name the two paths to its administrator; both have their "
            "own protection."
        ),
    ),
    origin=(
        "An authenticating proxy was placed before the whole host, test environments got a shared password, or the "
        "network has a captive portal."
    ),
    prevention="Apply browser sign-in to the web application's paths only.",
)
