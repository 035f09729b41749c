//! The Korean language of contracts: morphemes, normal form, facts, parties. No I/O; cannot fail on any text.
//!
//! One [`Analyzer`] serves a whole program; one [`Morphs`] is the analysis of one text, and everything else is asked
//! of it:
//!
//! ```
//! use jomun::language::{Analyzer, FactKind, Modality, Role};
//! use jomun::text::Span;
//!
//! # fn main() -> Result<(), jomun::error::DataError> {
//! let analyzer = Analyzer::new()?;
//! let text = "회사는 손해 배상 책임을 지지 아니한다. 이용자에게 삼십일 전까지 알려야 합니다.";
//! let morphs = analyzer.analyze(text);
//! let whole = Span::new(0, text.len());
//!
//! let sentences = morphs.sentences(whole);
//! assert_eq!(sentences.len(), 2);
//! assert_eq!(morphs.terms(sentences[0]).key(), "회사손해배상책임지!");
//! assert_eq!(morphs.modality(sentences[1]), Modality::Must);
//! assert!(matches!(morphs.facts()[0].kind, FactKind::Duration(period) if period.count == Some(30)));
//! assert_eq!(analyzer.parties(&morphs).subject(sentences[0]), Some(Role::Provider));
//! # Ok(())
//! # }
//! ```

pub mod analyzer;
mod dictionary;
pub mod fact;
pub mod normal;
mod number;
pub mod particle;
pub mod party;
mod sentence;
pub mod tag;
pub mod variant;

pub use analyzer::{Analyzer, Morph, Morphs};
pub use fact::{Fact, FactKind};
pub use normal::{Modality, Term, Terms};
pub use party::{Parties, Role};
pub use tag::Tag;
