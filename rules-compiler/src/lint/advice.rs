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
    accept act adapt add adjust agree align allow announce answer appeal apply arrange ask assign attach \
    authenticate authorise avoid await back batch bear begin bounce bring build call cap change check choose clean \
    cleanse clear close come compare complete compress configure confirm connect consult contact continue convert \
    copy correct count create cure cut deactivate decide delay delete deliver describe disable discard disconnect \
    divide do drop edit enable encode encourage encrypt end enquire enter escalate examine exempt expand expect \
    explain export fetch file fill filter find finish fix flush follow force forget forward free get give go grant \
    group handle have hold hurry identify ignore include increase inform inquire inspect install interrupt introduce \
    investigate invite issue join judge keep leave let lift limit link list log look lower mail make mark match \
    measure mend mind move name narrow note notify obtain offer open order pack pair pause pay phone pick pin place \
    plan point post postpone prepare present print program protect prove publish pull push put quarantine query \
    queue quote raise reach read reauthenticate rebuild receive recode reconfigure reconnect record redirect reduce \
    reformat refrain refresh refuse register reissue reject relay release reload rely remember remove rename renew \
    renumber repair repeat rephrase replace reply repoint report request reroute resend reset resolve respect \
    restart restore restrict resubmit retain retire retry return reverse revert review revise reword rewrite ring \
    rotate route rule run save say scan schedule search secure see select send separate serialise serialize set \
    settle share shift shorten show shrink shut sign skip slow smooth solve sort space spare speak split spread \
    start state stay step stop store strike strip submit subscribe supply suppress suspect switch take talk teach \
    telephone tell test throttle tick trace train transfer translate treat trim trust try turn type uncheck \
    unsubscribe update upgrade upload use validate verify wait warm watch whitelist widen wipe withdraw work write \
    ";

/// What may stand before it.
const BEFORE: &str = "afterwards also always and at better but do either first if instead just meanwhile never next not now once only or \
    otherwise please simply so then there to today";

/// Advice that is no order.
const PHRASES: &str = r"(?ix)\b(
    should | must | needs?\ to | has\ to | have\ to | can\ be | can\ only | may\ be | nothing\ (to|for|needs?) | no\ need
    | no\ action | is\ the\ (remedy|way) | helps? | worth | wanted | due | by\ (itself|themselves) | on\ its\ own | as\ usual
    | retr(y|ies|ying) | goes\ on\ trying | next\ (attempt|queue\ run|delivery|attempts) | later\ attempts? | stays\ queued
    | queue | tries\ again | alone\ can | only\ (the|its|that|an?)\ \w+(\ \w+)?\ can | (is|are)\ (enough|plenty)
    | stays?\ good | still\ (gets?|works?) | can\ (change|lift|delete|remove|grant|look|turn|allow|add|raise|free|set|see|tell|settle
    | correct|clear|reach|have|cut)
)\b";

static ORDERS: LazyLock<HashSet<&str>> = LazyLock::new(|| VERBS.split_whitespace().collect());
static SKIPPED: LazyLock<HashSet<&str>> = LazyLock::new(|| BEFORE.split_whitespace().collect());
static CLAUSE_END: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[.!?;:,()\u{2014}]\s+|\s(?:and|or|then|but|otherwise|instead|so|to|who|which)\s"));
static OTHER_ADVICE: LazyLock<Regex> = LazyLock::new(|| pattern(PHRASES));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// Whether a text says what to do, as far as its words tell.
pub(super) fn has_advice(text: &str) -> bool {
    CLAUSE_END.split(text).any(is_order) || OTHER_ADVICE.is_match(text)
}

fn is_order(clause: &str) -> bool {
    let mut words = words(clause);
    words.find(|word| !SKIPPED.contains(word.as_str())).is_some_and(|word| ORDERS.contains(word.as_str()))
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
        ] {
            assert!(has_advice(text), "{text}");
        }
    }

    #[test]
    fn a_mere_statement_is_not() {
        for text in
            ["The mailbox of this user is full.", "The message was rejected by the server because of its policy."]
        {
            assert!(!has_advice(text), "{text}");
        }
    }
}
