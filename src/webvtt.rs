//! Captions in WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format", Candidate Recommendation 2019): cues with their
//! times and texts, and what is wrong with a file.

use std::ops::Range;

/// A text that is shown for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// When it appears, in milliseconds from the beginning.
    pub start: u64,
    /// When it goes, in milliseconds.
    pub end: u64,
    /// Who speaks, where the file says so.
    pub voice: Option<String>,
    /// What is said: plain text, its lines joined by blanks.
    pub text: String,
}

/// What is wrong at a place of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the file.
    pub place: Range<usize>,
    /// What it is.
    pub kind: MistakeKind,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MistakeKind {
    /// The file does not begin with `WEBVTT`.
    Header,
    /// A block that is neither a cue nor a note has no line with times.
    NoTimes,
    /// A line with an arrow whose times are none.
    Times,
    /// A cue that ends when it begins, or before.
    Backwards,
    /// A cue that begins before the one above it.
    Order,
    /// A cue without text.
    Empty,
}

impl MistakeKind {
    /// Name in the texts of findings.
    pub fn name(self) -> &'static str {
        match self {
            MistakeKind::Header => "header",
            MistakeKind::NoTimes => "no-times",
            MistakeKind::Times => "times",
            MistakeKind::Backwards => "backwards",
            MistakeKind::Order => "order",
            MistakeKind::Empty => "empty",
        }
    }
}

/// Reads a file. Cues that are wrong are told and left out; the others stay.
pub fn parse(text: &str) -> (Vec<Cue>, Vec<Mistake>) {
    let mut reader = Reader { cues: Vec::new(), mistakes: Vec::new() };
    let blocks = blocks(text);
    let (header, rest) = match blocks.split_first() {
        Some((first, rest)) if is_header(first.first()) => (Some(first), rest),
        _ => (None, blocks.as_slice()),
    };
    if header.is_none() {
        let first = text.lines().next().map_or(0, str::len);
        reader.report(0..first, MistakeKind::Header);
    }
    rest.iter().for_each(|block| reader.block(block));
    (reader.cues, reader.mistakes)
}

/// A line with its first byte.
type Line<'t> = (usize, &'t str);

/// The blocks of lines that blank lines part.
fn blocks(text: &str) -> Vec<Vec<Line<'_>>> {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut blocks: Vec<Vec<Line<'_>>> = vec![Vec::new()];
    for (at, line) in lines(&text[begin..]) {
        // A line with times ends the cue before it, also without a blank line.
        let begins = line.contains("-->");
        match blocks.last_mut() {
            Some(block) if begins && block.iter().any(|(_, line)| line.contains("-->")) => {
                blocks.push(vec![(begin + at, line)]);
            }
            Some(block) if !line.is_empty() => block.push((begin + at, line)),
            Some(block) if !block.is_empty() => blocks.push(Vec::new()),
            _ => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Lines end with LF, CRLF or CR alone.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (begin, rest) = (at, text.get(at..).filter(|rest| !rest.is_empty())?);
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let end = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
        at = (begin + length + end).min(text.len());
        Some((begin, &rest[..length]))
    })
}

fn is_header(line: Option<&Line<'_>>) -> bool {
    let rest = line.and_then(|(_, line)| line.strip_prefix("WEBVTT"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

struct Reader {
    cues: Vec<Cue>,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn report(&mut self, place: Range<usize>, kind: MistakeKind) {
        self.mistakes.push(Mistake { place, kind });
    }

    fn block(&mut self, block: &[Line<'_>]) {
        let Some((first, line)) = block.first().copied() else { return };
        if is_note(line) {
            return;
        }
        // A line before the times names the cue.
        let Some(at) = block.iter().take(2).position(|(_, line)| line.contains("-->")) else {
            return self.report(first..first + line.len(), MistakeKind::NoTimes);
        };
        let (begin, written) = block[at];
        let place = begin..begin + written.len();
        let Some((start, end)) = times(written) else { return self.report(place, MistakeKind::Times) };
        if end <= start {
            return self.report(place, MistakeKind::Backwards);
        }
        if self.cues.last().is_some_and(|before| start < before.start) {
            return self.report(place, MistakeKind::Order);
        }
        let lines: Vec<&str> = block[at + 1..].iter().map(|&(_, line)| line).collect();
        let (voice, text) = payload(&lines.join(" "));
        if text.is_empty() {
            return self.report(place, MistakeKind::Empty);
        }
        self.cues.push(Cue { start, end, voice, text });
    }
}

/// Whether a block holds no cue: a note, a style, a region.
fn is_note(line: &str) -> bool {
    let note = line.strip_prefix("NOTE").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    note || matches!(line.trim_end(), "STYLE" | "REGION")
}

/// The times of `00:01.000 --> 00:04.000 align:start`, in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    // What follows the second time are settings of its place on the screen.
    let end = rest.split_whitespace().next()?;
    Some((timestamp(start.trim())?, timestamp(end)?))
}

/// The milliseconds of `01:02:03.456` or `02:03.456`.
fn timestamp(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once('.')?;
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes, seconds] if hours.len() >= 2 => (digits(hours)?, minutes, seconds),
        [minutes, seconds] => (0, minutes, seconds),
        _ => return None,
    };
    let two = |text: &str| digits(text).filter(|&number| text.len() == 2 && number < 60);
    let milliseconds = digits(fraction).filter(|_| fraction.len() == 3)?;
    let seconds = hours.checked_mul(3600)?.checked_add(two(minutes)? * 60 + two(seconds)?)?;
    seconds.checked_mul(1000)?.checked_add(milliseconds)
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Who speaks, and the plain text of a cue. Where several speak, each is named in the text.
fn payload(text: &str) -> (Option<String>, String) {
    let mut said: Vec<(Option<String>, String)> = vec![(None, String::new())];
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        push(&mut said, &rest[..open]);
        // A `<` that no `>` ends goes to the end, as in the parser of the specification.
        let (tag, after) = rest[open + 1..].split_once('>').unwrap_or((&rest[open + 1..], ""));
        if let Some((_, name)) = tag.strip_prefix('v').and_then(|name| name.split_once(char::is_whitespace)) {
            said.push((Some(unescaped(name.trim())).filter(|name| !name.is_empty()), String::new()));
        }
        rest = after;
    }
    push(&mut said, rest);
    let plain = |text: &str| unescaped(text).split_whitespace().collect::<Vec<_>>().join(" ");
    said.retain(|(_, text)| !text.trim().is_empty());
    match said.as_slice() {
        [(voice, text)] => (voice.clone(), plain(text)),
        several => {
            let named = |(voice, text): &(Option<String>, String)| {
                voice.as_ref().map_or_else(|| plain(text), |voice| format!("{voice}: {}", plain(text)))
            };
            (None, several.iter().map(named).collect::<Vec<_>>().join(" "))
        }
    }
}

fn push(said: &mut [(Option<String>, String)], text: &str) {
    said.last_mut().into_iter().for_each(|(_, last)| last.push_str(text));
}

/// The signs that HTML's escapes stand for.
fn unescaped(text: &str) -> String {
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")];
    escapes.iter().fold(text.to_owned(), |text, (escape, sign)| text.replace(escape, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\u{feff}WEBVTT Aufsicht\r\n\r\nNOTE nur zur Probe\r\n\r\n1\r\n00:01.000 --> 00:04.500 align:start\r\n\
                        <v Fachbereich Daten>Wer <i>prüft</i>,\r\nwas &lt;gut&gt; ist?\r\n\r\n01:00:00.000 --> 01:00:02.000\r\nWir &amp; ihr.\r\n";

    fn kinds(text: &str) -> Vec<(MistakeKind, &str)> {
        parse(text).1.into_iter().map(|mistake| (mistake.kind, &text[mistake.place])).collect()
    }

    #[test]
    fn cues_have_times_voices_and_plain_texts() {
        let (cues, mistakes) = parse(GOOD);
        assert_eq!(mistakes, []);
        let first = Cue {
            start: 1000,
            end: 4500,
            voice: Some("Fachbereich Daten".into()),
            text: "Wer prüft, was <gut> ist?".into(),
        };
        let second = Cue { start: 3_600_000, end: 3_602_000, voice: None, text: "Wir & ihr.".into() };
        assert_eq!(cues, [first, second]);
    }

    #[test]
    fn each_mistake_is_told_at_its_place_and_the_rest_is_read() {
        let text = "00:00.000 --> 00:01.000\nA\n\n00:05,000 --> 00:06.000\nB\n\n00:09.000 --> 00:08.000\nC\n\nnur Text\n\n\
                    00:00:00.500 --> 00:02.000\n \n\n00:10.000 --> 00:11.000\nD\n\n00:03.000 --> 00:12.000\nE\n\n1:00:00.000 --> 02:00:00.000\nF";
        use MistakeKind::*;
        let found = [
            (Header, "00:00.000 --> 00:01.000"),
            (Times, "00:05,000 --> 00:06.000"),
            (Backwards, "00:09.000 --> 00:08.000"),
            (NoTimes, "nur Text"),
            (Empty, "00:00:00.500 --> 00:02.000"),
            (Order, "00:03.000 --> 00:12.000"),
            (Times, "1:00:00.000 --> 02:00:00.000"),
        ];
        assert_eq!(kinds(text), found);
        assert_eq!(parse(text).0.iter().map(|cue| cue.text.as_str()).collect::<Vec<_>>(), ["A", "D"]);
    }

    #[test]
    fn several_voices_and_cues_without_a_blank_line_are_told_apart() {
        let text =
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Ja.</v> <v B>Nein.</v>\n00:02.000 --> 00:03.000\n<v B>Doch.";
        let (cues, mistakes) = parse(text);
        let shown: Vec<_> = cues.iter().map(|cue| (cue.voice.as_deref(), cue.text.as_str())).collect();
        assert_eq!((shown, mistakes), (vec![(None, "A: Ja. B: Nein."), (Some("B"), "Doch.")], Vec::new()));
    }

    #[test]
    fn no_text_makes_it_panic() {
        for text in [
            "",
            "WEBVTT",
            "WEBVTT\n\n-->",
            "WEBVTT\n\n-->\n-->\n<",
            "WEBVTTx\n\n<v>",
            "WEBVTT\n\n99999999999999999999:00:00.000 --> 00:01.000\nA",
        ] {
            parse(text);
        }
        for end in (0..GOOD.len()).filter(|&end| GOOD.is_char_boundary(end)) {
            parse(&GOOD[..end]);
        }
    }
}
