//! How many of the labelled replies beside the project (`shared/corpus`) are judged rightly.

use rules_compiler::score::{Judged, Labelled, Score, Vocabulary};
use rules_tests::project::{beside, output};

fn percent(part: usize, total: usize) -> f64 {
    100.0 * part as f64 / total.max(1) as f64
}

#[test]
fn replies_that_a_person_has_judged() {
    let Some(lines) = beside("shared/corpus/dev.jsonl") else { return };
    let vocabulary = Vocabulary::new(&output().checked.catalogue.categories);
    let parse = |line: &str| Labelled::parse(line.as_bytes(), &vocabulary).expect("a labelled reply");
    let replies: Vec<Labelled> = lines.lines().filter(|line| !line.trim().is_empty()).map(parse).collect();
    let judge = |reply| Judged::new(reply, rules_runtime::builtin(), &vocabulary);
    let judged: Vec<Judged> = replies.iter().map(judge).collect();
    let all = replies.iter().zip(&judged);
    let score = Score::new(all.map(|(reply, judged)| (reply.id.as_deref().unwrap_or_default(), reply, judged)));
    println!("{score:#?}");
    let total = score.count.total;
    assert!(total > 100, "only {total} replies");
    assert_eq!(score.false_suppressions, 0);
    assert!(percent(score.count.right, total) >= 90.0, "{} of {total} right", score.count.right);
    assert!(percent(score.count.wrong, total) <= 3.0, "{} of {total} wrong", score.count.wrong);
}
