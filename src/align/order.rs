//! The order of groups: which of them stand elsewhere in the contract than in the base, and where what is extra is told.
//! The largest set of groups that keep their order stays; the others moved.

use super::Group;
use super::side::Side;

/// Groups in the base's order with `moved` told; what is extra behind the group that it follows in the contract.
pub(super) fn ordered(groups: Vec<Group>, base: &Side, contract: &Side) -> Vec<Group> {
    let (mut both, mut extra): (Vec<Group>, Vec<Group>) =
        groups.into_iter().partition(|group| !group.base.is_empty());
    both.sort_by_key(|group| group.base.first().copied());
    extra.sort_by_key(|group| group.contract.first().copied());
    let placed: Vec<(usize, usize)> =
        both.iter().enumerate().filter_map(|(at, group)| Some((at, *group.contract.first()?))).collect();
    let weights: Vec<(usize, usize)> =
        placed.iter().map(|(at, first)| (*first, weight(&both[*at]))).collect();
    let stays = heaviest_rising(&weights);
    for (number, (at, _)) in placed.iter().enumerate() {
        both[*at].moved = !stays[number];
    }
    // A unit that only changed its place within its own article did not move.
    for group in &mut both {
        if let (true, Some(&ours), Some(&theirs)) = (group.moved, group.base.first(), group.contract.first())
        {
            let number = |path: &str| crate::standard::article_part(path).to_owned();
            group.moved = number(&base.units[ours].path) != number(&contract.units[theirs].path);
        }
    }
    // Each extra group follows the group that holds the unit before it.
    let mut holder = vec![None; contract.units.len()];
    for (at, group) in both.iter().enumerate() {
        group.contract.iter().for_each(|&unit| holder[unit] = Some(at));
    }
    let mut behind: Vec<Vec<Group>> = (0..=both.len()).map(|_| Vec::new()).collect();
    for group in extra {
        let first = group.contract.first().copied().unwrap_or(0);
        let before = holder[..first].iter().rev().find_map(|at| *at);
        behind[before.map_or(0, |at| at + 1)].push(group);
    }
    let mut ordered = Vec::new();
    for (at, group) in std::iter::once(None).chain(both.into_iter().map(Some)).enumerate() {
        ordered.extend(group);
        ordered.append(&mut behind[at]);
    }
    ordered
}

/// What keeping a group in its place is worth: a sure pair counts more than a doubtful one.
fn weight(group: &Group) -> usize {
    group.pairs.iter().map(|pair| (pair.score * pair.score * 100.0) as usize + 1).sum()
}

/// Which entries of `(place, weight)` keep a rising order of places, so that the sum of their weights is greatest.
fn heaviest_rising(entries: &[(usize, usize)]) -> Vec<bool> {
    // A Fenwick tree over places: the heaviest chain that ends at or before a place, with its last entry.
    let size = entries.iter().map(|(place, _)| place + 2).max().unwrap_or(1);
    let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); size + 1];
    let mut before = vec![None; entries.len()];
    for (number, (place, weight)) in entries.iter().enumerate() {
        let mut top = (0, None);
        let mut at = place + 1;
        while at > 0 {
            if best[at].0 > top.0 {
                top = best[at];
            }
            at -= at & at.wrapping_neg();
        }
        before[number] = top.1;
        let own = (top.0 + weight, Some(number));
        let mut at = place + 1;
        while at <= size {
            if own.0 > best[at].0 {
                best[at] = own;
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut stays = vec![false; entries.len()];
    let mut top = (0, None);
    let mut at = size;
    while at > 0 {
        if best[at].0 > top.0 {
            top = best[at];
        }
        at -= at & at.wrapping_neg();
    }
    let mut last = top.1;
    while let Some(number) = last {
        stays[number] = true;
        last = before[number];
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::heaviest_rising;

    #[test]
    fn the_heaviest_rising_order_stays() {
        assert_eq!(heaviest_rising(&[(0, 1), (5, 1), (1, 1), (2, 1)]), [true, false, true, true]);
        assert_eq!(heaviest_rising(&[(5, 9), (1, 1), (2, 1)]), [true, false, false]);
        assert_eq!(heaviest_rising(&[]), Vec::<bool>::new());
    }
}
