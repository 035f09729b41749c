//! The configuration file `jomun.toml`: a user's own rules, rules switched off, other severities, and findings that were
//! looked at and are taken out, each with a reason and a date. Knows no rule; whether its ids are known the analyser says.

mod file;

use crate::checklist::Service;
use crate::clause::ClausePath;
use crate::error::{DataError, io_reason};
use crate::finding::Severity;
use globset::GlobMatcher;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The name under which the command line looks for it.
pub const NAME: &str = "jomun.toml";

/// What a user asks for in a configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Folders of the user's own rules.
    pub rules: Vec<PathBuf>,
    /// Rules and topics that are switched off.
    pub off: Vec<Setting<()>>,
    /// Rules and topics with a severity of the user's.
    pub severity: Vec<Setting<Severity>>,
    /// Findings that are taken out.
    pub suppress: Vec<Suppression>,
    /// Checklists to hold documents against, by id.
    pub profiles: Vec<String>,
    /// Folders of the user's own checklists.
    pub checklists: Vec<PathBuf>,
    /// Whether the service is used for critical work.
    pub critical: bool,
    /// The kind of service.
    pub service: Option<Service>,
}

/// What is set for one rule, or for the findings of one topic ("missing-purpose").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// Id of the rule.
    pub rule: String,
    /// What is set.
    pub value: T,
    /// File and line: "jomun.toml:12".
    pub source: String,
}

/// Findings that are taken out.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// Id of the rule.
    pub rule: String,
    /// The clause, with all below it; everywhere when `None`.
    pub clause: Option<ClausePath>,
    /// The document; every one when `None`.
    pub document: Option<DocumentName>,
    /// Why.
    pub reason: String,
    /// When it was decided, "2026-11-27".
    pub date: String,
    /// File and line: "jomun.toml:12".
    pub source: String,
}

/// A file's name, or a pattern for names.
#[derive(Clone, Debug)]
pub struct DocumentName {
    written: String,
    matcher: GlobMatcher,
}

impl Config {
    /// Reads a file; folders of rules are taken from where it lies.
    ///
    /// # Errors
    /// A [`DataError`] when it cannot be read, or with the line when it is wrong.
    pub fn load(path: &Path) -> Result<Self, DataError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let reason = match error.kind() {
                std::io::ErrorKind::InvalidData => "UTF-8 텍스트가 아닙니다".to_owned(),
                _ => io_reason(&error),
            };
            DataError { file: name.clone(), reason }
        })?;
        let mut config = Self::parse(&name, &text)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for dir in config.rules.iter_mut().chain(&mut config.checklists) {
            *dir = folder.join(&*dir);
        }
        Ok(config)
    }

    /// Reads its text. `name` is what errors call it; folders of rules stay as they are written.
    ///
    /// # Errors
    /// A [`DataError`] with the line.
    pub fn parse(name: &str, text: &str) -> Result<Self, DataError> {
        file::read(name, text)
    }

    /// Whether a rule is switched off.
    pub fn is_off(&self, rule: &str) -> bool {
        self.off.iter().any(|off| off.rule == rule)
    }

    /// The severity that the user gave a rule.
    pub fn severity_of(&self, rule: &str) -> Option<Severity> {
        self.severity.iter().find(|setting| setting.rule == rule).map(|setting| setting.value)
    }

    /// Every rule id that is named, with its file and line.
    pub fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        let off = self.off.iter().map(|setting| (setting.rule.as_str(), setting.source.as_str()));
        let severity = self.severity.iter().map(|setting| (setting.rule.as_str(), setting.source.as_str()));
        let suppress = self.suppress.iter().map(|entry| (entry.rule.as_str(), entry.source.as_str()));
        off.chain(severity).chain(suppress)
    }

    /// What of it decides about findings: part of what a report's digest covers. Reasons and lines are not.
    pub(crate) fn source(&self) -> String {
        let mut source = String::new();
        for off in &self.off {
            source.push_str(&format!("off {}\n", off.rule));
        }
        for setting in &self.severity {
            source.push_str(&format!("severity {} {:?}\n", setting.rule, setting.value));
        }
        for entry in &self.suppress {
            let clause = entry.clause.as_ref().map_or_else(|| "*".to_owned(), ToString::to_string);
            let document = entry.document.as_ref().map_or("*", DocumentName::as_str);
            source.push_str(&format!("suppress {} {clause} {document}\n", entry.rule));
        }
        source
    }
}

impl Suppression {
    /// Whether it concerns a document of this name.
    pub fn concerns(&self, document: &str) -> bool {
        self.document.as_ref().is_none_or(|name| name.matches(document))
    }

    /// Whether it takes out what a rule saw in a clause; what is absent stands in none.
    pub fn takes(&self, rule: &str, clause: Option<&str>) -> bool {
        self.rule == rule
            && match (&self.clause, clause) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(wanted), Some(clause)) => lies_in(clause, wanted),
            }
    }

    /// Whether it names one document and no pattern.
    pub(crate) fn names_one(&self) -> bool {
        self.document.as_ref().is_some_and(|name| !name.is_pattern())
    }

    /// What to tell when it took nothing out.
    pub fn unused(&self) -> String {
        let place = [
            self.document.as_ref().map(|name| name.as_str().to_owned()),
            self.clause.as_ref().map(ToString::to_string),
        ];
        let place: Vec<String> =
            std::iter::once(self.rule.clone()).chain(place.into_iter().flatten()).collect();
        format!("{}: 이 suppress에 걸린 지적이 없습니다({})", self.source, place.join(", "))
    }
}

/// Whether the clause is the one that is wanted, or lies below it.
fn lies_in(clause: &str, wanted: &ClausePath) -> bool {
    clause.parse::<ClausePath>().is_ok_and(|clause| clause.is_within(wanted))
}

impl DocumentName {
    /// Reads a name or pattern: `*` and `?` within one folder, `**` across folders. It is held against the end of a path.
    ///
    /// # Errors
    /// One Korean sentence.
    pub fn new(written: &str) -> Result<Self, String> {
        let clean = plain(written);
        // Brackets and braces are part of a name: 약관[최종].txt.
        let literal: String = clean
            .trim_start_matches('/')
            .chars()
            .map(|c| match c {
                '[' | ']' | '{' | '}' => format!("[{c}]"),
                c => c.to_string(),
            })
            .collect();
        let anywhere = format!("**/{literal}");
        let mut glob = globset::GlobBuilder::new(&anywhere);
        let glob = glob.literal_separator(true).backslash_escape(false).build();
        let glob = glob.map_err(|error| format!("문서 이름의 꼴이 잘못되었습니다({})", error.kind()))?;
        Ok(Self { written: written.to_owned(), matcher: glob.compile_matcher() })
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it may name several documents.
    pub fn is_pattern(&self) -> bool {
        self.written.contains(['*', '?'])
    }

    /// Whether a document of this name is meant.
    pub fn matches(&self, document: &str) -> bool {
        self.matcher.is_match(plain(document))
    }
}

/// A path with one kind of separator, in one normal form: file names come decomposed from some systems.
fn plain(path: &str) -> String {
    let path: String = path.replace('\\', "/").nfc().collect();
    path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_named_by_its_end_or_by_a_pattern() {
        for (written, path, is) in [
            ("약관.docx", "계약/2026/약관.docx", true),
            ("약관.docx", "./약관.docx", true),
            ("약관.docx", "새약관.docx", false),
            ("2026/*.docx", "계약/2026/약관.docx", true),
            ("계약/*.docx", "계약/2026/약관.docx", false),
            ("계약/**/*.docx", "계약\\2026\\약관.docx", true),
            ("*.txt", "\u{1100}\u{1161}.txt", true),
            ("가.txt", "\u{1100}\u{1161}.txt", true),
        ] {
            assert_eq!(DocumentName::new(written).unwrap().matches(path), is, "{written} {path}");
        }
        let bracketed = DocumentName::new("약관[최종]*.txt").unwrap();
        assert!(bracketed.matches("계약/약관[최종]2.txt") && !bracketed.matches("약관최.txt"));
    }

    #[test]
    fn a_clause_holds_what_lies_below_it() {
        for (clause, wanted, is) in [
            ("제12조제2항", "제12조제2항", true),
            ("제12조제2항제1호가목", "제12조 제2항", true),
            ("제12조의2제1항", "제12조", false),
            ("제12조", "제12조제2항", false),
            ("제120조", "제12조", false),
        ] {
            assert_eq!(lies_in(clause, &wanted.parse().unwrap()), is, "{clause} {wanted}");
        }
    }
}
