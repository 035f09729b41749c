//! Tables by their ruled lines: which cells a page's rules enclose, and which glyphs stand in them. Knows nothing of
//! lines or paragraphs.

use crate::load::pdf::sheet::{Glyph, Rule};

/// How far ends may miss one another and still touch, in points.
const NEAR: f32 = 2.5;
/// A net with more crossings than this is a drawing.
const CELLS: usize = 20_000;
/// A page with more nets than this is a drawing as well.
const NETS: usize = 500;

/// A ruled table on one page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// Edges of the columns, from left to right.
    pub xs: Vec<f32>,
    /// Edges of the rows, from top to bottom.
    pub ys: Vec<f32>,
    /// For every row and column the cell that covers it: its first row and column.
    cells: Vec<(usize, usize)>,
}

/// A cell of a table with the glyphs that stand in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub left: f32,
    pub right: f32,
    pub glyphs: Vec<Glyph>,
}

impl Grid {
    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// The field at a place, by row and column.
    fn field(&self, x: f32, y: f32) -> Option<(usize, usize)> {
        let row = self.ys.partition_point(|edge| *edge <= y).checked_sub(1)?;
        let column = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        (row + 1 < self.ys.len() && column + 1 < self.xs.len()).then_some((row, column))
    }

    /// The cells that cover the fields. A row in which no border parts columns may still have them, where other rows are
    /// shaded with borders: its text keeps clear of their edges.
    fn covered(&self, glyphs: &[Glyph]) -> Vec<(usize, usize)> {
        let columns = self.columns();
        let mut cells = self.cells.clone();
        let whole = |row: usize| {
            let own = (0..columns).all(|column| self.cells[row * columns + column] == (row, 0));
            own && self.cells.get((row + 1) * columns).is_none_or(|below| *below != (row, 0))
        };
        let open: Vec<bool> = (0..self.ys.len() - 1).map(whole).collect();
        if !open.contains(&true) {
            return cells;
        }
        let mut filled = vec![false; cells.len()];
        let mut crossed = vec![false; cells.len()];
        for glyph in glyphs.iter().filter(|glyph| glyph.c != ' ') {
            let y = glyph.y - 0.3 * glyph.size;
            let Some((row, column)) = self.field(glyph.x + glyph.width / 2.0, y) else { continue };
            filled[row * columns + column] = true;
            let (left, right) = (self.xs[column] + 1.0, self.xs[column + 1] - 1.0);
            if glyph.x < left && column > 0 {
                crossed[row * columns + column] = true;
            }
            if glyph.x + glyph.width > right && column + 1 < columns {
                crossed[row * columns + column + 1] = true;
            }
        }
        for row in (0..open.len()).filter(|row| open[*row]) {
            let own = row * columns..(row + 1) * columns;
            if filled[own.clone()].contains(&false) || crossed[own.clone()].contains(&true) {
                continue;
            }
            for column in 0..columns {
                cells[row * columns + column] = (row, column);
            }
        }
        cells
    }

    /// Takes the glyphs that stand in it; the rows of cells, each in the row where it begins.
    pub fn take(&self, glyphs: &mut Vec<Glyph>) -> Vec<Vec<Cell>> {
        let columns = self.columns();
        let covered = self.covered(glyphs);
        let mut cells: Vec<Cell> = vec![Cell::default(); covered.len()];
        for (at, (row, column)) in covered.iter().enumerate() {
            let cell = &mut cells[row * columns + column];
            let (left, right) = (self.xs[at % columns], self.xs[at % columns + 1]);
            cell.left = if cell.right == 0.0 { left } else { cell.left.min(left) };
            cell.right = cell.right.max(right);
        }
        glyphs.retain(|glyph| match self.field(glyph.x + glyph.width / 2.0, glyph.y - 0.3 * glyph.size) {
            Some((row, column)) => {
                let (row, column) = covered[row * columns + column];
                cells[row * columns + column].glyphs.push(*glyph);
                false
            }
            None => true,
        });
        let mut rows = Vec::with_capacity(self.ys.len() - 1);
        let mut cells = cells.into_iter();
        for row in 0..self.ys.len() - 1 {
            let own = cells.by_ref().take(columns).enumerate();
            let starts = own.filter(|(column, _)| covered[row * columns + column] == (row, *column));
            rows.push(starts.map(|(_, cell)| cell).collect());
        }
        rows
    }
}

/// The tables that the rules of a page draw: nets of at least two columns.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let mut group: Vec<usize> = (0..rules.len()).collect();
    let mut across: Vec<usize> = Vec::new();
    let mut down: Vec<usize> = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        match rule {
            Rule::Across { .. } => across.push(at),
            Rule::Down { .. } => down.push(at),
            Rule::Edge { .. } => {}
        }
    }
    // Pages of drawings: all pairs would be too many to look at.
    if across.len().saturating_mul(down.len()) > 4_000_000 {
        return Vec::new();
    }
    for a in &across {
        for d in &down {
            if touch(&rules[*a], &rules[*d]) {
                join(&mut group, *a, *d);
            }
        }
    }
    let mut nets: Vec<(usize, Vec<&Rule>)> = Vec::new();
    let drawn = rules.iter().enumerate().filter(|(_, rule)| !matches!(rule, Rule::Edge { .. }));
    for (at, rule) in drawn {
        let root = root(&mut group, at);
        let known = nets.iter().position(|(own, _)| *own == root);
        match known {
            Some(net) => nets[net].1.push(rule),
            None if nets.len() < NETS => nets.push((root, vec![rule])),
            None => {}
        }
    }
    let mut grids: Vec<Grid> = nets.iter().filter_map(|(_, net)| grid(net)).collect();
    grids.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]).then(a.xs[0].total_cmp(&b.xs[0])));
    grids
}

fn touch(across: &Rule, down: &Rule) -> bool {
    let (Rule::Across { y, x0, x1 }, Rule::Down { x, y0, y1 }) = (across, down) else { return false };
    (x0 - NEAR..=x1 + NEAR).contains(x) && (y0 - NEAR..=y1 + NEAR).contains(y)
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

fn join(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group, a), root(group, b));
    group[a.max(b)] = a.min(b);
}

/// Values that lie close together as one each, in order.
fn edges(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for value in values {
        if out.last().is_none_or(|last| value - last > 2.0 * NEAR) {
            out.push(value);
        }
    }
    out
}

fn grid(net: &[&Rule]) -> Option<Grid> {
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    for rule in net {
        match rule {
            // Korean tables are often open at the sides: the lines across say where they end.
            Rule::Across { y, x0, x1 } => {
                ys.push(*y);
                xs.extend([*x0, *x1]);
            }
            Rule::Down { x, y0, y1 } => {
                xs.push(*x);
                ys.extend([*y0, *y1]);
            }
            Rule::Edge { .. } => {}
        }
    }
    let (xs, ys) = (edges(xs), edges(ys));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns < 2 || rows == 0 || columns * rows > CELLS {
        return None;
    }
    let near = |edges: &[f32], value: f32| {
        edges.iter().position(|edge| (edge - value).abs() <= 2.0 * NEAR).unwrap_or(usize::MAX)
    };
    // Which borders are drawn: on the right of a field, and below it.
    let mut right = vec![false; rows * columns];
    let mut below = vec![false; rows * columns];
    for rule in net {
        match rule {
            Rule::Down { x, y0, y1 } => {
                let edge = near(&xs, *x);
                for row in 0..rows {
                    let middle = (ys[row] + ys[row + 1]) / 2.0;
                    if (1..columns).contains(&edge) && (*y0..=*y1).contains(&middle) {
                        right[row * columns + edge - 1] = true;
                    }
                }
            }
            Rule::Across { y, x0, x1 } => {
                let edge = near(&ys, *y);
                for column in 0..columns {
                    let middle = (xs[column] + xs[column + 1]) / 2.0;
                    if (1..rows).contains(&edge) && (*x0..=*x1).contains(&middle) {
                        below[(edge - 1) * columns + column] = true;
                    }
                }
            }
            Rule::Edge { .. } => {}
        }
    }
    // Lines across alone part rows, but do not say where a cell ends.
    if !right.contains(&true) {
        return None;
    }
    let mut group: Vec<usize> = (0..rows * columns).collect();
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            if column + 1 < columns && !right[at] {
                join(&mut group, at, at + 1);
            }
            if row + 1 < rows && !below[at] {
                join(&mut group, at, at + columns);
            }
        }
    }
    let cells: Vec<(usize, usize)> = (0..rows * columns)
        .map(|at| {
            let first = root(&mut group, at);
            (first / columns, first % columns)
        })
        .collect();
    // One field all over is a frame around something.
    let whole = cells.iter().all(|cell| *cell == (0, 0));
    (!whole).then_some(Grid { xs, ys, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(c: char, x: f32, y: f32) -> Glyph {
        Glyph { c, x, y, width: 10.0, size: 10.0, jump: false }
    }

    fn words(rows: &[Vec<Cell>]) -> Vec<Vec<String>> {
        let word = |cell: &Cell| cell.glyphs.iter().map(|glyph| glyph.c).collect();
        rows.iter().map(|row| row.iter().map(word).collect()).collect()
    }

    #[test]
    fn open_tables_and_merged_cells() {
        let mut rules: Vec<Rule> =
            [0.0, 20.0, 40.0].iter().map(|y| Rule::Across { y: *y, x0: 0.0, x1: 100.0 }).collect();
        // Open on its right side; the second row has one field.
        rules.push(Rule::Down { x: 0.0, y0: 0.0, y1: 40.0 });
        rules.push(Rule::Down { x: 50.0, y0: 0.0, y1: 20.0 });
        let grids = grids(&rules);
        assert_eq!(grids.len(), 1);
        let mut glyphs = vec![
            glyph('가', 5.0, 15.0),
            glyph('나', 60.0, 15.0),
            glyph('다', 45.0, 35.0),
            glyph('밖', 5.0, 60.0),
        ];
        let rows = grids[0].take(&mut glyphs);
        assert_eq!(words(&rows), [vec!["가", "나"], vec!["다"]]);
        assert_eq!(glyphs.len(), 1);
    }

    #[test]
    fn a_row_without_borders_has_the_columns_of_the_others() {
        let mut rules: Vec<Rule> =
            [0.0, 20.0, 40.0, 60.0].iter().map(|y| Rule::Across { y: *y, x0: 0.0, x1: 100.0 }).collect();
        rules.push(Rule::Down { x: 0.0, y0: 0.0, y1: 60.0 });
        rules.push(Rule::Down { x: 50.0, y0: 0.0, y1: 20.0 });
        let grids = grids(&rules);
        let mut glyphs = vec![
            glyph('가', 5.0, 15.0),
            glyph('나', 60.0, 15.0),
            glyph('다', 5.0, 35.0),
            glyph('라', 60.0, 35.0),
            glyph('마', 45.0, 55.0),
            glyph('바', 80.0, 55.0),
        ];
        assert_eq!(words(&grids[0].take(&mut glyphs)), [vec!["가", "나"], vec!["다", "라"], vec!["마바"]]);
    }

    #[test]
    fn frames_and_lone_rules_are_no_tables() {
        let mut rules =
            vec![Rule::Across { y: 0.0, x0: 0.0, x1: 9.0 }, Rule::Down { x: 500.0, y0: 0.0, y1: 9.0 }];
        assert!(grids(&rules).is_empty());
        rules = vec![
            Rule::Across { y: 0.0, x0: 0.0, x1: 90.0 },
            Rule::Across { y: 90.0, x0: 0.0, x1: 90.0 },
            Rule::Down { x: 0.0, y0: 0.0, y1: 90.0 },
            Rule::Down { x: 90.0, y0: 0.0, y1: 90.0 },
        ];
        assert!(grids(&rules).is_empty(), "a frame");
    }
}
