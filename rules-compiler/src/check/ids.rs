//! Ids: well formed, unique, and the same as the file's name.

use super::Input;
use crate::catalogue::{Place, StatusPattern, Step, is_kebab_case, kebab_case};
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics, latin};
use std::collections::{BTreeMap, BTreeSet};

/// Categories that every catalogue needs: what a verdict says where no rule does.
pub(super) const NEEDED: [&str; 2] = ["accepted", "unclassified"];

pub(super) fn check(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let mut ids = Ids { input, diagnostics };
    ids.categories();
    ids.codes();
    ids.enhanced();
    ids.owners();
    ids.rules();
}

struct Ids<'a> {
    input: &'a Input<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Ids<'_> {
    fn categories(&mut self) {
        let categories = &self.input.catalogue.categories;
        for category in categories {
            self.well_formed(&category.value.id, &category.place.key("id"));
        }
        self.unique(
            categories.iter().map(|category| (category.value.id.clone(), category.place.key("id"))),
            "category id",
        );
        let left_out = &self.input.catalogue.left_out;
        let ids: BTreeSet<&str> = categories.iter().map(|category| category.value.id.as_str()).collect();
        // One that is there twice may be the one that is missing.
        if left_out.every_category || ids.len() < categories.len() {
            return;
        }
        for needed in NEEDED {
            let is_there = categories.iter().any(|category| category.value.id == needed);
            let Some(place) = categories.first().map(|category| &category.place) else { continue };
            if !is_there && !left_out.categories.contains(needed) {
                let list = Place { file: place.file, path: place.path[..1].to_vec() };
                let message = format!("the category `{needed}` is missing");
                let help = format!("add it: `{needed}` is what a reply means when {}", when(needed));
                let label = "not in this list";
                self.diagnostics.push(Diagnostic::new(
                    Code::MissingCategory,
                    self.input.sources.key_span(&list),
                    message,
                    label,
                    help,
                ));
            }
        }
    }

    fn codes(&mut self) {
        for code in &self.input.catalogue.codes {
            let (reply, place) = (code.value.reply, code.place.key("reply"));
            let span = self.input.sources.span(&place);
            let stem = self.input.sources.stem(place.file);
            if !is_reply_code(reply) {
                let help = "write a reply code from 200 to 599";
                let message = format!("`reply` cannot be `{reply}`");
                self.diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message, "not a reply code", help));
            } else if stem != reply.to_string() {
                self.not_the_file_name(&reply.to_string(), &place, false);
            }
        }
    }

    fn enhanced(&mut self) {
        let catalogue = self.input.catalogue;
        for code in &catalogue.enhanced {
            if !matches!(code.value.status, StatusPattern { class: None, subject: Some(_), detail: Some(_) }) {
                let span = self.input.span(&code.place, "status");
                let message = format!("`status` cannot be `{}`", code.value.status);
                let help = "leave the class open and give the other two numbers, as in `X.7.1`";
                self.diagnostics.push(Diagnostic::new(
                    Code::InvalidValue,
                    span,
                    message,
                    "not a registered code",
                    help,
                ));
            }
        }
        for class in catalogue.classes.iter().filter(|class| !matches!(class.value.class, 2 | 4 | 5)) {
            let span = self.input.span(&class.place, "class");
            let message = format!("`class` cannot be `{}`", class.value.class);
            self.diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message, "not a class", "write 2, 4 or 5"));
        }
        let key = |place: &Place, key: &str| place.key(key);
        self.unique(
            catalogue.enhanced.iter().map(|code| (code.value.status.to_string(), key(&code.place, "status"))),
            "enhanced code",
        );
        self.unique(
            catalogue.classes.iter().map(|class| (class.value.class.to_string(), key(&class.place, "class"))),
            "class",
        );
        self.unique(
            catalogue
                .subjects
                .iter()
                .map(|subject| (subject.value.subject.to_string(), key(&subject.place, "subject"))),
            "subject",
        );
        self.subjects();
    }

    /// Every code's second number has an entry of its own. Where one of them could not be read, it may be that one.
    fn subjects(&mut self) {
        let catalogue = self.input.catalogue;
        let Some(first) = catalogue.subjects.first() else { return };
        let list = Place { file: first.place.file, path: first.place.path[..1].to_vec() };
        let span = self.input.sources.span(&list);
        if self.diagnostics.error_spans().into_iter().any(|error| span.contains(error)) {
            return;
        }
        let mut known: BTreeSet<u16> = catalogue.subjects.iter().map(|subject| subject.value.subject).collect();
        for code in &catalogue.enhanced {
            let Some(subject) = code.value.status.subject.filter(|subject| known.insert(*subject)) else { continue };
            let message = format!("`{}` is about the subject {subject}, which nothing describes", code.value.status);
            let help = format!("add `subject: {subject}` to the list `subjects`, or mend the code");
            let span = self.input.span(&code.place, "status");
            let new = Diagnostic::new(Code::InvalidValue, span, message, "no such subject", help);
            self.diagnostics.push(new.also(self.input.sources.key_span(&list), "not in this list"));
        }
    }

    /// Their files' names are unique, so their ids are.
    fn owners(&mut self) {
        let catalogue = self.input.catalogue;
        let providers = catalogue.providers.iter().map(|provider| (&provider.value.id, provider.place.key("id")));
        let languages =
            catalogue.languages.iter().map(|language| (&language.value.language, language.place.key("language")));
        for (id, place) in &catalogue.left_out.copies {
            self.not_the_file_name(id, place, true);
        }
        for (id, place) in providers.clone().chain(languages.clone()) {
            if self.well_formed(id, &place) && id != self.input.sources.stem(place.file) {
                self.not_the_file_name(id, &place, false);
            }
        }
        for (id, place) in providers {
            if let Some((_, other)) = languages.clone().find(|(language, _)| *language == id) {
                let (span, other) = (self.input.sources.span(&place), self.input.sources.span(&other));
                let message = format!("the provider `{id}` has the id of a language");
                let help = "give the provider another id, and its file the same name";
                let label = "rules of both would have the same public ids";
                let diagnostic = Diagnostic::new(Code::OwnerNameClash, span, message, label, help);
                self.diagnostics.push(diagnostic.also(other, "the language"));
            }
        }
    }

    fn rules(&mut self) {
        let mut owners: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for rule in self.input.rules() {
            let place = rule.place.key("id");
            self.well_formed(&rule.value.rule.id, &place);
            owners.entry(rule.value.owner).or_default().push((rule.value.rule.id.clone(), place));
        }
        for ids in owners.into_values() {
            self.unique(ids.into_iter(), "rule id");
        }
    }

    fn well_formed(&mut self, id: &str, place: &Place) -> bool {
        if is_kebab_case(id) {
            return true;
        }
        let span = self.input.sources.span(place);
        let message = format!("`{id}` cannot be an id");
        let help = "write lower-case words of letters and digits, joined by `-`";
        let strange = id.chars().find(|c| !c.is_ascii());
        let label = match strange {
            Some(c) => format!("`{c}` is U+{:04X}, not one of a to z, 0 to 9 and `-`", u32::from(c)),
            None if id.contains('/') => "the part before the slash is the file's".to_owned(),
            None => "not lower-case words joined by `-`".to_owned(),
        };
        let diagnostic = Diagnostic::new(Code::MalformedId, span, message, label, help);
        // A rule's own part is what stands behind the slash.
        let own = latin(id.rsplit('/').next().unwrap_or(id));
        let mended = kebab_case(&own);
        // Without the letters of other alphabets, a word is another word.
        let diagnostic = if mended.is_empty() || own.chars().any(|c| !c.is_ascii() && c.is_alphanumeric()) {
            diagnostic
        } else {
            diagnostic.fixed_by(span, mended).with_certainty(Certainty::Likely)
        };
        self.diagnostics.push(diagnostic);
        false
    }

    /// `is_copy` where a file of that name is there as well.
    fn not_the_file_name(&mut self, id: &str, place: &Place, is_copy: bool) {
        let (stem, sources) = (self.input.sources.stem(place.file), self.input.sources);
        let message = format!("`{id}` stands in a file named `{stem}.yaml`");
        let is_code = place.path.last().is_some_and(|step| *step == Step::Key("reply".to_owned()));
        let is_fit =
            if is_code { stem.len() == 3 && stem.parse().is_ok_and(is_reply_code) } else { is_kebab_case(stem) };
        let folder = |file| sources.name(file).rsplit_once('/').map(|(folder, _)| folder);
        let is_there = |file| sources.stem(file) == id && folder(file) == folder(place.file);
        let is_copy = is_copy || sources.files().any(is_there);
        let what = if is_code { "what it says" } else { "the rules" };
        let help = match is_fit {
            true if is_copy => {
                format!(
                    "write `{stem}` here, or move {what} to `{id}.yaml`, which is there already, and remove this file"
                )
            }
            true => format!("write `{stem}` here, or name the file `{id}.yaml`"),
            false if is_copy => {
                format!("move {what} to `{id}.yaml`, which is there already, and remove this file")
            }
            false => format!("name the file `{id}.yaml`"),
        };
        let label = format!("not `{stem}`");
        self.diagnostics.push(Diagnostic::new(
            Code::NotTheFileName,
            self.input.sources.span(place),
            message,
            label,
            help,
        ));
    }

    fn unique(&mut self, ids: impl Iterator<Item = (String, Place)>, what: &str) {
        let mut seen: BTreeMap<String, Place> = BTreeMap::new();
        for (id, place) in ids {
            let Some(first) = seen.get(&id) else {
                seen.insert(id, place);
                continue;
            };
            let (span, first) = (self.input.sources.span(&place), self.input.sources.span(first));
            let message = format!("duplicate {what} `{id}`");
            let help = "pick one that is new, or make one entry of the two";
            let diagnostic = Diagnostic::new(Code::DuplicateId, span, message, "this is already taken", help);
            self.diagnostics.push(diagnostic.also(first, "first used here"));
        }
    }
}

fn is_reply_code(reply: u16) -> bool {
    (200..=599).contains(&reply)
}

fn when(category: &str) -> &'static str {
    if category == "accepted" { "nothing failed" } else { "nobody knows what it means" }
}
