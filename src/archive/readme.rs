//! What an archive says of itself: to readers in German and English, and to the browser that opens it.

use super::consent;
use super::snapshot::Snapshot;
use crate::render::escape::escape;

/// What there is to say of an archived release.
pub(super) struct About {
    /// Title of the work with the version.
    pub title: String,
    /// The version.
    pub version: String,
    /// Day of the release.
    pub day: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where to write to.
    pub contact: Option<String>,
    /// Name of the licence.
    licence: Option<String>,
    /// Its public address.
    pub address: String,
    /// `sha256:` and the seal.
    pub seal: String,
    /// The talks whose consent has been withdrawn, by their paths.
    pub withdrawn: Vec<String>,
    /// The release's page in the archive, below `data/`.
    page: String,
    language: String,
}

impl About {
    pub fn new(snapshot: &Snapshot) -> Self {
        let (sources, release) = (&snapshot.project.sources, snapshot.release());
        let guideline = &sources.guideline;
        let work = guideline.title.as_ref().unwrap_or(&sources.config.title);
        let seal = release.seal.as_ref().map(|seal| seal.seal.clone()).unwrap_or_default();
        Self {
            title: format!("{work}, {}", release.label()),
            version: release.label(),
            day: snapshot.day.to_string(),
            publisher: guideline.publisher.clone().or_else(|| sources.config.publisher.clone()),
            contact: guideline.contact.clone(),
            licence: guideline.licence.clone(),
            address: snapshot.live(&snapshot.folder()),
            seal: format!("sha256:{seal}"),
            withdrawn: consent::paths(sources),
            page: format!("pages{}index.html", snapshot.folder()),
            language: sources.config.language.clone(),
        }
    }

    /// The page that leads to the release's.
    pub fn index(&self) -> String {
        let (title, page, language) = (escape(&self.title), escape(&self.page), escape(&self.language));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta http-equiv=\"refresh\" content=\"0; url={page}\">\n</head>\n<body>\n\
             <p><a href=\"{page}\">{title}</a></p>\n</body>\n</html>\n"
        )
    }

    /// `LIESMICH.txt`.
    pub fn german(&self) -> String {
        let facts = self.facts(["Fassung", "Veröffentlicht am", "Herausgegeben von", "Lizenz", "Adresse", "Siegel"]);
        format!(
            "{title}\n\n{facts}\n\
             Dies ist die Archivdatei einer Fassung: der Text, wie er an diesem Tag veröffentlicht wurde, mit allem, was\n\
             zum Lesen nötig ist. Welche Fassung heute gilt, steht unter der Adresse oben.\n\n\
             Lesen: index.html mit einem Browser öffnen. Dazu braucht es weder Internet noch JavaScript.\n\n\
             pages/    die Seiten der Fassung mit ihren Änderungen, auch als Markdown (index.md) und JSON (index.json)\n\
             source/   die Quelltexte, Bilder und die Sperrdatei release.lock mit den Prüfsummen\n\n\
             Prüfen, ob nichts verändert wurde, im Ordner über diesem:\n\n\
             \x20   sha512sum --check manifest-sha512.txt\n\n\
             Der Ordner ist ein BagIt-Paket (RFC 8493); jedes Werkzeug dafür prüft ihn. `leitwerk verify DATEI.zip`\n\
             prüft zusätzlich das Siegel.\n",
            title = self.title,
        )
    }

    /// `README.txt`.
    pub fn english(&self) -> String {
        let facts = self.facts(["Release", "Released on", "Published by", "Licence", "Address", "Seal"]);
        format!(
            "{title}\n\n{facts}\n\
             This is the archive of one release: the text as it was published on that day, with all that is needed to\n\
             read it. Which release is in force today is said at the address above.\n\n\
             To read it, open index.html in a browser. Neither the Internet nor JavaScript is needed.\n\n\
             pages/    the pages of the release with its changes, also as Markdown (index.md) and JSON (index.json)\n\
             source/   the sources, the pictures, and release.lock with the checksums\n\n\
             To check that nothing was altered, in the folder above this one:\n\n\
             \x20   sha512sum --check manifest-sha512.txt\n\n\
             The folder is a BagIt package (RFC 8493) that any tool for these validates. `leitwerk verify FILE.zip`\n\
             checks the seal too.\n",
            title = self.title,
        )
    }

    /// A line for each fact that is known.
    fn facts(&self, labels: [&str; 6]) -> String {
        let values = [
            Some(&self.version),
            Some(&self.day),
            self.publisher.as_ref(),
            self.licence.as_ref(),
            Some(&self.address),
            Some(&self.seal),
        ];
        let known = labels.into_iter().zip(values).filter_map(|(label, value)| Some((label, value?)));
        known.map(|(label, value)| format!("{label}: {value}\n")).collect()
    }
}
