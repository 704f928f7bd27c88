//! From patterns to the tables that the engine scans.
//!
//! The tables are sections of bytes (see [`rules_runtime::container`]). The rules' names are left to [`crate::emit::rust`]
//! for the tables that are compiled in; a `.rules` file holds them too.

mod anchors;
mod bytes;
pub mod outcomes;
mod pool;
mod program;

pub use bytes::Sections;

use crate::catalogue::{Position, ReplyPattern, Requirement, StatusPattern};
use crate::lower::{Meaning, Pattern, PatternMatcher, Rules};
use crate::template::Item;
use pool::Pool;
use rules_runtime::container::Section;
use rules_runtime::tables::{self, CodeRule, FIRST_REPLY_CODE, Field, MxSuffix, NONE, ProviderRecord};
use rules_runtime::{FieldType, MAX_FIELDS};
use std::fmt;

/// What does not fit into the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLarge {
    /// What there is too much of.
    pub what: &'static str,
    /// Whose it is, where it is one rule's.
    pub rule: Option<String>,
    /// How much there may be.
    pub limit: usize,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Some(rule) => write!(f, "{} of the rule `{rule}` exceed {}", self.what, self.limit),
            None => write!(f, "{} exceed {}", self.what, self.limit),
        }
    }
}

impl std::error::Error for TooLarge {}

/// Lays out what the scan needs. The sections of names are still empty.
///
/// # Errors
///
/// Where something exceeds what its number in a record can hold.
pub fn layout(rules: &Rules) -> Result<Sections, TooLarge> {
    let mut writer = Writer::default();
    for pattern in &rules.patterns {
        let record = writer.pattern(rules, pattern)?;
        writer.patterns.push(record);
    }
    let mut sections = Sections::default();
    anchors::index(&rules.patterns, &mut writer, &mut sections)?;
    writer.providers(rules, &mut sections)?;
    let code = |(code, rule): &(u16, usize)| Some((usize::from(*code).checked_sub(FIRST_REPLY_CODE)?, *rule));
    let codes: Vec<(usize, usize)> = rules.codes.iter().filter_map(code).collect();
    let mut by_code = vec![u32::MAX; codes.iter().map(|(code, _)| code + 1).max().unwrap_or(0)];
    for (code, rule) in codes {
        by_code[code] = u32::try_from(rule).unwrap_or(u32::MAX);
    }
    let enhanced =
        rules.enhanced.iter().map(|((subject, detail), rule)| (u32::from(*subject) * 1000 + u32::from(*detail), *rule));
    let code_rule =
        |(code, rule): (u32, usize)| CodeRule { code, rule: u32::try_from(rule).unwrap_or(u32::MAX) }.write();
    sections.records(Section::Codes, by_code.into_iter().map(u32::to_le_bytes));
    sections.records(Section::Enhanced, enhanced.map(code_rule));
    sections.records(Section::Patterns, writer.patterns.iter().map(tables::Pattern::write));
    sections.records(Section::Replies, writer.replies.into_iter());
    sections.records(Section::Statuses, writer.statuses.into_iter());
    sections.records(Section::Fields, writer.fields.into_iter());
    sections.set(Section::Programs, writer.programs.into_bytes());
    sections.set(Section::Choices, writer.choices.into_bytes());
    sections.set(Section::Names, writer.names.into_bytes());
    Ok(sections)
}

/// The tables while they are written.
#[derive(Default)]
struct Writer {
    patterns: Vec<tables::Pattern>,
    programs: Pool,
    choices: Pool,
    names: Pool,
    replies: Vec<[u8; 2]>,
    statuses: Vec<[u8; 6]>,
    fields: Vec<[u8; Field::SIZE]>,
    /// For each pattern, where each of its items starts in its program.
    items: Vec<Vec<u16>>,
}

impl Writer {
    fn pattern(&mut self, rules: &Rules, pattern: &Pattern) -> Result<tables::Pattern, TooLarge> {
        let rule = match pattern.meaning {
            Meaning::Rule(rule) => rule.0,
            Meaning::Marker(provider) => provider,
        };
        let id = || match pattern.meaning {
            Meaning::Rule(rule) => rules.conclusions.get(rule.0).map(|conclusion| conclusion.id.clone()),
            Meaning::Marker(provider) => {
                rules.providers.get(provider).map(|provider| format!("{} (marker)", provider.id))
            }
        };
        let large = |what: &'static str, limit: usize| move |rule| TooLarge { what, rule, limit };
        let items: &[Item] = match &pattern.matcher {
            PatternMatcher::Template { items, .. } => items,
            PatternMatcher::Textless => &[],
        };
        let (program, starts) =
            program::write(items, &mut self.choices).map_err(|(what, limit)| large(what, limit)(id()))?;
        let field = self.fields.len();
        self.fields(items, &starts).ok_or_else(|| large("the bytes of all field names", 65_535)(id()))?;
        let field_count = self.fields.len() - field;
        if field_count > MAX_FIELDS {
            return Err(large("the fields", MAX_FIELDS)(id()));
        }
        self.items.push(starts);
        let program_length = u16::try_from(program.len()).unwrap_or(u16::MAX);
        let (reply, status) = (self.replies.len(), self.statuses.len());
        self.replies.extend(pattern.reply.iter().map(reply_condition));
        self.statuses.extend(pattern.status.iter().map(status_condition));
        let small = |count: usize, what, limit| u8::try_from(count).map_err(|_| large(what, limit)(id()));
        let short = |at: usize, what| u16::try_from(at).map_err(|_| large(what, 65_535)(None));
        let long = |at: usize, what| u32::try_from(at).map_err(|_| large(what, u32::MAX as usize)(None));
        Ok(tables::Pattern {
            program: long(self.programs.add(&program), "the bytes of all templates")?,
            rule: long(rule, "the rules")?,
            program_length,
            provider: match pattern.provider {
                Some(provider) => short(provider, "the providers")?,
                None => NONE,
            },
            reply: short(reply, "the conditions on reply codes")?,
            status: short(status, "the conditions on enhanced status codes")?,
            field: long(field, "the fields")?,
            reply_count: small(pattern.reply.len(), "the reply codes", 255)?,
            status_count: small(pattern.status.len(), "the enhanced status codes", 255)?,
            field_count: small(field_count, "the fields", MAX_FIELDS)?,
            stages: pattern.stages.iter().fold(0, |bits, stage| bits | 1 << *stage as u8),
            level: pattern.level as u8,
            flags: flags(pattern),
        })
    }

    fn fields(&mut self, items: &[Item], starts: &[u16]) -> Option<()> {
        for (item, piece) in items.iter().zip(starts) {
            let mut add = |name: &str, start: u16, length: u16, kind: FieldType| {
                let field = Field {
                    piece: *piece,
                    start,
                    length,
                    name: u16::try_from(self.names.add(name.as_bytes())).ok()?,
                    name_length: u8::try_from(name.len()).ok()?,
                    kind: kind as u8,
                };
                self.fields.push(field.write());
                Some(())
            };
            match item {
                Item::Literal { fields, .. } => {
                    for field in fields {
                        let (start, length) = (u16::try_from(field.start).ok()?, u16::try_from(field.length).ok()?);
                        add(&field.name, start, length, FieldType::Token)?;
                    }
                }
                Item::Hole { kind, field: Some(name), .. } => add(name, 0, NONE, *kind)?,
                Item::Gap { field: Some(name) } => add(name, 0, NONE, FieldType::Text)?,
                Item::Choice { .. }
                | Item::Hole { field: None, .. }
                | Item::Gap { field: None }
                | Item::Expression(_) => {}
            }
        }
        Some(())
    }

    fn providers(&mut self, rules: &Rules, sections: &mut Sections) -> Result<(), TooLarge> {
        let mut textless: Vec<[u8; 4]> = Vec::new();
        let mut records = Vec::new();
        for (index, provider) in rules.providers.iter().enumerate() {
            let first = textless.len();
            for (number, pattern) in rules.patterns.iter().enumerate() {
                if matches!(pattern.matcher, PatternMatcher::Textless) && pattern.provider == Some(index) {
                    textless.push(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
                }
            }
            let count = u16::try_from(textless.len() - first);
            let what = "the rules without text of one provider";
            records.push(ProviderRecord {
                textless: u32::try_from(first).unwrap_or(u32::MAX),
                textless_count: count.map_err(|_| TooLarge { what, rule: None, limit: 65_535 })?,
                kind: runtime_kind(provider.kind) as u8,
            });
        }
        sections.records(Section::Providers, records.iter().map(ProviderRecord::write));
        sections.records(Section::Textless, textless.into_iter());
        let mx: Vec<_> = rules
            .mx
            .iter()
            .map(|(suffix, provider)| MxSuffix {
                name: u32::try_from(self.names.add(suffix.as_bytes())).unwrap_or(u32::MAX),
                length: u16::try_from(suffix.len()).unwrap_or(u16::MAX),
                provider: u16::try_from(*provider).unwrap_or(NONE),
            })
            .collect();
        sections.records(Section::Mx, mx.iter().map(MxSuffix::write));
        Ok(())
    }
}

fn flags(pattern: &Pattern) -> u8 {
    let mut flags = match pattern.position {
        Position::Anywhere => 0,
        Position::Prefix => tables::Pattern::PREFIX,
        Position::Suffix => tables::Pattern::SUFFIX,
        Position::Whole => tables::Pattern::PREFIX | tables::Pattern::SUFFIX,
    };
    for requirement in &pattern.requires {
        flags |= match requirement {
            Requirement::Mx => tables::Pattern::REQUIRES_MX,
            Requirement::Marker => tables::Pattern::REQUIRES_MARKER,
            Requirement::Code => tables::Pattern::REQUIRES_CODE,
        };
    }
    if pattern.over_quoted {
        flags |= tables::Pattern::OVER_QUOTED;
    }
    if matches!(pattern.meaning, Meaning::Marker(_)) {
        flags |= tables::Pattern::MARKER;
    }
    let is_expression = |items: &[Item]| items.first().is_some_and(|first| matches!(first, Item::Expression(_)));
    if matches!(&pattern.matcher, PatternMatcher::Template { items, .. } if is_expression(items)) {
        flags |= tables::Pattern::EXPRESSION;
    }
    flags
}

fn reply_condition(pattern: &ReplyPattern) -> [u8; 2] {
    match pattern {
        ReplyPattern::Code(code) => code.to_le_bytes(),
        ReplyPattern::Class(class) => u16::from(*class).to_le_bytes(),
    }
}

fn status_condition(pattern: &StatusPattern) -> [u8; 6] {
    let [s0, s1] = pattern.subject.unwrap_or(NONE).to_le_bytes();
    let [d0, d1] = pattern.detail.unwrap_or(NONE).to_le_bytes();
    [pattern.class.unwrap_or(0), 0, s0, s1, d0, d1]
}

/// The runtime's number for a kind of provider.
pub(crate) fn runtime_kind(kind: crate::catalogue::ProviderKind) -> rules_runtime::ProviderKind {
    use crate::catalogue::ProviderKind as Written;
    use rules_runtime::ProviderKind as Runtime;
    match kind {
        Written::Mailbox => Runtime::Mailbox,
        Written::Gateway => Runtime::Gateway,
        Written::Mta => Runtime::Mta,
        Written::Forwarder => Runtime::Forwarder,
        Written::Esp => Runtime::Esp,
        Written::Blocklist => Runtime::Blocklist,
    }
}
