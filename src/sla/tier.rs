//! Credit tables: levels paired with what is paid, from the columns of a table (either way round) or from sentences and
//! lists. Rows that belong to different services are different tables.

use super::band::{self, Band, Edge, Found, Item};
use super::credit::{self, Credit};
use super::layout::{Layout, Piece, Table};
use super::term::is_sla;
use super::words::{AVAILABILITY, CREDITS, MISSED, OTHER_FIGURES, OUTAGE, has};
use super::{Mark, Measure, Series, Tier};
use crate::clause::{ClauseId, Level};
use crate::contract::Contract;
use crate::text::Span;

/// The credit tables in text order, and the stretches of text whose figures they took.
pub(super) fn read(contract: &Contract<'_>, layout: &Layout<'_>) -> (Vec<Series>, Vec<Span>) {
    let own = is_sla(contract);
    let mut reader = Reader { contract, own, series: Vec::new(), used: Vec::new(), key: None };
    for table in &layout.tables {
        reader.table(table);
    }
    for piece in &layout.prose {
        reader.prose(piece);
    }
    let Reader { mut series, mut used, .. } = reader;
    series.retain(|series| series.tiers.iter().any(|tier| tier.credit.value > 0.0));
    series.sort_by_key(|series| series.tiers.first().map(|tier| tier.at.span.start));
    used.sort_unstable();
    (series, used)
}

/// What keeps tiers of prose together: the list or clause, what they are measured in, the service.
type Key = (ClauseId, Measure, String);

struct Reader<'c> {
    contract: &'c Contract<'c>,
    own: bool,
    series: Vec<Series>,
    used: Vec<Span>,
    key: Option<Key>,
}

/// A row of a credit table: its label, the target that it names, the tier and what that is measured in.
type RowTier = (String, Option<f64>, Tier, Measure);

/// A column of levels with its column of credits, row by row.
struct Paired {
    rows: Vec<RowTier>,
    service: Option<String>,
    target: Option<f64>,
}

/// A level and its credit.
struct Pair {
    band: Band,
    measure: Measure,
    credit: Credit,
    span: Span,
    /// Whether the figure is at the same time what is promised.
    promised: bool,
}

impl Reader<'_> {
    fn text(&self) -> &str {
        self.contract.document.text()
    }

    /// Whether the article around speaks of availability; all of a service level agreement does.
    fn about_availability(&self, clause: ClauseId) -> bool {
        if self.own {
            return true;
        }
        let article = self.contract.tree.article_of(clause).map_or(clause, |article| article.id);
        has(self.contract.tree.get(article).span.of(self.text()), AVAILABILITY)
    }

    /// The first level in a cell.
    fn band(&self, span: Span) -> Option<(Band, Measure)> {
        band::items(self.contract, span).into_iter().find_map(|found| match found.item {
            Item::Band(band) => Some((band, found.measure)),
            _ => None,
        })
    }

    /// The level in a cell without a sign for per cent.
    fn bare_band(&self, span: Span) -> Option<(Band, Measure)> {
        band::bare_items(self.contract, span).into_iter().find_map(|found| match found.item {
            Item::Band(band) => Some((band, found.measure)),
            _ => None,
        })
    }

    /// What a cell pays; a bare figure where the head of its column says that it is per cent.
    fn credit(&self, span: Span, head: &str) -> Option<Credit> {
        let percent = head.contains('%') || head.contains(['율', '률']);
        let bare = || credit::bare(span.of(self.text())).filter(|_| percent);
        credit::read(self.contract, span)
            .filter(|credit| credit.value > 0.0 || !percent)
            .or_else(bare)
            .or_else(|| credit::read(self.contract, span))
    }

    fn plain(&self, span: Span) -> Option<f64> {
        band::items(self.contract, span).into_iter().find_map(|found| match found.item {
            Item::Plain(value) if found.measure == Measure::Availability => Some(value),
            _ => None,
        })
    }

    /// A bare figure of any size: 0% in a column of lower edges.
    fn bare(&self, span: Span) -> Option<f64> {
        band::items(self.contract, span).into_iter().find_map(|found| match found.item {
            Item::Plain(value) | Item::Fee(value) if found.measure == Measure::Availability => Some(value),
            _ => None,
        })
    }

    fn table(&mut self, table: &Table<'_>) {
        if self.columns(table) || self.across(table) {
            self.used.extend(table.rows.iter().map(|row| row.span));
        } else {
            self.cells(table);
        }
    }

    /// A table with a level in one column and a credit in another.
    fn columns(&mut self, table: &Table<'_>) -> bool {
        let sides = self.sides(table);
        let found = !sides.is_empty();
        for Paired { rows, service, target } in sides {
            self.grouped(rows, service.as_deref(), target);
        }
        found
    }

    /// Each column of levels with its column of credits.
    fn sides(&self, table: &Table<'_>) -> Vec<Paired> {
        let Some(first) = table.rows.first() else { return Vec::new() };
        let level = |span: Span| self.band(span).or_else(|| self.bare_band(span)).is_some();
        let headed = !first.cells.iter().any(|cell| level(cell.span));
        let body = usize::from(headed);
        let head = |column: usize| if headed { table.cell(0, column) } else { "" };
        let around = {
            let heads: String = (0..table.columns()).map(|column| format!("{} ", head(column))).collect();
            format!("{} {heads}", table.caption)
        };
        let rows = body..table.rows.len();
        let filled = |column: usize| rows.clone().filter(|row| !table.cell(*row, column).is_empty()).count();
        let level = |row: usize, column: usize| {
            let cell = table.rows.get(row).and_then(|row| row.cells.get(column))?;
            let unit = has(head(column), AVAILABILITY) || head(column).contains('%');
            self.band(cell.span).or_else(|| self.bare_band(cell.span).filter(|_| unit)).or_else(|| {
                // A column that is headed 이상 or 미만 has bare figures.
                let value = self.bare(cell.span)?;
                let edge = |included| Some(Edge { value, included: Some(included), decimals: 2 });
                let band = match head(column) {
                    word if word.contains("이상") => Band { low: edge(true), high: None },
                    word if word.contains("초과") => Band { low: edge(false), high: None },
                    word if word.contains("미만") => Band { low: None, high: edge(false) },
                    word if word.contains("이하") => Band { low: None, high: edge(true) },
                    _ => return None,
                };
                Some((band, Measure::Availability))
            })
        };
        let mut levels: Vec<(usize, Measure)> = Vec::new();
        for column in 0..table.columns() {
            let bands: Vec<Measure> =
                rows.clone().filter_map(|row| level(row, column)).map(|(_, measure)| measure).collect();
            let Some(&measure) = bands.first() else { continue };
            let fits = match measure {
                Measure::Availability => {
                    let own = head(column);
                    has(own, AVAILABILITY)
                        || !has(own, OTHER_FIGURES)
                            && (has(&around, AVAILABILITY) || self.about_availability(first.clause))
                }
                Measure::Downtime => has(head(column), OUTAGE) || has(&around, OUTAGE),
            };
            if fits && bands.len() * 2 >= filled(column) && !has(head(column), CREDITS) {
                levels.push((column, measure));
            }
        }
        let pays = |column: usize| {
            let read = rows.clone().filter(|row| {
                let cell = table.rows.get(*row).and_then(|row| row.cells.get(column));
                cell.is_some_and(|cell| self.credit(cell.span, head(column)).is_some())
            });
            read.count() * 2 >= filled(column).max(1)
        };
        let is_level = |column: usize| levels.iter().any(|(level, _)| *level == column);
        let credits = |named: &dyn Fn(&str) -> bool| -> Vec<usize> {
            (0..table.columns())
                .filter(|column| !is_level(*column) && named(head(*column)) && pays(*column))
                .collect()
        };
        let mut paid = credits(&|head| has(head, CREDITS));
        if paid.is_empty() && levels.iter().any(|(_, measure)| *measure == Measure::Availability) {
            let about = has(&around, CREDITS);
            paid = credits(&|head| has(head, &["요율", "지급", "비율", "율"]) && !has(head, AVAILABILITY));
            if paid.is_empty() && about {
                paid = credits(&|head| !has(head, AVAILABILITY) && !has(head, OTHER_FIGURES));
            }
        }
        if levels.is_empty() || paid.is_empty() {
            return Vec::new();
        }
        // 이상 and 미만 in columns of their own are one level.
        let parts: Vec<Vec<usize>> = match levels.as_slice() {
            [(one, a), (two, b)] if a == b && headed && two - one == 1 => {
                let sided = |column: usize| {
                    rows.clone()
                        .filter_map(|row| level(row, column))
                        .all(|(band, _)| band.low.is_none() || band.high.is_none())
                };
                let plain = |column: usize| head(column).contains(['이', '미', '초']) && sided(column);
                let edge =
                    |column: usize| has(head(column), &["이상", "미만", "초과", "이하"]) && plain(column);
                if edge(*one) && edge(*two) { vec![vec![*one, *two]] } else { vec![vec![*one], vec![*two]] }
            }
            levels => levels.iter().map(|(column, _)| vec![*column]).collect(),
        };
        let mut pairs: Vec<(Vec<usize>, usize)> = Vec::new();
        if let [credit] = paid.as_slice() {
            pairs.extend(parts.into_iter().map(|part| (part, *credit)));
        } else if let [part] = parts.as_slice() {
            pairs.extend(paid.iter().map(|credit| (part.clone(), *credit)));
        } else {
            for part in parts {
                let right = paid.iter().find(|credit| part.iter().all(|column| *credit > column));
                pairs.extend(right.map(|credit| (part.clone(), *credit)));
            }
        }
        let many = pairs.len() > 1;
        let mut sides = Vec::with_capacity(pairs.len());
        for (part, credit_column) in pairs {
            let mut tiers: Vec<RowTier> = Vec::new();
            for row in rows.clone() {
                let bands = part.iter().filter_map(|column| level(row, *column));
                let joined = bands.reduce(|(one, measure), (two, _)| {
                    (Band { low: one.low.or(two.low), high: one.high.or(two.high) }, measure)
                });
                let whole = &table.rows[row];
                let (Some((band, measure)), Some(cell)) = (joined, whole.cells.get(credit_column)) else {
                    continue;
                };
                let Some(credit) = self.credit(cell.span, head(credit_column)) else { continue };
                let labels: Vec<usize> = (0..whole.cells.len())
                    .filter(|column| !is_level(*column) && !paid.contains(column))
                    .collect();
                let target = labels.iter().find_map(|column| self.plain(whole.cells[*column].span));
                let label: Vec<&str> = labels
                    .iter()
                    .map(|column| whole.cells[*column].text)
                    .filter(|text| !text.is_empty() && !text.contains('%') && text.chars().count() <= 40)
                    .collect();
                let at = Mark { clause: whole.clause, span: whole.span };
                tiers.push((label.join(" "), target, Tier { band, credit, at }, measure));
            }
            let named = part.first().map_or("", |column| head(*column));
            let target = self.figure_of(table, headed, part.first().copied());
            let service =
                many.then(|| if part.len() == 1 && target.is_some() { named } else { head(credit_column) });
            let service = service.filter(|name| !name.is_empty()).map(str::to_owned);
            sides.push(Paired { rows: tiers, service, target });
        }
        sides
    }

    /// The target that the head of a column names: 목표 99.99%인 서비스.
    fn figure_of(&self, table: &Table<'_>, headed: bool, column: Option<usize>) -> Option<f64> {
        let cell = table.rows.first().filter(|_| headed)?.cells.get(column?)?;
        self.plain(cell.span)
    }

    /// Rows of one table as series: by service where a column names services, as one where it numbers the steps.
    fn grouped(&mut self, rows: Vec<RowTier>, service: Option<&str>, target: Option<f64>) {
        let mut labels: Vec<&str> = Vec::new();
        for (label, ..) in &rows {
            if !label.is_empty() && !labels.contains(&label.as_str()) {
                labels.push(label);
            }
        }
        let steps = labels.iter().all(|label| is_step(label));
        let told = rows.iter().filter(|(label, ..)| !label.is_empty()).count();
        // A remark beside each row is no service, unless every row is a service of its own.
        let split =
            !labels.is_empty() && !steps && (labels.len() < told || rows.len() > told || labels.len() > 1);
        let mut current = String::new();
        for (label, own, tier, measure) in rows {
            let name = if split { label.as_str() } else { "" };
            let begins = self.key.is_none() || (!name.is_empty() && name != current);
            if !name.is_empty() {
                current = name.to_owned();
            }
            let service = match (service, name) {
                (Some(service), "") => Some(service.to_owned()),
                (Some(service), name) => Some(format!("{name} {service}")),
                (None, "") => (!current.is_empty()).then(|| current.clone()),
                (None, name) => Some(name.to_owned()),
            };
            self.push(tier, measure, begins, service, own.or(target));
            // Any key will do: the next row goes on with this series.
            self.key = Some((ClauseId(0), measure, String::new()));
        }
        self.key = None;
    }

    /// A table that stands on its side: levels in one row, credits in another.
    fn across(&mut self, table: &Table<'_>) -> bool {
        let bands_of = |row: usize| -> Vec<Option<(Band, Measure)>> {
            table.rows[row].cells.iter().map(|cell| self.band(cell.span)).collect()
        };
        let levels = (0..table.rows.len())
            .map(|row| (row, bands_of(row)))
            .find(|(_, bands)| bands.iter().flatten().count() >= 2);
        let Some((level, bands)) = levels else { return false };
        let about = format!("{} {}", table.caption, table.cell(level, 0));
        let clause = table.rows[level].clause;
        let fits = match bands.iter().flatten().next() {
            Some((_, Measure::Availability)) => {
                has(&about, AVAILABILITY)
                    || !has(table.cell(level, 0), OTHER_FIGURES) && self.about_availability(clause)
            }
            _ => has(&about, OUTAGE),
        };
        let paid = (0..table.rows.len()).find(|row| {
            *row != level
                && has(table.cell(*row, 0), CREDITS)
                && table.rows[*row]
                    .cells
                    .iter()
                    .skip(1)
                    .any(|cell| credit::read(self.contract, cell.span).is_some())
        });
        let Some(paid) = paid.filter(|_| fits) else { return false };
        let mut begins = true;
        for (column, band) in bands.iter().enumerate() {
            let Some((band, measure)) = band else { continue };
            let Some(cell) = table.rows[paid].cells.get(column) else { continue };
            let Some(credit) = credit::read(self.contract, cell.span) else { continue };
            let span = table.rows[level].cells[column].span;
            let tier = Tier { band: *band, credit, at: Mark { clause, span } };
            self.push(tier, *measure, begins, None, None);
            begins = false;
        }
        !begins
    }

    /// Cells that are sentences of their own.
    fn cells(&mut self, table: &Table<'_>) {
        for (number, row) in table.rows.iter().enumerate() {
            for (column, cell) in row.cells.iter().enumerate() {
                let head = if number > 0 { table.cell(0, column) } else { "" };
                let about = format!("{head} {} {}", row.cells[0].text, cell.text);
                if !has(&about, CREDITS)
                    || !(has(&about, AVAILABILITY) || self.about_availability(row.clause))
                {
                    continue;
                }
                let mut begins = true;
                for pair in self.pairs(cell.span, true) {
                    let tier = Tier {
                        band: pair.band,
                        credit: pair.credit,
                        at: Mark { clause: row.clause, span: pair.span },
                    };
                    self.push(tier, pair.measure, begins, None, None);
                    begins = false;
                }
                if !begins {
                    self.used.push(cell.span);
                }
            }
        }
    }

    fn prose(&mut self, piece: &Piece<'_>) {
        let near = |words: &[&str]| has(piece.text, words) || has(&piece.context, words);
        if piece.definition
            || !piece.text.contains(|c: char| c.is_ascii_digit() || ('가'..='힣').contains(&c))
        {
            return;
        }
        let availability = near(AVAILABILITY) || self.about_availability(piece.clause);
        let outage = near(OUTAGE);
        if !availability && !outage || !near(CREDITS) {
            return;
        }
        let pairs: Vec<Pair> = self
            .pairs(piece.span, availability)
            .into_iter()
            .filter(|pair| pair.measure == Measure::Availability || outage)
            .collect();
        let Some(first) = pairs.first() else { return };
        let clause = self.contract.tree.get(piece.clause);
        let own = match clause.level {
            level if level >= Level::Item => clause.parent.unwrap_or(piece.clause),
            Level::Paragraph if pairs.len() == 1 => piece.article,
            _ => piece.clause,
        };
        let label = label(Span::new(piece.span.start, first.span.start).of(self.text()));
        let key = (own, first.measure, label.clone().unwrap_or_default());
        let mut begins = self.key.as_ref() != Some(&key);
        for pair in pairs {
            let tier = Tier {
                band: pair.band,
                credit: pair.credit,
                at: Mark { clause: piece.clause, span: pair.span },
            };
            if !pair.promised {
                self.used.push(pair.span);
            }
            self.push(tier, pair.measure, begins, label.clone(), None);
            begins = false;
        }
        self.key = Some(key);
    }

    /// Levels of a stretch of text, each with the credit behind it, or before it where the credits come first.
    fn pairs(&self, span: Span, availability: bool) -> Vec<Pair> {
        let items = band::items(self.contract, span);
        let of = |measure: Measure| -> Vec<&Found> {
            let level = |found: &&Found| found.measure == measure && matches!(found.item, Item::Band(_));
            items.iter().filter(level).collect()
        };
        let read = |bands: &[&Found], reversed: bool| -> Vec<Pair> {
            let mut pairs = Vec::new();
            for (number, found) in bands.iter().enumerate() {
                let Item::Band(band) = found.item else { continue };
                let before = number.checked_sub(1).map_or(span.start, |last| bands[last].span.end);
                let after = bands.get(number + 1).map_or(span.end, |next| next.span.start);
                let place = if reversed {
                    Span::new(before, found.span.start)
                } else {
                    Span::new(found.span.end, after)
                };
                let Some((credit, end)) = credit::placed(self.contract, place) else { continue };
                let whole = Span::new(place.start.min(found.span.start), end.max(found.span.end));
                let whole = whole.trimmed(self.text());
                let mut pair = Pair { band, measure: found.measure, credit, span: whole, promised: false };
                // 99.9% 이상을 지키지 못하면 10%: paid below the figure, not above it.
                let upward =
                    band.high.is_none() && found.measure == Measure::Availability && credit.value > 0.0;
                if upward {
                    if !has(place.of(self.text()), MISSED) {
                        continue;
                    }
                    let high = band.low.map(|low| Edge { included: Some(false), ..low });
                    pair.band = Band { low: None, high };
                    pair.promised = true;
                }
                pairs.push(pair);
            }
            pairs
        };
        let mut pairs = Vec::new();
        for measure in [Measure::Availability, Measure::Downtime] {
            let bands = of(measure);
            if bands.is_empty() || !pairs.is_empty() || measure == Measure::Availability && !availability {
                continue;
            }
            let first = bands.first().map_or(span.end, |found| found.span.start);
            let last = bands.last().map_or(span.start, |found| found.span.end);
            let reversed = credit::read(self.contract, Span::new(last, span.end)).is_none()
                && credit::read(self.contract, Span::new(span.start, first)).is_some();
            pairs = read(&bands, reversed);
        }
        pairs
    }

    fn push(
        &mut self,
        tier: Tier,
        measure: Measure,
        begins: bool,
        service: Option<String>,
        target: Option<f64>,
    ) {
        match self.series.last_mut() {
            Some(series) if !begins && series.measure == measure && !restarts(series, &tier) => {
                series.tiers.push(tier);
            }
            _ => self.series.push(Series { measure, service, target, tiers: vec![tier] }),
        }
    }
}

/// Whether a tier begins the next table: the levels of this one went one way, and it starts from the other end again.
fn restarts(series: &Series, tier: &Tier) -> bool {
    let [first, .., last] = series.tiers.as_slice() else { return false };
    let high = |band: &Band| band.high.or(band.low).map(|edge| edge.value);
    let (Some(first), Some(last), Some(next)) = (high(&first.band), high(&last.band), high(&tier.band))
    else {
        return false;
    };
    (last < first && next >= first) || (last > first && next <= first)
}

/// 1, 1단계, A등급, 최상: a step of the table and no service.
fn is_step(label: &str) -> bool {
    let words = ["단계", "등급", "구간", "급", "레벨", "Level", "Tier", "tier", "경미", "보통", "심각"];
    has(label, &words) || label.chars().count() <= 2
}

/// The service before a colon at the beginning of an item: "가상서버: ".
fn label(before: &str) -> Option<String> {
    let (name, rest) = before.split_once([':', '：'])?;
    let name = name.trim().trim_start_matches(['-', '*', '·', '•', 'ㅇ', '○', '□', ' ']).trim();
    let service = !name.is_empty()
        && name.chars().count() <= 20
        && !has(name, AVAILABILITY)
        && !has(name, CREDITS)
        && !has(name, &["다음", "아래", "기준"])
        && !is_step(name)
        && rest.chars().count() <= 20;
    service.then(|| name.to_owned())
}
