//! A mail server that takes up a new catalogue without a restart, while several threads classify.
//!
//! ```sh
//! cargo run -- build --rules catalogue.rules
//! cargo run -p rules-runtime --example swap_rules catalogue.rules
//! ```
//!
//! [`Tables`] borrow from the file's bytes. So the bytes are what is shared, as an `Arc<[u8]>`, and every thread has tables
//! of its own that borrow from its own `Arc`: no memory is leaked, none is freed while it is in use, and no lock is
//! held while a reply is classified. Loading copies nothing and takes less than a millisecond, once for each thread
//! and catalogue.

use rules_runtime::{Classifier, LoadError, Tables};
use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

/// The catalogue in use.
struct Catalogue {
    bytes: RwLock<Arc<[u8]>>,
    /// Counts the catalogues, so that a thread sees cheaply that there is another.
    number: AtomicUsize,
}

impl Catalogue {
    fn new(bytes: Arc<[u8]>) -> Result<Self, LoadError> {
        Tables::from_bytes(&bytes)?;
        Ok(Self { bytes: RwLock::new(bytes), number: AtomicUsize::new(0) })
    }

    /// Puts another catalogue in the place of this one. A file that is not in order changes nothing.
    fn swap(&self, bytes: Arc<[u8]>) -> Result<(), LoadError> {
        Tables::from_bytes(&bytes)?;
        *self.bytes.write().unwrap_or_else(PoisonError::into_inner) = bytes;
        self.number.fetch_add(1, Ordering::Release);
        Ok(())
    }

    fn bytes(&self) -> Arc<[u8]> {
        Arc::clone(&self.bytes.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a thread of the server does: classifies, and takes up each new catalogue between two replies.
///
/// `next` gives the replies; `seen` hears of each verdict's rule, and of the catalogue's version.
fn serve(
    catalogue: &Catalogue,
    mut next: impl FnMut() -> Option<Vec<u8>>,
    mut seen: impl FnMut(&str, Option<&str>),
) -> Result<(), LoadError> {
    let mut reply = next();
    while reply.is_some() {
        let number = catalogue.number.load(Ordering::Acquire);
        let bytes = catalogue.bytes();
        let tables = Tables::from_bytes(&bytes)?;
        let classifier = Classifier::new(&tables);
        while catalogue.number.load(Ordering::Acquire) == number {
            let Some(text) = reply else { return Ok(()) };
            seen(tables.version(), classifier.classify(&text).rule().map(|rule| rule.id()));
            reply = next();
        }
    }
    Ok(())
}

const THREADS: usize = 4;
const SWAPS: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: swap_rules FILE.rules")?;
    let catalogue = Catalogue::new(std::fs::read(&path)?.into())?;
    let (done, classified) = (AtomicBool::new(false), AtomicUsize::new(0));
    let replies = || (!done.load(Ordering::Relaxed)).then(|| b"452 4.2.2 The mailbox is full".to_vec());
    let seen = |_: &str, _: Option<&str>| _ = classified.fetch_add(1, Ordering::Relaxed);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(|| serve(&catalogue, replies, seen))).collect();
        let swapped = swap_often(&catalogue, &path, &classified);
        done.store(true, Ordering::Relaxed);
        for thread in threads {
            thread.join().expect("a thread that does not panic")?;
        }
        swapped
    })?;
    println!("{} swaps, {} replies of {THREADS} threads", catalogue.number.into_inner(), classified.into_inner());
    Ok(())
}

/// Reads the file again and again, as a server does that is told to (SIGHUP) or sees that it changed.
fn swap_often(catalogue: &Catalogue, path: &std::ffi::OsStr, classified: &AtomicUsize) -> Result<(), Box<dyn Error>> {
    for _ in 0..SWAPS {
        let before = classified.load(Ordering::Relaxed);
        catalogue.swap(std::fs::read(path)?.into())?;
        while classified.load(Ordering::Relaxed) == before {
            thread::yield_now();
        }
    }
    // Half a file, as it may be met while it is copied: it is refused, and the threads go on with the one they have.
    let whole = catalogue.bytes();
    let half = catalogue.swap(whole.split_at(whole.len() / 2).0.into());
    println!("half a file: {}", half.expect_err("half a file is refused"));
    Ok(())
}
