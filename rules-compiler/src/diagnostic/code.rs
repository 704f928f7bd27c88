//! The list of all mistakes.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// Worth a look; a rule can `allow` it with a reason.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($id:ident $variant:ident $name:literal $title:literal)+) => {
        /// What kind of mistake. The id (`E032`) is public and never given to another mistake.
        ///
        /// A new one is a line in this table and a page `explain/E032.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)+
        }

        impl Code {
            /// All of them, by id.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// `E032` for an error, `W001` for a warning.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => stringify!($id),)+ }
            }

            /// In words: `duplicate-id`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// In one line.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// At length, as Markdown: what is wrong, why it matters, how to mend it.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("explain/", stringify!($id), ".md")),)+ }
            }
        }
    };
}

codes! {
    // Files
    E001 Unreadable "unreadable" "a file or folder cannot be read"
    E002 NotUtf8 "not-utf8" "a file is not UTF-8"
    E003 FileTooLarge "file-too-large" "a file is too large"
    E004 UnexpectedFile "unexpected-file" "a file or folder does not belong here"
    E005 MissingFile "missing-file" "a file that every catalogue needs is missing"

    // YAML
    E010 YamlSyntax "yaml-syntax" "a file is not valid YAML"
    E011 YamlAlias "yaml-alias" "anchors and aliases are not used here"
    E012 YamlTag "yaml-tag" "tags are not used here"
    E013 YamlDocuments "yaml-documents" "a file holds more than one document"
    E014 YamlMergeKey "yaml-merge-key" "merge keys are not used here"
    E015 DuplicateKey "duplicate-key" "a key is given twice"
    E016 NestedTooDeep "nested-too-deep" "values are nested too deep"
    E017 KeyNotText "key-not-text" "a key is not plain text"

    // Shape
    E020 UnknownKey "unknown-key" "a key does not exist"
    E021 MissingKey "missing-key" "a key that is required is missing"
    E022 WrongType "wrong-type" "a value is of the wrong type"
    E023 UnknownValue "unknown-value" "a value is not one of those that exist"
    E024 InvalidValue "invalid-value" "a value is not of the form that is needed"
    E025 EmptyFile "empty-file" "a file is empty"

    // Names
    E030 MalformedId "malformed-id" "an id is not lower-case words joined by `-`"
    E031 NotTheFileName "not-the-file-name" "an id differs from the name of its file"
    E032 DuplicateId "duplicate-id" "an id is already taken"
    E033 OwnerNameClash "owner-name-clash" "a provider and a language have the same id"
    E034 MissingCategory "missing-category" "a category that every catalogue needs is missing"

    // References
    E040 UnknownCategory "unknown-category" "a category does not exist"
    E041 UnknownRule "unknown-rule" "a rule does not exist"
    E042 OverItself "over-itself" "a rule is said to beat itself"
    E043 OverCycle "over-cycle" "rules are said to beat each other in a circle"
    E044 OverOtherLevel "over-other-level" "a rule may not beat this one"

    E048 MovedStillThere "moved-still-there" "a rule that is said to be gone is still there"
    E049 MovedFromNowhere "moved-from-nowhere" "a rule that is gone had no page that still exists"

    // Conditions
    E050 NothingToMatch "nothing-to-match" "a rule has nothing to match"
    E051 MxWithoutHosts "mx-without-hosts" "a rule requires MX evidence, and its provider names no hosts"
    E052 MarkerWithoutMarkers "marker-without-markers" "a rule requires a marker, and its provider names none"
    E053 PhraseRequiresProvider "phrase-requires-provider" "a phrase requires evidence of a provider"
    E054 CodeWithoutCodes "code-without-codes" "a rule requires its codes, and names none"

    // Templates and expressions
    E059 MalformedWords "malformed-words" "a list of words cannot be used"
    E060 MalformedTemplate "malformed-template" "a template cannot be read"
    E061 MalformedRegex "malformed-regex" "a regular expression cannot be read"
    E062 RegexMatchesNothing "regex-matches-nothing" "a regular expression matches the empty text"
    E063 TooManyAlternatives "too-many-alternatives" "a rule has too many alternatives"
    E064 TemplateTooLarge "template-too-large" "a template has too many fields or parts"
    E065 RegexTooLarge "regex-too-large" "a regular expression needs too large a table"
    E066 HoleSwallows "hole-swallows" "a hole swallows what stands behind it"
    E067 TooFewLetters "too-few-letters" "a template has too few fixed letters"
    E068 RegexWithoutWords "regex-without-words" "a regular expression has no word to look for"
    E069 UnknownWords "unknown-words" "a list of words does not exist"

    // Facts
    E070 MalformedLink "malformed-link" "a link is not a complete https address"
    E071 MalformedSource "malformed-source" "a source does not say what kind it is"
    E072 MalformedDate "malformed-date" "a date does not exist or is written another way"
    E073 TextTooShort "text-too-short" "a text says too little"
    E074 NoExample "no-example" "a rule has no example"
    E075 EmptyExample "empty-example" "an example is empty"
    E076 MalformedHost "malformed-host" "a host name is malformed"
    E077 SharedHost "shared-host" "the same host name is given twice"
    E079 Blank "blank" "a blank of a scaffold is still to be filled in"

    // Verdicts
    E080 SuppressOutOfScope "suppress-out-of-scope" "a recipient would be struck off for something else"
    E081 UnknownWarning "unknown-warning" "there is no such warning to allow"
    E082 AllowWithoutReason "allow-without-reason" "a warning is allowed without a reason"

    // The whole catalogue
    E090 ExampleAstray "example-astray" "an example is not won by its own rule"
    E091 TooLarge "too-large" "something does not fit into the tables"

    // Proofs
    E100 RuleNeverWins "rule-never-wins" "no reply can reach a rule"
    E101 AmbiguousRules "ambiguous-rules" "two rules that rank alike disagree about a reply"
    E102 ClaimsAnothersWords "claims-anothers-words" "a rule claims what another provider says"

    // Warnings
    W001 InsecureLink "insecure-link" "a link is plain http"
    W002 UnreservedName "unreserved-name" "an example contains a name or an address that may be real"
    W003 SourceWithoutPage "source-without-page" "a documented reply comes without the page that documents it"
    W004 CommentInText "comment-in-text" "a comment cuts a text short"
    W005 UnneededAllow "unneeded-allow" "a warning is allowed that does not occur"

    // How well a rule is written
    W010 LongUnchecked "long-unchecked" "a rule was not compared with its source for two years"
    W011 CheckedInFuture "checked-in-future" "a rule is said to be checked, or to have moved, on a day that is still to come"
    W012 RepeatsReply "repeats-reply" "an explanation only repeats the reply"
    W013 NoAdvice "no-advice" "an explanation does not say what to do"
    W014 SameExplanation "same-explanation" "two rules of a file have the same explanation"
    W015 DoubtfulLink "doubtful-link" "a link is likely to lead nowhere"
    W016 UnusedField "unused-field" "no example shows a field"
    W017 NameSpelling "name-spelling" "a provider's name is spelt in another way"
    W018 AddsNothing "adds-nothing" "a rule says no more than a phrase does"
    W019 RepeatedTemplate "repeated-template" "a rule has the same template twice"
    W020 RepeatedExample "repeated-example" "a rule has the same example twice"
    W021 CodeNotShown "code-not-shown" "no example carries a code that the rule asks for"
    W022 RepeatedEntry "repeated-entry" "a list has the same entry twice"
    W023 UnusedWords "unused-words" "no template uses a list of words"

    // What the proofs could not follow to the end
    W100 ProofCutOff "proof-cut-off" "something could not be proved within bounds"
}

impl Code {
    /// Whether it is an error or a warning.
    #[must_use]
    pub const fn severity(self) -> Severity {
        if self.id().as_bytes()[0] == b'W' { Severity::Warning } else { Severity::Error }
    }

    /// The code with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id() == id)
    }
}
