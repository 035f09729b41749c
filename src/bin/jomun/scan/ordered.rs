//! Work on several threads whose results come out in the order of the input, with never more than a window of them
//! in memory.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// As deep as the main thread of most systems: nested documents are read on these threads.
const STACK: usize = 16 << 20;

/// Does `work` on every item on up to `jobs` threads and hands the results to `sink` in the items' order. At most
/// `2 * jobs` items are begun and not yet handed over. When the sink breaks, what is begun is finished and dropped.
pub fn ordered<T: Send, R: Send>(
    jobs: NonZeroUsize,
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> ControlFlow<()>,
) -> std::io::Result<()> {
    let window = jobs.get() * 2;
    let (task, tasks) = mpsc::channel::<(usize, T)>();
    let (result, results) = mpsc::channel::<(usize, R)>();
    let tasks = Mutex::new(tasks);
    thread::scope(|scope| {
        // Moved in, so that it is gone when the scope's closure returns and the workers stop.
        let task = task;
        for _ in 0..jobs.get() {
            let (tasks, work, result) = (&tasks, &work, result.clone());
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                loop {
                    let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, item)) = next else { break };
                    if result.send((number, work(item))).is_err() {
                        break;
                    }
                }
            })?;
        }
        drop(result);
        let mut items = items.enumerate();
        let mut waiting = BTreeMap::new();
        let (mut begun, mut handed) = (0, 0);
        loop {
            while begun - handed < window
                && let Some(next) = items.next()
            {
                begun += 1;
                if task.send(next).is_err() {
                    return Ok(());
                }
            }
            if begun == handed {
                return Ok(());
            }
            let Ok((number, done)) = results.recv() else { return Ok(()) };
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&handed) {
                handed += 1;
                if sink(done).is_break() {
                    return Ok(());
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_keep_the_order_and_the_window() {
        let (alive, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut got = Vec::new();
        let items = (0..50_u64).inspect(|_| {
            most.fetch_max(alive.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        });
        let work = |n: u64| {
            thread::sleep(Duration::from_millis((n * 7) % 5));
            n * n
        };
        ordered(NonZeroUsize::new(3).unwrap(), items, work, |n| {
            alive.fetch_sub(1, Ordering::SeqCst);
            got.push(n);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(got, (0..50_u64).map(|n| n * n).collect::<Vec<_>>());
        assert!(most.into_inner() <= 6);
    }

    #[test]
    fn a_sink_that_breaks_ends_the_run() {
        let mut got = 0;
        ordered(
            NonZeroUsize::MIN,
            0..1000,
            |n| n,
            |_| {
                got += 1;
                if got == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        )
        .unwrap();
        assert_eq!(got, 3);
    }
}
