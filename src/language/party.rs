//! Who is who in a document: the names of provider and customer as the document itself defines them (이하 "갑"이라
//! 한다, "회원"이란 …) and as every document uses them, and where each is mentioned. Knows words, no law.

mod definition;
mod usage;

use super::analyzer::Morphs;
use super::tag::Tag;
use crate::error::DataError;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a party is in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Who provides the service.
    Provider,
    /// Who uses the service and pays for it.
    Customer,
    /// Whom the customer serves with it.
    EndUser,
    /// Anybody else.
    ThirdParty,
}

/// The words of `dictionaries/parties.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PartyWords {
    provider: Vec<String>,
    customer: Vec<String>,
    end_user: Vec<String>,
    third_party: Vec<String>,
}

impl PartyWords {
    /// The built-in words.
    pub(super) fn load() -> Result<PartyWords, DataError> {
        let wrong =
            |error: toml::de::Error| DataError { file: "parties.toml".into(), reason: error.to_string() };
        toml::from_str(include_str!("../../dictionaries/parties.toml")).map_err(wrong)
    }

    /// Every word with its role.
    fn all(&self) -> impl Iterator<Item = (&str, Role)> {
        let lists = [
            (&self.provider, Role::Provider),
            (&self.customer, Role::Customer),
            (&self.end_user, Role::EndUser),
            (&self.third_party, Role::ThirdParty),
        ];
        lists.into_iter().flat_map(|(words, role)| words.iter().map(move |word| (word.as_str(), role)))
    }

    /// The role of a word in any document.
    fn role(&self, word: &str) -> Option<Role> {
        self.all().find(|(known, _)| *known == word).map(|(_, role)| role)
    }
}

/// How a mention stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// 은, 는, 께서는: what the sentence is about.
    Topic,
    /// 이, 가, 께서.
    Subject,
    /// 에게, 께, 한테.
    Addressee,
    /// 의.
    Owner,
    /// Anything else.
    Other,
}

/// A place where a party is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name without quotes and particle.
    pub span: Span,
    /// Whose name it is.
    pub role: Role,
    /// How it stands in its sentence.
    pub case: Case,
}

/// The parties of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    names: BTreeMap<String, Role>,
    mentions: Vec<Mention>,
}

impl Parties {
    pub(super) fn find(morphs: &Morphs, words: &PartyWords) -> Parties {
        let text = morphs.text();
        let defined = definition::defined(text, words);
        let mut known: BTreeMap<String, Role> =
            words.all().map(|(word, role)| (word.to_owned(), role)).collect();
        // Where the customer is a business of its own, 이용자 is whom that business serves.
        let business = ["이용사업자", "이용 사업자", "고객사", "회원사", "이용사"];
        if business.iter().map(|word| text.matches(word).count()).sum::<usize>() >= 3 {
            known.insert("이용자".into(), Role::EndUser);
        }
        let mut undecided: Vec<String> = defined
            .iter()
            .filter(|(name, role)| role.is_none() && !is_thing(name))
            .map(|(name, _)| name.clone())
            .collect();
        // 갑 and 을 need no introduction where both act.
        if ["갑", "을"].iter().all(|letter| usage::acts(text, letter)) {
            undecided.extend(["갑".to_owned(), "을".to_owned()]);
        }
        known.extend(defined.into_iter().filter_map(|(name, role)| Some((name, role?))));
        known.extend(usage::decided(text, undecided, &known));
        // A provider may go by its product's name, alone (GitHub는 …을 제공합니다) or beside 당사.
        let acts = |mention: &Mention| mention.role == Role::Provider && mention.case != Case::Other;
        let introduced = usage::mentions(text, &known).iter().any(acts);
        let coined = if introduced { Vec::new() } else { coined(morphs) };
        known
            .extend(usage::named_alone(text, &known, &coined, introduced).map(|name| (name, Role::Provider)));
        let mentions = usage::mentions(text, &known);
        // Only who appears is a party of this document.
        let mut names = BTreeMap::new();
        for mention in &mentions {
            names.entry(mention.span.of(text).to_owned()).or_insert(mention.role);
        }
        Parties { names, mentions }
    }

    /// Every name that the document mentions, with its role.
    pub fn names(&self) -> &BTreeMap<String, Role> {
        &self.names
    }

    /// The names of one role, in alphabetical order.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &str> {
        self.names.iter().filter(move |name| *name.1 == role).map(|name| name.0.as_str())
    }

    /// Every mention, in text order.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mentions that start in `span`.
    pub fn mentions_in(&self, span: Span) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let end = self.mentions.partition_point(|mention| mention.span.start < span.end);
        self.mentions.get(start..end).unwrap_or_default()
    }

    /// Who acts in the sentence at `span`: whom it is about (회사는), else who its subject is (이용자가). A condition's
    /// subject does not count when the sentence is about somebody.
    pub fn subject(&self, span: Span) -> Option<Role> {
        let mentions = self.mentions_in(span);
        let of = |case| mentions.iter().find(|mention| mention.case == case);
        of(Case::Topic).or_else(|| of(Case::Subject)).map(|mention| mention.role)
    }
}

/// Whether a name that a contract coins is that of a thing, whatever is said of it: 서비스는 무료이다.
fn is_thing(name: &str) -> bool {
    let things =
        ["서비스", "약관", "계약", "요금", "데이터", "콘텐츠", "정보", "프로그램", "소프트웨어", "게시물"];
    things.iter().any(|thing| name.ends_with(thing))
}

/// Words that no dictionary has and that stand as a topic or a subject: 가온클라우드는, 솔담호스팅이. Names of products and
/// companies are such.
fn coined(morphs: &Morphs) -> Vec<&str> {
    let text = morphs.text();
    let mut words: Vec<&str> = Vec::new();
    let mut i = 0;
    while i < morphs.len() {
        // One word: morphemes without white space between.
        let mut end = i + 1;
        while end < morphs.len() && morphs.is_joined(end) {
            end += 1;
        }
        let all: Vec<_> = (i..end).filter_map(|at| Some((at, morphs.get(at)?))).collect();
        let particle = all.iter().position(|(_, morph)| morph.tag.is_particle());
        if let Some(particle) = particle.filter(|at| *at > 0)
            && let (Some((_, first)), Some((at, mark))) = (all.first(), all.get(particle))
            && (mark.tag == Tag::JKS || matches!(morphs.surface(*at), "은" | "는"))
            && all[..particle].iter().all(|(_, morph)| {
                morph.tag.is_noun() || matches!(morph.tag, Tag::Unknown | Tag::SL | Tag::XSN | Tag::XPN)
            })
            && all[..particle].iter().any(|(_, morph)| matches!(morph.tag, Tag::Unknown | Tag::NNP | Tag::SL))
        {
            let word = Span::new(first.span.start, mark.span.start).of(text);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        i = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::Analyzer;
    use super::*;

    fn parties(text: &str) -> Parties {
        let analyzer = Analyzer::new().unwrap();
        analyzer.parties(&analyzer.analyze(text))
    }

    #[test]
    fn the_words_of_every_role_differ() {
        let words = PartyWords::load().unwrap();
        let mut all: Vec<_> = words.all().map(|(word, _)| word).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "no word has two roles");
    }

    #[test]
    fn roles_come_from_usage() {
        let found = parties("당사는 고객에게 저장 공간을 내어 준다. 고객은 요금을 낸다. 제3자는 쓸 수 없다.");
        assert_eq!(found.of(Role::Provider).collect::<Vec<_>>(), ["당사"]);
        assert_eq!(found.of(Role::Customer).collect::<Vec<_>>(), ["고객"]);
        assert_eq!(found.of(Role::ThirdParty).collect::<Vec<_>>(), ["제3자"]);
        assert_eq!(found.mentions().len(), 4);
    }

    #[test]
    fn letters_for_names_are_decided_by_what_they_do() {
        for (provider, customer) in [("갑", "을"), ("을", "갑")] {
            let text = format!(
                "주식회사 가람(이하 \"갑\"이라 한다)과 나래 주식회사(이하 \"을\"이라 한다)는 다음과 같이 계약한다.\n\
                 \"{provider}\"은 서버 자원을 제공하고 장애를 복구한다. \"{customer}\"은 매월 요금을 지급한다.\n\
                 {provider}은 {customer}에게 사용 내역을 보낸다."
            );
            let found = parties(&text);
            assert_eq!(found.names().get(provider), Some(&Role::Provider), "{provider}");
            assert_eq!(found.names().get(customer), Some(&Role::Customer), "{customer}");
        }
    }

    #[test]
    fn definitions_win_over_the_dictionary() {
        let found = parties(
            "1. \"파트너\"란 회사가 만든 저장소를 이용하여 자기 고객에게 앱을 파는 법인을 말한다.\n\
             2. \"구름지기\"란 저장소를 제공하는 사업자를 말한다.\n\
             파트너는 요금을 낸다. 구름지기는 파트너에게 알린다.",
        );
        assert_eq!(found.names().get("파트너"), Some(&Role::Customer));
        assert_eq!(found.names().get("구름지기"), Some(&Role::Provider));
    }

    #[test]
    fn names_of_things_are_no_parties() {
        let found = parties(
            "이 약관(이하 \"약관\"이라 한다)은 구름 저장(이하 \"서비스\"라 한다)에 적용한다. 서비스는 무료이다. \
             회사법과 이용자정보, 고객센터는 사람이 아니다.",
        );
        assert_eq!(found.names().len(), 0, "{found:?}");
    }

    #[test]
    fn a_sentence_knows_its_subject() {
        for (sentence, role) in [
            ("회사는 이용자가 요금을 내지 않으면 이용을 멈출 수 있다.", Some(Role::Provider)),
            ("이용자가 잘못 쓴 경우 회사는 책임을 지지 않는다.", Some(Role::Provider)),
            ("이용자께서는 암호를 남에게 알려서는 안 됩니다.", Some(Role::Customer)),
            ("회사가 정하는 바에 따른다.", Some(Role::Provider)),
            ("요금은 매월 낸다.", None),
        ] {
            assert_eq!(parties(sentence).subject(Span::new(0, sentence.len())), role, "{sentence}");
        }
    }
}
