//! `rules explain`.

use super::project::{CatalogueFolder, Show, compile_and_report};
use super::{Failure, Outcome, Result};
use rules_compiler::catalogue::Requirement;
use rules_compiler::check::RuleIndex;
use rules_compiler::compile::{Compiled, Output};
use rules_compiler::diagnostic::Code;
use rules_compiler::lower::{Meaning, PatternMatcher};
use rules_compiler::oracle::{Candidate, Oracle, Standing};
use rules_runtime::Stage;
use std::io::Write;

/// Shows a rule with its templates, its rank and its page; or which rules match a reply, and why one of them wins; or the
/// long text of an error code.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The public id of a rule (`yahoo/tss04`), or an error code (`E090`)
    #[arg(required_unless_present = "reply")]
    id: Option<String>,
    /// A reply, to show which rules match it
    #[arg(long, conflicts_with = "id")]
    reply: Option<String>,
    /// With --reply: the name of the host that answered
    #[arg(long, value_name = "HOST", requires = "reply")]
    mx: Option<String>,
    /// With --reply: the command that was answered
    #[arg(long, value_name = "STAGE", value_parser = super::classify::stage, requires = "reply")]
    stage: Option<Stage>,
    #[command(flatten)]
    folder: CatalogueFolder,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    if let Some(code) = arguments.id.as_deref().and_then(|id| Code::from_id(&id.to_ascii_uppercase())) {
        let (id, title, text) = (code.id(), code.title(), code.explanation());
        writeln!(out, "{id}: {title}\n\n{}", text.trim_end()).map_err(Failure::output)?;
        return Ok(Outcome::Good);
    }
    let (compiled, outcome) = compile_and_report(&arguments.folder.find()?, Show::Errors);
    let Some(output) = &compiled.output else {
        return Ok(outcome);
    };
    match (&arguments.reply, &arguments.id) {
        (Some(reply), _) => explain_reply(&mut out, output, reply, arguments).map_err(Failure::output)?,
        (None, Some(id)) => {
            let found = output.checked.catalogue.rules.iter().position(|rule| rule.value.id == *id);
            let index = RuleIndex(found.ok_or_else(|| unknown(output, id))?);
            explain_rule(&mut out, &compiled, output, index).map_err(Failure::output)?;
        }
        (None, None) => {}
    }
    Ok(Outcome::Good)
}

fn unknown(output: &Output, id: &str) -> Failure {
    let ids = output.rules.conclusions.iter().map(|conclusion| conclusion.id.as_str());
    let similar = |other: &&str| strsim::jaro_winkler(id, other);
    match ids.max_by(|a, b| similar(a).total_cmp(&similar(b))) {
        Some(nearest) if similar(&nearest) > 0.8 => {
            Failure::new(format!("there is no rule `{id}`: did you mean `{nearest}`?"))
        }
        _ => Failure::new(format!("there is no rule `{id}`: the ids are in docs/, such as `yahoo/tss04`")),
    }
}

fn explain_rule(out: &mut impl Write, compiled: &Compiled, output: &Output, index: RuleIndex) -> std::io::Result<()> {
    let (checked, rules) = (&output.checked, &output.rules);
    let written = checked.written(index);
    let (rule, conclusion) = (&checked.rules[index.0], &rules.conclusions[index.0]);
    writeln!(out, "{}  ({})", written.id, compiled.sources.line_name(checked.place(index)))?;
    writeln!(out, "  {}", conclusion.explanation)?;
    writeln!(out, "\ncategory     {}", checked.category(rule.category).id)?;
    writeln!(out, "action       {}", alternatives(rule.action.otherwise.name(), rule.action.transient.name()))?;
    writeln!(out, "scope        {}", rule.scope.name())?;
    writeln!(out, "suppress     {}", alternatives(rule.suppress.otherwise.name(), rule.suppress.transient.name()))?;
    if let Some(permanence) = rule.permanence {
        writeln!(out, "permanence   {}, whatever the code", permanence.name())?;
    }
    let list = |items: Vec<String>| items.join(", ");
    let over = match written.rule.over_recipients {
        true => vec!["every rule of the file about the recipient or its domain".to_owned()],
        false => Vec::new(),
    };
    let over = over.into_iter().chain(written.rule.over.iter().cloned()).collect();
    for (name, items) in [
        ("reply", list(rule.reply.iter().map(ToString::to_string).collect())),
        ("status", list(rule.status.iter().map(ToString::to_string).collect())),
        ("stage", list(rule.stage.iter().map(|stage| stage.name().to_owned()).collect())),
        ("requires", list(rule.requires.iter().map(|requirement| requirement.name().to_owned()).collect())),
        ("over", list(over)),
    ] {
        if !items.is_empty() {
            writeln!(out, "{name:<12} {items}")?;
        }
    }
    writeln!(out, "page         docs/{}", conclusion.docs_path)?;
    writeln!(out, "source       {}, checked {}", written.rule.source, written.rule.checked)?;
    writeln!(out, "\ntemplates, each with its rank among all {}:", rules.patterns.len())?;
    for (rank, pattern) in rules.patterns.iter().enumerate() {
        if pattern.meaning == Meaning::Rule(index) {
            match &pattern.matcher {
                PatternMatcher::Template { template, .. } => writeln!(out, "{:>7}  {template}", rank + 1)?,
                PatternMatcher::Textless => writeln!(out, "{:>7}  (any text with these codes)", rank + 1)?,
            }
        }
    }
    writeln!(out, "\nexamples:")?;
    written.rule.examples.iter().try_for_each(|example| writeln!(out, "  {example}"))
}

/// Both values where they differ.
fn alternatives(otherwise: &str, transient: &str) -> String {
    if otherwise == transient {
        otherwise.to_owned()
    } else {
        format!("{otherwise}; {transient} where the reply is transient")
    }
}

fn explain_reply(out: &mut impl Write, output: &Output, reply: &str, arguments: &Arguments) -> std::io::Result<()> {
    let oracle = Oracle::new(&output.checked, &output.rules);
    let (mx, stage) = (arguments.mx.as_deref(), arguments.stage);
    let verdict = oracle.classify(reply.as_bytes(), mx, stage);
    let code = |code: Option<String>| code.unwrap_or_else(|| "none".to_owned());
    let status = verdict.enhanced_code.map(|status| format!("{}.{}.{}", status.0, status.1, status.2));
    writeln!(
        out,
        "reply code {}, enhanced status code {}",
        code(verdict.reply_code.map(|code| code.to_string())),
        code(status)
    )?;
    let candidates = oracle.candidates(reply.as_bytes(), mx, stage);
    if candidates.is_empty() {
        writeln!(out, "no rule's words match: the verdict rests on {}", verdict.basis.name().replace('-', " "))?;
    }
    let winner = candidates.first().filter(|candidate| candidate.standing == Standing::Won);
    for candidate in &candidates {
        let template = match &output.rules.patterns[candidate.pattern].matcher {
            PatternMatcher::Template { template, .. } => template.to_string(),
            PatternMatcher::Textless => "(any text with these codes)".to_owned(),
        };
        writeln!(
            out,
            "{:<6} {}  {template}",
            if candidate.standing == Standing::Won { "wins" } else { "loses" },
            candidate.rule
        )?;
        writeln!(out, "       {}", why(output, candidate, winner))?;
    }
    writeln!(out, "\nverdict: {}, {}, {}", verdict.category, verdict.permanence, verdict.action)?;
    if let Some(rule) = &verdict.rule {
        writeln!(out, "rule: {rule} (`rules explain {rule}` shows it)")?;
    }
    Ok(())
}

fn why(output: &Output, candidate: &Candidate, winner: Option<&Candidate>) -> String {
    let pattern = &output.rules.patterns[candidate.pattern];
    let strength = match (candidate.class, candidate.outside) {
        (0, _) => "a rule for the words around a quoted reply, which decide",
        (1, _) => "a provider's rule, and evidence shows that the provider speaks",
        (2, _) => "a provider's rule",
        (_, true) => "only the words around the quoted reply match",
        (3, _) => "a rule for server software or a block list",
        _ => "a phrase",
    };
    match candidate.standing {
        Standing::Won => format!("{strength}; nothing stronger matches"),
        Standing::LessSpecific => {
            let winner = winner.map_or("the winner", |winner| winner.rule.as_str());
            format!("{strength}, as the winner is, but `{winner}` has more fixed text or goes before it (`over`)")
        }
        Standing::Weaker => format!("{strength}: weaker than the winner"),
        Standing::Unproven => {
            let wanted: Vec<_> = pattern
                .requires
                .iter()
                .map(|requirement| match requirement {
                    Requirement::Mx => "that the remote host is the provider's (--mx)",
                    Requirement::Marker => "one of the provider's markers in the reply",
                    Requirement::Code => "the rule's codes in the reply",
                })
                .collect();
            format!("it needs {}", wanted.join(" or "))
        }
        Standing::OtherStage => "it is for the answer to another command (--stage)".to_owned(),
        Standing::OtherCodes => "the reply's codes are not those of the rule".to_owned(),
    }
}
