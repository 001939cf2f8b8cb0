//! The menu and the links at the foot of every page.

use super::Stage;
use super::view::{Link, MenuLink};
use crate::Project;

/// The site's own menu, or one entry for each part that has something in it; an archive has none.
pub(super) fn menu(stage: &Stage<'_>) -> Vec<Link> {
    let config = &stage.project.sources.config;
    if stage.project.sources.archived {
        return Vec::new();
    }
    if config.menu.is_empty() {
        return full_menu(stage);
    }
    let entries = config.menu.iter().map(|entry| {
        let resolved = stage.site.resolved(entry.target.span).map(|resolved| resolved.path.clone());
        Link::new(&entry.title, resolved.unwrap_or_else(|| entry.target.value.clone()))
    });
    entries.collect()
}

fn full_menu(stage: &Stage<'_>) -> Vec<Link> {
    let sources = &stage.project.sources;
    let addresses = &sources.config.addresses;
    let parts = [
        (!stage.editions().is_empty(), "nav-guideline", &addresses.guideline),
        (!sources.labs.is_empty(), "nav-labs", &addresses.labs),
        (!sources.values.is_empty(), "nav-values", &addresses.values),
        (!sources.experiences.is_empty(), "nav-experiences", &addresses.experiences),
        (!sources.authorities.is_empty(), "nav-authorities", &addresses.authorities),
        (!sources.people.is_empty(), "nav-people", &addresses.people),
        (!sources.terms.is_empty(), "nav-glossary", &addresses.glossary),
        (stage.cites_norms(), "nav-norms", &addresses.norms),
    ];
    let present = parts.into_iter().filter(|(present, ..)| *present);
    present.map(|(_, key, segment)| Link::new(stage.locale.text(key), format!("/{segment}/"))).collect()
}

/// The menu with the entry marked under which a page stands.
pub(super) fn marked(menu: &[Link], page: &str) -> Vec<MenuLink> {
    let mark = |link: &Link| MenuLink {
        title: link.title.clone(),
        path: link.path.clone(),
        current: link.path != "/" && page.starts_with(&link.path),
    };
    menu.iter().map(mark).collect()
}

/// All free pages.
pub(super) fn footer(project: &Project) -> Vec<Link> {
    let pages = project.sources.pages.iter().filter(|_| !project.sources.archived);
    pages.map(|page| Link::new(&page.title, format!("/{}/", page.page.slug))).collect()
}
