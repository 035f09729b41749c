//! Paragraph and character styles, as far as they decide numbers, headings and hidden text. Knows no numbering formats.

use crate::load::docx::symbol::{Face, is_private};
use crate::load::docx::xml::WordNode;
use roxmltree::{Document, Node};
use std::collections::HashMap;

/// What one style says itself.
#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    name: String,
    num_id: Option<i64>,
    level: Option<i64>,
    outline: Option<i64>,
    look: Look,
}

/// What run properties say of how text is shown, as far as it matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub hidden: Option<bool>,
    pub struck: Option<bool>,
    /// Struck out with two lines.
    pub struck_twice: Option<bool>,
    pub fonts: Fonts,
}

impl Look {
    /// What properties say themselves.
    pub fn of(properties: Option<Node>) -> Self {
        let switch = |name: &str| properties.and_then(|properties| properties.switch(name));
        Self {
            hidden: switch("vanish"),
            struck: switch("strike"),
            struck_twice: switch("dstrike"),
            fonts: Fonts::of(properties),
        }
    }

    /// This, and what the style says that it is based on where this says nothing.
    fn or(self, base: Self) -> Self {
        Self {
            hidden: self.hidden.or(base.hidden),
            struck: self.struck.or(base.struck),
            struck_twice: self.struck_twice.or(base.struck_twice),
            fonts: self.fonts.or(base.fonts),
        }
    }

    /// How a run looks with these properties of its own, of its character style and of its paragraph's style. Hiding and
    /// striking out are toggles (17.7.3): styles of both kinds that set them undo each other, and the run's own word counts.
    pub fn resolve(own: Self, character: Self, paragraph: Self) -> Self {
        let toggle = |own: Option<bool>, character: Option<bool>, paragraph: Option<bool>| {
            own.or(Some(character.unwrap_or(false) != paragraph.unwrap_or(false)))
        };
        Self {
            hidden: toggle(own.hidden, character.hidden, paragraph.hidden),
            struck: toggle(own.struck, character.struck, paragraph.struck),
            struck_twice: own.struck_twice.or(character.struck_twice).or(paragraph.struck_twice),
            fonts: own.fonts.or(character.fonts).or(paragraph.fonts),
        }
    }
}

/// The fonts of a text as far as they tell what its characters mean: each for some of them (17.3.2.26).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fonts {
    ascii: Option<Face>,
    /// Of Latin letters beyond ASCII and of what symbol fonts have.
    high: Option<Face>,
    east: Option<Face>,
    other: Option<Face>,
    /// Whether signs that Latin and Korean fonts share are of the Korean one.
    prefers_east: bool,
}

impl Fonts {
    /// The fonts that run properties name.
    pub fn of(properties: Option<Node>) -> Self {
        let Some(fonts) = properties.and_then(|properties| properties.part("rFonts")) else {
            return Self::default();
        };
        // A font of the theme goes before one that is named; themes have no symbol fonts.
        let named = |name: &str, theme: &str| match fonts.value(theme) {
            Some(_) => Some(Face::Text),
            None => fonts.value(name).map(Face::named),
        };
        Self {
            ascii: named("ascii", "asciiTheme"),
            high: named("hAnsi", "hAnsiTheme"),
            east: named("eastAsia", "eastAsiaTheme"),
            other: named("cs", "cstheme"),
            prefers_east: fonts.value("hint") == Some("eastAsia"),
        }
    }

    /// These, and others where these name none.
    pub fn or(self, others: Self) -> Self {
        Self {
            ascii: self.ascii.or(others.ascii),
            high: self.high.or(others.high),
            east: self.east.or(others.east),
            other: self.other.or(others.other),
            prefers_east: self.prefers_east,
        }
    }

    /// What is seen of a character.
    pub fn shows(self, c: char) -> char {
        let face = match c {
            '\0'..='\x7f' => self.ascii,
            // Whatever the rules say, a glyph of a symbol font is shown by the symbol font that is there.
            _ if is_private(c) => {
                let symbols = |face: &Face| *face != Face::Text;
                [self.high, self.ascii, self.east, self.other].into_iter().flatten().find(symbols)
            }
            _ if self.prefers_east && is_shared(c) => self.east,
            _ => self.high,
        };
        face.map_or(c, |face| face.shows(c))
    }
}

/// Signs of Latin-1 that Korean fonts have as well.
fn is_shared(c: char) -> bool {
    matches!(c, '¡' | '¤' | '§' | '¨' | 'ª' | '\u{ad}' | '¯' | '°'..='´' | '¶'..='º' | '¼'..='¿' | '×' | '÷')
}

/// What a paragraph has from its style and those that it is based on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inherited {
    pub num_id: Option<i64>,
    pub level: Option<i64>,
    /// The style itself and its ancestors, nearest first, up to the one that brings the number.
    pub lineage: Vec<String>,
    /// Heading level from 1.
    pub heading: Option<u8>,
    /// Whether it is the document's title.
    pub title: bool,
    pub look: Look,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    styles: HashMap<String, Style>,
    default: Option<String>,
    /// Fonts of a document that names no others.
    fonts: Fonts,
    resolved: std::cell::RefCell<HashMap<String, std::rc::Rc<Inherited>>>,
}

impl StyleSheet {
    /// Longest chain of styles based on one another that is followed; Word allows eleven.
    const LONGEST: usize = 32;

    /// Reads the styles part. Styles without an id are passed over.
    pub fn read(tree: &Document) -> Self {
        let mut sheet = Self::default();
        let defaults =
            tree.root_element().part("docDefaults").and_then(|defaults| defaults.part("rPrDefault"));
        sheet.fonts = Fonts::of(defaults.and_then(|defaults| defaults.part("rPr")));
        for node in tree.root_element().children().filter(|node| node.word() == "style") {
            let Some(id) = node.value("styleId") else { continue };
            let paragraph = node.part("pPr");
            let number = paragraph.and_then(|paragraph| paragraph.part("numPr"));
            if node.value("type") == Some("paragraph")
                && matches!(node.value("default"), Some("1" | "true" | "on"))
            {
                sheet.default = Some(id.to_owned());
            }
            let style = Style {
                based_on: node.part_value("basedOn").map(str::to_owned),
                name: node.part_value("name").unwrap_or_default().to_lowercase(),
                num_id: number.and_then(|number| number.number("numId")),
                level: number.and_then(|number| number.number("ilvl")),
                outline: paragraph.and_then(|paragraph| paragraph.number("outlineLvl")),
                look: Look::of(node.part("rPr")),
            };
            sheet.styles.insert(id.to_owned(), style);
        }
        sheet
    }

    /// What a paragraph of that style (or of the default one) has.
    pub fn paragraph(&self, id: Option<&str>) -> std::rc::Rc<Inherited> {
        let id =
            id.filter(|id| self.styles.contains_key(*id)).or(self.default.as_deref()).unwrap_or_default();
        if let Some(known) = self.resolved.borrow().get(id) {
            return known.clone();
        }
        let inherited = std::rc::Rc::new(self.resolve(id));
        self.resolved.borrow_mut().insert(id.to_owned(), inherited.clone());
        inherited
    }

    /// How text of that character style looks.
    pub fn character(&self, id: &str) -> Look {
        self.chain(id).fold(Look::default(), |look, (_, style)| look.or(style.look))
    }

    /// The numId that a numbering style (`styleLink`, `numStyleLink`) stands for.
    pub fn numbering(&self, id: &str) -> Option<i64> {
        self.chain(id).find_map(|(_, style)| style.num_id)
    }

    fn chain<'s>(&'s self, id: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = self.styles.get_key_value(id);
        std::iter::successors(first, |(_, style)| self.styles.get_key_value(style.based_on.as_deref()?))
            .take(Self::LONGEST)
            .map(|(id, style)| (id.as_str(), style))
    }

    fn resolve(&self, id: &str) -> Inherited {
        let mut inherited = Inherited::default();
        let mut outline = None;
        for (id, style) in self.chain(id) {
            if inherited.num_id.is_none() {
                inherited.lineage.push(id.to_owned());
                inherited.num_id = style.num_id;
            }
            inherited.level = inherited.level.or(style.level);
            outline = outline.or(style.outline);
            inherited.look = inherited.look.or(style.look);
            inherited.heading = inherited.heading.or_else(|| heading_name(&style.name));
        }
        inherited.look.fonts = inherited.look.fonts.or(self.fonts);
        inherited.title = self.styles.get(id).is_some_and(|style| style.name == "title");
        if inherited.title {
            inherited.heading = Some(1);
        }
        if let Some(outline) = outline {
            inherited.heading = heading_level(outline);
        }
        inherited
    }
}

/// A heading level from an outline level (0–8; 9 is body text).
pub(super) fn heading_level(outline: i64) -> Option<u8> {
    u8::try_from(outline).ok().filter(|level| *level <= 8).map(|level| level + 1)
}

/// The built-in heading styles by name; Word keeps them in English in every language.
fn heading_name(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("제목 "))?;
    level.parse::<u8>().ok().filter(|level| (1..=9).contains(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

    fn sheet(styles: &str) -> StyleSheet {
        let text = format!("<w:styles {W}>{styles}</w:styles>");
        StyleSheet::read(&Document::parse(&text).unwrap())
    }

    #[test]
    fn numbers_and_headings_are_inherited() {
        let sheet = sheet(
            "<w:style w:type='paragraph' w:default='1' w:styleId='N'><w:name w:val='Normal'/></w:style>
             <w:style w:type='paragraph' w:styleId='A'><w:name w:val='heading 2'/><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='4'/></w:numPr></w:pPr></w:style>
             <w:style w:type='paragraph' w:styleId='B'><w:name w:val='mine'/><w:basedOn w:val='A'/></w:style>
             <w:style w:type='paragraph' w:styleId='C'><w:basedOn w:val='B'/><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr><w:outlineLvl w:val='9'/></w:pPr></w:style>",
        );
        let b = sheet.paragraph(Some("B"));
        assert_eq!((b.num_id, b.level, b.heading), (Some(4), Some(1), Some(2)));
        assert_eq!(b.lineage, ["B", "A"]);
        let c = sheet.paragraph(Some("C"));
        assert_eq!((c.num_id, c.heading), (Some(0), None));
        assert_eq!(sheet.paragraph(Some("unknown")).num_id, None);
    }

    #[test]
    fn every_character_has_the_font_of_its_kind() {
        let sheet = sheet(
            "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='바탕' w:hAnsi='Symbol'/></w:rPr></w:rPrDefault></w:docDefaults>
             <w:style w:type='paragraph' w:styleId='P'><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr></w:style>
             <w:style w:type='character' w:styleId='C'><w:rPr><w:rFonts w:hAnsi='Wingdings 2'/></w:rPr></w:style>",
        );
        let fonts = sheet.paragraph(Some("P")).look.fonts;
        assert_eq!(['o', '±', '가', '\u{f0b9}'].map(|c| fonts.shows(c)), ['□', '±', '가', '≠']);
        let fonts = sheet.character("C").fonts.or(fonts);
        assert_eq!(['o', '£', '가'].map(|c| fonts.shows(c)), ['□', '☐', '가']);
        assert_eq!(sheet.paragraph(None).look.fonts.shows('o'), 'o');
        let direct = |attributes: &str| {
            let text = format!("<w:rPr {W}><w:rFonts {attributes}/></w:rPr>");
            Fonts::of(Some(Document::parse(&text).unwrap().root_element()))
        };
        assert_eq!(direct("w:ascii='Symbol' w:asciiTheme='minorHAnsi'").shows('a'), 'a', "the theme's font");
        let korean = direct("w:hAnsi='Symbol' w:eastAsia='바탕' w:hint='eastAsia'");
        assert_eq!(['·', '\u{f0b7}', '£'].map(|c| korean.shows(c)), ['·', '•', '≤']);
        assert_eq!(direct("w:eastAsia='Wingdings'").shows('\u{f081}'), '①');
        assert_eq!(direct("w:ascii='바탕'").shows('\u{f081}'), '\u{f081}');
    }

    #[test]
    fn circles_end() {
        let sheet = sheet(
            "<w:style w:styleId='A'><w:basedOn w:val='B'/></w:style><w:style w:styleId='B'><w:basedOn w:val='A'/></w:style><w:style/>",
        );
        assert_eq!(sheet.paragraph(Some("A")).num_id, None);
        assert_eq!(sheet.character("A"), Look::default());
    }

    #[test]
    fn styles_that_both_hide_undo_each_other() {
        let look = |hidden: Option<bool>| Look { hidden, struck: hidden, ..Look::default() };
        let (on, off, none) = (look(Some(true)), look(Some(false)), look(None));
        let cases = [
            (none, none, none, false),
            (none, on, none, true),
            (none, none, on, true),
            (none, on, on, false),
            (none, off, on, true),
            (on, on, on, true),
            (off, on, none, false),
        ];
        for (own, character, paragraph, hidden) in cases {
            let resolved = Look::resolve(own, character, paragraph);
            assert_eq!((resolved.hidden, resolved.struck), (Some(hidden), Some(hidden)));
        }
        let twice = Look { struck_twice: Some(true), ..none };
        assert_eq!(Look::resolve(none, twice, twice).struck_twice, Some(true), "no toggle");
    }
}
