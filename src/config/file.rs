//! The configuration file as it is written, and how it becomes a valid one. Every fault names file and line.

use super::{Config, DocumentName, Setting, Suppression};
use crate::checklist::Service;
use crate::clause::ClausePath;
use crate::error::{DataError, toml_reason};
use crate::finding::Severity;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    #[serde(default)]
    rules: Vec<Spanned<String>>,
    #[serde(default)]
    off: Vec<Spanned<String>>,
    #[serde(default)]
    severity: BTreeMap<Spanned<String>, Severity>,
    #[serde(default)]
    suppress: Vec<SuppressEntry>,
    #[serde(default)]
    profiles: Vec<Spanned<String>>,
    #[serde(default)]
    checklists: Vec<Spanned<String>>,
    #[serde(default)]
    critical: bool,
    service: Option<Service>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuppressEntry {
    rule: Spanned<String>,
    clause: Option<Spanned<String>>,
    document: Option<Spanned<String>>,
    reason: Spanned<String>,
    date: Spanned<String>,
}

/// Reads the text of a configuration file.
pub(super) fn read(name: &str, text: &str) -> Result<Config, DataError> {
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let place = |at: usize| format!("{name}:{}", line(at));
    let file: ConfigFile = toml::from_str(text).map_err(|error| DataError {
        file: error.span().map_or_else(|| name.to_owned(), |span| place(span.start)),
        reason: toml_reason(&error),
    })?;
    let wrong = |value: &Spanned<String>, reason: &str| DataError {
        file: place(value.span().start),
        reason: reason.to_owned(),
    };
    let filled = |value: Spanned<String>, key: &str| {
        if value.get_ref().trim().is_empty() {
            return Err(wrong(&value, &format!("{key}의 값이 비어 있습니다")));
        }
        Ok(value)
    };
    let mut config = Config::default();
    for dir in file.rules {
        config.rules.push(PathBuf::from(filled(dir, "rules")?.into_inner()));
    }
    for dir in file.checklists {
        config.checklists.push(PathBuf::from(filled(dir, "checklists")?.into_inner()));
    }
    for id in file.profiles {
        config.profiles.push(filled(id, "profiles")?.into_inner());
    }
    (config.critical, config.service) = (file.critical, file.service);
    for rule in file.off {
        let rule = filled(rule, "off")?;
        let source = place(rule.span().start);
        config.off.push(Setting { rule: rule.into_inner(), value: (), source });
    }
    for (rule, value) in file.severity {
        let source = place(rule.span().start);
        config.severity.push(Setting { rule: rule.into_inner(), value, source });
    }
    for entry in file.suppress {
        let rule = filled(entry.rule, "rule")?;
        let date = filled(entry.date, "date")?;
        if !is_date(date.get_ref()) {
            return Err(wrong(&date, "date는 \"2026-11-27\"처럼 있는 날짜를 적습니다"));
        }
        let document = match entry.document {
            Some(written) => {
                let written = filled(written, "document")?;
                Some(DocumentName::new(written.get_ref()).map_err(|reason| wrong(&written, &reason))?)
            }
            None => None,
        };
        let clause = match entry.clause {
            Some(written) => {
                let read = written.get_ref().parse::<ClausePath>();
                Some(read.map_err(|_| wrong(&written, "clause의 값이 비어 있습니다"))?)
            }
            None => None,
        };
        config.suppress.push(Suppression {
            source: place(rule.span().start),
            rule: rule.into_inner(),
            clause,
            document,
            reason: filled(entry.reason, "reason")?.into_inner(),
            date: date.into_inner(),
        });
    }
    Ok(config)
}

/// Whether a text is a day of the calendar as ISO 8601 writes it.
fn is_date(text: &str) -> bool {
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return false };
    let number = |part: &str, digits: usize| {
        let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        if plain { part.parse::<u32>().ok() } else { None }
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
rules = ["규칙", "팀/규칙"]
off = ["silent-renewal", "missing-purpose"]

[severity]
no-refund = "medium"
missing-sla = "high"

[[suppress]]
rule = "not-fair"
clause = "제12조제2항"
document = "계약/*.docx"
reason = "고객과 합의함"
date = "2026-11-27"
[[suppress]]
rule = "other"
reason = "확인함"
date = "2024-02-29"
"#;

    #[test]
    fn everything_is_read_with_its_line() {
        let config = read("jomun.toml", WHOLE).unwrap();
        assert_eq!(config.rules, [PathBuf::from("규칙"), PathBuf::from("팀/규칙")]);
        assert!(config.is_off("missing-purpose") && !config.is_off("no-refund"));
        assert_eq!(config.severity_of("missing-sla"), Some(Severity::High));
        let named: Vec<_> = config.named().collect();
        assert_eq!(
            named,
            [
                ("silent-renewal", "jomun.toml:3"),
                ("missing-purpose", "jomun.toml:3"),
                ("missing-sla", "jomun.toml:7"),
                ("no-refund", "jomun.toml:6"),
                ("not-fair", "jomun.toml:10"),
                ("other", "jomun.toml:16"),
            ]
        );
        let [first, second] = &config.suppress[..] else { panic!("two") };
        assert!(first.concerns("계약/가.docx") && !first.concerns("가.docx") && second.concerns("x"));
        assert!(first.takes("not-fair", Some("제12조제2항제1호")) && !first.takes("not-fair", None));
        assert!(second.takes("other", None) && !second.takes("not-fair", None));
    }

    #[test]
    fn an_empty_file_asks_for_nothing() {
        let config = read("jomun.toml", "# 아직 없음\n").unwrap();
        assert!(config.named().next().is_none() && config.rules.is_empty());
    }

    #[test]
    fn a_fault_names_its_line() {
        let entry = "[[suppress]]\nrule = \"a\"\n";
        for (text, file, reason) in [
            ("off = [\n  \"a\",\n  3,\n]\n", "j:3", "문자열"),
            ("of = [\"a\"]\n", "j:1", "모르는 키입니다: of"),
            ("off = [\"a\"\n", "j:", "TOML"),
            ("\n[severity]\na = \"grave\"\n", "j:3", "모르는 값입니다: grave"),
            (&format!("{entry}date = \"2026-11-27\"\n"), "j:1", "빠진 키입니다: reason"),
            (&format!("{entry}date = \"2026-11-27\"\nreason = \" \"\n"), "j:4", "비어"),
            (&format!("{entry}reason = \"x\"\ndate = \"2026-02-29\"\n"), "j:4", "날짜"),
            (&format!("{entry}reason = \"x\"\ndate = \"27.11.2026\"\n"), "j:4", "날짜"),
            (&format!("{entry}reason = \"x\"\ndate = \"2026-11-27\"\ndocument = \" \"\n"), "j:5", "비어"),
        ] {
            let error = read("j", text).unwrap_err();
            assert!(error.file.starts_with(file) && error.reason.contains(reason), "{text}: {error}");
            assert!(!error.reason.contains('\n'), "{error}");
        }
    }
}
