//! `rules new rule`.

use super::super::project::CatalogueFolder;
use super::super::{Failure, Outcome, Result};
use super::{catalogue, display, refused, write_file};
use rules_compiler::compile::compile;
use rules_compiler::diagnostic::{Severity, Style, render_all};
use rules_compiler::scaffold::{Blanks, Evidence, NewRule, Proposal, propose};
use std::ffi::OsString;
use std::io::{Read, Write};

/// Makes a rule of a reply that is pasted from a log: a template with holes for what varies, an example without anybody's names,
/// a likely category, an id. It is tried with all other rules before it is added to its provider's file.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The provider's id, such as `google`
    #[arg(long, value_name = "ID")]
    provider: String,
    /// The reply as a server or a log gives it, in one line or several; `-` reads it from standard input
    #[arg(long, allow_hyphen_values = true)]
    reply: OsString,
    /// The rule's id without the provider's, such as `low-domain-reputation` [default: from its words]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// What it means [default: what the catalogue says of the reply as it is]
    #[arg(long)]
    category: Option<String>,
    /// Write it although a rule of the provider reads the reply already
    #[arg(long)]
    anyway: bool,
    /// Write nothing; only show what would be written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    folder: CatalogueFolder,
}

/// Longest reply that is read; far more than any server sends.
const LONGEST: u64 = 1 << 20;

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let reply = reply(arguments)?;
    let folder = arguments.folder.find()?;
    // Blanks of rules that were added before may be filled later.
    let filled = Blanks::fill(&compile(&folder), &display(&folder));
    let (base, blanks) = match filled {
        Some((base, blanks)) => (base, blanks),
        None => match catalogue(&arguments.folder)? {
            Some((_, base)) => (base, Blanks::default()),
            None => return Ok(Outcome::Bad),
        },
    };
    let request = NewRule {
        provider: arguments.provider.clone(),
        reply,
        id: arguments.id.clone(),
        category: arguments.category.clone(),
        anyway: arguments.anyway,
        checked: jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date().to_string(),
    };
    let proposal = match propose(&base, &display(&folder), &request) {
        Ok(proposal) => proposal,
        Err(refusal) => return refused(&refusal),
    };
    if !arguments.dry_run {
        write_file(&folder, &blanks.restore(proposal.file.clone()))?;
    }
    let mut warnings = proposal.compiled.diagnostics.clone();
    let own = format!("{}/{}", display(&folder), proposal.file.path);
    let is_new = |span: rules_compiler::diagnostic::Span| {
        let line = proposal.compiled.sources.line_column(span.file, span.start).0;
        proposal.compiled.sources.name(span.file) == own
            && (proposal.line..proposal.line + proposal.rule.lines().count()).contains(&line)
    };
    warnings.retain(|diagnostic| diagnostic.severity() == Severity::Warning && diagnostic.span().is_some_and(is_new));
    eprint!("{}", render_all(&warnings, &proposal.compiled.sources, Style::Plain));
    report(&mut std::io::stdout().lock(), &proposal, &own, arguments.dry_run).map_err(Failure::output)?;
    if blanks.count() > 0 {
        println!("\n{} more to be filled in: `rules check` names the lines", blanks.count());
    }
    Ok(Outcome::Good)
}

fn reply(arguments: &Arguments) -> Result<Vec<u8>> {
    if arguments.reply != "-" {
        return Ok(arguments.reply.as_encoded_bytes().to_vec());
    }
    let mut reply = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_to_end(&mut reply);
    read.map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
    Ok(reply)
}

fn report(out: &mut impl Write, proposal: &Proposal, path: &str, dry_run: bool) -> std::io::Result<()> {
    writeln!(out, "{path}:{}: {}\n", proposal.line, if dry_run { "not written" } else { "new rule" })?;
    for line in proposal.rule.lines() {
        writeln!(out, "    {line}")?;
    }
    writeln!(out)?;
    let id = &proposal.id;
    let row = |out: &mut dyn Write, name: &str, value: &str| writeln!(out, "{name:<11}{value}");
    row(out, "Rule", id)?;
    if !proposal.varies.is_empty() {
        row(out, "Varies", &proposal.varies.join(", "))?;
    }
    row(out, "Category", &category(proposal))?;
    for (number, today) in proposal.today.iter().enumerate() {
        let verb = if today.wins { "wins" } else { "matches" };
        let line = format!("{} {verb} this reply: {}", today.rule, today.why);
        row(out, if number == 0 { "Today" } else { "" }, &line)?;
    }
    if proposal.today.is_empty() {
        row(out, "Today", "no rule's words match this reply")?;
    }
    if let Some(conditions) = conditions(proposal) {
        row(out, "Codes", &format!("add {conditions} only where these words mean something else with other codes"))?;
    }
    if proposal.is_general {
        row(out, "Others", "if other servers say these words too, add `requires: mx`")?;
    }
    writeln!(
        out,
        "\nNext: see that the id names what happened and that nobody's name is left in it, write the explanation at {path}:{}, then",
        explanation(proposal)
    )?;
    writeln!(out, "  cargo run -- fmt && cargo run -- build")
}

fn category(proposal: &Proposal) -> String {
    let Some(category) = &proposal.category else {
        return "nothing speaks for one: choose from docs/categories".to_owned();
    };
    let why = match &category.evidence {
        Evidence::Given => return category.id.clone(),
        Evidence::Words(rule, None) => format!("as `{rule}` says of these words"),
        Evidence::Words(rule, Some(other)) => {
            format!(
                "as `{rule}` says of these words; the enhanced code alone says {other}: look which of them is meant"
            )
        }
        Evidence::Hint(rule, None) => format!("as `{rule}` takes from single words: look whether they mean it"),
        Evidence::Hint(rule, Some(other)) => {
            format!("as `{rule}` takes from single words; the codes alone say {other}: choose")
        }
        Evidence::EnhancedCode => "by the enhanced status code alone: look whether the words say more".to_owned(),
        Evidence::ReplyCode => "by the reply code alone: look whether the words say more".to_owned(),
    };
    format!("{}, {why}", category.id)
}

fn conditions(proposal: &Proposal) -> Option<String> {
    let reply = proposal.pasted.reply.map(|code| format!("`reply: {code}`"));
    let status = proposal.pasted.status.as_ref().map(|code| format!("`status: {code}`"));
    let stage = proposal.pasted.stage.map(|stage| format!("`stage: {}`", stage.name()));
    let all: Vec<String> = [reply, status, stage].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// The line to write the explanation on.
fn explanation(proposal: &Proposal) -> usize {
    let blank = proposal.rule.lines().position(|line| line.starts_with("explanation:"));
    proposal.line + blank.map_or(0, |at| at + 1)
}
