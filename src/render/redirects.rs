//! Former addresses and where they lead: of `aliases` in front matter and of `[redirects]`; each becomes a page.

use super::{PageJob, Stage, relative};
use crate::resolve;
use crate::target;

/// An address at which a page only leads on.
pub(super) struct Redirect {
    /// The address, from the site's root.
    pub from: String,
    /// Where it leads: from the site's root, or elsewhere.
    pub to: String,
}

/// Every redirect of the site.
pub(super) fn all(stage: &Stage<'_>) -> Vec<Redirect> {
    let sources = &stage.project.sources;
    let shown = |page: &target::TargetPage<'_>| page.target.edition().is_none_or(|at| stage.editions().contains(&at));
    let aliases = target::pages(sources).into_iter().filter(shown).flat_map(|of| {
        let to = resolve::address(stage.project, &of.target);
        let folder = to.strip_suffix(&format!("{}/", of.page.slug)).unwrap_or("/").to_owned();
        let from = of.aliases.iter().map(move |alias| format!("{folder}{}/", alias.value));
        from.map(move |from| Redirect { from, to: to.clone() }).collect::<Vec<_>>()
    });
    let own = sources.config.redirects.iter();
    aliases
        .chain(own.map(|(from, to)| Redirect { from: as_file_or_folder(&from.value), to: to.value.clone() }))
        .collect()
}

/// A file's name has a suffix; everything else is a folder's address and ends with a slash.
fn as_file_or_folder(address: &str) -> String {
    let is_file = address.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if address.ends_with('/') || is_file { address.to_owned() } else { format!("{address}/") }
}

impl Redirect {
    /// The page that leads on where the server does not.
    pub fn page(&self, stage: &Stage<'_>) -> PageJob {
        let mut page = stage.page("redirect.html", &self.from, &stage.locale.text("redirect-title"), Vec::new());
        let (base, inside) = (&stage.project.sources.config.base_url, self.to.starts_with('/'));
        let canonical = if inside { format!("{base}{}", self.to) } else { self.to.clone() };
        let way = if inside { relative::relative(&self.from, &self.to) } else { self.to.clone() };
        page.context.insert("to", &self.to);
        page.context.insert("canonical", &canonical);
        page.context.insert("refresh", &format!("0; url={way}"));
        page
    }
}
