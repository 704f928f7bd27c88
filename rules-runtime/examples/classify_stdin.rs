//! Reads one reply a line and says what each means.
//!
//! ```sh
//! grep -o 'said: .*' /var/log/mail.log | cargo run -p rules-runtime --example classify_stdin
//! ```
//!
//! With the name of a `.rules` file, that catalogue is used instead of the one that is compiled in.

use rules_runtime::{Classifier, Tables, Verdict};
use std::error::Error;
use std::io::{self, BufRead, BufWriter, ErrorKind, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).map(std::fs::read).transpose()?;
    let loaded = file.as_deref().map(Tables::from_bytes).transpose()?;
    let classifier = match &loaded {
        Some(tables) => Classifier::new(tables),
        None => Classifier::builtin(),
    };
    match classify(&classifier, io::stdin().lock(), BufWriter::new(io::stdout().lock())) {
        // Who reads us, such as `head`, has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// One line of output for each line of input, which need not be UTF-8.
fn classify(classifier: &Classifier<'_>, mut replies: impl BufRead, mut out: impl Write) -> io::Result<()> {
    let mut reply = Vec::new();
    while replies.read_until(b'\n', &mut reply)? > 0 {
        print(&classifier.classify(&reply), &mut out)?;
        reply.clear();
    }
    out.flush()
}

fn print(verdict: &Verdict<'_>, out: &mut impl Write) -> io::Result<()> {
    let rule = verdict.rule().map_or("-", |rule| rule.id());
    let (category, permanence, action) = (verdict.category(), verdict.permanence(), verdict.action());
    write!(out, "{category}\t{permanence}\t{action}\t{rule}")?;
    for (name, _, value) in verdict.fields() {
        write!(out, "\t{name}={}", value.escape_ascii())?;
    }
    writeln!(out)
}
