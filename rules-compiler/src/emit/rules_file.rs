//! The tables as one file, names and explanations included.

use crate::layout::Sections;
use crate::lower::Rules;
use rules_runtime::Category;
use rules_runtime::container::{Section, hash};
use rules_runtime::tables::{NONE, NameRecord, RuleRecord};
use std::collections::HashMap;

/// Fills in the version, which names the catalogue's contents, and returns it.
pub fn set_version(sections: &mut Sections) -> String {
    let version = format!("{}+{:016x}", env!("CARGO_PKG_VERSION"), hash(&sections.to_bytes()));
    sections.set(Section::Version, version.clone().into_bytes());
    version
}

/// The bytes of a `.rules` file.
#[must_use]
pub fn emit<'a>(rules: &'a Rules, sections: &Sections) -> Vec<u8> {
    let mut sections = sections.clone();
    let mut pool = String::new();
    // Rules in several languages share explanations: each text is stored once.
    let mut stored: HashMap<&str, (u32, u16)> = HashMap::new();
    let mut add = |text: &'a str| {
        if let Some(place) = stored.get(text) {
            return *place;
        }
        let start = u32::try_from(pool.len()).unwrap_or(u32::MAX);
        let longest =
            text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= usize::from(u16::MAX));
        let length = longest.last().unwrap_or(0);
        pool.push_str(&text[..length]);
        let place = (start, u16::try_from(length).unwrap_or(u16::MAX));
        stored.insert(text, place);
        place
    };
    let mut names = Vec::new();
    for conclusion in &rules.conclusions {
        let (id, id_length) = add(&conclusion.id);
        let (docs_path, docs_path_length) = add(&conclusion.docs_path);
        let (explanation, explanation_length) = add(&conclusion.explanation);
        let provider = conclusion.provider.and_then(|provider| u16::try_from(provider).ok()).unwrap_or(NONE);
        names.push(RuleRecord {
            id,
            docs_path,
            explanation,
            id_length,
            docs_path_length,
            explanation_length,
            provider,
        });
    }
    let providers: Vec<_> = rules
        .providers
        .iter()
        .map(|provider| {
            let (id, id_length) = add(&provider.id);
            let (name, name_length) = add(&provider.name);
            NameRecord { id, name, id_length, name_length }
        })
        .collect();
    sections.records(Section::RuleNames, names.iter().map(RuleRecord::write));
    sections.records(Section::ProviderNames, providers.iter().map(NameRecord::write));
    sections.set(Section::Pool, pool.into_bytes());
    sections.set(Section::Categories, Category::ALL.map(Category::name).join("\n").into_bytes());
    set_version(&mut sections);
    sections.to_bytes()
}
