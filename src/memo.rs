//! [`Memo`]: results of a pure function by what they were made from, for runs that have much in common.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a function gave for what. A run that asks for the same again gets it without work; what a run did not ask for is
/// forgotten at its end.
#[derive(Debug)]
pub struct Memo<K, V> {
    table: Mutex<Table<K, V>>,
}

#[derive(Debug)]
struct Table<K, V> {
    results: HashMap<K, (u64, V)>,
    run: u64,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { table: Mutex::new(Table { results: HashMap::new(), run: 0 }) }
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// What is known for `key`.
    pub fn known<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let mut table = self.table();
        let run = table.run;
        let (asked, value) = table.results.get_mut(key)?;
        *asked = run;
        Some(value.clone())
    }

    /// Notes a result.
    pub fn note(&self, key: K, value: V) {
        let mut table = self.table();
        let run = table.run;
        table.results.insert(key, (run, value));
    }

    /// What is known for `key`, or what `make` gives, which is noted. Two threads may make the same at once.
    pub fn get(&self, key: K, make: impl FnOnce() -> V) -> V {
        self.known(&key).unwrap_or_else(|| {
            let value = make();
            self.note(key, value.clone());
            value
        })
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.table().results.clear();
    }

    /// Ends a run: forgets what it did not ask for.
    pub fn end_run(&self) {
        let mut table = self.table();
        let run = table.run;
        table.results.retain(|_, (asked, _)| *asked == run);
        table.run += 1;
    }

    fn table(&self) -> MutexGuard<'_, Table<K, V>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;

    #[test]
    fn what_a_run_did_not_ask_for_is_forgotten() {
        let memo = Memo::default();
        assert_eq!(memo.get("a", || 1), 1);
        assert_eq!(memo.get("b", || 2), 2);
        memo.end_run();
        assert_eq!(memo.get("a", || 9), 1);
        memo.end_run();
        assert_eq!((memo.known(&"a"), memo.known(&"b")), (Some(1), None));
    }
}
