//! What stands inside a paragraph: runs, fields, links, changes, notes, boxes, formulas. Collects text as Word shows it
//! with all changes accepted or none, and the text boxes that hang on it.

use crate::load::blocks::{begins_article_title, begins_clause, is_article, visible};
use crate::load::docx::body::{NoteRef, Walker, alternative};
use crate::load::docx::field::{Field, Standin, standin};
use crate::load::docx::formula;
use crate::load::docx::styles::{Fonts, Inherited, Look};
use crate::load::docx::symbol::{self, Face, is_private};
use crate::load::docx::trace::Piece;
use crate::load::docx::xml::{WordNode, integer, words};
use roxmltree::Node;
use std::rc::Rc;

/// The text of a paragraph while it is read.
#[derive(Default)]
pub(super) struct Inline<'a, 't> {
    pub text: String,
    /// Contents of text boxes and words that are drawn, to be read after the paragraph.
    pub boxes: Vec<Node<'a, 't>>,
    /// The page on which the text begins.
    pub page: Option<u32>,
    /// Runs so far, whether read or not.
    pub run: u32,
    /// Where in the text each run begins that has any.
    pub runs: Vec<(usize, u32)>,
    /// What the paragraph has from its style.
    pub style: Rc<Inherited>,
    /// The fonts of the run that is read.
    pub fonts: Fonts,
    /// Where in the text a page or column ends.
    pub breaks: Vec<usize>,
    /// Whether hidden text was passed over.
    pub hid: bool,
    /// Which element each stretch of the text came from, where that is asked for.
    pub pieces: Vec<Piece>,
}

impl<'a, 't> Inline<'a, 't> {
    /// Reads all children of an element.
    pub fn all(&mut self, walker: &mut Walker, parent: Node<'a, 't>) {
        for node in parent.children().filter(Node::is_element) {
            self.one(walker, node);
        }
    }

    /// Reads one element.
    pub fn one(&mut self, walker: &mut Walker, node: Node<'a, 't>) {
        match node.word() {
            "r" => self.run(walker, node),
            "ins" | "moveTo" | "del" | "moveFrom" => {
                if walker.stays(node) {
                    self.all(walker, node);
                } else {
                    let runs = node.descendants().filter(|inner| inner.word() == "r").count();
                    self.run = self.run.saturating_add(u32::try_from(runs).unwrap_or(u32::MAX));
                }
            }
            "hyperlink" | "smartTag" | "customXml" | "bdo" | "dir" | "rubyBase" => self.all(walker, node),
            "fldSimple" => {
                let instruction = node.value("instr").unwrap_or_default().to_owned();
                walker.fields.begin(Field { result: true, instruction, ..Field::default() });
                self.all(walker, node);
                if let Some(mut field) = walker.fields.end() {
                    field.result = node.part("r").is_some();
                    self.close(walker, node, field, self.style.look.hidden == Some(true));
                }
            }
            "sdt" => self.control(walker, node),
            "subDoc" => walker.tally.embedded += 1,
            "" => match node.tag_name().name() {
                "AlternateContent" => {
                    if let Some(choice) = alternative(node) {
                        self.all(walker, choice);
                    }
                }
                "oMath" | "oMathPara" => {
                    let text = formula::linear(node);
                    self.set(walker, node, &text);
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// Decides what the ends of pages and columns are, now that what follows them is known: a clause begins a line of its own, a
    /// sentence goes on.
    pub fn settle(&mut self) {
        for at in std::mem::take(&mut self.breaks) {
            let (Some(before), Some(follows)) = (self.text.get(..at), self.text.get(at + 1..)) else {
                continue;
            };
            if self.text.get(at..=at) == Some("\n") && goes_on(before, follows) {
                self.text.replace_range(at..=at, " ");
            }
        }
    }

    /// A content control. A box to be ticked is its state where its content shows no box.
    fn control(&mut self, walker: &mut Walker, node: Node<'a, 't>) {
        let (before, strange) = (self.text.len(), walker.tally.glyphs);
        if let Some(content) = node.part("sdtContent") {
            self.all(walker, content);
        }
        let Some(ticked) = node.part("sdtPr").and_then(ticked) else { return };
        let shown = self.text.get(before..).unwrap_or_default();
        if shown.trim_matches(|c: char| c.is_whitespace() || c == symbol::UNKNOWN).is_empty() {
            self.back_to(before);
            walker.tally.glyphs = strange;
            self.push(walker, node, if ticked { "☑" } else { "☐" });
        }
    }

    fn run(&mut self, walker: &mut Walker, run: Node<'a, 't>) {
        let properties = walker.revisions.properties(run.part("rPr"), "rPrChange", "rPr");
        let style = properties.and_then(|properties| properties.part_value("rStyle"));
        let style = style.map(|id| walker.styles.character(id)).unwrap_or_default();
        let look = Look::resolve(Look::of(properties), style, self.style.look);
        let hidden = look.hidden == Some(true);
        let struck = look.struck == Some(true) || look.struck_twice == Some(true);
        let before = self.text.len();
        self.run = self.run.saturating_add(1);
        let outer = std::mem::replace(&mut self.fonts, look.fonts);
        for node in run.children().filter(Node::is_element) {
            self.piece(walker, node, hidden);
        }
        self.fonts = outer;
        if struck && self.text.len() > before {
            walker.tally.struck += 1;
        }
    }

    /// One piece of a run.
    fn piece(&mut self, walker: &mut Walker, node: Node<'a, 't>, hidden: bool) {
        let name = node.word();
        match name {
            "fldChar" => return self.field(walker, node, hidden),
            "instrText" | "delInstrText" => {
                if walker.fields.is_last_asking()
                    && let Some(instruction) = walker.fields.instruction()
                {
                    instruction.push_str(&words(node));
                }
                return;
            }
            "lastRenderedPageBreak" => {
                if walker.part.is_none() {
                    walker.page = Some(walker.page.unwrap_or(1).saturating_add(1));
                }
                return;
            }
            "commentReference" => walker.tally.comments += 1,
            _ => {}
        }
        // An instruction may hold other fields, whose results are part of it.
        if walker.fields.is_asking() && !matches!(name, "t" | "delText" | "sym") {
            return;
        }
        if hidden {
            self.hid = true;
            walker.tally.hidden += usize::from(matches!(name, "t" | "delText"));
            return;
        }
        match name {
            "t" | "delText" => {
                let shown: String = written(node).chars().map(|c| self.shows(walker, c)).collect();
                self.push(walker, node, &shown);
            }
            "tab" | "ptab" => self.push(walker, node, "\t"),
            "br" if matches!(node.value("type"), Some("page" | "column")) => {
                self.breaks.push(self.text.len());
                self.push(walker, node, "\n");
            }
            "br" | "cr" => self.push(walker, node, "\n"),
            "noBreakHyphen" => self.push(walker, node, "-"),
            "sym" => {
                let code = node.value("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    let shown = self.symbol(walker, node.value("font"), c);
                    self.push(walker, node, shown.encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" => walker.notes.extend(id(node).map(NoteRef::Footnote)),
            "endnoteReference" => walker.notes.extend(id(node).map(NoteRef::Endnote)),
            "ruby" => self.ruby(walker, node),
            "drawing" | "pict" | "object" => self.drawing(walker, node),
            "" if node.tag_name().name() == "AlternateContent" => {
                if let Some(choice) = alternative(node) {
                    for inner in choice.children().filter(Node::is_element) {
                        self.piece(walker, inner, hidden);
                    }
                }
            }
            // Wrong places that some writers use: a run in a run, a link in a run.
            "r" | "hyperlink" | "sdt" | "ins" | "del" => self.one(walker, node),
            _ => {}
        }
    }

    /// A gloss above words: 갑(甲). What stands there may be of the contract, so that it is read as well.
    fn ruby(&mut self, walker: &mut Walker, node: Node<'a, 't>) {
        if let Some(base) = node.part("rubyBase") {
            self.all(walker, base);
        }
        let Some(gloss) = node.part("rt") else { return };
        let before = self.text.len();
        self.push(walker, node, "(");
        self.all(walker, gloss);
        if self.text.len() > before + 1 {
            self.push(walker, node, ")");
        } else {
            self.back_to(before);
        }
    }

    /// Takes back what was read since the text had that length.
    fn back_to(&mut self, before: usize) {
        self.text.truncate(before);
        self.pieces.truncate(self.pieces.partition_point(|piece| piece.at < before));
        self.runs.truncate(self.runs.partition_point(|(at, _)| *at < before));
        self.breaks.truncate(self.breaks.partition_point(|at| *at < before));
    }

    /// What is seen of a character in the fonts of its run.
    fn shows(&self, walker: &mut Walker, c: char) -> char {
        let shown = self.fonts.shows(c);
        walker.tally.glyphs += usize::from(shown == symbol::UNKNOWN && c != shown);
        shown
    }

    /// A character that was inserted as a symbol: in a font of symbols a glyph, in any other itself (17.3.3.30).
    fn symbol(&self, walker: &mut Walker, font: Option<&str>, c: char) -> char {
        let Some(font) = font else { return self.shows(walker, c) };
        let face = Face::named(font);
        let shown = match face {
            // A glyph of a font that has none known here.
            Face::Text if is_private(c) => symbol::UNKNOWN,
            Face::Text => c,
            _ if is_private(c) || u32::from(c) <= 0xFF => face.shows(c),
            _ => c,
        };
        walker.tally.glyphs += usize::from(shown == symbol::UNKNOWN && c != shown);
        shown
    }

    fn push(&mut self, walker: &mut Walker, node: Node, text: &str) {
        // What is over the limit is not collected; the reader looks whether anything was left.
        walker.left = walker.left.saturating_sub(text.len() as u64);
        if walker.left == 0 || text.is_empty() {
            return;
        }
        walker.fields.said();
        if let Some(instruction) = walker.fields.instruction() {
            return instruction.push_str(text);
        }
        if self.page.is_none() && !text.trim().is_empty() {
            self.page = walker.page;
        }
        if self.runs.last().is_none_or(|(_, run)| *run != self.run) {
            self.runs.push((self.text.len(), self.run));
        }
        if walker.trace.is_some() {
            self.pieces.push(Piece { node: node.id(), at: self.text.len() });
        }
        self.text.extend(text.chars().filter_map(visible));
    }

    fn field(&mut self, walker: &mut Walker, node: Node, hidden: bool) {
        match node.value("fldCharType") {
            Some("begin") => {
                let shown = form(node);
                if let Some(shown) = shown.as_ref().filter(|_| !hidden) {
                    self.push(walker, node, shown);
                }
                walker.fields.begin(Field { said: shown.is_some(), ..Field::default() });
            }
            Some("separate") => {
                walker.fields.separate();
            }
            Some("end") => {
                if let Some(field) = walker.fields.end() {
                    self.close(walker, node, field, hidden);
                }
            }
            _ => {}
        }
    }

    /// The end of a field: one without a result shows what stands for it.
    fn close(&mut self, walker: &mut Walker, node: Node, field: Field, hidden: bool) {
        if field.said {
            return walker.fields.said();
        }
        let inner = walker.fields.is_asking();
        let shown = match standin(&field.instruction) {
            Standin::Nothing => return,
            Standin::Unknown => {
                walker.tally.fields += usize::from(!field.result && !inner);
                return;
            }
            Standin::Number => {
                walker.tally.uncounted += 1;
                return;
            }
            Standin::Text(shown) => shown,
            Standin::Words(shown) => {
                walker.tally.laid += usize::from(!hidden);
                shown
            }
        };
        if hidden {
            self.hid = true;
            walker.tally.hidden += usize::from(!shown.is_empty());
            return;
        }
        self.set(walker, node, &shown);
    }

    /// Text that is set as a whole, with a space where a number in front would run into one of its own: 2 1/2.
    fn set(&mut self, walker: &mut Walker, node: Node, text: &str) {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if text.contains('/') && digit(self.text.chars().next_back()) && digit(text.chars().next()) {
            self.push(walker, node, " ");
        }
        self.push(walker, node, text);
    }

    fn drawing(&mut self, walker: &mut Walker, node: Node<'a, 't>) {
        let before = self.boxes.len();
        let mut open = vec![node];
        // Without recursion, and not into the boxes found: they are read later, with what hangs on their own text.
        while let Some(node) = open.pop() {
            if node.word() == "txbxContent" {
                self.boxes.push(node);
                continue;
            }
            match node.tag_name().name() {
                "AlternateContent" => {
                    open.extend(alternative(node));
                    continue;
                }
                "blip" | "imagedata" => walker.tally.pictures += 1,
                "relIds" => walker.tally.drawings += 1,
                "chart" => walker.tally.drawings += 1,
                "OLEObject" => walker.tally.objects += 1,
                // Words that are drawn (WordArt, watermarks) stand beside the text as those of a box.
                "textpath" => self.boxes.push(node),
                _ => {}
            }
            open.extend(node.children().filter(Node::is_element));
        }
        // Children came from the stack in reverse order.
        if let Some(found) = self.boxes.get_mut(before..) {
            found.reverse();
        }
    }
}

/// Whether a sentence goes on behind the end of a page or column.
fn goes_on(before: &str, follows: &str) -> bool {
    // Not over other ends of lines: there may be any number of them.
    let blank = |c: char| c.is_whitespace() && c != '\n';
    let (before, follows) = (before.trim_end_matches(blank), follows.trim_start_matches(blank));
    if follows.starts_with('\n') {
        return false;
    }
    let ended =
        before.is_empty() || before.ends_with(['\n', '.', '?', '!', ':', ';', ')', ']', '】', '〉', '>']);
    let numbered = begins_clause(follows) && (!is_article(follows) || begins_article_title(follows));
    let part = follows.strip_prefix('제').is_some_and(|rest| {
        let unit = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        unit.len() < rest.trim_start().len() && unit.starts_with(['편', '장', '절', '관'])
    });
    let annex = ["부칙", "부 칙", "별표", "별지", "별첨", "붙임", "첨부", "[", "【", "<"];
    !(ended || numbered || part || annex.iter().any(|word| follows.starts_with(word)))
}

/// What a `t` says, before the characters that nobody sees are taken out.
pub(crate) fn written(node: Node) -> String {
    let text = words(node);
    let text = if node.attributes().any(|a| a.name() == "space" && a.value() == "preserve") {
        text.as_str()
    } else {
        text.trim_matches([' ', '\t', '\n', '\r'])
    };
    text.replace(['\n', '\r'], " ")
}

fn id(node: Node) -> Option<i64> {
    node.value("id").and_then(integer)
}

/// What a form field without a result shows: a box that is ticked or not, the chosen entry.
fn form(node: Node) -> Option<String> {
    let data = node.part("ffData")?;
    if let Some(tick) = data.part("checkBox") {
        let on = tick.switch("checked").or(tick.switch("default")).unwrap_or(false);
        return Some(if on { "☑" } else { "☐" }.into());
    }
    let list = data.part("ddList")?;
    let chosen = usize::try_from(list.number("result").or(list.number("default")).unwrap_or(0)).ok()?;
    list.children().filter(|entry| entry.word() == "listEntry").nth(chosen)?.value("val").map(str::to_owned)
}

/// The state of a box to be ticked, where the properties are those of one.
fn ticked(properties: Node) -> Option<bool> {
    let tick = properties.children().find(|child| child.tag_name().name() == "checkbox")?;
    let state = tick.children().find(|child| child.tag_name().name() == "checked");
    let value = state.and_then(|state| state.attributes().find(|attribute| attribute.name() == "val"));
    Some(state.is_some() && !value.is_some_and(|value| matches!(value.value(), "0" | "false" | "off")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sentences_go_on_over_the_end_of_a_page() {
        for (before, follows) in
            [("문장이 쪽을 넘어", "간다."), ("갑은 ", "제2조를 위반하여"), ("가", "제30일")]
        {
            assert!(goes_on(before, follows), "{before} {follows}");
        }
        for (before, follows) in [
            ("", "간다"),
            ("끝난다.", "이 경우"),
            ("용어", "② 다음 용어"),
            ("제1조(목적)", "이 계약은"),
            ("목적", "제2조(정의)"),
            ("끝", "제2장 의무"),
            ("끝", "[별표 1]"),
            ("끝", " 부칙"),
        ] {
            assert!(!goes_on(before, follows), "{before} {follows}");
        }
    }
}
