//! Tests of whole files: every format, all errors at once, nothing lost, no panic.

use super::*;

fn imported(file: &str, text: &str) -> Imported {
    read(file, text.as_bytes(), &Mapping::default()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn errors(text: &str) -> Vec<(usize, String, ImportErrorKind)> {
    let errors = read("a", text.as_bytes(), &Mapping::default()).unwrap_err();
    errors.into_iter().map(|error| (error.line.unwrap(), error.text, error.kind)).collect()
}

fn unmapped(imported: &Imported) -> Vec<(&str, &str)> {
    imported.unmapped.iter().map(|it| (it.key.as_str(), it.value.as_str())).collect()
}

const SCHEDULE: &str = r#"{
  "$schema": "w01",
  "schedule": {
    "version": "w02",
    "base_url": "https://a.example/2024/",
    "conference": {
      "acronym": "w03",
      "title": "w04",
      "day_change": "09:00:00",
      "rooms": [{ "name": "w05", "capacity": 11105 }],
      "days": [
        {
          "index": 1,
          "date": "2024-05-06",
          "day_end": "2024-05-07T04:00:00+02:00",
          "rooms": {
            "w06": [
              {
                "id": 11107, "guid": "w08", "code": "w09", "logo": "w10",
                "date": "2024-05-06T10:30:00+02:00", "start": "10:30", "duration": "00:45",
                "room": "w06", "slug": "w12", "url": "https://a.example/w13",
                "title": "w14", "subtitle": "w15", "track": "w16", "type": "lecture", "language": "de",
                "abstract": "<p>w17 <b>w18</b></p>", "description": "w19\r\n\r\n- w20", "recording_license": "w21",
                "do_not_record": true,
                "persons": [
                  { "id": 11122, "public_name": "Externer Impuls", "name": "w23", "biography": "w24", "avatar": null },
                  { "name": "Fachbereich Daten", "public_name": "Fachbereich Daten" }
                ],
                "links": [{ "url": "https://a.example/w25", "title": "w26", "type": "related" }, { "url": "w27", "title": "w28" }],
                "attachments": [{ "url": "/w29.pdf", "title": "w30" }, { "url": "https://a.example/w31", "type": "w32", "size": 11133 }],
                "feedback_url": "https://a.example/w34", "answers": { "w35": ["w36", 11137] }, "empty": []
              },
              { "title": "w38", "start": "00:30", "type": "w39", "room": "w40" }
            ]
          }
        }
      ]
    }
  }
}"#;

#[test]
fn schedule_json_is_read() {
    let imported = imported("schedule.json", SCHEDULE);
    let [first, second] = imported.talks.as_slice() else { panic!("{imported:#?}") };
    assert_eq!(first.id.as_deref(), Some("w08"));
    assert_eq!(first.date, Some(jiff::civil::date(2024, 5, 6)));
    assert_eq!(first.start, Some(jiff::civil::time(10, 30, 0, 0)));
    assert_eq!((first.minutes, first.format), (Some(45), Some(TalkFormat::Talk)));
    assert_eq!(first.summary, "w17 w18\n\nw19\n\n- w20");
    assert_eq!((first.event.as_deref(), first.place.as_deref()), (Some("w04"), Some("w06")));
    assert_eq!(first.speakers[0].name, "Externer Impuls");
    assert!(first.no_recording);
    let media: Vec<_> =
        first.media.iter().map(|medium| (medium.kind, medium.url.as_str(), medium.title.as_deref())).collect();
    assert_eq!(
        media,
        [
            (MediaKind::Slides, "https://a.example/w29.pdf", Some("w30")),
            (MediaKind::Link, "https://a.example/w31", None),
            (MediaKind::Link, "https://a.example/w25", Some("w26")),
            (MediaKind::Link, "https://a.example/w13", None),
        ]
    );
    let place = &first.place_in_source;
    assert_eq!(place.pointer.as_deref(), Some("/schedule/conference/days/0/rooms/w06/0"));
    assert_eq!((place.line, place.column), (Some(18), Some(15)));
    // After midnight, before the conference's day ends.
    assert_eq!(second.date, Some(jiff::civil::date(2024, 5, 7)));
    assert_eq!(second.format, None);
}

/// Every word `w…` and number `111…` of a source is somewhere in what was read.
fn assert_nothing_is_lost(source: &str, imported: &Imported) {
    let all = format!("{imported:?}");
    let words = source.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words
        .filter(|word| {
            let is_word = word.len() == 3 && word.starts_with('w') && word[1..].parse::<u8>().is_ok();
            is_word || (word.len() == 5 && word.starts_with("111"))
        })
        .collect();
    assert!(words.len() > 10);
    for word in words {
        assert!(all.contains(word), "{word} is lost in {imported:#?}");
    }
}

#[test]
fn nothing_of_a_schedule_is_lost() {
    let imported = imported("schedule.json", SCHEDULE);
    assert_nothing_is_lost(SCHEDULE, &imported);
    let found = unmapped(&imported);
    assert!(found.contains(&("person.biography", "w24")), "{found:#?}");
    assert!(found.contains(&("answers", "w35: w36; 11137")), "{found:#?}");
    assert!(!found.iter().any(|(key, _)| *key == "empty" || *key == "public_name"), "{found:#?}");
    let lines: Vec<_> = imported.unmapped.iter().map(|it| it.place.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
}

const XML: &str = r#"<?xml version='1.0' encoding='utf-8' ?>
<!-- made -->
<schedule>
  <generator name="w01" version="w02"/>
  <version>w03</version>
  <conference><acronym>w04</acronym><title>w05</title><days>1</days><base_url>https://a.example</base_url></conference>
  <day index='1' date='2024-05-06' end='w06'>
    <room name='w07' guid='w08'>
      <event guid='w09' id='11110'>
        <date>2024-05-05T22:30:00Z</date><start>00:30</start><duration>01:30</duration><room>w07</room><slug>w11</slug>
        <url>https://a.example/w12</url>
        <recording><license>w13</license><optout>false</optout><w14>w15</w14></recording>
        <title>w16</title><subtitle></subtitle><track>w17</track><type>Workshop</type><language>en</language>
        <abstract>&lt;p&gt;w18&lt;/p&gt;</abstract><description>w19 <i>w20</i></description>
        <logo>/w21.png</logo>
        <persons w22="w23"><person id='11124'>Externer Impuls</person><other>w25</other></persons>
        <links><link href="https://a.example/w26">w27</link></links>
        <attachments><attachment href="/w28.pdf">w29</attachment></attachments>
        w30
      </event>
    </room>
  </day>
</schedule>"#;

#[test]
fn schedule_xml_is_read() {
    let imported = imported("schedule.xml", XML);
    assert_nothing_is_lost(XML, &imported);
    let talk = &imported.talks[0];
    // UTC is not the date of the place.
    assert_eq!(talk.date, Some(jiff::civil::date(2024, 5, 6)));
    assert_eq!((talk.minutes, talk.format), (Some(90), Some(TalkFormat::Workshop)));
    assert_eq!(talk.summary, "w18\n\nw19 w20");
    assert_eq!(talk.speakers[0].name, "Externer Impuls");
    assert_eq!(talk.rights.as_deref(), Some("w13"));
    assert!(!talk.no_recording);
    assert_eq!(talk.media.len(), 3);
    assert_eq!((talk.place_in_source.line, talk.place_in_source.column), (Some(9), Some(7)));
}

#[test]
fn the_later_schedule_with_one_list_is_read() {
    let text = r#"{"schedule": {"conference": {"title": "Tagung"}, "events": [{
        "title": "Ein Gespräch", "start": "2024-12-27T23:30:00+01:00", "end": "2024-12-28T00:15:00+01:00",
        "room": {"name": "Saal", "slug": "saal"}, "track": {"slug": "daten"}, "type": "other",
        "participants": [{"name": "Externer Impuls", "role": "speaker"}, {"name": "Fachbereich Daten", "role": "moderator"}],
        "abstract": {"de": "Kurz", "en": "Short"}}]}}"#;
    let imported = imported("schedule.json", text);
    let talk = &imported.talks[0];
    assert_eq!(talk.date, Some(jiff::civil::date(2024, 12, 27)));
    assert_eq!((talk.minutes, talk.place.as_deref()), (Some(45), Some("Saal")));
    assert_eq!(talk.speakers[1].role.as_deref(), Some("moderator"));
    assert_eq!((talk.summary.as_str(), talk.topics.as_slice()), ("Kurz", ["daten".to_owned()].as_slice()));
    assert_eq!(unmapped(&imported), [("room.slug", "saal"), ("type", "other"), ("abstract (en)", "Short")]);
}

#[test]
fn pyvideo_is_read() {
    let text = r#"{"id": 11101, "slug": "w02", "title": "w03", "summary": "w04", "description": "w04 w05", "recorded": "2015-09-03",
        "duration": 1322, "language": "deu", "tags": ["w06", "w06", "w07"], "speakers": ["Externer Impuls"], "category": "w08",
        "copyright_text": "w09", "thumbnail_url": "https://a.example/w10", "quality_notes": "", "videos": [
        {"type": "youtube", "url": "https://a.example/w11", "length": 0}, {"type": "mp3", "url": "https://a.example/w12"}],
        "source_url": "https://a.example/w11", "related_urls": [{"label": "w13", "url": "https://a.example/w14.pdf"}]}"#;
    let imported = imported("talk.json", text);
    assert_nothing_is_lost(text, &imported);
    let talk = &imported.talks[0];
    assert_eq!((talk.minutes, talk.language.as_deref()), (Some(22), Some("de")));
    assert_eq!(talk.summary, "w04 w05");
    assert_eq!(talk.topics, ["w06", "w07"]);
    let kinds: Vec<_> = talk.media.iter().map(|medium| medium.kind).collect();
    assert_eq!(kinds, [MediaKind::Video, MediaKind::Audio, MediaKind::Slides]);
    assert_eq!(unmapped(&imported), [("slug", "w02"), ("thumbnail_url", "https://a.example/w10")]);
}

#[test]
fn csv_is_read_by_its_usual_names() {
    let text = "\u{FEFF}Titel;Datum;Beginn;Dauer;Referent:innen;Behörde;Sprache;Beschreibung;Schlagworte;Raum;URL;Notiz\r\n\
        \"Daten; und \"\"mehr\"\"\";06.05.2024;9.30 Uhr;45 Min.;Externer Impuls;Amt;Deutsch;\"Eins\r\n\r\nzwei\";Daten, Recht;Saal;https://youtu.be/1;intern\r\n\
        Zwei;;;;\"Externer Impuls; Fachbereich Daten\";;;;;;;\r\n";
    let imported = imported("a.csv", text);
    let [first, second] = imported.talks.as_slice() else { panic!("{imported:#?}") };
    assert_eq!(first.title, "Daten; und \"mehr\"");
    assert_eq!((first.date, first.minutes), (Some(jiff::civil::date(2024, 5, 6)), Some(45)));
    assert_eq!(first.speakers[0].organisation.as_deref(), Some("Amt"));
    assert_eq!(first.summary, "Eins\n\nzwei");
    assert_eq!((first.topics.len(), first.media[0].kind), (2, MediaKind::Video));
    assert_eq!(second.speakers.len(), 2);
    assert_eq!(second.place_in_source.line, Some(5));
    assert_eq!(unmapped(&imported), [("Notiz", "intern")]);
}

#[test]
fn toml_is_read_by_a_mapping() {
    let text = "event = 'Tagung'\n[[talk]]\nName = 'Eins'\nWer = 'Externer Impuls / Fachbereich Daten'\nAmt = 'Amt A / Amt B'\nWann = 2024-05-06T10:30:00\n\
        Themen = ['Vortrag', 'Neu', 'Daten']\nIn = 'Dt'\nidee = { a = 1 }\n[[talk]]\nName = 'Zwei'\nspeakers = [{ name = 'Externer Impuls', role = 'Leitung', x = 'y' }]\n";
    let mapping = "[fields]\ntitle = 'Name'\nspeakers = { from = ['Wer', 'speakers'], separator = '/' }\norganisation = { from = 'Amt', separator = '/' }\n\
        date = 'Wann'\nlanguage = 'In'\n[formats]\n'Vortrag' = 'impulsvortrag'\n[languages]\nDt = 'de'\n[topics]\ndrop = ['neu']\n";
    let imported = read("a.toml", text.as_bytes(), &Mapping::read("m.toml", mapping).unwrap()).unwrap();
    let [first, second] = imported.talks.as_slice() else { panic!("{imported:#?}") };
    assert_eq!(first.speakers[1].organisation.as_deref(), Some("Amt B"));
    assert_eq!((first.format, first.language.as_deref()), (Some(TalkFormat::Talk), Some("de")));
    assert_eq!(
        (first.topics.as_slice(), first.start),
        (["Daten".to_owned()].as_slice(), Some(jiff::civil::time(10, 30, 0, 0)))
    );
    assert_eq!(second.speakers[0].role.as_deref(), Some("Leitung"));
    assert_eq!(unmapped(&imported), [("event", "Tagung"), ("idee", "a: 1"), ("speakers.x", "y")]);
}

#[test]
fn organisations_go_to_those_whose_they_are() {
    let talk = |organisation: &str, mapping: &str| {
        let text =
            format!("title = 'A'\nspeakers = ['Externer Impuls', 'Fachbereich Daten']\norganisation = {organisation}");
        let imported = read("a.toml", text.as_bytes(), &Mapping::read("m", mapping).unwrap()).unwrap();
        let organisations = imported.talks[0].speakers.iter().map(|it| it.organisation.clone()).collect::<Vec<_>>();
        (organisations, imported.unmapped.len())
    };
    let (a, b) = (Some("A".to_owned()), Some("B".to_owned()));
    assert_eq!(talk("'A'", ""), (vec![None, None], 1));
    assert_eq!(talk("'A'", "[fields]\norganisation = 'organisation'"), (vec![a.clone(), a.clone()], 0));
    assert_eq!(talk("'A; B'", ""), (vec![None, None], 1));
    let parted = "[fields]\norganisation = { from = 'organisation', separator = ';' }";
    assert_eq!(talk("'A; B'", parted), (vec![a.clone(), b.clone()], 0));
    assert_eq!(talk("'A; B; C'", parted), (vec![None, None], 1));
    assert_eq!(talk("['A', 'B']", ""), (vec![a, b], 0));
}

#[test]
fn nothing_of_a_table_is_lost() {
    let text = "Titel,Untertitel,date,start,Dauer,Typ,Sprache,Referenten,Rolle,Behörde,abstract,Beschreibung,Tags,Thema,track,event,room,Ort,\
        video,slides,url,Lizenz,w01,w01,,id,code\nw02,w03,2024-05-06T09:00,2024-05-07T10:00,30,w04 w05,de,w06;w07,w08,w09,w10,w10 w11,\"w12,w13\",w14,w15,w16,\
        w17,w18,w19,https://a.example/w20,w21 https://a.example/w22,w23,w24,w25,w26,w27,w28\n";
    let read = imported("a.csv", text);
    assert_nothing_is_lost(text, &read);
    assert!(unmapped(&read).contains(&("date", "2024-05-06T09:00")));
    assert!(unmapped(&read).contains(&("column 25", "w26")));
    let text = "title = 'w01'\ntalks = []\nw02 = { w03 = ['w04', { w05 = 11106 }], w07 = true }\n'w08' = 1979-05-27\nspeakers = { name = 'w09', w10 = 'w11' }\n\
        tags = ['w12', 11113]\nabstract = '<p title=\"x\">w14</p>'\nvideo = ['https://a.example/w15', 'w16']\n";
    assert_nothing_is_lost(text, &imported("a.toml", text));
}

#[test]
fn all_errors_of_a_file_are_told() {
    let text = "[[talk]]\ntitle = ''\ndate = 'morgen'\nstart = 'früh'\nduration = 'lang'\nlanguage = 'Klingonisch'\n[[talk]]\ntitle = ['a']\nno_recording = 'vielleicht'\n";
    let found = errors(text);
    let told: Vec<_> = found.iter().map(|(line, text, _)| (*line, text.as_str())).collect();
    assert_eq!(
        told,
        [(1, ""), (3, "morgen"), (4, "früh"), (5, "lang"), (6, "Klingonisch"), (7, ""), (8, "a"), (9, "vielleicht")]
    );
    assert_eq!(found[0].2, ImportErrorKind::Missing("title"));
    assert_eq!(found[4].2, ImportErrorKind::BadLanguage);
    let json = SCHEDULE.replace("\"00:45\"", "\"3/4\"").replace("\"10:30\"", "\"10h\"").replace("\"de\"", "\"xx\"");
    let found = errors(&json);
    let told: Vec<_> = found.iter().map(|(line, text, _)| (*line, text.as_str())).collect();
    assert_eq!(told, [(20, "10h"), (20, "3/4"), (22, "xx")]);
}

#[test]
fn strange_files_are_errors() {
    for (text, kind) in [
        ("", ImportErrorKind::Empty),
        ("  \n", ImportErrorKind::Empty),
        ("{\"title\": \"Tagung\"}", ImportErrorKind::UnknownFormat),
        ("[]", ImportErrorKind::UnknownFormat),
        ("[{}]", ImportErrorKind::UnknownFormat),
        ("{\"schedule\": 3}", ImportErrorKind::UnknownFormat),
        ("{\"schedule\": {}}", ImportErrorKind::Missing("schedule")),
        ("{\"schedule\": {\"version\": \"1\"}}", ImportErrorKind::Missing("conference")),
        ("<html/>", ImportErrorKind::UnknownFormat),
        ("Hallo Welt", ImportErrorKind::Missing("title")),
        ("# nichts", ImportErrorKind::Missing("title")),
    ] {
        assert_eq!(errors(text)[0].2, kind, "{text}");
    }
}

/// Numbers that are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end as u64)).unwrap()
    }
}

const TOML: &str = "title = 'Eins'\nspeakers = ['Externer Impuls']\ndate = 2024-05-06\nstart = 10:30:00\nabstract = '<p>a <a href=\"x\">b</a>`c`</p>'\ntags = ['ä']\nurl = 'https://a.example/ü'\n";
const CSV: &str = "Titel;Datum;Dauer;Referenten\n\"Ä; b\";06.05.2024;1:30 h;Externer Impuls\nC;7.5.2024;45 min;\"Fachbereich Daten\"\n";
const SPLICES: &[&str] = &[
    "\"",
    "'",
    "<",
    ">",
    "&#0;",
    "&#xD800;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "{",
    "}",
    "[",
    "]",
    ";",
    "\n",
    "\0",
    "ä",
    "`",
    "\\",
    "\u{FEFF}",
    "=",
    "9999999999",
    "<script>",
    "<ul><li>",
    "</p>",
];

#[test]
fn no_input_makes_it_panic() {
    let mapping = Mapping::read("m.toml", "encoding = 'windows-1252'").unwrap();
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let rounds = std::env::var("IMPORT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(300);
    for source in [SCHEDULE, XML, TOML, CSV] {
        for end in 0..source.len() {
            let _ = read("a", &source.as_bytes()[..end], &Mapping::default());
        }
        for _ in 0..rounds {
            let mut bytes = source.as_bytes().to_vec();
            for _ in 0..=numbers.below(6) {
                let at = numbers.below(bytes.len());
                match numbers.below(4) {
                    0 => bytes[at] = u8::try_from(numbers.below(256)).unwrap(),
                    1 => drop(bytes.remove(at)),
                    2 => drop(bytes.splice(at..at, SPLICES[numbers.below(SPLICES.len())].bytes())),
                    _ => {
                        let end = (at + numbers.below(40)).min(bytes.len());
                        let piece = bytes[at..end].to_vec();
                        let to = numbers.below(bytes.len());
                        drop(bytes.splice(to..to, piece));
                    }
                }
            }
            let once = read("a", &bytes, &mapping);
            assert_eq!(once, read("a", &bytes, &mapping));
            if let Ok(text) = str::from_utf8(&bytes) {
                let _ = markup::markdown(text);
                let _ = Mapping::read("m", text);
            }
        }
    }
}
