//! Blanks: ( )일, ___원, ○○. A form whose blanks are the rule is told once, with every place.

use super::super::at::{head, is_word, places, tail};
use super::super::catalogue::BLANK_LEFT_OPEN;
use crate::clause::Level;
use crate::contract::Contract;
use crate::finding::{Finding, Severity};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A document with more blanks than this is a form.
const FEW: usize = 5;

#[allow(clippy::unwrap_used, reason = "a constant pattern, compiled in tests")]
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[(（][ \t\u{a0}\u{3000}_·.…]{0,40}[)）]|[\[〔【][ \t\u{a0}\u{3000}_]{0,40}[\]〕】]|[_＿]{3,}|[○◯〇●]{2,}|[△▲□]{2,}|(?:0{2,4}|_{1,2}|20_{1,2})\s?년\s?0{2}\s?월(?:\s?0{2}\s?일)?")
        .unwrap()
});

pub(super) fn check(contract: &Contract<'_>) -> Vec<Finding> {
    let blanks = blanks(contract);
    let Some(first) = blanks.first() else { return Vec::new() };
    if blanks.len() > FEW {
        let message = format!(
            "빈칸 {}곳이 채워지지 않은 서식으로 볼 수 있습니다: {}.",
            blanks.len(),
            places(contract, &blanks)
        );
        let mut finding = BLANK_LEFT_OPEN.at(contract, *first, message);
        finding.severity = Severity::Low;
        return vec![finding];
    }
    let told = |span: &Span| {
        let text = contract.document.text();
        let unit: String =
            head(text[span.end..].trim_start(), 8).split_whitespace().next().unwrap_or_default().to_owned();
        let before: String = tail(text[..span.start].trim_end(), 10)
            .split_whitespace()
            .next_back()
            .unwrap_or_default()
            .to_owned();
        let near = format!("{before} {} {unit}", span.of(text)).trim().to_owned();
        let message = format!("'{near}'의 자리가 비어 있어, 값을 정하지 않은 것으로 볼 수 있습니다.");
        BLANK_LEFT_OPEN.at(contract, *span, message)
    };
    blanks.iter().map(told).collect()
}

/// Every blank in the clauses; the lines for names and seals at the end are filled in when it is signed.
fn blanks(contract: &Contract<'_>) -> Vec<Span> {
    let text = contract.document.text();
    let mut found = Vec::new();
    for hit in BLANK.find_iter(text) {
        let span = Span::new(hit.start(), hit.end());
        let (before, after) = (tail(&text[..span.start], 3), head(&text[span.end..], 3));
        let words = hit.as_str();
        // `run()`, `[](link)`, `- [ ] done`, and a line drawn with underscores.
        let code =
            words.starts_with('(') && before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let link = words.starts_with('[')
            && (after.starts_with('(')
                || before.ends_with(['-', '*', '!'])
                || before.ends_with("- ")
                || before.ends_with("* "));
        let linked = words.starts_with('(') && before.ends_with(']');
        let joined = words.starts_with(['_', '＿'])
            && before.ends_with(|c: char| c.is_ascii_alphanumeric())
            && after.starts_with(|c: char| c.is_ascii_alphanumeric());
        // The line, as far as it is near.
        let front = tail(&text[..span.start], 70);
        let back = head(&text[span.end..], 70);
        let (front, whole_front) =
            front.rsplit_once('\n').map_or((front, front.len() == span.start), |(_, line)| (line, true));
        let (back, whole_back) = back
            .split_once('\n')
            .map_or((back, span.end + back.len() == text.len()), |(line, _)| (line, true));
        let alone = whole_front && whole_back && !front.contains(is_word) && !back.contains(is_word);
        let bullet =
            words.starts_with(['●', '○', '△', '▲', '□']) && front.trim().is_empty() && after.starts_with(' ');
        let clause = contract.tree.at(span.start);
        let signature = clause.level == Level::Signature
            || contract.tree.ancestors(clause.id).any(|above| above.level == Level::Signature);
        if !(code || link || linked || joined || alone || bullet || signature) {
            found.push(span);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::language::Analyzer;

    #[test]
    fn blanks_are_told_from_marks() {
        let analyzer = Analyzer::new().unwrap();
        let count = |text: &str| {
            let document = Document::from_text("a.txt", text);
            blanks(&Contract::read(&document, &analyzer)).len()
        };
        for (text, blanks) in [
            ("제1조(기간) 회사는 (  )일 이내에 (　)회 알린다.", 2),
            ("제1조(요금) 요금은 ____원과 ［ ］원이다.", 1),
            ("제1조(상호) 주식회사 ○○과 △△은 20__년 00월 00일에 맺는다.", 3),
            ("제1조(함수) run()과 a__b와 [](주소)를 쓴다.", 0),
            ("제1조(목록) 다음을 제공한다.\n○ 저장\n●● 전송\n_____\n- [ ] 동의", 0),
        ] {
            assert_eq!(count(text), blanks, "{text}");
        }
    }
}
