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
        Suppress::IfRepeated => "strike the recipient off only if it happens again over several days",
        Suppress::Yes => "strike the recipient off",
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
        CategoryPermanence::Permanent => "permanent",
        CategoryPermanence::Transient => "temporary",
        CategoryPermanence::ByCode => "unknown",
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

/// `a`, `a or b`, `a, b or c`.
pub fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
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
