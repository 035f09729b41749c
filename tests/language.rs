//! The language room through its public face: what says the same must read the same.

use jomun::language::{Analyzer, Modality};
use jomun::text::Span;

/// The normal form of a sentence as one reads it: terms, `!` negated, `<Must>` asked for.
fn read(analyzer: &Analyzer, text: &str) -> Vec<String> {
    let morphs = analyzer.analyze(text);
    let terms = morphs.terms(Span::new(0, text.len()));
    let shown = terms.iter().map(|term| {
        let modality =
            if term.modality == Modality::None { String::new() } else { format!("<{:?}>", term.modality) };
        format!("{}{}{modality}", term.text, if term.negated { "!" } else { "" })
    });
    shown.collect()
}

/// Pairs that differ in endings, particles, spacing, speech level or the way of negating only.
const SAME: [(&str, &str); 52] = [
    ("회사는 책임을 지지 아니한다.", "회사는 책임을 지지 않습니다."),
    ("회사는 책임을 지지 않으며", "회사는 책임을 안 진다."),
    ("회사는 책임을 지지 아니합니다.", "회사가 책임지지 않아요."),
    ("회사는 책임을 지지 않는다.", "회사는 책임을 지지는 아니한다."),
    ("회사는 책임을 진다.", "회사가 책임집니다."),
    ("손해를 배상하여야 한다.", "손해를 배상해야 합니다."),
    ("손해를 배상하여야 하며", "손해를 배상해야 해요."),
    ("이용자에게 통지하여야 한다.", "이용자에게 통지를 하여야 합니다."),
    ("이용자에게 통지한다.", "이용자에게 통지합니다."),
    ("미리 알려야 한다.", "미리 알려야 합니다."),
    ("미리 알려야 하고", "미리 알려야 해요."),
    ("계약을 해지할 수 있다.", "계약을 해지할 수 있습니다."),
    ("계약을 해지할 수 있으며", "계약을 해지할 수도 있어요."),
    ("계약을 해지할 수 없다.", "계약을 해지할 수 없습니다."),
    ("계약을 해지하지 못한다.", "계약을 해지하지 못합니다."),
    ("계약을 해지하여서는 아니 된다.", "계약을 해지해서는 안 됩니다."),
    ("계약을 해지하여서는 아니되며", "계약을 해지하면 안 돼요."),
    ("계약을 해지하지 아니할 수 없다.", "계약을 해지하지 않을 수 없습니다."),
    ("계약을 해지하여도 된다.", "계약을 해지해도 됩니다."),
    ("동의하지 아니하는 경우", "동의하지 않는 경우에는"),
    ("동의를 하지 않은 때", "동의하지 아니한 때에"),
    ("개인정보를 보호한다.", "개인 정보를 보호합니다."),
    ("손해배상을 청구한다.", "손해 배상을 청구합니다."),
    ("이용요금을 납부한다.", "이용 요금을 납부합니다."),
    ("서비스수준협약을 체결한다.", "서비스 수준 협약을 체결합니다."),
    ("클라우드컴퓨팅서비스를 제공한다.", "클라우드 컴퓨팅 서비스를 제공합니다."),
    ("청약철회를 요청하면", "청약 철회를 요청하는 경우"),
    ("30일 이내에 통지한다.", "삼십일 이내에 통지합니다."),
    ("30 일 이내 통지한다.", "30일 이내에 통지해요."),
    ("십사(14)일 전까지 고지한다.", "14일 전까지 고지합니다."),
    ("요금의 100분의 10을 지급한다.", "요금의 10%를 지급합니다."),
    ("3개월 동안 보관한다.", "삼 개월 동안 보관합니다."),
    ("1,000,000원을 지급한다.", "금 백만원을 지급합니다."),
    ("서비스를 제공하기 위하여 노력한다.", "서비스 제공을 위해 노력합니다."),
    ("이용자의 정보를 제3자에게 제공하지 아니한다.", "이용자 정보를 제3자에게 제공하지 않습니다."),
    ("귀책사유가 없는 경우", "귀책사유가 없으면"),
    ("과실이 없음을 증명하지 못하면", "과실이 없음을 증명하지 못한 경우"),
    ("회사에 대하여 손해배상을 청구할 수 있다.", "회사에게 손해배상을 청구할 수 있습니다."),
    ("장애로 인하여 발생한 손해", "장애로 발생한 손해"),
    ("관련 법령에 따라 처리한다.", "관련 법령에 따른 처리"),
    ("전자우편을 통하여 통지한다.", "전자우편으로 통지합니다."),
    ("지체 없이 삭제하여야 한다.", "지체없이 삭제해야 합니다."),
    ("회원은 비밀번호를 변경할 수 있다.", "회원님은 비밀번호를 변경하실 수 있습니다."),
    ("이용자들의 자료를 반환한다.", "이용자의 자료를 반환합니다."),
    ("양도하는 것은 금지된다.", "양도하는 것을 금지합니다."),
    ("그러하지 아니하다.", "그렇지 않습니다."),
    ("복구하지 아니하여도 된다.", "복구하지 않아도 됩니다."),
    ("환급할 의무가 있다.", "환급할 의무가 있습니다."),
    ("이를 알았거나 알 수 있었을 때", "이를 알았거나 알 수 있었던 때"),
    ("제공ㆍ이용", "제공·이용"),
    ("“계정”을 정지한다.", "'계정'을 정지합니다."),
    ("서비스 이용이 중단되지 않도록 한다.", "서비스 이용이 중단되지 아니하도록 합니다."),
];

#[test]
fn what_says_the_same_reads_the_same() {
    let analyzer = Analyzer::new().unwrap();
    let mut wrong = Vec::new();
    for (one, other) in SAME {
        let (read_one, read_other) = (read(&analyzer, one), read(&analyzer, other));
        let without_case =
            |terms: &[String]| terms.iter().filter(|term| *term != "경우").cloned().collect::<Vec<_>>();
        if read_one.is_empty() || without_case(&read_one) != without_case(&read_other) {
            wrong.push(format!("{one}\n  {read_one:?}\n{other}\n  {read_other:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SAME.len(), wrong.join("\n"));
}

/// Pairs that look alike and say different things.
const DIFFERENT: [(&str, &str); 16] = [
    ("책임을 진다.", "책임을 지지 아니한다."),
    ("책임을 지지 아니한다.", "책임을 지지 아니할 수 없다."),
    ("해지할 수 있다.", "해지할 수 없다."),
    ("해지하여야 한다.", "해지할 수 있다."),
    ("해지하여야 한다.", "해지하여서는 아니 된다."),
    ("통지하여야 한다.", "통지하도록 노력한다."),
    ("30일 이내에 통지한다.", "7일 이내에 통지한다."),
    ("30일 전에 통지한다.", "30일 후에 통지한다."),
    ("동의한 경우", "동의하지 아니한 경우"),
    ("과실이 있는 경우", "과실이 없는 경우"),
    ("사유인 경우", "사유가 아닌 경우"),
    ("10%를 환급한다.", "20%를 환급한다."),
    ("안 통지한다.", "통지한다."),
    ("복구할 의무가 있다.", "복구할 권리가 있다."),
    ("제공하지 아니할 수 있다.", "제공할 수 있다."),
    ("이용자가 이용한다.", "회사가 이용한다."),
];

#[test]
fn what_says_something_else_reads_otherwise() {
    let analyzer = Analyzer::new().unwrap();
    for (one, other) in DIFFERENT {
        assert_ne!(read(&analyzer, one), read(&analyzer, other), "{one} / {other}");
    }
}

#[test]
fn the_key_does_not_know_spaces() {
    let analyzer = Analyzer::new().unwrap();
    let key = |text: &str| analyzer.analyze(text).terms(Span::new(0, text.len())).key();
    assert_eq!(key("클라우드컴퓨팅서비스 이용계약의 해지"), key("클라우드 컴퓨팅 서비스 이용 계약 해지"));
    assert_eq!(key("책임을 지지 않는다"), "책임지!");
}

#[test]
fn a_sentence_asks_for_what_its_last_predicate_asks_for() {
    let analyzer = Analyzer::new().unwrap();
    for (text, modality) in [
        ("이용자가 요청하면 회사는 삭제하여야 한다.", Modality::Must),
        ("이용자가 요청하여야 하는 경우 회사는 삭제할 수 있다.", Modality::May),
        ("회사는 이를 팔아서는 안 된다.", Modality::MustNot),
        ("회사는 이를 팔지 못한다.", Modality::MustNot),
        ("회사는 이를 팔지 아니하여야 한다.", Modality::MustNot),
        ("자료를 넘기는 것은 금지된다.", Modality::MustNot),
        ("회사는 끊김이 없도록 노력한다.", Modality::Strive),
        ("회사는 끊김이 없도록 노력하여야 합니다.", Modality::Strive),
        ("회사는 삭제할 의무를 진다.", Modality::Must),
        ("회사는 삭제할 의무를 지지 아니한다.", Modality::None),
        ("이용자는 해지할 권리가 있다.", Modality::May),
        ("이용자는 넘기지 말아야 한다.", Modality::MustNot),
        ("회사는 서비스를 제공한다.", Modality::None),
        ("이용자는 요청해도 된다.", Modality::May),
        ("회사는 갚지 않으면 안 된다.", Modality::Must),
    ] {
        let morphs = analyzer.analyze(text);
        assert_eq!(morphs.modality(Span::new(0, text.len())), modality, "{text}");
    }
}

const GOLDEN: &str = "tests/golden/tokens.txt";

#[test]
fn golden_tokenisations_hold() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    let golden = std::fs::read_to_string(&path).unwrap();
    let analyzer = Analyzer::new().unwrap();
    let (mut fresh, mut sentences) = (String::new(), 0);
    // Lines that are indented are what was found; all others are kept.
    for line in golden.lines().filter(|line| !line.starts_with("  ")) {
        fresh.push_str(line);
        fresh.push('\n');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        sentences += 1;
        let morphs = analyzer.analyze(line);
        let words: Vec<String> = (0..morphs.len())
            .map(|i| {
                let parts: Vec<_> =
                    morphs.parts(i).map(|(tag, text)| format!("{text}/{}", tag.name())).collect();
                parts.join("+")
            })
            .collect();
        fresh.push_str(&format!("  {}\n  = {}\n", words.join(" "), read(&analyzer, line).join(" ")));
    }
    assert!(sentences >= 80, "{sentences} sentences");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    for (line, fresh) in golden.lines().zip(fresh.lines()) {
        assert_eq!(line, fresh);
    }
    assert_eq!(golden.lines().count(), fresh.lines().count());
}

/// The rows of one of our dictionaries, comments left out.
fn rows(csv: &str) -> Vec<&str> {
    csv.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn every_legal_term_is_one_word() {
    let analyzer = Analyzer::new().unwrap();
    let rows = rows(include_str!("../dictionaries/legal-terms.csv"));
    assert!(rows.len() >= 400, "{} terms", rows.len());
    let terms: Vec<String> = rows.iter().map(|row| row.split(',').next().unwrap().replace('+', "")).collect();
    for (row, term) in rows.iter().zip(&terms) {
        assert_eq!(row.split(',').filter(|column| !column.trim().is_empty()).count(), 2, "{row}: 용어,분야");
        assert!(
            term.chars().all(|c| c.is_ascii_alphabetic() || ('가'..='힣').contains(&c)),
            "{row}: 한글과 영문자만"
        );
        let morphs = analyzer.analyze(term);
        let words: Vec<&str> = (0..morphs.len()).map(|i| morphs.surface(i)).collect();
        assert_eq!(words, [term.as_str()], "{row}: 한 낱말로 읽혀야 한다");
    }
    for pair in terms.windows(2) {
        assert!(pair[0] < pair[1], "{} 다음에 {}: 겹치거나 순서가 틀렸다", pair[0], pair[1]);
    }
}

#[test]
fn forms_and_traps_are_in_order() {
    for csv in [include_str!("../dictionaries/forms.csv"), include_str!("../dictionaries/traps.csv")] {
        let rows = rows(csv);
        assert!(!rows.is_empty() && rows.windows(2).all(|pair| pair[0] < pair[1]), "{rows:?}");
    }
}
