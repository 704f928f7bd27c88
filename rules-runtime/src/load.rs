//! Loading tables from bytes, and what can be wrong with them.

use crate::bytes::u24_at;
use crate::choice::Choice;
use crate::container::{self, FORMAT_VERSION, HEADER, MAGIC, Section, number, records, section};
use crate::expression::Expression;
use crate::program::{CHOICE, EXPRESSION, GAP, HOLE, LITERAL};
use crate::tables::{
    Anchor, CodeRule, Field, Matcher, MxSuffix, NONE, NameRecord, Other, Outcome, Pattern, ProviderRecord, Providers,
    Route, RuleRecord, Rules, Tables,
};
use crate::{Action, Category, FieldType, MAX_FIELDS, Permanence, ProviderKind, Scope, Suppress};
use core::fmt;

/// Why bytes are not tables.
///
/// The message says what is wrong and what to do about it. A server that swaps catalogues keeps the one it has.
///
/// ```
/// use rules_runtime::{LoadError, Tables};
///
/// let error = Tables::from_bytes(b"SMTPRULE\x01\0\0\0").unwrap_err();
/// assert_eq!(error, LoadError::Version { found: 1 });
/// assert!(error.to_string().contains("rules build"));
/// assert_eq!(Tables::from_bytes(b"SMTPRULE").unwrap_err(), LoadError::Truncated { length: 8 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadError {
    /// They do not start as a `.rules` file does.
    Foreign,
    /// They are of another version of the format.
    Version {
        /// The version they name.
        found: u32,
    },
    /// They end too early.
    Truncated {
        /// How many there are.
        length: usize,
    },
    /// They are not what the compiler wrote: the hash differs.
    Damaged,
    /// They were built with other categories than this crate has.
    Categories,
    /// A section is not a whole number of records, or not of the expected size.
    Section {
        /// Which.
        section: Section,
    },
    /// A record points outside of its section, or holds a value that does not exist.
    Record {
        /// In which section.
        section: Section,
        /// Which record.
        index: usize,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("this is not a .rules file: it does not start with SMTPRULE"),
            Self::Version { found } => write!(
                f,
                "the file is of format version {found}, this program reads version {FORMAT_VERSION}: build the file again with the matching `rules build`"
            ),
            Self::Truncated { length } => write!(f, "the file ends too early, after {length} bytes: copy or build it again"),
            Self::Damaged => f.write_str("the file was changed or damaged since it was built: copy or build it again"),
            Self::Categories => {
                f.write_str("the file was built with other categories than this program has: build it with the matching `rules build`")
            }
            Self::Section { section } => write!(f, "the section {} has a wrong size: build the file again", section.name()),
            Self::Record { section, index } => {
                write!(f, "record {index} of the section {} is not valid: build the file again", section.name())
            }
        }
    }
}

impl core::error::Error for LoadError {}

macro_rules! try_const {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}

/// The sections that the scan needs, not yet looked into.
pub(crate) const fn matcher(bytes: &[u8]) -> Result<Matcher<'_>, LoadError> {
    Ok(Matcher {
        lengths: try_const!(section(bytes, Section::Lengths)),
        bitmap: try_const!(records(bytes, Section::Bitmap)),
        buckets: try_const!(records(bytes, Section::Buckets)),
        anchors: try_const!(records(bytes, Section::Anchors)),
        others_of: try_const!(records(bytes, Section::OthersOf)),
        others: try_const!(records(bytes, Section::Others)),
        routes: try_const!(records(bytes, Section::Routes)),
        patterns: try_const!(records(bytes, Section::Patterns)),
        programs: try_const!(section(bytes, Section::Programs)),
        choices: try_const!(section(bytes, Section::Choices)),
        replies: try_const!(records(bytes, Section::Replies)),
        statuses: try_const!(records(bytes, Section::Statuses)),
        fields: try_const!(records(bytes, Section::Fields)),
        names: try_const!(section(bytes, Section::Names)),
        outcomes: try_const!(records(bytes, Section::Outcomes)),
        providers: try_const!(records(bytes, Section::Providers)),
        textless: try_const!(records(bytes, Section::Textless)),
        mx: try_const!(records(bytes, Section::Mx)),
        enhanced: try_const!(records(bytes, Section::Enhanced)),
        codes: try_const!(records(bytes, Section::Codes)),
    })
}

/// Bytes that start where a cache line does, so that no record lies across more lines than it must.
#[cfg(feature = "builtin")]
#[repr(align(64))]
pub(crate) struct Aligned<const N: usize>(pub [u8; N]);

/// The tables that are compiled in.
#[cfg(feature = "builtin")]
pub(crate) const fn builtin<'a>(
    bytes: &'a [u8],
    names: &'a [crate::tables::RuleNames<'a>],
    explanations: &'a [&'a str],
    providers: &'a [crate::tables::ProviderNames<'a>],
) -> Result<Tables<'a>, LoadError> {
    let matcher = try_const!(matcher(bytes));
    let Ok(version) = core::str::from_utf8(try_const!(section(bytes, Section::Version))) else {
        return Err(LoadError::Section { section: Section::Version });
    };
    let rules = Rules::Values { names, explanations };
    Ok(Tables { matcher, rules, providers: Providers::Values(providers), version })
}

impl<'a> Tables<'a> {
    /// Reads a `.rules` file without copying it. Every offset, length and value is checked here, once.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the bytes: foreign, of another version, truncated, damaged, or not as the compiler
    /// writes them.
    ///
    /// ```
    /// use rules_runtime::{LoadError, Tables};
    /// assert_eq!(Tables::from_bytes(b"not a .rules file").unwrap_err(), LoadError::Foreign);
    /// ```
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, LoadError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(LoadError::Foreign);
        }
        let truncated = LoadError::Truncated { length: bytes.len() };
        let found = number(bytes, 8).ok_or(truncated)?;
        if found != FORMAT_VERSION {
            return Err(LoadError::Version { found });
        }
        if number(bytes, 12).ok_or(truncated)? as usize != Section::ALL.len() {
            return Err(LoadError::Damaged);
        }
        for part in Section::ALL {
            section(bytes, part)?;
        }
        let stated = bytes.get(16..).and_then(<[u8]>::first_chunk).map(|bytes| u64::from_le_bytes(*bytes));
        if stated != bytes.get(HEADER..).map(container::hash) {
            return Err(LoadError::Damaged);
        }
        let matcher = matcher(bytes)?;
        let pool = section(bytes, Section::Pool)?;
        let rules = records(bytes, Section::RuleNames)?;
        let providers = records(bytes, Section::ProviderNames)?;
        categories(section(bytes, Section::Categories)?)?;
        let version = core::str::from_utf8(section(bytes, Section::Version)?);
        let version = version.map_err(|_| LoadError::Section { section: Section::Version })?;
        Check { matcher: &matcher, rules, providers, pool }.everything()?;
        let providers = Providers::Records { records: providers, kinds: matcher.providers, pool };
        Ok(Self { matcher, rules: Rules::Records { records: rules, pool }, providers, version })
    }
}

/// The categories that the file numbers must be those that this crate numbers, in the same order.
fn categories(names: &[u8]) -> Result<(), LoadError> {
    let known = Category::ALL.map(|category| category.name().as_bytes());
    if names.split(|byte| *byte == b'\n').eq(known) { Ok(()) } else { Err(LoadError::Categories) }
}

/// Looks into every record.
struct Check<'a> {
    matcher: &'a Matcher<'a>,
    rules: &'a [[u8; RuleRecord::SIZE]],
    providers: &'a [[u8; NameRecord::SIZE]],
    pool: &'a [u8],
}

/// Every record must satisfy the condition.
fn every<T>(section: Section, records: &[T], mut valid: impl FnMut(&T) -> bool) -> Result<(), LoadError> {
    match records.iter().position(|record| !valid(record)) {
        Some(index) => Err(LoadError::Record { section, index }),
        None => Ok(()),
    }
}

/// Each start must be no smaller than the one before it, and not behind the end of what it points into.
fn ascending(section: Section, starts: &[[u8; 4]], end: usize) -> Result<(), LoadError> {
    let mut before = 0;
    every(section, starts, |start| {
        let start = u32::from_le_bytes(*start);
        let valid = before <= start && start as usize <= end;
        before = start;
        valid
    })
}

fn within(start: u64, length: u64, total: usize) -> bool {
    start + length <= total as u64
}

impl Check<'_> {
    fn everything(&self) -> Result<(), LoadError> {
        self.sizes()?;
        self.indexes()?;
        self.choices()?;
        self.patterns()?;
        self.rules()?;
        self.codes()
    }

    fn sizes(&self) -> Result<(), LoadError> {
        let m = self.matcher;
        for (section, right) in [
            (Section::RuleNames, self.rules.len() == self.matcher.outcomes.len()),
            (
                Section::ProviderNames,
                self.providers.len() == m.providers.len() && m.providers.len() < usize::from(NONE),
            ),
        ] {
            if !right {
                return Err(LoadError::Section { section });
            }
        }
        Ok(())
    }

    fn indexes(&self) -> Result<(), LoadError> {
        let m = self.matcher;
        self.anchors()?;
        every(Section::Routes, m.routes, |record| {
            let route = Route::read(record);
            within(u64::from(route.back), u64::from(route.steps) * 2, m.programs.len())
        })
    }

    fn anchors(&self) -> Result<(), LoadError> {
        let m = self.matcher;
        if !m.lengths.len().is_power_of_two() {
            return Err(LoadError::Section { section: Section::Lengths });
        }
        if !m.bitmap.len().is_power_of_two() {
            return Err(LoadError::Section { section: Section::Bitmap });
        }
        if !m.buckets.len().checked_sub(1).is_some_and(usize::is_power_of_two) {
            return Err(LoadError::Section { section: Section::Buckets });
        }
        ascending(Section::Buckets, m.buckets, m.anchors.len())?;
        let leads = |pattern: u32, route: u16| {
            let pattern = m.patterns.get(pattern as usize).map(Pattern::read);
            let route = m.routes.get(usize::from(route)).map(Route::read);
            pattern.zip(route).is_some_and(|(pattern, route)| route.part < pattern.program_length)
        };
        every(Section::Anchors, m.anchors, |record| {
            let anchor = Anchor::read(record);
            anchor.kept() <= 8 && leads(anchor.pattern, anchor.route)
        })?;
        every(Section::Others, m.others, |record| {
            let other = Other::read(record);
            leads(other.pattern, other.route)
        })?;
        if m.others_of.len() != m.anchors.len() + 1 {
            return Err(LoadError::Section { section: Section::OthersOf });
        }
        ascending(Section::OthersOf, m.others_of, m.others.len())
    }

    fn choices(&self) -> Result<(), LoadError> {
        let choices = self.matcher.choices;
        let (mut at, mut index) = (0, 0);
        while at < choices.len() {
            at = Choice::end(choices, at).ok_or(LoadError::Record { section: Section::Choices, index })?;
            index += 1;
        }
        Ok(())
    }

    fn patterns(&self) -> Result<(), LoadError> {
        let m = self.matcher;
        every(Section::Patterns, m.patterns, |record| {
            let pattern = Pattern::read(record);
            let program = pattern.program as usize;
            let program = m.programs.get(program..program + usize::from(pattern.program_length));
            let owner =
                if pattern.flags & Pattern::MARKER != 0 { m.providers.len() } else { self.matcher.outcomes.len() };
            let provider = pattern.provider == NONE || usize::from(pattern.provider) < m.providers.len();
            program.is_some_and(|program| well_formed(program, m.choices))
                && (pattern.rule as usize) < owner
                && provider
                && pattern.level <= 2
                && m.patterns.len() <= Anchor::LIMIT as usize
                && m.anchors.len() + m.others.len() <= Anchor::LIMIT as usize
                && usize::from(pattern.field_count) <= MAX_FIELDS
                && within(u64::from(pattern.reply), u64::from(pattern.reply_count), m.replies.len())
                && within(u64::from(pattern.status), u64::from(pattern.status_count), m.statuses.len())
                && within(u64::from(pattern.field), u64::from(pattern.field_count), m.fields.len())
        })?;
        every(Section::Fields, m.fields, |record| {
            let field = Field::read(record);
            let name = usize::from(field.name);
            let name = m.names.get(name..name + usize::from(field.name_length));
            FieldType::from_index(field.kind).is_some() && name.is_some_and(|name| core::str::from_utf8(name).is_ok())
        })
    }

    fn rules(&self) -> Result<(), LoadError> {
        let m = self.matcher;
        every(Section::Outcomes, self.matcher.outcomes, |record| {
            let outcome = Outcome::read(record);
            let permanence = outcome.permanence == u8::MAX || Permanence::from_index(outcome.permanence).is_some();
            Category::from_index(outcome.category).is_some()
                && Scope::from_index(outcome.scope).is_some()
                && Action::from_index(outcome.action).is_some()
                && Action::from_index(outcome.action_transient).is_some()
                && Suppress::from_index(outcome.suppress).is_some()
                && Suppress::from_index(outcome.suppress_transient).is_some()
                && Permanence::from_index(outcome.permanence_without_code).is_some()
                && permanence
        })?;
        let text = |start: u32, length: u16| {
            let start = start as usize;
            let text = self.pool.get(start..start + usize::from(length));
            text.is_some_and(|text| core::str::from_utf8(text).is_ok())
        };
        every(Section::RuleNames, self.rules, |record| {
            let rule = RuleRecord::read(record);
            text(rule.id, rule.id_length)
                && text(rule.docs_path, rule.docs_path_length)
                && text(rule.explanation, rule.explanation_length)
                && (rule.provider == NONE || usize::from(rule.provider) < m.providers.len())
        })?;
        every(Section::ProviderNames, self.providers, |record| {
            let provider = NameRecord::read(record);
            text(provider.id, provider.id_length) && text(provider.name, provider.name_length)
        })?;
        every(Section::Providers, m.providers, |record| {
            let provider = ProviderRecord::read(record);
            ProviderKind::from_index(provider.kind).is_some()
                && within(u64::from(provider.textless), u64::from(provider.textless_count), m.textless.len())
        })?;
        every(Section::Textless, m.textless, |number| (u32::from_le_bytes(*number) as usize) < m.patterns.len())
    }

    fn codes(&self) -> Result<(), LoadError> {
        let m = self.matcher;
        every(Section::Mx, m.mx, |record| {
            let suffix = MxSuffix::read(record);
            within(u64::from(suffix.name), u64::from(suffix.length), m.names.len())
                && usize::from(suffix.provider) < m.providers.len()
        })?;
        let rules = self.matcher.outcomes.len();
        every(Section::Codes, m.codes, |rule| {
            let rule = u32::from_le_bytes(*rule);
            rule == u32::MAX || (rule as usize) < rules
        })?;
        let mut before = None;
        every(Section::Enhanced, m.enhanced, |record| {
            let rule = CodeRule::read(record);
            let valid = (rule.rule as usize) < rules && before.is_none_or(|before| before < rule.code);
            before = Some(rule.code);
            valid
        })
    }
}

/// Whether every piece of a program is complete.
fn well_formed(mut program: &[u8], choices: &[u8]) -> bool {
    loop {
        program = match program {
            [] => return true,
            [LITERAL, low, high, rest @ ..] => match rest.get(usize::from(u16::from_le_bytes([*low, *high]))..) {
                Some(rest) => rest,
                None => return false,
            },
            [HOLE, kind, _, rest @ ..] if FieldType::from_index(*kind).is_some() => rest,
            [GAP, rest @ ..] => rest,
            [EXPRESSION, low, high, rest @ ..] => {
                let length = usize::from(u16::from_le_bytes([*low, *high]));
                let Some((table, rest)) = rest.split_at_checked(length) else {
                    return false;
                };
                if !Expression::read(table).is_some_and(|expression| expression.is_sound()) {
                    return false;
                }
                rest
            }
            [CHOICE, low, middle, high, rest @ ..] => {
                if Choice::read(choices, u24_at(&[*low, *middle, *high], 0) as usize).is_none() {
                    return false;
                }
                rest
            }
            _ => return false,
        };
    }
}
