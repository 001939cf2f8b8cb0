//! Checks that slugs and aliases are unique among their kind and are not ones that Leitwerk keeps for itself.

use std::collections::BTreeMap;

use super::{Page, Sources};
use crate::config::Addresses;
use crate::diagnostic::{Code, Diagnostic};
use crate::slug::{quoted_slug, slugify};
use crate::source::{Span, Spanned};
use crate::toml_fields::Sink;

/// Reports duplicate and reserved slugs of every kind of page.
pub(super) fn check(sources: &Sources, sink: &Sink) {
    let check = Check { sink, reserved: reserved(&sources.config.addresses) };
    for release in sources.releases.iter().chain(&sources.draft) {
        check.unique(release.chapters.iter().map(|chapter| (&chapter.page, chapter.aliases.as_slice())), true);
    }
    for lab in &sources.labs {
        check.unique(lab.talks.iter().map(|talk| (&talk.page, talk.aliases.as_slice())), false);
    }
    let values = Check { sink, reserved: vec![sources.config.addresses.coverage.clone()] };
    values.unique(sources.values.iter().map(|value| (&value.page, value.aliases.as_slice())), true);
    check.unique(sources.experiences.iter().map(|item| (&item.page, item.aliases.as_slice())), false);
    check.unique(sources.authorities.iter().map(|item| (&item.page, item.aliases.as_slice())), false);
    check.unique(sources.people.iter().map(|item| (&item.page, item.aliases.as_slice())), false);
    check.unique(sources.terms.iter().map(|item| (&item.page, item.aliases.as_slice())), false);
    let top = Check { sink, reserved: segments(&sources.config.addresses) };
    top.unique(sources.pages.iter().map(|item| (&item.page, item.aliases.as_slice())), true);
}

/// Slugs that no chapter may have, because the site puts pages of its own there.
fn reserved(addresses: &Addresses) -> Vec<String> {
    let fixed = ["aenderungen", "konkordanz", "aktuell", "entwurf", "rn", "jahr", "format", "thema"];
    let own = [&addresses.changes, &addresses.concordance, &addresses.current, &addresses.draft, &addresses.numbers];
    fixed.into_iter().map(str::to_owned).chain(own.into_iter().cloned()).collect()
}

/// Slugs that no free page may have: the site's own folders stand beside it.
fn segments(addresses: &Addresses) -> Vec<String> {
    let own = [
        &addresses.guideline,
        &addresses.labs,
        &addresses.values,
        &addresses.experiences,
        &addresses.authorities,
        &addresses.people,
        &addresses.glossary,
        &addresses.norms,
    ];
    let fixed = ["assets", "feeds", "suche", "archives"].map(str::to_owned);
    own.into_iter().cloned().chain(fixed).collect()
}

struct Check<'a> {
    sink: &'a Sink,
    reserved: Vec<String>,
}

impl Check<'_> {
    fn unique<'p>(&self, pages: impl Iterator<Item = (&'p Page, &'p [Spanned<String>])> + Clone, reserves: bool) {
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        for (page, _) in pages.clone() {
            self.claim(&mut taken, &page.slug, page.slug_span);
            if reserves && self.reserved.contains(&page.slug) {
                self.report(Diagnostic::at(Code::ReservedSlug, page.slug_span).arg("slug", &page.slug));
            }
        }
        for alias in pages.flat_map(|(_, aliases)| aliases) {
            let slug = slugify(&alias.value);
            if slug != alias.value || slug.is_empty() {
                let found = Diagnostic::at(Code::BadSlug, alias.span).arg("slug", &alias.value);
                self.report(found.suggest(quoted_slug(&alias.value)));
            }
            self.claim(&mut taken, &alias.value, alias.span);
        }
    }

    fn claim<'p>(&self, taken: &mut BTreeMap<&'p str, Span>, slug: &'p str, span: Span) {
        match taken.get(slug) {
            Some(&first) => {
                self.report(Diagnostic::at(Code::DuplicateSlug, span).label(first, "first").arg("slug", slug));
            }
            None => {
                taken.insert(slug, span);
            }
        }
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.sink.borrow_mut().push(diagnostic);
    }
}
