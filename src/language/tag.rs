//! The part-of-speech tags of the Sejong corpus as mecab-ko-dic uses them. Shared by the build script, which writes
//! them as numbers, and by the library, which reads them back. Knows nothing else of the language.

/// A part-of-speech tag. The order is part of the compiled dictionary's format, nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(clippy::upper_case_acronyms, reason = "the tags' own names")]
pub enum Tag {
    /// Not in the dictionary: Hangul that no entry covers.
    Unknown,
    /// General noun (일반 명사).
    NNG,
    /// Proper noun (고유 명사).
    NNP,
    /// Dependent noun (의존 명사: 것, 수, 바).
    NNB,
    /// Counter (단위 명사: 일, 개월, 원).
    NNBC,
    /// Numeral (수사).
    NR,
    /// Pronoun (대명사).
    NP,
    /// Verb stem (동사).
    VV,
    /// Adjective stem (형용사).
    VA,
    /// Auxiliary predicate (보조 용언: 아니하, 않, 있).
    VX,
    /// Copula 이다.
    VCP,
    /// Negative copula 아니다.
    VCN,
    /// Determiner (관형사).
    MM,
    /// Adverb (일반 부사).
    MAG,
    /// Conjunctive adverb (접속 부사).
    MAJ,
    /// Interjection (감탄사).
    IC,
    /// Subject particle (주격 조사).
    JKS,
    /// Complement particle (보격 조사).
    JKC,
    /// Genitive particle (관형격 조사).
    JKG,
    /// Object particle (목적격 조사).
    JKO,
    /// Adverbial particle (부사격 조사).
    JKB,
    /// Vocative particle (호격 조사).
    JKV,
    /// Quotative particle (인용격 조사).
    JKQ,
    /// Auxiliary particle (보조사: 은, 는, 도, 만).
    JX,
    /// Conjunctive particle (접속 조사).
    JC,
    /// Ending before the last (선어말 어미).
    EP,
    /// Sentence-final ending (종결 어미).
    EF,
    /// Connective ending (연결 어미).
    EC,
    /// Nominalising ending (명사형 전성 어미).
    ETN,
    /// Adnominal ending (관형형 전성 어미).
    ETM,
    /// Prefix (체언 접두사).
    XPN,
    /// Noun suffix (명사 파생 접미사).
    XSN,
    /// Verb suffix (동사 파생 접미사: 하, 되).
    XSV,
    /// Adjective suffix (형용사 파생 접미사).
    XSA,
    /// Root (어근).
    XR,
    /// Full stop, question or exclamation mark.
    SF,
    /// Ellipsis.
    SE,
    /// Opening bracket.
    SSO,
    /// Closing bracket.
    SSC,
    /// Separator (comma, colon, middle dot).
    SC,
    /// Other mark.
    SY,
    /// Foreign letters.
    SL,
    /// Hanja.
    SH,
    /// Digits.
    SN,
    /// White space.
    SP,
}

/// Every tag with the name that mecab-ko-dic writes, at the position of its number.
const NAMES: [(Tag, &str); 45] = [
    (Tag::Unknown, "UNKNOWN"),
    (Tag::NNG, "NNG"),
    (Tag::NNP, "NNP"),
    (Tag::NNB, "NNB"),
    (Tag::NNBC, "NNBC"),
    (Tag::NR, "NR"),
    (Tag::NP, "NP"),
    (Tag::VV, "VV"),
    (Tag::VA, "VA"),
    (Tag::VX, "VX"),
    (Tag::VCP, "VCP"),
    (Tag::VCN, "VCN"),
    (Tag::MM, "MM"),
    (Tag::MAG, "MAG"),
    (Tag::MAJ, "MAJ"),
    (Tag::IC, "IC"),
    (Tag::JKS, "JKS"),
    (Tag::JKC, "JKC"),
    (Tag::JKG, "JKG"),
    (Tag::JKO, "JKO"),
    (Tag::JKB, "JKB"),
    (Tag::JKV, "JKV"),
    (Tag::JKQ, "JKQ"),
    (Tag::JX, "JX"),
    (Tag::JC, "JC"),
    (Tag::EP, "EP"),
    (Tag::EF, "EF"),
    (Tag::EC, "EC"),
    (Tag::ETN, "ETN"),
    (Tag::ETM, "ETM"),
    (Tag::XPN, "XPN"),
    (Tag::XSN, "XSN"),
    (Tag::XSV, "XSV"),
    (Tag::XSA, "XSA"),
    (Tag::XR, "XR"),
    (Tag::SF, "SF"),
    (Tag::SE, "SE"),
    (Tag::SSO, "SSO"),
    (Tag::SSC, "SSC"),
    (Tag::SC, "SC"),
    (Tag::SY, "SY"),
    (Tag::SL, "SL"),
    (Tag::SH, "SH"),
    (Tag::SN, "SN"),
    (Tag::SP, "SP"),
];

impl Tag {
    /// The tag's number in the compiled dictionary.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The tag of a number; [`Tag::Unknown`] for a number that is none's.
    pub fn of_number(number: u8) -> Tag {
        NAMES.get(usize::from(number)).map_or(Tag::Unknown, |(tag, _)| *tag)
    }

    /// The tag that mecab-ko-dic writes as `name`; [`Tag::Unknown`] for a name it does not have.
    pub fn of_name(name: &str) -> Tag {
        NAMES.iter().find(|(_, known)| *known == name).map_or(Tag::Unknown, |(tag, _)| *tag)
    }

    /// The name that mecab-ko-dic writes.
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.number())).map_or("UNKNOWN", |(_, name)| name)
    }

    /// Noun, numeral, pronoun, root, foreign word or an unknown word: names something.
    pub fn is_noun(self) -> bool {
        use Tag::*;
        matches!(self, Unknown | NNG | NNP | NNB | NNBC | NR | NP | XR | SL | SH | SN)
    }

    /// Verb, adjective, auxiliary or copula stem.
    pub fn is_predicate(self) -> bool {
        use Tag::*;
        matches!(self, VV | VA | VX | VCP | VCN)
    }

    /// A word with a meaning of its own: noun, verb, adjective, determiner, adverb, affix of a noun. No auxiliary, no
    /// copula.
    pub fn is_content(self) -> bool {
        use Tag::*;
        matches!(self, VV | VA | MM | MAG | XPN | XSN) || self.is_noun()
    }

    /// Particle (조사).
    pub fn is_particle(self) -> bool {
        use Tag::*;
        matches!(self, JKS | JKC | JKG | JKO | JKB | JKV | JKQ | JX | JC)
    }

    /// Ending (어미).
    pub fn is_ending(self) -> bool {
        use Tag::*;
        matches!(self, EP | EF | EC | ETN | ETM)
    }

    /// Punctuation, bracket or other mark, white space.
    pub fn is_mark(self) -> bool {
        use Tag::*;
        matches!(self, SF | SE | SSO | SSC | SC | SY | SP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_lead_back_to_the_tag() {
        for (number, (tag, name)) in NAMES.iter().enumerate() {
            assert_eq!(usize::from(tag.number()), number, "{name} stands at its number");
            assert_eq!((Tag::of_number(tag.number()), Tag::of_name(name)), (*tag, *tag));
        }
        assert_eq!(Tag::of_number(200), Tag::Unknown);
    }
}
