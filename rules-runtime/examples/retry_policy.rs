//! What a mail sender does after a failed attempt, decided on the verdict and nothing else.
//!
//! ```sh
//! cargo run -p rules-runtime --example retry_policy
//! ```

use rules_runtime::{Action, Permanence, Suppress, Verdict};
use std::time::Duration;

/// What to do with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// It was taken.
    Delivered,
    /// Try it again after so long.
    Retry(Duration),
    /// Try it again after so long, and send less to this receiver until then.
    SlowDown(Duration),
    /// Try it again at once, from another address of ours or to another MX.
    Elsewhere,
    /// Give the message up, and tell its author.
    Bounce,
}

/// What becomes of the recipient, whatever becomes of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipient {
    Keep,
    /// Count it; strike the recipient off when it happened on several days.
    Count,
    StrikeOff,
}

/// What is known of a message in the queue.
#[derive(Debug, Clone, Copy)]
struct Queued {
    /// Attempts made, the last one included: 1 and more.
    attempts: u32,
    /// Time since the message came in.
    age: Duration,
}

/// Messages are given up after so long (RFC 5321, section 4.5.4.1: at least four to five days).
const EXPIRES: Duration = Duration::from_secs(5 * 24 * 3600);
/// The first pause, doubled with each further attempt (RFC 5321, section 4.5.4.1: at least 30 minutes) …
const FIRST_PAUSE: Duration = Duration::from_secs(30 * 60);
/// … up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(8 * 3600);

fn next(verdict: &Verdict<'_>, queued: Queued) -> Next {
    let may_succeed = matches!(verdict.permanence(), Permanence::Transient | Permanence::Unknown);
    match verdict.action() {
        Action::None => Next::Delivered,
        // Not bound to the age: another way out may be free now. How often is for the pool of addresses to say.
        Action::RetryElsewhere => Next::Elsewhere,
        _ if !may_succeed || queued.age >= EXPIRES => Next::Bounce,
        Action::SlowDown => Next::SlowDown(pause(verdict, queued)),
        // The rest is for a person to mend (DNS, a listing, the message); it may be mended before the message expires.
        _ => Next::Retry(pause(verdict, queued)),
    }
}

/// As long as the receiver or the rule says, but not beyond the message's end; or else longer with each attempt.
fn pause(verdict: &Verdict<'_>, queued: Queued) -> Duration {
    let backoff = || FIRST_PAUSE.saturating_mul(1 << queued.attempts.saturating_sub(1).min(4)).min(LONGEST_PAUSE);
    verdict.retry_after().unwrap_or_else(backoff).min(EXPIRES.saturating_sub(queued.age))
}

/// Only [`Verdict::suppress`] speaks about the recipient: a permanent failure alone does not, since it may be the sender
/// who is refused.
fn recipient(verdict: &Verdict<'_>) -> Recipient {
    match verdict.suppress() {
        Suppress::No => Recipient::Keep,
        Suppress::IfRepeated => Recipient::Count,
        Suppress::Yes => Recipient::StrikeOff,
    }
}

fn main() {
    let hours = |hours: u64| Duration::from_secs(hours * 3600);
    for (reply, attempts, age) in [
        ("250 2.0.0 OK", 1, hours(0)),
        ("550 5.1.1 <someone@example.com>: user unknown", 1, hours(0)),
        ("452 4.2.2 The mailbox is full", 3, hours(2)),
        ("452 4.2.2 The mailbox is full", 40, hours(121)),
        ("421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred", 1, hours(0)),
        ("450 4.2.0 Greylisted, please try again in 5 minutes", 1, hours(0)),
        ("550 5.7.1 Service unavailable; client [192.0.2.7] blocked using zen.spamhaus.org", 1, hours(0)),
    ] {
        let verdict = rules_runtime::classify(reply.as_bytes());
        let (next, recipient) = (next(&verdict, Queued { attempts, age }), recipient(&verdict));
        println!("{reply}\n    attempt {attempts}, {} h in the queue: {next:?}, {recipient:?}", age.as_secs() / 3600);
    }
}
