#![no_main]

#[path = "../targets.rs"]
mod targets;

use std::panic;
use std::sync::Once;

static HOOK: Once = Once::new();

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The crate that takes a PDF apart may panic on the thread that jomun gives it; jomun makes a damaged file of that. The
    // fuzzer would take it for a finding, as it ends the process at any panic. What jomun itself does on that thread must not
    // panic, so the place decides.
    HOOK.call_once(|| {
        let end = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let ours =
                info.location().is_none_or(|place| place.file().replace('\\', "/").contains("src/load/"));
            if ours || std::thread::current().name() != Some("pdf") {
                end(info);
            }
        }));
    });
    targets::load_pdf(data);
});
