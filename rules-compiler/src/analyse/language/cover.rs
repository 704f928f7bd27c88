//! Whether every reply that holds one template holds one of some others.

use super::hole::Letter;
use super::{Debt, Language, Place, Side, State, alphabet, closes, may_start, step};
use rustc_hash::FxHashSet;

/// What was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every such reply does.
    Covered,
    /// That could not be shown; mostly there is a reply that does not.
    Open,
    /// The search took too many steps.
    CutOff,
}

/// Most pairs of states.
const STATES: usize = 20_000;

/// A place of the weaker template, and everywhere the stronger ones may be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Node {
    weaker: Side,
    /// The byte before; none at the start of the weaker template's match.
    before: Option<u8>,
    stronger: Vec<(usize, Side)>,
}

/// Follows every text of the weaker template byte by byte, and all stronger ones along with it.
///
/// What follows counts as covered once one of the stronger is complete. A stronger template is only looked for within the
/// match of the weaker one, so that [`Verdict::Open`] is no proof.
pub fn cover(weaker: &Language, stronger: &[&Language]) -> Verdict {
    if stronger.iter().any(|stronger| same(weaker, stronger)) {
        return Verdict::Covered;
    }
    let usable: Vec<&Language> = stronger.iter().copied().filter(|stronger| is_usable(weaker, stronger)).collect();
    let any = alphabet(&[weaker]);
    let (mut seen, mut open) = (FxHashSet::default(), Vec::new());
    for leaf in weaker.whole.starts() {
        open.push(Node { weaker: Side::at(*leaf), before: None, stronger: Vec::new() });
    }
    while let Some(mut node) = open.pop() {
        begin(weaker, &usable, &mut node);
        if !seen.insert(node.clone()) {
            continue;
        }
        if seen.len() > STATES {
            return Verdict::CutOff;
        }
        let may_end = node.weaker.is_done();
        if may_end && !node.stronger.iter().any(|(_, side)| side.is_done()) {
            return Verdict::Open;
        }
        follow(weaker, &usable, &node, &any, &mut open);
    }
    Verdict::Covered
}

fn same(weaker: &Language, stronger: &Language) -> bool {
    weaker.whole == stronger.whole && (!stronger.first || weaker.first) && (!stronger.last || weaker.last)
}

/// Of dates it is not known where they end; of a choice before a gap the first word that fits is taken, which may be the
/// longer one; the last part behind a gap is looked for at the first place only; a regular expression takes the longest
/// match, which may end within a word.
fn is_usable(weaker: &Language, stronger: &Language) -> bool {
    let has_gap = stronger.parts > 1;
    let is_clear = !(stronger.dates || stronger.expression.is_some() || has_gap && stronger.choices);
    let starts = weaker.first || !stronger.first;
    let ends = !stronger.last || weaker.last && !has_gap;
    is_clear && starts && ends
}

/// Adds the stronger templates that may begin here.
fn begin(weaker: &Language, usable: &[&Language], node: &mut Node) {
    let at = match node.weaker.place {
        Place::At(at) => at,
        // The words of an expression are inside it.
        Place::Inside { hole, .. } if weaker.expression.is_some() => hole,
        _ => return,
    };
    if matches!(weaker.whole.state(at), State::Gap(_)) {
        return;
    }
    for (number, language) in usable.iter().enumerate() {
        if language.first && node.before.is_some() {
            continue;
        }
        for leaf in language.whole.starts() {
            let may = match node.before {
                Some(before) => may_start(&language.whole, *leaf, before),
                None if weaker.first => true,
                None => (0..=u8::MAX)
                    .all(|byte| !may_start(&weaker.whole, at, byte) || may_start(&language.whole, *leaf, byte)),
            };
            if may {
                node.stronger.push((number, Side::at(*leaf)));
            }
        }
    }
    node.stronger.sort_unstable();
    node.stronger.dedup();
}

fn follow(weaker: &Language, usable: &[&Language], node: &Node, any: &[Letter], open: &mut Vec<Node>) {
    let fixed = match node.weaker.place {
        Place::At(at) => match weaker.whole.state(at) {
            State::Byte(byte, _) => Some(*byte),
            _ => None,
        },
        _ => None,
    };
    let stops = usable.iter().map(|language| language.whole.stops()).chain([weaker.whole.stops()]);
    let any: Vec<Letter> = match fixed {
        Some(byte) => vec![(byte, true)],
        None => any.iter().copied().chain(stops.flatten().map(|byte| (byte, false))).collect(),
    };
    for (byte, alone) in any {
        if node.weaker.is_done() && weaker.last && !closes(byte) {
            continue;
        }
        let mut behind = Vec::new();
        step(&weaker.whole, node.weaker, byte, &mut |side| behind.push(side));
        if behind.is_empty() {
            continue;
        }
        let stronger = follow_stronger(usable, node, byte, alone);
        let complete = |(number, side): &(usize, Side)| {
            *side == Side { place: Place::Done, debt: Debt::None } && !usable[*number].last
        };
        if !stronger.iter().any(complete) {
            let next = |weaker| Node { weaker, before: Some(byte), stronger: stronger.clone() };
            open.extend(behind.into_iter().map(next));
        }
    }
}

fn follow_stronger(usable: &[&Language], node: &Node, byte: u8, fixed: bool) -> Vec<(usize, Side)> {
    let mut stronger = Vec::new();
    for (number, side) in &node.stronger {
        let language = usable[*number];
        let is_text = matches!(side.place, Place::At(at) if matches!(language.whole.state(at), State::Byte(..)));
        // Where one byte stands for others of its class, fixed text cannot count on it.
        if is_text && !fixed || side.is_done() && language.last && !closes(byte) {
            continue;
        }
        step(&language.whole, *side, byte, &mut |next| stronger.push((*number, next)));
    }
    stronger.sort_unstable();
    stronger.dedup();
    stronger
}
