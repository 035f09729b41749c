//! The dictionary that `build.rs` compiled, embedded in the program: lexicon, costs, and what each entry says.
//! Knows nothing of texts.

use super::tag::Tag;
use crate::error::DataError;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::character_definition::CharacterDefinition;
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::schema::Schema;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;
use lindera_dictionary::include_bytes_aligned;
use lindera_dictionary::space_penalty::{SpacePenaltyConfig, SpacePenaltyRule};
use lindera_dictionary::viterbi::WordId;
use std::sync::Arc;

static CHARACTERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/char_def.bin"));
static MATRIX: &[u8] = include_bytes_aligned!(concat!(env!("OUT_DIR"), "/matrix.mtx"));
static TRIE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dict.trie"));
static VALUES_INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dict.valsidx"));
static VALUES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dict.vals"));
static WORDS_INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dict.wordsidx"));
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dict.words"));
static UNKNOWN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/unk.bin"));
static RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/records.bin"));
static RECORDS_INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/records.idx"));

/// The segmenter over the embedded dictionary.
pub(super) fn segmenter() -> Result<Segmenter, DataError> {
    let wrong = |error: lindera_dictionary::error::LinderaError| DataError {
        file: "내장 사전".into(),
        reason: format!("읽지 못했습니다({error})"),
    };
    let columns = ["surface", "left_context_id", "right_context_id", "cost", "part_of_speech_tag"];
    let mut metadata = Metadata {
        dictionary_schema: Schema::new(columns.map(String::from).to_vec()),
        ..Metadata::default()
    };
    // The costs of mecab-ko-dic's dicrc: endings and particles do not follow white space.
    metadata.space_penalty = Some(SpacePenaltyConfig::new(vec![
        SpacePenaltyRule::new(["EC", "EF", "EP", "ETM", "ETN", "VCP", "XSA", "XSN", "XSV"], 3000),
        SpacePenaltyRule::new(["JC", "JKB", "JKC", "JKG", "JKO", "JKQ", "JKS", "JKV", "JX"], 6000),
    ]));
    let dictionary = Dictionary {
        prefix_dictionary: Arc::new(
            PrefixDictionary::load(TRIE, VALUES_INDEX, VALUES, WORDS_INDEX, WORDS).map_err(wrong)?,
        ),
        connection_cost_matrix: Arc::new(ConnectionCostMatrix::load(MATRIX).map_err(wrong)?),
        character_definition: Arc::new(CharacterDefinition::load(CHARACTERS).map_err(wrong)?),
        unknown_dictionary: Arc::new(UnknownDictionary::load(UNKNOWN).map_err(wrong)?),
        metadata: Arc::new(metadata),
    };
    // Unknown words are grouped up to a bound, so that a long run of one kind of character stays linear.
    Ok(Segmenter::new(Mode::Normal, dictionary, None).max_grouping_len(Some(48)))
}

/// What an entry says: its parts in order, stems and endings of a contracted form apart; or where the nouns of a
/// compound noun meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record(u32);

/// The mark of a compound in a record's first byte.
const COMPOUND: u8 = 0x80;

impl Record {
    /// The record of words that the dictionary does not have.
    pub(super) const NONE: Record = Record(u32::MAX);

    /// The record of a dictionary word, its first and its last tag.
    pub(super) fn of(word: WordId, dictionary: &Dictionary) -> (Record, Tag, Tag) {
        if word.is_system() {
            let record = Record(word.id());
            let mut parts = record.parts();
            let first = parts.next().map_or(Tag::Unknown, |part| part.0);
            return (record, first, parts.last().map_or(first, |part| part.0));
        }
        let details = dictionary.unknown_word_details_iter(word.id() as usize);
        let tag = details.take(1).next().map_or(Tag::Unknown, Tag::of_name);
        (Record::NONE, tag, tag)
    }

    fn bytes(self) -> &'static [u8] {
        let bytes = usize::try_from(self.0).ok().and_then(|id| {
            let offset = RECORDS_INDEX.get(id.checked_mul(4)?..)?.first_chunk::<4>()?;
            RECORDS.get(usize::try_from(u32::from_le_bytes(*offset)).ok()?..)
        });
        bytes.unwrap_or_default()
    }

    /// Tag and text of each part; an empty text is the surface itself. None for [`Record::NONE`].
    pub(super) fn parts(self) -> Parts {
        match self.bytes() {
            [count, tag, ..] if count & COMPOUND != 0 => {
                Parts { whole: Some(Tag::of_number(*tag)), count: 0, rest: &[] }
            }
            [count, rest @ ..] => Parts { whole: None, count: *count, rest },
            [] => Parts { whole: None, count: 0, rest: &[] },
        }
    }

    /// Lengths in bytes of the nouns of a compound noun, in order; empty for every other word.
    pub(super) fn nouns(self) -> &'static [u8] {
        match self.bytes() {
            [count, _, rest @ ..] if count & COMPOUND != 0 => {
                rest.get(..usize::from(count & !COMPOUND)).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

/// Iterates over the parts of a [`Record`].
#[derive(Clone, Debug)]
pub(super) struct Parts {
    whole: Option<Tag>,
    count: u8,
    rest: &'static [u8],
}

impl Iterator for Parts {
    type Item = (Tag, &'static str);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(tag) = self.whole.take() {
            return Some((tag, ""));
        }
        self.count = self.count.checked_sub(1)?;
        let [tag, length, rest @ ..] = self.rest else { return None };
        let (text, rest) = rest.split_at_checked(usize::from(*length))?;
        self.rest = rest;
        Some((Tag::of_number(*tag), std::str::from_utf8(text).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_dictionary_reads_a_word_and_its_parts() {
        let segmenter = segmenter().unwrap();
        let tokens = segmenter.segment("회사가 통지한다.".into()).unwrap();
        let (record, first, last) = Record::of(tokens[3].word_id, &segmenter.dictionary);
        assert_eq!((first, last), (Tag::XSV, Tag::EF));
        assert_eq!(record.parts().collect::<Vec<_>>(), [(Tag::XSV, "하"), (Tag::EF, "ᆫ다")]);
    }

    #[test]
    fn every_record_can_be_read() {
        for id in 0..u32::try_from(RECORDS_INDEX.len() / 4).unwrap() {
            let parts = Record(id).parts();
            let expected = usize::from(parts.count).max(1);
            assert_eq!(parts.count(), expected, "record {id}");
            assert_ne!(Record(id).nouns().len(), 1, "record {id}: a compound has two nouns or more");
        }
        assert_eq!(Record::NONE.parts().count(), 0);
    }
}
