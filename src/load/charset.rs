//! Tells the encoding of a text and decodes it: byte order mark, UTF-8 with a few damaged places, UTF-16, CP949. A text
//! that fits none of them is refused: no text is better than a wrong one. Knows nothing of formats.

use crate::error::LoadError;
use encoding_rs::{EUC_KR, Encoding, UTF_16BE, UTF_16LE};

/// A text with what happened to it.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    /// Characters that could not be read and stand as U+FFFD.
    pub damaged: usize,
    /// The encoding, when it was not UTF-8 and thus is worth a word.
    pub legacy: Option<&'static str>,
}

/// The 120 or so most frequent syllables of Korean contracts and everyday prose: every second syllable of any Korean text is one
/// of them, which text in another encoding never reaches.
const COMMON: &str = "이다는의을를에고하한자조제로지사은가관인및등용서정해기회니여있수대거과항경우보약계제공일도리전부시장금으나라스비상원무법행행동안할호신성된합그내개만연구요며본물유주업또본면따른각후때책임당습한간통체갑";

/// Decodes a text whose encoding nobody named.
///
/// # Errors
/// `UnknownFormat` for binary data, `Encoding` for text in an encoding that is not known or not sure.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, LoadError> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[bom..]);
        let damaged = damage(&text);
        let legacy = (encoding != encoding_rs::UTF_8).then_some("UTF-16");
        return checked(Decoded { text: text.into_owned(), damaged, legacy });
    }
    let bytes = trim_padding(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Some(decoded) = wide(bytes) {
            return checked(decoded);
        }
        return checked(Decoded { text: text.to_owned(), damaged: damage(text), legacy: None });
    }
    if let Some(decoded) = wide(bytes) {
        return checked(decoded);
    }
    if is_binary(bytes) {
        return Err(LoadError::UnknownFormat("글이 아닌 이진 파일입니다".into()));
    }
    let (good, bad) = utf8_quality(bytes);
    let lossy = || {
        let text = String::from_utf8_lossy(bytes).into_owned();
        Decoded { damaged: damage(&text), text, legacy: None }
    };
    // CP949 read as UTF-8 has hardly a valid sequence; UTF-8 with a cut or a few bad bytes has hardly an invalid one.
    if good > 0 && bad * 10 <= good + 9 {
        return checked(lossy());
    }
    if let Some(decoded) = korean(bytes) {
        return checked(decoded);
    }
    let ascii = bytes.iter().filter(|byte| byte.is_ascii()).count();
    if good == 0 && bad * 100 <= ascii {
        return checked(lossy());
    }
    // Only a guess for the person who has to convert it, never for reading.
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    let guess =
        if guess == EUC_KR { "조합형".to_owned() } else { format!("조합형이나 {}", guess.name()) };
    let message = format!(
        "UTF-8, UTF-16, CP949(EUC-KR)가 아니며 {guess}일 수 있습니다. UTF-8로 바꾸어 저장해 주십시오"
    );
    Err(LoadError::Encoding(message))
}

/// Decodes a text whose encoding is named in itself (`charset=`), falling back on [`decode`] when the name lies.
///
/// # Errors
/// Those of [`decode`].
pub(super) fn decode_named(bytes: &[u8], label: Option<&str>) -> Result<Decoded, LoadError> {
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return decode(bytes);
    }
    match named {
        Some(encoding) if encoding != encoding_rs::UTF_8 && encoding.is_ascii_compatible() => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let damaged = damage(&text);
            if damaged * 50 > text.chars().filter(|c| !c.is_ascii()).count() {
                return decode(bytes);
            }
            let name = if encoding == EUC_KR { "CP949" } else { encoding.name() };
            checked(Decoded { text: text.into_owned(), damaged, legacy: Some(name) })
        }
        _ => decode(bytes),
    }
}

/// Zeros and end-of-file marks that some programs leave behind the text.
fn trim_padding(bytes: &[u8]) -> &[u8] {
    // A single zero may be the second half of a UTF-16 line break.
    let end = bytes.iter().rposition(|byte| *byte != 0 && *byte != 0x1A).map_or(0, |last| last + 1);
    if bytes.len() - end >= 4 || bytes[end..].contains(&0x1A) {
        &bytes[..end + end % 2 * usize::from(bytes.get(end) == Some(&0))]
    } else {
        bytes
    }
}

fn damage(text: &str) -> usize {
    text.matches('\u{fffd}').count()
}

/// Refuses what decoded without complaint but is no text: many controls and unassigned characters.
fn checked(decoded: Decoded) -> Result<Decoded, LoadError> {
    let total = decoded.text.chars().count();
    let odd = decoded.text.chars().filter(|c| is_odd(*c)).count();
    let zeros = decoded.text.matches('\0').count();
    if zeros * 1000 > total || odd * 100 > total.max(50) {
        return Err(LoadError::UnknownFormat("글이 아닌 이진 파일입니다".into()));
    }
    if decoded.damaged * 10 > total {
        return Err(LoadError::Encoding("깨진 글자가 너무 많습니다".into()));
    }
    Ok(decoded)
}

/// Characters that no text has: controls but the usual ones (ESC comes with terminal colours), non-characters.
fn is_odd(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}' | '\u{7f}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

fn is_binary(bytes: &[u8]) -> bool {
    let odd = bytes.iter().filter(|byte| byte.is_ascii() && is_odd(char::from(**byte))).count();
    bytes.contains(&0) || odd * 100 > bytes.len().max(50)
}

/// UTF-16 without a byte order mark, told by line breaks and spaces in 16 bits among units that Korean text is made of.
/// Without any such unit it is not sure enough.
fn wide(bytes: &[u8]) -> Option<Decoded> {
    if bytes.len() < 4 || !bytes.contains(&0) {
        return None;
    }
    for encoding in [UTF_16LE, UTF_16BE] {
        let unit = |pair: &[u8]| {
            if encoding == UTF_16LE {
                u16::from_le_bytes([pair[0], pair[1]])
            } else {
                u16::from_be_bytes([pair[0], pair[1]])
            }
        };
        let (mut plain, mut known, mut all) = (0usize, 0usize, 0usize);
        for pair in bytes.chunks_exact(2) {
            let unit = unit(pair);
            plain += usize::from(matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e));
            known += usize::from(
                matches!(unit, 0xac00..=0xd7a3 | 0x1100..=0x11ff | 0x3130..=0x318f | 0x3000..=0x303f | 0x2000..=0x22ff
                | 0x2460..=0x25ff | 0xa0..=0xff | 0x4e00..=0x9fff | 0xff00..=0xffef),
            );
            all += 1;
        }
        let hangul_or_ascii = plain + known;
        if plain * 50 >= all && hangul_or_ascii * 100 >= all * 98 {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let damaged = damage(&text);
            return Some(Decoded { text: text.into_owned(), damaged, legacy: Some("UTF-16") });
        }
    }
    None
}

/// Numbers of valid sequences of more than one byte and of damaged places, read as UTF-8.
fn utf8_quality(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// CP949, when what comes out is Korean. A long text must have the frequent syllables of Korean; a short one must at
/// least be clean. A few damaged places are let pass in a text that clearly is Korean.
fn korean(bytes: &[u8]) -> Option<Decoded> {
    let (text, _) = EUC_KR.decode_without_bom_handling(bytes);
    let damaged = damage(&text);
    let (mut foreign, mut hangul, mut common, mut rare) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}') {
        foreign += 1;
        if ('가'..='힣').contains(&c) {
            hangul += 1;
            common += usize::from(COMMON.contains(c));
            // Outside KS X 1001: legal in CP949 and hardly ever used, but what other encodings turn into.
            let mut buffer = [0; 4];
            let (wansung, _, _) = EUC_KR.encode(c.encode_utf8(&mut buffer));
            rare += usize::from(wansung.iter().any(|byte| *byte < 0xA1));
        }
    }
    let clean = damaged == 0 || damaged * 50 <= foreign;
    let plausible = if foreign >= 30 {
        hangul * 2 >= foreign && rare * 10 <= hangul && common * 4 >= hangul
    } else {
        // A cut at the end costs one character even of a short text.
        hangul > 0 && rare * 4 <= hangul && hangul * 2 >= foreign
    };
    let few = clean || damaged == 1 && foreign >= 3;
    (few && plausible).then(|| Decoded { text: text.into_owned(), damaged, legacy: Some("CP949") })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "제1조(목적)\r\n① 회사는 이용자에게 서비스를 제공하고, 이용자는 요금을 낸다.\r\n② 똠얌 세트는 빼고 판다.\r\n";

    fn cp949(text: &str) -> Vec<u8> {
        EUC_KR.encode(text).0.into_owned()
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let mut bom8 = b"\xEF\xBB\xBF".to_vec();
        bom8.extend(SAMPLE.as_bytes());
        let mut bom16 = b"\xFF\xFE".to_vec();
        bom16.extend(utf16(SAMPLE));
        let mut big = b"\xFE\xFF".to_vec();
        big.extend(SAMPLE.encode_utf16().flat_map(u16::to_be_bytes));
        for bytes in [
            SAMPLE.as_bytes().to_vec(),
            bom8,
            bom16.clone(),
            bom16[2..].to_vec(),
            big.clone(),
            big[2..].to_vec(),
            cp949(SAMPLE),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.damaged), (SAMPLE, 0));
        }
    }

    #[test]
    fn one_cut_character_changes_no_encoding() {
        let text = SAMPLE.repeat(20);
        for (bytes, legacy) in [(text.as_bytes().to_vec(), None), (cp949(&text), Some("CP949"))] {
            let cut = bytes[..bytes.len() - 4].to_vec();
            for end in [cut.len(), cut.len() - 1, cut.len() - 2] {
                let decoded = decode(&cut[..end]).unwrap();
                assert_eq!(decoded.legacy, legacy);
                assert!(decoded.damaged <= 1 && decoded.text.starts_with("제1조(목적)"));
            }
        }
    }

    #[test]
    fn short_texts_are_read() {
        for text in ["제1조", "Article 1. 갑", "갑"] {
            assert_eq!(decode(&cp949(text)).unwrap().text, text);
        }
    }

    #[test]
    fn damage_inside_cp949_is_counted_or_refused() {
        let mut bytes = cp949(&SAMPLE.repeat(10));
        let middle = bytes.len() / 2;
        bytes.splice(middle..middle, [0xFF, b'\n']);
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.damaged >= 1 && decoded.damaged <= 2);
        let noise: Vec<u8> =
            bytes.iter().map(|byte| if byte.is_ascii() { *byte } else { byte ^ 0x5C | 0x80 }).collect();
        assert!(decode(&noise).is_err());
    }

    #[test]
    fn binary_and_unknown_encodings_are_refused() {
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise), Err(LoadError::UnknownFormat(_))));
        let no_zero: Vec<u8> = noise.iter().map(|byte| byte | 0x81).collect();
        assert!(decode(&no_zero).is_err());
        // Latin-1 and Shift_JIS prose.
        let latin: Vec<u8> =
            "Möbel für größere Räume, schöne Tür".repeat(4).chars().map(|c| c as u8).collect();
        assert!(decode(&latin).is_err());
        let japanese = encoding_rs::SHIFT_JIS.encode("利用者は、本規約に同意した上で、サービスを利用するものとします。この規約は、すべての利用者に適用されます。").0;
        assert!(decode(&japanese).is_err());
    }

    #[test]
    fn a_named_encoding_is_believed_when_it_fits() {
        assert_eq!(decode_named(&cp949(SAMPLE), Some("ks_c_5601-1987")).unwrap().text, SAMPLE);
        assert_eq!(decode_named(SAMPLE.as_bytes(), Some("euc-kr")).unwrap().text, SAMPLE);
        assert_eq!(decode_named(&cp949(SAMPLE), Some("utf-8")).unwrap().text, SAMPLE);
    }
}
