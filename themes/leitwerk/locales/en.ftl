# The words of the interface in English. Both locales have the same ids.
# Templates and the program read them; a theme may override any of them.

## Landmarks and navigation

skip-link = Skip to content
nav-main = Main menu
nav-breadcrumbs = You are here
nav-footer = About this site
nav-toc = In this chapter
nav-versions = Releases of this chapter
nav-chapters = Previous and next chapter
nav-views = View of the changes
nav-bases = Compared with
nav-guideline = Guidelines
nav-labs = AI labs
nav-values = Value pairs
nav-experiences = Lessons from practice
nav-authorities = Authorities
nav-people = People
nav-glossary = Glossary
nav-norms = Legal norms
nav-previous = Previous
nav-next = Next
to-start = To the start page
feed-releases = New releases (Atom)
feed-talks = New talks (Atom)
feed-thing = News on “{ $title }”:
published-by = Published by { $publisher }
built = Built on { $date }
print-address = Address: { $address }

## Releases

releases = Releases
release = Release
release-label = Release { $version }
draft = Draft
release-current = Current release
release-released = Released
release-valid-from = Valid from
release-valid-until = Valid until
release-predecessor = Release before
release-status = Status
release-consultation = Consultation version
release-consultation-until = Feedback until { $date }
release-changes = Changes
release-changes-since = Changes since { $label }
release-none = No release has been published yet.
status-current = current
status-superseded = superseded
status-upcoming = upcoming
status-draft = draft
status-archived = archived
notice-archived = Archive: this is the release as it was published on { $date }.
notice-superseded = You are reading a superseded release.
notice-upcoming = You are reading an upcoming release. It is not in force yet.
notice-draft = You are reading a draft. Text and new numbers are provisional.
notice-link = Go to the current release
guideline-licence = Licence
guideline-contact = Contact
guideline-publisher = Publisher
guideline-authorities = Applied by

## Chapters, paragraphs and margin numbers

chapters = Chapters
chapter-position = Chapter { $position }
chapter-changed = changed
chapter-new = new chapter
chapter-gone = Deleted chapter
chapters-gone = Deleted chapters
chapter-gone-text = No longer contained in { $release }.
chapter-gone-last = Last contained in { $label }
chapter-values = Value pairs
chapter-talks = Talks
chapter-chapters = Related chapters
chapter-backlinks = Mentioned in
backlinks-count = is named in ({ $count })
version-absent = not contained
number-word = no.
number-label = no. { $number }
number-provisional = provisional
number-history = History
number-pinned = Link to this release
number-gone = deleted
unit-block = paragraph
unit-item = list item
unit-row = table row
unit-heading = heading
unit-chapter = chapter
unit-item-of = item { $item }
unit-row-of = row { $item }
gone-deleted = (deleted)
gone-merged = (merged into no. { $into })
gone-moved = (now in “{ $place }”)
footnotes-title = Footnotes
footnote-back = Back to the text of footnote { $number }
table-label = Table { $number }

## Callouts

callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Warning
callout-caution = Caution
callout-example = Example

## Changes

changes = Changelog
changes-of = Changes in { $release }
changes-since = Changes since { $release }
changes-against = { $release } against { $base }
view-changes = Changelog
view-synopsis = Side by side
view-redline = Redline
changes-overview = Overview
changes-none = No paragraph has changed.
words-kept = { $percent }% of the words of { $base } are kept.
place-from = before
place-to = now
reason = Reason for the change
reason-refs = Based on
fold = { $count ->
    [one] One unchanged paragraph
   *[other] { $count } unchanged paragraphs
 }
fold-rows = { $count ->
    [one] One unchanged row
   *[other] { $count } unchanged rows
 }
fold-items = { $count ->
    [one] One unchanged item
   *[other] { $count } unchanged items
 }
fold-headings = { $count ->
    [one] One unchanged heading
   *[other] { $count } unchanged headings
 }
number-was = formerly no. { $number }
table-of = Table in no. { $number }
key = Signs
key-sample = text
key-target-sample = target
key-inserted = only in { $release }
key-deleted = was only in { $base }
key-moved = stands at another place; the old place and the new one lead to each other
key-target = target of a link that is new or gone
key-break = end of a paragraph or line that is new or gone
key-cell = where two cells of a table meet
key-footnote = text of a footnote
kind-unchanged = unchanged
kind-inserted = inserted
kind-amended = amended
kind-moved = moved
kind-split = split
kind-merged = merged
kind-deleted = deleted
kind-editorial = editorial
kind-renamed = renamed
facet-force-strengthened = strengthened
facet-force-weakened = weakened
facet-force-changed = normative force changed
facet-force-came = new: { $word }
facet-force-went = dropped: { $word }
facet-reference = reference changed
facet-number = figure changed
facet-date = date changed
cause-technology = technology
cause-society = society
cause-law = law
cause-practice = practice
ins-start = inserted:
ins-end = end of insertion
del-start = deleted:
del-end = end of deletion

## AI labs and talks

calendar = Dates as a calendar (iCalendar)
values-skos = As a taxonomy (SKOS):
lab-label = AI lab { $number }
lab-talks = Talks
lab-date = Date
lab-place = Place
lab-format = Format
lab-format-online = online
lab-format-on-site = on site
lab-format-hybrid = hybrid
format-talk = Talk
format-practice = Case from practice
format-workshop = Workshop
format-interview = Interview
format-discussion = Discussion
time = { $time }
lab-number = No.
lab-title = Title
labs-of-format = Talks of the format “{ $format }”
labs-of-topic = Talks on “{ $topic }”
labs-formats = By format
labs-topics = By topic
labs-of-speaker = Talks by { $speaker }
labs-speakers = Speakers
labs-by-speaker = By speaker
labs-by-name = All names
labs-talks = { $count ->
    [one] one talk
   *[other] { $count } talks
}
labs-timeline = Timeline
labs-timeline-label = Timeline of the labs. The table below gives the same dates.
labs-timeline-table = As a table
filters = Filter the talks
filter-any = all
filter-count = { "{" }shown{ "}" } of { "{" }all{ "}" } talks
filter-year = Year
filter-format = Format
filter-value = Value pair
filter-authority = Authority
filter-speaker = Speaker
filter-topic = Topic
talk-minutes = { $minutes } minutes
talk-transcript = Transcript
talk-withdrawn = Consent to the publication of this talk was withdrawn. Its summary, documents and names are therefore no longer shown.
talk-withdrawn-short = consent withdrawn
nav-search = Search
search-label = Search the guidelines, talks and pages
search-older = earlier releases too
search-noscript = Without JavaScript the page cannot search; below is everything that has a name.
search-results = Results
search-more = More results
search-names = Everything from A to Z
search-one = One result.
search-many = { "{" }count{ "}" } results.
search-none = Nothing was found for “{ "{" }query{ "}" }”.
search-failed = The search is not available here.
search-meant = Did you mean { "{" }words{ "}" }?
search-kind = Kind
search-kind-chapter = Chapter
search-kind-talk = Talk
search-kind-value = Value pair
search-kind-experience = Experience
search-kind-authority = Authority
search-kind-person = Person
search-kind-term = Term
search-kind-page = Page
talk-lab = AI lab
talk-date = Date
talk-speakers = Speakers
talk-language = Language
talk-topics = Topics
talk-values = Value pairs
talk-release = In force at the time
talk-media = Material
talk-no-recording = There is no recording of this talk.
talk-rights = Rights
talk-chapters = Chapters of the guidelines
talk-numbers = Margin numbers
talk-related = Related talks
media-slides = Slides
media-audio = Audio
media-video = Video
media-captions = Captions
media-transcript = Transcript
media-link = Link
media-external = external site: { $host }

## Cross-references

related = See also
fact-authority = Authority
fact-date = Date
fact-works-by = Works by
fact-since = Changed since then
fact-website = Website
fact-synonyms = Also called
language-de = German
language-en = English
language-fr = French
backlink-chapter = Chapters
backlink-number = Margin numbers
backlink-talk = Talks
backlink-value = Value pairs
backlink-experience = Lessons from practice
backlink-authority = Authorities
backlink-term = Glossary
backlink-page = Pages
backlink-reason = led to a change of
backlink-person = People
value-synonyms = Also searched as
norms-text = Legal norms named on this site, with every place.
norms-official = Official text

## Not found

not-found-title = This page does not exist
not-found-text = There is no page at this address. Published releases keep their address; perhaps there is a typing error in it.
editorial-marks = emphasis or markup only
redirect-title = This page has moved
redirect-link = To the new address

## Paragraphs, filters, feedback

archive = Archive
archive-size = ZIP, { $size } kB
archive-about = This release to keep: it opens in any browser without the Internet, and holds the sources and checksums.
citation = Suggested citation
citation-files = Cite as:
citation-lab = AI lab { $number }: { $title }
citation-talk = Talk
citation-release = { $release } of { $date }
number-following = Link to the text in force
feedback = Feedback on no. { $number }
number-hint = Each margin number leads to its citation, its links and feedback.
experience = From practice
numbers = Margin numbers
numbers-text = Each number leads to what its paragraph says today and to its history in all releases.
numbers-others = No longer in force
number-kicker = One paragraph in all releases
number-kicker-several = One number in several series
number-gone-now = This paragraph is gone in { $release }.
number-gone-into = Its text now stands in
number-last-in = Last in { $release }
number-read-in = Read in context: { $release }
number-series = numbered since { $release }
number-several = The number { $number } is in several series. Which paragraph is meant depends on the release that is cited.
number-holds = Part of
number-all-series = No. { $number } in all series
number-successor = In today's numbering:
number-first = contained for the first time
nav-numbers = Previous and next paragraph
moved-to = { $what } now stands in “{ $place }”
moved-from = moved here from “{ $place }”
filter = Show only
filter-all = all { $count }
filter-kind = Kind
filter-facet = Content
filter-cause = Cause
filter-chapter = Chapter

## Consultation, timeline, coverage

consultation = Consultation draft
consultation-open = The draft of the next release is open for consultation. Feedback is possible until { $date }.
consultation-read = Read the draft
consultation-changes = Proposed changes against { $label }
consultation-how = How to give feedback
consultation-text = This draft is open for consultation until { $date }. Each margin number leads to feedback that already names release, number and address.
consultation-contact = On the whole, write to { $contact }.
notice-consultation = You are reading a consultation draft. Text and new numbers are provisional; feedback is possible until { $date }.
notice-announced = From { $date } a new release is in force:
concordance = Concordance
concordance-of = Concordance: numbers in { $base } and now
concordance-text = { $release } numbers the paragraphs anew. Here stands for each old number the new one, and for each new number the old one.
concordance-caption = Margin numbers in { $from } and the paragraphs that correspond to them in { $to }
concordance-old = Old numbers
concordance-new = New numbers
concordance-fresh = new
concordance-files = For further use
concordance-csv = Table (CSV)
concordance-json = Data (JSON)
notice-concordance = The paragraphs are numbered anew:
times = Times in force
times-caption = Which release is in force on which days
times-open = until further notice
times-never = never in force, replaced before
timeline = Timeline
timeline-label = Timeline of the releases. The list below gives the same dates.
since = What changed since your release
since-text = What { $release } changed against the release you work by:
numbers-all = All margin numbers
coverage = Coverage
coverage-of = Coverage in { $release }
coverage-caption = Paragraphs of each chapter that name a value pair: { $release }
coverage-pair = Value pair
coverage-named = a focus of the chapter
coverage-none = not named
coverage-legend = The figure says how many paragraphs of the chapter name the pair, a dot that the chapter lists it as a focus. The shade repeats both.
coverage-changed = How the coverage changed
coverage-text = How far the chapters of each release take up the value pairs.
coverage-totals = Chapters and paragraphs that name a value pair, by release, with the difference to the one before
coverage-paragraphs-head = Paragraphs
labs-of-year = AI labs { $year }
labs-years = By year
labs-all = All years
coverage-paragraphs = { $count ->
    [0] no paragraph
    [one] one paragraph
   *[other] { $count } paragraphs
 }
coverage-chapters = { $count ->
    [0] no chapter
    [one] one chapter
   *[other] { $count } chapters
 }
copy = Copy
copied = Copied
copy-failed = Please copy by hand
today = today

## For language models (llms.txt)

llms-forms = Each chapter of each release is also at its address as Markdown (index.md) and as JSON (index.json). Each paragraph has a margin number that it keeps through the releases of one series, and an address under it that stays.
llms-releases = All releases with their chapters (JSON)
reason-told = as at
against = against { $release }:
today-in = in { $release }
numbers-upcoming = In an upcoming release

## Report (diff)

unit-header = header
report-from = from “{ $place }”
report-reason = why:
report-reason-as = why: as at { $place }
report-reason-as-part = why: as at “{ $place }”
report-suggestions = Perhaps one, but not surely enough ([[lineage]] in release.toml would say so):
report-similar = { $percent }% alike
report-level = level { $from } → { $to }
report-first = begins with { $to }, not { $from }
item-bullet = bullets
item-ordered = numbers
definition = definition
quote = quotation
figure = figure
