//! How many of the labelled replies beside the project (`shared/corpus`) are judged rightly.

use rules_runtime::{Category, Permanence, Suppress, classify};
use rules_tests::labelled::{Labelled, corpus};
use rules_tests::project::{beside, compiled, output};

/// How a set was judged, with a line for each reply that was not judged rightly.
#[derive(Default)]
struct Score {
    total: usize,
    right: usize,
    silent: Vec<String>,
    wrong: Vec<String>,
    suppressed: Vec<String>,
    permanence: usize,
    permanence_wrong: Vec<String>,
}

impl Score {
    fn add(&mut self, reply: &Labelled) {
        let verdict = classify(reply.text.as_bytes());
        let category = verdict.category();
        let rule = verdict.rule().map_or("nothing", |rule| rule.id());
        let wanted = reply.accept.join(" or ");
        let line = || format!("{} {category} ({rule}), wanted {wanted}: {}", reply.id, reply.text);
        self.total += 1;
        match reply.accept.iter().any(|accepted| accepted == category.name()) {
            true => self.right += 1,
            false if category == Category::Unclassified => self.silent.push(line()),
            false => self.wrong.push(line()),
        }
        let about_recipient = reply.accept.iter().any(|accepted| about_recipient(accepted));
        if verdict.suppress() != Suppress::No && !about_recipient {
            self.suppressed.push(line());
        }
        if let Some(permanence) = &reply.permanence {
            self.permanence += 1;
            let said = verdict.permanence();
            if Permanence::from_name(permanence) != Some(said) {
                self.permanence_wrong.push(format!("{} {said}, wanted {permanence}: {}", reply.id, reply.text));
            }
        }
    }
}

/// Whether a category is about the recipient or the recipient's domain.
fn about_recipient(category: &str) -> bool {
    let categories = &output().checked.catalogue.categories;
    let found = categories.iter().find(|known| known.value.id == category);
    found.is_some_and(|category| matches!(category.value.scope.name(), "recipient" | "recipient-domain"))
}

fn percent(part: usize, total: usize) -> f64 {
    100.0 * part as f64 / total.max(1) as f64
}

#[test]
fn replies_that_a_person_has_judged() {
    let Some(lines) = beside("shared/corpus/dev.jsonl") else { return };
    assert!(compiled().output.is_some());
    let mut score = Score::default();
    corpus(&lines).iter().for_each(|reply| score.add(reply));
    let Score { total, right, .. } = score;
    for (what, list) in [
        ("FALSE SUPPRESSION", &score.suppressed),
        ("WRONG", &score.wrong),
        ("SILENT", &score.silent),
        ("PERMANENCE", &score.permanence_wrong),
    ] {
        list.iter().for_each(|line| println!("{what} {line}"));
    }
    println!(
        "{total} replies: {right} right ({:.1} %), {} wrong ({:.1} %), {} silent ({:.1} %), {} false suppressions; permanence wrong \
         in {} of {}",
        percent(right, total),
        score.wrong.len(),
        percent(score.wrong.len(), total),
        score.silent.len(),
        percent(score.silent.len(), total),
        score.suppressed.len(),
        score.permanence_wrong.len(),
        score.permanence,
    );
    assert!(total > 100, "only {total} replies");
    assert!(score.suppressed.is_empty(), "{} false suppressions: see above", score.suppressed.len());
    assert!(percent(right, total) >= 90.0, "{right} of {total} right");
    assert!(percent(score.wrong.len(), total) <= 3.0, "{} of {total} wrong", score.wrong.len());
}
