//! A new rule from a reply that somebody pasted.

use super::anonymous::anonymous;
use super::category::{Category, Evidence, likely};
use super::insert::{Lines, insert};
use super::known::Known;
use super::parts::{self, Kind, Part};
use super::pasted::Pasted;
use super::refusal::Refusal;
use super::today::{Today, today};
use super::{name, wording, yaml};
use crate::catalogue::{Located, Owner, Provider};
use crate::check::{BLANK, is_kebab_case, kebab_case};
use crate::compile::{Compiled, Depth, Output, compile_files};
use crate::oracle::stands_in;
use crate::source::CatalogueFile;
use rules_runtime::{Classifier, FieldType, Tables};
use std::collections::BTreeSet;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct NewRule {
    /// The provider's id.
    pub provider: String,
    /// What was pasted.
    pub reply: Vec<u8>,
    /// The rule's id, the part behind the provider's.
    pub id: Option<String>,
    /// What it means.
    pub category: Option<String>,
    /// Whether to write it although a rule of the provider reads the reply already.
    pub anyway: bool,
    /// The day, `2026-11-23`.
    pub checked: String,
}

/// A rule that would be good once its blanks are filled.
#[derive(Debug)]
pub struct Proposal {
    /// The rule's public id.
    pub id: String,
    /// The provider's file with the rule.
    pub file: CatalogueFile,
    /// The line on which the rule starts.
    pub line: usize,
    /// The rule as it stands in the file, without indentation.
    pub rule: String,
    /// Its template.
    pub template: String,
    /// Its example.
    pub example: String,
    /// What varies, by the types' names, in the text's order.
    pub varies: Vec<&'static str>,
    /// The likely category.
    pub category: Option<Category>,
    /// What was pasted.
    pub pasted: Pasted,
    /// The rules that match the reply today.
    pub today: Vec<Today>,
    /// The rules that it is said to beat.
    pub over: Vec<String>,
    /// Whether nothing in the template is the provider's own, so that other servers may say the same.
    pub is_general: bool,
    /// The catalogue with the rule, its blanks filled: its warnings are worth a look.
    pub compiled: Compiled,
}

/// What stands in the place of the explanation while the rule is tried.
const STAND_IN: &str = "What happened, and what the sender should do about it now, is still to be written.";

/// Makes a rule of a reply. `base` is the catalogue as it is, without errors, and `folder` its name.
///
/// # Errors
///
/// Where no rule can be made of the reply that wins its example and leaves all others to their rules.
pub fn propose(base: &Compiled, folder: &str, request: &NewRule) -> Result<Proposal, Refusal> {
    let output = base.output.as_ref().filter(|_| !base.diagnostics.has_errors());
    let output = output.ok_or_else(|| refuse("the catalogue has mistakes: mend them first"))?;
    let draft = Draft::new(base, output, folder, request)?;
    let fits = |template: &crate::template::Template| {
        stands_in(template, &draft.pasted.whole) && stands_in(template, draft.example.as_bytes())
    };
    let mut candidates = wording::candidates(&draft.pasted.text, &draft.parts, fits);
    if candidates.is_empty() {
        return Err(refuse(
            "the reply has too few words of its own to tell it from others: at least four letters in a row are needed",
        ));
    }
    candidates.truncate(MOST_TRIED);
    let mut wrong = None;
    for template in &candidates {
        match draft.tried(template, &[])? {
            Trial::Good(proposal) => return Ok(*proposal),
            Trial::Bad(bad) => wrong = Some(bad),
        }
    }
    draft.with_over(&candidates, wrong)
}

/// Most templates that are tried: each takes as long as a check of the catalogue.
const MOST_TRIED: usize = 6;

fn refuse(sentence: impl Into<String>) -> Refusal {
    Refusal::Request(sentence.into())
}

/// All that is known before the template is.
struct Draft<'a> {
    base: &'a Compiled,
    output: &'a Output,
    folder: &'a str,
    request: &'a NewRule,
    provider: &'a Located<Provider>,
    owner: Owner,
    /// A host of the provider's.
    host: Option<String>,
    pasted: Pasted,
    parts: Vec<Part>,
    example: String,
    category: Option<Category>,
    secrets: BTreeSet<String>,
}

/// What came of trying a rule with all others.
enum Trial {
    Good(Box<Proposal>),
    Bad(Bad),
}

/// A rule with which the catalogue would be wrong.
struct Bad {
    rule: String,
    /// Who wins its example instead.
    winner: Option<String>,
    compiled: Compiled,
}

impl<'a> Draft<'a> {
    fn new(base: &'a Compiled, output: &'a Output, folder: &'a str, request: &'a NewRule) -> Result<Self, Refusal> {
        let catalogue = &output.checked.catalogue;
        let providers = catalogue.providers.iter().enumerate();
        let found = providers.clone().find(|(_, provider)| provider.value.id == request.provider);
        let (index, provider) = found.ok_or_else(|| unknown_provider(&request.provider, output))?;
        check_names(request, output)?;
        let pasted = Pasted::read(&request.reply);
        if matches!(pasted.class(), Some(2 | 3)) {
            return Err(refuse("the reply says that nothing failed: rules are for what failed"));
        }
        if pasted.text.is_empty() {
            return Err(refuse("there is no text in the reply that a rule could match"));
        }
        let known = Known::of(catalogue, &provider.value);
        let whole = String::from_utf8_lossy(&pasted.whole).into_owned();
        let secrets = secrets(&whole, &known);
        let parts = parts::find(&pasted.text, &known, &local_parts(&secrets));
        let example = format!("{}{}", pasted.codes(), anonymous(&pasted.text, &parts, &known));
        let host = provider.value.mx.first().map(|suffix| format!("mx.{suffix}"));
        let category = said_today(output, host.as_deref(), request, &pasted.whole)?;
        let owner = Owner::Provider(index);
        Ok(Self { base, output, folder, request, provider, owner, host, pasted, parts, example, category, secrets })
    }

    /// A rule with this template, tried with all others.
    fn tried(&self, template: &str, over: &[String]) -> Result<Trial, Refusal> {
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
            return Ok(Trial::Bad(Bad { rule: filled.join("\n"), winner, compiled }));
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
    fn with_over(&self, candidates: &[String], wrong: Option<Bad>) -> Result<Proposal, Refusal> {
        let wrong = wrong.ok_or_else(|| refuse("no template could be made of the reply"))?;
        if let (Some(winner), Some(template)) = (&wrong.winner, candidates.last())
            && let Trial::Good(proposal) = self.tried(template, std::slice::from_ref(winner))?
        {
            return Ok(*proposal);
        }
        match wrong.winner {
            Some(winner) if !wrong.compiled.diagnostics.has_errors() => Err(refuse(format!(
                "`{winner}` reads this reply, and goes before any rule of `{}`",
                self.request.provider
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

    fn id(&self, template: &str) -> String {
        let suggest = || {
            let catalogue = &self.output.checked.catalogue;
            name::suggest(&self.pasted.text, &self.parts, template, catalogue, &self.request.provider)
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
        let rules = self.output.checked.catalogue.rules.iter();
        let last = rules.filter(|rule| rule.value.owner == self.owner).next_back().map(|rule| &rule.place);
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
                Err(refuse(format!("`{secret}` would be published: write another name for it in the reply")))
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

fn unknown_provider(id: &str, output: &Output) -> Refusal {
    let ids = output.rules.providers.iter().map(|provider| provider.id.as_str());
    let meant = crate::diagnostic::nearest(id, ids).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
    let new = if is_kebab_case(id) { format!("; `rules new provider {id}` makes one") } else { String::new() };
    refuse(format!("there is no provider `{id}`{meant}{new}"))
}

fn check_names(request: &NewRule, output: &Output) -> Result<(), Refusal> {
    let catalogue = &output.checked.catalogue;
    if let Some(id) = request.id.as_deref().filter(|id| !is_kebab_case(id)) {
        let mended = kebab_case(id);
        return Err(refuse(format!(
            "`{id}` cannot be an id: write lower-case words joined by `-`, such as `{mended}`"
        )));
    }
    let public = request.id.as_ref().map(|id| format!("{}/{id}", request.provider));
    if let Some(public) = public.filter(|public| catalogue.rules.iter().any(|rule| rule.value.id == *public)) {
        return Err(refuse(format!("the rule `{public}` is there already: give the new one another id")));
    }
    let categories = catalogue.categories.iter().map(|category| category.value.id.as_str());
    match request.category.as_deref() {
        Some(id) if !categories.clone().any(|category| category == id) => {
            let meant = crate::diagnostic::nearest(id, categories);
            let meant = meant.map_or("docs/categories lists them".to_owned(), |near| format!("did you mean `{near}`?"));
            Err(refuse(format!("there is no category `{id}`: {meant}")))
        }
        _ => Ok(()),
    }
}

/// What the catalogue says of the reply as it is, knowing whose it is.
///
/// A rule of the same provider that reads it already is reason to write no other.
fn said_today(
    output: &Output,
    host: Option<&str>,
    request: &NewRule,
    reply: &[u8],
) -> Result<Option<Category>, Refusal> {
    let tables = Tables::from_bytes(&output.rules_file).map_err(|error| refuse(error.to_string()))?;
    let classifier = Classifier::new(&tables);
    let verdict = host.map_or(classifier, |host| classifier.mx(host)).classify(reply);
    let own = verdict.rule().filter(|rule| rule.owner().is_some_and(|owner| owner.id() == request.provider));
    if let Some(rule) = own.filter(|_| !request.anyway) {
        return Err(Refusal::AlreadyRead(rule.id().to_owned()));
    }
    let given = request.category.clone().map(|id| Category { id, evidence: Evidence::Given });
    Ok(given.or_else(|| likely(&verdict)))
}

/// The names and addresses in all that was pasted that are not public, in lower case.
fn secrets(whole: &str, known: &Known) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for part in parts::find(whole, known, &BTreeSet::new()) {
        let value = whole[part.range.clone()].trim_matches(['<', '>']).to_lowercase();
        let reserved = ["example.com", "example.net", "example.org"].iter().any(|name| value.ends_with(name))
            || value.starts_with("192.0.2.")
            || value.starts_with("2001:db8:");
        let private = match part.kind {
            Kind::Hole(FieldType::Ip | FieldType::Email) => true,
            Kind::Hole(FieldType::Host | FieldType::Domain) => !known.is_public(&value),
            _ => false,
        };
        if private && !reserved {
            secrets.insert(value);
        }
    }
    secrets
}

/// The names before the sign of secret addresses, unless they are words of any reply.
fn local_parts(secrets: &BTreeSet<String>) -> BTreeSet<String> {
    const WORDS: [&str; 12] = [
        "info",
        "mail",
        "admin",
        "user",
        "root",
        "test",
        "support",
        "postmaster",
        "noreply",
        "no-reply",
        "sender",
        "bounce",
    ];
    let locals = secrets.iter().filter_map(|secret| secret.rsplit_once('@')).map(|(local, _)| local);
    locals.filter(|local| local.len() >= 3 && !WORDS.contains(local)).map(str::to_owned).collect()
}
