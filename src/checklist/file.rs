//! A checklist as it is written, and how it becomes a valid one. Every fault names the file and the item.

use super::{Checklist, Class, Element, Form, Item, Service, Substitute};
use crate::error::{DataError, toml_reason};
use crate::finding::{Basis, Severity};
use crate::pattern::{Pattern, PatternReader};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    id: String,
    title: String,
    edition: String,
    source: String,
    note: Option<String>,
    #[serde(default)]
    form: Form,
    #[serde(default)]
    concepts: BTreeMap<String, Vec<String>>,
    substitute: Option<SubstituteEntry>,
    item: Vec<ItemEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubstituteEntry {
    name: String,
    any: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemEntry {
    id: String,
    title: String,
    severity: Severity,
    #[serde(default)]
    basis: Vec<String>,
    source: Option<String>,
    requires: String,
    threshold: Option<String>,
    class: Option<Class>,
    #[serde(default)]
    services: Vec<Service>,
    #[serde(default)]
    critical: bool,
    departure: Option<String>,
    model: String,
    element: Vec<ElementEntry>,
    #[serde(default)]
    contradicted: Vec<String>,
    #[serde(default)]
    annex: Vec<String>,
    #[serde(default)]
    good: Vec<String>,
    #[serde(default)]
    bad: Vec<String>,
    #[serde(default)]
    opposite: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ElementEntry {
    name: String,
    #[serde(default)]
    core: bool,
    #[serde(default)]
    near: bool,
    #[serde(default)]
    definition: bool,
    #[serde(default)]
    least: BTreeMap<Service, f64>,
    #[serde(default)]
    when: Vec<String>,
    any: Vec<String>,
}

/// Reads one list; its words join those that `reader` has.
pub(super) fn read(name: &str, text: &str, reader: &mut PatternReader) -> Result<Checklist, DataError> {
    let fault = |reason: String| DataError { file: name.to_owned(), reason };
    let file: ListFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        DataError {
            file: line.map_or_else(|| name.to_owned(), |line| format!("{name}:{line}")),
            reason: toml_reason(&error),
        }
    })?;
    if !is_id(&file.id) {
        return Err(fault(format!("목록의 id는 영문 소문자, 숫자, -로 적습니다: {:?}", file.id)));
    }
    for (label, value) in [("title", &file.title), ("edition", &file.edition), ("source", &file.source)] {
        if value.trim().is_empty() {
            return Err(fault(format!("{label}의 값이 비어 있습니다")));
        }
    }
    reader
        .add_concepts(file.concepts)
        .map_err(|concept| fault(format!("이미 있는 개념입니다: {concept}. 다른 이름을 쓰십시오")))?;
    let substitute = match file.substitute {
        Some(entry) => {
            let patterns = patterns(&entry.any, reader).map_err(|r| fault(format!("substitute: {r}")))?;
            Some(Substitute { name: entry.name, patterns })
        }
        None => None,
    };
    if file.item.is_empty() {
        return Err(fault("항목([[item]])이 없습니다".to_owned()));
    }
    let mut seen = BTreeSet::new();
    let mut items = Vec::with_capacity(file.item.len());
    for entry in file.item {
        let id = entry.id.clone();
        if !seen.insert(id.clone()) {
            return Err(fault(format!("{id}: 같은 id의 항목이 이미 있습니다")));
        }
        items.push(item(entry, reader).map_err(|reason| fault(format!("{id}: {reason}")))?);
    }
    Ok(Checklist {
        id: file.id,
        title: file.title,
        edition: file.edition,
        source: file.source,
        note: file.note,
        form: file.form,
        file: name.to_owned(),
        items,
        substitute,
    })
}

fn item(entry: ItemEntry, reader: &mut PatternReader) -> Result<Item, String> {
    if !is_id(&entry.id) {
        return Err("항목의 id는 영문 소문자, 숫자, -로 적습니다".to_owned());
    }
    for (label, value) in [("title", &entry.title), ("requires", &entry.requires), ("model", &entry.model)] {
        if value.trim().is_empty() {
            return Err(format!("{label}의 값이 비어 있습니다"));
        }
    }
    let basis = |written: &String| written.parse::<Basis>().map_err(|error| error.to_string());
    if entry.element.is_empty() {
        return Err("요건([[item.element]])이 없습니다".to_owned());
    }
    // Where no element is marked every one decides.
    let marked = entry.element.iter().any(|element| element.core);
    let mut elements = Vec::with_capacity(entry.element.len());
    for element in entry.element {
        let core = element.core || !marked && !element.near;
        if element.near && element.core {
            return Err(format!("{}: core인 요건은 near일 수 없습니다", element.name));
        }
        if element.any.is_empty() {
            return Err(format!("{}: any에 패턴이 없습니다", element.name));
        }
        let patterns = patterns(&element.any, reader).map_err(|r| format!("{}: {r}", element.name))?;
        let when = self::patterns(&element.when, reader).map_err(|r| format!("{}: {r}", element.name))?;
        let ElementEntry { name, near, definition, least, .. } = element;
        let least = least.into_iter().collect();
        elements.push(Element { name, core, least, near, definition, when, patterns });
    }
    if !elements.iter().any(|element| element.core) {
        return Err("core인 요건이 하나는 있어야 합니다".to_owned());
    }
    Ok(Item {
        basis: entry.basis.iter().map(basis).collect::<Result<_, _>>()?,
        departure: entry.departure.as_ref().map(basis).transpose()?,
        contradicted: patterns(&entry.contradicted, reader).map_err(|r| format!("contradicted: {r}"))?,
        annex: patterns(&entry.annex, reader).map_err(|r| format!("annex: {r}"))?,
        id: entry.id,
        title: entry.title,
        severity: entry.severity,
        source: entry.source,
        requires: entry.requires,
        threshold: entry.threshold,
        class: entry.class,
        services: entry.services,
        critical: entry.critical,
        model: entry.model.trim().to_owned(),
        elements,
        good: entry.good,
        bad: entry.bad,
        opposite: entry.opposite,
    })
}

fn patterns(written: &[String], reader: &mut PatternReader) -> Result<Vec<Pattern>, String> {
    written.iter().map(|text| reader.read(text)).collect()
}

fn is_id(id: &str) -> bool {
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(kebab) && !id.starts_with('-') && !id.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::super::Checklists;

    const LIST: &str = r#"
id = "own"
title = "우리 목록"
edition = "2026-01"
source = "내부 기준"
[[item]]
id = "a"
title = "통지"
severity = "high"
requires = "사고를 알린다."
model = "회사는 사고를 알린다."
[[item.element]]
name = "사고의 통지"
any = ["사고 @notify^"]
"#;

    fn reason(text: &str) -> String {
        let error = Checklists::builder().without_builtin().file("own.toml", text).build().err().unwrap();
        error.to_string()
    }

    #[test]
    fn a_list_of_ones_own_is_read() {
        let lists = Checklists::builder().without_builtin().file("own.toml", LIST).build().unwrap();
        let (list, item) = lists.item("checklist-own-a").unwrap();
        assert_eq!((list.id.as_str(), item.id.as_str()), ("own", "a"));
        assert!(item.elements[0].core, "where none is marked every element decides");
        assert!(lists.item("checklist-own-b").is_none());
    }

    #[test]
    fn faults_name_the_file_and_the_item() {
        for (from, to, wanted) in [
            ("title = \"통지\"", "titel = \"통지\"", "own.toml:8: 모르는 키입니다: titel"),
            ("any = [\"사고 @notify^\"]", "any = []", "own.toml: a: 사고의 통지: any에 패턴이 없습니다"),
            ("@notify^", "@none", "own.toml: a: 사고의 통지: 모르는 개념입니다: @none"),
            ("id = \"own\"", "id = \"Own\"", "own.toml: 목록의 id는"),
            ("edition = \"2026-01\"", "edition = \" \"", "own.toml: edition의 값이 비어"),
            ("severity = \"high\"", "severity = \"grave\"", "own.toml:9: 모르는 값입니다: grave"),
            ("severity = \"high\"", "severity = \"high\"\nbasis = [\"약관법\"]", "own.toml: a: 법령 조항을"),
            (
                "[[item.element]]\nname = \"사고의 통지\"\n",
                "[[item.element]]\nname = \"x\"\nnear = true\n",
                "core인 요건이",
            ),
        ] {
            let text = LIST.replace(from, to);
            assert!(reason(&text).starts_with(wanted) || reason(&text).contains(wanted), "{}", reason(&text));
            assert!(!reason(&text).contains('\n'));
        }
        let twice = format!("{LIST}\n{}", &LIST[LIST.find("[[item]]").unwrap()..]);
        assert!(reason(&twice).contains("a: 같은 id의 항목이"));
        let again = Checklists::builder().without_builtin().file("a.toml", LIST).file("b.toml", LIST).build();
        assert_eq!(again.err().unwrap().to_string(), "b.toml: 같은 id의 목록이 이미 있습니다: a.toml");
    }
}
