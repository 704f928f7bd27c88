//! The counts that later ones are held against.

use rules_tests::project::root;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

/// By how many percent a count may differ.
pub const TOLERANCE: u64 = 5;

/// Counts, and the compiler that made the program they were counted in.
#[derive(Debug)]
pub struct Baseline {
    pub compiler: String,
    /// Instructions a reply, by catalogue and set.
    pub counts: BTreeMap<String, u64>,
}

/// How counts compare with the baseline, where none is too high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Within,
    Fewer,
}

/// The compiler's version; other versions make other instructions.
pub fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or_else(
        |_| "an unknown rustc".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

fn path() -> PathBuf {
    root().join("tests/data/instructions.json")
}

impl Baseline {
    pub fn read() -> Result<Self, String> {
        let path = path();
        let wrong = |error: String| format!("{}: {error}; `-- --renew` writes it", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
        let value: Value = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let compiler = value["compiler"].as_str().ok_or_else(|| wrong("no `compiler`".to_owned()))?.to_owned();
        let counts = value["instructions"].as_object().ok_or_else(|| wrong("no `instructions`".to_owned()))?;
        let counts = counts.iter().filter_map(|(name, count)| Some((name.clone(), count.as_u64()?))).collect();
        Ok(Self { compiler, counts })
    }

    pub fn write(&self) -> Result<(), String> {
        let counts: Map<String, Value> = self.counts.iter().map(|(name, count)| (name.clone(), json!(count))).collect();
        let value = json!({ "compiler": self.compiler, "instructions": counts });
        let text = serde_json::to_string_pretty(&value).expect("plain values") + "\n";
        let (path, temporary) = (path(), path().with_extension("tmp"));
        std::fs::write(&temporary, text)
            .and_then(|()| std::fs::rename(&temporary, &path))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{} written", path.display());
        Ok(())
    }

    /// Shows counts beside those of the baseline; where they are compared, one that is too high is an error.
    pub fn compare(&self, counts: &BTreeMap<String, u64>, strict: bool) -> Result<Verdict, String> {
        let mut verdict = Verdict::Within;
        let mut higher = Vec::new();
        for (name, count) in counts {
            let Some(before) = self.counts.get(name) else {
                println!("{name}: {count} instructions a reply; not in the baseline");
                continue;
            };
            println!("{name}: {count} instructions a reply; baseline {before}");
            if count * 100 > before * (100 + TOLERANCE) {
                higher.push(name.as_str());
            } else if count * 100 < before * (100 - TOLERANCE) {
                verdict = Verdict::Fewer;
            }
        }
        for name in self.counts.keys().filter(|name| !counts.contains_key(*name)) {
            println!("SKIPPED: {name}: in the baseline, but not counted here");
        }
        if strict && !higher.is_empty() {
            let names = higher.join(", ");
            return Err(format!("more than {TOLERANCE} % above the baseline: {names}; if that is meant, `--renew` it"));
        }
        Ok(verdict)
    }
}
