//! Passages: the sentences of a contract with what they show. A 호 is read with the sentence that leads into its list,
//! so it shows what its lead shows. Knows grammar and structure, no law.

use crate::clause::{Clause, ClauseId, ClauseTree, Level};
use crate::language::party::{Case, Mention};
use crate::language::{FactKind, Modality, Morphs, Parties, Role, Tag, Term};
use crate::text::Span;
use std::collections::BTreeSet;

/// A sentence of a clause's own text.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The clause that the sentence belongs to.
    pub clause: ClauseId,
    /// The 조 (or other top clause) that holds it.
    pub article: ClauseId,
    /// The sentence.
    pub span: Span,
    /// What the sentence does not itself say: its conditions (…한 경우, …하면) and adnominal predicates (…한 절차).
    pub asides: Vec<Span>,
    /// Names of statutes and titles of cited clauses in it, whose words say nothing of their own.
    pub names: Vec<Span>,
    /// Number of the passage that leads into it: for a 호 the last sentence before the list.
    pub lead: Option<usize>,
    /// Whose act it is: its lead's subject, else its own, else that of the sentence before in the same 항.
    pub subject: Option<Role>,
    /// Whether another party acts together with the subject: "회사와 이용자는".
    pub mutual: bool,
    /// Roles that are named in it.
    pub named: BTreeSet<Role>,
    /// Modalities of its predicates.
    pub modalities: BTreeSet<Modality>,
    /// Whether one of its predicates is negated.
    pub negated: bool,
    /// Kinds of fact in it.
    pub facts: FactKinds,
    /// Whether it stands before the first 조 or in it.
    pub opening: bool,
    /// Whether it defines a term.
    pub definition: bool,
}

impl Passage {
    /// Whether it is the act of this party, alone or together with another.
    pub(crate) fn is_by(&self, role: Role) -> bool {
        self.subject == Some(role) || self.mutual && self.named.contains(&role)
    }
}

/// Which kinds of fact a passage holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactKinds {
    /// 30일, 7영업일
    pub period: bool,
    /// 99.9 %
    pub percent: bool,
    /// 3만 원
    pub amount: bool,
    /// 「약관의 규제에 관한 법률」
    pub law: bool,
    /// ( )일
    pub blank: bool,
}

impl FactKinds {
    fn join(&mut self, other: FactKinds) {
        self.period |= other.period;
        self.percent |= other.percent;
        self.amount |= other.amount;
        self.law |= other.law;
        self.blank |= other.blank;
    }
}

/// All passages of a contract, in text order.
pub(super) fn read(text: &str, tree: &ClauseTree, morphs: &Morphs, parties: &Parties) -> Vec<Passage> {
    let mut reader = Reader {
        text,
        tree,
        morphs,
        parties,
        passages: Vec::new(),
        leads: vec![None; tree.clauses().len() + 1],
    };
    let first = tree.clauses().iter().find(|clause| clause.level == Level::Article).map(|clause| clause.id);
    for clause in tree.clauses() {
        reader.clause(clause, first);
    }
    in_text_order(reader.passages)
}

/// Passages in text order, their leads renumbered: what a clause says after its 호 was read before them.
fn in_text_order(passages: Vec<Passage>) -> Vec<Passage> {
    let mut order: Vec<usize> = (0..passages.len()).collect();
    order.sort_by_key(|&number| passages[number].span.start);
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut sorted: Vec<(usize, Passage)> =
        passages.into_iter().enumerate().map(|(old, passage)| (place[old], passage)).collect();
    sorted.sort_by_key(|(new, _)| *new);
    sorted
        .into_iter()
        .map(|(_, passage)| Passage { lead: passage.lead.map(|lead| place[lead]), ..passage })
        .collect()
}

/// Longest stretch read as one passage, in bytes; the longest sentences of real contracts have some 3,000.
const LONGEST: usize = 6_000;
/// A line of at least so many characters was likely broken for its length.
const FULL_LINE: usize = 25;
/// Longest word looked at, in bytes.
const LONGEST_WORD: usize = 120;

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

struct Reader<'c> {
    text: &'c str,
    tree: &'c ClauseTree,
    morphs: &'c Morphs,
    parties: &'c Parties,
    passages: Vec<Passage>,
    /// For each clause the passage that leads into its children.
    leads: Vec<Option<usize>>,
}

impl Reader<'_> {
    fn clause(&mut self, clause: &Clause, first_article: Option<ClauseId>) {
        let article = self.tree.article_of(clause.id).map_or(clause.id, |article| article.id);
        let lead = clause.parent.and_then(|parent| self.leads[parent.0]);
        let opening = match (clause.level, first_article) {
            (Level::Preamble, _) => true,
            (_, Some(first)) => article == first,
            (_, None) => false,
        };
        // A lead leads into lists (호, 목), not from one 항 into the next.
        let lead = lead.filter(|_| clause.level > Level::Paragraph);
        let owner = self.owner(self.tree.get(article).title);
        let list = self.tree.children(clause.id).next().map_or(usize::MAX, |child| child.span.start);
        let mut before: Option<Role> = None;
        let mut last = None;
        for &body in &clause.body {
            let sentences = self.joined(self.morphs.sentences(body));
            let stretches: Vec<Span> =
                sentences.into_iter().flat_map(|sentence| self.stretches(sentence)).collect();
            for span in stretches {
                let number = self.passages.len();
                let mut passage = self.passage(clause.id, article, span, lead, opening);
                passage.subject = passage.subject.or(before);
                before = passage.subject;
                passage.subject = passage.subject.or(owner);
                self.passages.push(passage);
                // What stands behind the list does not lead into it.
                if span.start < list {
                    last = Some(number);
                }
            }
        }
        self.leads[clause.id.0] = last.or(lead);
    }

    fn passage(
        &self,
        clause: ClauseId,
        article: ClauseId,
        span: Span,
        lead: Option<usize>,
        opening: bool,
    ) -> Passage {
        let asides = self.asides(span);
        let mut passage = Passage {
            clause,
            article,
            span,
            names: self.names(span),
            lead,
            subject: self.subject(span, &asides),
            asides,
            mutual: self.mutual(self.parties.mentions_in(span)),
            named: self.parties.mentions_in(span).iter().map(|mention| mention.role).collect(),
            modalities: BTreeSet::new(),
            negated: false,
            facts: self.kinds(span),
            opening,
            definition: self.defines(span),
        };
        let said =
            |term: &Term<'_>| term.predicate && !passage.asides.iter().any(|aside| aside.contains(term.span));
        let predicates: Vec<Term<'_>> = self.morphs.terms(span).iter().filter(said).collect();
        passage.modalities = predicates.iter().map(|term| term.modality).collect();
        passage.negated = predicates.iter().any(|term| term.negated);
        if let Some(lead) = lead.map(|lead| &self.passages[lead]) {
            // A 호 names the case; who acts in it stands in the lead.
            if lead.subject.is_some() {
                (passage.subject, passage.mutual) = (lead.subject, lead.mutual);
            }
            passage.named.extend(&lead.named);
            passage.modalities.extend(&lead.modalities);
            passage.negated |= lead.negated;
            passage.facts.join(lead.facts);
            passage.definition |= lead.definition || self.leads_to_definitions(lead.span);
        }
        passage
    }

    /// Stretches that only say when the rest holds ("이용자가 요금을 연체한 경우", "동의하지 않으면") or which thing is
    /// meant ("회사가 정한 절차"). A condition begins where the clause before it ends with a comma.
    fn asides(&self, span: Span) -> Vec<Span> {
        let mut asides = Vec::new();
        let mut start = span.start;
        let mut before_predicate = false;
        for term in self.morphs.terms(span).iter() {
            let word = self.word(term.span, span);
            let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let ends = matches!(term.text, "경우" | "때")
                || matches!(term.text, "전" | "후") && before_predicate
                || term.predicate && bare.ends_with('면');
            if ends {
                asides.push(Span::new(start, term.span.end));
                start = term.span.end;
            } else if term.predicate && word.ends_with(',') {
                start = term.span.end;
            } else if term.predicate && term.modality == Modality::None && self.is_adnominal(term.span, bare)
            {
                asides.push(term.span);
            }
            before_predicate = term.predicate;
        }
        asides
    }

    /// Sentences that a wrapped line cut in two are one: a full line that ends without a mark goes on in the next, and
    /// so does a comma, 및 or 또는.
    fn joined(&self, sentences: Vec<Span>) -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            match joined.last_mut() {
                Some(before) if self.goes_on(*before, sentence) => before.end = sentence.end,
                _ => joined.push(sentence),
            }
        }
        joined
    }

    fn goes_on(&self, before: Span, next: Span) -> bool {
        let (before, next) = (before.trimmed(self.text), next.trimmed(self.text));
        let (last, following) = (before.of(self.text), next.of(self.text));
        let line = last.rsplit('\n').next().unwrap_or_default();
        let one_break = Span::new(before.end, next.start).of(self.text).matches('\n').count() == 1;
        let marked = last.ends_with(['.', '?', '!', ':', ';', '…', '다', '요', '음', '함', '임'])
            && !last.ends_with("다음");
        one_break && line.chars().count() >= FULL_LINE && !marked
            || [",", " 및", " 또는"].iter().any(|end| last.ends_with(end))
            || ["및 ", "또는 ", "등의 ", "등에 "].iter().any(|start| following.starts_with(start))
    }

    /// A sentence cut into stretches of [`LONGEST`] bytes, so that a text without sentence ends is read in linear time.
    fn stretches(&self, sentence: Span) -> Vec<Span> {
        let mut stretches = Vec::new();
        let mut rest = sentence;
        while rest.len() > LONGEST {
            let cut = floor(self.text, rest.start + LONGEST);
            stretches.push(Span::new(rest.start, cut));
            rest = Span::new(cut, sentence.end);
        }
        stretches.push(rest);
        stretches
    }

    /// The word (between white space) in which a term begins.
    fn word(&self, term: Span, span: Span) -> &str {
        let start = term.start.min(span.end);
        let rest = &self.text[start..floor(self.text, span.end.min(start + LONGEST_WORD)).max(start)];
        rest.split(char::is_whitespace).next().unwrap_or_default()
    }

    /// Whether the predicate qualifies a noun that has a meaning of its own: 정한 절차, but not 통지하는 것으로 한다.
    fn is_adnominal(&self, term: Span, bare: &str) -> bool {
        let word = Span::new(term.start, term.start + bare.len());
        let morphs = self.morphs.in_span(word);
        let Some(last) = morphs.clone().last() else { return false };
        let next = self.morphs.surface(morphs.end);
        self.morphs.get(last).is_some_and(|morph| morph.last == Tag::ETM)
            && !matches!(next, "것" | "바" | "수" | "의무" | "책임" | "권리")
    }

    /// Who acts: whom the sentence is about (회사는), else the subject of what it says itself, else that of a condition.
    /// Korean leaves the provider out where the customer is addressed: 회원에게 통지 후 해지할 수 있다. The subject of a
    /// purpose (이용자가 이용할 수 있도록) acts in nothing else.
    fn subject(&self, span: Span, asides: &[Span]) -> Option<Role> {
        let mentions = self.parties.mentions_in(span);
        let purpose = self.text[span.start..span.end].rfind("도록").map_or(span.start, |at| span.start + at);
        let said = |mention: &&Mention| !asides.iter().any(|aside| aside.contains(mention.span));
        let of = |case| mentions.iter().filter(move |mention| mention.case == case);
        let subjects = || of(Case::Subject).filter(|mention| mention.span.start >= purpose);
        let addressed =
            || of(Case::Addressee).find(|mention| mention.role == Role::Customer).map(|_| Role::Provider);
        let acting = of(Case::Topic).next().or_else(|| subjects().find(said)).map(|mention| mention.role);
        acting.or_else(addressed).or_else(|| subjects().next().map(|mention| mention.role))
    }

    /// Whose duties or rights the heading speaks of: 회사의 의무.
    fn owner(&self, title: Span) -> Option<Role> {
        self.parties
            .mentions_in(title)
            .iter()
            .find(|mention| mention.case == Case::Owner)
            .map(|mention| mention.role)
    }

    /// Whether the topic or subject joins two parties: 회사와 이용자는, 회사 또는 이용자가.
    fn mutual(&self, mentions: &[Mention]) -> bool {
        mentions.windows(2).any(|pair| {
            let between = &self.text[pair[0].span.end..pair[1].span.start.max(pair[0].span.end)];
            let joined = between.trim_matches(|c: char| c.is_whitespace() || "\"'“”‘’".contains(c));
            matches!(pair[1].case, Case::Topic | Case::Subject)
                && pair[0].role != pair[1].role
                && matches!(
                    joined,
                    "와" | "과" | "및" | "또는" | "이나" | "나" | "와(과)" | "·" | "," | "혹은"
                )
        })
    }

    /// Names of statutes, and the titles that citations carry in parentheses: 제15조(서비스의 중단).
    fn names(&self, span: Span) -> Vec<Span> {
        let mut names = Vec::new();
        for fact in self.morphs.facts_in(span) {
            if let FactKind::Citation(citation) = &fact.kind {
                names.extend(citation.law);
                let rest = &self.text[fact.span.end.min(span.end)..span.end];
                if citation.article.is_some() && rest.starts_with('(') {
                    let title = rest.find(')').map_or(0, |end| end + 1);
                    names.push(Span::new(fact.span.end, fact.span.end + title));
                }
            }
        }
        names
    }

    fn kinds(&self, span: Span) -> FactKinds {
        let mut kinds = FactKinds::default();
        for fact in self.morphs.facts_in(span) {
            match &fact.kind {
                FactKind::Duration(duration) => {
                    kinds.period = true;
                    kinds.blank |= duration.is_blank();
                }
                FactKind::Percent(_) => kinds.percent = true,
                FactKind::Amount(_) => kinds.amount = true,
                FactKind::Citation(citation) => kinds.law |= citation.law.is_some(),
                _ => {}
            }
        }
        kinds
    }

    /// "“서비스”란 … 말한다": a sentence that says what a word means, by its last predicate.
    fn defines(&self, span: Span) -> bool {
        let last = self.morphs.terms(span).iter().rev().find(|term| term.predicate).map(|term| term.text);
        let says = matches!(
            last,
            Some("말" | "말하" | "의미" | "뜻" | "뜻하" | "총칭" | "지칭" | "일컫" | "가리키")
        );
        says && self.text[span.start..span.end]
            .chars()
            .any(|c| matches!(c, '“' | '"' | '\'' | '‘' | '「' | '란' | '함'))
    }

    /// "이 약관에서 쓰는 용어의 뜻은 다음과 같다": what follows it defines.
    fn leads_to_definitions(&self, span: Span) -> bool {
        let terms = self.morphs.terms(span);
        let has = |words: &[&str]| terms.iter().any(|term| words.contains(&term.text));
        has(&["용어", "정의"]) && has(&["뜻", "정의", "의미", "같"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::document::Document;
    use crate::language::Analyzer;

    /// Runs `check` on the contract that `text` is.
    fn reading(text: &str, check: impl FnOnce(&Contract<'_>)) {
        let document = Document::from_text("약관.txt", text);
        check(&Contract::read(&document, &Analyzer::new().unwrap()));
    }

    /// The lemmas that the n-th passage itself says.
    fn said(contract: &Contract<'_>, passage: usize) -> Vec<String> {
        let terms = contract.terms(&contract.passages[passage]);
        terms.filter(|word| !word.condition).map(|word| word.lemma.to_owned()).collect()
    }

    #[test]
    fn a_condition_is_not_what_the_sentence_says() {
        reading(
            "제1조(해지) 회원이 요금을 연체한 경우 회사는 계약을 해지할 수 있다.",
            |contract| {
                assert_eq!(said(contract, 0), ["회사", "계약", "해지"]);
                assert_eq!(contract.passages[0].subject, Some(Role::Provider));
                assert_eq!(contract.passages[0].modalities, BTreeSet::from([Modality::May]));
            },
        );
        reading(
            "제1조(방법) 회사가 정한 절차에 따라 회원은 신청하지 않으면 안 된다.",
            |contract| {
                assert!(
                    !said(contract, 0).contains(&"정하".to_owned()),
                    "an adnominal predicate is an aside"
                );
            },
        );
    }

    #[test]
    fn an_item_shows_what_its_lead_shows() {
        reading(
            "제1조(정지) ① 회사는 다음 각 호의 경우 이용을 정지할 수 있다.\n1. 회원이 요금을 연체한 경우\n② 회사는 알린다.",
            |contract| {
                let item = contract.passages.iter().find(|passage| passage.lead.is_some()).unwrap();
                assert_eq!(item.lead, Some(0));
                assert_eq!(item.subject, Some(Role::Provider), "who acts stands in the lead");
                assert!(item.modalities.contains(&Modality::May));
            },
        );
    }

    #[test]
    fn leads_survive_text_that_follows_the_list() {
        let text = "제1조(해지) ① 회사는 다음 각 호의 경우 해지할 수 있다.\n1. 연체한 경우\n2. 도용한 경우\n이 경우 회사는 미리 알린다.";
        reading(text, |contract| {
            for (number, passage) in contract.passages.iter().enumerate() {
                assert!(passage.lead.is_none_or(|lead| lead < number), "a lead stands before its list");
            }
        });
    }

    #[test]
    fn two_parties_may_act_together_and_the_provider_unnamed() {
        reading("제1조(변경) 회사와 회원은 요금을 협의하여 정한다.", |contract| {
            assert!(contract.passages[0].mutual);
        });
        reading(
            "제1조(제한) 위반한 회원에게 미리 통지한 후 이용을 제한할 수 있다.",
            |contract| {
                assert_eq!(contract.passages[0].subject, Some(Role::Provider));
            },
        );
        reading("제1조(회사의 의무) 보안시스템을 갖춘다.", |contract| {
            assert_eq!(
                contract.passages[0].subject,
                Some(Role::Provider),
                "the heading says whose duty it is"
            );
        });
    }

    #[test]
    fn a_wrapped_line_goes_on_and_a_definition_is_one() {
        let text = "제1조(준거법 등) 이 약관에 정하지 아니한 사항은 정보통신망 이용촉진\n및 정보보호 등에 관한 법률과 관계 법령에 따른다.";
        reading(text, |contract| assert_eq!(contract.passages.len(), 1));
        reading(
            "제2조(정의) 1. “서버”란 회사가 빌려주는 연산 자원을 말한다.",
            |contract| {
                assert!(contract.passages.iter().any(|passage| passage.definition));
            },
        );
    }

    #[test]
    fn names_of_statutes_say_nothing_of_their_own() {
        reading(
            "제1조(준수) 회사는 「개인정보 보호법」과 제5조(요금의 환불)를 지킨다.",
            |contract| {
                let words = said(contract, 0);
                assert!(!words.iter().any(|word| word == "보호" || word == "환불"), "{words:?}");
            },
        );
    }

    #[test]
    fn a_run_without_end_is_cut_into_stretches() {
        reading(&"가".repeat(20_000), |contract| {
            assert!(contract.passages.iter().all(|passage| passage.span.len() <= LONGEST));
            let read: usize = contract.passages.iter().map(|passage| passage.span.len()).sum();
            assert_eq!(read, 60_000);
        });
    }
}
