//! The index over units of text (clauses, provisions): BM25 over terms that our own analyser made. In RAM; it knows
//! terms and scores, not what a clause or a topic is.

use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, IndexSettings, ReloadPolicy, Searcher, TantivyDocument, Term};

/// Memory budget in bytes: it sizes the writer's hash table, which is cleared for every contract; a contract of 60 pages
/// has some thousand terms.
const WRITER_BUDGET: usize = 600_000;

/// Units of text, searchable by their terms. The n-th unit added is hit number n.
pub struct TermIndex {
    searcher: Option<Searcher>,
    terms: Field,
}

/// A unit that a search found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Number of the unit, in the order of adding.
    pub unit: usize,
    /// BM25 score; comparable within one search only.
    pub score: f32,
}

impl TermIndex {
    /// Builds the index over `units`, each the terms of one unit in text order. An index that cannot be built (out of
    /// memory) finds nothing.
    pub fn build<'a, U, T>(units: U) -> Self
    where
        U: IntoIterator<Item = T>,
        T: IntoIterator<Item = &'a str>,
    {
        let mut schema = Schema::builder();
        // Terms are made by the caller, so no tokenizer is named here; positions and the stored text are not needed.
        let indexing =
            TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs).set_tokenizer("raw");
        let terms = schema.add_text_field("terms", TextOptions::default().set_indexing_options(indexing));
        let searcher = Self::fill(schema.build(), terms, units).ok();
        Self { searcher, terms }
    }

    fn fill<'a, U, T>(schema: Schema, field: Field, units: U) -> tantivy::Result<Searcher>
    where
        U: IntoIterator<Item = T>,
        T: IntoIterator<Item = &'a str>,
    {
        let mut writer = Index::builder()
            .schema(schema)
            .settings(IndexSettings::default())
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), WRITER_BUDGET)?;
        for unit in units {
            let tokens = unit
                .into_iter()
                .enumerate()
                .map(|(position, term)| Token { position, text: term.to_owned(), ..Token::default() })
                .collect();
            let mut document = TantivyDocument::default();
            document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
            writer.add_document(document)?;
        }
        let reader = writer.finalize()?.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(reader.searcher())
    }

    /// The best `limit` units that have at least one of `terms`, best first; equal scores in unit order.
    pub fn search<'a>(&self, terms: impl IntoIterator<Item = &'a str>, limit: usize) -> Vec<Hit> {
        let Some(searcher) = &self.searcher else { return Vec::new() };
        let clauses: Vec<(Occur, Box<dyn Query>)> = terms
            .into_iter()
            .map(|term| {
                let term = Term::from_field_text(self.terms, term);
                let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                (Occur::Should, query)
            })
            .collect();
        if clauses.is_empty() || limit == 0 {
            return Vec::new();
        }
        let best = TopDocs::with_limit(limit).order_by_score();
        let mut hits: Vec<Hit> = searcher
            .search(&BooleanQuery::new(clauses), &best)
            .unwrap_or_default()
            .into_iter()
            .map(|(score, address)| Hit { unit: address.doc_id as usize, score })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit)));
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_with_more_of_the_terms_comes_first() {
        let index = TermIndex::build([vec!["요금", "납부"], vec!["관할", "법원"], vec!["법원"]]);
        let hits = index.search(["관할", "법원"], 5);
        assert_eq!(hits.iter().map(|hit| hit.unit).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        let none: [Vec<&str>; 0] = [];
        assert!(TermIndex::build(none).search(["법원"], 5).is_empty());
        assert!(TermIndex::build([vec!["법원"]]).search(Vec::<&str>::new(), 5).is_empty());
    }
}
