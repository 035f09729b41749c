//! The words of `dictionaries/changes.toml`, by what they mean for a change.

use crate::error::DataError;
use std::collections::HashMap;

const WORDS: &str = include_str!("../../../dictionaries/changes.toml");

/// What a word means for changes; a set of bits, as a word may mean several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meaning(u32);

macro_rules! meanings {
    ($($name:ident $key:literal $bit:literal,)*) => {
        impl Meaning {
            $(pub const $name: Meaning = Meaning(1 << $bit);)*
            /// Every meaning with its name in the file.
            const ALL: &[(&str, Meaning)] = &[$(($key, Meaning::$name),)*];
        }
    };
}

meanings! {
    CONSENT "consent" 0,
    CONSULT "consult" 1,
    NOTIFY "notify" 2,
    DEEM "deem" 3,
    DAMAGES "damages" 4,
    REFUND "refund" 5,
    CREDIT "credit" 6,
    SOLE "sole" 7,
    BEAR "bear" 8,
    RELEASE "release" 9,
    FAULT "fault" 10,
    GROSS "gross" 11,
    NARROW "narrow" 12,
    PAID "paid" 13,
    PRIOR "prior" 14,
    EACH "each" 15,
    PROMPT "prompt" 16,
    SWEEPING "sweeping" 17,
    STRIVE "strive" 18,
    BAN "ban" 19,
}

impl Meaning {
    /// Whether it means any of `wanted`.
    pub fn is(self, wanted: Meaning) -> bool {
        self.0 & wanted.0 != 0
    }

    /// Either.
    pub const fn or(self, other: Meaning) -> Meaning {
        Meaning(self.0 | other.0)
    }
}

/// The words, ready to be asked.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: HashMap<String, Meaning>,
}

impl Lexicon {
    /// The built-in words.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn builtin() -> Result<Self, DataError> {
        let fault = |reason: String| DataError { file: "changes.toml".into(), reason };
        let lists: HashMap<String, Vec<String>> =
            toml::from_str(WORDS).map_err(|error| fault(error.to_string()))?;
        if let Some(name) = lists.keys().filter(|name| Meaning::ALL.iter().all(|(key, _)| key != name)).min()
        {
            return Err(fault(format!("모르는 묶음입니다: {name}")));
        }
        let mut words: HashMap<String, Meaning> = HashMap::new();
        for (key, meaning) in Meaning::ALL {
            let list = lists.get(*key).ok_or_else(|| fault(format!("빠진 묶음입니다: {key}")))?;
            for word in list {
                let entry = words.entry(word.clone()).or_default();
                *entry = entry.or(*meaning);
            }
        }
        Ok(Self { words })
    }

    /// The data as it was compiled in.
    pub fn source() -> &'static str {
        WORDS
    }

    /// What a word means: its own meaning, and that of a listed word of two syllables or more at its start or end.
    pub fn meaning(&self, word: &str) -> Meaning {
        let mut meaning = self.words.get(word).copied().unwrap_or_default();
        let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(2).collect();
        for &at in &bounds {
            meaning = meaning.or(self.words.get(&word[..at]).copied().unwrap_or_default());
        }
        // The last two syllables and more: all ends but the whole and the last syllable.
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        for &at in starts.iter().skip(1).take(starts.len().saturating_sub(2)) {
            meaning = meaning.or(self.words.get(&word[at..]).copied().unwrap_or_default());
        }
        meaning
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_alone_and_in_compounds() {
        let lexicon = Lexicon::builtin().unwrap();
        assert!(lexicon.meaning("동의").is(Meaning::CONSENT));
        assert!(lexicon.meaning("사전통지").is(Meaning::NOTIFY));
        assert!(lexicon.meaning("사전통지").is(Meaning::PRIOR));
        assert!(lexicon.meaning("손해배상").is(Meaning::DAMAGES));
        assert!(!lexicon.meaning("보안").is(Meaning::DEEM), "one syllable stands for itself");
        assert!(lexicon.meaning("보").is(Meaning::DEEM));
        assert_eq!(lexicon.meaning(""), Meaning::default());
    }
}
