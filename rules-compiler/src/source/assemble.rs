//! All items of all files as a [`Catalogue`].

use super::decode::decode;
use super::document;
use super::files::CatalogueFile;
use super::folder::Contents;
use super::refusals;
use super::sources::Sources;
use super::strays;
use super::value::{Value, kind_of};
use super::word_lists::Lists;
use crate::catalogue::{Catalogue, FileId, FileKind as Kind, Located, OwnedRule, Owner, Place, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::collections::BTreeSet;

/// Reads the files' texts as a catalogue.
pub(super) fn assemble(files: Vec<Contents>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Catalogue {
    let (mut documents, mut left_out) = (Vec::new(), BTreeSet::new());
    for contents in files {
        let kind = contents.kind;
        let (file, mut value) = document::read(contents, sources, diagnostics);
        if let Some(other) = value.as_ref().and_then(|value| misplaced(kind, value)) {
            // It is there, only in another place.
            diagnostics.retain(|missing| {
                missing.code != Code::MissingFile || !other.is_path(CatalogueFile::path_of(missing.path()))
            });
            diagnostics.push(refusals::misplaced(sources.name(file), other));
            left_out.insert(sources.stem(file).to_owned());
            value = None;
        }
        documents.push((kind, file, value));
    }
    let mut assembly = Assembly { catalogue: Catalogue::default(), owners: BTreeSet::new(), sources, diagnostics };
    assembly.catalogue.left_out.owners = left_out;
    assembly.owners = assembly.owners(&documents);
    assembly.catalogue.left_out.every_category = !documents.iter().any(|(kind, ..)| *kind == Kind::Categories);
    // Rules stand in the catalogue by owner, the providers' first, whatever the order of the files.
    for kind in [Kind::Categories, Kind::Code, Kind::Enhanced, Kind::Provider, Kind::Phrases, Kind::Moved] {
        for (_, file, value) in documents.iter_mut().filter(|document| document.0 == kind) {
            assembly.document(kind, *file, value.take());
        }
    }
    assembly.catalogue.codes.sort_by_key(|code| code.value.reply);
    assembly.catalogue
}

/// The kind that a file has by its keys, where it is another than that of its folder.
fn misplaced(kind: Kind, value: &Value) -> Option<Kind> {
    let is_own = match kind {
        Kind::Provider => ["id", "kind", "mx", "markers"].as_slice(),
        Kind::Phrases => &["language"],
        Kind::Code => &["reply", "title"],
        Kind::Categories | Kind::Enhanced | Kind::Moved => return None,
    };
    let other = kind_of(value).filter(|other| *other != kind)?;
    (!is_own.iter().any(|key| value.get(key).is_some())).then_some(other)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedFile {
    #[serde(rename = "moved")]
    _moved: Vec<IgnoredAny>,
}

struct Assembly<'a> {
    catalogue: Catalogue,
    /// The names of all files of providers and languages.
    owners: BTreeSet<(Kind, String)>,
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryFile {
    #[serde(rename = "categories")]
    _categories: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnhancedFile {
    #[serde(rename = "classes")]
    _classes: Vec<IgnoredAny>,
    #[serde(rename = "subjects")]
    _subjects: Vec<IgnoredAny>,
    #[serde(rename = "codes")]
    _codes: Vec<IgnoredAny>,
}

impl Assembly<'_> {
    fn document(&mut self, kind: Kind, file: FileId, value: Option<Value>) {
        match (kind, value) {
            (Kind::Categories, Some(value)) => self.categories(value, &Place::root(file)),
            (Kind::Categories, None) => self.catalogue.left_out.every_category = true,
            (Kind::Code, Some(value)) => {
                let place = Place::root(file);
                let code = self.decode(value, "reply code", &place);
                self.catalogue.codes.extend(code.map(|value| Located { value, place }));
            }
            (Kind::Enhanced, Some(value)) => self.enhanced(value, &Place::root(file)),
            (Kind::Provider, Some(value)) => self.provider(value, Place::root(file)),
            (Kind::Phrases, Some(value)) => self.phrases(value, Place::root(file)),
            (Kind::Provider | Kind::Phrases, None) => self.owner_left_out(file),
            (Kind::Moved, Some(value)) => {
                let root = Place::root(file);
                self.decode::<MovedFile>(value.without_items(), "list of moved rules", &root);
                self.catalogue.moved = self.list(&value, &root, "moved", "moved rule");
            }
            (Kind::Code | Kind::Enhanced | Kind::Moved, None) => {}
        }
    }

    fn owners(&self, documents: &[(Kind, FileId, Option<Value>)]) -> BTreeSet<(Kind, String)> {
        documents.iter().map(|(kind, file, _)| (*kind, self.sources.stem(*file).to_owned())).collect()
    }

    /// Whether a file names the id of another one. It is then left out: a copy repeats all that the other says.
    fn is_copy(&mut self, kind: Kind, id: &str, place: Place) -> bool {
        let is_copy = self.sources.stem(place.file) != id && self.owners.contains(&(kind, id.to_owned()));
        if is_copy {
            self.owner_left_out(place.file);
            self.catalogue.left_out.copies.push((id.to_owned(), place));
        }
        is_copy
    }

    fn decode<T: DeserializeOwned>(&mut self, value: Value, what: &'static str, place: &Place) -> Option<T> {
        decode(value, what, place, self.sources, self.diagnostics)
    }

    fn categories(&mut self, value: Value, root: &Place) {
        self.decode::<CategoryFile>(value.without_items(), "list of categories", root);
        let Some(list @ Value::Sequence(_)) = value.get("categories") else {
            self.catalogue.left_out.every_category = true;
            return;
        };
        if list.elements().is_empty() {
            self.catalogue.left_out.every_category = true;
            let help = "list what a reply can mean: at least `accepted` and `unclassified`";
            let (span, message) = (self.sources.key_span(&root.key("categories")), "there are no categories");
            let empty = Diagnostic::new(Code::MissingCategory, span, message, "an empty list", help);
            self.diagnostics.push(empty);
        }
        for (index, item) in list.elements().iter().enumerate() {
            let id = item.get("id").and_then(Value::text).map(str::to_owned);
            let place = root.key("categories").index(index);
            match (self.decode(item.clone(), "category", &place), id) {
                (Some(value), _) => self.catalogue.categories.push(Located { value, place }),
                (None, Some(id)) => drop(self.catalogue.left_out.categories.insert(id)),
                (None, None) => self.catalogue.left_out.every_category = true,
            }
        }
    }

    fn enhanced(&mut self, value: Value, root: &Place) {
        self.decode::<EnhancedFile>(value.without_items(), "list of enhanced codes", root);
        self.catalogue.classes = self.list(&value, root, "classes", "class");
        self.catalogue.subjects = self.list(&value, root, "subjects", "subject");
        self.catalogue.enhanced = self.list(&value, root, "codes", "enhanced code");
    }

    fn list<T: DeserializeOwned>(
        &mut self,
        value: &Value,
        root: &Place,
        key: &str,
        what: &'static str,
    ) -> Vec<Located<T>> {
        let items = value.get(key).map(Value::elements).unwrap_or_default().iter().enumerate();
        let located = items.filter_map(|(index, item)| {
            let place = root.key(key).index(index);
            self.decode(item.clone(), what, &place).map(|value| Located { value, place })
        });
        located.collect()
    }

    fn provider(&mut self, mut value: Value, root: Place) {
        let rules = value.take("rules");
        let provider: Option<crate::catalogue::Provider> = self.decode(value, "provider", &root);
        if provider.as_ref().is_some_and(|provider| self.is_copy(Kind::Provider, &provider.id, root.key("id"))) {
            return;
        }
        let owner =
            provider.as_ref().map(|provider| (provider.id.clone(), Owner::Provider(self.catalogue.providers.len())));
        self.rules(rules, &root, owner, None);
        self.catalogue.providers.extend(provider.map(|value| Located { value, place: root }));
    }

    fn phrases(&mut self, mut value: Value, root: Place) {
        let rules = value.take("rules");
        let language: Option<crate::catalogue::Language> = self.decode(value, "phrase file", &root);
        if language.as_ref().is_some_and(|file| self.is_copy(Kind::Phrases, &file.language, root.key("language"))) {
            return;
        }
        let owner =
            language.as_ref().map(|file| (file.language.clone(), Owner::Language(self.catalogue.languages.len())));
        let lists = language.as_ref();
        let lists = lists.map(|file| Lists::read(&file.words, &root.key("words"), self.sources, self.diagnostics));
        let (number, known) = (rules.as_ref().map_or(0, |rules| rules.elements().len()), self.catalogue.rules.len());
        self.rules(rules, &root, owner, lists.as_ref());
        // A rule that was left out may use any list.
        let are_all_read = self.catalogue.rules.len() - known == number;
        if let Some(lists) = lists.filter(|_| are_all_read) {
            lists.warn_of_unused(self.sources, self.diagnostics);
        }
        self.catalogue.languages.extend(language.map(|value| Located { value, place: root }));
    }

    /// The rules of one file; of an owner that was left out, only their mistakes.
    fn rules(&mut self, rules: Option<Value>, root: &Place, owner: Option<(String, Owner)>, lists: Option<&Lists<'_>>) {
        let Some(mut rules) = rules else { return };
        if owner.is_none() {
            self.owner_left_out(root.file);
        }
        let place = root.key("rules");
        if !matches!(rules, Value::Sequence(_)) {
            self.decode::<Vec<IgnoredAny>>(rules, "list of rules", &place);
            self.owner_left_out(root.file);
            return;
        }
        let strays = strays::gather(&mut rules);
        let told = strays.iter().filter_map(|strays| strays::diagnostic(strays, &place, self.sources));
        self.diagnostics.extend(told);
        for (index, item) in rules.elements().iter().enumerate() {
            if strays.iter().any(|strays| strays.items.contains(&index)) {
                continue;
            }
            let place = place.index(index);
            let id = item.get("id").and_then(Value::text).map(str::to_owned);
            let rule: Option<Rule> = self.decode(item.clone(), "rule", &place);
            let rule = rule.filter(|_| strays.iter().all(|strays| strays.rule != index));
            let rule = rule.and_then(|mut rule| match lists {
                Some(lists) => lists.write_out(&mut rule, &place, self.sources, self.diagnostics).then_some(rule),
                None => Some(rule),
            });
            match (rule, id, &owner) {
                (Some(rule), _, Some((name, owner))) => {
                    let value = OwnedRule { id: format!("{name}/{}", rule.id), owner: *owner, rule };
                    self.catalogue.rules.push(Located { value, place });
                }
                (None, Some(id), Some((name, _))) => drop(self.catalogue.left_out.rules.insert(format!("{name}/{id}"))),
                _ => self.owner_left_out(root.file),
            }
        }
    }

    fn owner_left_out(&mut self, file: FileId) {
        self.catalogue.left_out.owners.insert(self.sources.stem(file).to_owned());
    }
}
