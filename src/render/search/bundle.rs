//! Records become the files of an index.

use super::records::Record;
use crate::write::OutputFile;

/// The index of some records; `is_first` also brings the program that searches it and others.
#[cfg(feature = "search")]
pub(super) fn make(records: Vec<Record>, language: &str, is_first: bool) -> Result<Vec<OutputFile>, String> {
    use pagefind::api::PagefindIndex;
    use pagefind::options::PagefindServiceConfig;

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let language = language.split('-').next().unwrap_or(language).to_owned();
    let files = runtime.block_on(async {
        let options = PagefindServiceConfig::builder().keep_index_url(false).force_language(language).build();
        let mut index = PagefindIndex::new(Some(options))?;
        for record in records {
            index.add_html_file(None, Some(record.url), record.html).await?;
        }
        index.get_files().await
    });
    let files = files.map_err(|error| format!("{error:#}"))?;
    let file = |file: pagefind::api::SyntheticFile| {
        let path: Option<Vec<&str>> = file.filename.iter().map(|part| part.to_str()).collect();
        Some(OutputFile { path: path?.join("/"), bytes: file.contents.into() })
    };
    Ok(files.into_iter().filter_map(file).filter(|file| is_needed(&file.path, is_first)).collect())
}

#[cfg(not(feature = "search"))]
pub(super) fn make(_: Vec<Record>, _: &str, _: bool) -> Result<Vec<OutputFile>, String> {
    Ok(Vec::new())
}

/// Whether the site needs a file: not the interfaces that Pagefind brings, and its program only once.
#[cfg(feature = "search")]
fn is_needed(path: &str, is_first: bool) -> bool {
    let is_index = path.contains('/') || path.ends_with(".pf_meta") || path == "pagefind-entry.json";
    let is_program = path == "pagefind.js" || (path.starts_with("wasm.") && path != "wasm.unknown.pagefind");
    is_index || (is_first && is_program)
}
