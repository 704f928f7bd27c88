//! The fixed vocabularies in plain English.

use crate::catalogue::{Action, CategoryPermanence, Position, ProviderKind, RulePermanence, Scope, Stage, Suppress};
use rules_runtime::FieldType;

pub fn action(action: Action) -> &'static str {
    match action {
        Action::None => "nothing to do",
        Action::Retry => "try again later",
        Action::SlowDown => "slow down, then try again",
        Action::RetryElsewhere => "try from another address or through another host",
        Action::Suppress => "do not write to this recipient again",
        Action::FixMessage => "change the message",
        Action::FixSender => "put the sender's set-up right",
        Action::RequestDelisting => "ask for delisting",
        Action::Review => "have somebody look at it",
    }
}

pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Message => "this one message",
        Scope::Recipient => "the recipient's mailbox or address",
        Scope::RecipientDomain => "the recipient's domain",
        Scope::Sender => "the sender's address or account",
        Scope::SenderDomain => "the sender's domain",
        Scope::SenderIp => "the sending IP address",
        Scope::Connection => "the connection",
        Scope::Receiver => "the receiving system",
    }
}

pub fn suppress(suppress: Suppress) -> &'static str {
    match suppress {
        Suppress::No => "keep the recipient",
        Suppress::IfRepeated => "remove the recipient only if it happens again over several days",
        Suppress::Yes => "remove the recipient from your list",
    }
}

pub fn overruled(permanence: RulePermanence) -> &'static str {
    match permanence {
        RulePermanence::Permanent => "permanent, whatever the code says",
        RulePermanence::Transient => "temporary, whatever the code says",
    }
}

pub fn without_code(permanence: CategoryPermanence) -> &'static str {
    match permanence {
        CategoryPermanence::Permanent => "permanent, unless a 4xx code says otherwise",
        CategoryPermanence::Transient => "temporary, unless a 5xx code says otherwise",
        CategoryPermanence::ByCode => "as its code says: 4xx temporary, 5xx permanent",
        CategoryPermanence::None => "no failure",
    }
}

/// What the first digit of a reply code says.
pub fn class(class: u8) -> &'static str {
    match class {
        2 => "success",
        3 => "go on",
        4 => "temporary failure",
        _ => "permanent failure",
    }
}

pub fn kind(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Mailbox => "mailbox provider",
        ProviderKind::Gateway => "mail filter in front of other servers",
        ProviderKind::Mta => "mail server software",
        ProviderKind::Forwarder => "forwarding service",
        ProviderKind::Esp => "sending service",
        ProviderKind::Blocklist => "block list",
    }
}

pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Connect => "the connection itself",
        Stage::Ehlo => "EHLO or HELO",
        Stage::Starttls => "STARTTLS",
        Stage::Auth => "AUTH",
        Stage::Mail => "MAIL FROM",
        Stage::Rcpt => "RCPT TO",
        Stage::Data => "DATA",
        Stage::EndOfData => "the end of the message",
    }
}

pub fn position(position: Position) -> &'static str {
    match position {
        Position::Anywhere => "",
        Position::Prefix => ", at the start of the reply",
        Position::Suffix => ", at the end of the reply",
        Position::Whole => ", as the whole reply",
    }
}

pub fn field(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Ip => "an IP address",
        FieldType::Host => "a host name",
        FieldType::Domain => "a domain",
        FieldType::Email => "an e-mail address",
        FieldType::Url => "a link",
        FieldType::Number => "a number",
        FieldType::Token => "a code or an id",
        FieldType::Date => "a date or a time",
        FieldType::Text => "a text",
    }
}

/// The name of another tool, for `map` of a category.
pub fn tool(id: &str) -> &str {
    match id {
        "kumomta" => "KumoMTA",
        "powermta" => "PowerMTA",
        "sisimai" => "Sisimai",
        "zonemta" => "ZoneMTA",
        other => other,
    }
}

/// What people ask for who mean a category, for the search.
pub fn asked_as(category: &str) -> &'static str {
    match category {
        "recipient-unknown" => {
            "user unknown, unknown user, no such user, user does not exist, invalid recipient, invalid address, address not found"
        }
        "recipient-disabled" => "account disabled, suspended, deactivated, inactive, closed",
        "recipient-refused" => "blocked by the recipient, members only, sender not allowed",
        "mailbox-full" => "over quota, quota exceeded, full mailbox, inbox full, storage full",
        "domain-invalid" => "domain not found, no MX record, null MX, host unknown",
        "routing-error" => "mail loop, too many hops, loops back",
        "relay-denied" => "relay access denied, relaying denied, unable to relay, relay not permitted",
        "sender-rejected" => "sender rejected, sender verify failed, sender address does not exist",
        "sender-authentication" => "SPF, DKIM, DMARC, unauthenticated, authentication failed, alignment",
        "reverse-dns" => "PTR, rDNS, no reverse DNS, HELO, EHLO, no PTR record",
        "login-required" => "authentication required, wrong password, SMTP AUTH, login failed",
        "tls-required" => "STARTTLS, TLS, SSL, certificate, encryption required",
        "ip-reputation" => {
            "IP blocked, IP blacklisted, blacklist, blocklisted, block list, RBL, DNSBL, poor reputation, bad reputation"
        }
        "domain-reputation" => "domain blacklisted, URL blacklisted, link blocked, SURBL, URIBL, DBL",
        "spam-content" => "spam, spam score, junk, going to spam, content filter, unsolicited",
        "malware" => "virus, infected, malicious attachment",
        "content-prohibited" => "attachment not allowed, forbidden content, blocked file type",
        "message-too-large" => "size limit, attachment too large, too big, exceeds maximum size",
        "message-malformed" => "RFC 5322, bare LF, missing header, duplicate header, line too long",
        "rate-limited" => "throttling, throttled, rate limit, deferred, too many messages, sending limit",
        "too-many-connections" => "too many connections, concurrent connections, connection limit",
        "too-many-recipients" => "too many recipients, recipient limit",
        "greylisted" => "greylisting, graylisting, grey list, gray list, postgrey, how long, wait",
        "policy-refused" => "access denied, policy, administrative prohibition, local policy",
        "service-unavailable" => "try again later, service unavailable, temporarily unavailable",
        "system-full" => "disk full, insufficient system storage",
        "connection-failed" => "connection timed out, connection refused, lost connection",
        "delivery-expired" => "message expired, delivery time expired, queue expired",
        _ => "",
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn all(items: &[String]) -> String {
    match items {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => items.concat(),
    }
}

/// `1 reply`, `2 replies`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Seconds as a reader says them.
pub fn duration(seconds: u32) -> String {
    match seconds {
        s if s >= 3600 && s % 3600 == 0 => count((s / 3600) as usize, "hour", "hours"),
        s if s >= 60 && s % 60 == 0 => count((s / 60) as usize, "minute", "minutes"),
        s => count(s as usize, "second", "seconds"),
    }
}
