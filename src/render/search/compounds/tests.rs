//! What is taken apart, what is left whole, and that neither depends on anything but the words.

use super::Lexicon;

/// Sentences in which the parts and their traps occur.
const TEXT: &str = "\
Die Behörde prüft ihre Daten, und der Schutz der Daten hat Folgen. Wer die Folgen abschätzt, hat sie vorher geschätzt; \
man kann sie schätzen, und es ist schwer, sie abzuschätzen. Eine Folgenabschätzung hilft.
Die Servicequalität und die Ergebnisqualität hängen am Service und am Ergebnis.
Das Recht auf Akteneinsicht steht in der Akte. Der Persönlichkeitsschutz und das Verfahren der Verwaltung gehen vor.
Der Datenschutz ist ein Recht, und die Verwaltungsdaten sind ein Schatz.
Der Staat baut ein Haus, viele Häuser, und der Kampf um das Haus dauert an. Die Schule hat ein Buch und viele Bücher.
Der Rat der Stadt ist ein Rat, und der Betrieb hat Personal. Im Alter gibt es eine Rente. \
Die Ente sieht dem Ende entgegen.
Kinder spielen im Garten, die Gärten sind grün. Das Gesicht hat einen Punkt, das Amt hat Ämter, der Tag hat ein Ende.
Die Welt ist groß, der Bau ist hoch, die Disk ist voll, der Trag hält, der Abend kommt und geht.
Der Urin stinkt, der Instinkt irrt. Der Reis ist gar, die Reise auch. Das Team nutzt Machine Learning.
Die Person wird gebeten, Personen werden bezogen. Die Barrieren fallen, alle sind frei, ein freier und ein freies Wort.
Die Maschine liest; die Maschinen sind lesbar, ein lesbarer Text und ein lesbares Blatt.
Die Arbeits- und Sozialverwaltung hat eine Aufsicht. Die Prüfung folgt, wir prüfen, er hat geprüft.
Das Labor heißt Lab, das KI-Lab tagt. Der Schritt folgt auf den Schritt, jeder Schritt zählt.
Die Richtung stimmt, die Stellung hält, er richtet, sie stellen, wir nehmen, sie haben genommen.
";

fn parts(lexicon: &Lexicon, word: &str) -> String {
    lexicon.parts(word).join(" ")
}

#[test]
fn compounds_are_found_by_their_parts() {
    let lexicon = Lexicon::learn([TEXT]);
    let cases = [
        ("Datenqualität", "Daten Qualität"),
        ("Datenqualitäten", "Daten Qualitäten"),
        ("datenqualität", "daten qualität"),
        ("Folgenabschätzung", "Folgen Abschätzung Schätzung"),
        ("Datenschutz-Folgenabschätzung", "Datenschutz Daten Schutz Folgenabschätzung Folgen Abschätzung Schätzung"),
        ("Datenschutzfolgenabschätzung", "Datenschutz Daten Schutz Folgenabschätzung Folgen Abschätzung Schätzung"),
        ("Verwaltungsdatenqualität", "Verwaltungsdaten Verwaltung Daten Qualität"),
        ("Persönlichkeitsrecht", "Persönlichkeit Recht"),
        ("Persönlichkeitsrechten", "Persönlichkeit Rechten"),
        ("Häuserkampf", "Haus Kampf"),
        ("Schulbücher", "Schule Bücher"),
        ("Personalrat", "Personal Rat"),
        ("Betriebsrat", "Betrieb Rat"),
        ("Altersrente", "Alter Rente"),
        ("Kindergarten", "Kinder Garten"),
        ("Kindergärten", "Kinder Gärten"),
        ("Gesichtspunkt", "Gesicht Punkt"),
        ("Arbeitsaufsicht", "Arbeits Aufsicht"),
        ("KI-Lab", "KI Lab"),
        ("Verwaltungs-KI", "Verwaltung KI"),
        ("personenbezogenen", "personen bezogenen"),
        ("barrierefrei", "barriere frei"),
        ("maschinenlesbare", "maschinen lesbare"),
        ("abzuschätzen", "schätzen"),
        ("Überprüfung", "Prüfung"),
        ("Zwischenschritt", "Schritt"),
    ];
    let found = cases.map(|(word, _)| (word, parts(&lexicon, word)));
    assert_eq!(found, cases.map(|(word, expected)| (word, expected.to_owned())));
}

#[test]
fn false_friends_are_left_whole() {
    let lexicon = Lexicon::learn([TEXT]);
    let words = "Bauch Ratte Beratung Verrat Diskriminierung Wertung Daten Mieter Beamten Garten Urinstinkt Wirtschaft \
        Machine Learning Abend Abenden Antrag Umwelt Reisende Studierende Herstellung Einrichtung Unternehmen Freiheit \
        Gesellschaft Kandidaten Heirat Legende Altar schließlich insbesondere zu";
    for word in words.split_whitespace() {
        assert_eq!(parts(&lexicon, word), "", "{word}");
    }
}

#[test]
fn the_order_of_texts_means_nothing() {
    let mut lines: Vec<&str> = TEXT.lines().collect();
    let lexicon = Lexicon::learn(lines.iter().copied());
    lines.reverse();
    let reversed = Lexicon::learn(lines);
    for word in TEXT.split(|c: char| !c.is_alphabetic()).chain(["Verwaltungsdatenqualität", "Schulgartenhaus"]) {
        assert_eq!(lexicon.parts(word), reversed.parts(word), "{word}");
    }
}

#[test]
fn any_input_is_read() {
    let strange = [
        "",
        "-",
        "--",
        "a-",
        "İstanbul",
        "ẞ",
        "e\u{301}tat",
        "Daten\u{ad}schutz",
        "DATENSCHUTZ",
        "日本語",
        "Daten1",
        "\u{0}",
    ];
    let long = "datenschutz".repeat(500);
    let affixes = "erinnerin".repeat(500);
    let lexicon = Lexicon::learn(strange.into_iter().chain([long.as_str(), &affixes, TEXT]));
    for word in strange.into_iter().chain([long.as_str(), &affixes, &"daten".repeat(15), &"erin".repeat(15)]) {
        lexicon.parts(word);
    }
    assert_eq!(parts(&lexicon, "Daten\u{ad}schutz"), "Daten Schutz");
    assert_eq!(parts(&lexicon, "DATENSCHUTZ"), "Daten Schutz");
    assert!(Lexicon::learn([]).parts("Datenschutz").is_empty());
}
