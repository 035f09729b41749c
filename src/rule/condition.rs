//! What a rule asks of a frame. Knows patterns and scopes, no document.

use crate::frame::{Evidencing, Frame, Lexicon, Scope};
use crate::language::{Modality, Role};
use crate::pattern::{Pattern, PatternReader};
use serde::{Deserialize, Serialize};

/// Whether the act must be stated or denied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// It is stated.
    #[default]
    Stated,
    /// It is denied: 통지하지 아니한다.
    Denied,
}

/// One `[[match]]` of a rule file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ConditionFile {
    /// Acts, one of which the frame must be.
    pub act: Vec<String>,
    /// Who does or bears it: provider, customer (the end user too), third-party, any. A party that nobody names is whom the act presumes.
    pub actor: Option<String>,
    #[serde(default)]
    pub polarity: Polarity,
    /// Modalities, one of which it must have; any when empty.
    #[serde(default)]
    pub modality: Vec<String>,
    /// Whether a mutual act counts too.
    #[serde(default)]
    pub mutual: bool,
    /// Patterns, one of which must hold; none needed when empty. `/절`, `/항`, `/조`, `/계약` at the end widen or narrow
    /// the place that is looked at; without it what is bound to the act.
    #[serde(default)]
    pub when: Vec<String>,
    /// Patterns that must all hold.
    #[serde(default)]
    pub and: Vec<String>,
    /// Patterns none of which may hold.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// What a rule asks of a frame.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) acts: Vec<usize>,
    actor: Option<Role>,
    polarity: Polarity,
    modality: Vec<Modality>,
    mutual: bool,
    when: Vec<(Pattern, Scope)>,
    and: Vec<(Pattern, Scope)>,
    unless: Vec<(Pattern, Scope)>,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// One Korean sentence that says what is wrong.
    pub(super) fn read(
        file: &ConditionFile,
        lexicon: &Lexicon,
        reader: &mut PatternReader,
    ) -> Result<Self, String> {
        let act = |id: &String| lexicon.act(id).ok_or_else(|| format!("모르는 행위입니다: {id}"));
        let acts: Vec<usize> = file.act.iter().map(act).collect::<Result<_, _>>()?;
        if acts.is_empty() {
            return Err("행위(act)가 없습니다".to_owned());
        }
        let actor = match file.actor.as_deref() {
            None | Some("any") => None,
            Some("provider") => Some(Role::Provider),
            Some("customer") => Some(Role::Customer),
            Some("end-user") => Some(Role::EndUser),
            Some("third-party") => Some(Role::ThirdParty),
            Some(other) => return Err(format!("모르는 당사자입니다: {other}")),
        };
        let modality = |name: &String| match name.as_str() {
            "none" => Ok(Modality::None),
            "must" => Ok(Modality::Must),
            "may" => Ok(Modality::May),
            "must-not" => Ok(Modality::MustNot),
            "strive" => Ok(Modality::Strive),
            other => Err(format!("모르는 서법입니다: {other}")),
        };
        let mut patterns = |texts: &[String], near: Scope| {
            texts.iter().map(|text| scoped(text, near, reader)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            acts,
            actor,
            polarity: file.polarity,
            modality: file.modality.iter().map(modality).collect::<Result<_, _>>()?,
            mutual: file.mutual,
            when: patterns(&file.when, Scope::Bound)?,
            and: patterns(&file.and, Scope::Bound)?,
            unless: patterns(&file.unless, Scope::Excuse)?,
        })
    }

    /// Whether the frame is of the kind asked for, whatever its surroundings. Who acts can be left out.
    pub(crate) fn fits(&self, frame: &Frame, roles: bool) -> bool {
        self.acts.contains(&frame.act)
            && frame.link.is_stated()
            && frame.negated == (self.polarity == Polarity::Denied)
            && (!roles || self.mutual || !frame.mutual)
            && (!roles
                || self.actor.is_none_or(|actor| match actor {
                    Role::Customer => matches!(frame.actor, Some(Role::Customer | Role::EndUser)),
                    other => frame.actor == Some(other),
                }))
            && (self.modality.is_empty() || self.modality.contains(&frame.modality))
    }

    /// Whether its surroundings are those asked for. The exceptions are asked for last and can be left out.
    pub(crate) fn holds<'p>(&'p self, evidence: &Evidencing<'_, '_, '_, 'p>, exceptions: bool) -> bool {
        self.silenced(evidence, exceptions).is_none()
    }

    /// What keeps the condition from holding: the list and the pattern's number in it.
    pub(crate) fn silenced<'p>(
        &'p self,
        evidence: &Evidencing<'_, '_, '_, 'p>,
        exceptions: bool,
    ) -> Option<(&'static str, usize)> {
        let holds = |(pattern, scope): &'p (Pattern, Scope)| evidence.holds(pattern, *scope);
        if !self.when.is_empty() && !self.when.iter().any(holds) {
            return Some(("when", 0));
        }
        if let Some(lacking) = self.and.iter().position(|pattern| !holds(pattern)) {
            return Some(("and", lacking));
        }
        self.unless.iter().position(|pattern| exceptions && holds(pattern)).map(|excuse| ("unless", excuse))
    }
}

/// A pattern with its scope: `@notify individual /조`.
fn scoped(text: &str, near: Scope, reader: &mut PatternReader) -> Result<(Pattern, Scope), String> {
    let (pattern, scope) = match text.rsplit_once('/') {
        Some((pattern, "절")) => (pattern, Scope::Clause),
        Some((pattern, "항")) => (pattern, Scope::Paragraph),
        Some((pattern, "조")) => (pattern, Scope::Article),
        Some((pattern, "계약")) => (pattern, Scope::Contract),
        Some((_, other)) => {
            return Err(format!("모르는 범위입니다: /{other} (쓸 수 있는 것: /절, /항, /조, /계약)"));
        }
        None => (text, near),
    };
    Ok((reader.read(pattern)?, scope))
}
