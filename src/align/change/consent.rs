//! How much the other party's will counts: consent, consultation, notice, a will that is presumed.

use super::setting::Setting;
use super::stance;
use super::words::Meaning;
use super::{Change, Said, favours, other};
use crate::align::side::{Sentence, Side, Token};
use crate::frame::Link;
use crate::language::party::Case;
use crate::language::{Modality, Role};
use crate::report::ChangeKind;
use crate::text::Span;

/// The steps, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The other's will is presumed: 동의한 것으로 본다.
    Deemed,
    /// Nothing is said of it.
    Silent,
    Notice,
    Consultation,
    Consent,
}

/// What a sentence asks for, and the word that says it.
struct Asked {
    step: Step,
    at: Span,
    /// The word.
    key: u64,
    /// Whose consent it is.
    owner: Option<Role>,
}

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let mut told: Vec<usize> = Vec::new();
    for &number in &setting.base_sentences {
        let Some(twin) = setting.twin_of(number) else { continue };
        let (ours, theirs) = (asked(setting.base, number), asked(setting.contract, twin.contract));
        let (from, to) = (step(&ours), step(&theirs));
        let least = from.min(to);
        // Only what the other's will counts for is a step: notice given or not is no consent.
        let counts = from.max(to) >= Step::Consultation || least == Step::Deemed;
        let near = if least == Step::Silent { twin.is_near() } else { twin.held.max(twin.holds) >= 0.4 };
        // The will that is gone here may be asked for in another sentence of the group.
        let elsewhere = from >= Step::Consultation
            && setting
                .contract_sentences
                .iter()
                .any(|&other| other != twin.contract && step(&asked(setting.contract, other)) == from);
        // Or the word for it stands elsewhere in the group, asked for or not.
        let known = |asked: &Option<Asked>, has: &dyn Fn(u64) -> bool| {
            least == Step::Silent && asked.as_ref().is_some_and(|asked| has(asked.key))
        };
        let known = known(&ours, &|key| setting.has(key)) || known(&theirs, &|key| setting.had(key));
        if from == to || !counts || !near || elsewhere || known || told.contains(&twin.contract) {
            continue;
        }
        told.push(twin.contract);
        let owner = ours.as_ref().or(theirs.as_ref()).and_then(|asked| asked.owner);
        let owner = owner.or_else(|| {
            let predicate = stance::main(&setting.base.sentences[number])?;
            other(stance::actor(setting.base, number, predicate))
        });
        // Where both agreed, whoever now acts alone gains.
        let owner = owner.or_else(|| {
            let alone = stance::both(setting.contract, twin.contract).is_none();
            let predicate = stance::main(&setting.contract.sentences[twin.contract]).filter(|_| alone)?;
            other(stance::actor(setting.contract, twin.contract, predicate))
        });
        let better = if to < from { other(owner) } else { owner };
        let sentence = &setting.contract.sentences[twin.contract];
        changes.push(Change {
            kind: ChangeKind::Consent,
            base: ours.map(|asked| Said::at(setting.base, setting.base.sentences[number].unit, asked.at)),
            contract: theirs.map(|asked| Said::at(setting.contract, sentence.unit, asked.at)),
            favours: favours(better),
            what: "상대방의 의사",
            near: Some((sentence.unit, sentence.span)),
        });
    }
}

fn step(asked: &Option<Asked>) -> Step {
    asked.as_ref().map_or(Step::Silent, |asked| asked.step)
}

/// What a sentence asks for.
fn asked(side: &Side, number: usize) -> Option<Asked> {
    let sentence = &side.sentences[number];
    let tokens = side.sentence_tokens(number);
    let mut best: Option<Asked> = None;
    for (at, token) in tokens.iter().enumerate() {
        let consent = token.meaning.is(Meaning::CONSENT);
        let governor = sentence.predicates.iter().find(|predicate| predicate.term >= at);
        // 동의를 받는 방법, 동의한 경우: not asked for here.
        let embedded = governor.is_none_or(|predicate| {
            matches!(predicate.link, Link::Adnominal | Link::Condition | Link::Concession | Link::Content)
        });
        let step = if consent && is_deemed(tokens, at) {
            Step::Deemed
        } else if sentence.item {
            continue;
        } else if lacks(side, sentence, token) {
            // 동의 없이는 못한다 asks for consent; 동의 없이 할 수 있다 does not.
            let banned =
                stance::main(sentence).is_some_and(|main| main.negated && main.modality != Modality::May);
            match (consent, banned) {
                (true, true) => Step::Consent,
                (false, true) if token.meaning.is(Meaning::NOTIFY) => Step::Notice,
                _ => continue,
            }
        } else if embedded {
            continue;
        } else if consent && is_sought(side, sentence, token) {
            Step::Consent
        } else if token.meaning.is(Meaning::CONSULT) {
            Step::Consultation
        } else if token.meaning.is(Meaning::NOTIFY) && token.predicate && !token.negated {
            Step::Notice
        } else {
            continue;
        };
        let more = |best: &Asked| best.step != Step::Deemed && (step > best.step || step == Step::Deemed);
        if best.as_ref().is_none_or(more) {
            let at_words = phrase(side, sentence.span, token.span);
            best = Some(Asked { step, at: at_words, key: token.key, owner: owner(tokens, at) });
        }
    }
    best
}

/// 동의한 것으로 본다, 승낙한 것으로 간주한다.
fn is_deemed(tokens: &[Token], at: usize) -> bool {
    let behind = tokens.get(at + 1..tokens.len().min(at + 4)).unwrap_or_default();
    behind.iter().any(|token| token.meaning.is(Meaning::DEEM) && token.predicate) && !tokens[at].negated
}

/// 동의 없이, 동의를 받지 아니하고, 통지하지 아니한 채: it is not there.
fn lacks(side: &Side, sentence: &Sentence, token: &Token) -> bool {
    const LACKING: [&str; 7] = ["없이", "없는", "받지", "얻지", "구하지", "하지", "거치지"];
    let rest = behind(side, sentence, token);
    token.meaning.is(Meaning::CONSENT.or(Meaning::NOTIFY))
        && LACKING.iter().any(|word| rest.starts_with(word))
}

/// 동의를 얻어야, 동의를 받아, 합의하여: somebody's will is asked for. Not 동의를 철회.
fn is_sought(side: &Side, sentence: &Sentence, token: &Token) -> bool {
    const SOUGHT: [&str; 17] = [
        "얻",
        "받",
        "구하",
        "있어야",
        "있는경우에",
        "있을때",
        "하에",
        "아래",
        "에따라",
        "후",
        "필요",
        "거쳐",
        "으로",
        "로써",
        "하여",
        "한다",
        "합니다",
    ];
    let rest = behind(side, sentence, token);
    !token.negated && SOUGHT.iter().any(|word| rest.starts_with(word))
}

/// What follows a word, without its particle and without white space.
fn behind(side: &Side, sentence: &Sentence, token: &Token) -> String {
    let rest = Span::new(token.span.end, sentence.span.end.max(token.span.end)).of(&side.text);
    let rest: String = rest.chars().take(14).filter(|c| !c.is_whitespace()).collect();
    rest.trim_start_matches(['을', '를', '이', '가', '도', '만']).to_owned()
}

/// Whose consent: the nearest name in front, 이용자의 동의.
fn owner(tokens: &[Token], at: usize) -> Option<Role> {
    let before = &tokens[at.saturating_sub(4)..at];
    before.iter().rev().find_map(|token| {
        token
            .party
            .filter(|(_, case)| matches!(case, Case::Owner | Case::Other | Case::Addressee))
            .map(|(role, _)| role)
    })
}

/// The word with what hangs on it, up to the next space but one: 동의를 얻어야.
fn phrase(side: &Side, sentence: Span, word: Span) -> Span {
    let rest = Span::new(word.start, sentence.end).of(&side.text);
    let mut spaces = rest.match_indices(' ').map(|(at, _)| at);
    let first = spaces.next();
    let end = spaces.next().or(first).unwrap_or(rest.len());
    let words = rest[..end].trim_end_matches([',', '.', ' ']);
    Span::new(word.start, word.start + words.len().max(word.len().min(rest.len())))
}
