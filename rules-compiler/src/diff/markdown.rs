//! A difference as a comment on a pull request.

use super::change::{Aspect, Change};
use super::comparison::{Difference, Group};
use super::count;
use super::text::summary;
use crate::emit::markdown::code;
use std::fmt::Write;

/// Where the list of changes is cut off: code hosts refuse a comment of more than 65,536 characters.
const LONGEST: usize = 55_000;
/// Most ids of rules that are listed.
const LISTED: usize = 50;

/// All of it, as far as a comment can hold it.
#[must_use]
pub fn markdown(difference: &Difference) -> String {
    let mut out = format!("**{}**\n", summary(difference));
    for (what, ids) in [("New rules", &difference.added), ("Rules that are gone", &difference.removed)] {
        rules(what, ids, &mut out);
    }
    let (slight, grave): (Vec<&Group>, Vec<&Group>) =
        difference.groups.iter().partition(|group| group.change.is_slight());
    groups(&grave, &mut out);
    if !slight.is_empty() {
        let replies = count(slight.iter().map(|group| group.count).sum(), "reply", "replies");
        let _ = write!(out, "\n<details>\n<summary>{replies}: only the rule or the provider is another</summary>\n");
        groups(&slight, &mut out);
        out.push_str("\n</details>\n");
    }
    out
}

fn rules(what: &str, ids: &[String], out: &mut String) {
    if ids.is_empty() {
        return;
    }
    let shown: Vec<String> = ids.iter().take(LISTED).map(|id| code(id)).collect();
    let _ = write!(out, "\n{what}: {}", shown.join(", "));
    if ids.len() > LISTED {
        let _ = write!(out, " and {}more", count((ids.len() - LISTED) as u64, "", ""));
    }
    out.push('\n');
}

fn groups(groups: &[&Group], out: &mut String) {
    for (number, group) in groups.iter().enumerate() {
        let mut item = format!("\n- {}: {}\n", count(group.count, "reply", "replies"), change(&group.change));
        for sample in &group.samples {
            let _ = writeln!(item, "  - {} ({})", code(&sample.reply), code(&sample.origin));
        }
        if out.len() + item.len() > LONGEST {
            let left = count((groups.len() - number) as u64, "kind", "kinds");
            let _ = writeln!(out, "\n{left} of change more than fit here: run `rules diff` to see them.");
            return;
        }
        out.push_str(&item);
    }
}

fn change(change: &Change) -> String {
    let shown = |value: &Option<String>| value.as_deref().map_or_else(|| "nothing".to_owned(), code);
    let each = |(aspect, old, new): &(Aspect, _, _)| format!("{} {} → {}", aspect.name(), shown(old), shown(new));
    change.0.iter().map(each).collect::<Vec<_>>().join(", ")
}
