//! A rule in the making: all that is known before the template is, and what comes of a template.

use super::anonymous::anonymous;
use super::category::Category;
use super::insert::{Lines, insert};
use super::known::Known;
use super::parts::{self, Kind, Part};
use super::pasted::Pasted;
use super::refusal::Refusal;
use super::request::{NewRule, check_names, said_today, unknown_provider};
use super::rule::Proposal;
use super::secrets::{local_parts, secrets};
use super::today::today;
use super::{name, yaml};
use crate::catalogue::{Located, Owner, Provider, ProviderKind};
use crate::check::BLANK;
use crate::compile::{Compiled, Depth, Output, compile_files};
use crate::diagnostic::{Code, Severity};
use crate::source::CatalogueFile;
use rules_runtime::{Classifier, FieldType, Tables};
use std::collections::BTreeSet;

/// What stands in the place of the explanation while the rule is tried.
const STAND_IN: &str = "What happened, and what the sender should do about it now, is still to be written.";

/// All that is known before the template is.
pub struct Draft<'a> {
    base: &'a Compiled,
    output: &'a Output,
    folder: &'a str,
    request: &'a NewRule,
    provider: &'a Located<Provider>,
    owner: Owner,
    /// A host of the provider's.
    host: Option<String>,
    pub pasted: Pasted,
    pub parts: Vec<Part>,
    pub example: String,
    category: Option<Category>,
    secrets: BTreeSet<String>,
}

/// What came of trying a rule with all others.
pub enum Trial {
    Good(Box<Proposal>),
    Bad(Box<Bad>),
}

/// A rule with which the catalogue would be wrong.
pub struct Bad {
    rule: String,
    /// Who wins its example instead.
    winner: Option<String>,
    compiled: Compiled,
}

impl<'a> Draft<'a> {
    pub fn new(base: &'a Compiled, output: &'a Output, folder: &'a str, request: &'a NewRule) -> Result<Self, Refusal> {
        let catalogue = &output.checked.catalogue;
        let providers = catalogue.providers.iter().enumerate();
        let found = providers.clone().find(|(_, provider)| provider.value.id == request.provider);
        let (index, provider) = found.ok_or_else(|| unknown_provider(&request.provider, output))?;
        check_names(request, output)?;
        let pasted = Pasted::read(&request.reply);
        if matches!(pasted.class(), Some(2 | 3)) {
            return Err(Refusal::request("the reply says that nothing failed: rules are for what failed"));
        }
        if pasted.text.is_empty() {
            return Err(Refusal::request("there is no text in the reply that a rule could match"));
        }
        let known = Known::of(catalogue, &provider.value);
        let whole = String::from_utf8_lossy(&pasted.whole).into_owned();
        let secrets = secrets(&whole, &known);
        let parts = parts::find(&pasted.text, &known, &local_parts(&secrets));
        let example = format!("{}{}", pasted.codes(), anonymous(&pasted.text, &parts, &known));
        let host = provider.value.mx.first().map(|suffix| format!("mx.{suffix}"));
        let category = said_today(output, host.as_deref(), request, &pasted)?;
        let owner = Owner::Provider(index);
        Ok(Self { base, output, folder, request, provider, owner, host, pasted, parts, example, category, secrets })
    }

    /// A rule with this template, tried with all others.
    pub fn tried(&self, template: &str, over: &[String]) -> Result<Trial, Refusal> {
        let id = self.id(template);
        let public = format!("{}/{id}", self.request.provider);
        let filled = self.lines(&id, template, over, STAND_IN, "unclassified");
        let (file, _) = self.file(&filled)?;
        let mut files = self.base.catalogue_files();
        files.retain(|other| other.path != file.path);
        files.push(file);
        let compiled = compile_files(self.folder, files, Depth::Analysed);
        let example = self.winner(&compiled, self.example.as_bytes(), &public);
        let winner = example.or_else(|| self.winner(&compiled, &self.pasted.whole, &public));
        if compiled.diagnostics.has_errors() || winner.is_some() {
            return Ok(Trial::Bad(Box::new(Bad { rule: filled.join("\n"), winner, compiled })));
        }
        let blank = format!("{BLANK}: what happened, and what the sender should do now, in two to four sentences");
        let lines = self.lines(&id, template, over, &blank, &format!("{BLANK}: an id of categories.yaml"));
        self.keep_secrets(&lines)?;
        let (file, line) = self.file(&lines)?;
        Ok(Trial::Good(Box::new(Proposal {
            id: public,
            file,
            line,
            rule: lines.join("\n"),
            template: template.to_owned(),
            example: self.example.clone(),
            varies: self.parts.iter().filter_map(|part| varies(part.kind)).collect(),
            category: self.category.clone(),
            pasted: self.pasted.clone(),
            today: today(self.output, &self.pasted.whole, self.host.as_deref(), self.owner, template, over),
            over: over.to_vec(),
            is_general: !self.parts.iter().any(|part| self.is_own(part)),
            compiled,
        })))
    }

    /// Where another rule wins the example, the same rule once more, said to go before it.
    pub fn with_over(&self, candidates: &[String], wrong: Option<Bad>) -> Result<Proposal, Refusal> {
        let wrong = wrong.ok_or_else(|| Refusal::request("no template could be made of the reply"))?;
        if let (Some(winner), Some(template)) = (&wrong.winner, candidates.last())
            && let Trial::Good(proposal) = self.tried(template, std::slice::from_ref(winner))?
        {
            return Ok(*proposal);
        }
        let today = self.winner(self.base, &self.pasted.whole, "");
        if let Some(winner) = today.as_deref().filter(|winner| self.is_of_another(winner)) {
            let (provider, (owner, _)) = (&self.request.provider, winner.split_once('/').unwrap_or_default());
            let remedy = if self.is_software(owner) {
                format!("`{owner}` speaks for whoever runs it, so `{provider}` needs no rule for them")
            } else {
                format!(
                    "if the reply came from there, name `--provider {owner}`; if `{provider}` says the same, write `requires: mx` into `{winner}`, so that it speaks only for the hosts of `{owner}`, and try again"
                )
            };
            return Err(Refusal::request(format!(
                "`{winner}` already reads these words, as those of `{owner}`: {remedy}"
            )));
        }
        match wrong.winner {
            Some(winner) if !wrong.compiled.diagnostics.has_errors() => Err(Refusal::request(format!(
                "`{winner}` reads this reply, and goes before any rule of `{}`",
                self.request.provider
            ))),
            _ if self.takes_from_others(&wrong.compiled) => Err(Refusal::request(format!(
                "`{}` says too little to speak for `{}`: it would take the examples of other rules; paste more of the reply, or write a rule with `requires: mx` by hand",
                self.pasted.text, self.request.provider
            ))),
            _ => Err(Refusal::Wrong { draft: wrong.rule, compiled: Box::new(wrong.compiled) }),
        }
    }

    /// The rule that wins a reply instead of this one.
    fn winner(&self, compiled: &Compiled, reply: &[u8], public: &str) -> Option<String> {
        let output = compiled.output.as_ref()?;
        let tables = Tables::from_bytes(&output.rules_file).ok()?;
        let classifier = Classifier::new(&tables);
        let classifier = self.host.as_deref().map_or(classifier, |host| classifier.mx(host));
        let verdict = classifier.classify(reply);
        let winner = verdict.rule().map(|rule| rule.id()).filter(|id| *id != public)?;
        // A code's own page is no rule that could be beaten.
        output.checked.catalogue.rules.iter().any(|rule| rule.value.id == winner).then(|| winner.to_owned())
    }

    /// Whether so few words were pasted that nothing is wrong but what they mean elsewhere.
    fn takes_from_others(&self, compiled: &Compiled) -> bool {
        const FEW: usize = 32;
        let of_proofs = [Code::ExampleAstray, Code::RuleNeverWins, Code::AmbiguousRules, Code::ClaimsAnothersWords];
        let mut errors = compiled.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        let varies: String = self.parts.iter().map(|part| &self.pasted.text[part.range.clone()]).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let letters = letters(&self.pasted.text).saturating_sub(letters(&varies));
        letters <= FEW && errors.all(|diagnostic| of_proofs.contains(&diagnostic.code))
    }

    /// Whether a rule is that of another provider.
    fn is_of_another(&self, rule: &str) -> bool {
        let owner = rule.split_once('/').map_or(rule, |(owner, _)| owner);
        let providers = &self.output.checked.catalogue.providers;
        owner != self.request.provider && providers.iter().any(|provider| provider.value.id == owner)
    }

    fn is_software(&self, owner: &str) -> bool {
        let providers = &self.output.checked.catalogue.providers;
        let of = providers.iter().find(|provider| provider.value.id == owner);
        of.is_some_and(|provider| matches!(provider.value.kind, ProviderKind::Mta | ProviderKind::Blocklist))
    }

    fn id(&self, template: &str) -> String {
        let suggest = || {
            let catalogue = &self.output.checked.catalogue;
            let category = self.category.as_ref();
            name::suggest(&self.pasted, &self.parts, template, category, catalogue, &self.request.provider)
        };
        self.request.id.clone().unwrap_or_else(suggest)
    }

    /// The rule, in the order of keys that the files have.
    fn lines(&self, id: &str, template: &str, over: &[String], explanation: &str, unknown: &str) -> Lines {
        let category = match &self.category {
            Some(category) => category.id.clone(),
            None => yaml::text(unknown),
        };
        let mut lines =
            vec![format!("id: {id}"), format!("text: {}", yaml::quoted(template)), format!("category: {category}")];
        if !over.is_empty() {
            lines.push(format!("over: [{}]", over.join(", ")));
        }
        lines.push("explanation: >-".to_owned());
        lines.push(format!("  {explanation}"));
        lines.push("source: observed".to_owned());
        lines.push(format!("checked: {}", self.request.checked));
        lines.push("examples:".to_owned());
        lines.push(format!("  - {}", yaml::quoted(&self.example)));
        lines
    }

    fn file(&self, rule: &Lines) -> Result<(CatalogueFile, usize), Refusal> {
        let mut rules = self.output.checked.catalogue.rules.iter();
        let last = rules.rfind(|rule| rule.value.owner == self.owner).map(|rule| &rule.place);
        let sources = &self.base.sources;
        let (text, line) = insert(sources, &self.provider.place, last, rule)?;
        let path = CatalogueFile::path_of(sources.name(self.provider.place.file)).to_owned();
        Ok((CatalogueFile { path, bytes: text.into_bytes() }, line))
    }

    /// Refuses to publish a name or an address of the pasted text.
    fn keep_secrets(&self, lines: &Lines) -> Result<(), Refusal> {
        let text = lines.join("\n").to_lowercase();
        match self.secrets.iter().find(|secret| text.contains(secret.as_str())) {
            Some(secret) => {
                Err(Refusal::request(format!("`{secret}` would be published: write another name for it in the reply")))
            }
            None => Ok(()),
        }
    }

    fn is_own(&self, part: &Part) -> bool {
        match part.kind {
            Kind::Code => true,
            Kind::Fixed => self.pasted.text[part.range.clone()].contains('.'),
            Kind::Hole(_) => false,
        }
    }
}

fn varies(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Hole(FieldType::Text) => Some("text"),
        Kind::Hole(kind) => Some(kind.name()),
        Kind::Code | Kind::Fixed => None,
    }
}
