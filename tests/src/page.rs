//! The published page about code 421 (`shared/seeds`): its replies, with their variable parts marked, and what each means.

use crate::guises::Wire;

/// A reply of the page.
#[derive(Debug, Clone, Copy)]
pub struct PageReply {
    /// The reply code; two of Google's are published without one.
    pub code: Option<u16>,
    /// The enhanced status code.
    pub status: Option<&'static str>,
    /// The text, with `{ip}` and the like in the place of its variable parts.
    pub text: &'static str,
    /// The variable parts as published, in order.
    pub published: &'static [&'static str],
    /// The rule that must win.
    pub rule: &'static str,
    /// What it means.
    pub category: &'static str,
    /// A host of the provider's, where the words alone do not tell who speaks.
    pub mx: Option<&'static str>,
    /// The fields: name and value, where `{ip}` and the like stand for the variable part. A value that the publisher
    /// left out is not reported.
    pub fields: &'static [(&'static str, &'static str)],
}

const BARE: PageReply = PageReply {
    code: Some(421),
    status: None,
    text: "",
    published: &[],
    rule: "",
    category: "",
    mx: None,
    fields: &[],
};

/// The page's replies, in its order.
pub const REPLIES: [PageReply; 22] = [
    PageReply {
        text: "Temporary failure, please try again later.",
        rule: "barracuda/temporary-failure",
        category: "service-unavailable",
        mx: Some("d100001a.ess.barracudanetworks.com"),
        ..BARE
    },
    PageReply {
        code: Some(422),
        text: "License Expired",
        rule: "barracuda/license-expired",
        category: "system-error",
        ..BARE
    },
    PageReply {
        text: "Service Temporarily Unavailable",
        rule: "symantec-email-security-cloud/service-temporarily-unavailable",
        category: "service-unavailable",
        mx: Some("cluster5.us.messagelabs.com"),
        ..BARE
    },
    PageReply {
        status: Some("4.3.2"),
        text: "The maximum number of concurrent connections per resource forest has exceeded a limit, closing transmission channel. {domain}. PRX8 [{domain}]",
        published: &["example.com", "example.com"],
        rule: "exchange-online/resource-forest-connection-limit",
        category: "too-many-connections",
        ..BARE
    },
    PageReply {
        text: "Connection refused, too many sessions from {ip}. Please lower the number of concurrent sessions. IB007 <https://www.secureserver.net/help/fix-rejected-email-with-a-bounce-error-40685?pl_id=3153&prog_id=3153#rlb",
        published: &["$(_ipsrc)"],
        rule: "godaddy/ib007",
        category: "too-many-connections",
        fields: &[("ip", "{ip}"), ("code", "IB007")],
        ..BARE
    },
    PageReply {
        text: "Server temporarily unavailable. Try again later. IB101",
        rule: "godaddy/ib101",
        category: "service-unavailable",
        fields: &[("code", "IB101")],
        ..BARE
    },
    PageReply {
        text: "Temporarily rejected. Reverse DNS for {ip} failed. IB108",
        published: &["$(_ipsrc)"],
        rule: "godaddy/ib108",
        category: "reverse-dns",
        fields: &[("ip", "{ip}"), ("code", "IB108")],
        ..BARE
    },
    PageReply {
        status: Some("4.7.0"),
        text: "[{ip}] Our system has detected that this message is suspicious due to the very low reputation of the sending domain. To best protect our users from spam, the message has been blocked. Please visit https://support.google.com/mail/answer/188131 for more information. - gsmtp",
        published: &["x.xx.xx.xx"],
        rule: "google/low-domain-reputation",
        category: "domain-reputation",
        fields: &[("ip", "{ip}"), ("url", "https://support.google.com/mail/answer/188131")],
        ..BARE
    },
    PageReply {
        status: Some("4.7.0"),
        text: "[{ip}] Our system has detected that this message is suspicious due to the nature of the content and/or the links within. To best protect our users from spam, the message has been blocked. Please visit https://support.google.com/mail/answer/188131 for more information. - gsmtp",
        published: &["x.xx.xx.xx"],
        rule: "google/suspicious-content",
        category: "spam-content",
        fields: &[("ip", "{ip}"), ("url", "https://support.google.com/mail/answer/188131")],
        ..BARE
    },
    PageReply {
        status: Some("4.7.28"),
        text: "[{ip}] Our system has detected an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been temporarily rate limited. Please visit https://support.google.com/mail/?p=UnsolicitedRateLimitError to review our Bulk Email Senders Guidelines. - gsmtp",
        published: &["x.xx.xx.xx"],
        rule: "google/unsolicited-rate-from-ip",
        category: "rate-limited",
        fields: &[("ip", "{ip}"), ("url", "https://support.google.com/mail/?p=UnsolicitedRateLimitError")],
        ..BARE
    },
    PageReply {
        code: None,
        status: Some("4.7.26"),
        text: "This mail has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. Authentication results: DKIM = did not pass. SPF {domain} with ip: {ip} = did not pass",
        published: &["example.com", "x.x.x.x"],
        rule: "google/unauthenticated-rate-limited",
        category: "sender-authentication",
        fields: &[("domain", "{domain}"), ("ip", "{ip}")],
        ..BARE
    },
    PageReply {
        code: None,
        status: Some("4.7.32"),
        text: "This mail has been rate limited because there is no DMARC alignment",
        rule: "google/no-dmarc-alignment-rate-limited",
        category: "sender-authentication",
        ..BARE
    },
    PageReply {
        status: Some("4.3.2"),
        text: "Service not available [outlook.com]",
        rule: "outlook-com/service-not-available",
        category: "service-unavailable",
        ..BARE
    },
    PageReply {
        status: Some("4.1.1"),
        text: "<{email}>: Recipient address rejected: unverified address: host {domain}[{ip}] said: 450 4.1.1 <{email}>: Recipient address rejected: unverified address: lost connection with {host}[{ip}] while sending RCPT TO (in reply to RCPT TO command)",
        published: &[
            "email@example.com",
            "example.com",
            "x.xx.xx.xx",
            "email@example.com",
            "mail.example.com",
            "x.xx.xx.xx",
        ],
        rule: "proofpoint/address-verification-failed-downstream",
        category: "system-error",
        fields: &[("recipient", "{email}"), ("host", "{domain}"), ("ip", "{ip}")],
        ..BARE
    },
    PageReply {
        status: Some("4.1.1"),
        text: "<{email}>: Recipient address rejected: unverified address: Address verification in progress",
        published: &["email@example.com"],
        rule: "proofpoint/address-verification-in-progress",
        category: "system-error",
        fields: &[("recipient", "{email}")],
        ..BARE
    },
    PageReply {
        text: "Too many concurrent connections from this client (G2)",
        rule: "rackspace/g2",
        category: "too-many-connections",
        fields: &[("code", "G2")],
        ..BARE
    },
    PageReply {
        text: "Service not available, closing transmission channel",
        rule: "yahoo/service-not-available",
        category: "service-unavailable",
        mx: Some("mta6.am0.yahoodns.net"),
        ..BARE
    },
    PageReply {
        text: "Max message per connection reached, closing transmission channel",
        rule: "yahoo/messages-per-connection",
        category: "too-many-connections",
        mx: Some("mta6.am0.yahoodns.net"),
        ..BARE
    },
    PageReply {
        status: Some("4.7.0"),
        text: "[TSS04] Messages from {ip} temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
        published: &["0.0.0.0"],
        rule: "yahoo/tss04",
        category: "rate-limited",
        fields: &[("code", "TSS04"), ("ip", "{ip}"), ("url", "https://postmaster.yahooinc.com/error-codes")],
        ..BARE
    },
    PageReply {
        status: Some("4.4.2"),
        text: "{yandex} Error: timeout exceeded",
        published: &["mail.yandex.net"],
        rule: "yandex/timeout-exceeded",
        category: "connection-failed",
        ..BARE
    },
    PageReply {
        status: Some("4.7.0"),
        text: "{me} Error: too many errors",
        published: &["me.com"],
        rule: "apple/too-many-errors",
        category: "protocol-error",
        ..BARE
    },
    PageReply {
        status: Some("4.7.1"),
        text: "Messages to {email} deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137",
        published: &["example@icloud.com"],
        rule: "apple/recipient-excessive-volume",
        category: "rate-limited",
        fields: &[("recipient", "{email}")],
        ..BARE
    },
];

/// Values for the variable parts.
const VALUES: [[(&str, &str); 6]; 4] = [
    [
        ("{ip}", "198.51.100.200"),
        ("{host}", "mx7.example.org"),
        ("{domain}", "example.org"),
        ("{email}", "jane.doe@example.org"),
        ("{yandex}", "mxfront12o.mail.yandex.net"),
        ("{me}", "p00-icloudmta-smtpin-us-central-1k-100-percent-12.me.com"),
    ],
    [
        ("{ip}", "2001:db8:85a3::8a2e:370:7334"),
        ("{host}", "relay-3.mail.example.net"),
        ("{domain}", "news-letter.example.net"),
        ("{email}", "obrien+tag=1@sub.example.net"),
        ("{yandex}", "iva4-0123abcd.qloud-c.yandex.net"),
        ("{me}", "icloud.com"),
    ],
    [
        ("{ip}", "8.8.8.8"),
        ("{host}", "a.b.c.d.example.com"),
        ("{domain}", "xn--bcher-kva.example"),
        ("{email}", "1@example.com"),
        ("{yandex}", "mail.yandex.net"),
        ("{me}", "me.com"),
    ],
    [
        ("{ip}", "fe80::1"),
        ("{host}", "mail"),
        ("{domain}", "421.example.com"),
        ("{email}", "421.4.7.0@example.com"),
        ("{yandex}", "yandex.net"),
        ("{me}", "mac.com"),
    ],
];

/// A reply of the page, filled in, and what must come of it.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The reply.
    pub wire: Wire,
    /// Of the page.
    pub of: &'static PageReply,
    /// Its fields.
    pub fields: Vec<(String, String)>,
}

impl PageReply {
    /// The provider.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.rule.split('/').next().unwrap_or_default()
    }

    /// As the page has it.
    #[must_use]
    pub fn as_published(&'static self) -> Expected {
        let mut text = self.text.to_owned();
        let mut values = Vec::new();
        for value in self.published {
            let start = text.find('{').expect("a variable part for each value");
            let end = start + text[start..].find('}').expect("the end of a variable part") + 1;
            values.push((text[start..end].to_owned(), *value));
            text.replace_range(start..end, value);
        }
        let value = |hole: &str| values.iter().find(|(name, _)| name == hole).map(|(_, value)| *value);
        // The publisher's stand-ins are no values. `x.xx.xx.xx` may be a masked address, but tells nothing either.
        let given = |value: &&str| !value.starts_with(['$', 'x']);
        let fields = self.fields.iter().filter_map(|(name, hole)| {
            let value = if hole.starts_with('{') { value(hole).filter(given)? } else { hole };
            Some(((*name).to_owned(), value.to_owned()))
        });
        Expected { fields: fields.collect(), wire: self.wire(text), of: self }
    }

    /// With other values in its variable parts.
    #[must_use]
    pub fn changed(&'static self) -> Vec<Expected> {
        if self.published.is_empty() {
            return Vec::new();
        }
        let with = |values: &[(&str, &str)]| {
            let fill =
                |text: &str| values.iter().fold(text.to_owned(), |text, (hole, value)| text.replace(hole, value));
            let fields = self.fields.iter().map(|(name, value)| ((*name).to_owned(), fill(value)));
            Expected { wire: self.wire(fill(self.text)), of: self, fields: fields.collect() }
        };
        VALUES.iter().map(|values| with(values)).collect()
    }

    fn wire(&self, text: String) -> Wire {
        Wire { code: self.code, status: self.status, text }
    }
}

/// Every reply as published and with its variable parts changed; those without a code once more with one.
#[must_use]
pub fn all() -> Vec<Expected> {
    let mut all: Vec<Expected> =
        REPLIES.iter().flat_map(|reply| std::iter::once(reply.as_published()).chain(reply.changed())).collect();
    let without_code = all.iter().filter(|expected| expected.wire.code.is_none()).cloned();
    let with_code = without_code.map(|mut expected| {
        expected.wire.code = Some(421);
        expected
    });
    let with_code: Vec<Expected> = with_code.collect();
    all.extend(with_code);
    all
}
