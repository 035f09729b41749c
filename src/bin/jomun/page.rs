//! How wide terminal text may be and whether it has colours.

use crate::args::Color;
use jomun::render::terminal::Options;

/// The page for standard output, or for a file when `stdout` is not set.
pub fn options(color: Color, stdout: bool) -> Options {
    let color = match anstream::ColorChoice::from(color) {
        anstream::ColorChoice::Auto if stdout => {
            anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
        }
        anstream::ColorChoice::Auto | anstream::ColorChoice::Never => false,
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => true,
    };
    // Beyond 110 columns lines are hard to follow; a file has no width of its own.
    let screen = terminal_size::terminal_size_of(std::io::stdout()).filter(|_| stdout);
    let width = screen.map_or(100, |(terminal_size::Width(columns), _)| usize::from(columns).min(110));
    Options { width, color }
}
