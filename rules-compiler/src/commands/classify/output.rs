//! A verdict for a program and for a person.

use anstyle::{AnsiColor, Style};
use rules_runtime::{Basis, Permanence, Scope, Suppress, Verdict};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// A verdict as one JSON object. The keys are a contract; see the README.
pub fn json(verdict: &Verdict<'_>, id: Option<&Value>) -> Value {
    let fields: Map<String, Value> =
        verdict.fields().map(|(name, _, value)| (name.to_owned(), Value::from(one_line(value)))).collect();
    let mut object = json!({
        "category": verdict.category().name(),
        "permanence": match verdict.permanence() {
            Permanence::Unknown => None,
            known => Some(known.name()),
        },
        "action": verdict.action().name(),
        "scope": verdict.scope().name(),
        "suppress": verdict.suppress().name(),
        "provider": verdict.provider().map(|provider| provider.id()),
        "rule": verdict.rule().map(|rule| rule.id()),
        "basis": verdict.basis().name(),
        "reply": verdict.reply_code(),
        "status": verdict.enhanced_code().map(|code| code.to_string()),
        "retry_after": verdict.retry_after().map(|wait| wait.as_secs()),
        "fields": fields,
    });
    if let (Some(id), Value::Object(object)) = (id, &mut object) {
        object.insert("id".to_owned(), id.clone());
    }
    object
}

/// A verdict for a person.
pub fn text(out: &mut impl Write, reply: &[u8], verdict: &Verdict<'_>) -> io::Result<()> {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let colour = match verdict.permanence() {
        Permanence::Permanent => AnsiColor::Red,
        Permanence::Transient => AnsiColor::Yellow,
        Permanence::None => AnsiColor::Green,
        Permanence::Unknown => AnsiColor::Cyan,
    };
    let title = bold.fg_color(Some(colour.into()));
    let shown: String = one_line(reply).chars().take(2_000).collect();
    writeln!(out, "{dim}{shown}{dim:#}")?;
    let permanence = match verdict.permanence() {
        Permanence::None => "nothing failed",
        Permanence::Unknown => "permanent or transient: not stated",
        known => known.name(),
    };
    writeln!(
        out,
        "{title}{}{title:#} · {permanence} · {bold}{}{bold:#}",
        verdict.category().title(),
        verdict.action()
    )?;
    let width = textwrap::termwidth().clamp(40, 100);
    let mut row = |name: &str, value: &str| -> io::Result<()> {
        let indent = " ".repeat(12);
        let options = textwrap::Options::new(width).subsequent_indent(&indent);
        let line = format!("{name:<12}{value}");
        writeln!(out, "{}", textwrap::fill(&line, options))
    };
    if let Some(rule) = verdict.rule()
        && !rule.explanation().is_empty()
    {
        row("Why", rule.explanation())?;
    }
    row("About", about(verdict.scope()))?;
    row("Recipient", suppress(verdict.suppress()))?;
    if let Some(wait) = verdict.retry_after() {
        row("Wait", &format!("{} seconds", wait.as_secs()))?;
    }
    if let Some(provider) = verdict.provider() {
        row("Provider", &format!("{} ({})", provider.name(), provider.id()))?;
    }
    let fields: Vec<String> =
        verdict.fields().map(|(name, _, value)| format!("{name} = {}", one_line(value))).collect();
    if !fields.is_empty() {
        row("Fields", &fields.join(", "))?;
    }
    match verdict.rule() {
        Some(rule) => {
            row("Rule", &format!("{} ({})", rule.id(), basis(verdict.basis())))?;
            row("Page", &format!("docs/{}", rule.docs_path()))
        }
        None => row("Rule", basis(verdict.basis())),
    }
}

fn about(scope: Scope) -> &'static str {
    match scope {
        Scope::Message => "this message",
        Scope::Recipient => "the recipient's address",
        Scope::RecipientDomain => "the recipient's domain",
        Scope::Sender => "the sender's address or account",
        Scope::SenderDomain => "the sender's domain",
        Scope::SenderIp => "the sending IP address",
        Scope::Connection => "the connection",
        Scope::Receiver => "the receiving system",
    }
}

fn suppress(suppress: Suppress) -> &'static str {
    match suppress {
        Suppress::No => "keep",
        Suppress::IfRepeated => "suppress if this happens again over several days",
        Suppress::Yes => "suppress",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::ProviderRule => "a rule for these very words",
        Basis::Phrase => "a general phrase",
        Basis::EnhancedCode => "the enhanced status code alone",
        Basis::BasicCode => "the reply code alone",
        Basis::Nothing => "nothing in the catalogue fits",
    }
}

/// Text on one line, without control characters that could steer a terminal.
fn one_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
