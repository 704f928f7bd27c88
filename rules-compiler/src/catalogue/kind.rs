//! The kinds of files that a catalogue holds.

use std::path::Path;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `categories.yaml`
    Categories,
    /// `codes/421.yaml`
    Code,
    /// `enhanced.yaml`
    Enhanced,
    /// `phrases/en.yaml`
    Phrases,
    /// `providers/google.yaml`
    Provider,
    /// `moved.yaml`
    Moved,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Categories, Self::Code, Self::Enhanced, Self::Phrases, Self::Provider, Self::Moved];

    /// The kind of a file with this name in a folder of this name; `None` for one that no catalogue has.
    ///
    /// ```
    /// use rules_compiler::catalogue::FileKind;
    ///
    /// assert_eq!(FileKind::of_path("catalogue/providers/google.yaml".as_ref()), Some(FileKind::Provider));
    /// assert_eq!(FileKind::of_path("catalogue/README.md".as_ref()), None);
    /// ```
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
        match (folder, name) {
            (_, "categories.yaml") => Some(Self::Categories),
            (_, "enhanced.yaml") => Some(Self::Enhanced),
            (_, "moved.yaml") => Some(Self::Moved),
            (_, name) if !name.ends_with(".yaml") => None,
            ("codes", _) => Some(Self::Code),
            ("phrases", _) => Some(Self::Phrases),
            ("providers", _) => Some(Self::Provider),
            _ => None,
        }
    }

    /// Whether such files stand under this path in a catalogue's folder.
    pub(crate) fn is_path(self, path: &str) -> bool {
        Self::of_path(path.as_ref()) == Some(self)
    }

    /// The name of its schema, below `catalogue/schema/`.
    #[must_use]
    pub const fn schema(self) -> &'static str {
        match self {
            Self::Categories => "categories.schema.json",
            Self::Code => "code.schema.json",
            Self::Enhanced => "enhanced.schema.json",
            Self::Phrases => "phrases.schema.json",
            Self::Provider => "provider.schema.json",
            Self::Moved => "moved.schema.json",
        }
    }

    /// The way from such a file to its schema.
    #[must_use]
    pub fn path_to_schema(self) -> String {
        let up = if matches!(self, Self::Categories | Self::Enhanced | Self::Moved) { "" } else { "../" };
        format!("{up}schema/{}", self.schema())
    }
}
