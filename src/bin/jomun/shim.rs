//! TEMPORARY: stands in for library rooms that are not merged yet. To be replaced by
//! `pub use jomun::{analyze, language, load, standard};` and `Legend::of`.
#![allow(dead_code, clippy::unnecessary_wraps)]

use jomun::render::Legend;

pub fn legend(_: &analyze::Analyzer) -> Legend {
    Legend::default()
}

pub mod language {
    pub struct Analyzer;
    impl Analyzer {
        pub fn new() -> Result<Self, jomun::error::DataError> {
            Ok(Self)
        }
    }
}

pub mod analyze {
    use super::standard::Standard;
    use jomun::document::Document;
    use jomun::error::DataError;
    use jomun::report::*;
    pub struct Analyzer;
    #[derive(Default)]
    pub struct AnalyzerBuilder(Option<String>);
    pub enum StandardChoice {
        Auto,
        Id(String),
    }
    impl AnalyzerBuilder {
        pub fn standard(self, choice: StandardChoice) -> Self {
            match choice {
                StandardChoice::Auto => Self(None),
                StandardChoice::Id(id) => Self(Some(id)),
            }
        }
        pub fn add_standard(self, _: Standard) -> Self {
            self
        }
        pub fn build(self) -> Result<Analyzer, DataError> {
            match self.0 {
                Some(file) if file != "cloud-b2b" => {
                    Err(DataError { file, reason: "모르는 표준계약서입니다".into() })
                }
                _ => Ok(Analyzer),
            }
        }
    }
    impl Analyzer {
        pub fn builder() -> AnalyzerBuilder {
            AnalyzerBuilder::default()
        }
        pub fn analyze(&self, document: &Document) -> Report {
            Report {
                schema: SCHEMA.into(),
                tool: Tool {
                    name: "jomun".into(),
                    version: "0".into(),
                    rules: String::new(),
                    law_as_of: None,
                },
                document: DocumentInfo {
                    path: document.name.clone(),
                    sha256: document.sha256.clone(),
                    format: document.format.name().into(),
                    title: None,
                    chars: document.text().chars().count(),
                    parts: vec![],
                },
                context: Context::default(),
                clauses: vec![],
                topics: vec![],
                alignment: vec![],
                checklists: vec![],
                sla: Sla::default(),
                findings: vec![],
                notices: vec![],
            }
        }
    }
}

pub mod standard {
    use jomun::document::Document;
    use jomun::error::DataError;
    use jomun::notice::Notice;
    use std::path::Path;
    #[derive(Default)]
    pub struct Counts {
        pub chapters: usize,
        pub articles: usize,
        pub paragraphs: usize,
        pub items: usize,
        pub subitems: usize,
    }
    pub struct Chapter {
        pub number: u32,
        pub title: String,
    }
    pub struct StatedFact {
        pub value: String,
        pub of: String,
    }
    pub struct Provision {
        pub at: String,
        pub chapter: Option<u32>,
        pub title: String,
        pub topics: Vec<String>,
        pub requires: Vec<String>,
        pub facts: Vec<StatedFact>,
        pub basis: Vec<String>,
        pub model: Option<String>,
        pub text: Option<String>,
    }
    pub struct Standard {
        pub id: String,
        pub title: String,
        pub edition: String,
        pub like: String,
        pub chapters: Vec<Chapter>,
        pub provisions: Vec<Provision>,
    }
    impl Standard {
        pub fn count(&self) -> Counts {
            Counts::default()
        }
        pub fn to_toml(&self) -> Result<String, DataError> {
            Ok(String::new())
        }
    }
    pub fn builtin() -> Result<Vec<Standard>, DataError> {
        Ok(vec![])
    }
    pub fn load_dir(_: &Path) -> Result<Vec<Standard>, DataError> {
        Ok(vec![])
    }
    pub fn is_under(at: &str, whole: &str) -> bool {
        at.starts_with(whole)
    }
    pub fn import(
        document: &Document,
        _: &str,
        _: &str,
        _: &Standard,
        _: &super::language::Analyzer,
    ) -> Result<(Standard, Vec<Notice>), DataError> {
        Err(DataError { file: document.name.clone(), reason: String::new() })
    }
}
