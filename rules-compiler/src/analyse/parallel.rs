//! Work that can be done in any order, on all processors; its results come in order, so that the outcome is always the same.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Most threads.
const MOST: usize = 16;
/// As many turns are taken at once.
const BLOCK: usize = 32;

/// What comes of each turn, in order.
pub fn each<T: Send>(turns: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
    let threads = processors.min(turns.div_ceil(BLOCK));
    if threads < 2 {
        return (0..turns).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        let mut blocks: Vec<(usize, Vec<T>)> = Vec::new();
        loop {
            let start = next.fetch_add(BLOCK, Ordering::Relaxed);
            if start >= turns {
                return blocks;
            }
            blocks.push((start, (start..turns.min(start + BLOCK)).map(&work).collect()));
        }
    };
    let mut blocks: Vec<(usize, Vec<T>)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
        let mut blocks = some();
        for other in others {
            blocks.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        blocks
    });
    blocks.sort_by_key(|(start, _)| *start);
    blocks.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_come_in_order() {
        for turns in [0, 1, 31, 32, 33, 1_000] {
            assert_eq!(each(turns, |turn| turn * turn), (0..turns).map(|turn| turn * turn).collect::<Vec<_>>());
        }
    }
}
