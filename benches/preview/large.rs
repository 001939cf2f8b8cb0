//! A large site for measuring: twelve releases and a draft of 60 chapters, 3,000 talks, 3,000 terms and 2,000 lessons from
//! practice, which make 9,900 pages. The words are made of syllables and as frequent as those of a language, the text says
//! nothing; the same in each run.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const RELEASES: usize = 12;
const CHAPTERS: usize = 60;
/// Paragraphs of a chapter.
const PARAGRAPHS: usize = 12;
const TALKS: usize = 3000;
const TALKS_OF_LAB: usize = 30;
const VALUES: usize = 8;
/// Different words of the texts.
const WORDS: usize = 8000;
/// How many of a hundred paragraphs each release changes.
const CHANGED: usize = 6;

/// Writes the site into `root`.
pub fn write(root: &Path) -> io::Result<()> {
    let mut writer = Writer::new(root);
    writer.file("site.toml", SITE)?;
    for value in 0..VALUES {
        let body = writer.paragraph();
        let head = format!("order = {}\nvalues = [\"Wert {value}\", \"Gegenwert {value}\"]", value + 1);
        writer.page(&format!("values/wert-{value}.md"), &head, &body)?;
    }
    writer.releases()?;
    writer.talks()?;
    for at in 0..TALKS {
        let body = writer.paragraph();
        writer.page(&format!("glossary/begriff-{at}.md"), &format!("title = \"Begriff {at}\""), &body)?;
    }
    for at in 0..TALKS * 2 / 3 {
        let chapter = at % CHAPTERS;
        let head = format!("title = \"Erfahrung {at}\"\ndate = 2024-01-01\nchapters = [\"kapitel-{chapter}\"]");
        let body = writer.paragraph();
        writer.page(&format!("experiences/erfahrung-{at}.md"), &head, &body)?;
    }
    Ok(())
}

const SITE: &str = "title = \"Groß\"\nbase_url = \"https://example.org\"\nlanguage = \"de\"\n\n[checks]\n\
                    unsealed-release = \"off\"\nmissing-reason = \"off\"\n";

struct Writer<'r> {
    root: &'r Path,
    random: u64,
    words: Vec<String>,
}

impl<'r> Writer<'r> {
    fn new(root: &'r Path) -> Self {
        let mut writer = Self { root, random: 1, words: Vec::new() };
        writer.words = (0..WORDS).map(|at| writer.word(2 + at * 3 / WORDS)).collect();
        writer
    }

    fn releases(&mut self) -> io::Result<()> {
        let mut chapters: Vec<Vec<String>> =
            (0..CHAPTERS).map(|_| (0..PARAGRAPHS).map(|_| self.paragraph()).collect()).collect();
        for release in 0..=RELEASES {
            let is_draft = release == RELEASES;
            let name = if is_draft { "draft".to_owned() } else { format!("{}.0", release + 1) };
            if release > 0 {
                chapters.iter_mut().flatten().for_each(|text| self.revise(text));
            }
            let head = format!("version = \"{name}\"\nreleased = {}-01-01\n", 2010 + release);
            let head = if is_draft { String::new() } else { head };
            self.file(&format!("content/guidelines/{name}/release.toml"), &head)?;
            for (at, texts) in chapters.iter().enumerate() {
                let value = at % VALUES;
                let head = format!("title = \"Kapitel {at}\"\nslug = \"kapitel-{at}\"\nvalues = [\"wert-{value}\"]");
                let path = format!("guidelines/{name}/{:02}-kapitel-{at}.md", at + 1);
                self.page(&path, &head, &chapter(at, texts))?;
            }
        }
        Ok(())
    }

    /// Replaces some paragraphs, and adds a sentence to others.
    fn revise(&mut self, text: &mut String) {
        match self.below(100) {
            roll if roll < CHANGED / 3 => *text = self.paragraph(),
            roll if roll < CHANGED => {
                let more = self.sentence();
                text.push(' ');
                text.push_str(&more);
            }
            _ => {}
        }
    }

    fn talks(&mut self) -> io::Result<()> {
        for lab in 0..TALKS / TALKS_OF_LAB {
            let folder = format!("talks/{:03}-ki-lab", lab + 1);
            let date = format!("{}-{:02}-10", 2015 + lab / 12, lab % 12 + 1);
            let head = format!("number = {}\ntitle = \"KI-Lab {}\"\ndate = {date}\n", lab + 1, lab + 1);
            self.file(&format!("content/{folder}/lab.toml"), &head)?;
            for talk in 0..TALKS_OF_LAB {
                let (value, chapter) = (talk % VALUES, (lab + talk) % CHAPTERS);
                let head = format!(
                    "title = \"Vortrag {}.{talk}\"\nspeakers = [{{ name = \"Externer Impuls\" }}]\n\
                     values = [\"wert-{value}\"]\nchapters = [\"kapitel-{chapter}\"]",
                    lab + 1
                );
                let body = self.paragraph();
                self.page(&format!("{folder}/vortrag-{talk}.md"), &head, &body)?;
            }
        }
        Ok(())
    }

    fn paragraph(&mut self) -> String {
        let sentences: Vec<String> = (0..2 + self.below(3)).map(|_| self.sentence()).collect();
        sentences.join(" ")
    }

    fn sentence(&mut self) -> String {
        let mut sentence = String::new();
        for at in 0..8 + self.below(11) {
            let word = self.frequent();
            let _ = if at == 0 { write!(sentence, "Der {word}") } else { write!(sentence, " {word}") };
        }
        sentence + "."
    }

    /// A word by Zipf's law: the n-th is about as frequent as 1/n.
    fn frequent(&mut self) -> String {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        let rank = (WORDS as f64).powf(share) as usize;
        self.words[(rank - 1).min(WORDS - 1)].clone()
    }

    fn word(&mut self, syllables: usize) -> String {
        const ONSETS: [&str; 16] = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "w", "z", "sch", "st"];
        const RIMES: [&str; 12] = ["a", "e", "i", "o", "u", "an", "en", "er", "ung", "ich", "ei", "au"];
        let syllable = |at| format!("{}{}", ONSETS[at % ONSETS.len()], RIMES[at / ONSETS.len() % RIMES.len()]);
        (0..syllables).map(|_| syllable(self.below(ONSETS.len() * RIMES.len()))).collect()
    }

    /// A number below `limit`, from a multiplicative congruential generator (Knuth's MMIX).
    fn below(&mut self, limit: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) as usize % limit
    }

    fn page(&self, path: &str, head: &str, body: &str) -> io::Result<()> {
        self.file(&format!("content/{path}"), &format!("+++\n{head}\n+++\n\n{body}\n"))
    }

    fn file(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    }
}

/// The text of a chapter: a heading every four paragraphs, references in every third and every fifth.
fn chapter(at: usize, texts: &[String]) -> String {
    let mut body = String::new();
    for (place, text) in texts.iter().enumerate() {
        if place % 4 == 0 {
            let section = place / 4 + 1;
            let _ = write!(body, "\n## Abschnitt {section} {{#a{section}}}\n");
        }
        let _ = write!(body, "\n{text}");
        if place % 3 == 0 {
            let _ = write!(body, " Siehe [[wert:wert-{}]].", (at + place) % VALUES);
        }
        if place % 5 == 0 {
            let _ = write!(body, " Siehe [[kapitel:kapitel-{}]].", (at + 1) % CHAPTERS);
        }
        body.push('\n');
    }
    body
}
