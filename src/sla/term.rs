//! What stands around targets and tiers: formula, remedy, exclusions, maintenance, claims, limits of credits. Only what
//! the articles that speak of service levels say counts, so that a limit of liability elsewhere is not taken for one of
//! a credit.

use super::layout::{Layout, Piece};
use super::words::{AVAILABILITY, CREDITS, FEES, MAINTENANCE, MISSED, OUTAGE, has};
use super::{Mark, Sla};
use crate::clause::ClauseId;
use crate::contract::Contract;
use crate::language::fact::{Bound, Duration, Unit};
use crate::language::{FactKind, Role};
use crate::text::Span;
use std::collections::BTreeSet;

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

pub(super) fn read(contract: &Contract<'_>, layout: &Layout<'_>, sla: &mut Sla) {
    if !sla.promises() {
        return;
    }
    let reader = Reader { contract, levels: articles(contract, sla), own: is_sla(contract) };
    for piece in &layout.prose {
        reader.formula(piece, sla);
        reader.remedy(piece, sla);
        reader.elsewhere(piece, sla);
        reader.maintenance(piece, sla);
        if reader.own || reader.levels.contains(&piece.article) {
            reader.exclusion(piece, sla);
            reader.credit(piece, sla);
            reader.claim(piece, sla);
            reader.report(piece, sla);
        }
    }
    for row in layout.tables.iter().flat_map(|table| &table.rows) {
        let words = row.span.of(contract.document.text());
        if calculates(words) {
            sla.formulas.push(Mark { clause: row.clause, span: row.span });
        }
    }
}

struct Reader<'c> {
    contract: &'c Contract<'c>,
    /// The articles that speak of service levels.
    levels: BTreeSet<ClauseId>,
    /// Whether the whole document is a service level agreement.
    own: bool,
}

/// Whether the document calls itself a service level agreement.
fn is_sla(contract: &Contract<'_>) -> bool {
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

fn mark(piece: &Piece<'_>) -> Mark {
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

    fn maintenance(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let here = self.own || self.levels.contains(&piece.article);
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
        let inspects =
            has(text, &["취약점", "보안 상태", "보안점검", "보안 점검", "실태", "점검을 받", "점검할 수"]);
        if inspects
            || !(named && (here || titled) || titled && has(text, &["통지", "알리", "알린", "공지", "게시"]))
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

    /// Limits of credits and what they leave of other claims.
    fn credit(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let spoken = has(text, CREDITS) || has(text, &["제1항의 금액", "위 금액"]);
        if !spoken {
            return;
        }
        let at = mark(piece);
        let open = has(
            text,
            &["대신하지", "갈음하지", "영향을 미치지", "영향을 주지", "별개", "방해하지", "제한하지"],
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
        let forfeited =
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
                );
        let regardless = has(text, &["더라도", "없어도", "않아도", "관계없이", "자동으로"]);
        let by_customer = piece.subject != Some(Role::Provider)
            || exclusive
                && has(text, &["고객이", "이용자가", "회원이", "신청한", "청구한", "요청한", "신고한"]);
        if asked && (exclusive || forfeited) && !regardless && by_customer {
            sla.on_claim.push(at);
        }
    }

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

    fn claim(&self, piece: &Piece<'_>, sla: &mut Sla) {
        let text = piece.text;
        let verbs = ["신청", "청구", "요청", "신고", "접수", "제출", "통지"];
        let about = has(text, CREDITS) || has(&piece.context, CREDITS);
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

    fn report(&self, piece: &Piece<'_>, sla: &mut Sla) {
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
        let counted =
            has(text, &["계산", "산정", "기산", "측정", "시작", "본다", "봅니다", "산출", "인정", "집계"]);
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

fn says_excluded(text: &str, lead: &str) -> bool {
    let says = |words: &str| {
        has(words, &["제외", "포함하지", "산입하지", "넣지 ", "포함되지", "산입되지", "보지 아니", "보지 않"])
            && !has(words, &["제외하지", "제외되지"])
    };
    has(text, MAINTENANCE) && (says(text) || lead.split_inclusive('.').any(says))
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
