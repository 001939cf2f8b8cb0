//! The theme: the built-in one, overridden by the site's own in `themes/NAME/`, file by file and `theme.toml` key by key.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera, Value};

use super::locale::Locale;
use super::typography;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load;
use crate::source::Files;
use crate::toml_fields::Sink;
use crate::world::{EntryKind, World};

mod contrast;
mod css;
mod settings;
mod values;

pub use settings::Logo;
use settings::Settings;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/leitwerk");

/// Language whose texts stand in for those a locale lacks.
const FALLBACK: &str = "en";

/// The file that sets a theme's values.
const SETTINGS: &str = "theme.toml";

/// The style sheet, below `static/`.
const STYLE: &str = "style.css";

/// The files of a theme, by path with `/`.
type Parts = BTreeMap<String, Vec<u8>>;

/// Templates, static files and texts, ready to render.
pub struct Theme {
    /// The templates, with the function `t` for the interface's texts.
    pub templates: Tera,
    /// Files that are copied to `assets/`, by path below `static/`; the style sheet begins with the theme's values.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The interface's texts.
    pub locale: Arc<Locale>,
    /// The sign before the site's title.
    pub logo: Option<Logo>,
    /// Stands for all files of the theme and the language of its texts.
    pub fingerprint: u64,
}

/// The built-in texts in the language of a site, or in the one that there always is; for what is no page.
pub fn built_in_locale(language: &str) -> Locale {
    let mut parts = Parts::new();
    add_built_in(&BUILT_IN, &mut parts);
    let known = known_languages(&parts);
    let base = language.split('-').next().unwrap_or_default();
    let interface = if known.contains(&base) { language } else { FALLBACK };
    let texts = texts(interface, &parts, &Parts::new()).unwrap_or_default();
    Locale::new(interface, language, &texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The languages in which a theme has texts.
fn known_languages(parts: &Parts) -> Vec<&str> {
    parts.keys().filter_map(|path| path.strip_prefix("locales/")?.strip_suffix(".ftl")).collect()
}

/// Reads the theme of a site; `None` where it has errors that leave nothing to render with. Findings go to
/// `diagnostics`, its `theme.toml` to `files`.
pub fn load(
    world: &dyn World,
    root: &Path,
    config: &Config,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Theme> {
    let sink = Sink::default();
    let theme = read(world, root, config, files, &sink).map_err(|found| sink.borrow_mut().push(*found)).ok();
    diagnostics.append(&mut sink.into_inner());
    theme
}

fn read(
    world: &dyn World,
    root: &Path,
    config: &Config,
    files: &mut Files,
    sink: &Sink,
) -> Result<Theme, Box<Diagnostic>> {
    let mut parts = Parts::new();
    add_built_in(&BUILT_IN, &mut parts);
    let built_in = parts.clone();
    if let Some(name) = &config.theme {
        add_own(world, root, &name.value, &mut parts).map_err(|found| {
            let mut found = found;
            if found.code == Code::UnknownTheme {
                found.span = Some(name.span);
            }
            found
        })?;
    }
    let settings = settings(config, &built_in, &parts, files, sink);
    let interface = interface_language(config, &parts, sink);
    let texts = texts(interface, &built_in, &parts)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let locale = Arc::new(Locale::new(interface, &config.language, &texts));
    let templates = templates(&parts, &locale)?;
    let below = |prefix: &str| -> Parts {
        parts.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(prefix)?.to_owned(), bytes.clone()))).collect()
    };
    let mut published = below("static/");
    let style = published.entry(STYLE.to_owned()).or_default();
    if built_in.get(&format!("static/{STYLE}")) == Some(style) {
        *style = css::minified(style);
    }
    style.splice(0..0, css::variables(&settings).into_bytes());
    let mut hasher = DefaultHasher::new();
    (&parts, interface, &config.language).hash(&mut hasher);
    Ok(Theme { templates, files: published, locale, logo: settings.logo, fingerprint: hasher.finish() })
}

/// What the site's `theme.toml` says, and where it is silent the built-in one.
fn settings(config: &Config, built_in: &Parts, parts: &Parts, files: &mut Files, sink: &Sink) -> Settings {
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let base = files.add("<built-in theme>/theme.toml", built_in.get(SETTINGS).map(text).unwrap_or_default());
    let base = settings::read(base, files, built_in, sink);
    let own = parts.get(SETTINGS).filter(|own| built_in.get(SETTINGS) != Some(own));
    let (Some(name), Some(own)) = (&config.theme, own) else { return base };
    let path = format!("themes/{}/{SETTINGS}", name.value);
    let own = match load::utf8(&path, own.clone()) {
        Ok(own) => own,
        Err(found) => {
            sink.borrow_mut().push(found);
            return base;
        }
    };
    let own = files.add(path, own);
    let settings = settings::read(own, files, parts, sink).over(base);
    contrast::check(&settings, sink);
    settings
}

fn add_built_in(folder: &Dir<'_>, files: &mut Parts) {
    for file in folder.files() {
        files.insert(slashed(file.path()), file.contents().to_vec());
    }
    folder.dirs().for_each(|folder| add_built_in(folder, files));
}

fn add_own(world: &dyn World, root: &Path, name: &str, files: &mut Parts) -> Result<(), Box<Diagnostic>> {
    let shown = format!("themes/{name}");
    let plain_name = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    let folder = root.join("themes").join(name);
    if !plain_name || world.kind(&folder) != Some(EntryKind::Folder) {
        return Err(Box::new(Diagnostic::about(Code::UnknownTheme, shown)));
    }
    let unreadable = |path: &Path, error: std::io::Error| {
        Box::new(Diagnostic::about(Code::Unreadable, Path::new(&shown).join(path)).arg("error", error))
    };
    let entries = world.walk(&folder).map_err(|error| unreadable(Path::new(""), error))?;
    for entry in entries.into_iter().filter(|entry| entry.kind == EntryKind::File) {
        let bytes = world.read(&folder.join(&entry.path)).map_err(|error| unreadable(&entry.path, error))?;
        files.insert(slashed(&entry.path), bytes);
    }
    Ok(())
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The content's language if the interface has texts in it; else, after saying so, the one it has always. Texts and dates
/// are in one language either way.
fn interface_language<'c>(config: &'c Config, parts: &Parts, sink: &Sink) -> &'c str {
    let known = known_languages(parts);
    let base = config.language.split('-').next().unwrap_or_default();
    if known.contains(&base) || known.contains(&config.language.as_str()) {
        return &config.language;
    }
    let found = Diagnostic::at(Code::InterfaceLanguage, config.language_at).arg("language", &config.language);
    sink.borrow_mut().push(found.arg("file", format!("locales/{base}.ftl")).arg("known", known.join(", ")));
    FALLBACK
}

/// The catalogues of a language, the most general first. A theme's texts go before the built-in ones of the language one
/// by one, so that a theme can change a single word.
fn texts(language: &str, built_in: &Parts, own: &Parts) -> Result<Vec<String>, Box<Diagnostic>> {
    let base = language.split('-').next().unwrap_or(language);
    let mut texts = Vec::new();
    for name in [FALLBACK, base, language].map(|name| format!("locales/{name}.ftl")) {
        let mut layers: Vec<&Vec<u8>> = [built_in.get(&name), own.get(&name)].into_iter().flatten().collect();
        layers.dedup();
        for bytes in layers {
            texts.push(checked(&name, &String::from_utf8_lossy(bytes))?);
        }
    }
    Ok(texts)
}

/// A catalogue that parses; else the first thing that is wrong with it.
fn checked(name: &str, text: &str) -> Result<String, Box<Diagnostic>> {
    let Err((_, errors)) = FluentResource::try_new(text.to_owned()) else { return Ok(text.to_owned()) };
    let error = errors.first().map(|error| {
        let line = text.get(..error.pos.start).map_or(1, |before| before.matches('\n').count() + 1);
        format!("line {line}: {error}")
    });
    let found = Diagnostic::bare(Code::Template).arg("template", name);
    Err(Box::new(found.arg("error", error.unwrap_or_default())))
}

fn templates(files: &Parts, locale: &Arc<Locale>) -> Result<Tera, Box<Diagnostic>> {
    let mut tera = Tera::default();
    let texts = Arc::clone(locale);
    tera.register_function("t", move |kwargs: Kwargs, _: &State<'_>| translate(&texts, &kwargs));
    tera.register_filter("heading", |text: &str, _: Kwargs, _: &State<'_>| typography::heading(text));
    let sources = files.iter().filter_map(|(path, bytes)| {
        Some((path.strip_prefix("templates/")?.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
    });
    let failed = |error: tera::Error| {
        let error = full(&error);
        let name =
            error.split_once("--> ").and_then(|(_, place)| Some(place.split_once(':')?.0)).unwrap_or("templates");
        Box::new(Diagnostic::bare(Code::Template).arg("template", name).arg("error", &error))
    };
    tera.add_raw_templates(sources.collect::<Vec<_>>()).map_err(failed)?;
    Ok(tera)
}

/// An error of the template engine with all it says about its cause.
pub fn full(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text.strip_prefix("error: ").map_or(text.clone(), str::to_owned)
}

fn translate(locale: &Locale, kwargs: &Kwargs) -> tera::TeraResult<String> {
    let key: String = kwargs.must_get("id")?;
    let mut args = FluentArgs::new();
    for (name, value) in kwargs.iter() {
        args.set(name.to_string(), fluent_value(value));
    }
    Ok(locale.text_with(&key, &args))
}

/// Numbers stay numbers, so that plurals can be chosen by them.
fn fluent_value(value: &Value) -> FluentValue<'static> {
    match value.as_i64() {
        Some(number) => FluentValue::from(number),
        None => FluentValue::from(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The settings of the built-in theme, which has no findings.
    pub(super) fn built_in() -> Settings {
        let (mut files, sink, mut parts) = (Files::default(), Sink::default(), Parts::new());
        add_built_in(&BUILT_IN, &mut parts);
        let text = String::from_utf8(parts[SETTINGS].clone()).unwrap();
        let file = files.add(SETTINGS, text);
        let settings = settings::read(file, &files, &parts, &sink);
        contrast::check(&settings, &sink);
        assert_eq!(sink.into_inner(), []);
        settings
    }

    #[test]
    fn the_built_in_theme_sets_everything() {
        let settings = built_in();
        let keys = |list: &[(&'static str, &str)]| list.iter().map(|(key, _)| *key).collect::<BTreeSet<_>>();
        assert_eq!(settings.fonts.into_keys().collect::<BTreeSet<_>>(), keys(settings::FONTS));
        assert_eq!(settings.measures.into_keys().collect::<BTreeSet<_>>(), keys(settings::MEASURES));
        for colours in [settings.light, settings.dark] {
            assert_eq!(colours.into_keys().collect::<BTreeSet<_>>(), keys(settings::COLOURS));
        }
    }
}
