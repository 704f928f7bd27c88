//! What synthetic providers say, and what servers say that no catalogue knows. All of it is made up.

use super::grammar::Grammar;

/// Templates. `BRAND`, `SITE` and `CODE` are the provider's own name, host name and reason codes.
pub const TEMPLATES: Grammar = &[
    (
        "template",
        &[
            "<opening><subject> <verdict><tail>",
            "<opening><subject> <verdict><tail>",
            "<opening><subject> <verdict> because <cause><tail>",
            "<opening><subject> <verdict>: <cause><tail>",
            "<opening><cause>, so <subject> <verdict><tail>",
            "<subject> <verdict> - <cause>",
            "<opening><short>",
        ],
    ),
    (
        "opening",
        &[
            "", "", "", "", "{ip} ", "[{ip}] ", "<{email}>: ", "{email} ", "Error: ", "Sorry, ", "BRAND: ",
            "[{code=CODE}] ", "{code=CODE} ", "({code=CODE}) ", "{code=CODE}: ", "#{code=CODE} ", "<stage>: ",
        ],
    ),
    ("stage", &["connection", "sender check", "recipient check", "content check", "greeting", "policy daemon"]),
    (
        "subject",
        &[
            "<your> <mail>", "<your> <mail>", "<your> <mail> from {ip}", "<your> <mail> to {email}", "<your> <host>",
            "<your> <host> {ip}", "<your> <host> {host}", "the <quality> <box>", "the <box> of {email}",
            "the <box> {email}", "<your> <domain> {domain}", "<your> <domain>", "the <quality> <part>",
            "the <part> of <your> <mail>", "{number} <mail>s from <your> <host>", "delivery through BRAND",
            "a <quality> <part>", "<your> BRAND <account>",
        ],
    ),
    ("your", &["your", "this", "the", "the submitted", "the incoming", "the presented", "any", "the current"]),
    (
        "mail",
        &[
            "message", "email", "mail", "mailing", "newsletter", "bulk mail", "transaction", "submission", "envelope",
            "letter", "campaign", "notification", "delivery attempt", "mail transaction",
        ],
    ),
    (
        "host",
        &[
            "server", "mail server", "IP address", "network", "relay", "outbound gateway", "host", "sending system",
            "address range", "autonomous system", "peer", "connecting client", "smarthost",
        ],
    ),
    (
        "quality",
        &[
            "destination", "requested", "named", "remote", "local", "final", "primary", "internal", "forwarded",
            "shared", "dynamic", "unsigned", "truncated", "oversized", "duplicate", "malformed", "quarantined",
            "archived", "encrypted", "external", "disposable", "legacy",
        ],
    ),
    (
        "box",
        &[
            "mailbox", "recipient", "account", "inbox", "user", "distribution list", "alias", "group", "mail drop",
            "addressee", "subscriber", "tenant", "customer",
        ],
    ),
    ("account", &["account", "subscription", "tariff", "trial", "contract", "workspace", "licence"]),
    ("domain", &["domain", "sender domain", "envelope domain", "From domain", "reply domain", "DKIM domain", "zone"]),
    (
        "part",
        &[
            "attachment", "header", "Subject line", "MIME boundary", "signature", "link", "archive", "body part",
            "Received chain", "Message-ID", "character set", "image", "macro", "HELO name", "return path",
            "certificate", "reverse name", "SPF record", "DMARC policy", "ARC seal", "footer", "tracking pixel",
        ],
    ),
    (
        "verdict",
        &[
            "<was> <rejected>", "<was> <rejected> by <agent>", "<was> <rejected> by <agent>", "<was> <rejected> <when>",
            "<was> <rejected> <when> by <agent>", "<failed> <agent>", "does not <meet> <standard>",
            "<failed> <standard> of <agent>", "<exceeds> <limit>", "<exceeds> <limit> of {number}",
            "<exceeds> <limit> <span>", "is <state>", "is <state> <when>", "is <listed> by <list>",
            "is <listed> on <list>", "cannot be <handled> <when>", "could not be <handled> by <agent>",
        ],
    ),
    ("was", &["was", "has been", "is", "will be", "must be", "got"]),
    (
        "rejected",
        &[
            "rejected", "refused", "deferred", "blocked", "declined", "turned away", "put on hold", "delayed",
            "throttled", "bounced", "discarded", "quarantined", "suspended", "filtered", "slowed down", "held back",
            "postponed", "returned", "disallowed", "denied",
        ],
    ),
    (
        "agent",
        &[
            "our content filter", "the anti-abuse team", "our reputation service", "the recipient's own filter",
            "BRAND policy", "the BRAND gateway", "local policy", "the sandbox", "our virus scanner",
            "the authentication check", "the greylist", "our connection limiter", "the directory service",
            "the tenant administrator", "the perimeter", "BRAND Protect", "the storage backend", "our routing table",
            "the spam trap monitor", "the heuristic engine", "automatic classification", "the bulk mail policy",
            "the compliance archive", "the data loss rules", "an upstream filter", "the transport agent",
        ],
    ),
    (
        "when",
        &[
            "for now", "temporarily", "permanently", "until {date}", "at this time", "for {number} minutes",
            "for the next {number} hours", "until further notice", "today", "without appeal", "as of {date}",
            "during maintenance", "on first contact", "after repeated complaints",
        ],
    ),
    ("failed", &["failed", "did not pass", "does not satisfy", "was stopped by", "cannot get past", "violates"]),
    ("meet", &["meet", "fulfil", "comply with", "conform to", "satisfy", "match", "follow"]),
    (
        "standard",
        &[
            "the sender guidelines", "our acceptance policy", "the requirements for bulk senders",
            "the encryption requirements", "the published DMARC policy", "the size rules", "the naming rules",
            "the authentication rules", "the alignment rules", "the terms of use", "RFC 5321", "RFC 5322",
            "the formatting rules", "the complaint threshold", "the hygiene rules", "the IPv6 guidelines",
        ],
    ),
    ("exceeds", &["exceeds", "is over", "has reached", "goes beyond", "used up", "surpassed", "is above"]),
    (
        "limit",
        &[
            "the hourly quota", "the daily quota", "the storage quota", "the size limit", "the recipient limit",
            "the connection limit", "the rate limit", "the complaint limit", "the number of allowed sessions",
            "the trial limit", "the number of unknown recipients", "the bandwidth share", "the message allowance",
            "the limit of parallel connections",
        ],
    ),
    ("span", &["per hour", "per connection", "per day", "per minute", "of this plan", "for new senders", "for a /24"]),
    (
        "state",
        &[
            "full", "closed", "unknown here", "disabled", "not active", "no longer in use", "over quota", "locked",
            "not allowed to receive mail", "unavailable", "restricted to members", "awaiting confirmation",
            "being moved", "not provisioned", "out of space", "frozen", "too large", "not trusted", "missing", "expired",
            "not signed", "unreadable", "not permitted to relay", "suspected of abuse", "under observation",
        ],
    ),
    ("listed", &["listed", "blacklisted", "currently listed", "found", "named", "recorded", "still listed"]),
    (
        "list",
        &[
            "SITE", "the BRAND blocklist", "our local blocklist", "{host}", "the dynamic range list",
            "the exploits list", "a DNS blocklist", "the complaint register", "the list of open relays",
            "the policy list of its own provider", "the botnet list", "a shared reputation list",
        ],
    ),
    ("handled", &["delivered", "processed", "accepted", "verified", "routed", "stored", "scanned", "queued", "resolved"]),
    (
        "cause",
        &[
            "{ip} has no reverse name", "the reverse name {host} does not resolve back", "too many <complaint>",
            "<complaint> rose within {number} hours", "{domain} publishes no <record>", "the <record> of {domain} <bad>",
            "no <record> was found", "the session was not encrypted", "the sender is not <known>",
            "{number} of {number2:number} recipients do not exist", "the last {number} messages hit <traps>",
            "the <part> <bad>", "it carries a <quality> <part>", "it resembles <kindmail>", "it contains <kindmail>",
            "the <box> is <state>", "nobody answers at {host}", "the name {host} <bad>", "the queue of {host} is full",
            "{email} asked not to get it", "the account holder <did> it", "the plan of {domain} has run out",
            "we do not accept <kindmail>", "traffic from {ip} looks like <kindmail>", "of <complaint> about {domain}",
        ],
    ),
    (
        "complaint",
        &[
            "complaints", "user complaints", "spam reports", "invalid recipients", "bounces", "unfinished sessions",
            "parallel connections", "authentication failures", "abandoned transactions", "spam trap hits",
            "retries", "commands without effect",
        ],
    ),
    ("record", &["SPF record", "DKIM key", "DMARC record", "MX record", "A record", "PTR record", "TLSA record", "policy"]),
    ("bad", &["is broken", "cannot be read", "does not match", "has expired", "points nowhere", "is a duplicate", "is forged"]),
    ("known", &["known to us", "authenticated", "on the allow list", "a member", "registered", "confirmed", "trusted yet"]),
    ("traps", &["spam traps", "closed mailboxes", "unused addresses", "recycled addresses", "decoys"]),
    (
        "kindmail",
        &[
            "spam", "phishing", "malware", "unsolicited bulk mail", "a scam", "backscatter", "a mail loop",
            "list bombing", "a known campaign", "a forged invoice", "advertising", "a dictionary attack",
            "a password stealer", "political bulk mail", "an executable file",
        ],
    ),
    ("did", &["blocked", "declined", "reported", "disabled", "refused", "unsubscribed from", "muted"]),
    (
        "tail",
        &[
            "", "", "", "", "; see {url}", ", see {url} for details", ". Please visit {url}", ". Visit {url} to <ask>",
            "; try again <later>", ". Please retry <later>", ". Contact {email2:email} to <ask>",
            ". <ask2> at SITE", " (reference {token})", " [{token}]", ", quote {token} when you <ask>",
            ". Slow down and retry <later>", "; ask your provider to <ask>", ". More information: {url}",
        ],
    ),
    ("later", &["later", "in {wait:number} minutes", "in {wait:number} seconds", "tomorrow", "in an hour", "from another host"]),
    (
        "ask",
        &[
            "ask for removal", "request a review", "have it lifted", "open a ticket", "raise the limit", "register",
            "prove ownership", "report a mistake", "complain", "appeal", "get listed as a trusted sender",
        ],
    ),
    ("ask2", &["Ask for removal", "Request a review", "Open a ticket", "Report a mistake", "Register", "Read the rules"]),
    (
        "short",
        &[
            "the <quality> <box> is <state>", "<quality> <box> <state>", "<quality> <part> <rejected>",
            "<rejected> by <agent>", "<complaint> from {ip}", "<limit> reached", "<record> of {domain} <bad>",
        ],
    ),
];

/// Replies that no template above is in, nor any of the project's catalogue.
pub const STRANGERS: Grammar = &[
    (
        "reply",
        &[
            "<code> <who> <does> <what>", "<code> <who> <does> <what>; <note>", "<code> <note>: <who> <does> <what>",
            "<code> <what> {token} <note>", "<code> {host} ESMTP <who> <note>", "<code> <{email}> <who> <does> <what>",
        ],
    ),
    ("code", &["550 5.7.1", "550 5.7.0", "451 4.7.0", "421 4.3.2", "554 5.0.0", "554", "451", "421", "550", "452 4.3.1"]),
    (
        "who",
        &[
            "warehouse printer", "ticket desk", "night operator", "colour laser", "the librarian", "stock room",
            "parking attendant", "chess club", "lighthouse keeper", "radio workshop", "pump house", "choir",
            "weather mast", "ferry office", "bakery counter", "sawmill", "observatory", "tram depot",
        ],
    ),
    (
        "does",
        &[
            "wants", "keeps", "prefers", "forgot", "paints", "counts", "borrows", "measures", "repairs", "sings about",
            "is looking after", "has mislaid", "weighs", "polishes", "sorts", "is wrapping",
        ],
    ),
    (
        "what",
        &[
            "blue paper", "seven lanterns", "the second drawer", "fresh ink", "old tickets", "the spare bicycle",
            "a wooden ladder", "{number} kettles", "winter apples", "the brass bell", "its tuning fork",
            "green bottles", "the harbour map", "a crate of pears", "{number} umbrellas", "the copper wire",
        ],
    ),
    (
        "note",
        &[
            "ask at the counter", "since {date}", "quote {token}", "desk {number}", "behind the second door",
            "as every spring", "third floor", "bring a pencil", "with kind regards", "weather permitting",
            "see the notice board", "north wing", "mind the step", "no hurry", "after tea",
        ],
    ),
];

/// Syllables of made-up provider names.
pub const SYLLABLES: &[&str] = &[
    "nor", "va", "tel", "brix", "mo", "lan", "ski", "zen", "ur", "pol", "fen", "dra", "qui", "lo", "ber", "tas", "ky",
    "ro", "mel", "ix", "gan", "du", "wes", "ho", "pri", "cal", "sum", "ta", "vi", "ost",
];
