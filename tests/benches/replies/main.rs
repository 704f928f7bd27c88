//! How long a reply takes, in our engine and in its peers, on the same rules, in the same run.
//!
//! `cargo bench -p rules-tests --bench replies -- --write` puts the results into `docs/guide/performance.md`, which
//! says how they are obtained.

mod adversary;
mod engines;
mod report;
mod rounds;

use engines::Peers;
use report::{grouped, line};
use rules_runtime::Tables;
use rules_tests::measured::{Catalogue, Set};
use rules_tests::project::root;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let Some(unknown) = arguments.iter().find(|argument| !["--write", "--all-peers"].contains(&argument.as_str())) {
        eprintln!("this benchmark takes `--write` and `--all-peers`, not `{unknown}`");
        std::process::exit(2);
    }
    let is_given = |name: &str| arguments.iter().any(|argument| argument == name);
    let catalogues = Catalogue::all(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("replies"));
    let mut text = String::new();
    let mut add = |part: String| {
        println!("{part}");
        text += &format!("{part}\n");
    };
    add(building(&catalogues));
    for catalogue in &catalogues {
        let all = catalogue.name == "1500" || is_given("--all-peers");
        add(replies(catalogue, if all { Peers::All } else { Peers::Quick }));
    }
    add(adversaries(&catalogues));
    add(report::circumstances());
    if is_given("--write")
        && let Err(error) = report::write(&root().join("docs/guide/performance.md"), text.trim_end())
    {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

/// How long it takes to make tables and to load them.
fn building(catalogues: &[Catalogue]) -> String {
    let mut text = String::from(
        "### Building and loading\n\n| catalogue | rules | templates | compile, s | write pages and Rust, s | `.rules` bytes | load, ms |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for catalogue in catalogues {
        let output = &catalogue.output;
        let start = Instant::now();
        output.files(&catalogue.sources).expect("files");
        let emit = start.elapsed().as_secs_f64();
        let load = || {
            let start = Instant::now();
            Tables::from_bytes(&output.rules_file).expect("tables");
            start.elapsed().as_secs_f64() * 1e3
        };
        let mut loads: Vec<f64> = (0..101).map(|_| load()).collect();
        let templates: usize = output.checked.rules.iter().map(|rule| rule.templates.len()).sum();
        line(
            &mut text,
            &[
                catalogue.name.to_owned(),
                grouped(output.checked.rules.len() as f64),
                grouped(templates as f64),
                format!("{:.2}", catalogue.compile_time.as_secs_f64()),
                format!("{emit:.2}"),
                grouped(output.rules_file.len() as f64),
                format!("{:.3}", rounds::median(&mut loads)),
            ],
        );
    }
    text
}

/// All engines on all sets, with one catalogue.
fn replies(catalogue: &Catalogue, peers: Peers) -> String {
    eprintln!("catalogue {}", catalogue.name);
    let tables = catalogue.tables();
    let mut engines = engines::all(catalogue, &tables, peers);
    let mut text = String::new();
    for set in Set::all(catalogue) {
        let average = set.bytes() as f64 / set.replies.len() as f64;
        writeln!(text, "### Catalogue {}: {}, {average:.0} bytes each\n", catalogue.name, set.name).expect("memory");
        text += &report::engines(&rounds::measure(&mut engines, &set));
        text.push('\n');
    }
    text
}

fn adversaries(catalogues: &[Catalogue]) -> String {
    let mut text = String::from(
        "### Adversarial replies: ns for each byte that is looked at\n\n| catalogue | reply | 1 KiB | 4 KiB | 64 KiB |\n| --- | --- | ---: | ---: | ---: |\n",
    );
    for catalogue in catalogues {
        let tables = catalogue.tables();
        for (name, reply) in adversary::texts(catalogue) {
            let [short, middle, long] = adversary::per_byte(&tables, &reply).map(grouped);
            line(&mut text, &[catalogue.name.to_owned(), name.replace('|', "\\|"), short, middle, long]);
        }
    }
    text
}
