//! What stands around targets and tiers: formula, remedy, exclusions, and what is left to another document. Only what the
//! articles that speak of service levels say counts, so that a limit of liability elsewhere is not taken for one of a
//! credit.

use super::layout::{Layout, Piece};
use super::words::{AVAILABILITY, CREDITS, FEES, MISSED, OUTAGE, has};
use super::{Mark, Sla};
use crate::clause::ClauseId;
use crate::contract::Contract;
use std::collections::BTreeSet;

pub(super) fn read(contract: &Contract<'_>, layout: &Layout<'_>, sla: &mut Sla) {
    if !sla.promises() {
        return;
    }
    let reader = Reader { contract, levels: articles(contract, sla), own: is_sla(contract) };
    for piece in layout.prose.iter().chain(&layout.entries) {
        reader.formula(piece, sla);
        reader.remedy(piece, sla);
        reader.elsewhere(piece, sla);
        reader.maintenance(piece, sla);
        if reader.of_levels(piece) {
            reader.exclusion(piece, sla);
            reader.credit(piece, sla);
            reader.claim(piece, sla);
            reader.report(piece, sla);
        }
    }
    let wide = layout.tables.iter().filter(|table| table.columns() != 2);
    for row in wide.flat_map(|table| &table.rows) {
        let words = row.span.of(contract.document.text());
        if calculates(words) {
            sla.formulas.push(Mark { clause: row.clause, span: row.span });
        }
    }
}

/// Reads piece by piece; what it looks for stands in this file and in those beside it.
pub(super) struct Reader<'c> {
    pub(super) contract: &'c Contract<'c>,
    /// The articles that speak of service levels.
    levels: BTreeSet<ClauseId>,
    /// Whether the whole document is a service level agreement.
    own: bool,
}

/// Whether the document calls itself a service level agreement.
pub(super) fn is_sla(contract: &Contract<'_>) -> bool {
    let title = contract.document.title.as_deref().unwrap_or_default();
    let head: String = contract.document.text().trim_start().chars().take(80).collect();
    let first = head.lines().next().unwrap_or_default();
    let words = ["SLA", "서비스수준", "서비스 수준", "Service Level"];
    has(title, &words) || has(first, &words)
}

fn articles(contract: &Contract<'_>, sla: &Sla) -> BTreeSet<ClauseId> {
    let text = contract.document.text();
    let about = |clause: ClauseId| {
        let words = contract.tree.get(clause).span.of(text);
        has(words, AVAILABILITY) || has(words, &["크레딧", "서비스 수준", "서비스수준", "SLA", "다운타임"])
    };
    let article = |clause: ClauseId| contract.tree.article_of(clause).map(|article| article.id);
    let tiers = sla.series.iter().flat_map(|series| &series.tiers).filter_map(|tier| article(tier.at.clause));
    let mut articles: BTreeSet<ClauseId> = tiers.collect();
    let passages: BTreeSet<ClauseId> = contract.passages.iter().map(|passage| passage.article).collect();
    articles.extend(passages.into_iter().filter(|clause| about(*clause)));
    articles
}

/// Where a piece stands.
pub(super) fn mark(piece: &Piece<'_>) -> Mark {
    Mark { clause: piece.clause, span: piece.span }
}

/// Whether words say how availability is calculated or measured.
fn calculates(text: &str) -> bool {
    let about =
        has(text, AVAILABILITY) || has(text, &["중단 시간", "중단시간", "장애 시간", "장애시간", "다운타임"]);
    if !about {
        return false;
    }
    let share = has(text, &["비율", "백분율"]) && has(text, &["시간", "분의", "건수", "횟수", "요청"]);
    let sign = has(
        text,
        &[
            "÷",
            "× 100",
            "×100",
            "x 100",
            "x100",
            "X 100",
            "X100",
            "* 100",
            "*100",
            "분의 중단",
            "산식",
            "계산식",
            "산출식",
        ],
    );
    let divided = has(text, &["나누", "나눈"]) || slash(text);
    let taken = has(text, &["뺀 시간", "제외한 시간", "뺀 값", "차감한 시간", "빼고 남은"]);
    let sampled = has(text, &["산정", "계산", "측정", "시험"])
        && has(
            text,
            &[
                "분마다",
                "초마다",
                "분 단위",
                "초 단위",
                "분 간격",
                "초 간격",
                "1분 주기",
                "5분 주기",
                "분 주기",
            ],
        );
    let minus = text.contains("100%") && text.contains(['-', '−', '–']) && text.contains('=');
    share || sign || divided || taken || sampled || minus
}

/// A stroke between two Korean words or brackets that count time, and none of 24시간/365일.
fn slash(text: &str) -> bool {
    text.match_indices(['/', '／']).any(|(at, mark)| {
        let before = text[..at].trim_end();
        let after = text[at + mark.len()..].trim_start();
        let near: String = before.chars().rev().take(12).collect::<String>().chars().rev().collect();
        let timed = has(&near, &["시간", "분)", "건수", "수)"]);
        timed
            && (before.ends_with(')') || before.ends_with("시간") || before.ends_with("건수"))
            && (after.starts_with('(') || after.starts_with(|c: char| ('가'..='힣').contains(&c)))
    })
}

impl Reader<'_> {
    /// Whether a piece stands where the contract speaks of service levels.
    pub(super) fn of_levels(&self, piece: &Piece<'_>) -> bool {
        self.own || self.levels.contains(&piece.article)
    }

    fn formula(&self, piece: &Piece<'_>, sla: &mut Sla) {
        if calculates(piece.text) || has(&piece.context, AVAILABILITY) && has(piece.text, &["÷", "×"]) {
            sla.formulas.push(mark(piece));
        }
    }

    fn remedy(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let denied = has(
            text,
            &[
                "보상하지 아니",
                "보상하지 않",
                "배상하지 아니",
                "배상하지 않",
                "책임을 지지",
                "책임지지",
                "책임을 부담하지",
                "지급하지 아니",
                "지급하지 않",
                "보상은 없",
                "보상 의무가 없",
                "의무를 지지",
                "의무를 부담하지",
                "감면하지",
                "환급하지",
                "청구할 수 없",
            ],
        );
        let about = has(text, AVAILABILITY)
            || has(text, &["수준", "목표", "품질", "SLA"])
            || has(&piece.context, AVAILABILITY) && self.levels.contains(&piece.article);
        let missed = about && has(text, MISSED) && (has(text, CREDITS) || text.contains("해지"));
        let lost = has(text, OUTAGE)
            && has(text, CREDITS)
            && (has(text, FEES) || has(text, &["배를", "배의", "일분", "크레딧"]));
        if !denied && (missed || lost) {
            sla.remedies.push(mark(piece));
        }
    }

    /// 별첨 3에서 정한다: what is not in the document cannot be missed in it.
    fn elsewhere(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let about = has(text, AVAILABILITY)
            || has(text, &["서비스 수준", "서비스수준", "품질", "산정", "크레딧", "감면", "보상"])
                && self.levels.contains(&piece.article);
        let sent = has(
            text,
            &[
                "따르",
                "따른",
                "따라",
                "정한",
                "정하는",
                "정함",
                "참조",
                "기재",
                "게시",
                "명시",
                "의한다",
                "의합니다",
                "같다",
                "같습니다",
            ],
        );
        if !about || !sent {
            return;
        }
        let whole = self.contract.document.text();
        let begins = |wanted: &str| {
            whole.lines().any(|line| {
                let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
                let compact: String = line.chars().filter(|c| !c.is_whitespace()).take(40).collect();
                compact.starts_with(wanted)
            })
        };
        let mut away = false;
        for word in ["별표", "별첨", "별지", "붙임", "부속서", "부속 합의", "첨부"] {
            for (at, _) in text.match_indices(word) {
                let number: String =
                    text[at + word.len()..].trim_start().chars().take_while(|c| c.is_ascii_digit()).collect();
                away |= !begins(&format!("{word}{number}"));
            }
        }
        let named = [
            "SLA",
            "서비스수준협약",
            "서비스 수준 협약",
            "서비스수준계약",
            "서비스 수준 계약",
            "서비스수준협정",
        ];
        if has(text, &named) && !self.own {
            let here = self.contract.tree.clauses().iter().any(|clause| {
                let title = clause.heading.as_deref().unwrap_or_default();
                clause.level.is_article() && has(title, &named)
                    || clause.level.is_article()
                        && has(title, &["서비스 수준", "서비스수준"])
                        && clause.id != piece.article
            });
            away |= !here;
        }
        away |= has(text, &["홈페이지", "웹사이트", "가이드"])
            && has(text, &["산정", "기준", "세부", "자세한", "상세"]);
        if away {
            sla.elsewhere.push(mark(piece));
        }
    }

    fn exclusion(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let lead = piece.lead.unwrap_or_default();
        let says = |text: &str| {
            has(
                text,
                &[
                    "제외",
                    "포함하지",
                    "산입하지",
                    "넣지 ",
                    "포함되지",
                    "산입되지",
                    "보지 아니",
                    "보지 않",
                    "간주하지",
                ],
            ) && !has(text, &["제외하지", "제외되지"])
                && (has(text, AVAILABILITY)
                    || has(text, OUTAGE)
                    || has(text, &["계산", "산정", "산출", "SLA", "크레딧", "보상", "다운"]))
        };
        if says(piece.text) || lead.split_inclusive('.').any(says) {
            sla.exclusions.push(mark(piece));
        }
    }
}
