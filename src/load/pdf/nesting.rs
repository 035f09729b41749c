//! How deep arrays and dictionaries stand in one another. The crate reads them by calling itself, so that an absurd depth
//! would end the process; it is looked for before. What stands in compressed objects cannot be seen from outside.

/// Longest string that is passed over in one go; an unclosed bracket must not hide the rest of a file.
const STRING: usize = 1 << 16;

/// The deepest nesting in a file, its streams left out.
pub(super) fn of_file(bytes: &[u8]) -> usize {
    deepest(bytes, true)
}

/// The deepest nesting in a content stream.
pub(super) fn of_content(bytes: &[u8]) -> usize {
    deepest(bytes, false)
}

fn deepest(bytes: &[u8], with_streams: bool) -> usize {
    let (mut depth, mut most, mut at) = (0usize, 0usize, 0usize);
    // Where a search that found no end need not be made again: hostile files are full of beginnings.
    let (mut unclosed, mut streams) = (0usize, with_streams);
    while at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest[0] {
            b'[' => {
                depth += 1;
                1
            }
            b']' => {
                depth = depth.saturating_sub(1);
                1
            }
            b'<' if rest.starts_with(b"<<") => {
                depth += 1;
                2
            }
            b'>' if rest.starts_with(b">>") => {
                depth = depth.saturating_sub(1);
                2
            }
            b'(' if at >= unclosed => string(rest).unwrap_or_else(|| {
                unclosed = at + STRING;
                1
            }),
            b'e' if rest.starts_with(b"endobj") => {
                depth = 0;
                6
            }
            b's' if streams && rest.starts_with(b"stream") => stream(rest).unwrap_or_else(|| {
                streams = false;
                6
            }),
            _ => 1,
        };
        most = most.max(depth);
    }
    most
}

/// Length of a string in parentheses, when it ends.
fn string(bytes: &[u8]) -> Option<usize> {
    let (mut open, mut at) = (0usize, 0usize);
    while at < bytes.len().min(STRING) {
        match bytes[at] {
            b'\\' => at += 1,
            b'(' => open += 1,
            b')' => {
                open -= 1;
                if open == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Length of a stream, when it ends.
fn stream(bytes: &[u8]) -> Option<usize> {
    bytes.windows(9).position(|word| word == b"endstream").map(|end| end + 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_strings_and_streams() {
        let file =
            b"1 0 obj [[<<>>]] endobj 2 0 obj (\\([[[[) <</L 9>>stream\n[[[[[[[[[\nendstream endobj ((";
        assert_eq!(of_file(file), 3);
        assert_eq!(of_content(b"[[[[ (a) Tj"), 4);
        assert_eq!(of_file(b"stream"), 0);
        assert_eq!(of_file("[".repeat(5000).as_bytes()), 5000);
    }
}
