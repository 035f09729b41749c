//! Compiles `dictionaries/ko-dic` and `dictionaries/legal-terms.csv` into the dictionary that `language::dictionary`
//! embeds. No network, the same output for the same input.
//!
//! Beside what Lindera's own builder would write, entries that say the same (tag and parts) share one record: some
//! 40,000 records instead of 340,000, so that the analyser is ready in milliseconds. Rows and columns of the cost
//! matrix that no entry uses are left out.

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::viterbi::{LexType, WordEntry, WordId};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tag::Tag;

#[allow(dead_code)]
#[path = "src/language/tag.rs"]
mod tag;

const LEXICON: &str = "dictionaries/ko-dic/lexicon.csv.xz";
const MATRIX: &str = "dictionaries/ko-dic/matrix.bin.xz";
const CHARACTERS: &str = "dictionaries/ko-dic/char.def";
const UNKNOWN: &str = "dictionaries/ko-dic/unk.def";
const TERMS: &str = "dictionaries/legal-terms.csv";
const TRAPS: &str = "dictionaries/traps.csv";
const FORMS: &str = "dictionaries/forms.csv";

/// One reading of a surface.
struct Entry {
    surface: String,
    left: u16,
    right: u16,
    cost: i16,
    record: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    for input in
        ["build.rs", "src/language/tag.rs", LEXICON, MATRIX, CHARACTERS, UNKNOWN, TERMS, TRAPS, FORMS]
    {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut records = Records::default();
    let traps = fs::read_to_string(TRAPS)?;
    let traps: HashSet<(&str, &str)> = rows(&traps).filter_map(|row| row.split_once(',')).collect();
    let mut entries = lexicon(&String::from_utf8(unpacked(LEXICON)?)?, &traps, &mut records)?;
    entries.extend(terms(&fs::read_to_string(TERMS)?, &entries, &mut records)?);
    entries.extend(forms(&fs::read_to_string(FORMS)?, &entries, &mut records)?);
    // One order whatever the file's: ties between readings are settled by it.
    entries
        .sort_by(|a, b| (&a.surface, a.record, a.cost, a.left).cmp(&(&b.surface, b.record, b.cost, b.left)));
    let unknown = fs::read_to_string(UNKNOWN)?;
    let ids = Ids::used(&entries, &unknown)?;
    write_matrix(&unpacked(MATRIX)?, &ids, &out)?;
    write_words(entries, &ids, &out)?;
    write_unknown(&unknown, &ids, &out)?;
    records.write(&out)
}

fn unpacked(path: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut input = BufReader::new(fs::File::open(path)?);
    let mut output = Vec::new();
    lzma_rs::xz_decompress(&mut input, &mut output).map_err(|error| format!("{path}: {error:?}"))?;
    Ok(output)
}

/// The rows of one of our own tables: no blank lines, no comments.
fn rows(csv: &str) -> impl Iterator<Item = &str> {
    csv.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// What entries say: parts with their tags. Equal records are kept once.
#[derive(Default)]
struct Records {
    ids: HashMap<Vec<u8>, u32>,
    bytes: Vec<u8>,
    offsets: Vec<u32>,
    /// The tags of each record's parts.
    tags: Vec<Vec<Tag>>,
}

impl Records {
    /// The record of stems and endings; a part without text is the surface itself.
    /// Layout: number of parts, then for each its tag, its length and its UTF-8 text.
    fn parts(&mut self, parts: &[(Tag, &str)]) -> Result<u32, Box<dyn Error>> {
        let mut record = vec![u8::try_from(parts.len())?];
        for (tag, text) in parts {
            record.extend_from_slice(&[tag.number(), u8::try_from(text.len())?]);
            record.extend_from_slice(text.as_bytes());
        }
        self.id(record, parts.iter().map(|part| part.0).collect())
    }

    /// The record of one noun made of several, each at least two characters long.
    /// Layout: number of nouns with the highest bit set, the tag, then the length in bytes of each noun.
    fn compound(&mut self, tag: Tag, nouns: &[&str]) -> Result<u32, Box<dyn Error>> {
        if nouns.len() < 2 || nouns.len() > 9 || nouns.iter().any(|noun| noun.chars().count() < 2) {
            return self.parts(&[(tag, "")]);
        }
        let mut record = vec![0x80 | u8::try_from(nouns.len())?, tag.number()];
        for noun in nouns {
            record.push(u8::try_from(noun.len())?);
        }
        self.id(record, vec![tag])
    }

    fn id(&mut self, record: Vec<u8>, tags: Vec<Tag>) -> Result<u32, Box<dyn Error>> {
        if let Some(id) = self.ids.get(&record) {
            return Ok(*id);
        }
        let id = u32::try_from(self.offsets.len())?;
        self.offsets.push(u32::try_from(self.bytes.len())?);
        self.tags.push(tags);
        self.bytes.extend_from_slice(&record);
        self.ids.insert(record, id);
        Ok(id)
    }

    fn write(&self, out: &Path) -> Result<(), Box<dyn Error>> {
        fs::write(out.join("records.bin"), &self.bytes)?;
        let offsets: Vec<u8> = self.offsets.iter().flat_map(|offset| offset.to_le_bytes()).collect();
        fs::write(out.join("records.idx"), offsets)?;
        // Lindera itself needs a record's first tag only, for the penalty after white space.
        let (mut words, mut index, mut known) = (Vec::new(), Vec::new(), HashMap::new());
        for tags in &self.tags {
            let tag = tags.first().copied().unwrap_or(Tag::Unknown);
            let offset = *known.entry(tag).or_insert_with(|| {
                let offset = words.len() as u32;
                words.extend_from_slice(&(tag.name().len() as u32).to_le_bytes());
                words.extend_from_slice(tag.name().as_bytes());
                offset
            });
            index.extend_from_slice(&offset.to_le_bytes());
        }
        fs::write(out.join("dict.words"), words)?;
        fs::write(out.join("dict.wordsidx"), index)?;
        Ok(())
    }
}

/// The entries of a lexicon in MeCab's CSV form with ko-dic's columns.
fn lexicon(
    csv: &str,
    traps: &HashSet<(&str, &str)>,
    records: &mut Records,
) -> Result<Vec<Entry>, Box<dyn Error>> {
    let mut entries = Vec::new();
    for (number, line) in csv.lines().enumerate() {
        let (surface, rest) = match line.strip_prefix("\",\",") {
            Some(rest) => (",", rest),
            None => line.split_once(',').ok_or_else(|| format!("{LEXICON}:{}: no columns", number + 1))?,
        };
        let fields: Vec<&str> = rest.split(',').collect();
        let [left, right, cost, tag, _meaning, _coda, _reading, kind, _first, _last, expression] = fields[..]
        else {
            return Err(format!("{LEXICON}:{}: 12 columns expected", number + 1).into());
        };
        let analysis = expression.replace("/*", "");
        if traps.contains(&(surface, ""))
            || traps.contains(&(surface, tag))
            || traps.contains(&(surface, &analysis))
        {
            continue;
        }
        let pieces: Vec<(&str, &str)> = expression
            .split('+')
            .map(|piece| {
                let mut fields = piece.split('/');
                (fields.next().unwrap_or(""), fields.next().unwrap_or(""))
            })
            .collect();
        // An adverb's base form (미리미리 of 미리) is another word; only stems are taken from the analysis.
        let inflected = kind == "Inflect" && Tag::of_name(tag.split('+').next().unwrap_or(tag)) != Tag::MAG;
        let record = if tag.contains('+') || inflected {
            // The copula vanishes after a vowel: its part is written without text.
            let parts: Vec<_> = pieces
                .iter()
                .map(|(text, tag)| (Tag::of_name(tag), if text.is_empty() { "이" } else { text }))
                .collect();
            records.parts(&parts)?
        } else {
            let nouns: Vec<&str> = pieces.iter().map(|piece| piece.0).collect();
            let tag = Tag::of_name(tag);
            if kind == "Compound" && tag.is_noun() && nouns.concat() == surface {
                records.compound(tag, &nouns)?
            } else {
                records.parts(&[(tag, "")])?
            }
        };
        let entry = Entry {
            surface: surface.into(),
            left: left.parse()?,
            right: right.parse()?,
            cost: cost.parse()?,
            record,
        };
        entries.push(entry);
    }
    Ok(entries)
}

/// The terms of ours as general nouns, cheap enough to win over their own parts. A `+` in a term shows where its
/// nouns meet.
fn terms(csv: &str, lexicon: &[Entry], records: &mut Records) -> Result<Vec<Entry>, Box<dyn Error>> {
    let noun = records.parts(&[(Tag::NNG, "")])?;
    // Context ids of a general noun, without and with a final consonant, as the lexicon's own nouns have them.
    let model = |surface: &str| {
        lexicon
            .iter()
            .find(|entry| entry.surface == surface && entry.record == noun)
            .map(|e| (e.left, e.right))
    };
    let (open, closed) =
        model("회사").zip(model("계약")).ok_or("the lexicon lacks the model nouns 회사, 계약")?;
    let mut entries = Vec::new();
    for row in rows(csv) {
        let term = row.split(',').next().unwrap_or(row).trim();
        let surface = term.replace('+', "");
        let Some(last) = surface.chars().last() else { continue };
        let coda = ('가'..='힣').contains(&last) && !(last as u32 - '가' as u32).is_multiple_of(28);
        let (left, right) = if coda { closed } else { open };
        // Each character a term joins saves a boundary that the parts would pay for. Latin letters are one unknown
        // word anyway (824 in unk.def): little less, or longer words of such letters would be cut.
        let cost = match i16::try_from(surface.chars().count())? {
            _ if surface.is_ascii() => 600,
            1 | 2 => 400,
            count => 500 - 800 * count.min(20),
        };
        let record = records.compound(Tag::NNG, &term.split('+').collect::<Vec<_>>())?;
        entries.push(Entry { surface, left, right, cost, record });
    }
    Ok(entries)
}

/// Contracted forms of ours, each with the context of a form of the lexicon that has the same tags, and cheaper.
fn forms(csv: &str, lexicon: &[Entry], records: &mut Records) -> Result<Vec<Entry>, Box<dyn Error>> {
    let mut entries = Vec::new();
    for row in rows(csv) {
        let [surface, parts, model] = row.split(',').collect::<Vec<_>>()[..] else {
            return Err(format!("{FORMS}: {row}: 3 columns expected").into());
        };
        let parts: Vec<(Tag, &str)> = parts
            .split('+')
            .filter_map(|part| part.split_once('/'))
            .map(|(text, tag)| (Tag::of_name(tag), text))
            .collect();
        let tags: Vec<Tag> = parts.iter().map(|part| part.0).collect();
        let like =
            |entry: &&Entry| entry.surface == model && records.tags.get(entry.record as usize) == Some(&tags);
        let model = lexicon
            .iter()
            .find(like)
            .ok_or_else(|| format!("{FORMS}: {model}: no such form with these tags"))?;
        let record = records.parts(&parts)?;
        entries.push(Entry {
            surface: surface.into(),
            left: model.left,
            right: model.right,
            cost: model.cost,
            record,
        });
    }
    Ok(entries)
}

/// The context ids in use, renumbered without gaps.
struct Ids {
    left: BTreeMap<u16, u16>,
    right: BTreeMap<u16, u16>,
}

impl Ids {
    fn used(entries: &[Entry], unknown: &str) -> Result<Ids, Box<dyn Error>> {
        // 0 is the sentence's beginning and end.
        let (mut left, mut right) = (BTreeMap::from([(0, 0)]), BTreeMap::from([(0, 0)]));
        for entry in entries {
            left.insert(entry.left, 0);
            right.insert(entry.right, 0);
        }
        for line in unknown.lines() {
            let mut fields = line.split(',').skip(1);
            if let (Some(l), Some(r)) = (fields.next(), fields.next()) {
                left.insert(l.parse()?, 0);
                right.insert(r.parse()?, 0);
            }
        }
        for ids in [&mut left, &mut right] {
            for (new, value) in ids.values_mut().enumerate() {
                *value = u16::try_from(new)?;
            }
        }
        Ok(Ids { left, right })
    }
}

/// MeCab's binary matrix, two u16 sizes and i16 cost[right of the word before + size * left of the word after], in
/// Lindera's transposed layout (version -1, sizes, then the costs in the same order), used ids only.
fn write_matrix(matrix: &[u8], ids: &Ids, out: &Path) -> Result<(), Box<dyn Error>> {
    let value = |i: usize| matrix.get(2 * i..2 * i + 2).map(|b| i16::from_le_bytes([b[0], b[1]]));
    let rows = usize::from(value(0).ok_or("matrix without a size")? as u16);
    let mut costs: Vec<i16> = vec![-1, i16::try_from(ids.right.len())?, i16::try_from(ids.left.len())?];
    for left in ids.left.keys() {
        for right in ids.right.keys() {
            costs.push(value(2 + usize::from(*right) + rows * usize::from(*left)).ok_or("matrix cut off")?);
        }
    }
    let bytes: Vec<u8> = costs.iter().flat_map(|cost| cost.to_le_bytes()).collect();
    Ok(fs::write(out.join("matrix.mtx"), bytes)?)
}

fn write_words(entries: Vec<Entry>, ids: &Ids, out: &Path) -> Result<(), Box<dyn Error>> {
    let (mut vals, mut surfaces) =
        (Vec::with_capacity(entries.len() * 10), BTreeMap::<String, Vec<WordEntry>>::new());
    for entry in entries {
        let (left, right) = (ids.left[&entry.left], ids.right[&entry.right]);
        vals.extend_from_slice(&entry.record.to_le_bytes());
        vals.extend_from_slice(&entry.cost.to_le_bytes());
        vals.extend_from_slice(&left.to_le_bytes());
        vals.extend_from_slice(&right.to_le_bytes());
        let word = WordEntry::new(WordId::new(LexType::System, entry.record), entry.cost, left, right);
        surfaces.entry(entry.surface).or_default().push(word);
    }
    let (trie, index) = PrefixDictionary::serialize_trie(&surfaces)?;
    fs::write(out.join("dict.trie"), trie)?;
    fs::write(out.join("dict.valsidx"), index)?;
    Ok(fs::write(out.join("dict.vals"), vals)?)
}

fn write_unknown(unknown: &str, ids: &Ids, out: &Path) -> Result<(), Box<dyn Error>> {
    let sources = out.join("sources");
    fs::create_dir_all(&sources)?;
    let mut lines = String::new();
    for line in unknown.lines() {
        let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        if fields.len() < 5 {
            return Err(format!("{UNKNOWN}: {line:?}: columns missing").into());
        }
        fields[1] = ids.left[&fields[1].parse()?].to_string();
        fields[2] = ids.right[&fields[2].parse()?].to_string();
        lines.push_str(&fields.join(","));
        lines.push('\n');
    }
    fs::write(sources.join("unk.def"), lines)?;
    fs::copy(CHARACTERS, sources.join("char.def"))?;
    let builder = DictionaryBuilder::new(Metadata::default());
    let characters = builder.build_character_definition(&sources, out)?;
    Ok(builder.build_unknown_dictionary(&sources, out, &characters, None)?)
}
