//! Codes that satisfy two rules.

use crate::catalogue::{ReplyPattern, Requirement, StatusPattern};
use crate::lower::Pattern;
use crate::oracle::Status;

/// Codes for a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The reply code.
    pub reply: u16,
    /// The enhanced status code.
    pub status: Option<Status>,
}

impl Chosen {
    /// As a reply begins.
    pub fn opening(&self) -> String {
        match self.status {
            Some((class, subject, detail)) => format!("{} {class}.{subject}.{detail} ", self.reply),
            None => format!("{} ", self.reply),
        }
    }
}

/// Every kind of codes that satisfies both patterns, the shortest first.
pub fn of_both(one: &Pattern, other: &Pattern) -> Vec<Chosen> {
    let needs = |pattern: &Pattern| pattern.requires.contains(&Requirement::Code) && !pattern.status.is_empty();
    let statuses = both_statuses(&one.status, &other.status);
    let mut chosen = Vec::new();
    if !needs(one) && !needs(other) {
        chosen.extend(replies(one, other).into_iter().map(|reply| Chosen { reply, status: None }));
    }
    for reply in replies(one, other) {
        for status in &statuses {
            let class = status.class.unwrap_or((reply / 100) as u8);
            let status = Some((class, status.subject.unwrap_or(0), status.detail.unwrap_or(0)));
            chosen.push(Chosen { reply, status });
        }
    }
    // Servers whose two codes contradict each other exist, but nobody wants to read them.
    let contradicts =
        |status: Option<Status>, reply: u16| status.is_some_and(|(class, ..)| u16::from(class) != reply / 100);
    chosen.sort_by_key(|chosen| contradicts(chosen.status, chosen.reply));
    chosen
}

fn replies(one: &Pattern, other: &Pattern) -> Vec<u16> {
    let allows = |wanted: &[ReplyPattern], code: u16| {
        wanted.is_empty()
            || wanted.iter().any(|wanted| match wanted {
                ReplyPattern::Code(wanted) => *wanted == code,
                ReplyPattern::Class(class) => u16::from(*class) == code / 100,
            })
    };
    let example = |wanted: &ReplyPattern| match wanted {
        ReplyPattern::Code(code) => *code,
        ReplyPattern::Class(class) => u16::from(*class) * 100 + 50,
    };
    let named = one.reply.iter().chain(&other.reply).map(example);
    let mut codes: Vec<u16> = [550, 450].into_iter().chain(named).collect();
    // A reply that reports success is not searched for rules.
    codes.retain(|code| *code >= 400 && allows(&one.reply, *code) && allows(&other.reply, *code));
    let mut seen = Vec::new();
    codes.retain(|code| {
        !seen.contains(code) && {
            seen.push(*code);
            true
        }
    });
    codes
}

fn both_statuses(one: &[StatusPattern], other: &[StatusPattern]) -> Vec<StatusPattern> {
    let any = [StatusPattern { class: None, subject: None, detail: None }];
    let or_any = |wanted: &[StatusPattern]| if wanted.is_empty() { any.to_vec() } else { wanted.to_vec() };
    if one.is_empty() && other.is_empty() {
        return Vec::new();
    }
    let mut both = Vec::new();
    for a in or_any(one) {
        for b in or_any(other) {
            let met = meet(a.class, b.class).zip(meet(a.subject, b.subject)).zip(meet(a.detail, b.detail));
            if let Some(((class, subject), detail)) = met {
                both.push(StatusPattern { class, subject, detail });
            }
        }
    }
    both
}

/// What two numbers, each given or open, have in common.
fn meet<T: PartialEq>(one: Option<T>, other: Option<T>) -> Option<Option<T>> {
    match (one, other) {
        (Some(one), Some(other)) => (one == other).then_some(Some(one)),
        (one, other) => Some(one.or(other)),
    }
}
