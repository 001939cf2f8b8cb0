//! The ways to see only a part of a change list: by kind, weight, cause and chapter. Each is an anchor, which the
//! stylesheet turns into a filter: it works without a script and can be sent as an address.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::super::comparison::Comparison;
use crate::changes::{Change, ChangeKind, Facet};
use crate::load::Cause;

/// Filters of one sort.
#[derive(Serialize)]
pub(super) struct FilterGroup {
    name: &'static str,
    label: String,
    filters: Vec<Filter>,
}

#[derive(Serialize)]
struct Filter {
    /// Id of the filter, and for kinds, facets and causes the class of the entries it keeps with `lw-` before it.
    anchor: String,
    label: String,
    count: usize,
}

impl Comparison<'_> {
    /// The filters that would leave something out.
    pub(super) fn filters(&self) -> Vec<FilterGroup> {
        let kinds = ChangeKind::ALL.map(ChangeKind::name);
        let groups = [
            self.group("kind", &kinds, |entry| entry.kinds.iter().map(|kind| kind.name()).collect()),
            self.group("facet", &Facet::NAMES, |entry| entry.facets.iter().map(Facet::name).collect()),
            self.group("cause", &Cause::ALL.map(Cause::name), |entry| self.cause(entry).into_iter().collect()),
            self.chapter_filters(),
        ];
        groups.into_iter().filter(|group| group.filters.len() > 1).collect()
    }

    /// What drove a change, by its reason.
    fn cause(&self, entry: &Change) -> Option<&'static str> {
        let reason = entry.reason.map(|reason| &self.changes.reasons[reason])?;
        reason.cause.map(Cause::name)
    }

    /// One filter for each of the names that entries have: in the order of `order`, the rest by name.
    fn group(
        &self,
        group: &'static str,
        order: &[&'static str],
        names: impl Fn(&Change) -> Vec<&'static str>,
    ) -> FilterGroup {
        let mut counts: BTreeMap<(usize, &'static str), usize> = BTreeMap::new();
        for entry in &self.changes.entries {
            let mut own = names(entry);
            own.sort_unstable();
            own.dedup();
            for name in own {
                let place = order.iter().position(|known| *known == name).unwrap_or(order.len());
                *counts.entry((place, name)).or_default() += 1;
            }
        }
        let locale = self.stage.locale;
        let filter = |((_, name), count): ((usize, &str), usize)| Filter {
            anchor: format!("lw-{group}-{name}"),
            label: locale.text(&format!("{group}-{name}")),
            count,
        };
        let label = locale.text(&format!("filter-{group}"));
        FilterGroup { name: group, label, filters: counts.into_iter().map(filter).collect() }
    }

    fn chapter_filters(&self) -> FilterGroup {
        let touched = self.changes.chapters.iter().filter(|chapter| !chapter.entries.is_empty());
        let filters = touched.map(|chapter| Filter {
            anchor: self.chapter_anchor(chapter.chapter),
            label: self.chapter_title(chapter.chapter),
            count: chapter.entries.len(),
        });
        FilterGroup { name: "chapter", label: self.stage.locale.text("filter-chapter"), filters: filters.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_knows_every_filter() {
        let style = include_str!("../../../../themes/leitwerk/static/style.css");
        let kinds = ChangeKind::ALL.map(|kind| format!("kind-{}", kind.name()));
        let facets = Facet::NAMES.map(|name| format!("facet-{name}"));
        let causes = Cause::ALL.map(|cause| format!("cause-{}", cause.name()));
        for name in kinds.iter().chain(&facets).chain(&causes) {
            assert!(style.contains(&format!(":has(#lw-{name}:target) ~ & {{ &:not(:has(.{name}))")), "{name}");
        }
    }
}
