//! What limits a credit: that it is all there is, capped, good for later fees only, lost unless claimed, or counted from
//! the customer's report.

use super::layout::Piece;
use super::term::{Reader, mark};
use super::words::{AVAILABILITY, CREDITS, FEES, has};
use super::{Mark, Sla};
use crate::language::fact::{Bound, Duration, Unit};
use crate::language::{FactKind, Role};
use crate::text::Span;

/// Until when a credit must be claimed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// In days; a month counts 30.
    pub days: f64,
    /// The sentence.
    pub at: Mark,
}

/// An upper limit of credits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cap {
    /// Hundredths of the fee.
    pub percent: Option<f64>,
    /// Days of service.
    pub days: Option<f64>,
    /// The sentence.
    pub at: Mark,
}

impl Reader<'_> {
    /// Limits of credits and what they leave of other claims.
    pub(super) fn credit(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let spoken = has(text, CREDITS) || has(text, &["제1항의 금액", "위 금액"]);
        if !spoken {
            return;
        }
        let at = mark(piece);
        let open = has(
            text,
            &[
                "대신하지",
                "갈음하지",
                "영향을 미치지",
                "영향을 주지",
                "영향이 없",
                "영향을 받지",
                "별개",
                "방해하지",
                "제한하지",
            ],
        ) || has(text, &["손해", "차액"])
            && has(text, &["청구할 수 있", "배상한다", "배상합니다", "배상하여야"])
            && !text.contains("청구할 수 없");
        if open && has(text, &["손해", "배상", "차액", "다른 권리", "청구권"]) {
            sla.beyond.push(at);
        } else if sole(text) {
            sla.sole.push(at);
        }
        self.cap(piece, sla);
        let later = has(text, &["다음", "차기", "향후", "장래", "이후", "익월", "차월", "미래"])
            && has(text, &["요금", "청구", "결제", "이용료", "대금", "구매"]);
        let only = has(
            text,
            &[
                "에서만",
                "에만",
                "에 한하여",
                "에 한해",
                "에 한정",
                "으로만",
                "로만 ",
                "만 사용",
                "만 쓸",
                "만 공제",
                "만 적용",
            ],
        );
        let no_cash = text.contains("현금")
            && has(
                text,
                &[
                    "하지 아니",
                    "하지 않",
                    "할 수 없",
                    "수 없",
                    "되지 않",
                    "되지 아니",
                    "불가",
                    "지 못",
                    "드리지 않",
                ],
            );
        let lost = has(text, &["소멸", "만료됩", "만료된", "만료되", "상실", "사라"])
            && has(text, &["종료", "해지", "탈퇴", "만료", "끝나"])
            && has(text, &["크레딧", "보상", "감면", "포인트"]);
        let granted = text.contains("현금")
            && has(text, &["현금으로 지급한", "현금으로 지급합", "현금으로 환급", "현금으로 돌려"]);
        if (later && only || no_cash || lost) && !granted {
            sla.future_only.push(at);
        }
        let asked = has(text, &["신청", "청구", "요청", "신고", "접수", "통지"]);
        let exclusive = has(
            text,
            &[
                "경우에 한하여",
                "경우에 한해",
                "경우에만",
                "때에 한하여",
                "때에만",
                "고객에 한하여",
                "고객에게만",
                "이용자에 한하여",
                "건에 한하여",
                "건에 대하여만",
                "회원에 한하여",
            ],
        );
        let forfeited = forfeits(text);
        let regardless = has(text, &["더라도", "없어도", "않아도", "관계없이", "자동으로"]);
        let by_customer = piece.subject != Some(Role::Provider)
            || exclusive
                && has(text, &["고객이", "이용자가", "회원이", "신청한", "청구한", "요청한", "신고한"]);
        if asked && (exclusive || forfeited) && !regardless && by_customer {
            sla.on_claim.push(at);
        }
    }

    /// An upper limit of credits.
    fn cap(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let whole = self.contract.document.text();
        for fact in self.contract.morphs.facts_in(piece.span) {
            let start = piece.span.start;
            let before: String = Span::new(start, fact.span.start).of(whole).chars().rev().take(24).collect();
            let before: String = before.chars().rev().collect();
            let after: String = Span::new(fact.span.end, piece.span.end).of(whole).chars().take(30).collect();
            let capped = has(&before, &["최대", "상한은", "상한액", "한도는", "한도액"])
                || has(
                    &after,
                    &[
                        "한도",
                        "초과할 수 없",
                        "초과하지",
                        "넘을 수 없",
                        "넘지",
                        "까지로",
                        "이내로 한",
                        "이내에서",
                        "범위에서",
                        "범위 내",
                        "을 상한",
                        "를 상한",
                        "분 상한",
                        "로 제한",
                        "으로 제한",
                        "까지만",
                    ],
                );
            let (percent, days) = match fact.kind {
                FactKind::Percent(percent) if capped && percent.bound != Bound::Under => {
                    match percent.value {
                        Some(value) if has(&before, FEES) || has(piece.text, FEES) => (Some(value), None),
                        _ => continue,
                    }
                }
                FactKind::Duration(Duration { unit: Unit::Day | Unit::Month, .. }) if capped => {
                    let FactKind::Duration(duration) = fact.kind else { continue };
                    let service = after.trim_start().starts_with(['분', '치'])
                        || has(&before, &["서비스", "이용 기간", "이용기간"])
                            && !has(&after, &["신청", "청구", "요청"]);
                    match duration.days() {
                        Some(days) if service => (None, Some(days)),
                        _ => continue,
                    }
                }
                _ => continue,
            };
            // A level of availability is no share of a fee.
            let level = percent.is_some_and(|value| value >= 90.0 && has(&before, AVAILABILITY));
            if !level {
                sla.caps.push(Cap { percent, days, at: mark(piece) });
                return;
            }
        }
    }

    /// Until when a credit must be claimed.
    pub(super) fn claim(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let verbs = ["신청", "청구", "요청", "신고", "접수", "제출", "통지"];
        let around = || self.contract.tree.get(piece.article).span.of(self.contract.document.text());
        let about = has(text, CREDITS)
            || has(&piece.context, CREDITS)
            || forfeits(text) && has(around(), CREDITS)
            // A row of a table that says by itself what it is about.
            || text.contains('|') && has(text, &["청구", "신청"]) && has(around(), CREDITS);
        if !about || !has(text, &verbs) || piece.subject == Some(Role::Provider) {
            return;
        }
        let whole = self.contract.document.text();
        for fact in self.contract.morphs.facts_in(piece.span) {
            let before = Span::new(piece.span.start, fact.span.start).of(whole);
            let after: String = Span::new(fact.span.end, piece.span.end).of(whole).chars().take(60).collect();
            let near: String = before.chars().rev().take(20).collect::<String>().chars().rev().collect();
            let answered =
                has(&near, &["받은", "접수한", "접수일", "신청일", "청구일", "요청일", "접수 후", "통보"]);
            if !has(&after, &verbs) || answered {
                continue;
            }
            let days = match fact.kind {
                FactKind::Duration(duration) if matches!(duration.bound, Bound::Within | Bound::AtMost) => {
                    duration.days()
                }
                FactKind::Date(date) if date.year.is_none() && date.month.is_none() => {
                    date.day.map(f64::from)
                }
                _ => None,
            };
            if let Some(days) = days {
                sla.claims.push(Claim { days, at: mark(piece) });
                return;
            }
        }
        if text.contains("말일") && has(text, &["다음 달", "다음달", "익월", "차월"]) {
            sla.claims.push(Claim { days: 30.0, at: mark(piece) });
        }
    }

    /// Downtime that begins with the customer's report.
    pub(super) fn report(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let about = has(
            text,
            &[
                "중단",
                "다운타임",
                "장애시간",
                "장애 시간",
                "장애는",
                "불능",
                "이용하지 못한",
                "사용하지 못한",
                "쓰지 못한",
            ],
        ) || has(text, AVAILABILITY);
        let asked = [
            "통지한",
            "신고한",
            "접수한",
            "접수된",
            "알린",
            "요청한",
            "통보한",
            "신고를 접수",
            "신고가 접수",
            "신고 접수",
            "접수 시",
            "신고 시",
            "통지 시",
            "신고일시",
            "접수일시",
            "통지를 받은",
            "신고를 받은",
            "연락한",
        ];
        let counted = has(
            text,
            &[
                "계산",
                "산정",
                "기산",
                "측정",
                "시작",
                "본다",
                "봅니다",
                "산출",
                "인정",
                "집계",
                "시간으로 한",
                "시간으로 합",
                "기준으로 한",
                "기준으로 합",
            ],
        );
        let from = asked.iter().any(|word| {
            text.find(word).is_some_and(|at| {
                let after: String = text[at + word.len()..].chars().take(12).collect();
                has(&after, &["부터", "로부터", "기준", "기산"])
            })
        });
        let either = has(text, &["먼저", "빠른", "이른", "앞선", "인지한", "감지", "탐지", "알게 된"]);
        let by_provider = has(text, &["고객에게", "이용자에게", "회원에게", "고객사에", "에게 통지한"]);
        let recovery = has(text, &["복구시간", "복구 시간", "응답시간", "응답 시간", "처리시간"])
            && !text.contains("중단");
        if about && from && counted && !either && !by_provider && !recovery {
            sla.from_report.push(mark(piece));
        }
    }
}

/// Whether a credit is all that the customer gets.
fn sole(text: &str) -> bool {
    let negated = has(
        text,
        &[
            "아니한다",
            "아니합",
            "않는다",
            "않습",
            "못한다",
            "못합",
            "없다",
            "없습",
            "못하며",
            "없으며",
            "않으며",
            "아니하며",
            "없음",
            "못함",
            "아니함",
        ],
    );
    let claims = has(text, &["청구", "책임", "배상", "보상", "의무", "이의"]);
    let only = text.contains("유일") && !has(text, &["유일한 것은 아니", "유일하지"]);
    let instead = has(text, &["갈음", "대신한다", "대신합", "대체한다", "대체합"])
        && !has(text, &["갈음하지", "대신하지", "갈음할 수 없"]);
    let further =
        has(text, &["외에", "외의", "이외", "별도의", "별도로", "추가로", "추가적인", "그 밖의", "더 이상"])
            && claims
            && negated
            && has(text, &["손해", "책임", "배상", "청구"]);
    let all = has(
        text,
        &[
            "전부로 한",
            "전부로 합",
            "전부이며",
            "전부입니다",
            "전부이다",
            "한정한다",
            "한정됩",
            "한정된다",
            "한정합",
        ],
    ) && has(text, &["책임", "구제", "배상", "보상"]);
    only || instead || further || all
}

/// Whether who does not ask gets nothing.
fn forfeits(text: &str) -> bool {
    has(text, &["하지 아니하면", "하지 않으면", "하지 아니한", "하지 않은", "없으면", "없는 경우"])
        && has(
            text,
            &[
                "소멸",
                "포기",
                "상실",
                "지급하지",
                "받을 수 없",
                "보상하지",
                "인정하지",
                "적용하지",
                "제외",
                "지급되지",
                "받지 못",
            ],
        )
}
