//! Loads the flat folders, one small Markdown file a thing: values, experiences, authorities, people, glossary, pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Page;
use super::{
    AuthoritySource, ExperienceSource, Loader, PageSource, PersonSource, TermSource, ValueSource, markdown_in,
};
use crate::source::Spanned;
use crate::toml_fields::Fields;

impl Loader<'_> {
    fn collection<T: Clone + Send + Sync + 'static>(
        &mut self,
        paths: &BTreeSet<String>,
        folder: &str,
        what: &'static str,
        read: fn(Page, &mut Fields<'_, '_>) -> Option<T>,
    ) -> Vec<Arc<T>> {
        markdown_in(paths, folder).into_iter().filter_map(|path| self.markdown(what, path, read)).collect()
    }

    pub(super) fn values(&mut self, paths: &BTreeSet<String>) -> Vec<Arc<ValueSource>> {
        let mut values = self.collection(paths, "values", "value pair front matter", read_value);
        values.sort_by(|a, b| (a.order, &a.page.slug).cmp(&(b.order, &b.page.slug)));
        values
    }

    pub(super) fn experiences(&mut self, paths: &BTreeSet<String>) -> Vec<Arc<ExperienceSource>> {
        self.collection(paths, "experiences", "experience front matter", read_experience)
    }

    pub(super) fn authorities(&mut self, paths: &BTreeSet<String>) -> Vec<Arc<AuthoritySource>> {
        self.collection(paths, "authorities", "authority front matter", read_authority)
    }

    pub(super) fn people(&mut self, paths: &BTreeSet<String>) -> Vec<Arc<PersonSource>> {
        self.collection(paths, "people", "person front matter", read_person)
    }

    pub(super) fn terms(&mut self, paths: &BTreeSet<String>) -> Vec<Arc<TermSource>> {
        self.collection(paths, "glossary", "glossary front matter", read_term)
    }

    pub(super) fn pages(&mut self, paths: &BTreeSet<String>) -> Vec<Arc<PageSource>> {
        self.collection(paths, "pages", "page front matter", read_page)
    }

    pub(super) fn start(&mut self, paths: &BTreeSet<String>) -> Option<Arc<PageSource>> {
        paths.contains("index.md").then(|| self.markdown("page front matter", "index.md", read_page)).flatten()
    }
}

fn read_value(page: Page, fields: &mut Fields<'_, '_>) -> Option<ValueSource> {
    let (order, values) = (fields.required("order"), fields.required::<Vec<Spanned<String>>>("values"));
    let (synonyms, summary, aliases) = (fields.names("synonyms"), fields.optional("summary"), fields.list("aliases"));
    let values = values?;
    if values.len() != 2 {
        fields.bad_value(page.head, "exactly two values in `values`", None);
        return None;
    }
    let values: Vec<String> = values.into_iter().filter_map(|value| fields.said(value)).collect();
    if values.len() != 2 {
        return None;
    }
    Some(ValueSource { page, order: order?, values, synonyms, summary, aliases })
}

fn read_experience(page: Page, fields: &mut Fields<'_, '_>) -> Option<ExperienceSource> {
    let title = fields.required_text("title").unwrap_or_default();
    let experience = ExperienceSource {
        page,
        title,
        authority: fields.optional("authority"),
        date: fields.optional("date"),
        chapters: fields.list("chapters"),
        numbers: fields.list("numbers"),
        values: fields.list("values"),
        aliases: fields.list("aliases"),
    };
    Some(experience)
}

fn read_authority(page: Page, fields: &mut Fields<'_, '_>) -> Option<AuthoritySource> {
    let title = fields.required_text("title").unwrap_or_default();
    let (short, url) = (fields.optional("short"), fields.optional::<Spanned<String>>("url"));
    let url = url.and_then(|url| fields.web_address(url)).map(|url| url.value);
    let (implements, aliases) = (fields.optional("implements"), fields.list("aliases"));
    Some(AuthoritySource { page, title, short, url, implements, aliases })
}

fn read_person(page: Page, fields: &mut Fields<'_, '_>) -> Option<PersonSource> {
    let title = fields.required_text("title").unwrap_or_default();
    let (role, authority, aliases) = (fields.optional("role"), fields.optional("authority"), fields.list("aliases"));
    Some(PersonSource { page, title, role, authority, aliases })
}

fn read_term(page: Page, fields: &mut Fields<'_, '_>) -> Option<TermSource> {
    let title = fields.required_text("title").unwrap_or_default();
    let (synonyms, see, aliases) = (fields.names("synonyms"), fields.list("see"), fields.list("aliases"));
    Some(TermSource { page, title, synonyms, see, aliases })
}

fn read_page(page: Page, fields: &mut Fields<'_, '_>) -> Option<PageSource> {
    let title = fields.required_text("title").unwrap_or_default();
    let (summary, language, aliases) =
        (fields.optional("summary"), fields.optional_language("language"), fields.list("aliases"));
    Some(PageSource { page, title, summary, language, aliases })
}
