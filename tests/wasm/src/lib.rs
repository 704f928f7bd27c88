//! The classifier for a page in a browser.
//!
//! The page writes a reply and the name of the host that answered into [`input`], one behind the other, calls [`classify`],
//! and reads one JSON object from [`output`]. It has the keys of `rules classify --format json`, and a few that a person
//! wants to see. A field's value is given as the range of bytes of the reply, so that the page can mark it.

#![no_std]

mod json;

use core::cell::UnsafeCell;
use json::Json;
use rules_runtime::{Classifier, Permanence, Stage, Verdict};

/// Bytes that a reply and a host name may have together.
const CAPACITY: usize = 64 * 1024;

/// Memory that the page and the module share.
struct Shared(UnsafeCell<[u8; CAPACITY]>);

// SAFETY: the module is single-threaded, and the page touches the memory only between calls.
unsafe impl Sync for Shared {}

static INPUT: Shared = Shared(UnsafeCell::new([0; CAPACITY]));
static OUTPUT: Shared = Shared(UnsafeCell::new([0; CAPACITY]));

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Where the page writes.
#[unsafe(no_mangle)]
pub extern "C" fn input() -> *mut u8 {
    INPUT.0.get().cast()
}

/// How much it may write.
#[unsafe(no_mangle)]
pub extern "C" fn capacity() -> usize {
    CAPACITY
}

/// Where the page reads.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.0.get().cast()
}

/// Classifies the reply in the first `reply` bytes of the input, given by the host named in the `host` bytes behind it, in
/// answer to the command with the number `stage` (of [`Stage::ALL`]; any other number where it is not known). Returns the
/// length of the answer; 0 where it does not fit.
#[unsafe(no_mangle)]
pub extern "C" fn classify(reply: usize, host: usize, stage: usize) -> usize {
    // SAFETY: one thread, and no other reference to either static lives across this call.
    let (input, output) = unsafe { (&*INPUT.0.get(), &mut *OUTPUT.0.get()) };
    let Some((reply, rest)) = input.split_at_checked(reply) else { return 0 };
    let host = rest.get(..host).and_then(|host| core::str::from_utf8(host).ok()).unwrap_or_default();
    let mut classifier = Classifier::builtin();
    if !host.is_empty() {
        classifier = classifier.mx(host);
    }
    if let Some(stage) = Stage::ALL.get(stage) {
        classifier = classifier.stage(*stage);
    }
    let mut json = Json::new(output);
    write(&mut json, reply, &classifier.classify(reply));
    json.length()
}

fn write(json: &mut Json<'_>, reply: &[u8], verdict: &Verdict<'_>) {
    json.open();
    json.text("category", Some(verdict.category().name()));
    let permanence = Some(verdict.permanence()).filter(|permanence| *permanence != Permanence::Unknown);
    json.text("permanence", permanence.map(Permanence::name));
    json.text("action", Some(verdict.action().name()));
    json.text("scope", Some(verdict.scope().name()));
    json.text("suppress", Some(verdict.suppress().name()));
    json.text("provider", verdict.provider().map(|provider| provider.id()));
    json.text("rule", verdict.rule().map(|rule| rule.id()));
    json.text("basis", Some(verdict.basis().name()));
    json.number("reply", verdict.reply_code().map(u64::from));
    json.shown("status", verdict.enhanced_code());
    json.number("retry_after", verdict.retry_after().map(|wait| wait.as_secs()));
    json.text("title", Some(verdict.category().title()));
    json.text("provider_name", verdict.provider().map(|provider| provider.name()));
    json.text("explanation", verdict.rule().map(|rule| rule.explanation()));
    json.text("page", verdict.rule().map(|rule| rule.docs_path()));
    json.list("fields");
    for (name, kind, value) in verdict.fields() {
        let start = value.as_ptr() as usize - reply.as_ptr() as usize;
        json.open();
        json.text("name", Some(name));
        json.text("type", Some(kind.name()));
        json.number("start", Some(start as u64));
        json.number("end", Some((start + value.len()) as u64));
        json.close();
    }
    json.end_list();
    json.close();
}
