//! The best assignment in a sparse graph: which pairs to take so that no unit is in two and the sum of their scores is
//! the greatest.
//!
//! Each connected component is solved on its own by successive shortest augmenting paths (the Hungarian method in its
//! sparse form: Kuhn 1955; Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
//! assignment problems", 1987). Components above a budget of steps are assigned greedily; the budget counts steps, not
//! time, so that the outcome is the same everywhere.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// A pair that may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    /// Old unit.
    pub old: usize,
    /// New unit.
    pub new: usize,
    /// What taking it is worth; more than 0. Sums of as many as there are units stay within the type.
    pub weight: i128,
}

/// Edges times units of a component up to which the optimum is computed: some tenths of a second at most.
const BUDGET: usize = 20_000_000;

/// The pairs taken, by old unit.
pub(super) fn best(edges: &[Edge]) -> Vec<(usize, usize)> {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for component in components(edges) {
        let solve = if is_small(&component) { optimum } else { greedy };
        taken.extend(solve(&component));
    }
    taken.sort_unstable();
    taken
}

fn is_small(component: &[Edge]) -> bool {
    let mut units: Vec<usize> = component.iter().map(|edge| edge.old).collect();
    units.dedup();
    component.len().saturating_mul(units.len()) <= BUDGET
}

/// The edges by connected component, each sorted by old and new unit.
fn components(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut sorted = edges.to_vec();
    sorted.sort_by_key(|edge| (edge.old, edge.new));
    let mut forest: Vec<usize> = (0..sorted.len()).collect();
    let (mut of_old, mut of_new) = (BTreeMap::new(), BTreeMap::new());
    for (at, edge) in sorted.iter().enumerate() {
        let first = [*of_old.entry(edge.old).or_insert(at), *of_new.entry(edge.new).or_insert(at)];
        for other in first {
            let (a, b) = (root(&mut forest, other), root(&mut forest, at));
            forest[a.max(b)] = a.min(b);
        }
    }
    let mut found: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for (at, edge) in sorted.into_iter().enumerate() {
        found.entry(root(&mut forest, at)).or_default().push(edge);
    }
    found.into_values().collect()
}

fn root(forest: &mut [usize], mut at: usize) -> usize {
    while forest[at] != at {
        forest[at] = forest[forest[at]];
        at = forest[at];
    }
    at
}

/// The heaviest edge first, then the heaviest that is still possible.
fn greedy(component: &[Edge]) -> Vec<(usize, usize)> {
    let mut edges = component.to_vec();
    edges.sort_by_key(|edge| (Reverse(edge.weight), edge.old + edge.new));
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    for edge in edges {
        if !old.contains_key(&edge.old) && !new.contains_key(&edge.new) {
            old.insert(edge.old, edge.new);
            new.insert(edge.new, edge.old);
        }
    }
    old.into_iter().collect()
}

/// The assignment of the greatest sum.
fn optimum(component: &[Edge]) -> Vec<(usize, usize)> {
    let mut matching = Matching::new(component);
    for row in 0..matching.rows.len() {
        matching.augment(row);
    }
    matching.pairs()
}

/// A component with its rows (old units) and columns (new units) numbered from 0. Every row has a column of its own
/// besides, of weight 0, that stands for being left alone.
struct Matching {
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// For each row the columns it may have, with what is lost against the heaviest edge of the component.
    costs: Vec<Vec<(usize, i128)>>,
    /// Potentials of the columns: with them no cost is below 0.
    prices: Vec<i128>,
    row_prices: Vec<i128>,
    row_of: Vec<Option<usize>>,
    column_of: Vec<Option<usize>>,
}

impl Matching {
    fn new(component: &[Edge]) -> Self {
        let distinct = |unit: fn(&Edge) -> usize| {
            let mut units: Vec<usize> = component.iter().map(unit).collect();
            units.sort_unstable();
            units.dedup();
            units
        };
        let (rows, columns) = (distinct(|edge| edge.old), distinct(|edge| edge.new));
        let heaviest = component.iter().map(|edge| edge.weight).max().unwrap_or(0);
        let mut costs: Vec<Vec<(usize, i128)>> = vec![Vec::new(); rows.len()];
        for edge in component {
            let place = |units: &[usize], unit| units.partition_point(|&other| other < unit);
            costs[place(&rows, edge.old)].push((place(&columns, edge.new), heaviest - edge.weight));
        }
        for (row, costs) in costs.iter_mut().enumerate() {
            costs.push((columns.len() + row, heaviest));
        }
        let all = columns.len() + rows.len();
        Self {
            costs,
            prices: vec![0; all],
            row_prices: vec![0; rows.len()],
            row_of: vec![None; all],
            column_of: vec![None; rows.len()],
            rows,
            columns,
        }
    }

    /// Gives `start` a column by the shortest path of changes (Dijkstra over reduced costs).
    fn augment(&mut self, start: usize) {
        let mut path = Path::default();
        let (mut row, mut sofar) = (start, 0);
        let end = loop {
            path.reached.push((row, sofar));
            for &(column, cost) in &self.costs[row] {
                path.offer(column, sofar + cost - self.row_prices[row] - self.prices[column], row);
            }
            // The row's own column is always free, so that there is a next one.
            let Some((column, length)) = path.nearest() else { return };
            let Some(next) = self.row_of[column] else { break (column, length) };
            path.settled.push(column);
            (row, sofar) = (next, length);
        };
        self.reprice(&path, end.1);
        self.flip(start, end.0, &path);
    }

    /// Changes the potentials so that the path found costs nothing.
    fn reprice(&mut self, path: &Path, end: i128) {
        for &(row, length) in &path.reached {
            self.row_prices[row] += end - length;
        }
        for column in &path.settled {
            self.prices[*column] -= end - path.distance[column].0;
        }
    }

    /// Goes back along the path and gives each row on it the column that it was reached for.
    fn flip(&mut self, start: usize, end: usize, path: &Path) {
        let mut column = end;
        loop {
            let row = path.distance[&column].1;
            self.row_of[column] = Some(row);
            match self.column_of[row].replace(column) {
                Some(before) if row != start => column = before,
                _ => return,
            }
        }
    }

    fn pairs(self) -> Vec<(usize, usize)> {
        let taken = self.column_of.iter().zip(&self.rows);
        taken.filter_map(|(column, &old)| Some((old, *self.columns.get((*column)?)?))).collect()
    }
}

/// The search for a shortest path.
#[derive(Default)]
struct Path {
    /// For each column the length of the way there, and the row it was reached from.
    distance: BTreeMap<usize, (i128, usize)>,
    queue: BinaryHeap<Reverse<(i128, usize)>>,
    /// Rows with the length of the way to them.
    reached: Vec<(usize, i128)>,
    /// Columns gone through.
    settled: Vec<usize>,
}

impl Path {
    fn offer(&mut self, column: usize, length: i128, row: usize) {
        if self.distance.get(&column).is_none_or(|&(known, _)| length < known) {
            self.distance.insert(column, (length, row));
            self.queue.push(Reverse((length, column)));
        }
    }

    /// The column whose way is the shortest of those not gone through.
    fn nearest(&mut self) -> Option<(usize, i128)> {
        loop {
            let Reverse((length, column)) = self.queue.pop()?;
            if self.distance.get(&column).is_some_and(|&(known, _)| known == length) {
                return Some((column, length));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edges(weights: &[Vec<u8>]) -> Vec<Edge> {
        let cell = |(old, row): (usize, &Vec<u8>)| {
            let edge = move |(new, &weight): (usize, &u8)| Edge { old, new, weight: i128::from(weight) };
            row.iter().enumerate().filter(|(_, weight)| **weight > 0).map(edge).collect::<Vec<_>>()
        };
        weights.iter().enumerate().flat_map(cell).collect()
    }

    /// The greatest sum, by trying everything.
    fn greatest(weights: &[Vec<u8>], used: u32) -> i128 {
        let Some((row, rest)) = weights.split_first() else { return 0 };
        let take = |(column, &weight): (usize, &u8)| {
            (used >> column & 1 == 0 && weight > 0).then(|| i128::from(weight) + greatest(rest, used | 1 << column))
        };
        row.iter().enumerate().filter_map(take).chain([greatest(rest, used)]).max().unwrap_or(0)
    }

    fn sum(edges: &[Edge], taken: &[(usize, usize)]) -> i128 {
        let weight = |&(old, new): &(usize, usize)| {
            edges.iter().find(|edge| (edge.old, edge.new) == (old, new)).map(|edge| edge.weight)
        };
        taken.iter().filter_map(weight).sum()
    }

    proptest! {
        #[test]
        fn no_assignment_is_worth_more(
            weights in proptest::collection::vec(proptest::collection::vec(prop_oneof![Just(0_u8), 1..20_u8], 5), 0..6)
        ) {
            let edges = edges(&weights);
            let taken = best(&edges);
            prop_assert_eq!(sum(&edges, &taken), greatest(&weights, 0));
            let (mut old, mut new): (Vec<_>, Vec<_>) = taken.iter().copied().unzip();
            let count = taken.len();
            old.sort_unstable();
            new.sort_unstable();
            old.dedup();
            new.dedup();
            prop_assert_eq!((old.len(), new.len()), (count, count));
        }
    }

    #[test]
    fn what_is_good_for_all_goes_before_the_first_good_enough() {
        let edge = |old, new, weight| Edge { old, new, weight };
        assert_eq!(best(&[edge(0, 0, 10), edge(0, 1, 9), edge(1, 0, 9)]), [(0, 1), (1, 0)]);
    }
}
