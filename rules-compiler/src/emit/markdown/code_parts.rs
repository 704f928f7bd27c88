//! The parts of a reply code that comes with many replies: one page for each kind of speaker.

use super::code_pages::{provider_section, speakers};
use super::page::Page;
use super::site::{Rule, Site};
use super::title::capitalized;
use super::{entry, text, words};
use crate::catalogue::{Located, Owner, ProviderKind, ReplyCode};
use crate::emit::paths;

/// A code with more replies than this has parts.
const MOST_REPLIES: usize = 100;

/// A part with more replies than this shows one line for each and links to the whole entries.
const WHOLE_ENTRIES: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Mailboxes,
    Filters,
    Software,
    Services,
    English,
    OtherLanguages,
}

impl Part {
    const ALL: [Self; 6] =
        [Self::Mailboxes, Self::Filters, Self::Software, Self::Services, Self::English, Self::OtherLanguages];

    pub fn of(kind: ProviderKind) -> Self {
        match kind {
            ProviderKind::Mailbox => Self::Mailboxes,
            ProviderKind::Gateway => Self::Filters,
            ProviderKind::Mta => Self::Software,
            ProviderKind::Forwarder | ProviderKind::Esp | ProviderKind::Blocklist => Self::Services,
        }
    }

    pub fn path(self, code: u16) -> String {
        let name = match self {
            Self::Mailboxes => "mailbox-providers",
            Self::Filters => "mail-filters",
            Self::Software => "server-software",
            Self::Services => "services-and-lists",
            Self::English => "any-server",
            Self::OtherLanguages => "any-server-in-other-languages",
        };
        paths::reply_code_part(code, name)
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Mailboxes => "mailbox providers",
            Self::Filters => "mail filters",
            Self::Software => "server software",
            Self::Services => "sending services, forwarders and block lists",
            Self::English => "words that any server may use",
            Self::OtherLanguages => "words that any server may use, in other languages than English",
        }
    }

    /// Its languages of phrases; none where providers speak.
    fn languages(self, site: &Site<'_>) -> Vec<Owner> {
        let english = |owner: &Owner| match owner {
            Owner::Language(index) => site.checked.catalogue.languages[*index].value.language == "en",
            Owner::Provider(_) => false,
        };
        match self {
            Self::English => site.languages().filter(english).collect(),
            Self::OtherLanguages => site.languages().filter(|owner| !english(owner)).collect(),
            _ => Vec::new(),
        }
    }

    /// How many phrases of it are seen with a code.
    fn phrases(self, site: &Site<'_>, code: u16) -> usize {
        let rules = self.languages(site).into_iter().flat_map(|language| site.rules_of(language));
        rules.filter(|rule| rule.has_example(code)).count()
    }
}

/// The parts of a code; none where one page has room for all.
pub fn of_code(site: &Site<'_>, code: u16) -> Vec<Part> {
    let spoken = |part| speakers(site, code).iter().any(|(index, _)| Part::of(site.provider(*index).kind) == part);
    let phrases = said_by_any(site, code).count();
    let replies = speakers(site, code).iter().map(|(_, rules)| rules.len()).sum::<usize>() + phrases;
    if replies <= MOST_REPLIES {
        return Vec::new();
    }
    let present = |part: &Part| spoken(*part) || part.phrases(site, code) > 0;
    Part::ALL.into_iter().filter(present).collect()
}

/// The phrases that are seen with a code, English first.
pub fn said_by_any<'s>(site: &'s Site<'_>, code: u16) -> impl Iterator<Item = &'s Rule<'s>> {
    site.languages().flat_map(|language| site.rules_of(language)).filter(move |rule| rule.has_example(code))
}

pub fn pages(site: &Site<'_>, located: &Located<ReplyCode>) -> Vec<Page> {
    let code = &located.value;
    let page = |part: Part| {
        let origin = format!("{}, catalogue/providers/ and catalogue/phrases/", site.origin(&located.place));
        let title = format!("SMTP reply code {}: {}", code.reply, part.title());
        let mut page = Page::new(part.path(code.reply), &origin, &title);
        page.labelled("What to do.", &code.advice);
        let about = page.link(&format!("What {} means", code.reply), &paths::reply_code(code.reply));
        let others = of_code(site, code.reply).into_iter().filter(|other| *other != part);
        let others = others.map(|other| page.link(other.title(), &other.path(code.reply)));
        let links: Vec<String> = std::iter::once(about).chain(others).collect();
        page.paragraph(&links.join(" · "));
        if part.phrases(site, code.reply) > 0 {
            phrases(site, &mut page, part, code.reply);
        } else {
            providers(site, &mut page, part, code.reply);
        }
        page.paragraph(&page.link("Find a reply", paths::INDEX));
        page
    };
    of_code(site, code.reply).into_iter().map(page).collect()
}

fn providers(site: &Site<'_>, page: &mut Page, part: Part, code: u16) {
    let all = speakers(site, code).into_iter();
    let own: Vec<_> = all.filter(|(index, _)| Part::of(site.provider(*index).kind) == part).collect();
    let links = own.iter().map(|(index, rules)| {
        let provider = site.provider(*index);
        format!("[{}](#{}) ({})", text::prose(&provider.name), provider.id, rules.len())
    });
    let links: Vec<String> = links.collect();
    page.paragraph(&links.join(" · "));
    page.reserve(own.iter().map(|(index, _)| site.provider(*index).id.clone()));
    let whole = own.iter().map(|(_, rules)| rules.len()).sum::<usize>() <= WHOLE_ENTRIES;
    own.into_iter().for_each(|(index, rules)| provider_section(site, page, code, index, &rules, whole));
}

fn phrases(site: &Site<'_>, page: &mut Page, part: Part, code: u16) {
    page.paragraph("These mean the same whoever says them.");
    for language in part.languages(site) {
        let own = site.rules_of(language).filter(|rule| rule.has_example(code));
        let lines: Vec<String> = own.map(|rule| entry::line(page, rule, code)).collect();
        if !lines.is_empty() {
            page.heading(2, site.owner_name(language));
            page.list(lines);
        }
    }
}

/// On the code's own page: who says it, each with its anchor, which leads on to the part where its replies are.
pub fn index(site: &Site<'_>, page: &mut Page, code: u16) {
    page.heading(2, "Providers");
    let all = speakers(site, code);
    let (general, particular): (Vec<Part>, Vec<Part>) =
        of_code(site, code).into_iter().partition(|part| part.phrases(site, code) > 0);
    for part in particular {
        let link = page.link(&capitalized(part.title()), &part.path(code));
        let own = all.iter().filter(|(index, _)| Part::of(site.provider(*index).kind) == part);
        let names = own.map(|(index, rules)| {
            let provider = site.provider(*index);
            let target = format!("{}#{}", part.path(code), provider.id);
            let name = page.link(&text::prose(&provider.name), &target);
            format!("<a id=\"{}\"></a>{name} ({})", provider.id, rules.len())
        });
        let names: Vec<String> = names.collect();
        page.paragraph(&format!("**{link}:** {}", names.join(" · ")));
    }
    if !general.is_empty() {
        page.heading(2, "Words that any server may use");
        page.paragraph("These mean the same whoever says them.");
        let lines = general.iter().map(|part| {
            let known = words::count(part.phrases(site, code), "wording", "wordings");
            format!("{}: {known}", page.link(&capitalized(part.title()), &part.path(code)))
        });
        let lines: Vec<String> = lines.collect();
        page.list(lines);
    }
}
