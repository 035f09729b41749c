//! Scheduled maintenance: whether it is announced, how long it may last, whether it counts as downtime.

use super::layout::Piece;
use super::term::{Reader, mark};
use super::words::{MAINTENANCE, has};
use super::{Mark, Sla};
use crate::language::FactKind;
use crate::language::fact::{Bound, Unit};
use crate::text::Span;

/// Scheduled maintenance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// How long before it is announced, in hours.
    pub notice: Option<f64>,
    /// Whether it is announced at all.
    pub announced: bool,
    /// How long it may last, in minutes.
    pub limit: Option<f64>,
    /// Whether it is bound to a length or to certain hours.
    pub bounded: bool,
    /// Whether the contract says that it has no limit.
    pub unlimited: bool,
    /// Whether its time does not count as downtime.
    pub excluded: bool,
    /// The sentence.
    pub at: Mark,
}

impl Reader<'_> {
    /// A sentence about scheduled maintenance.
    pub(super) fn maintenance(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let here = self.of_levels(piece);
        let named = has(
            text,
            &[
                "정기점검",
                "정기 점검",
                "예고 점검",
                "예고된 점검",
                "예정된 점검",
                "계획된",
                "점검 시간",
                "점검시간",
                "점검을 위",
                "시스템 점검",
                "서버 점검",
                "서비스 점검",
                "설비 점검",
                "설비의 점검",
                "유지보수",
                "유지 보수",
                "정기 작업",
                "정기작업",
                "긴급 점검",
                "사전 점검",
                "점검, 교체",
                "보수, 점검",
                "점검·",
                "점검으로",
                "점검은",
                "점검에",
                "점검이",
                "점검의",
                "점검 작업",
                "점검 등",
            ],
        );
        let titled =
            has(&piece.context, &["점검", "유지보수", "서비스의 중단", "서비스 중단", "서비스의 일시"]);
        let inspects = has(
            text,
            &[
                "취약점 점검",
                "취약점을 점검",
                "보안 상태",
                "보안점검",
                "보안 점검",
                "실태",
                "점검을 받",
                "점검할 수",
            ],
        );
        if inspects
            || !(named && (here || titled)
                || titled && has(text, &["통지", "알리", "알린", "알립", "알려", "공지", "게시"]))
        {
            return;
        }
        let lead = piece.lead.unwrap_or_default();
        let denied = has(
            text,
            &[
                "통지 없이",
                "공지 없이",
                "예고 없이",
                "고지 없이",
                "알리지 아니",
                "알리지 않",
                "통지하지 아니",
                "통지하지 않",
                "통지 없",
                "공지하지 않",
                "공지하지 아니",
            ],
        );
        let announced = !denied
            && (has(
                text,
                &[
                    "통지",
                    "공지",
                    "알리",
                    "알린",
                    "알려",
                    "알립",
                    "고지",
                    "예고",
                    "안내",
                    "게시",
                    "미리",
                    "협의",
                    "사전에",
                    "공고",
                    "예정된",
                    "통보",
                ],
            ) || has(lead, &["사전에 공지", "미리 알린", "예고된"]));
        let facts = self.contract.morphs.facts_in(piece.span);
        let durations = facts.iter().filter_map(|fact| match fact.kind {
            FactKind::Duration(duration) => Some((duration, fact.span)),
            _ => None,
        });
        let (mut notice, mut limit) = (None, None);
        for (duration, span) in durations {
            let after: String = Span::new(span.end, piece.span.end)
                .of(self.contract.document.text())
                .chars()
                .take(14)
                .collect();
            let hours = duration.days().map(|days| days * 24.0);
            let unlimited = after.contains("넘을 수 있") || after.contains("초과할 수 있");
            match duration.bound {
                Bound::Before => notice = notice.or(hours),
                _ if duration.unit <= Unit::Hour && !unlimited => {
                    let bounded = matches!(duration.bound, Bound::Within | Bound::AtMost)
                        || has(
                            &after,
                            &[
                                "넘지",
                                "넘을 수 없",
                                "초과하지",
                                "초과할 수 없",
                                "한도",
                                "넘으면",
                                "초과한 시간",
                                "안의",
                                "이상 초과",
                            ],
                        );
                    if bounded {
                        limit = limit.or(hours.map(|hours| hours * 60.0));
                    }
                }
                _ => {}
            }
        }
        let hours = text.contains("시부터") && text.contains("시까지")
            || text.contains("시 사이")
            || text.contains("시~");
        let free =
            has(text, &["제한 없이", "제한없이", "무제한", "제한이 없", "제한을 받지", "제한하지 아니"]);
        let window = Window {
            notice: notice.filter(|_| announced),
            announced,
            limit: limit.filter(|_| !free),
            bounded: !free && (limit.is_some() || hours),
            unlimited: free,
            excluded: says_excluded(text, lead),
            at: mark(piece),
        };
        // A sentence that names no maintenance (제1항제1호의 중단은 7일 전까지) tells of it by its notice only.
        let told = window.announced || window.bounded || window.excluded || window.unlimited;
        if told && !piece.definition && (named || window.notice.is_some()) {
            sla.windows.push(window);
        }
    }
}

/// Whether the time that words speak of does not count as downtime, by themselves or by what leads into them.
fn says_excluded(text: &str, lead: &str) -> bool {
    let says = |words: &str| {
        has(words, &["제외", "포함하지", "산입하지", "넣지 ", "포함되지", "산입되지", "보지 아니", "보지 않"])
            && !has(words, &["제외하지", "제외되지"])
    };
    has(text, MAINTENANCE) && (says(text) || lead.split_inclusive('.').any(says))
}
