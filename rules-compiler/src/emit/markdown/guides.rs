//! The guides: pages written by hand that say what to do, step by step.

use super::page::Page;
use super::site::{Rule, Site};
use crate::catalogue::{Action, Category, Guide, Suppress};
use crate::emit::paths;

/// What stands behind a guide's name, as its page is headed.
pub fn title(guide: Guide) -> &'static str {
    match guide {
        Guide::Retry => "When and how to try again",
        Guide::SlowDown => "How to slow down",
        Guide::Suppress => "When to remove an address from your list",
        Guide::Delisting => "How to get delisted",
        Guide::Reputation => "How to win back a reputation",
        Guide::Authentication => "How to put the sender's address, SPF, DKIM and DMARC right",
        Guide::ReverseDns => "How to put reverse DNS and HELO right",
        Guide::Tls => "How to put TLS right",
        Guide::Login => "How to put login and relaying right",
        Guide::Message => "How to put a message right",
        Guide::Postmaster => "How to ask a postmaster",
    }
}

/// What people ask for who need the guide, for the search.
pub fn keywords(guide: Guide) -> &'static str {
    match guide {
        Guide::Retry => {
            "retry, greylisting, greylisted, deferred, temporary, queue, how long, wait, waiting time, backoff"
        }
        Guide::SlowDown => "throttling, rate limit, too many connections, too many messages, warm-up, volume",
        Guide::Suppress => {
            "suppression, delete the address, remove the recipient, strike off, hard bounce, soft bounce, mailbox full, unknown user"
        }
        Guide::Delisting => {
            "block list, blacklist, blacklisted, blocklist, delist, delisted, removal, unblock, listed, IP address, RBL, DNSBL"
        }
        Guide::Reputation => {
            "spam, complaints, reputation, low reputation, junk, going to spam, spam folder, suspicious, feedback loop"
        }
        Guide::Authentication => {
            "SPF, DKIM, DMARC, sender rejected, sender verify failed, domain of sender address does not exist, fail, failed, failure, pass, unauthenticated, alignment, 5.7.26, 5.7.23, ARC, forwarding"
        }
        Guide::ReverseDns => "PTR, rDNS, reverse DNS, HELO, EHLO, FCrDNS, 5.7.25, no reverse DNS",
        Guide::Tls => "TLS, STARTTLS, certificate, encryption, MTA-STS, DANE",
        Guide::Login => "login, password, authentication required, AUTH, relay access denied, submission, port 587",
        Guide::Message => {
            "message too large, attachment, virus, malformed, header, RFC 5322, line too long, spam score"
        }
        Guide::Postmaster => "postmaster, contact, support, policy, blocked without a reason",
    }
}

/// Other pages that are written by hand.
pub const OTHERS: [(&str, &str); 6] = [
    ("guide/catalogue-format.md", "The catalogue's format"),
    ("guide/new-rules-and-diff.md", "New rules from pasted replies, and what a change does"),
    ("guide/accuracy.md", "How well replies are read, and how that is measured"),
    ("guide/performance.md", "How fast replies are read, and how that is measured"),
    ("guide/pages.md", "How quickly the pages answer, and how heavy they are"),
    ("guide/swap-catalogues.md", "Swap catalogues at run time"),
];

fn for_action(action: Action) -> Option<Guide> {
    match action {
        Action::Retry => Some(Guide::Retry),
        Action::SlowDown | Action::RetryElsewhere => Some(Guide::SlowDown),
        Action::Suppress => Some(Guide::Suppress),
        Action::RequestDelisting => Some(Guide::Delisting),
        Action::FixMessage => Some(Guide::Message),
        Action::FixSender => Some(Guide::Authentication),
        Action::Review => Some(Guide::Postmaster),
        Action::None => None,
    }
}

fn of_category(category: &Category) -> Vec<Guide> {
    if category.guides.is_empty() { for_action(category.action).into_iter().collect() } else { category.guides.clone() }
}

/// A category's guides as links.
pub fn beside_category(page: &Page, category: &Category) -> String {
    links(page, &of_category(category))
}

/// A rule's guides as links: its category's, and before them the one for an action of its own. A rule that never strikes
/// the recipient off needs no advice on that.
pub fn beside_rule(site: &Site<'_>, page: &Page, rule: &Rule<'_>) -> String {
    let category = site.category(rule.checked.category);
    let mut guides = of_category(category);
    let own = rule.checked.action.otherwise;
    let suppress = rule.checked.suppress;
    if own != category.action
        && let Some(guide) = for_own_action(own)
    {
        let keeps = suppress.otherwise == Suppress::No && suppress.transient == Suppress::No;
        guides.retain(|known| *known != guide && !(keeps && *known == Guide::Suppress));
        guides.insert(0, guide);
    }
    links(page, &guides)
}

/// Where a rule asks to put the sender right and its category does not, the account or the way out is the matter.
fn for_own_action(action: Action) -> Option<Guide> {
    if action == Action::FixSender { Some(Guide::Login) } else { for_action(action) }
}

/// A guide as a link.
pub fn link(page: &Page, guide: Guide) -> String {
    page.link(title(guide), &paths::guide(guide))
}

fn links(page: &Page, guides: &[Guide]) -> String {
    guides.iter().map(|guide| link(page, *guide)).collect::<Vec<_>>().join(" · ")
}
