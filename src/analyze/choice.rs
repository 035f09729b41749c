//! What a document is: a contract at all, for whom, and which standard it is held against. Every answer says why.

use crate::clause::Level;
use crate::contract::Contract;
use crate::language::{Role, particle};
use crate::report::{Audience, Instrument};
use crate::standard::Standard;
use std::sync::Arc;

/// Which standard to hold a document against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StandardChoice {
    /// B2B or B2C, told from the parties.
    #[default]
    Auto,
    /// The standard with this id.
    Id(String),
}

/// What was told of a document.
pub(super) struct Choice {
    /// The standard; `None` when the document is no Korean contract.
    pub(super) standard: Option<Arc<Standard>>,
    /// One Korean sentence.
    pub(super) why: String,
    pub(super) audience: Option<Audience>,
    pub(super) instrument: Option<Instrument>,
    pub(super) paid: Option<bool>,
}

/// Of the letters of a Korean contract at least this share is Hangul, however many product names it has.
const HANGUL_SHARE: f64 = 0.30;
/// A text without 조 and without a contract's name is taken for one when it uses this many of the words of contracts.
const CONTRACT_WORDS: usize = 5;

/// A text that says 약관 this often is 약관, whoever signs it.
const CALLED_TERMS: usize = 5;

const NAMES: [&str; 9] =
    ["약관", "계약서", "계약", "협약", "협정", "합의서", "이용조건", "서비스 수준", "SLA"];
const WORDS: [&str; 14] = [
    "이용자",
    "회원",
    "고객",
    "당사자",
    "서비스",
    "책임",
    "의무",
    "손해",
    "배상",
    "해지",
    "동의",
    "통지",
    "법령",
    "요금",
];
/// Words, without spaces, that name a customer who is a business.
const BUSINESS: [&str; 16] = [
    "이용사업자",
    "고객사",
    "이용기업",
    "사업자등록",
    "법인",
    "기업고객",
    "귀사",
    "도급",
    "용역",
    "사업자간",
    "회원사",
    "발주",
    "개인사업자",
    "임직원",
    "기업회원",
    "납품",
];
/// Words, without spaces, that name a consumer.
const CONSUMER: [&str; 11] = [
    "회원",
    "소비자",
    "미성년자",
    "법정대리인",
    "청약철회",
    "청약의철회",
    "귀하",
    "여러분",
    "아동",
    "구매자",
    "만14세",
];
/// Names of statutes, without spaces: citing one says nothing about who the customer is.
const STATUTES: [&str; 4] =
    ["전자상거래등에서의소비자보호에관한법률", "소비자기본법", "소비자보호법", "소비자분쟁해결기준"];

/// What the user wants, whatever the document looks like.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    pub(super) standard: StandardChoice,
    pub(super) audience: Option<Audience>,
    pub(super) instrument: Option<Instrument>,
}

/// Tells what the contract is and chooses its standard.
pub(super) fn choose(contract: &Contract<'_>, wishes: &Wishes, standards: &[Arc<Standard>]) -> Choice {
    let text = contract.document.main_text();
    let nothing = |why: &str| Choice {
        standard: None,
        why: why.to_owned(),
        audience: None,
        instrument: None,
        paid: None,
    };
    if !is_korean(text) {
        return nothing("한국어 문서로 보이지 않아 주제를 판정하지 않았습니다.");
    }
    if !is_contract(contract) {
        return nothing("계약서나 약관으로 보이지 않아 주제를 판정하지 않았습니다.");
    }
    let (audience, told) = match wishes.audience {
        Some(Audience::B2b) => (Audience::B2b, "고객이 사업자라고 사용자가 정했습니다.".to_owned()),
        Some(Audience::B2c) => (Audience::B2c, "고객이 소비자라고 사용자가 정했습니다.".to_owned()),
        None => audience(contract),
    };
    let (instrument, instrument_told) = match wishes.instrument {
        Some(Instrument::Terms) => (Instrument::Terms, "약관이라고 사용자가 정했습니다."),
        Some(Instrument::Negotiated) => (Instrument::Negotiated, "교섭한 계약이라고 사용자가 정했습니다."),
        None => instrument(text),
    };
    let paid = paid(text);
    let wanted = match &wishes.standard {
        StandardChoice::Id(id) => id.as_str(),
        StandardChoice::Auto => match audience {
            Audience::B2b => "cloud-b2b",
            Audience::B2c => "cloud-b2c",
        },
    };
    let why = match &wishes.standard {
        StandardChoice::Id(_) => {
            let chosen = particle::with(wanted, "을", "를");
            format!("사용자가 {chosen} 골랐습니다. {told} {instrument_told}")
        }
        StandardChoice::Auto => {
            format!("{told} 그래서 {wanted} 표준과 견주었습니다. {instrument_told}")
        }
    };
    let standard = standards.iter().find(|standard| standard.id == wanted).cloned();
    Choice { standard, why, audience: Some(audience), instrument: Some(instrument), paid }
}

pub(super) fn is_korean(text: &str) -> bool {
    let (mut hangul, mut letters) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        hangul += usize::from(('가'..='힣').contains(&c));
    }
    letters > 0 && hangul as f64 >= HANGUL_SHARE * letters as f64
}

fn is_contract(contract: &Contract<'_>) -> bool {
    let text = contract.document.main_text();
    let title = contract.document.title.as_deref().unwrap_or_default();
    let head: String = text.trim_start().chars().take(200).collect();
    let named = NAMES.iter().any(|name| title.contains(name) || head.contains(name));
    let numbered = contract
        .tree
        .clauses()
        .iter()
        .any(|clause| clause.level == Level::Article && clause.label.ends_with('조'));
    let words = WORDS.iter().filter(|word| text.contains(*word)).count();
    named && words > 0 || numbered && words > 1 || words >= CONTRACT_WORDS
}

/// B2B or B2C, and why. Words count once each, so that a long text does not outweigh a plain one; what the customer is
/// called counts more.
fn audience(contract: &Contract<'_>) -> (Audience, String) {
    let mut text: String = contract.document.main_text().chars().filter(|c| !c.is_whitespace()).collect();
    for statute in STATUTES {
        text = text.replace(statute, "");
    }
    let found = |words: &[&'static str]| {
        words.iter().copied().filter(|word| text.contains(*word)).collect::<Vec<_>>()
    };
    let (mut business, mut consumer) = (found(&BUSINESS), found(&CONSUMER));
    let (mut business_weight, mut consumer_weight) = (business.len(), consumer.len());
    let squeezed = |name: &str| -> String { name.chars().filter(|c| !c.is_whitespace()).collect() };
    let customers: Vec<String> =
        contract.parties.of(Role::Customer).map(squeezed).filter(|name| text.contains(name)).collect();
    let called = |names: &[&str]| customers.iter().any(|name| names.iter().any(|word| name.contains(word)));
    if called(&["사업자", "고객사", "기업", "갑", "을", "법인", "발주"]) {
        business_weight += 4;
    }
    if called(&["회원", "소비자", "구매자"]) {
        consumer_weight += 2;
    }
    let list = |words: &mut Vec<&'static str>| {
        words.truncate(4);
        words.join(", ")
    };
    if business_weight > consumer_weight {
        (Audience::B2b, format!("고객이 사업자로 보입니다({}).", list(&mut business)))
    } else {
        let seen =
            if consumer.is_empty() { "사업자 표지가 없음".to_owned() } else { list(&mut consumer) };
        (Audience::B2c, format!("고객이 소비자로 보입니다({seen})."))
    }
}

/// A negotiated contract names two parties 갑 and 을 or is signed; everything else is terms, and so is what calls itself
/// that again and again, or is a form for whoever applies. And why.
fn instrument(text: &str) -> (Instrument, &'static str) {
    if text.matches("약관").count() >= CALLED_TERMS {
        return (Instrument::Terms, "글이 스스로를 거듭 약관이라고 부르므로 약관으로 보았습니다.");
    }
    // Whoever signs a form applies to be bound by what is ready for all.
    let form = ["신청인", "신청자", "이용신청서", "가입신청서", "이용 신청서", "가입 신청서", "약관에 동의"];
    if form.iter().any(|word| text.contains(word)) {
        return (
            Instrument::Terms,
            "신청인이 동의하는 서식의 표지(신청인, 신청서)가 있어 약관으로 보았습니다.",
        );
    }
    let both = ["갑", "을"].iter().all(|name| {
        [
            format!("“{name}”"),
            format!("\"{name}\""),
            format!("'{name}'"),
            format!("‘{name}’"),
            format!("「{name}」"),
        ]
        .iter()
        .any(|quoted| text.contains(quoted.as_str()))
    });
    let signed =
        ["서명 또는 기명날인", "기명날인", "(인)", "서명날인"].iter().any(|mark| text.contains(mark));
    if both {
        (Instrument::Negotiated, "두 당사자를 갑과 을로 부르므로 교섭한 계약으로 보았습니다.")
    } else if signed && !text.contains("약관") {
        (Instrument::Negotiated, "서명하거나 날인하는 자리가 있어 교섭한 계약으로 보았습니다.")
    } else {
        (Instrument::Terms, "교섭한 계약의 표지(갑과 을, 서명란)가 없어 약관으로 보았습니다.")
    }
}

/// Whether the service is paid for: `None` when the text does not say.
fn paid(text: &str) -> Option<bool> {
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if any(&["요금", "이용료", "결제", "대금", "구독료", "수수료", "유료"]) {
        Some(true)
    } else if any(&["무료로", "무상으로", "무료 서비스"]) {
        Some(false)
    } else {
        None
    }
}
