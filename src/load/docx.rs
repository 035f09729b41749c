//! Word documents (OOXML): the parts of a package put together into one text as Word shows it with all changes
//! accepted, or with none. Macros, fields and outside references are never run or followed.

mod body;
mod field;
mod formula;
pub(crate) mod inline;
mod numbering;
mod styles;
mod symbol;
pub(crate) mod trace;
pub(crate) mod xml;

use crate::document::{BlockKind, Document, Format};
use crate::error::LoadError;
use crate::load::blocks::{Para, Sink, is_article};
pub(crate) use crate::load::package;
use crate::load::package::{Package, Relations};
use crate::load::{Limits, Options};
use crate::source::Part;
use body::{NoteRef, Walker};
use numbering::Numbering;
use roxmltree::{Document as Tree, Node};
use std::collections::HashSet;
use styles::StyleSheet;
use trace::{Reading, Revisions, Trace};
use xml::WordNode;

/// Reads a Word document.
///
/// # Errors
/// A main part that is missing or broken, an attack on a limit in any part. Other parts may be broken: a warning says which.
pub(super) fn load(name: &str, bytes: &[u8], options: &Options) -> Result<Document, LoadError> {
    Ok(read(name, bytes, &options.limits, options.revisions.into(), None)?.document)
}

/// Reads a Word document, and with a `trace` the way back from its text to the XML of its main part.
///
/// # Errors
/// Those of [`load`](super::load).
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    revisions: Revisions,
    trace: Option<Trace>,
) -> Result<Reading, LoadError> {
    let mut package = Package::open(bytes, limits)?;
    let mut lost = Lost::default();
    let path = package.main_part()?;
    let main =
        package.text(&path)?.ok_or_else(|| LoadError::Damaged("워드 문서의 본문이 없습니다".into()))?;
    let tree = xml::parse(&main, limits)?;
    if tree.root_element().word() != "document" {
        return Err(LoadError::Damaged("본문이 워드 문서의 것이 아닙니다".into()));
    }
    let relations = lost.note("부분 사이의 관계", package.relations(&path))?.unwrap_or_default();

    let text = side(&mut package, &relations, "styles", "스타일", &mut lost)?;
    let styles = match lost.tree("스타일", text.as_deref(), limits)? {
        Some(tree) => StyleSheet::read(&tree),
        None => StyleSheet::default(),
    };
    let text = side(&mut package, &relations, "numbering", "번호 매기기", &mut lost)?;
    let numbering = match lost.tree("번호 매기기", text.as_deref(), limits)? {
        Some(tree) => Numbering::read(&tree, &styles),
        None => Numbering::default(),
    };

    let mut walker = Walker::new(&styles, numbering, limits);
    walker.revisions = revisions;
    walker.trace = trace;
    if main.contains("lastRenderedPageBreak") {
        walker.page = Some(1);
    }
    let mut paras = Vec::new();
    walker.blocks(tree.root_element(), None, &mut paras);
    if !walker.notes.is_empty() {
        let footnotes = side(&mut package, &relations, "footnotes", "각주", &mut lost)?;
        let endnotes = side(&mut package, &relations, "endnotes", "미주", &mut lost)?;
        let footnotes = lost.tree("각주", footnotes.as_deref(), limits)?;
        let endnotes = lost.tree("미주", endnotes.as_deref(), limits)?;
        notes(&mut walker, footnotes.as_ref(), endnotes.as_ref(), &mut paras, &mut lost);
    }
    running(&mut walker, &mut package, &relations, limits, &mut paras, &mut lost)?;
    if walker.left == 0 {
        return Err(LoadError::Limit(format!("문서의 글이 {}MB보다 깁니다", limits.bytes >> 20)));
    }

    let mut sink = Sink::new(limits);
    title(&walker, &mut package, &paras, limits, &mut sink);
    for para in &paras {
        sink.para(para)?;
        let of_body = para.place.part.is_none() && para.place.cell.is_none();
        let runs = para.place.paragraph.filter(|_| of_body).and_then(|number| walker.runs.get(&number));
        sink.runs(para, runs.map_or(&[], Vec::as_slice));
    }
    notices(&walker, &lost, &mut sink);
    if sink.builder.is_empty() {
        if walker.tally.pictures == 0 && lost.parts.is_empty() {
            return Err(LoadError::Empty);
        }
        return Err(LoadError::Damaged("글이 없고 그림만 들어 있습니다".into()));
    }
    let trace = walker.trace.take().unwrap_or_default();
    let origins = paras.into_iter().map(|para| para.origins).collect();
    Ok(Reading { document: sink.finish(name, Format::Docx, bytes), origins, trace })
}

/// Parts that could not be read.
#[derive(Default)]
struct Lost {
    parts: Vec<String>,
}

impl Lost {
    /// Takes what was read; a broken part is noted, an attack goes on as an error: a bomb is a bomb in any part.
    fn note<T>(&mut self, what: &str, read: Result<T, LoadError>) -> Result<Option<T>, LoadError> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(error @ (LoadError::Limit(_) | LoadError::Encrypted)) => Err(error),
            Err(_) => {
                if !self.parts.iter().any(|part| part == what) {
                    self.parts.push(what.to_owned());
                }
                Ok(None)
            }
        }
    }

    /// Takes the text of a part that something refers to; one that is not there is noted like a broken one.
    fn part(
        &mut self,
        what: &str,
        read: Result<Option<String>, LoadError>,
    ) -> Result<Option<String>, LoadError> {
        self.note(what, read.and_then(|text| text.ok_or(LoadError::Empty)))
    }

    fn tree<'t>(
        &mut self,
        what: &str,
        text: Option<&'t str>,
        limits: &Limits,
    ) -> Result<Option<Tree<'t>>, LoadError> {
        let Some(text) = text else { return Ok(None) };
        self.note(what, xml::parse(text, limits))
    }
}

/// The text of the first related part of a kind.
fn side(
    package: &mut Package,
    relations: &Relations,
    kind: &str,
    what: &str,
    lost: &mut Lost,
) -> Result<Option<String>, LoadError> {
    let Some(path) = relations.first(kind) else { return Ok(None) };
    lost.part(what, package.text(path))
}

/// Bodies of the notes in the order in which the text refers to them. Notes may refer to further notes.
fn notes(
    walker: &mut Walker,
    footnotes: Option<&Tree>,
    endnotes: Option<&Tree>,
    out: &mut Vec<Para>,
    lost: &mut Lost,
) {
    let find = |tree: Option<&Tree<'_>>, name: &str| -> std::collections::HashMap<i64, usize> {
        let Some(tree) = tree else { return Default::default() };
        let all = tree
            .root_element()
            .children()
            .enumerate()
            .filter(|(_, node)| node.word() == name && !is_ruler(*node));
        all.filter_map(|(at, node)| Some((node.value("id").and_then(xml::integer)?, at))).collect()
    };
    let (foot, end) = (find(footnotes, "footnote"), find(endnotes, "endnote"));
    let mut seen: HashSet<(bool, i64)> = HashSet::new();
    let (mut footnote, mut endnote, mut next) = (0u32, 0u32, 0usize);
    while let Some(reference) = walker.notes.get(next).copied() {
        next += 1;
        let (is_foot, id) = match reference {
            NoteRef::Footnote(id) => (true, id),
            NoteRef::Endnote(id) => (false, id),
        };
        if !seen.insert((is_foot, id)) {
            continue;
        }
        let (tree, at) = if is_foot { (footnotes, foot.get(&id)) } else { (endnotes, end.get(&id)) };
        let Some(node) = tree.zip(at).and_then(|(tree, at)| tree.root_element().children().nth(*at)) else {
            let what = if is_foot { "각주" } else { "미주" };
            let _ = lost.note::<()>(what, Err(LoadError::Empty));
            continue;
        };
        let part = if is_foot {
            footnote += 1;
            Part::Footnote(footnote)
        } else {
            endnote += 1;
            Part::Endnote(endnote)
        };
        let start = out.len();
        walker.story(node, part, out);
        // The reference mark leaves a space in front.
        for para in out.iter_mut().skip(start) {
            para.text = para.text.trim_start().to_owned();
        }
    }
}

/// The lines that part notes from the text are notes of their own.
fn is_ruler(node: Node) -> bool {
    matches!(node.value("type"), Some("separator" | "continuationSeparator" | "continuationNotice"))
}

/// Headers and footers that a section uses, each text once.
fn running(
    walker: &mut Walker,
    package: &mut Package,
    relations: &Relations,
    limits: &Limits,
    out: &mut Vec<Para>,
    lost: &mut Lost,
) -> Result<(), LoadError> {
    let mut paths: HashSet<String> = HashSet::new();
    let mut texts: HashSet<(bool, String)> = HashSet::new();
    for (part, id) in std::mem::take(&mut walker.running) {
        let what = if part == Part::Header { "머리말" } else { "꼬리말" };
        let path = relations.by_id(&id);
        if path.is_some_and(|path| !paths.insert(path.to_owned())) {
            continue;
        }
        let text = lost.part(what, path.map_or(Ok(None), |path| package.text(path)))?;
        let Some(tree) = lost.tree(what, text.as_deref(), limits)? else { continue };
        let mut paras = Vec::new();
        walker.story(tree.root_element(), part, &mut paras);
        let whole: String = paras.iter().flat_map(|para| [para.text.as_str(), "\n"]).collect();
        if texts.insert((part == Part::Header, whole)) {
            out.append(&mut paras);
        }
    }
    Ok(())
}

/// The title: a paragraph in the style of one, else the first heading that is no article, else what the properties say.
fn title(walker: &Walker, package: &mut Package, paras: &[Para], limits: &Limits, sink: &mut Sink) {
    if let Some(title) = &walker.title {
        sink.builder.title(title);
    }
    let heading = paras.iter().find(|para| matches!(para.kind, BlockKind::Heading(_)));
    if let Some(para) = heading.filter(|para| para.label.is_empty() && !is_article(&para.text)) {
        sink.builder.title(&para.text);
    }
    let Ok(Some(text)) = package.text("docProps/core.xml") else { return };
    let Ok(tree) = xml::parse(&text, limits) else { return };
    if let Some(title) = tree.root_element().children().find(|node| node.tag_name().name() == "title") {
        sink.builder.title(title.text().unwrap_or_default());
    }
}

fn notices(walker: &Walker, lost: &Lost, sink: &mut Sink) {
    let tally = &walker.tally;
    if !lost.parts.is_empty() {
        sink.warning(format!("손상되어 읽지 못한 부분이 있습니다: {}", lost.parts.join(", ")));
    }
    if tally.inserted + tally.deleted > 0 {
        let (inserted, deleted) = (tally.inserted, tally.deleted);
        let state = match walker.revisions {
            Revisions::Accepted => "모두 적용한 상태로",
            Revisions::Original => "적용하기 전의 원래 상태로",
            Revisions::Without { .. } => "일부만 적용한 상태로",
        };
        sink.warning(format!("변경 추적이 있어 {state} 읽었습니다(삽입 {inserted}곳, 삭제 {deleted}곳)"));
    }
    let mut unknown: Vec<&str> = walker.numbering.unknown.iter().map(String::as_str).collect();
    unknown.sort_unstable();
    if !unknown.is_empty() {
        sink.warning(format!("모르는 번호 형식은 숫자로 읽었습니다: {}", unknown.join(", ")));
    }
    let counted = [
        (walker.numbering.dangling, "정의가 없는 자동 번호", "문단에 붙이지 못했습니다"),
        (walker.numbering.malformed, "값이 빠지거나 잘못된 번호 정의", "기본값으로 읽었습니다"),
        (tally.styleless, "스타일 이름이 빠진 문단", "기본 스타일로 읽었습니다"),
        (tally.uncounted, "번호 필드(AUTONUM, LISTNUM)", "계산하지 않았습니다"),
        (tally.fields, "저장된 결과가 없는 필드", "읽지 않았습니다"),
        (tally.laid, "한 줄로 나타낼 수 없는 수식 필드(EQ)", "글만 읽었습니다"),
        (tally.glyphs, "뜻을 모르는 기호 글꼴의 글자", "▯로 읽었습니다"),
        (tally.embedded, "끼워 넣은 문서", "읽지 않았습니다"),
        (tally.drawings, "도형(SmartArt)이나 차트", "읽지 않았습니다"),
        (tally.struck, "취소선이 그어진 글", "그대로 읽었습니다"),
        (tally.hidden, "숨은 글", "읽지 않았습니다"),
    ];
    for (count, what, how) in counted {
        if count > 0 {
            sink.warning(format!("{what} {count}곳은 {how}"));
        }
    }
    for (count, what) in [(tally.pictures, "그림"), (tally.objects, "개체"), (tally.comments, "메모")] {
        if count > 0 {
            sink.info(format!("{what} {count}개는 읽지 않았습니다"));
        }
    }
}
