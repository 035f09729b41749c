//! One global assignment: which clause each provision gets, so that the sum of all likenesses is greatest. Knows numbers,
//! no words. Shortest augmenting paths over the pairs that are considered at all (Jonker and Volgenant's way, sparse).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a likeness of 1 counts, so that all sums are whole numbers and the same everywhere.
const ONE: f32 = 1_000_000.0;

/// The best assignment: for each row the column that it gets, if any. `pairs` holds for each row the columns that it may
/// get with their likeness (0 to 1); a pair below `least` is worth nothing. A column is given once.
pub(super) fn assign(pairs: &[Vec<(usize, f32)>], columns: usize, least: f32) -> Vec<Option<usize>> {
    let rows = pairs.len();
    // Each row has a column of its own that stands for "none" and costs what the least likeness costs.
    let cost = |likeness: f32| ((1.0 - likeness) * ONE).round() as i64;
    let edges: Vec<Vec<(usize, i64)>> = pairs
        .iter()
        .enumerate()
        .map(|(row, pairs)| {
            let real = pairs.iter().filter(|(_, likeness)| *likeness >= least);
            let mut edges: Vec<(usize, i64)> =
                real.map(|(column, likeness)| (*column, cost(likeness.min(1.0)))).collect();
            edges.push((columns + row, cost(least)));
            edges
        })
        .collect();
    let all = columns + rows;
    let mut row_of: Vec<Option<usize>> = vec![None; all];
    let mut column_of: Vec<Option<usize>> = vec![None; rows];
    let (mut price, mut rent) = (vec![0_i64; all], vec![0_i64; rows]);
    let mut distance = vec![i64::MAX; all];
    let mut came: Vec<Option<usize>> = vec![None; all];
    let mut done = vec![false; all];
    // The columns that a row's search looked at: only those are set back.
    let mut seen: Vec<usize> = Vec::new();
    for start in 0..rows {
        for column in seen.drain(..) {
            (distance[column], came[column], done[column]) = (i64::MAX, None, false);
        }
        let mut queue = BinaryHeap::new();
        let mut row = start;
        let mut so_far = 0;
        let end = loop {
            for (column, cost) in &edges[row] {
                let way = so_far + cost - rent[row] - price[*column];
                if !done[*column] && way < distance[*column] {
                    seen.push(*column);
                    distance[*column] = way;
                    came[*column] = Some(row);
                    queue.push(Reverse((way, *column)));
                }
            }
            let next = loop {
                match queue.pop() {
                    Some(Reverse((way, column))) if !done[column] && way == distance[column] => {
                        break Some((way, column));
                    }
                    Some(_) => {}
                    None => break None,
                }
            };
            let Some((way, column)) = next else { break None };
            done[column] = true;
            so_far = way;
            match row_of[column] {
                Some(other) => row = other,
                None => break Some(column),
            }
        };
        let Some(end) = end else { continue };
        rent[start] += so_far;
        seen.sort_unstable();
        seen.dedup();
        for &column in seen.iter().filter(|&&column| done[column]) {
            if let Some(other) = row_of[column] {
                rent[other] += so_far - distance[column];
            }
            price[column] -= so_far - distance[column];
        }
        let mut column = end;
        while let Some(row) = came[column] {
            row_of[column] = Some(row);
            let before = column_of[row].replace(column);
            match before {
                Some(before) if row != start => column = before,
                _ => break,
            }
        }
    }
    column_of.into_iter().map(|column| column.filter(|&column| column < columns)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The greatest sum by trying everything.
    fn best(pairs: &[Vec<(usize, f32)>], least: f32, taken: &mut Vec<usize>) -> f32 {
        let Some((first, rest)) = pairs.split_first() else { return 0.0 };
        let mut top = least + best(rest, least, taken);
        for (column, likeness) in first.iter().filter(|(_, likeness)| *likeness >= least) {
            if !taken.contains(column) {
                taken.push(*column);
                top = top.max(likeness + best(rest, least, taken));
                taken.pop();
            }
        }
        top
    }

    #[test]
    fn the_sum_is_the_greatest_there_is() {
        // A small generator of numbers: the same on every run.
        let mut state = 7_u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u32
        };
        for _ in 0..300 {
            let (rows, columns) = (1 + next() as usize % 6, 1 + next() as usize % 6);
            let pairs: Vec<Vec<(usize, f32)>> = (0..rows)
                .map(|_| {
                    (0..columns)
                        .filter_map(|column| match (next(), next()) {
                            (0..1_431_655_765, likeness) => Some((column, (likeness % 100) as f32 / 100.0)),
                            _ => None,
                        })
                        .collect()
                })
                .collect();
            let assigned = assign(&pairs, columns, 0.3);
            let mut used: Vec<usize> = assigned.iter().flatten().copied().collect();
            used.sort_unstable();
            let count = used.len();
            used.dedup();
            assert_eq!(used.len(), count, "a column is given once: {pairs:?}");
            let sum: f32 = assigned
                .iter()
                .zip(&pairs)
                .map(|(column, pairs)| {
                    column.map_or(0.3, |column| {
                        pairs
                            .iter()
                            .find(|(other, _)| *other == column)
                            .map_or(0.0, |(_, likeness)| *likeness)
                    })
                })
                .sum();
            assert!((sum - best(&pairs, 0.3, &mut Vec::new())).abs() < 1e-4, "{pairs:?} {assigned:?}");
        }
    }
}
