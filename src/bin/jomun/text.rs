//! `jomun text`: the text that every span of a report refers to, byte for byte.

use crate::args::Text;
use crate::{console, scan::input};

pub fn run(args: &Text) -> anyhow::Result<()> {
    let input = input::Input::named(&args.file, &args.reading)?;
    let document = input
        .load(&input::readers(&args.reading)?)
        .map_err(|reason| anyhow::anyhow!("{}: {reason}", input.name()))?;
    console::print(document.text())
}
