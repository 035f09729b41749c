//! Compiles `dictionaries/ko-dic` into the binary dictionary that `language::dictionary` embeds.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
