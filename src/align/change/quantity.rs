//! Periods, rates and sums: which quantity of the base became which of the contract, and whom that favours.
//!
//! Quantities of one kind are paired by the words around them, equal values first; what is left over was dropped or added.

use super::setting::{Setting, telling};
use super::stance;
use super::words::Meaning;
use super::{Change, Said, favours, other};
use crate::align::side::{Side, Token};
use crate::frame::{Link, Predicate};
use crate::language::fact::Bound;
use crate::language::{FactKind, Role};
use crate::report::{ChangeKind, Favours};
use crate::text::Span;

/// How many words around a quantity say what it is for.
const AROUND: usize = 7;
/// From this share of common words on two quantities are for the same thing.
const SAME_USE: f32 = 0.30;

/// A quantity where it stands.
struct Quantity {
    fact: FactKind,
    sentence: usize,
    /// Its token in the sentence.
    at: usize,
    span: Span,
    around: Vec<u64>,
}

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let ours = quantities(setting.base, &setting.base_sentences);
    let theirs = quantities(setting.contract, &setting.contract_sentences);
    let mut free_ours: Vec<bool> = vec![true; ours.len()];
    let mut free_theirs: Vec<bool> = vec![true; theirs.len()];
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    // Equal values first, wherever they stand; then those for the same use; a blank takes any number in its place.
    for stage in 0..3 {
        let mut likely: Vec<(f32, usize, usize)> = Vec::new();
        for (a, one) in ours.iter().enumerate().filter(|(a, _)| free_ours[*a]) {
            for (b, two) in theirs.iter().enumerate().filter(|(b, _)| free_theirs[*b]) {
                if kind(&one.fact) != kind(&two.fact) {
                    continue;
                }
                let use_ = crate::align::score::dice(&one.around, &two.around);
                let fits = match stage {
                    0 => equal(&one.fact, &two.fact) && unbroken(&one.fact, &two.fact),
                    1 => use_ >= SAME_USE,
                    _ => setting.twins.iter().any(|twin| {
                        twin.base == one.sentence && twin.contract == two.sentence && twin.is_near()
                    }),
                };
                if fits {
                    likely.push((use_, a, b));
                }
            }
        }
        likely.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        for (_, a, b) in likely {
            if free_ours[a] && free_theirs[b] {
                (free_ours[a], free_theirs[b]) = (false, false);
                if stage > 0 {
                    pairs.push((a, b));
                }
            }
        }
    }
    for (a, b) in pairs {
        changes.extend(changed(setting, &ours[a], &theirs[b]));
    }
    // A quantity that has no fellow was dropped or added, where the sentence around it is nearly the same.
    for one in ours.iter().zip(&free_ours).filter_map(|(one, free)| free.then_some(one)) {
        let Some(twin) = setting.twin_of(one.sentence).filter(|twin| twin.is_near()) else { continue };
        if blank(&one.fact) || setting.held(window(setting.base, one)) < 0.5 {
            continue;
        }
        let sentence = &setting.contract.sentences[twin.contract];
        changes.push(Change {
            kind: kind(&one.fact),
            base: Some(said(setting.base, one)),
            contract: None,
            favours: match dropped(setting.base, one) {
                Favours::Customer | Favours::Provider if kind(&one.fact) != ChangeKind::Period => {
                    Favours::Customer
                }
                favours => favours,
            },
            what: name(&one.fact),
            near: Some((sentence.unit, sentence.span)),
        });
    }
    for two in theirs.iter().zip(&free_theirs).filter_map(|(two, free)| free.then_some(two)) {
        let near = setting.twins.iter().any(|twin| twin.contract == two.sentence && twin.is_near());
        if !near || blank(&two.fact) || setting.known(window(setting.contract, two)) < 0.5 {
            continue;
        }
        let side = match dropped(setting.contract, two) {
            // A share or a sum that comes in limits what was whole, or is charged on top.
            Favours::Customer | Favours::Provider if kind(&two.fact) != ChangeKind::Period => {
                Favours::Provider
            }
            Favours::Provider => Favours::Customer,
            Favours::Customer => Favours::Provider,
            Favours::Neither => Favours::Neither,
        };
        changes.push(Change {
            kind: kind(&two.fact),
            base: None,
            contract: Some(said(setting.contract, two)),
            favours: side,
            what: name(&two.fact),
            near: None,
        });
    }
}

fn quantities(side: &Side, sentences: &[usize]) -> Vec<Quantity> {
    let mut found = Vec::new();
    for &sentence in sentences {
        let tokens = side.sentence_tokens(sentence);
        for (at, token) in tokens.iter().enumerate() {
            let Some(fact) = token.quantity else { continue };
            let around = &tokens[at.saturating_sub(AROUND)..tokens.len().min(at + AROUND + 1)];
            let mut around: Vec<u64> =
                around.iter().filter(|token| telling(token)).map(|token| token.key).collect();
            around.sort_unstable();
            around.dedup();
            found.push(Quantity { fact, sentence, at, span: token.span, around });
        }
    }
    found
}

fn window<'s>(side: &'s Side, quantity: &Quantity) -> &'s [Token] {
    let tokens = side.sentence_tokens(quantity.sentence);
    &tokens[quantity.at.saturating_sub(3)..tokens.len().min(quantity.at + 4)]
}

fn kind(fact: &FactKind) -> ChangeKind {
    match fact {
        FactKind::Duration(_) => ChangeKind::Period,
        FactKind::Percent(_) => ChangeKind::Rate,
        _ => ChangeKind::Amount,
    }
}

fn name(fact: &FactKind) -> &'static str {
    match fact {
        FactKind::Duration(_) => "기간",
        FactKind::Percent(_) => "비율",
        _ => "금액",
    }
}

fn blank(fact: &FactKind) -> bool {
    match fact {
        FactKind::Duration(duration) => duration.is_blank(),
        FactKind::Percent(percent) => percent.value.is_none(),
        FactKind::Amount(amount) => amount.value.is_none(),
        _ => true,
    }
}

/// The size, for comparing quantities of one kind.
fn size(fact: &FactKind) -> Option<f64> {
    match fact {
        FactKind::Duration(duration) => duration.days(),
        FactKind::Percent(percent) => percent.value,
        FactKind::Amount(amount) => amount.value,
        _ => None,
    }
}

fn equal(a: &FactKind, b: &FactKind) -> bool {
    let unit = |fact: &FactKind| match fact {
        FactKind::Amount(amount) => Some(amount.currency),
        _ => None,
    };
    let same = match (size(a), size(b)) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (None, None) => a.canonical() == b.canonical(),
        _ => false,
    };
    same && unit(a) == unit(b)
}

fn bound(fact: &FactKind) -> Bound {
    match fact {
        FactKind::Duration(duration) => duration.bound,
        FactKind::Percent(percent) => percent.bound,
        FactKind::Amount(amount) => amount.bound,
        _ => Bound::None,
    }
}

/// Whether two bounds do not turn each other round: 이내 and 이후, 이상 and 이하.
fn unbroken(a: &FactKind, b: &FactKind) -> bool {
    let up = |bound| matches!(bound, Bound::After | Bound::AtLeast | Bound::Over);
    let down = |bound| matches!(bound, Bound::Within | Bound::Before | Bound::AtMost | Bound::Under);
    let (a, b) = (bound(a), bound(b));
    !(up(a) && down(b) || down(a) && up(b))
}

fn said(side: &Side, quantity: &Quantity) -> Said {
    let unit = side.sentences[quantity.sentence].unit;
    // The word that bounds it belongs to what is said: 30일 전까지.
    let rest = Span::new(quantity.span.end, side.sentences[quantity.sentence].span.end).of(&side.text);
    let mut more = 0;
    let mut words = rest.split_inclusive(' ');
    for _ in 0..2 {
        let Some(word) = words.next() else { break };
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bounds = [
            "이내",
            "이상",
            "이하",
            "초과",
            "미만",
            "전",
            "이전",
            "후",
            "이후",
            "동안",
            "안에",
            "까지",
            "이내에",
            "내",
            "내에",
            "전까지",
            "전에",
            "분의",
        ];
        let glued = more == 0
            && !word.starts_with(' ')
            && !bare.is_empty()
            && bounds.iter().any(|bound| bare.starts_with(bound));
        if glued || (bare.is_empty() && more == 0) || bounds.contains(&bare) {
            more += word.trim_end().len() + (word.len() - word.trim_end().len());
        } else {
            break;
        }
    }
    let end = quantity.span.end + rest[..more].trim_end().trim_end_matches([',', '.', ')']).len();
    Said::at(side, unit, Span::new(quantity.span.start, end.max(quantity.span.end)))
}

fn changed(setting: &Setting<'_>, one: &Quantity, two: &Quantity) -> Option<Change> {
    let (a, b) = (size(&one.fact), size(&two.fact));
    let favours = match (a, b) {
        (Some(a), Some(b)) if (a - b).abs() < 1e-9 => {
            if unbroken(&one.fact, &two.fact) {
                return None;
            }
            Favours::Neither
        }
        (Some(a), Some(b)) => {
            let longer = longer_favours(setting.contract, two).or(longer_favours(setting.base, one));
            favours(if b > a { longer } else { other(longer) })
        }
        // A form's blank is there to be filled in, and a contract may leave it open: neither is a change of its own.
        // What is filled in one-sidedly is.
        (None, Some(b)) => {
            let longer = longer_favours(setting.contract, two)?;
            let short = kind(&two.fact) == ChangeKind::Period && longer == Role::Customer && b < 3.0;
            let high = kind(&two.fact) == ChangeKind::Rate && longer == Role::Provider && b > 20.0;
            if !short && !high {
                return None;
            }
            Favours::Provider
        }
        _ => return None,
    };
    Some(Change {
        kind: kind(&one.fact),
        base: Some(said(setting.base, one)),
        contract: Some(said(setting.contract, two)),
        favours,
        what: name(&one.fact),
        near: None,
    })
}

/// The bound of a quantity; of the first of two that are joined (30일 또는 3개월 안에) that of the second.
fn bound_in(side: &Side, quantity: &Quantity) -> Bound {
    let own = bound(&quantity.fact);
    if own != Bound::None {
        return own;
    }
    let tokens = side.sentence_tokens(quantity.sentence);
    let next = tokens[quantity.at + 1..].iter().find(|token| token.quantity.is_some());
    let Some((next, fact)) = next.and_then(|token| Some((token, token.quantity?))) else { return own };
    let between = Span::new(quantity.span.end, next.span.start.max(quantity.span.end)).of(&side.text);
    let joined = ["또는", "이나", "혹은"].iter().any(|word| between.trim_start().starts_with(word));
    if joined { bound(&fact) } else { own }
}

/// The predicate that a quantity belongs to: the next in its sentence.
fn governor(side: &Side, quantity: &Quantity) -> Option<Predicate> {
    let list = &side.sentences[quantity.sentence].predicates;
    // 30일 또는 처음 제공받은 날부터 3개월 안에 해제할 수 있다: what states, not what tells from when.
    if bound(&quantity.fact) == Bound::None && bound_in(side, quantity) != Bound::None {
        let stated = |predicate: &&Predicate| predicate.term >= quantity.at && predicate.link.is_stated();
        return list.iter().find(stated).or(list.last()).copied();
    }
    // 3영업일 안에 이미 받은 대금을 환급한다: a deadline is for what is done, not for what qualifies a noun.
    let deadline = matches!(bound(&quantity.fact), Bound::Within | Bound::Before);
    let behind = |predicate: &&Predicate| {
        predicate.term >= quantity.at && !(deadline && predicate.link == Link::Adnominal)
    };
    list.iter().find(behind).or(list.last()).copied()
}

/// Whom a longer period, a higher rate or a larger sum favours.
fn longer_favours(side: &Side, quantity: &Quantity) -> Option<Role> {
    let tokens = side.sentence_tokens(quantity.sentence);
    let beneficiary = stance::beneficiary(side, quantity.sentence);
    if kind(&quantity.fact) != ChangeKind::Period {
        return rate_favours(side, quantity).or(beneficiary);
    }
    let predicate = governor(side, quantity)?;
    let actor = stance::actor(side, quantity.sentence, &predicate);
    let conditional = matches!(predicate.link, Link::Condition | Link::Concession | Link::Adnominal);
    let token = tokens.get(predicate.term)?;
    match bound_in(side, quantity) {
        // So much time ahead: the longer, the better for whom it is told.
        Bound::Before => other(actor),
        // So much time to do it, as a right or as a duty: the longer, the better for who does it.
        Bound::Within | Bound::AtMost | Bound::Under => actor,
        // So long must it last before the rest holds: the longer, the worse for whom the rest favours.
        Bound::After | Bound::AtLeast | Bound::Over => match predicate.link {
            Link::Condition | Link::Concession => other(beneficiary),
            // 15일 이상 게시하는 방법: how long the duty lasts.
            Link::Adnominal => beneficiary,
            _ => stance::favoured(token, &predicate, actor),
        },
        Bound::None | Bound::During => {
            if side.sentences[quantity.sentence].item && predicate.link == Link::Final {
                // 1. 받은 날부터 7영업일: the period of what the list is of.
                beneficiary
            } else if conditional && !matches!(predicate.link, Link::Adnominal) {
                // 14일 동안 내지 않으면: what is asked for before the rest holds.
                other(beneficiary)
            } else if tokens
                .get(quantity.at..predicate.term)
                .is_some_and(|words| words.iter().any(|word| word.meaning.is(Meaning::PRIOR)))
            {
                other(actor)
            } else {
                stance::favoured(token, &predicate, actor)
            }
        }
    }
}

/// What a rate or a sum is of: who pays it.
fn rate_favours(side: &Side, quantity: &Quantity) -> Option<Role> {
    const TO_PROVIDER: [&str; 11] =
        ["연체", "가산", "지연", "위약", "공제", "수수료", "체납", "미납", "요금", "이용료", "대금"];
    const TO_CUSTOMER: [&str; 12] =
        ["배상", "보상", "환불", "반환", "환급", "감면", "할인", "가용", "가동", "크레딧", "한도", "보장"];
    let sentence = &side.sentences[quantity.sentence];
    let text = sentence.span.of(&side.text);
    let at = quantity.span.start - sentence.span.start;
    // The nearest word of either kind says what the figure is of.
    let nearest = |words: &[&str]| {
        words
            .iter()
            .flat_map(|word| text.match_indices(word))
            .map(|(place, word)| if place < at { at - place - word.len() } else { 2 * (place - at) })
            .min()
    };
    match (nearest(&TO_CUSTOMER), nearest(&TO_PROVIDER)) {
        (Some(customer), Some(provider)) if customer <= provider => Some(Role::Customer),
        (Some(_), None) => Some(Role::Customer),
        (_, Some(_)) => Some(Role::Provider),
        (None, None) => None,
    }
}

/// Whom it favours that a quantity is gone: a notice without a time, a deadline without an end.
fn dropped(side: &Side, quantity: &Quantity) -> Favours {
    let longer = longer_favours(side, quantity);
    match bound(&quantity.fact) {
        // No time ahead at all, no limit to a duty of the other, no threshold any more.
        Bound::Before | Bound::After | Bound::AtLeast | Bound::Over => favours(other(longer)),
        Bound::Within | Bound::AtMost | Bound::Under => favours(longer),
        Bound::None | Bound::During => favours(other(longer)),
    }
}
