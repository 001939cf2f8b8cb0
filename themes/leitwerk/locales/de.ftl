# The words of the interface in German. Both locales have the same ids.
# Templates and the program read them; a theme may override any of them.

## Landmarks and navigation

skip-link = Zum Inhalt springen
nav-main = Hauptmenü
nav-breadcrumbs = Sie sind hier
nav-footer = Über diesen Auftritt
nav-toc = In diesem Kapitel
nav-versions = Fassungen dieses Kapitels
nav-chapters = Voriges und nächstes Kapitel
nav-views = Darstellung der Änderungen
nav-bases = Verglichen mit
nav-guideline = Leitlinien
nav-labs = KI-Labs
nav-values = Wertepaare
nav-experiences = Praxiserfahrungen
nav-authorities = Behörden
nav-people = Personen
nav-glossary = Glossar
nav-norms = Normen
nav-previous = Zurück
nav-next = Weiter
to-start = Zur Startseite
feed-releases = Neue Fassungen (Atom)
feed-talks = Neue Vorträge (Atom)
feed-thing = Neues zu „{ $title }“:
published-by = Herausgegeben von { $publisher }
built = Erzeugt am { $date }
print-address = Adresse: { $address }

## Fassungen

releases = Fassungen
release = Fassung
release-label = Fassung { $version }
draft = Entwurf
release-current = Aktuell gültige Fassung
release-released = Veröffentlicht
release-valid-from = Gültig ab
release-valid-until = Gültig bis
release-predecessor = Vorherige Fassung
release-status = Status
release-consultation = Konsultationsfassung
release-consultation-until = Rückmeldungen bis { $date }
release-changes = Änderungen
release-changes-since = Änderungen gegenüber { $label }
release-none = Noch ist keine Fassung veröffentlicht.
status-current = aktuell gültig
status-superseded = frühere Fassung
status-upcoming = künftige Fassung
status-draft = Entwurf
status-archived = Archivfassung
notice-archived = Archivfassung: So wurde diese Fassung am { $date } veröffentlicht.
notice-superseded = Sie lesen eine frühere Fassung.
notice-upcoming = Sie lesen eine künftige Fassung. Sie gilt noch nicht.
notice-draft = Sie lesen einen Entwurf. Text und neue Randnummern sind vorläufig.
notice-link = Zur aktuell gültigen Fassung
guideline-licence = Lizenz
guideline-contact = Kontakt
guideline-publisher = Herausgeber
guideline-authorities = Angewendet von

## Kapitel, Absätze und Randnummern

chapters = Kapitel
chapter-position = Kapitel { $position }
chapter-changed = geändert
chapter-new = neues Kapitel
chapter-gone = Weggefallenes Kapitel
chapters-gone = Weggefallene Kapitel
chapter-gone-text = In { $release } nicht mehr enthalten.
chapter-gone-last = Zuletzt enthalten in { $label }
chapter-values = Wertepaare
chapter-talks = Vorträge
chapter-chapters = Verwandte Kapitel
chapter-backlinks = Wird genannt in
backlinks-count = wird genannt in ({ $count })
version-absent = nicht enthalten
number-word = Rn.
number-label = Rn. { $number }
number-provisional = vorläufige
number-history = Fassungshistorie
number-pinned = Link zu dieser Fassung
number-gone = weggefallen
unit-block = Absatz
unit-item = Listenpunkt
unit-row = Tabellenzeile
unit-heading = Überschrift
unit-chapter = Kapitel
unit-item-of = Nr. { $item }
unit-row-of = Zeile { $item }
gone-deleted = (weggefallen)
gone-merged = (aufgegangen in Rn. { $into })
gone-moved = (jetzt in „{ $place }“)
footnotes-title = Fußnoten
footnote-back = Zurück zur Textstelle von Fußnote { $number }
table-label = Tabelle { $number }

## Hinweise im Text

callout-note = Hinweis
callout-tip = Tipp
callout-important = Wichtig
callout-warning = Warnung
callout-caution = Vorsicht
callout-example = Beispiel

## Änderungen

changes = Änderungsverzeichnis
changes-of = Änderungen in { $release }
changes-since = Änderungen seit { $release }
changes-against = { $release } gegenüber { $base }
view-changes = Änderungsverzeichnis
view-synopsis = Synopse
view-redline = Änderungsmodus
changes-overview = Übersicht
changes-none = Kein Absatz hat sich geändert.
words-kept = { $percent } % der Wörter aus { $base } sind erhalten.
place-from = bisher
place-to = jetzt
reason = Änderungsbegründung
reason-refs = Grundlage
fold = { $count ->
    [one] Ein unveränderter Absatz
   *[other] { $count } unveränderte Absätze
 }
fold-rows = { $count ->
    [one] Eine unveränderte Zeile
   *[other] { $count } unveränderte Zeilen
 }
fold-items = { $count ->
    [one] Ein unveränderter Listenpunkt
   *[other] { $count } unveränderte Listenpunkte
 }
fold-headings = { $count ->
    [one] Eine unveränderte Überschrift
   *[other] { $count } unveränderte Überschriften
 }
number-was = bisher Rn. { $number }
table-of = Tabelle in Rn. { $number }
key = Zeichen
key-sample = Text
key-target-sample = Ziel
key-inserted = steht nur in { $release }
key-deleted = stand nur in { $base }
key-moved = steht an anderer Stelle; die alte und die neue führen zueinander
key-target = Ziel eines Links, das neu ist oder weggefallen
key-break = Ende eines Absatzes oder einer Zeile, das neu ist oder weggefallen
key-cell = Grenze zwischen zwei Zellen einer Tabelle
key-footnote = Text einer Fußnote
kind-unchanged = unverändert
kind-inserted = neu eingefügt
kind-amended = geändert
kind-moved = verschoben
kind-split = aufgeteilt
kind-merged = zusammengeführt
kind-deleted = weggefallen
kind-editorial = redaktionell
kind-renamed = umbenannt
facet-force-strengthened = verschärft
facet-force-weakened = abgeschwächt
facet-force-changed = Verbindlichkeit geändert
facet-force-came = neu: { $word }
facet-force-went = entfallen: { $word }
facet-reference = Verweis geändert
facet-number = Zahl geändert
facet-date = Datum geändert
cause-technology = Technik
cause-society = Gesellschaft
cause-law = Recht
cause-practice = Praxis
ins-start = eingefügt:
ins-end = Ende der Einfügung
del-start = gestrichen:
del-end = Ende der Streichung

## KI-Labs und Vorträge

calendar = Termine als Kalender (iCalendar)
values-skos = Als Taxonomie (SKOS):
lab-label = KI-Lab { $number }
lab-talks = Vorträge
lab-date = Datum
lab-place = Ort
lab-format = Form
lab-format-online = online
lab-format-on-site = vor Ort
lab-format-hybrid = hybrid
format-talk = Vortrag
format-practice = Praxisbeispiel
format-workshop = Werkstatt
format-interview = Gespräch
format-discussion = Diskussion
time = { $time } Uhr
lab-number = Nr.
lab-title = Titel
labs-of-format = Vorträge im Format „{ $format }“
labs-of-topic = Vorträge zum Thema „{ $topic }“
labs-formats = Nach Format
labs-topics = Nach Thema
labs-of-speaker = Vorträge von { $speaker }
labs-speakers = Vortragende
labs-by-speaker = Nach Vortragenden
labs-by-name = Alle Namen
labs-talks = { $count ->
    [one] ein Vortrag
   *[other] { $count } Vorträge
}
labs-timeline = Zeitstrahl
labs-timeline-label = Zeitstrahl der KI-Labs. Die Tabelle darunter nennt dieselben Daten.
labs-timeline-table = Als Tabelle
filters = Vorträge filtern
filter-any = alle
filter-count = { "{" }shown{ "}" } von { "{" }all{ "}" } Vorträgen
filter-year = Jahr
filter-format = Format
filter-value = Wertepaar
filter-authority = Behörde
filter-speaker = Vortragende
filter-topic = Thema
talk-minutes = { $minutes } Minuten
talk-transcript = Abschrift
talk-withdrawn = Die Einwilligung in die Veröffentlichung dieses Vortrags wurde zurückgezogen. Zusammenfassung, Unterlagen und Namen werden deshalb nicht mehr gezeigt.
talk-withdrawn-short = Einwilligung zurückgezogen
nav-search = Suche
search-label = Suchen in Leitlinien, Vorträgen und Seiten
search-older = auch in früheren Fassungen
search-noscript = Ohne JavaScript kann die Seite nicht suchen; darunter steht, was einen Namen hat.
search-results = Treffer
search-more = Weitere Treffer
search-names = Alles von A bis Z
search-one = Ein Treffer.
search-many = { "{" }count{ "}" } Treffer.
search-none = Zu „{ "{" }query{ "}" }“ ist nichts zu finden.
search-failed = Die Suche steht hier nicht zur Verfügung.
search-meant = Meinten Sie { "{" }words{ "}" }?
search-kind = Art
search-kind-chapter = Kapitel
search-kind-talk = Vortrag
search-kind-value = Wertepaar
search-kind-experience = Praxiserfahrung
search-kind-authority = Behörde
search-kind-person = Person
search-kind-term = Begriff
search-kind-page = Seite
talk-lab = KI-Lab
talk-date = Datum
talk-speakers = Vortragende
talk-language = Sprache
talk-topics = Themen
talk-values = Wertepaare
talk-release = Damals gültig
talk-media = Unterlagen
talk-no-recording = Von diesem Vortrag gibt es keine Aufzeichnung.
talk-rights = Rechte
talk-chapters = Kapitel der Leitlinien
talk-numbers = Randnummern
talk-related = Verwandte Vorträge
media-slides = Folien
media-audio = Tonaufnahme
media-video = Video
media-captions = Untertitel
media-transcript = Abschrift
media-link = Link
media-external = externe Seite: { $host }

## Querverweise

related = Siehe auch
fact-authority = Behörde
fact-date = Datum
fact-works-by = Arbeitet nach
fact-since = Seitdem geändert
fact-website = Website
fact-synonyms = Auch genannt
language-de = Deutsch
language-en = Englisch
language-fr = Französisch
backlink-chapter = Kapitel
backlink-number = Randnummern
backlink-talk = Vorträge
backlink-value = Wertepaare
backlink-experience = Praxiserfahrungen
backlink-authority = Behörden
backlink-term = Glossar
backlink-page = Seiten
backlink-reason = führte zu Änderung
backlink-person = Personen
value-synonyms = Auch gesucht als
norms-text = Vorschriften, die auf diesem Auftritt genannt werden, mit allen Stellen.
norms-official = Amtlicher Text

## Nicht gefunden

not-found-title = Diese Seite gibt es nicht
not-found-text = Unter dieser Adresse liegt keine Seite. Veröffentlichte Fassungen behalten ihre Adresse; vielleicht hat sich ein Tippfehler eingeschlichen.
editorial-marks = nur Hervorhebung oder Auszeichnung
redirect-title = Diese Seite ist umgezogen
redirect-link = Zur neuen Adresse

## Absätze, Filter, Rückmeldung

archive = Archivdatei
archive-size = ZIP, { $size } kB
archive-about = Diese Fassung zum Aufbewahren: öffnet sich ohne Internet in jedem Browser und enthält Quelltexte und Prüfsummen.
citation = Zitiervorschlag
citation-files = Zitieren:
citation-lab = KI-Lab { $number }: { $title }
citation-talk = Vortrag
citation-release = { $release } vom { $date }
number-following = Link zur jeweils gültigen Fassung
feedback = Rückmeldung zu Rn. { $number }
number-hint = Jede Randnummer führt zu Zitiervorschlag, Links und Rückmeldung.
experience = Aus der Praxis
numbers = Randnummern
numbers-text = Jede Randnummer führt zu ihrem Wortlaut heute und zu ihrer Geschichte in allen Fassungen.
numbers-others = Nicht mehr in Kraft
number-kicker = Ein Absatz in allen Fassungen
number-kicker-several = Eine Nummer in mehreren Zählungen
number-gone-now = In { $release } ist dieser Absatz weggefallen.
number-gone-into = Sein Text steht jetzt in
number-last-in = Zuletzt in { $release }
number-read-in = Im Zusammenhang lesen: { $release }
number-series = Zählung seit { $release }
number-several = Die Nummer { $number } gibt es in mehreren Zählungen. Welcher Absatz gemeint ist, sagt die Fassung, aus der zitiert wird.
number-holds = Enthalten in
number-all-series = Rn. { $number } in allen Zählungen
number-successor = In der heutigen Zählung:
number-first = erstmals enthalten
nav-numbers = Vorige und nächste Randnummer
moved-to = { $what } steht jetzt in „{ $place }“
moved-from = hierher verschoben aus „{ $place }“
filter = Nur zeigen
filter-all = alle { $count }
filter-kind = Art
filter-facet = Inhalt
filter-cause = Anlass
filter-chapter = Kapitel

## Konsultation, Zeitstrahl, Abdeckung

consultation = Konsultationsfassung
consultation-open = Der Entwurf der nächsten Fassung liegt zur Konsultation aus. Rückmeldungen sind bis { $date } möglich.
consultation-read = Entwurf lesen
consultation-changes = Vorgeschlagene Änderungen gegenüber { $label }
consultation-how = So geben Sie Rückmeldung
consultation-text = Dieser Entwurf liegt bis { $date } zur Konsultation aus. Jede Randnummer führt zu einer Rückmeldung, die Fassung, Nummer und Adresse schon nennt.
consultation-contact = Zum Ganzen erreichen Sie die Redaktion unter { $contact }.
notice-consultation = Sie lesen eine Konsultationsfassung. Text und neue Randnummern sind vorläufig, Rückmeldungen sind bis { $date } möglich.
notice-announced = Ab { $date } gilt eine neue Fassung:
concordance = Konkordanz
concordance-of = Konkordanz: Randnummern in { $base } und jetzt
concordance-text = { $release } zählt die Randnummern neu. Hier steht zu jeder alten Nummer die neue und zu jeder neuen die alte.
concordance-caption = Randnummern in { $from } und die Absätze, die ihnen in { $to } entsprechen
concordance-old = Alte Nummern
concordance-new = Neue Nummern
concordance-fresh = neu
concordance-files = Zum Weiterverarbeiten
concordance-csv = Tabelle (CSV)
concordance-json = Daten (JSON)
notice-concordance = Die Randnummern sind neu gezählt:
times = Geltungszeiten
times-caption = Welche Fassung an welchen Tagen gilt
times-open = auf Weiteres
times-never = nie in Kraft, vorher abgelöst
timeline = Zeitstrahl
timeline-label = Zeitstrahl der Fassungen. Die Liste darunter nennt dieselben Daten.
since = Was sich seit Ihrer Fassung geändert hat
since-text = Was { $release } gegenüber der Fassung geändert hat, nach der Sie arbeiten:
numbers-all = Alle Randnummern
coverage = Abdeckung
coverage-of = Abdeckung in { $release }
coverage-caption = Absätze je Kapitel, die ein Wertepaar nennen: { $release }
coverage-pair = Wertepaar
coverage-named = Schwerpunkt des Kapitels
coverage-none = keine Nennung
coverage-legend = Die Zahl sagt, wie viele Absätze des Kapitels das Wertepaar nennen; ein Punkt, dass das Kapitel es als Schwerpunkt führt. Die Tönung wiederholt beides.
coverage-changed = Wie sich die Abdeckung geändert hat
coverage-text = Wie weit die Kapitel jeder Fassung die Wertepaare aufgreifen.
coverage-totals = Kapitel und Absätze, die ein Wertepaar nennen, je Fassung; der Unterschied zur vorherigen Fassung steht dahinter
coverage-paragraphs-head = Absätze
labs-of-year = KI-Labs { $year }
labs-years = Nach Jahr
labs-all = Alle Jahre
coverage-paragraphs = { $count ->
    [0] kein Absatz
    [one] ein Absatz
   *[other] { $count } Absätze
 }
coverage-chapters = { $count ->
    [0] kein Kapitel
    [one] ein Kapitel
   *[other] { $count } Kapitel
 }
copy = Kopieren
copied = Kopiert
copy-failed = Bitte von Hand kopieren
today = heute

## Für Sprachmodelle (llms.txt)

llms-forms = Jedes Kapitel jeder Fassung gibt es unter seiner Adresse auch als Markdown (index.md) und als JSON (index.json). Jeder Absatz hat eine Randnummer, die er durch die Fassungen einer Zählung behält, und darunter eine Adresse, die bleibt.
llms-releases = Alle Fassungen mit ihren Kapiteln (JSON)
reason-told = wie bei
against = gegenüber { $release }:
today-in = in { $release }
numbers-upcoming = In einer künftigen Fassung

## Bericht (diff)

unit-header = Kopfzeile
report-from = aus „{ $place }“
report-reason = Grund:
report-reason-as = Grund wie bei { $place }
report-reason-as-part = Grund wie bei „{ $place }“
report-suggestions = Vielleicht eins, aber nicht sicher genug ([[lineage]] in release.toml sagt es):
report-similar = { $percent } % ähnlich
report-level = Ebene { $from } → { $to }
report-first = beginnt mit { $to } statt { $from }
item-bullet = Aufzählung
item-ordered = Nummerierung
definition = Definition
quote = Zitat
figure = Abbildung
