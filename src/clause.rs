//! The clause tree: 편·장·절·관·조·항·호·목 of any document, lossless. No I/O; cannot fail.
//!
//! A document's own conventions decide, not fixed patterns: `1.` is a 호 under a sentence that announces a list and a
//! 항 right below a heading; `제10조 제3항에 따라` at the start of a line is a reference because it continues as one.
//! [`parse`] reads lines (`line`, `wording`), finds headings (`heading`), keeps those that continue the numbering
//! (`sequence`, `contents`) or else takes sections (`section`), which settles the `outline` with its `ending`; it reads
//! each article's 항·호·목 (`unit`, `marker`, `lead`, `body`, `place`, `prose`) and puts the arena together (`tree`, `path`).

mod body;
pub mod citation;
mod contents;
mod ending;
mod heading;
mod lead;
mod line;
mod marker;
mod outline;
mod path;
mod place;
mod prose;
mod section;
mod sequence;
mod tree;
mod unit;
mod wording;

pub use path::{AnnexKind, ClausePath, EmptyPath, Number, Step, subitem_letter, subitem_number};
pub use tree::{ClauseTree, Counts};

use crate::document::Document;
use crate::notice::{Notice, Stage};
use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The number of a clause in its tree, in document order. 0 is the root, which stands for the whole document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ClauseId(pub usize);

/// What a clause is in the order of a Korean contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The whole document; only the root.
    Document,
    /// A further document on the same page (a privacy policy after the terms).
    Attached,
    /// 전문: everything before the first article or division.
    Preamble,
    /// 목차
    Contents,
    /// 편
    Part,
    /// 장
    Chapter,
    /// 절
    Section,
    /// 관
    Subsection,
    /// 조; in documents without 조 each top-level section.
    Article,
    /// 부칙, reported as 조.
    Supplement,
    /// 조 of a 부칙 (제1조(시행일)), which does not count among the contract's own.
    SupplementArticle,
    /// 별표, 별지, 별첨, 붙임
    Annex,
    /// Place, date and signatures at the end.
    Signature,
    /// 항
    Paragraph,
    /// 호
    Item,
    /// 목
    Subitem,
    /// 세목 and deeper.
    Detail,
}

impl Level {
    /// The word that reports show; 부칙 is of level "조", as a reader counts it among the articles.
    pub fn korean(self) -> &'static str {
        match self {
            Level::Document => "문서",
            Level::Attached => "딸린 문서",
            Level::Preamble => "전문",
            Level::Contents => "목차",
            Level::Part => "편",
            Level::Chapter => "장",
            Level::Section => "절",
            Level::Subsection => "관",
            Level::Article | Level::Supplement => "조",
            Level::SupplementArticle => "부칙 조",
            Level::Annex => "별표",
            Level::Signature => "서명란",
            Level::Paragraph => "항",
            Level::Item => "호",
            Level::Subitem => "목",
            Level::Detail => "세목",
        }
    }

    /// Whether the clause is a unit that topics and rules speak of as one article: 조, 부칙, a section of a document
    /// without 조, an annex, the preamble.
    pub fn is_article(self) -> bool {
        matches!(
            self,
            Level::Article | Level::Supplement | Level::SupplementArticle | Level::Annex | Level::Preamble
        )
    }

    /// Whether it only groups articles.
    pub fn is_division(self) -> bool {
        matches!(self, Level::Part | Level::Chapter | Level::Section | Level::Subsection)
    }
}

/// One clause. Spans are byte ranges into the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number in the tree.
    pub id: ClauseId,
    /// What it is.
    pub level: Level,
    /// The printed label, normalised: "제3조", "제8조의2", "①", "1.", "가.", "부칙", "전문"; the heading where a
    /// section has no number; empty for paragraphs without any mark.
    pub label: String,
    /// The title, one line, without brackets.
    pub heading: Option<String>,
    /// How it is cited. Not unique where a document uses a number twice.
    pub path: ClausePath,
    /// Everything that belongs to it, children included.
    pub span: Span,
    /// The printed label in the text; empty when there is none.
    pub marker: Span,
    /// The title in the text; empty when there is none.
    pub title: Span,
    /// Its own words in text order: without marker, title and children, trimmed, none empty.
    pub body: Vec<Span>,
    /// The clause it belongs to; `None` for the root.
    pub parent: Option<ClauseId>,
    /// What belongs to it, in text order.
    pub children: Vec<ClauseId>,
}

/// The clause tree of a document, and what its reader should know about how it was found. Never fails: a text
/// without any structure is one clause "전문". Of a document put together from several files the clauses of each are
/// found apart; a further file is one clause of level [`Level::Attached`].
pub fn parse(document: &Document) -> (ClauseTree, Vec<Notice>) {
    let lines = line::lines(document);
    let text = document.text();
    let mut builder = tree::Builder::new(text);
    let mut notices = Vec::new();
    let whole = [(Span::new(0, text.len()), None)];
    let named = |part: &crate::document::Part| {
        (part.span, Some(part.title.clone().unwrap_or_else(|| part.name.clone())))
    };
    let parts: Vec<(Span, Option<String>)> = match document.parts() {
        [] => whole.to_vec(),
        parts => parts.iter().map(named).collect(),
    };
    for (number, (span, name)) in parts.iter().enumerate() {
        let from = lines.partition_point(|line| line.span.start < span.start);
        let to = lines.partition_point(|line| line.span.start < span.end);
        let lines = &lines[from..to.max(from)];
        // The line break that ends the last line of a file stands before the next one.
        let end = text[span.end..].chars().next().map_or(span.end, |c| span.end + c.len_utf8());
        let outline = outline::outline(&text[..end], span.start, lines);
        if let Some(name) = name.as_ref().filter(|_| number > 0) {
            builder.open(outline::part(span.start, name));
        }
        outline.build(lines, &mut builder);
        notices.extend(outline.notices());
    }
    let foreign = lines.iter().filter(|line| line.role == line::Role::Foreign).count();
    if foreign > 0 {
        let message = format!("외국어 번역으로 보이는 {foreign}줄은 조항으로 나누지 않았습니다");
        notices.push(Notice::info(Stage::Structure, message));
    }
    (builder.finish(), notices)
}
