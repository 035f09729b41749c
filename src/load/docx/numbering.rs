//! Automatic numbers: which level a paragraph has, what it counts to, and how that is printed. ECMA-376 part 1, 17.9.
//! Knows nothing of the text that is numbered.

use crate::load::docx::styles::{Inherited, StyleSheet};
use crate::load::docx::symbol::{Face, UNKNOWN, is_private};
use crate::load::docx::xml::{WordNode, integer};
use crate::load::numeral;
use roxmltree::{Document, Node};
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// How one level is counted and printed.
#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: String,
    text: String,
    /// Whether nothing stands between number and text.
    tight: bool,
    restart: Option<i64>,
    /// All numbers in plain digits.
    legal: bool,
    style: Option<String>,
    /// The font of the number.
    face: Face,
}

#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// The numbering style that holds the levels in its stead.
    follows: Option<String>,
    /// The numbering style whose levels these are.
    defines: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Num {
    of: i64,
    starts: [Option<i64>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// The number in front of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    pub text: String,
    pub tight: bool,
    pub level: u8,
}

impl Label {
    /// Text, whether nothing stands behind it, level.
    pub fn parts(self) -> (String, bool, u8) {
        (self.text, self.tight, self.level)
    }
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<i64, Abstract>,
    nums: HashMap<i64, Num>,
    /// Last number of each level, by abstract list: lists that share one go on counting.
    counts: HashMap<i64, [Option<i64>; LEVELS]>,
    started: HashSet<(i64, usize)>,
    /// Formats that are printed as plain digits because they are not known.
    pub unknown: HashSet<String>,
    /// References to lists that do not exist.
    pub dangling: usize,
    /// Definitions with a value that is missing or absurd.
    pub malformed: usize,
}

impl Numbering {
    /// Reads the numbering part; what has no number is passed over.
    pub fn read(tree: &Document, styles: &StyleSheet) -> Self {
        let mut numbering = Self::default();
        for node in tree.root_element().children() {
            match node.word() {
                "abstractNum" => {
                    let Some(id) = node.value("abstractNumId").and_then(integer) else {
                        numbering.malformed += 1;
                        continue;
                    };
                    let mut list = Abstract {
                        follows: node.part_value("numStyleLink").map(str::to_owned),
                        defines: node.part_value("styleLink").map(str::to_owned),
                        ..Abstract::default()
                    };
                    for child in node.children().filter(|child| child.word() == "lvl") {
                        numbering.malformed += usize::from(is_malformed(child));
                        if let Some(at) = index(child) {
                            list.levels[at] = Some(level(child));
                        }
                    }
                    numbering.abstracts.insert(id, list);
                }
                "num" => {
                    let (Some(id), Some(of)) =
                        (node.value("numId").and_then(integer), node.number("abstractNumId"))
                    else {
                        numbering.malformed += 1;
                        continue;
                    };
                    numbering.malformed += usize::from(id < 0);
                    let mut num = Num { of, ..Num::default() };
                    for child in node.children().filter(|child| child.word() == "lvlOverride") {
                        let Some(at) = index(child) else { continue };
                        num.starts[at] = child.number("startOverride");
                        num.levels[at] = child.part("lvl").map(level);
                    }
                    numbering.nums.insert(id, num);
                }
                _ => {}
            }
        }
        numbering.follow_styles(styles);
        numbering
    }

    /// Lets lists that only name a numbering style point at the list that defines it.
    fn follow_styles(&mut self, styles: &StyleSheet) {
        let target = |start: i64| {
            let mut at = start;
            for _ in 0..8 {
                let Some(style) = self.abstracts.get(&at).and_then(|list| list.follows.as_deref()) else {
                    break;
                };
                let by_style = styles
                    .numbering(style)
                    .and_then(|num| self.nums.get(&num))
                    .map(|num| num.of)
                    .filter(|of| *of != at);
                let mut definers: Vec<i64> = self
                    .abstracts
                    .iter()
                    .filter(|(_, list)| list.defines.as_deref() == Some(style))
                    .map(|(id, _)| *id)
                    .collect();
                definers.sort_unstable();
                match by_style.or_else(|| definers.first().copied()) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            at
        };
        let targets: Vec<(i64, i64)> = self.nums.iter().map(|(id, num)| (*id, target(num.of))).collect();
        for (id, of) in targets {
            if let Some(num) = self.nums.get_mut(&id) {
                num.of = of;
            }
        }
    }

    /// Counts a paragraph and gives its number. `direct` is the paragraph's own `numPr`, `style` what its style brings. `None` for a
    /// paragraph without number; a level that prints nothing is still counted.
    pub fn next(&mut self, direct: Option<Node>, style: &Inherited) -> Option<Label> {
        let own = direct.and_then(|direct| direct.number("numId"));
        let num_id = own.or(style.num_id)?;
        if num_id == 0 {
            return None;
        }
        let Some(num) = self.nums.get(&num_id) else {
            self.dangling += 1;
            return None;
        };
        let Some(list) = self.abstracts.get(&num.of) else {
            self.dangling += 1;
            return None;
        };
        let asked = direct.and_then(|direct| direct.number("ilvl"));
        // A level that names the paragraph's style wins over the level that the style names.
        let linked = || {
            let by_style = |name: &String| {
                (0..LEVELS)
                    .find(|at| find(num, list, *at).is_some_and(|level| level.style.as_ref() == Some(name)))
            };
            own.is_none().then(|| style.lineage.iter().find_map(by_style)).flatten()
        };
        let at = match asked {
            Some(level) => usize::try_from(level.clamp(0, LEVELS as i64 - 1)).unwrap_or(0),
            None => linked().unwrap_or_else(|| {
                usize::try_from(style.level.unwrap_or(0).clamp(0, LEVELS as i64 - 1)).unwrap_or(0)
            }),
        };
        let start =
            |at: usize| num.starts[at].or_else(|| find(num, list, at).map(|level| level.start)).unwrap_or(1);
        let counts = self.counts.entry(num.of).or_default();
        // A level that was jumped over has its first number by that: its own next paragraph has the second.
        for (above, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert_with(|| start(above));
        }
        let first_use = num.starts[at].is_some() && self.started.insert((num_id, at));
        counts[at] = Some(match counts[at] {
            Some(last) if !first_use => last.saturating_add(1),
            _ => start(at),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            // 17.9.10: by default every level above restarts; a number names the only ones that do, 0 none.
            let restart = find(num, list, deeper).and_then(|level| level.restart).unwrap_or(i64::MAX);
            if (at as i64) < restart {
                *count = None;
            }
        }
        let counts = *counts;
        let level = find(num, list, at)?;
        let mut text = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            let place = rest.peek().and_then(|c| c.to_digit(10)).filter(|n| c == '%' && *n > 0);
            let Some(place) = place else {
                text.push(c);
                continue;
            };
            rest.next();
            let of = place as usize - 1;
            if of > at {
                continue;
            }
            let value = counts[of].unwrap_or_default();
            let format = find(num, list, of).map_or("decimal", |level| level.format.as_str());
            if level.legal && format != "none" && format != "bullet" {
                text.push_str(&value.to_string());
            } else {
                match print(format, value) {
                    Some(printed) => text.push_str(&printed),
                    None => {
                        self.unknown.insert(format.to_owned());
                        text.push_str(&value.to_string());
                    }
                }
            }
        }
        if level.format == "bullet" {
            text = text.chars().map(|c| bullet(level.face, c)).collect();
        }
        let text: String = text.chars().filter_map(crate::load::blocks::visible).collect();
        Some(Label { text: text.trim().to_owned(), tight: level.tight, level: u8::try_from(at).unwrap_or(0) })
    }
}

fn find<'l>(num: &'l Num, list: &'l Abstract, at: usize) -> Option<&'l Level> {
    num.levels[at].as_ref().or(list.levels[at].as_ref())
}

/// The level that an element names, when it is one.
fn index(node: Node) -> Option<usize> {
    usize::try_from(node.value("ilvl").and_then(integer)?).ok().filter(|at| *at < LEVELS)
}

/// Whether a level lacks its place or the value of a part that it has; the rest is read with defaults.
fn is_malformed(node: Node) -> bool {
    let number = |name: &str| node.part(name).is_some() && node.number(name).is_none_or(|n| n < 0);
    let text = |name: &str| node.part(name).is_some_and(|part| part.value("val").is_none());
    index(node).is_none() || number("start") || number("lvlRestart") || text("numFmt") || text("lvlText")
}

fn level(node: Node) -> Level {
    // A custom format stands in an alternate content beside a fallback that older versions read.
    let format = node.part("numFmt").or_else(|| node.descendants().find(|node| node.word() == "numFmt"));
    let custom = format
        .filter(|format| format.value("val") == Some("custom"))
        .and_then(|format| format.value("format"));
    Level {
        start: node.number("start").unwrap_or(1),
        format: custom.or_else(|| format?.value("val")).unwrap_or("decimal").to_owned(),
        text: node.part_value("lvlText").unwrap_or_default().to_owned(),
        tight: node.part_value("suff") == Some("nothing"),
        restart: node.number("lvlRestart"),
        legal: node.switch("isLgl").unwrap_or(false),
        style: node.part_value("pStyle").map(str::to_owned),
        face: face(node),
    }
}

/// A number in one of the formats of 17.18.59, `None` for those that are not known.
fn print(format: &str, n: i64) -> Option<String> {
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
    const AIUEO: &str =
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
    const IROHA: &str =
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
    const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
    const CHINESE: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    Some(match format {
        "decimal" | "decimalHalfWidth" => n.to_string(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => numeral::full_width(n),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => numeral::circled(n),
        "decimalEnclosedParen" => numeral::parenthesised(n),
        "decimalEnclosedFullstop" => numeral::full_stopped(n),
        "numberInDash" => format!("- {n} -"),
        "ganada" => numeral::ganada_repeated(n),
        "chosung" => numeral::chosung_repeated(n),
        "koreanDigital" => numeral::digits(n, &numeral::KOREAN.digits),
        "koreanDigital2" => numeral::digits(n, &numeral::HANJA.digits),
        "koreanCounting" => numeral::counted(n, &numeral::KOREAN),
        "koreanLegal" => numeral::native(n),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            numeral::digits(n, &CHINESE)
        }
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => numeral::counted(n, &numeral::HANJA),
        "ideographLegalTraditional" => numeral::counted(n, &numeral::LEGAL_TRADITIONAL),
        "chineseLegalSimplified" => numeral::counted(n, &numeral::LEGAL_SIMPLIFIED),
        "japaneseLegal" => numeral::counted(n, &numeral::LEGAL_JAPANESE),
        "ideographEnclosedCircle" => numeral::circled_hanja(n),
        "ideographTraditional" => numeral::cyclic(n, STEMS),
        "ideographZodiac" => numeral::cyclic(n, BRANCHES),
        "ideographZodiacTraditional" => numeral::paired(n, STEMS, BRANCHES),
        "aiueo" | "aiueoFullWidth" => numeral::cyclic(n, AIUEO),
        "iroha" | "irohaFullWidth" => numeral::cyclic(n, IROHA),
        "russianLower" => numeral::marks(n, RUSSIAN),
        "russianUpper" => numeral::marks(n, RUSSIAN).to_uppercase(),
        "chicago" => numeral::marks(n, "*†‡§"),
        "lowerLetter" => numeral::letter_repeated(n),
        "upperLetter" => numeral::letter_repeated(n).to_uppercase(),
        "lowerRoman" => numeral::roman(n),
        "upperRoman" => numeral::roman(n).to_uppercase(),
        "ordinal" => numeral::ordinal(n),
        "cardinalText" => numeral::english(n),
        "ordinalText" => numeral::english_ordinal(n),
        "hex" => format!("{n:X}"),
        "none" | "bullet" => String::new(),
        // A custom format shows its first numbers: "001, 002, …".
        custom if custom.starts_with('0') => {
            let width = custom.chars().take_while(char::is_ascii_digit).count().min(8);
            format!("{n:0width$}")
        }
        _ => return None,
    })
}

/// The font of a level's number. Bullets need one only.
fn face(level: Node) -> Face {
    let fonts = level.part("rPr").and_then(|properties| properties.part("rFonts"));
    let named = |name: &str| Some(Face::named(fonts?.value(name)?)).filter(|face| *face != Face::Text);
    named("ascii").or_else(|| named("hAnsi")).unwrap_or(Face::Text)
}

/// Bullets as characters that any font has and that are known as bullets.
fn bullet(face: Face, c: char) -> char {
    let shown = match face {
        // Without the name of a font it is most likely the one that Word offers for bullets.
        Face::Text if is_private(c) => match c {
            '\u{f0b7}' => '•',
            '\u{f02d}' => '-',
            c => Face::Wingdings.shows(c),
        },
        face => face.shows(c),
    };
    match shown {
        'o' if face == Face::Text => '○',
        '❖' => '◆',
        '❑' | '❒' | '❐' => '□',
        '−' => '-',
        '\u{e000}'..='\u{f8ff}' | UNKNOWN => '•',
        shown => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

    fn lists(xml: &str) -> Numbering {
        let text = format!("<w:numbering {W}>{xml}</w:numbering>");
        Numbering::read(&Document::parse(&text).unwrap(), &StyleSheet::default())
    }

    fn next(numbering: &mut Numbering, num: i64, level: i64) -> String {
        let text = format!("<w:numPr {W}><w:ilvl w:val='{level}'/><w:numId w:val='{num}'/></w:numPr>");
        let tree = Document::parse(&text).unwrap();
        numbering
            .next(Some(tree.root_element()), &Inherited::default())
            .map(|label| label.text)
            .unwrap_or("-".into())
    }

    fn lvl(at: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"
        )
    }

    #[test]
    fn levels_restart_and_refer_to_those_above() {
        let mut numbering = lists(&format!(
            "<w:abstractNum w:abstractNumId='0'>{}{}{}{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>
             <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num>",
            lvl(0, "decimal", "제%1조", ""),
            lvl(1, "decimalEnclosedCircle", "%2", ""),
            lvl(2, "decimal", "%3.", "<w:lvlRestart w:val='0'/>"),
            lvl(3, "ganada", "%1-%2-%4)", "<w:isLgl/>"),
        ));
        let asked = [
            (1, 0),
            (1, 1),
            (1, 1),
            (1, 2),
            (1, 3),
            (1, 0),
            (1, 1),
            (1, 2),
            (2, 0),
            (2, 0),
            (1, 0),
            (0, 0),
            (9, 0),
        ];
        let labels: Vec<String> = asked.map(|(num, level)| next(&mut numbering, num, level)).to_vec();
        assert_eq!(
            labels,
            ["제1조", "①", "②", "1.", "1-2-1)", "제2조", "①", "2.", "제7조", "제8조", "제9조", "-", "-"]
        );
        assert_eq!(numbering.dangling, 1);
    }

    #[test]
    fn a_named_restart_level_is_obeyed() {
        let mut numbering = lists(&format!(
            "<w:abstractNum w:abstractNumId='0'>{}{}{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
            lvl(0, "upperRoman", "%1", ""),
            lvl(1, "decimal", "제%2조", "<w:lvlRestart w:val='0'/>"),
            lvl(2, "chosung", "%3)", "<w:lvlRestart w:val='1'/>"),
        ));
        let labels: Vec<String> =
            [0, 1, 2, 1, 2, 0, 1, 2].map(|level| next(&mut numbering, 1, level)).to_vec();
        assert_eq!(
            labels,
            ["I", "제1조", "ㄱ)", "제2조", "ㄴ)", "II", "제3조", "ㄱ)"],
            "조 go on through 장"
        );
    }

    #[test]
    fn every_format_prints() {
        let cases = [
            ("koreanCounting", 12, "십이"),
            ("koreanLegal", 12, "열둘"),
            ("koreanDigital", 12, "일이"),
            ("ideographDigital", 20, "二〇"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("decimalEnclosedFullstop", 2, "⒉"),
            ("decimalZero", 3, "03"),
            ("upperLetter", 28, "BB"),
            ("chineseCounting", 15, "十五"),
            ("001, 002, 003, ...", 7, "007"),
            ("ordinal", 2, "2nd"),
            ("none", 3, ""),
            ("ideographTraditional", 3, "丙"),
            ("koreanDigital2", 10, "一零"),
            ("chosung", 3, "ㄷ"),
            ("ideographEnclosedCircle", 2, "㊁"),
            ("ideographLegalTraditional", 2, "貳"),
            ("ideographLegalTraditional", 9, "玖"),
            ("ideographLegalTraditional", 14, "壹拾肆"),
            ("chineseLegalSimplified", 2, "贰"),
            ("chineseLegalSimplified", 36, "叁拾陆"),
            ("japaneseLegal", 5, "伍"),
            ("ideographZodiac", 2, "丑"),
            ("ideographZodiacTraditional", 2, "乙丑"),
            ("japaneseCounting", 3, "三"),
            ("numberInDash", 3, "- 3 -"),
            ("decimalFullWidth", 3, "３"),
            ("cardinalText", 3, "Three"),
            ("ordinalText", 3, "Third"),
            ("aiueo", 3, "ウ"),
            ("iroha", 3, "ハ"),
            ("russianUpper", 3, "В"),
            ("chicago", 2, "†"),
            ("hex", 11, "B"),
            ("bullet", 1, ""),
        ];
        for (format, n, text) in cases {
            assert_eq!(print(format, n).as_deref(), Some(text), "{format}");
        }
        assert_eq!(print("thaiLetters", 1), None);
    }

    #[test]
    fn bullets_are_glyphs_of_their_font() {
        let cases = [
            (Face::Wingdings, 'l', '●'),
            (Face::Wingdings, '\u{f0a7}', '■'),
            (Face::Wingdings, 'v', '◆'),
            (Face::Symbol, '\u{f0b7}', '•'),
            (Face::Symbol, '-', '-'),
            (Face::Webdings, '\u{f007}', '•'),
            (Face::Text, '\u{f0d8}', '▶'),
            (Face::Text, 'o', '○'),
            (Face::Text, '\u{e012}', '•'),
        ];
        for (face, c, shown) in cases {
            assert_eq!(bullet(face, c), shown, "{face:?} {c:?}");
        }
        let mut numbering = lists(&format!(
            "<w:abstractNum w:abstractNumId='0'>{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
            lvl(0, "bullet", "l", "<w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr>"),
        ));
        assert_eq!(next(&mut numbering, 1, 0), "●");
    }

    #[test]
    fn broken_lists_do_no_harm() {
        let mut numbering = lists(
            "<w:abstractNum/><w:abstractNum w:abstractNumId='x'/><w:abstractNum w:abstractNumId='-1'><w:lvl w:ilvl='77'/><w:lvl w:ilvl='0'><w:start w:val='-5'/>
             <w:lvlText w:val='%1%0%%9%'/></w:lvl></w:abstractNum><w:num/><w:num w:numId='-3'><w:abstractNumId w:val='-1'/></w:num>",
        );
        assert_eq!(numbering.malformed, 6);
        assert_eq!(next(&mut numbering, -3, -2), "-5%0%%");
        assert_eq!(next(&mut numbering, -3, 99), "-", "a level that is not there prints nothing");
        assert_eq!(next(&mut numbering, -3, -2), "-4%0%%");
    }
}
