use super::*;

fn problem(text: &str) -> ExpressionProblem {
    Expression::parse(text).expect_err(text).problem
}

fn anchors(text: &str) -> Vec<Vec<String>> {
    let anchors = Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.problem)).anchors();
    let shown = |set: Vec<Vec<u8>>| set.into_iter().map(|text| String::from_utf8_lossy(&text).into_owned()).collect();
    anchors.into_iter().map(shown).collect()
}

#[test]
fn what_surrounds_a_match_is_not_looked_at() {
    for text in ["^blocked", "blocked$", r"\bblocked", r"blocked\z"] {
        assert!(matches!(problem(text), ExpressionProblem::Assertion(_)), "{text}");
    }
    assert_eq!(problem("(?i)blocked"), ExpressionProblem::Flags);
    assert_eq!(problem("(?i:b)locked"), ExpressionProblem::Flags);
    assert_eq!(problem("(?P<ip>blocked)"), ExpressionProblem::NamedGroup);
}

#[test]
fn an_endless_gap_is_refused_and_an_endless_word_is_not() {
    for text in ["blocked.*now", "blocked(?: now)+", "blocked[^a]*", r"blocked\W+", "(?:blocked ?)+"] {
        assert_eq!(problem(text), ExpressionProblem::Endless, "{text}");
    }
    for text in ["blocked[^ ]+", "blocked.{0,9}now", "blocked[0-9]*"] {
        Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.problem));
    }
}

#[test]
fn every_match_holds_one_of_the_anchors() {
    assert_eq!(anchors("blocked [0-9]+"), [["blocked "]]);
    assert_eq!(anchors("(?:refused|Rejected) [0-9]+"), [["refused ", "rejected "]]);
    assert_eq!(anchors("[0-9]+ refused"), [["refused"]]);
    assert_eq!(anchors("(?:mail [0-9]|[0-9]+ letters) kept"), [vec!["mail ", "letters"], vec!["kept"]]);
    assert_eq!(anchors("err(?:or)? no [0-9]+"), [vec!["err no ", "error no "]]);
    // Behind something variable a word may have begun before.
    assert_eq!(problem("[a-z]+blocked"), ExpressionProblem::NoAnchor);
    assert_eq!(problem("(?:blocked)? [0-9]{4}"), ExpressionProblem::NoAnchor);
    assert_eq!(problem("(?:blocked|no) [0-9]"), ExpressionProblem::NoAnchor);
}

#[test]
fn any_case_of_ascii_matches() {
    let accepts = |text: &str, reply: &str| {
        let automaton = Expression::parse(text).expect("an expression").automaton;
        automaton.accepts(reply.bytes().fold(START, |state, byte| automaton.next(state, byte)))
    };
    assert!(accepts("Blocked [A-F]{2}", "blocked af"));
    assert!(!accepts("Blocked [^A-F]", "blocked a"));
    assert!(accepts(r"Blocked \D", "blocked x") && !accepts(r"Blocked \D", "blocked 5"));
    assert!(accepts("blockiert für .", "blockiert für ü"));
}

#[test]
fn a_table_has_a_limit() {
    assert!(matches!(
        problem("deferred (?:[a-z]{1,9} ){1,60}(?:today|tomorrow)"),
        ExpressionProblem::TooLarge(Some(_))
    ));
    assert!(matches!(problem("deferred (?:[a-z]{1,90} ){1,600}now"), ExpressionProblem::TooLarge(None)));
}
