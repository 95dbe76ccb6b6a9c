//! The same work on many things, on all cores.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// From how many things on a thread more is worth its start.
const SHARE: usize = 16;

/// The results, in the order of the things.
pub fn parallel<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    parallel_on(thread::available_parallelism().map_or(1, usize::from), things, work)
}

/// As [`parallel`], on so many threads: more than there are cores where the work waits for a disk.
pub(crate) fn parallel_on<T: Sync, R: Send>(threads: usize, things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let threads = threads.min(things.len().div_ceil(SHARE));
    let run = || {
        let mut done = Vec::new();
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(position) else { break done };
            done.push((position, work(thing)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        done.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))));
        done
    });
    done.sort_unstable_by_key(|(position, _)| *position);
    done.into_iter().map(|(_, result)| result).collect()
}
