//! Symbol fonts: which character a glyph stands for. Such fonts draw signs in the places of letters, so that what a file
//! says ("þ" in Wingdings) is not what is seen ("☑"). Knows no XML.

/// A font by what its glyphs mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// Letters are letters.
    Text,
    Symbol,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
}

/// Stands for a glyph whose meaning is not known.
pub(super) const UNKNOWN: char = '▯';

impl Face {
    /// The font of that name.
    pub fn named(name: &str) -> Self {
        match name.replace(' ', "").to_ascii_lowercase().as_str() {
            "symbol" | "symbolmt" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings2" => Self::Wingdings2,
            "wingdings3" => Self::Wingdings3,
            "webdings" => Self::Webdings,
            _ => Self::Text,
        }
    }

    /// What the font shows for a character of a text: glyphs stand in the private use area, or where Windows has Latin
    /// letters. A character that is no glyph of the font is itself; a glyph without meaning is [`UNKNOWN`].
    pub fn shows(self, c: char) -> char {
        let table = match self {
            Self::Text => return c,
            Self::Symbol => &SYMBOL,
            Self::Wingdings => &WINGDINGS,
            Self::Wingdings2 => &WINGDINGS_2,
            Self::Wingdings3 => &WINGDINGS_3,
            Self::Webdings => &WEBDINGS,
        };
        let Some(code) = glyph(c) else { return c };
        let row = code.checked_sub(0x20).and_then(|at| table.get(usize::from(at / 16)));
        row.and_then(|row| row.chars().nth(usize::from(code % 16))).unwrap_or(UNKNOWN)
    }
}

/// The place in a symbol font that a character names.
fn glyph(c: char) -> Option<u8> {
    match u32::from(c) {
        0..=0x1F => None,
        code @ 0xF000..=0xF0FF => u8::try_from(code - 0xF000).ok(),
        code @ 0..=0xFF => u8::try_from(code).ok(),
        // Windows has letters of its own between 0x80 and 0x9F.
        _ => match *encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).0 {
            [code @ 0x80..=0x9F] => Some(code),
            _ => None,
        },
    }
}

/// Whether a character stands where symbol fonts have their glyphs.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{f000}'..='\u{f0ff}')
}

/// What the glyphs from 0x20 on mean, sixteen in a row. Where Unicode has a character of its own for a mere variant of a
/// well-known sign (heavy arrows, boxes with a light tick), the sign stands here: it is found, and any font has it.
type Table = [&'static str; 14];

/// Symbol, as Adobe encodes it: Greek letters and signs of mathematics.
const SYMBOL: Table = [
    " !∀#∃%&∋()∗+,−./",
    "0123456789:;<=>?",
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ",
    "ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "‾αβχδεφγηιϕκλμνο",
    "πθρστυϖωξψζ{|}∼▯",
    "▯▯▯▯▯▯▯▯▯▯▯▯▯▯▯▯",
    "▯▯▯▯▯▯▯▯▯▯▯▯▯▯▯▯",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓",
    "°±″≥×∝∂•÷≠≡≈…|—↵",
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉",
    "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    "▯〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭▯",
];

/// Wingdings.
const WINGDINGS: Table = [
    " ✏✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭",
    "🗀🗁🗎🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍",
    "🖎✌🖏👍👎☜☞☝☟🖐☺😐☹💣🕱🏳",
    "🏱✈☼🌢❄🕆✞🕈✠✡☪☯ॐ☸♈♉",
    "♊♋♌♍♎♏♐♑♒♓🙰🙵●❍■□",
    "❐❑❒◆◆◆❖◆☒⍓⌘❀✿❝❞▯",
    "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹",
    "❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•",
    "▪○○○◉◎❍■□▲✦★✶✴✹✵",
    "⌖⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘",
    "🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗",
    "🙖🙐🙑🙒🙓⌫⌦◀▶▲▼←→↑↓←",
    "→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦",
    "⇨⇧⇩↔⇳↖↗↙↘▭▫✗✓☒☑▯",
];

/// Wingdings 2.
const WINGDINGS_2: Table = [
    " 🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋",
    "🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙",
    "🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗",
    "✓☒☑☒☒☒⊗⊗⊘🙱🙴🙲🙳‽🙹🙺",
    "🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥",
    "⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿▯",
    "☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤",
    "🕥🕦🕧🙨🙩·•●●○○○○⊙⦿▪",
    "▪■■☐□□□▣▣▣▣◆◆◆◆◇",
    "🞚◈🞛🞜◆◆◆◆◊🞠◖◗⯊⯋■◆",
    "⬟⯂⬣⬢⯃⯄✚✚✚✚✚✚✚✕✕✕",
    "✕✕✕✕✱✱✱✱✱✱✻✻✻✻✻✻",
    "✳✳✳✳✳🟀🟂🟄🟆★★✶🟌🟎🟐🟒",
    "✹🟃🟇✯🟍🟔✦✦※⁂▯▯▯▯▯▯",
];

/// Wingdings 3: arrows.
const WINGDINGS_3: Table = [
    " ←→↑↓↖↗↙↘←→↑↓↖↘↑",
    "↓↔↕←→↑↓↓←→←→←→←→",
    "⮐⮑⮒⮓←←⭾⭿←→↑↓⮏⮍⮎⮌",
    "⭮⭯⎋⌤⌃⌥␣⍽⇪↑←→←→←→",
    "←→←→←→←→↑↓↖↗↙↘↔↕",
    "▲▼△▽◀▶◁▷◣◢◤◥◀▶▲▯",
    "▼▲▼◀▶←→↑↓←→↑↓←→↑",
    "↓←→↑↓←→↑↓←→↑↓←→↑",
    "↓←→↑↓←→←→←→←🢜🢝🢞🢟",
    "→←→←→←→↑↓←→↑↓←→↑",
    "↓←→↑↓←→↑↓←→←→←→←",
    "→←→↑↓↖↗↙↘←→↑↓↖↗↙",
    "↘←→↑↓↖↗↙↘←→↑↓←→↑",
    "↓▯▯▯▯▯▯▯▯▯▯▯▯▯▯▯",
];

/// Webdings.
const WEBDINGS: Table = [
    " 🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼",
    "🗕□🗗◀▶▲▼⏪⏩⏮⏭⏸⏹⏺🗚🗳",
    "🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂",
    "🏞🏕🛤🏟🛳🕬🕫🕨🔈🎔🎕🗬🙽🗭🗪🗫",
    "⮔✔🚲☐🛡📦🛱■🚑🛈🛩🛰🟈🕴●🛥",
    "🚔🗘✗❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲▯",
    "🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠",
    "🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻",
    "🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜",
    "🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻",
    "🖥🖦🖧🕹🎮🕻🕼📟🖁🖀🖨🖩🖿🖪🗜🔒",
    "🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫",
    "🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦",
    "🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_a_place_for_every_glyph() {
        for table in [SYMBOL, WINGDINGS, WINGDINGS_2, WINGDINGS_3, WEBDINGS] {
            for row in table {
                assert_eq!(row.chars().count(), 16, "{row}");
            }
        }
    }

    #[test]
    fn glyphs_are_what_is_seen() {
        let cases = [
            ("Symbol", "\u{f0b1}±", "±±"),
            ("Symbol", "aS\u{f0b9}\u{f0b0}£5%", "αΣ≠°≤5%"),
            ("Wingdings", "þý\u{f0fe}\u{f0a8}olü", "☑☒☑□□●✓"),
            ("Wingdings", "\u{f081}\u{f08a}\u{f08c}\u{f095}\u{201a}", "①⑩❶❿②"),
            ("WINGDINGS 2", "RST\u{f0a3}\u{f06a}jk", "☑☒☒☐①①②"),
            ("Wingdings 3", "\u{f022}f", "→←"),
            ("Webdings", "acg", "✔☐■"),
            ("바탕", "a\u{f0b1}", "a\u{f0b1}"),
        ];
        for (font, text, seen) in cases {
            assert_eq!(text.chars().map(|c| Face::named(font).shows(c)).collect::<String>(), seen, "{font}");
        }
        assert_eq!(Face::Wingdings.shows('가'), '가', "no glyph");
        assert_eq!(Face::Symbol.shows('\u{f085}'), UNKNOWN);
        assert_eq!(Face::Symbol.shows('\u{f001}'), UNKNOWN);
    }
}
