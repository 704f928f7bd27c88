//! A new provider's file.

use super::refusal::Refusal;
use super::yaml;
use crate::catalogue::{FileKind, ProviderKind};
use crate::catalogue::{is_kebab_case, kebab_case};
use crate::check::BLANK;
use crate::compile::{Compiled, Depth, compile_files};
use crate::diagnostic::Code;
use crate::source::CatalogueFile;
use std::fmt::Write;

/// What is known of a new provider.
#[derive(Debug, Clone, Default)]
pub struct NewProvider {
    /// Its public id.
    pub id: String,
    /// Its name in headings.
    pub name: Option<String>,
    /// What it does.
    pub kind: Option<ProviderKind>,
    /// Ends of its servers' host names.
    pub mx: Vec<String>,
}

impl NewProvider {
    /// Its file's path in the catalogue.
    #[must_use]
    pub fn path(&self) -> String {
        format!("providers/{}.yaml", self.id)
    }

    /// Its file, with a blank for each thing that is not known.
    ///
    /// # Errors
    ///
    /// Where the id cannot be one or is taken, or where the catalogue would be wrong with the file.
    pub fn file(&self, base: &Compiled, folder: &str) -> Result<CatalogueFile, Refusal> {
        self.check_id(base)?;
        // What is given is tried with something in the place of each blank.
        let filled = Self {
            name: self.name.clone().or(Some("Name".to_owned())),
            kind: self.kind.or(Some(ProviderKind::Mailbox)),
            ..self.clone()
        };
        let text = self.text();
        let tried = CatalogueFile { path: self.path(), bytes: filled.text().into_bytes() };
        let files = base.catalogue_files().into_iter().chain([tried]).collect();
        let compiled = compile_files(folder, files, Depth::Analysed);
        let before = base.diagnostics.iter().map(|diagnostic| &diagnostic.message).collect::<Vec<_>>();
        let wrong = compiled.diagnostics.iter().any(|new| {
            new.severity() == crate::diagnostic::Severity::Error
                && new.code != Code::Blank
                && !before.contains(&&new.message)
        });
        if wrong {
            Err(Refusal::Wrong { draft: text, compiled: Box::new(compiled) })
        } else {
            Ok(CatalogueFile { path: self.path(), bytes: text.into_bytes() })
        }
    }

    fn check_id(&self, base: &Compiled) -> Result<(), Refusal> {
        let id = &self.id;
        if !is_kebab_case(id) {
            let mended = kebab_case(id);
            let meant = if mended.is_empty() { String::new() } else { format!(", such as `{mended}`") };
            return Err(Refusal::Request(format!(
                "`{id}` cannot be an id: write lower-case words of letters and digits, joined by `-`{meant}"
            )));
        }
        let files = base.catalogue_files();
        let has = |path: String| files.iter().any(|file| file.path == path);
        if has(self.path()) {
            return Err(Refusal::Request(format!(
                "the provider `{id}` is there already: `rules new rule --provider {id} --reply …` adds a rule to it"
            )));
        }
        if has(format!("phrases/{id}.yaml")) {
            return Err(Refusal::Request(format!("`{id}` is the id of a language: give the provider another")));
        }
        Ok(())
    }

    fn text(&self) -> String {
        let blank = |wanted: &str| yaml::quoted(&format!("{BLANK}: {wanted}"));
        let name = self.name.as_deref().map_or_else(|| blank("its name, as headings show it"), yaml::text);
        let kind = self.kind.map_or_else(|| blank("mailbox, gateway, mta, forwarder, esp or blocklist"), kind_name);
        let answers = !matches!(self.kind, Some(ProviderKind::Mta | ProviderKind::Blocklist));
        let schema = FileKind::Provider.path_to_schema();
        let mut out =
            format!("# yaml-language-server: $schema={schema}\nid: {}\nname: {name}\nkind: {kind}\n", self.id);
        if !self.mx.is_empty() {
            let hosts: Vec<String> = self.mx.iter().map(|host| yaml::text(host)).collect();
            let _ = writeln!(out, "mx: [{}]", hosts.join(", "));
        } else if answers {
            let wanted = "the ends of its servers' host names, such as mx.example.com, or remove the line";
            let _ = writeln!(out, "mx: [{}]", blank(wanted));
        }
        // Every one of these may stay away, so none is a blank.
        out.push_str("# also_known_as: [Example]       # other names by which people look for it\n");
        out.push_str("# domains: [example.com]         # domains of its customers' addresses\n");
        out.push_str("# markers: [\"- examplesmtp\"]    # texts that only its replies carry\n");
        out.push_str("# links: {postmaster: https://…, delisting: https://…, documentation: https://…}\n");
        out
    }
}

fn kind_name(kind: ProviderKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
