//! The closed vocabularies of a verdict.

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every value, in the vocabulary's order.
            pub const ALL: [Self; [$(Self::$variant),+].len()] = [$(Self::$variant),+];

            /// The name in YAML, in JSON and in the documentation.
            ///
            /// ```
            #[doc = concat!("let name = rules_runtime::", stringify!($name), "::ALL[0].name();")]
            #[doc = concat!("assert_eq!(rules_runtime::", stringify!($name), "::from_name(name), Some(rules_runtime::", stringify!($name), "::ALL[0]));")]
            /// ```
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The value of that name. [`name`](Self::name) shows it.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }

            /// The value at that place of [`ALL`](Self::ALL), as tables and other languages know it.
            ///
            /// ```
            #[doc = concat!("assert_eq!(rules_runtime::", stringify!($name), "::from_index(0), Some(rules_runtime::", stringify!($name), "::ALL[0]));")]
            /// ```
            #[must_use]
            pub const fn from_index(index: u8) -> Option<Self> {
                if (index as usize) < Self::ALL.len() { Some(Self::ALL[index as usize]) } else { None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

vocabulary! {
    /// Whether a later attempt may succeed.
    Permanence {
        /// The same attempt will fail again.
        Permanent = "permanent",
        /// A later attempt may succeed.
        Transient = "transient",
        /// Nothing failed.
        None = "none",
        /// Neither the words nor a code tell.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What the sender should do.
    Action {
        /// Nothing: the mail was taken.
        None = "none",
        /// Try again later.
        Retry = "retry",
        /// Send fewer messages, connections or recipients, then try again.
        SlowDown = "slow-down",
        /// Try from another address or through another host.
        RetryElsewhere = "retry-elsewhere",
        /// Do not write to this recipient again.
        Suppress = "suppress",
        /// Change the message.
        FixMessage = "fix-message",
        /// Change the sender's set-up: DNS, authentication, TLS, addresses.
        FixSender = "fix-sender",
        /// Ask the block list or the provider for delisting.
        RequestDelisting = "request-delisting",
        /// A person must look at it.
        Review = "review",
    }
}

vocabulary! {
    /// What a verdict is about.
    Scope {
        /// This one message.
        Message = "message",
        /// The recipient's mailbox or address.
        Recipient = "recipient",
        /// The recipient's domain.
        RecipientDomain = "recipient-domain",
        /// The sender's address or account.
        Sender = "sender",
        /// The sender's domain.
        SenderDomain = "sender-domain",
        /// The sending IP address.
        SenderIp = "sender-ip",
        /// The connection or session.
        Connection = "connection",
        /// The receiving system.
        Receiver = "receiver",
    }
}

vocabulary! {
    /// Whether to strike the recipient off the list.
    ///
    /// Never anything but [`No`](Suppress::No) unless the verdict's [`Scope`] is the recipient or the recipient's domain.
    Suppress {
        /// No: the recipient is not to blame.
        No = "no",
        /// When the same happens again over several days.
        IfRepeated = "if-repeated",
        /// At once.
        Yes = "yes",
    }
}

vocabulary! {
    /// What a verdict rests on, the strongest first.
    Basis {
        /// A rule for a provider, a server software or a block list.
        ProviderRule = "provider-rule",
        /// Words that mean the same whoever says them.
        Phrase = "phrase",
        /// The enhanced status code (RFC 3463) alone.
        EnhancedCode = "enhanced-code",
        /// The reply code (RFC 5321, section 4.2) alone.
        BasicCode = "basic-code",
        /// Nothing: the verdict is [`Category::Unclassified`](crate::Category::Unclassified).
        Nothing = "nothing",
    }
}

vocabulary! {
    /// The command that was answered.
    Stage {
        /// The greeting, before any command.
        Connect = "connect",
        /// EHLO, HELO or LHLO.
        Ehlo = "ehlo",
        /// STARTTLS.
        Starttls = "starttls",
        /// AUTH.
        Auth = "auth",
        /// MAIL FROM.
        Mail = "mail",
        /// RCPT TO.
        Rcpt = "rcpt",
        /// DATA.
        Data = "data",
        /// The end of the message.
        EndOfData = "end-of-data",
    }
}

vocabulary! {
    /// What a field of a reply holds.
    FieldType {
        /// An IPv4 or IPv6 address.
        Ip = "ip",
        /// A host name or the argument of HELO.
        Host = "host",
        /// A domain name with at least one dot.
        Domain = "domain",
        /// An e-mail address, without angle brackets.
        Email = "email",
        /// A link.
        Url = "url",
        /// Digits, with `,` and `.` between them.
        Number = "number",
        /// One word: an id, a code, a queue's name.
        Token = "token",
        /// A date, a time or both.
        Date = "date",
        /// Any text.
        Text = "text",
    }
}

vocabulary! {
    /// What a provider does.
    ProviderKind {
        /// Hosts mailboxes.
        Mailbox = "mailbox",
        /// Filters mail before it reaches the mailbox host.
        Gateway = "gateway",
        /// Mail server software.
        Mta = "mta",
        /// Forwards mail to addresses elsewhere.
        Forwarder = "forwarder",
        /// Sends mail for others.
        Esp = "esp",
        /// Publishes lists of addresses or domains.
        Blocklist = "blocklist",
    }
}

impl ProviderKind {
    /// Whether a provider of this kind answers SMTP itself, so that a verdict can name it as the one who spoke.
    ///
    /// Software and block lists do not: their words are spoken by whoever runs or asks them.
    ///
    /// ```
    /// use rules_runtime::ProviderKind;
    /// assert!(ProviderKind::Mailbox.speaks());
    /// assert!(!ProviderKind::Blocklist.speaks());
    /// ```
    #[must_use]
    pub const fn speaks(self) -> bool {
        !matches!(self, Self::Mta | Self::Blocklist)
    }
}
