//! Model wording in the contract's own names for its parties: 「공급사업자는」 becomes 「갑은」 where the contract says 갑. Knows
//! names and the particles behind them, no law.

use crate::document::Document;
use crate::report::Report;

/// What model wording calls the parties.
const PROVIDER: [&str; 2] = ["공급사업자", "회사"];
const CUSTOMER: [&str; 2] = ["이용사업자", "이용자"];
/// Particles behind a vowel, and behind a consonant.
const PARTICLES: [(&str, &str); 7] =
    [("는", "은"), ("가", "이"), ("를", "을"), ("와", "과"), ("로", "으로"), ("라", "이라"), ("나", "이나")];
/// What may follow a name beside those.
const FOLLOW: [char; 7] = ['의', '에', '도', '만', '인', '임', '께'];

/// The names that a contract uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Parties {
    provider: Vec<String>,
    customer: Vec<String>,
}

impl Parties {
    /// The names that a report found, the one that is used most first.
    pub fn of(report: &Report, document: &Document) -> Self {
        let ranked = |names: &[String]| {
            let mut names = names.to_vec();
            names.sort_by_cached_key(|name| std::cmp::Reverse(whole(document.text(), name).count()));
            names
        };
        let parties = &report.context.parties;
        Self { provider: ranked(&parties.provider), customer: ranked(&parties.customer) }
    }

    /// Wording with the contract's names; a name of the model that the contract uses itself stays.
    pub fn adapt(&self, wording: &str) -> String {
        let mut text = wording.to_owned();
        for (models, own) in [(PROVIDER, &self.provider), (CUSTOMER, &self.customer)] {
            let Some(to) = own.first() else { continue };
            for model in models.iter().filter(|model| !own.iter().any(|name| name == *model)) {
                text = renamed(&text, model, to);
            }
        }
        text
    }
}

/// The places where a name stands as a word of its own.
fn whole<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(name).map(|(at, _)| at).filter(move |at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + name.len()..).unwrap_or_default();
        let follows = after.chars().next().is_none_or(|c| {
            !is_hangul(c)
                || FOLLOW.contains(&c)
                || PARTICLES.iter().any(|(open, closed)| after.starts_with(open) || after.starts_with(closed))
        });
        !before.chars().next_back().is_some_and(is_hangul) && follows
    })
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

fn renamed(text: &str, name: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for at in whole(text, name) {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        // Other users than the customer, and the defined word for what they keep.
        let others = ["다른 ", "최종 "].iter().any(|word| before.ends_with(word));
        let defined = name == "이용자" && (after.starts_with(" 정보") || after.starts_with("정보"));
        if others || defined || at < done {
            continue;
        }
        out.push_str(&text[done..at]);
        out.push_str(to);
        done = at + name.len();
        let quote = after.chars().next().filter(|c| matches!(c, '”' | '"' | '’' | '\''));
        let behind = quote.map_or(after, |quote| &after[quote.len_utf8()..]);
        let changed = PARTICLES.iter().find(|(open, _)| behind.starts_with(open)).filter(|(open, _)| {
            let next = behind[open.len()..].chars().next();
            let goes_on = match *open {
                "와" => next == Some('의'),
                "로" => matches!(next, Some('부' | '서' | '써' | '의')),
                "라" => matches!(next, Some('고' | '는' | '도')),
                "나" => next == Some('마'),
                _ => false,
            };
            goes_on || !next.is_some_and(is_hangul)
        });
        if let Some((open, closed)) = changed.filter(|(open, _)| closes(to, *open == "로")) {
            out.extend(quote);
            out.push_str(closed);
            done += quote.map_or(0, char::len_utf8) + open.len();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Whether a word ends in a consonant that the particle minds: ㄹ is none before 로.
fn closes(word: &str, direction: bool) -> bool {
    let last = word.chars().next_back().filter(|c| is_hangul(*c));
    let final_sound = last.map_or(0, |c| (u32::from(c) - 0xAC00) % 28);
    final_sound != 0 && !(direction && final_sound == 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_go_with_the_name() {
        let parties = Parties { provider: vec!["을".into()], customer: vec!["고객".into()] };
        for (model, want) in [
            ("공급사업자는 이용사업자에게 알린다.", "을은 고객에게 알린다."),
            (
                "회사가 이용자를 해지하면 이용자와의 계약은 끝난다.",
                "을이 고객을 해지하면 고객과의 계약은 끝난다.",
            ),
            ("회사로부터 받은 이용자로서", "을로부터 받은 고객으로서"),
            ("“이용사업자”라 한다", "“고객”이라 한다"),
            (
                "다른 이용자와 최종이용자, 이용자 정보, 모회사의",
                "다른 이용자와 최종이용자, 이용자 정보, 모회사의",
            ),
        ] {
            assert_eq!(parties.adapt(model), want);
        }
        assert_eq!(Parties::default().adapt("회사는"), "회사는");
        let own = Parties { provider: vec!["모아소프트".into(), "회사".into()], customer: vec![] };
        assert_eq!(own.adapt("공급사업자와 회사는"), "모아소프트와 회사는");
    }
}
