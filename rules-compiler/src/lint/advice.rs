//! Whether a text says what to do: a guess from its words.
//!
//! Advice is an order (`Retry in an hour`), a duty (`the list must be cleaned`), or that nothing need be done (`the queue
//! sends it again by itself`). The lists are from the catalogue's own texts.

use super::words::words;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What advice begins with.
const VERBS: &str = "\
    abstain accept acquire act adapt add adjust agree aim align allow announce answer appeal apply approach \
    arrange ask assign attach attempt audit authenticate authorise avoid await back batch bear begin bounce bring \
    build bundle buy call cap change check choose clarify clean cleanse clear close come compare complete compress \
    configure confirm connect consult contact continue convert coordinate copy correct correspond count create \
    cure cut deactivate deal decide delay delete deliver deploy describe detach diagnose disable discard disconnect \
    divide do double downgrade drop edit eliminate enable encode encourage encrypt end enquire ensure enter \
    escalate establish examine exclude exempt expand expect explain export fetch file fill filter find finish fix \
    flush follow force forget forward free generate get give go grant group halve handle have hold honor honour \
    hurry identify ignore implement improve include increase inform inquire inspect install interrupt introduce \
    investigate invite isolate issue join judge keep leave lengthen let lift lighten limit link list locate log \
    look lower mail maintain make mark match measure mend migrate mind modify monitor move name narrow normalise \
    normalize note notify observe obtain offer open order pack pair pause pay phone pick pin place plan point post \
    postpone prefer prepare present print process program propose protect prove publish pull purge push put \
    quarantine query queue quit quote raise reach reactivate read rearrange reauthenticate reboot rebuild receive \
    recheck recode reconfigure reconnect reconsider record recreate redirect redo reduce reformat reformulate \
    refrain refresh refuse regenerate register regroup reinstall reissue reject relay release reload rely remember \
    remove rename renew renumber repair repeat rephrase replace reply repoint report request reroute reschedule \
    resend reset resolve respect restart restore restrict resubmit resume resync retain retire retry return \
    reverse revert review revise revoke reword rewrite ring rotate route rule run sanitise sanitize save say scan \
    schedule search secure see segment select send separate serialise serialize set settle share shift shorten \
    show shrink shut sign simplify skip slow smooth solve sort space spare speak split spread stagger start state \
    stay step stop store strike strip submit subscribe substitute supply suppress suspect suspend switch tag take \
    talk teach telephone tell test throttle tick tidy trace train transcode transfer translate treat trim truncate \
    trust try turn type unblock uncheck undo unlock unsubscribe untangle update upgrade upload use validate vary \
    verify wait warm watch whitelist widen wipe withdraw work write zip \
    ";

/// What may stand before it.
const BEFORE: &str = "afterwards also always and at better but do either first if instead just meanwhile never next not now once only or \
    otherwise please simply so then there to today";

/// Advice that is no order.
const PHRASES: &str = r"(?ix)\b(
    should | must | needs?\ to | has\ to | have\ to | (is|are)\ (all\ that\ is\ )?needed | nothing\ (to|for|needs?) | no\ need
    | can\ only | (can|may)\ be\ (\w+ed|sent|made|put|taken|given|found|held|left|kept|read|set|met|cut|split|done|written|chosen)
    | no\ action | is\ the\ (remedy|way) | helps? | worth\w* | wanted | by\ (itself|themselves) | on\ its\ own | as\ usual
    | retr(y|ies|ying) | goes\ on\ trying | next\ (attempt|queue\ run|delivery|attempts) | later\ attempts? | stays\ queued
    | queue\ (sends|tries|retries|repeats|keeps|takes|goes|does|handles|will|can|may) | tries\ again
    | alone\ can | only\ (the|its|that|an?)\ \w+(\ \w+)?\ can | (is|are)\ (enough|plenty)
    | will\ (go|get)\ (out|through) | stays?\ good | still\ (gets?|works?) | can\ (change|lift|delete|remove|grant|look|say|turn|allow|add|raise|free|set|see|tell|settle
    | correct|clear|reach|have|cut)
)\b";

/// What somebody should have done is no advice.
const PAST: &str = r"(?i)\b(should|must|may|can|could)\s+(not\s+)?have\s+(been|known|seen|gone|come|\w+ed)\b";

/// Orders that are nouns as well.
const NOUNS: [&str; 24] = [
    "access", "file", "filter", "forward", "group", "host", "limit", "list", "mail", "name", "post", "program",
    "queue", "record", "relay", "report", "request", "route", "run", "search", "state", "test", "trust", "work",
];

/// What follows a noun that could be an order as well: `Mail is refused`, `Run by volunteers`.
const BEHIND_NOUN: [&str; 19] = [
    "are", "at", "by", "can", "did", "does", "had", "has", "is", "may", "must", "of", "on", "should", "that", "under",
    "was", "were", "will",
];

static ORDERS: LazyLock<HashSet<&str>> = LazyLock::new(|| VERBS.split_whitespace().collect());
static SKIPPED: LazyLock<HashSet<&str>> = LazyLock::new(|| BEFORE.split_whitespace().collect());
static CLAUSE_END: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[.!?;:,()\u{2014}]\s+|\s(?:and|or|then|but|otherwise|instead|so|to|who|which)\s"));
static NO_ADVICE: LazyLock<Regex> = LazyLock::new(|| pattern(PAST));
static OTHER_ADVICE: LazyLock<Regex> = LazyLock::new(|| pattern(PHRASES));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// Whether a text says what to do, as far as its words tell.
pub(super) fn has_advice(text: &str) -> bool {
    let text = NO_ADVICE.replace_all(text, "");
    CLAUSE_END.split(&text).any(is_order) || OTHER_ADVICE.is_match(&text)
}

fn is_order(clause: &str) -> bool {
    let mut words = words(clause).skip_while(|word| SKIPPED.contains(word.as_str()));
    let Some(first) = words.next().filter(|word| ORDERS.contains(word.as_str())) else { return false };
    match words.next() {
        Some(second) => !(NOUNS.contains(&first.as_str()) && BEHIND_NOUN.contains(&second.as_str())),
        // `Mail to this address …`
        None => first != "mail",
    }
}

#[cfg(test)]
mod tests {
    use super::has_advice;

    #[test]
    fn orders_duties_and_reassurance_are_advice() {
        for text in [
            "The mailbox is full. Retry in a day.",
            "If the address is old, strike it off.",
            "The server is busy; please wait an hour.",
            "Mail was put off. The queue sends it again by itself.",
            "The list must be cleaned.",
            "Only the administrator can lift it.",
            "The certificate has expired. Renewing it is all that is needed.",
            "The list must not be used any more.",
            "The key is too short. Generate one of 2048 bits.",
        ] {
            assert!(has_advice(text), "{text}");
        }
    }

    #[test]
    fn a_mere_statement_is_not() {
        for text in [
            "The mailbox of this user is full.",
            "The message was rejected by the server because of its policy.",
            "Mail to this address is not accepted, and mail is filtered.",
            "The address must have been deleted; the list should have known.",
            "The check can be slow, and the queue of the server is full.",
            "Run by volunteers, this list holds addresses; work on it is under way.",
        ] {
            assert!(!has_advice(text), "{text}");
        }
    }
}
