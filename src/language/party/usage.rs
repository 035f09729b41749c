//! Where party names stand in the text, with their particles; and what a name's role is from what it is said to do.

use super::{Case, Mention, Role};
use crate::text::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Every mention of the `known` names, in text order, longest name first.
pub(super) fn mentions(text: &str, known: &BTreeMap<String, Role>) -> Vec<Mention> {
    let names: Vec<(&String, Role)> = known.iter().map(|(name, role)| (name, *role)).collect();
    let patterns = names.iter().map(|(name, _)| name.as_bytes());
    let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns) else {
        return Vec::new();
    };
    let mut mentions = Vec::new();
    for hit in finder.find_iter(text) {
        let Some((_, role)) = names.get(hit.pattern().as_usize()) else { continue };
        let free = !text[..hit.start()].chars().next_back().is_some_and(char::is_alphanumeric);
        if let Some(case) = case(&text[hit.end()..]).filter(|_| free) {
            mentions.push(Mention { span: Span::new(hit.start(), hit.end()), role: *role, case });
        }
    }
    mentions
}

/// How a name stands by what follows it; `None` when the word goes on and is another (회사법).
fn case(rest: &str) -> Option<Case> {
    const PARTICLES: [(&str, Case); 43] = [
        ("께서는", Case::Topic),
        ("께서", Case::Subject),
        ("에게서", Case::Other),
        ("에게", Case::Addressee),
        ("한테", Case::Addressee),
        ("께", Case::Addressee),
        ("에서", Case::Subject),
        ("에", Case::Other),
        ("으로부터", Case::Other),
        ("로부터", Case::Other),
        ("으로서", Case::Other),
        ("로서", Case::Other),
        ("으로", Case::Other),
        ("로", Case::Other),
        ("이라도", Case::Other),
        ("이라", Case::Other),
        ("이란", Case::Other),
        ("이나", Case::Other),
        ("이며", Case::Other),
        ("이고", Case::Other),
        ("이거나", Case::Other),
        ("인", Case::Other),
        ("임", Case::Other),
        ("라", Case::Other),
        ("란", Case::Other),
        ("은", Case::Topic),
        ("는", Case::Topic),
        ("이", Case::Subject),
        ("가", Case::Subject),
        ("을", Case::Other),
        ("를", Case::Other),
        ("의", Case::Owner),
        ("과", Case::Other),
        ("와", Case::Other),
        ("도", Case::Subject),
        ("만", Case::Subject),
        ("나", Case::Other),
        ("및", Case::Other),
        ("또는", Case::Other),
        ("간", Case::Other),
        ("측", Case::Other),
        ("쪽", Case::Other),
        ("마다", Case::Other),
    ];
    let rest = ["들", "님", "사"].iter().find_map(|suffix| rest.strip_prefix(suffix)).unwrap_or(rest);
    let quote = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | ']' | '>' | '*' | ')');
    let mut rest = rest.trim_start_matches(quote);
    let mut case = Case::Other;
    // Particles join: 에게는, 로부터의. The first tells the case, unless 은 or 는 makes a subject the topic.
    for step in 0..3 {
        match rest.chars().next() {
            Some(c) if c.is_alphanumeric() => {}
            _ => return Some(case),
        }
        let (word, next) = PARTICLES.iter().find(|particle| rest.starts_with(particle.0))?;
        if step == 0 {
            case = *next;
        }
        rest = &rest[word.len()..];
    }
    (!rest.starts_with(char::is_alphanumeric)).then_some(case)
}

/// What a party does stands behind its name, up to the sentence's end or 120 characters on.
fn behind<'t>(text: &'t str, mention: &Mention) -> &'t str {
    let rest = &text[mention.span.end..];
    let end = rest
        .char_indices()
        .enumerate()
        .find(|(number, (_, c))| *number == 120 || matches!(c, '.' | '\n'))
        .map_or(rest.len(), |(_, (at, _))| at);
    &rest[..end]
}

/// The roles of the `undecided` names (갑, 을, a product's name), from what the text says they do. Where one is found
/// out and just one other is left, that one is the other side.
pub(super) fn decided(
    text: &str,
    undecided: Vec<String>,
    known: &BTreeMap<String, Role>,
) -> Vec<(String, Role)> {
    let mut open: Vec<String> = undecided.into_iter().filter(|name| !known.contains_key(name)).collect();
    open.sort_unstable();
    open.dedup();
    if open.is_empty() {
        return Vec::new();
    }
    let names: BTreeMap<String, Role> = open.iter().map(|name| (name.clone(), Role::ThirdParty)).collect();
    let mut scores: BTreeMap<&str, i32> = BTreeMap::new();
    for mention in mentions(text, &names) {
        let Some((name, _)) = names.get_key_value(mention.span.of(text)) else { continue };
        let deed = behind(text, &mention);
        let score = match mention.case {
            Case::Topic | Case::Subject => deeds(deed),
            Case::Addressee => -deeds(deed).signum(),
            _ => 0,
        };
        *scores.entry(name.as_str()).or_default() += score;
    }
    let mut found: Vec<(String, Role)> = Vec::new();
    let best = scores.iter().max_by_key(|(name, score)| (**score, std::cmp::Reverse(**name)));
    let least = scores.iter().min_by_key(|(name, score)| (**score, **name));
    if let (Some((best, high)), Some((least, low))) = (best, least)
        && high > low
    {
        found.push(((*best).to_owned(), Role::Provider));
        found.push(((*least).to_owned(), Role::Customer));
    } else if let Some((name, score)) = best.filter(|(_, score)| **score != 0) {
        let role = if *score > 0 { Role::Provider } else { Role::Customer };
        found.push(((*name).to_owned(), role));
    }
    found
}

/// Whether a letter stands as a party's name: 갑은, 을이, 갑에게.
pub(super) fn acts(text: &str, letter: &str) -> bool {
    let name = BTreeMap::from([(letter.to_owned(), Role::ThirdParty)]);
    mentions(text, &name).iter().filter(|mention| mention.case != Case::Other).count() >= 2
}

/// How often a name must act before it is taken for a party; in a text of a few sentences once is enough.
const OFTEN: usize = 3;
/// Where the provider is introduced otherwise, a further name must act this often.
const VERY_OFTEN: usize = 8;
/// A text of at most so many bytes is a few sentences.
const SHORT: usize = 3_000;

/// The name that acts as a provider without being introduced: Latin letters, a name in quotes or a `coined` word, with 은,
/// 는, 이 or 가, at least three times, and mostly with a provider's deeds.
pub(super) fn named_alone(
    text: &str,
    known: &BTreeMap<String, Role>,
    coined: &[&str],
    introduced: bool,
) -> Option<String> {
    let often = match introduced {
        true => VERY_OFTEN,
        false if text.len() <= SHORT => 1,
        false => OFTEN,
    };
    let mut names: BTreeMap<String, Role> = BTreeMap::new();
    for word in text.split_whitespace() {
        let bare = word.trim_start_matches(['"', '\'', '“', '‘', '(']);
        let quoted = bare.len() < word.len();
        let end = bare
            .find(|c: char| {
                if quoted {
                    matches!(c, '"' | '\'' | '”' | '’')
                } else {
                    !(c.is_ascii_alphanumeric() || matches!(c, '-' | '&'))
                }
            })
            .unwrap_or(bare.len());
        let name = &bare[..end];
        let latin = name.starts_with(|c: char| c.is_ascii_uppercase());
        let count = name.chars().count();
        if (latin || quoted)
            && (2..=20).contains(&count)
            && end < bare.len()
            && !known.contains_key(name)
            && !super::is_thing(name)
        {
            names.insert(name.to_owned(), Role::ThirdParty);
        }
    }
    for name in coined {
        let count = name.chars().count();
        if (2..=12).contains(&count) && !known.contains_key(*name) {
            names.insert((*name).to_owned(), Role::ThirdParty);
        }
    }
    let mut scores: BTreeMap<&str, (usize, i32)> = BTreeMap::new();
    for mention in mentions(text, &names) {
        let Some((name, _)) = names.get_key_value(mention.span.of(text)) else { continue };
        if matches!(mention.case, Case::Topic | Case::Subject) {
            let score = scores.entry(name.as_str()).or_default();
            score.0 += 1;
            score.1 += deeds(behind(text, &mention));
        }
    }
    let acting = scores.into_iter().filter(|(_, (count, deeds))| *count >= often && *deeds >= 0);
    acting
        .max_by_key(|(name, (count, _))| (*count, std::cmp::Reverse(*name)))
        .map(|(name, _)| name.to_owned())
}

/// How much what is done is a provider's (positive) or a customer's deed (negative).
fn deeds(deed: &str) -> i32 {
    let count = |words: &[&str]| words.iter().filter(|word| deed.contains(**word)).count() as i32;
    // 제공받다 and 제공을 요청하다 are a customer's, whatever 제공 says.
    let taken = count(&["제공받", "제공 받", "공급받", "제공을 요청", "제공을 받"]);
    let provider =
        count(&["제공", "공급", "운영", "복구", "유지보수", "유지 보수", "점검", "청구", "납품", "구축"])
            - taken;
    let customer =
        count(&["지급", "납부", "이용하", "사용하", "이용을", "신청", "결제", "발주", "의뢰"]) + taken;
    (provider - customer).signum()
}
