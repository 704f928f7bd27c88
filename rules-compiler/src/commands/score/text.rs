//! A score for a person.

use anstyle::Style;
use rules_compiler::score::{Count, Score};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes it.
pub fn show(out: &mut impl Write, score: &Score) -> io::Result<()> {
    summary(out, score)?;
    table(out, "category", &score.categories)?;
    table(out, "provider", &score.providers)?;
    if !score.confusions.is_empty() {
        title(out, "Taken for another")?;
        for confusion in &score.confusions {
            writeln!(out, "{:>6}  {} for {}", confusion.count, confusion.said, confusion.wanted)?;
        }
    }
    if !score.examples.is_empty() {
        title(out, "Examples, the worst first")?;
    }
    for example in &score.examples {
        let rule = example.rule.as_deref().unwrap_or("no rule");
        writeln!(out, "{} {}: {}, wanted {} ({rule})", example.problem, example.id, example.said, example.wanted)?;
        writeln!(out, "    {}", one_line(&example.text))?;
    }
    Ok(())
}

fn summary(out: &mut impl Write, score: &Score) -> io::Result<()> {
    let Count { total, right, wrong, silent } = score.count;
    let bold = Style::new().bold();
    writeln!(out, "{bold}{total} replies{bold:#}")?;
    let mut row = |label: &str, parts: &[(&str, usize)], of: usize| {
        let parts: Vec<String> =
            parts.iter().map(|(what, number)| format!("{number} {what} ({})", percent(*number, of))).collect();
        writeln!(out, "{label:<20}{}", parts.join(", "))
    };
    row("category", &[("right", right), ("wrong", wrong), ("silent", silent)], total)?;
    let permanence = score.permanence;
    let label = format!("permanence of {}", permanence.labelled);
    row(&label, &[("right", permanence.right), ("wrong", permanence.wrong)], permanence.labelled)?;
    let provider = score.provider;
    let parts = [("right", provider.right), ("wrong", provider.wrong), ("silent", provider.silent)];
    row(&format!("provider of {}", provider.labelled), &parts, provider.labelled)?;
    writeln!(out, "{:<20}{} where the label names none", "", provider.invented)?;
    writeln!(out, "{:<20}{}", "false suppressions", score.false_suppressions)
}

fn table(out: &mut impl Write, what: &str, rows: &BTreeMap<String, Count>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    title(out, &format!("{:<28}{:>6}{:>7}{:>7}{:>7}", format!("By {what}"), "all", "right", "wrong", "silent"))?;
    for (name, Count { total, right, wrong, silent }) in rows {
        writeln!(out, "{name:<28}{total:>6}{right:>7}{wrong:>7}{silent:>7}")?;
    }
    Ok(())
}

fn title(out: &mut impl Write, text: &str) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "\n{bold}{text}{bold:#}")
}

fn percent(part: usize, total: usize) -> String {
    if total == 0 { "-".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / total as f64) }
}

/// Text on one line, without control characters that could steer a terminal.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
