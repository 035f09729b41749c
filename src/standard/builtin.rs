//! The standards that come with jomun: the government's cloud contracts of 2016-12-04, B2B and B2C.

use super::Standard;
use crate::error::DataError;

const SOURCES: [(&str, &str); 2] = [
    ("cloud-b2b", include_str!("../../corpora/standards/cloud-b2b.toml")),
    ("cloud-b2c", include_str!("../../corpora/standards/cloud-b2c.toml")),
];

/// The built-in standards, B2B first.
///
/// # Errors
/// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
pub fn builtin() -> Result<Vec<Standard>, DataError> {
    SOURCES.iter().map(|(name, text)| Standard::from_toml(name, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Counts;

    #[test]
    fn both_have_every_unit_of_the_2016_edition() {
        let [b2b, b2c] = builtin().unwrap().try_into().unwrap();
        assert_eq!(b2b.count(), Counts { chapters: 7, articles: 26, paragraphs: 65, items: 65, subitems: 2 });
        assert_eq!(b2c.count(), Counts { chapters: 7, articles: 26, paragraphs: 75, items: 68, subitems: 0 });
        assert_eq!((b2b.edition.as_str(), b2c.edition.as_str()), ("2016-12-04", "2016-12-04"));
    }

    #[test]
    fn every_paragraph_has_a_model_clause_with_all_its_items() {
        for standard in builtin().unwrap() {
            for provision in &standard.provisions {
                let whole = provision.level() == '항'
                    || provision.level() == '조'
                        && !standard.under(&provision.at).any(|below| below.level() == '항');
                assert_eq!(provision.model.is_some(), whole, "{} {}", standard.id, provision.at);
                assert!(
                    provision.level() == '조' && !whole || !provision.requires.is_empty(),
                    "{} {}",
                    standard.id,
                    provision.at
                );
                if let Some(model) = &provision.model {
                    let items = standard.under(&provision.at).filter(|below| below.level() == '호').count();
                    let lines = model
                        .lines()
                        .filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()))
                        .count();
                    assert_eq!(lines, items, "{} {}", standard.id, provision.at);
                }
            }
        }
    }

    #[test]
    fn wording_of_an_item_is_its_paragraph() {
        let [b2b, _] = builtin().unwrap().try_into().unwrap();
        assert_eq!(b2b.wording("제18조제6항제1호"), b2b.wording("제18조제6항"));
        assert!(b2b.wording("제24조").len() > 30);
    }
}
