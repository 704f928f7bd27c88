//! What the proofs found, as diagnostics.

use super::ambiguity::{Ambiguities, Pair};
use super::attribution::Claim;
use super::examples::{Astray, Nearest};
use super::witness::Witness;
use crate::catalogue::Requirement;
use crate::check::{Checked, RuleIndex};
use crate::diagnostic::{Code, Diagnostic, Span, is_unseen};
use crate::lower::{Meaning, PatternMatcher, Rules};
use crate::oracle::Codes;
use crate::source::Sources;
use std::collections::BTreeSet;

/// Most pairs that are named where a proof was cut off.
const NAMED: usize = 20;

/// Words for what was found.
pub struct Report<'a> {
    /// The catalogue.
    pub checked: &'a Checked,
    /// Its patterns.
    pub rules: &'a Rules,
    /// Its files.
    pub sources: &'a Sources,
}

/// A text whose characters without a shape are told by their numbers.
fn seen(text: &str) -> String {
    let shown = |c: char| if is_unseen(c) { format!("\\u{:04X}", u32::from(c)) } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// Codes as a rule lists them.
fn list<T: ToString>(codes: &[T]) -> String {
    match codes {
        [one] => one.to_string(),
        codes => format!("[{}]", codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

impl Report<'_> {
    fn id(&self, rule: RuleIndex) -> &str {
        &self.checked.written(rule).id
    }

    fn head(&self, rule: RuleIndex) -> Span {
        self.sources.head_span(self.checked.place(rule))
    }

    fn example(&self, rule: RuleIndex, number: usize) -> Span {
        let examples = self.checked.place(rule).key("examples");
        self.sources.span(&self.sources.element(&examples, number))
    }

    /// A pattern's rule.
    pub fn rule(&self, number: usize) -> RuleIndex {
        self.pattern(number).0
    }

    /// A pattern's rule, and where its template is written.
    fn pattern(&self, number: usize) -> (RuleIndex, Span) {
        let pattern = &self.rules.patterns[number];
        // Markers are not compared.
        let rule = if let Meaning::Rule(rule) = pattern.meaning { rule } else { RuleIndex(0) };
        let PatternMatcher::Template { template, .. } = &pattern.matcher else { return (rule, self.head(rule)) };
        let number = self.checked.rules[rule.0].templates.iter().position(|own| own == template);
        let text = self.checked.place(rule).key("text");
        (rule, self.sources.span(&self.sources.element(&text, number.unwrap_or(0))))
    }

    /// An example that its rule does not win.
    pub fn astray(&self, astray: &Astray) -> Diagnostic {
        const QUOTE: &str = "quote in `text` what the example says, with holes for what varies, and see whether `reply`, `status`, `stage` and `requires` fit it";
        let id = self.id(astray.rule);
        let (message, help) = match (&astray.winner, astray.by) {
            (Some(winner), Some(_)) => (
                format!("this example of `{id}` is won by `{winner}`"),
                format!(
                    "make the template more specific than that of `{winner}`, say `over: [{winner}]`, or move the example to that rule"
                ),
            ),
            (Some(code), None) => {
                (format!("this example of `{id}` is matched by no rule: only `{code}` is left"), QUOTE.to_owned())
            }
            (None, _) => (format!("this example of `{id}` is not matched by any rule"), QUOTE.to_owned()),
        };
        let label = match &astray.own {
            Some(part) if astray.unfit.is_some() => {
                format!("`{id}` asks for other codes: it matches `{part}`")
            }
            Some(part) => format!("`{id}` matches `{part}`"),
            None if self.checked.rules[astray.rule.0].templates.is_empty() => String::new(),
            None => match &astray.nearest {
                Some(Nearest { part, next }) => {
                    let next = &seen(next);
                    format!("no template of `{id}` matches this: the nearest has `{next}` behind `{part}`")
                }
                None if self.checked.written(astray.rule).rule.text.is_empty() => {
                    format!("no expression of `{id}` matches this")
                }
                None => format!("no template of `{id}` matches this"),
            },
        };
        let help = match &astray.own {
            None => self.slip(astray.rule).unwrap_or(help),
            Some(_) => astray.unfit.map_or(help, |codes| self.codes(astray.rule, &codes)),
        };
        let diagnostic =
            Diagnostic::new(Code::ExampleAstray, self.example(astray.rule, astray.example), message, label, help);
        let Some(by) = astray.by else { return diagnostic };
        let label = astray
            .part
            .as_ref()
            .map_or_else(|| "this rule wins it".to_owned(), |part| format!("this rule wins it: it matches `{part}`"));
        let diagnostic = diagnostic.also(self.head(by), label);
        let text = &self.checked.written(astray.rule).rule.examples[astray.example];
        let same = self.checked.written(by).rule.examples.iter().position(|example| example == text);
        match same {
            Some(same) => diagnostic.also(self.example(by, same), "the same reply is an example here"),
            None => diagnostic,
        }
    }

    /// How an example and the codes that its rule asks for are brought together.
    fn codes(&self, rule: RuleIndex, codes: &Codes) -> String {
        let rule = &self.checked.written(rule).rule;
        let needs_code = rule.requires.contains(&Requirement::Code);
        let reply =
            (!rule.reply.is_empty()).then(|| ("reply", list(&rule.reply), codes.reply.map(|code| code.to_string())));
        let status = codes.status.map(|(class, subject, detail)| format!("{class}.{subject}.{detail}"));
        let status = (!rule.status.is_empty()).then(|| ("status", list(&rule.status), status));
        let missing = [&reply, &status].into_iter().flatten().find(|(.., found)| needs_code && found.is_none());
        match missing {
            Some((key, wanted, _)) => {
                format!(
                    "write the reply with its code, as the rule requires one of `{key}: {wanted}`; or remove `requires: code`"
                )
            }
            None => {
                let wanted = [reply, status].into_iter().flatten().filter(|(.., found)| found.is_some());
                let wanted: Vec<String> = wanted
                    .map(|(key, wanted, found)| format!("`{key}: {wanted}` fits `{}`", found.unwrap_or_default()))
                    .collect();
                format!("see whether {}", wanted.join(" and "))
            }
        }
    }

    /// Why a rule's templates match nothing that was meant, where that can be told from how they are written.
    fn slip(&self, rule: RuleIndex) -> Option<String> {
        let rule = &self.checked.written(rule).rule;
        let texts = &rule.text;
        let is_code = |word: &str| {
            let numbers: Vec<&str> = word.split('.').collect();
            let is_number = |number: &&str| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            let is_reply = |number: &str| number.len() == 3 && number.starts_with(['2', '3', '4', '5']);
            let is_status = numbers.len() == 3 && matches!(numbers[0], "2" | "4" | "5");
            numbers.iter().all(is_number) && (is_status || numbers.len() == 1 && is_reply(word))
        };
        let in_slashes = |regex: &String| regex.starts_with('/') && regex.trim_end_matches('i').ends_with('/');
        let begins_with_code = |text: &String| text.split([' ', '-']).next().is_some_and(is_code);
        let in_marks =
            |text: &String| text.starts_with(['“', '”', '„', '«', '‘']) && text.ends_with(['“', '”', '»', '’']);
        let is_expression = |text: &String| {
            let marks = [".*", ".+", "\\d", "\\s", "\\.", "[0-9", "[a-z", "[A-Z", "[^", "(?:", "(?i"];
            let choice =
                text.split('(').skip(1).any(|part| part.split(')').next().is_some_and(|inner| inner.contains('|')));
            choice || marks.iter().any(|mark| text.contains(mark)) || text.starts_with('^')
        };
        let wide_hole = |text: &String| {
            let holes = text.split('｛').skip(1).filter_map(|rest| rest.split_once('｝'));
            holes.into_iter().any(|(hole, _)| hole.chars().all(|c| c.is_ascii_alphanumeric() || "_:=|".contains(c)))
        };
        match () {
            () if texts.iter().any(wide_hole) => {
                Some("write a hole in the braces `{…}`: ｛…｝ are read as part of the text".to_owned())
            }
            () if texts.iter().any(in_marks) => {
                Some("write the quotes \"…\" around the text: “…” are read as part of it".to_owned())
            }
            () if texts.iter().any(is_expression) => Some(
                "a template is no regular expression: write `{text}` for `.*`, `{a|b}` for `(a|b)`, or move it to `regex`"
                    .to_owned(),
            ),
            () if rule.regex.iter().any(in_slashes) => {
                Some("leave the slashes out: they are read as part of the expression, and any case matches".to_owned())
            }
            () if rule.regex.iter().any(|regex| begins_with_code(&regex.replace('\\', ""))) => {
                Some("leave the codes out of `regex`: they are taken off a reply before it is compared".to_owned())
            }
            () if texts.is_empty() && !rule.regex.is_empty() => Some(
                "compare `regex` with the example word for word, and see whether `reply`, `status`, `stage` and `requires` fit it"
                    .to_owned(),
            ),
            () if texts.iter().any(begins_with_code) => {
                Some("leave the codes out of `text`: they are taken off a reply before it is compared".to_owned())
            }
            () => None,
        }
    }

    /// A rule that no reply can reach.
    pub fn never_wins(&self, rule: RuleIndex, by: &BTreeSet<RuleIndex>) -> Diagnostic {
        let id = self.id(rule);
        let names: Vec<String> = by.iter().map(|rule| format!("`{}`", self.id(*rule))).collect();
        let verb = if names.len() == 1 { "wins" } else { "together win" };
        let message = format!("no reply can reach `{id}`: {} {verb} every reply that it matches", names.join(" and "));
        let over: Vec<&str> = by.iter().map(|rule| self.id(*rule)).collect();
        let help = format!(
            "remove the rule if it means the same; else say `over: [{}]`, or make its template sharper",
            over.join(", ")
        );
        let diagnostic = Diagnostic::new(Code::RuleNeverWins, self.head(rule), message, "never wins", help);
        by.iter().fold(diagnostic, |diagnostic, rule| diagnostic.also(self.head(*rule), "goes before it"))
    }

    /// Two rules that disagree and rank alike.
    pub fn ambiguous(&self, pair: Pair, witness: &Witness) -> Diagnostic {
        let ((winner, place), (loser, other)) = (self.pattern(pair.0), self.pattern(pair.1));
        let (winner, loser) = (self.id(winner), self.id(loser));
        let host = witness.host.as_ref().map_or_else(String::new, |host| format!(" from `mx.{host}`"));
        let message = format!(
            "`{loser}` and `{winner}` rank alike, disagree, and both match the reply `{}`{host}",
            witness.reply
        );
        let help = format!(
            "say which is right: `over: [{winner}]` here or `over: [{loser}]` there; or let one of them ask for more (`requires`, `reply`, `status`); or make one of the templates sharper"
        );
        let label = |part: &str| match part {
            "" => "matches its codes".to_owned(),
            part => format!("matches `{part}`"),
        };
        Diagnostic::new(Code::AmbiguousRules, other, message, label(&witness.parts[1]), help)
            .also(place, label(&witness.parts[0]))
    }

    /// A rule that claims what another provider says.
    pub fn claimed(&self, claim: &Claim) -> Diagnostic {
        let (own, by) = (self.id(claim.rule), self.id(claim.by));
        let message = format!("`{by}` claims the words of another provider: it matches an example of `{own}`");
        let help = format!(
            "where both say it, write `requires: mx` (or `marker`) in `{by}`; else make its template sharper; `over` in one of the two rules says that this is meant"
        );
        Diagnostic::new(
            Code::ClaimsAnothersWords,
            self.head(claim.by),
            message,
            format!("matches `{}`", claim.part),
            help,
        )
        .also(self.example(claim.rule, claim.example), "said by another provider")
    }

    /// Pairs and rules that could not be followed to the end.
    pub fn cut_off(&self, ambiguities: &Ambiguities, unreached: &[RuleIndex]) -> Vec<Diagnostic> {
        let count = ambiguities.cut_off.len();
        let help = "this is no error, and no proof either: shorter templates with fewer choices and holes can be followed to the end";
        let pair = |(number, pair): (usize, &Pair)| {
            let ((one, place), (other, span)) = (self.pattern(pair.0), self.pattern(pair.1));
            let message = format!(
                "it is not known whether `{}` and `{}` can match one reply (pair {} of {count})",
                self.id(other),
                self.id(one),
                number + 1
            );
            Diagnostic::new(Code::ProofCutOff, span, message, "too much to follow", help)
                .also(place, "together with this")
        };
        let rule = |rule: &RuleIndex| {
            let message = format!("it is not known whether any reply can reach `{}`", self.id(*rule));
            Diagnostic::new(Code::ProofCutOff, self.head(*rule), message, "too much to follow", help)
        };
        ambiguities.cut_off.iter().enumerate().take(NAMED).map(pair).chain(unreached.iter().map(rule)).collect()
    }
}
