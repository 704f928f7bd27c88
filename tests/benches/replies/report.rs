//! The figures as Markdown tables.

use crate::rounds::Figures;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A table of all engines on one set of replies.
pub fn engines(figures: &[Figures]) -> String {
    let ours = figures.first().map_or(1.0, |figures| figures.mean);
    let mut text = String::from(
        "| engine | replies | ns a reply | median | p99 | MB/s | table bytes | times ours |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for row in figures {
        let bytes = row.table_bytes.map_or_else(|| "-".to_owned(), |bytes| grouped(bytes as f64));
        line(
            &mut text,
            &[
                row.engine.to_owned(),
                row.replies.to_string(),
                grouped(row.mean),
                grouped(row.median),
                grouped(row.p99),
                grouped(row.bytes_per_second / 1e6),
                bytes,
                format!("{:.1}", row.mean / ours),
            ],
        );
    }
    text
}

/// One row of a table.
pub fn line(text: &mut String, cells: &[String]) {
    writeln!(text, "| {} |", cells.join(" | ").replace('\n', " ")).expect("memory");
}

/// `1234567.8` as `1,234,568`; one decimal below ten.
pub fn grouped(value: f64) -> String {
    if value < 9.95 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The machine, its load, the compiler and the date.
pub fn circumstances() -> String {
    let output = |program: &str, argument: &str| {
        let output = Command::new(program).arg(argument).output();
        output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{}; {} with {cores} cores, load {load} at the end of the run; {}.\n",
        output("date", "+%F"),
        model.trim_start_matches(['\t', ':', ' ']),
        output("rustc", "--version"),
    )
}

const START: &str = "<!-- written by the benchmark: start -->\n";
const END: &str = "<!-- written by the benchmark: end -->";

/// Puts the results between the two marks of a page.
pub fn write(page: &Path, results: &str) -> Result<(), String> {
    let text = fs::read_to_string(page).map_err(|error| format!("{}: {error}", page.display()))?;
    let marks = text.find(START).zip(text.find(END)).filter(|(start, end)| start < end);
    let (start, end) = marks.ok_or_else(|| format!("{}: the marks for the results are missing", page.display()))?;
    let text = format!("{}{START}\n{results}\n{}", &text[..start], &text[end..]);
    let temporary = page.with_extension("md.tmp");
    fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, page)).map_err(|error| error.to_string())
}
