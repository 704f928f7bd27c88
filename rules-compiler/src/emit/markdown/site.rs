//! What the pages are made from: the checked catalogue, and which rule belongs on which page.

use super::example::Example;
use super::page::Page;
use super::{text, title};
use crate::catalogue::{Category, Located, OwnedRule, Owner, Place, Provider, ReplyCode, ReplyPattern, StatusPattern};
use crate::check::{CategoryIndex, Checked, CheckedRule};
use crate::emit::paths;
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

pub struct Site<'a> {
    pub checked: &'a Checked,
    sources: &'a Sources,
    /// The rules, in the catalogue's order.
    pub rules: Vec<Rule<'a>>,
    /// Which of them are whose.
    of_owner: BTreeMap<Owner, Vec<usize>>,
    /// The length of the catalogue's folder in the files' names, with the `/`.
    folder: usize,
}

/// A rule with all that is known of it.
pub struct Rule<'a> {
    pub written: &'a OwnedRule,
    pub checked: &'a CheckedRule,
    pub place: &'a Place,
    pub examples: Vec<Example<'a>>,
    /// The enhanced codes that it names or is seen with.
    pub statuses: BTreeSet<StatusPattern>,
    /// Its entry, as a path from the documentation's root.
    pub entry: String,
    pub title: String,
}

impl<'a> Site<'a> {
    pub fn new(checked: &'a Checked, sources: &'a Sources) -> Self {
        let catalogue = &checked.catalogue;
        let rules = catalogue.rules.iter().zip(&checked.rules).map(|(written, rule)| {
            let examples: Vec<_> = written.value.rule.examples.iter().map(|text| Example::read(text)).collect();
            let seen = examples.iter().filter_map(|example| example.status);
            Rule {
                written: &written.value,
                checked: rule,
                place: &written.place,
                statuses: rule.status.iter().copied().chain(seen).collect(),
                examples,
                entry: paths::rule(catalogue, &written.value),
                title: title::with_codes(&written.value.rule.id, &rule.templates),
            }
        });
        let names = sources.files().filter_map(|file| sources.name(file).strip_suffix("categories.yaml"));
        let folder = names.map(str::len).min().unwrap_or(0);
        let mut of_owner: BTreeMap<Owner, Vec<usize>> = BTreeMap::new();
        for (index, rule) in catalogue.rules.iter().enumerate() {
            of_owner.entry(rule.value.owner).or_default().push(index);
        }
        Self { checked, sources, rules: rules.collect(), of_owner, folder }
    }

    /// The indices of the providers, by name.
    pub fn providers_by_name(&self) -> Vec<usize> {
        let providers = &self.checked.catalogue.providers;
        let mut order: Vec<usize> = (0..providers.len()).collect();
        order.sort_by_key(|index| (providers[*index].value.name.to_lowercase(), &providers[*index].value.id));
        order
    }

    pub fn provider(&self, index: usize) -> &'a Provider {
        &self.checked.catalogue.providers[index].value
    }

    pub fn rules_of(&self, owner: Owner) -> impl Iterator<Item = &Rule<'a>> {
        self.of_owner.get(&owner).into_iter().flatten().map(|index| &self.rules[*index])
    }

    /// The name of a rule's provider, or of its language.
    pub fn owner_name(&self, owner: Owner) -> &'a str {
        match owner {
            Owner::Provider(index) => &self.provider(index).name,
            Owner::Language(index) => &self.checked.catalogue.languages[index].value.name,
        }
    }

    /// A file of the catalogue, as in the project: `catalogue/codes/421.yaml`.
    pub fn origin(&self, place: &Place) -> String {
        let name = self.sources.name(place.file);
        format!("catalogue/{}", name.get(self.folder..).unwrap_or(name))
    }

    /// A link to the line of the catalogue where something is written.
    pub fn edit(&self, page: &Page, place: &Place, label: &str) -> String {
        let line = self.sources.line_column(place.file, self.sources.span(place).start).0;
        page.link(label, &format!("../{}#L{line}", self.origin(place)))
    }

    pub fn category(&self, index: CategoryIndex) -> &'a Category {
        self.checked.category(index)
    }

    pub fn category_link(&self, page: &Page, index: CategoryIndex) -> String {
        let category = self.category(index);
        page.link(&text::prose(&category.title), &paths::category(&category.id))
    }

    pub fn reply_code(&self, code: u16) -> Option<&'a Located<ReplyCode>> {
        self.checked.catalogue.codes.iter().find(|known| known.value.reply == code)
    }

    /// The code, linked where it has a page.
    pub fn code_link(&self, page: &Page, code: u16) -> String {
        match self.reply_code(code) {
            Some(_) => page.link(&code.to_string(), &paths::reply_code(code)),
            None => code.to_string(),
        }
    }

    /// The condition, linked where it names a code that has a page.
    pub fn reply_link(&self, page: &Page, pattern: ReplyPattern) -> String {
        match pattern {
            ReplyPattern::Code(code) => self.code_link(page, code),
            ReplyPattern::Class(_) => pattern.to_string(),
        }
    }

    /// The subjects of enhanced codes that have a page.
    pub fn subjects(&self) -> BTreeSet<u16> {
        let catalogue = &self.checked.catalogue;
        let named = catalogue.subjects.iter().map(|subject| subject.value.subject);
        named.chain(catalogue.enhanced.iter().filter_map(|code| code.value.status.subject)).collect()
    }

    pub fn subject_name(&self, subject: u16) -> String {
        let known = self.checked.catalogue.subjects.iter().find(|known| known.value.subject == subject);
        known.map_or_else(|| format!("subject {subject}"), |known| known.value.title.clone())
    }

    /// The classes of enhanced codes that have a page.
    pub fn has_class(&self, class: u8) -> bool {
        self.checked.catalogue.classes.iter().any(|known| known.value.class == class)
    }

    /// An enhanced code with its title, linked to its entry; where it has none, to its subject's page.
    pub fn status_link(&self, page: &Page, status: StatusPattern) -> String {
        let entry = self.checked.catalogue.enhanced.iter().find(|known| {
            status.detail.is_some()
                && (known.value.status.subject, known.value.status.detail) == (status.subject, status.detail)
        });
        match (entry, status.subject, status.detail) {
            (Some(entry), Some(subject), Some(detail)) => {
                page.link(&format!("{status} {}", text::prose(&entry.value.title)), &paths::enhanced(subject, detail))
            }
            (_, Some(subject), detail) if self.subjects().contains(&subject) => {
                let note = if detail.is_some() { " (not registered)" } else { "" };
                format!("{}{note}", page.link(&status.to_string(), &paths::enhanced_subject(subject)))
            }
            _ => status.to_string(),
        }
    }

    /// The languages of phrases, English first.
    pub fn languages(&self) -> impl Iterator<Item = Owner> {
        let languages = &self.checked.catalogue.languages;
        let mut order: Vec<usize> = (0..languages.len()).collect();
        order.sort_by_key(|index| languages[*index].value.language != "en");
        order.into_iter().map(Owner::Language)
    }

    /// Rules as links, on one line for each owner: the providers by name, then the phrases, those in English first.
    pub fn rule_lines(&self, page: &Page, belongs: impl Fn(&Rule<'a>) -> bool) -> Vec<String> {
        let providers = self.providers_by_name().into_iter().map(Owner::Provider);
        let lines = providers.chain(self.languages()).filter_map(|owner| {
            let links: Vec<String> =
                self.rules_of(owner).filter(|rule| belongs(rule)).map(|rule| rule.link(page)).collect();
            let name = text::prose(self.owner_name(owner));
            let label = match owner {
                Owner::Provider(index) => page.link(&name, &paths::provider(&self.provider(index).id)),
                Owner::Language(index) => {
                    let tag = &self.checked.catalogue.languages[index].value.language;
                    page.link(&format!("Any server, in {name}"), &paths::language(tag))
                }
            };
            (!links.is_empty()).then(|| format!("**{label}:** {}", links.join(", ")))
        });
        lines.collect()
    }
}

impl Rule<'_> {
    /// A link to its entry.
    pub fn link(&self, page: &Page) -> String {
        page.link(&text::prose(&self.title), &self.entry)
    }

    pub fn has_example(&self, code: u16) -> bool {
        self.examples.iter().any(|example| example.code == Some(code))
    }

    /// Whether its condition lets this reply code pass.
    pub fn allows(&self, code: u16) -> bool {
        let matches = |pattern: &ReplyPattern| match *pattern {
            ReplyPattern::Code(own) => own == code,
            ReplyPattern::Class(class) => u16::from(class) == code / 100,
        };
        self.checked.reply.is_empty() || self.checked.reply.iter().any(matches)
    }

    /// Whether it belongs on a reply code's page: it is seen with the code, or names it. Replies that are only known
    /// with an enhanced code stand with the code that such replies most often carry.
    pub fn belongs_to(&self, code: u16) -> bool {
        let named = self.checked.reply.contains(&ReplyPattern::Code(code));
        let usual = |class: Option<u8>| match class {
            Some(4) => code == 421,
            Some(5) => code == 550,
            _ => false,
        };
        let bare = self.examples.iter().all(|example| example.code.is_none());
        let stands_in =
            bare && self.examples.iter().any(|example| usual(example.status.and_then(|status| status.class)));
        self.allows(code) && (named || self.has_example(code) || stands_in)
    }

    /// The basic codes that it names or is seen with.
    pub fn codes(&self) -> BTreeSet<u16> {
        let named = self.checked.reply.iter().filter_map(|pattern| match pattern {
            ReplyPattern::Code(code) => Some(*code),
            ReplyPattern::Class(_) => None,
        });
        named.chain(self.examples.iter().filter_map(|example| example.code)).collect()
    }

    /// The enhanced codes that it is seen with beside a basic code; where there are none, those that it names.
    pub fn statuses_with(&self, code: u16) -> BTreeSet<StatusPattern> {
        let with = self.examples.iter().filter(|example| example.code.is_none_or(|own| own == code));
        let seen: BTreeSet<StatusPattern> = with.filter_map(|example| example.status).collect();
        if seen.is_empty() { self.checked.status.iter().copied().collect() } else { seen }
    }
}
