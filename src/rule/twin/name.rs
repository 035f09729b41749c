//! Names of parties in an example, with the particles behind them, and how they are exchanged.

use crate::language::particle;
use crate::text::Span;

/// Who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Provider,
    Customer,
}

/// A name as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub word: &'static str,
    pub side: Side,
    /// The word without its particle.
    pub span: Span,
    particle: &'static str,
}

impl Name {
    /// Whether the sentence is about it: 회사는.
    pub fn is_topic(&self) -> bool {
        matches!(self.particle, "은" | "는" | "께서는")
    }
}

/// Provider and customer as they go together. A provider's first pair names its customer.
const PAIRS: [(&str, &str); 13] = [
    ("회사", "이용자"),
    ("당사", "고객"),
    ("갑", "을"),
    ("공급사업자", "이용사업자"),
    ("공급사", "이용기관"),
    ("공급자", "고객사"),
    ("몰", "회원"),
    ("사이트", "회원"),
    ("당사", "귀하"),
    ("당사", "고객님"),
    ("회사", "가입자"),
    ("회사", "구독자"),
    ("회사", "이용기업"),
];

/// What may stand right behind a name; longer ones first.
const PARTICLES: [&str; 32] = [
    "으로부터",
    "께서는",
    "에게서",
    "에게는",
    "로부터",
    "에게만",
    "에게",
    "께서",
    "에서",
    "에는",
    "과의",
    "와의",
    "이나",
    "이며",
    "이고",
    "으로",
    "까지",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "과",
    "와",
    "의",
    "에",
    "께",
    "도",
    "만",
    "로",
    "나",
];

/// Particles that differ after a consonant and after a vowel.
const PAIRED: [(&str, &str); 8] = [
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("으로부터", "로부터"),
    ("이나", "나"),
    ("과의", "와의"),
];

/// The names in a text, in text order.
pub(super) fn read(text: &str) -> Vec<Name> {
    let mut words: Vec<(&'static str, Side)> = PAIRS
        .iter()
        .flat_map(|(provider, customer)| [(*provider, Side::Provider), (*customer, Side::Customer)])
        .collect();
    // The longest first: 고객사 before 고객.
    words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(b.0)));
    words.dedup();
    let mut names = Vec::new();
    let mut before = None;
    let mut free = 0;
    for (at, c) in text.char_indices() {
        let starts = at >= free && !before.is_some_and(char::is_alphanumeric);
        before = Some(c);
        if !starts {
            continue;
        }
        let found = words.iter().find_map(|&(word, side)| {
            let rest = text[at..].strip_prefix(word)?;
            Some((word, side, particle_of(rest)?))
        });
        // 사이트에 게시: a place, no party.
        if let Some((word, side, particle)) =
            found.filter(|found| !(found.0 == "사이트" && found.2.starts_with('에')))
        {
            let span = Span::new(at, at + word.len());
            names.push(Name { word, side, span, particle });
            free = span.end + particle.len();
        }
    }
    names
}

/// The particle at the head of `rest`; nothing when the word goes on and is another.
fn particle_of(rest: &str) -> Option<&'static str> {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    if ends(rest) {
        return Some("");
    }
    PARTICLES.into_iter().find(|particle| rest.strip_prefix(particle).is_some_and(ends))
}

/// The customer that goes with a provider.
pub(super) fn customer_of(provider: &str) -> &'static str {
    PAIRS.iter().find(|pair| pair.0 == provider).map_or("이용자", |pair| pair.1)
}

/// The text with every name replaced by what `other` gives for it, and the particles made to fit.
pub(super) fn replaced<'w>(text: &str, names: &[Name], other: impl Fn(&Name) -> &'w str) -> String {
    let mut replaced = String::with_capacity(text.len() + 32);
    let mut from = 0;
    for name in names {
        replaced.push_str(&text[from..name.span.start]);
        let word = other(name);
        match PAIRED.iter().find(|(closed, open)| [*closed, *open].contains(&name.particle)) {
            // 을로, 몰로: ㄹ goes with 로.
            Some((_, open)) if open.starts_with('로') && ends_in_rieul(word) => {
                replaced.push_str(word);
                replaced.push_str(open);
            }
            Some((closed, open)) => replaced.push_str(&particle::with(word, closed, open)),
            None => {
                replaced.push_str(word);
                replaced.push_str(name.particle);
            }
        }
        from = name.span.end + name.particle.len();
    }
    replaced.push_str(&text[from..]);
    replaced
}

fn ends_in_rieul(word: &str) -> bool {
    word.chars().next_back().is_some_and(|c| ('가'..='힣').contains(&c) && (u32::from(c) - 0xAC00) % 28 == 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_of_their_own() {
        let text = "고객센터는 회사법에 따라 고객사와 을에게, 약관을 사이트에 올린다. 회원은 따른다.";
        let names = read(text);
        let found: Vec<(&str, &str)> = names.iter().map(|name| (name.word, name.particle)).collect();
        assert_eq!(found, [("고객사", "와"), ("을", "에게"), ("회원", "은")]);
    }

    #[test]
    fn particles_follow_the_last_sound() {
        let text = "몰로부터 갑이, 몰로 을을";
        let swapped = replaced(text, &read(text), |name| match name.side {
            Side::Provider => "을",
            Side::Customer => "회사",
        });
        assert_eq!(swapped, "을로부터 을이, 을로 회사를");
    }
}
