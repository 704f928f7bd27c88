//! Dates and times of day.

use super::{Claims, Kind, pattern};
use regex::Regex;
use rules_runtime::FieldType;
use std::sync::LazyLock;

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    const DAY: &str = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}";
    const MONTH: &str = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
    const CLOCK: &str = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?";
    pattern(&format!(
        concat!(
            r"(?i)\b(?:{DAY},? )?(?:[0-9]{{1,2}} {MONTH} [0-9]{{2,4}}|{MONTH} [0-9]{{1,2}})(?:,? [0-9]{{4}})?(?:,? {CLOCK})?",
            r"|\b[0-9]{{4}}[-/][0-9]{{2}}[-/][0-9]{{2}}(?:[t ]{CLOCK}z?)?",
            r"|\b[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-][0-9]{{4}}(?: {CLOCK})?",
            r"|\b{CLOCK}\b"
        ),
        DAY = DAY,
        MONTH = MONTH,
        CLOCK = CLOCK
    ))
});
/// What a hole for a date takes as well, where it follows.
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\A,? (?:[+-]?[0-9](?:[0-9:/.tz+-]*[0-9z])?",
        r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}",
        r"|am|pm|gmt|utc|est|edt|cet|cest)"
    ))
});
/// What follows a date's first match within its word.
static SAME_WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\A[0-9:/.tz+-]*[0-9z]"));

/// Dates with the names of months and days that no hole for a date knows: German, French, Spanish, Portuguese, Italian, Dutch.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    const DAY: &str = concat!(
        r"(?:mo|di|mi|do|fr|sa|so|lun|mar|mer|mié|jeu|jue|ven|vie|sam|sáb|sab|dim|dom|gio|seg|ter|qua|qui|sex|ma|wo|vr|za|zo",
        r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)"
    );
    const MONTH: &str = concat!(
        r"(?:januar|jänner|februar|märz|mai|juni|juli|oktober|okt|dezember|dez|janvier|janv|février|févr|mars|avril|avr|juin",
        r"|juillet|juil|août|septembre|octobre|novembre|décembre|déc|enero|ene|febrero|marzo|abril|abr|mayo|junio|julio",
        r"|agosto|ago|septiembre|octubre|noviembre|diciembre|dic|janeiro|fevereiro|fev|março|maio|junho|julho|setembro|outubro",
        r"|novembro|dezembro|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|januari|februari|maart",
        r"|mei|augustus|augustus|april|august|september|november)"
    );
    pattern(&format!(
        concat!(
            r"(?i)\b(?:{DAY}[.,]{{1,2}} )?[0-9]{{1,2}}\.? (?:de )?{MONTH}\.? (?:de )?[0-9]{{4}}\b",
            r"|\b{DAY}\.?, [0-9]{{1,2}}\.? [a-zäé]{{3,9}}\.? [0-9]{{4}}(?:,? [0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?(?: [+-][0-9]{{4}})?"
        ),
        DAY = DAY,
        MONTH = MONTH
    ))
});

pub fn claim_foreign(claims: &mut Claims<'_>) {
    for range in claims.matches(&FOREIGN) {
        // `3 november 2026` and its like are English as well.
        let written = claims.text[range.clone()].trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let english = DATE.find(&written).is_some_and(|date| date.start() == 0 && date.end() == written.len());
        if !english {
            claims.claim(range, Kind::Hole(FieldType::Text));
        }
    }
}

pub fn claim(claims: &mut Claims<'_>) {
    for range in claims.matches(&DATE) {
        let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut end = range.end;
        end += SAME_WORD.find(&claims.text[end..]).map_or(0, |more| more.end());
        if inside_word(claims.before(range.start)) || inside_word(claims.after(end)) {
            continue;
        }
        while let Some(more) = MORE.find(&claims.text[end..]) {
            let next = end..end + more.end();
            if inside_word(claims.after(next.end)) || !claims.is_free(&next) {
                break;
            }
            end += more.end();
        }
        claims.claim(range.start..end, Kind::Hole(FieldType::Date));
    }
}
