//! Templates as the engine reads them.

use super::pool::Pool;
use crate::template::Item;
use rules_runtime::template::{CHOICE, EXPRESSION, GAP, HOLE, LITERAL, choice_end, choice_start};

/// A template's program, and where each item starts in it.
pub type Program = (Vec<u8>, Vec<u16>);

/// What there is too much of, and how much there may be.
pub type Excess = (&'static str, usize);

const TEMPLATE: Excess = ("the bytes of a template", u16::MAX as usize);
const CHOICES: Excess = ("the bytes of all choices", (1 << 24) - 1);

/// Writes a template's program; its choices are added to those of the others.
pub fn write(items: &[Item], choices: &mut Pool) -> Result<Program, Excess> {
    let short = |length: usize| u16::try_from(length).map_err(|_| TEMPLATE);
    let mut program = Vec::new();
    let mut starts = Vec::new();
    for item in items {
        starts.push(short(program.len())?);
        match item {
            Item::Literal { bytes, .. } => {
                program.push(LITERAL);
                program.extend(short(bytes.len())?.to_le_bytes());
                program.extend(bytes);
            }
            Item::Choice { texts } => {
                let place = choices.add(&choice(texts).ok_or(TEMPLATE)?);
                let place = u32::try_from(place).ok().filter(|place| *place as usize <= CHOICES.1).ok_or(CHOICES)?;
                program.push(CHOICE);
                program.extend(&place.to_le_bytes()[..3]);
            }
            Item::Hole { kind, stop, .. } => program.extend([HOLE, *kind as u8, *stop]),
            Item::Gap { .. } => program.push(GAP),
            Item::Expression(expression) => {
                let table = expression.table();
                program.push(EXPRESSION);
                program.extend(short(table.len())?.to_le_bytes());
                program.extend(table);
            }
        }
    }
    short(program.len())?;
    Ok((program, starts))
}

/// A choice's record.
fn choice(texts: &[Vec<u8>]) -> Option<Vec<u8>> {
    let start = |text: &Vec<u8>| match text.as_slice() {
        [] => 0,
        [_] => u64::MAX,
        [first, second, ..] => choice_start(*first, *second),
    };
    let starts = texts.iter().fold(0, |bits, text| bits | start(text));
    let ends = texts.iter().filter_map(|text| text.last()).fold(0, |bits, last| bits | choice_end(*last));
    let mut record = Vec::new();
    record.extend(starts.to_le_bytes());
    record.extend(ends.to_le_bytes());
    record.push(u8::from(texts.iter().any(Vec::is_empty)));
    let length: usize = texts.iter().map(|text| text.len() + 1).sum();
    record.extend(u16::try_from(length).ok()?.to_le_bytes());
    for text in texts {
        record.push(u8::try_from(text.len()).ok()?);
        record.extend(text);
    }
    Some(record)
}
