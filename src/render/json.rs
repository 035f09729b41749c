//! A report or a comparison as JSON: indented for one, one line each for JSON Lines, and an array that is written as it
//! grows.

use serde::Serialize;

/// One [`Report`](crate::report::Report) or [`Comparison`](crate::report::Comparison), indented, with a line break at
/// the end.
///
/// # Errors
/// When it cannot be written as JSON, which its types rule out.
pub fn pretty(report: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report).map(|json| json + "\n")
}

/// The same on one line, with a line break at the end.
///
/// # Errors
/// As [`pretty`].
pub fn line(report: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(report).map(|json| json + "\n")
}

/// An array of reports of which none is kept: write [`Array::before`] before each report, [`Array::end`] after the last.
#[derive(Debug, Default)]
pub struct Array {
    begun: bool,
}

impl Array {
    /// What stands before the next report.
    pub fn before(&mut self) -> &'static str {
        if std::mem::replace(&mut self.begun, true) { ",\n" } else { "[\n" }
    }

    /// What stands after the last report; an array without reports is `[]`.
    pub fn end(self) -> &'static str {
        if self.begun { "]\n" } else { "[]\n" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_json_whatever_its_length() {
        for items in [&[][..], &["{}"], &["{}", "{}"]] {
            let mut array = Array::default();
            let mut text = String::new();
            for item in items {
                text.push_str(array.before());
                text.push_str(item);
                text.push('\n');
            }
            text.push_str(array.end());
            let read: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            assert_eq!(read.len(), items.len());
        }
    }
}
