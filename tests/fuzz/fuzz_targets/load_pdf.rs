#![no_main]

#[path = "../targets.rs"]
mod targets;

use std::panic;
use std::sync::Once;

static HOOK: Once = Once::new();

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The crate that takes a PDF apart may panic on the thread that jomun gives it; jomun makes a damaged file of that. The
    // fuzzer would take it for a finding, as it ends the process at any panic.
    HOOK.call_once(|| {
        let end = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some("pdf") {
                end(info);
            }
        }));
    });
    targets::load_pdf(data);
});
