# What Leitwerk says about its input, in English. One message for each code of `code.rs`.
#
# The message begins in lower case, has no full stop and names the offending text. Attributes:
#   .help   what to do next; not shown where a suggestion is
#   .label  a few words beside the underlined place; .first and others: beside a second place
#   .cause and .cure  for `leitwerk explain`; full sentences, formatted without arguments. Blanks before a brace at the
#                     beginning of a line are lost: they are written inside, as in {"    [["}

did-you-mean = did you mean `{ $suggestion }`?
from-day = from { $day } on:

errors-one = { $count } error
errors-many = { $count } errors
warnings-one = { $count } warning
warnings-many = { $count } warnings

## 1xx: files

LW0101 = cannot read `{ $path }`: { $error }
    .help = see that it exists and that you may read it
    .cause =
        Leitwerk needs this file or folder and the system would not give it. Usually it does not
        exist, its permissions keep you out, or another program has locked it.
    .cure =
        Remove the reason that the message names and try again. If `content` itself is missing,
        create it beside `site.toml`, with at least `content/guidelines/1.0/release.toml` and one
        chapter.

LW0102 = line { $line } of `{ $path }` holds the byte { $byte }, which is not UTF-8
    .help = save the file with the encoding UTF-8
    .cause =
        The file was saved in an older encoding such as Windows-1252, in which ä, ö, ü and ß are
        written differently. The line is that of the first such character.
    .cure =
        Open the file in your editor, save it with the encoding "UTF-8", and check the umlauts.
        On the command line:

            iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md

LW0103 = the invisible character { $character } is not allowed
    .help = delete it
    .cause =
        Control characters are invisible, have no meaning in a text and can break pages and feeds.
        They mostly come with text pasted from a PDF or a word processor. Tabs and line ends are
        allowed.
    .cure =
        Go to the line and column that are named and delete the character. If you cannot find it,
        delete the words around it and type them anew.

LW0104 = the symbolic link `{ $path }` leads out of `content/`, in a circle or to nothing
    .help = replace the link by the file itself
    .cause =
        A symbolic link stands for a file or folder at another place. Leitwerk follows it only
        inside `content/`, so that the site holds all of its sources and nothing else on the
        computer is published by accident.
    .cure =
        Delete the link and copy the file to its place, or let the link point to a file inside
        `content/`.

LW0105 = `{ $path }` is not part of the site: nothing belongs at this place
    .help = move it to a folder that takes such files, or delete it
    .cause =
        Every `.md` and `.toml` file below `content/` must stand where Leitwerk looks for it;
        elsewhere its text would silently be missing from the site. Often the file lies one folder
        too high or too deep, or its name is misspelt. Pipes and other things that are no files
        are left out as well.
    .cure =
        Move the file to its place:

            content/index.md                        start page
            content/guidelines/1.0/01-ziele.md      chapter of a release
            content/talks/2021-05-ki-lab-1/x.md     talk, beside lab.toml
            content/values/x.md                     value pair
            content/pages/impressum.md              free page

        In the same way: `experiences/`, `authorities/`, `people/`, `glossary/`. To hide the
        warning, write `unexpected-file = "off"` under `[checks]` in `site.toml`.

LW0106 = `{ $path }` is missing
    .help = add the file
    .cause =
        The folder needs this file: without it, Leitwerk does not know what the other files of
        the folder belong to. Each folder below `content/talks/` is one KI-Lab and needs a
        `lab.toml`.
    .cure =
        Add the file, or move the folder elsewhere if it is none of this kind. A `lab.toml` looks
        like this:

            number = 1
            title = "Datenqualität"
            date = 2021-05-19
            format = "online"

LW0107 = the file name `{ $path }` holds characters that an address cannot have
    .help = rename it, best with lower case letters, digits and hyphens only
    .cause =
        The names of files and folders become addresses on the web. This name holds an invisible
        character, or was written on a system that encodes names differently.
    .cure =
        Rename the file, for example to `datenqualitaet-folien.pdf`, and adapt the links to it.

LW0108 = { $character } is invisible or belongs to no script
    .help = delete the character, or write what it stands for
    .cause =
        Characters such as the zero-width space, the bullet of a symbol font or the sign for an
        unreadable letter come with text pasted from a PDF or a word processor. Readers do not see
        them or see a box, search does not find the word around them, and comparisons differ.
    .cure =
        Delete the character and type what it stood for. Where it is meant, write
        `odd-character = "off"` under `[checks]` in `site.toml`.

LW0109 = Leitwerk knows no folder `content/{ $folder }`
    .help =
        { $hint ->
            [near] did you mean `{ $near }`?
           *[none] rename it to one of: { $known }
        }
    .cause =
        The folder holds Markdown or TOML files, and Leitwerk does not look there; their text would
        silently be missing from the site.
    .cure =
        Give the folder the name of what is in it: `guidelines`, `talks`, `values`, `experiences`,
        `authorities`, `people`, `glossary` or `pages`. Names are in English and in lower case.

## 2xx: TOML and front matter

LW0201 = this is not valid TOML: { $error }
    .help = write one `key = value` a line, texts in quotes, dates without, lists in [ ]
    .cause =
        Settings and front matter are written in TOML. Here a quote, a bracket, an equals sign or
        a line end is missing or stands at the wrong place, or a key is given twice.
    .cure =
        Correct the line that is named; the mistake may lie at the end of the line before.
        Correct TOML:

            title = "Datenqualität"
            date = 2026-03-01
            values = ["fairness-nichtdiskriminierung", "sicherheit-robustheit"]
            renumber = false

        A quote inside a text is written \" or the text is put in single quotes.

LW0202 = the { $what } is missing or has no end
    .help = put the keys between two lines `+++` at the top of the file
    .cause =
        Every Markdown file begins with its front matter: at least its title, between two lines
        that consist of `+++`. Here the first line is something else (even an empty line or
        `---`), or the second `+++` is missing.
    .cure =
        Begin the file like this:

            +++
            title = "Datenqualität"
            +++

            Here the text begins.

LW0203 = there is no key `{ $key }` in { $what }
    .help = use one of: { $known }
    .cause =
        Leitwerk knows all keys that a file of this kind can have, and this is none of them. It is
        misspelt, or belongs in another file or under another heading in brackets. It is refused
        because a setting that has no effect would go unnoticed.
    .cure =
        Correct the key or delete the line. In TOML, keys that belong to the whole file stand
        before the first heading in brackets:

            title = "Leitlinien"
            base_url = "https://example.org/leitlinien"
            language = "de"

        {"    ["}checks]
            broken-link = "warning"

LW0204 = `{ $key }` does not take this kind of value
    .help = write { $expected }
    .cause =
        The key is right, but its value is of another kind: for example a date in quotes, a number
        where a text belongs, or one text where a list belongs.
    .cure =
        Write the value as its kind demands:

            title = "Ziele"                 text: in quotes
            number = 3                      whole number: without quotes
            released = 2026-03-01           date: year-month-day, without quotes
            renumber = true                 true or false: without quotes
            values = ["fairness", "wuerde"] list: in square brackets, parted by commas

LW0205 = `{ $key }` is missing in { $what }
    .help = add a line `{ $key } = …`
    .cause =
        A file of this kind cannot do without this key: a chapter needs a title, a release its
        version and its date, and so on.
    .cure =
        Add the key. The keys that must be there:

            site.toml        title, base_url, language
            release.toml     version, released (not in the draft)
            lab.toml         number, title, date
            value pair       order, values
            other texts      title, between the +++ lines
        {"    [["}reason]]       text
        {"    [["}lineage]]      block, from
        {"    [["}media]]        kind, and either file or url
        {"    [["}menu]]         title, target
        {"    ["}norms.…]        url
        {"    ["}consultation]   until

LW0206 = this value is not allowed: expected { $expected }
    .cause =
        The value is of the right kind but not one that has a meaning here: a word outside the
        list of possible ones, an address without `https://`, a version that does not begin with a
        digit.
    .cure =
        Replace it by what the message expects. Some correct values:

            version = "1.1"
            base_url = "https://example.org/leitlinien"
            language = "de"
            format = "online"                                in lab.toml: or vor-ort, hybrid
            cause = "law"                                    or technology, society, practice
            values = ["Fairness", "Nichtdiskriminierung"]    a value pair has exactly two

LW0207 = the interface has no texts in the language `{ $language }`; it is in English
    .help = the languages it has are { $known }; a theme can bring another one as `{ $file }`
    .cause =
        The language of the content is also that of the menus, the buttons and the dates. There are
        no texts in it, so these are in English, while the content stays what it is.
    .cure =
        Give the theme the texts in this language. The names of all texts are in
        `themes/leitwerk/locales/en.ftl` of Leitwerk; those that are left out stay English.

            themes/haus/locales/fr.ftl
            site.toml: theme = "haus"

        To hide the warning, write `interface-language = "off"` under `[checks]` in `site.toml`.

## 3xx: Markdown

LW0301 = the id `{ $id }` is given twice in this text
    .label = given again here
    .first = first given here
    .help = give one of the two another id
    .cause =
        An id makes a heading or paragraph linkable, so it can stand only once in a text. Often a
        paragraph was copied together with its id.
    .cure =
        Change or delete the newer of the two; links that were published lead to the older one.

            ## Ziele {"{"}#ziele{"}"}

            ## Ziele der Erprobung {"{"}#ziele-erprobung{"}"}

LW0302 = the id `{ $id }` is reserved
    .help = choose another id
    .cause =
        Leitwerk gives ids of its own to margin numbers, footnotes and parts of its pages. An id
        may therefore not begin with `rn-`, `fn-`, `fnref-` or `lw-`, and not be `aenderungen`,
        `konkordanz`, `aktuell`, `entwurf`, `rn`, `jahr`, `format` or `thema`.
    .cure =
        Choose an id that names what the paragraph is about. Margin numbers are given by Leitwerk
        and are not written into the text.

            ## Änderungen {"{"}#aenderungen-am-verfahren{"}"}

LW0303 = `{"{"}#{ $id }{"}"}` cannot be an id
    .help = begin with a letter and use only letters, digits, `-`, `_` and `.`
    .cause =
        An id becomes part of an address, so it begins with a letter and has no spaces and no
        signs other than hyphen, underscore and full stop.
    .cure =
        Write it without spaces:

            ## Ziele und Grenzen {"{"}#ziele-und-grenzen{"}"}

LW0304 = the id `{ $id }` has nothing to name
    .help = put it behind the heading or paragraph it names; each can have only one id
    .cause =
        An id on a line of its own names the paragraph, list, table or heading before it. Here
        nothing stands before it, or what stands there has an id already.
    .cure =
        Put the id at the end of the heading or paragraph, or on a line of its own after a list, a
        table or another block:

            Wer eingreift, wird nicht benachteiligt. {"{"}#eingriff{"}"}

            - erstens
            - zweitens

        {"    {"}#schritte{"}"}

LW0305 = the image `{ $url }` has no description
    .help = say in words what it shows: `![what it shows]({ $url })`
    .cause =
        Readers who cannot see the image hear or read its description instead. Public bodies are
        obliged to provide one.
    .cure =
        Write between the brackets what the image tells, not that it is an image:

            ![Die Einführung hat fünf Schritte, von der Idee bis zum Betrieb](prozess.svg)

        With `missing-alt = "warning"` under `[checks]` in `site.toml` the site is built all the
        same.

LW0306 = there is no footnote `{ $name }`
    .help = add its text as a paragraph of its own: `[^{ $name }]: …`
    .cause =
        The text refers to a footnote whose text is not in this file. Its name is misspelt at one
        of the two places, or the footnote was deleted or stayed behind in another chapter.
    .cure =
        Write the footnote anywhere in the same file, after an empty line:

            Die Pflichten werden schrittweise wirksam.[^uebergang]

        {"    ["}^uebergang]: Siehe Artikel 113.

        If the brackets are meant as they stand, write \[^x]. With `unknown-footnote = "warning"`
        under `[checks]` in `site.toml` the site is built all the same; then they are shown as
        written.

LW0307 = nothing refers to the footnote `{ $name }`
    .help = refer to it with `[^{ $name }]`, or delete it
    .cause =
        The footnote has a text, but no place refers to it, so no reader would ever see it.
    .cure =
        Put the reference where the footnote belongs, or delete the footnote:

            Die Pflichten werden schrittweise wirksam.[^uebergang]

        {"    ["}^uebergang]: Siehe Artikel 113.

        To hide the warning, write `unused-footnote = "off"` under `[checks]` in `site.toml`.

LW0308 = there are two footnotes `{ $name }`
    .label = and here again
    .first = first given here
    .help = give one of them another name
    .cause =
        Two footnotes of one file have the same name, so it is not clear which one a reference
        means. Often text was copied together with its footnote.
    .cure =
        Rename one of them, in the text and at the footnote. Names need not be numbers; the page
        numbers the footnotes itself.

            Erster Satz.[^frist] Zweiter Satz.[^ausnahme]

        {"    ["}^frist]: Zwölf Monate.

        {"    ["}^ausnahme]: Mit Zustimmung länger.

LW0309 = there is no callout `{ $name }`
    .help = use one of: { $known }
    .cause =
        A quotation that begins with a word in `[!…]` becomes a callout, a highlighted box. Only
        certain words can stand there.
    .cure =
        Use HINWEIS, TIPP, WICHTIG, WARNUNG, VORSICHT or BEISPIEL, or their English names:

            > [!WICHTIG] Ein Abbruch ist ein Ergebnis
            > Auch eine abgebrochene Erprobung wird ausgewertet.

        With `unknown-callout = "warning"` under `[checks]` in `site.toml` the site is built all the
        same; then it is shown as a quotation.

LW0310 =
    { $reason ->
        [attribute] `{ $tag }` has an attribute that is not allowed
        [block] `{ $tag }` cannot stand inside a paragraph
        [stray] `{ $tag }` does not belong to a tag that is open here
        [broken] `{ $tag }` is not a complete HTML tag
        [unclosed] `{ $tag }` is never closed
       *[tag] the HTML tag `{ $tag }` is not allowed
    }
    .help =
        { $reason ->
            [attribute] keep only `cite`, `datetime`, `dir`, `lang`, `open` and `title`
            [block] put it on a line of its own, with an empty line before it
            [stray] delete it, or add the tag it belongs to in the same paragraph
            [broken] complete it, or write `&lt;` for the sign <
            [unclosed] close it in the same paragraph or block
           *[tag] write it in Markdown, or write `&lt;` for the sign <
        }
    .cause =
        A text is written in Markdown; of HTML only a few harmless tags pass, and each must be
        closed in the paragraph or block where it was opened. All others could break the page, its
        accessibility or its safety.
        In running text: abbr, b, bdi, bdo, br, cite, code, del, dfn, em, i, ins, kbd, mark, q, s,
        samp, small, span, strong, sub, sup, time, u, var, wbr. On lines of their own also:
        details, summary (directly inside details), div, hr. Attributes: cite, datetime, dir,
        lang, open, title.
    .cure =
        Say it in Markdown, or use an allowed tag:

            Das <abbr title="Sozialgesetzbuch">SGB</abbr> und CO<sub>2</sub>

        For an image write ![description](file.svg), for a link [text](address). With
        `raw-html = "warning"` under `[checks]` in `site.toml` the site is built all the same;
        then such tags are left out and only their text stays.

LW0311 = lists and quotations are nested more than { $deepest } levels deep here
    .help = nest them less deeply
    .cause =
        So many levels can neither be read nor shown. Mostly they are a mistake, such as a long
        row of `>` or an indentation that grows from line to line.
    .cure =
        Bring the text back to a few levels, or make sections with headings of it. To show many
        `>` or `*` as such, put them in a code block.

LW0312 = the chapter has no text
    .help = write its text below the front matter, or delete the file
    .cause =
        The file has a title but nothing below it, so its page would be empty.
    .cure =
        Write at least one paragraph after the second `+++`:

            +++
            title = "Datenqualität"
            +++

            Verwaltungsdaten entstehen, um Fälle zu erledigen.

        To hide the warning, write `empty-chapter = "off"` under `[checks]` in `site.toml`.

LW0314 = a heading with one `#` competes with the title of the page
    .help = begin headings with `##`, and delete one that only repeats the title
    .cause =
        The page's top heading is the `title` of its front matter, and a page has only one. Because
        the text has a top heading too, all headings of this text are shown one level lower.
    .cure =
        Give the title in the front matter only, and begin the text's headings with two `#`:

            +++
            title = "Datenqualität"
            +++

            ## Was gute Daten ausmacht

        To hide the warning, write `top-heading = "off"` under `[checks]` in `site.toml`.

LW0316 = the table has no column for `{ $text }`
    .help = add a column to the table's first row, or write `\|` for a stroke that is no border
    .cause =
        This row has more cells than the first row of the table. Markdown leaves out the cells that
        have no column, so readers would never see them.
    .cure =
        Give every column a heading, or escape the stroke:

            | Frist | Bemerkung |
            | --- | --- |
            | zwölf Monate | gilt für Text \| Bild |

        With `lost-cells = "warning"` under `[checks]` in `site.toml` the site is built all the
        same, without these cells.

## 4xx: releases, slugs, addresses

LW0401 = the release folder `{ $path }` has no `release.toml`
    .help = add `release.toml` with `version` and `released`; in `draft/` it may be empty
    .cause =
        Each folder below `content/guidelines/` is a release, or the draft, and says in its
        `release.toml` which one.
    .cure =
        Add the file, or move a folder that is no release elsewhere. A `release.toml` looks like
        this:

            version = "1.0"
            released = 2022-11-30

LW0403 = two files claim the slug `{ $slug }`
    .label = claims it again
    .first = claimed first here
    .help = rename one of the files, give it another `slug`, or delete the alias
    .cause =
        A slug is the part of the address that stands for one page. It comes from the file name
        without its number, from `slug` or from `aliases` in the front matter. Among pages of one
        kind each can be used only once: `01-ziele.md` and `02-ziele.md` have the same.
    .cure =
        Give one of the pages a slug of its own; keep that of the page that was published first.

            +++
            title = "Ziele der Erprobung"
            slug = "ziele-erprobung"
            +++

LW0404 = the slug `{ $slug }` is reserved
    .help = rename the file, or set another `slug` in its front matter
    .cause =
        A page that Leitwerk makes itself has this address, for example the list of changes of a
        release. Reserved for chapters are `aenderungen`, `konkordanz`, `aktuell`, `entwurf`, `rn`,
        `jahr`, `format`, `thema` and the words that `[addresses]` in `site.toml` uses for them;
        for the files in `pages/` the names of the site's own parts, such as `leitlinien`, `werte`
        and `ki-lab`.
    .cure =
        Choose another word for the address; the title can stay.

            +++
            title = "Änderungen"
            slug = "aenderungen-im-betrieb"
            +++

LW0405 = `{ $slug }` cannot be part of an address
    .help = use lower case letters, digits and hyphens, and at least one letter or digit
    .cause =
        A slug is written in lower case without spaces and signs, and with ae, oe, ue and ss for ä,
        ö, ü and ß, so that it can be typed, read out and printed.
    .cure =
        Write the slug or alias in that way, or rename the file if its name has no letters and
        digits:

            slug = "datenqualitaet-und-bias"

LW0406 = the draft cannot have `{ $key }`
    .help = delete this line; `leitwerk release` sets it when a release is cut
    .cause =
        The folder `draft/` holds the working text, which has no version and no date yet. Both are
        set when it becomes a release.
    .cure =
        Delete `version` and `released` from `content/guidelines/draft/release.toml`. To make a
        release of the draft:

            leitwerk release 1.1

LW0407 = there are no chapters in `{ $folder }`
    .help = add a chapter such as `01-ziele.md`
    .cause =
        A release consists of its chapters: the `.md` files directly in its folder. Here there are
        none, or they lie one folder deeper.
    .cure =
        Put the chapters beside `release.toml`; the number gives their order and is no part of the
        address:

            content/guidelines/1.0/release.toml
            content/guidelines/1.0/01-wertegrundlage.md
            content/guidelines/1.0/02-einfuehrung.md

LW0408 =
    { $reason ->
        [self] the release `{ $version }` cannot follow itself
        [circle] the release cannot follow `{ $version }`, which follows this one
        [later] the release cannot follow `{ $version }`, which came out later
       *[missing] no release `{ $version }` comes before this one
    }
    .label =
        { $reason ->
            [self] follows itself
            [circle] leads in a circle
            [later] follows a later one
           *[missing] not there
        }
    .self = this release
    .circle = leads back to it
    .later = the later release
    .help =
        { $reason ->
            [first] delete the line; this is the first release
            [missing] name one of the earlier releases, { $known }, or delete the line
           *[circle] name the `version` of an earlier release, or delete the line
        }
    .cause =
        `predecessor` says which release this one continues, and with which it is compared. It must
        name another release that exists and came out earlier; so no two can follow each other.
    .cure =
        Mostly the line can be left out: then the release before by date is taken. Otherwise name
        an existing version:

            version = "1.0.1"
            released = 2024-06-01
            predecessor = "1.0"

LW0409 = there are two KI-Labs with the number { $number }
    .label = has the number of the other
    .first = the other one
    .help = correct the `number` of one of them
    .cause =
        The number is the lab's address, such as `/ki-lab/3/`, so each can be used only once. Often
        a `lab.toml` was copied and the number not changed.
    .cure =
        Correct the number in the `lab.toml` of the newer one:

            number = 4
            title = "Entwurfsmuster"
            date = 2022-09-14

LW0410 = there is no release and no draft in `{ $path }`
    .help = add a folder such as `1.0` with a `release.toml` and a chapter
    .cause =
        The site has no guidelines yet. Leitwerk needs one release, or a draft, to build a site
        from.
    .cure =
        The smallest release is these two files:

            content/guidelines/1.0/release.toml
            content/guidelines/1.0/01-ziele.md

        with the `release.toml`

            version = "1.0"
            released = 2026-03-01

LW0411 =
    { $problem ->
        [name] nothing can have the address `{ $address }`: it is kept for Leitwerk, or no name of a file
        [folder] the address `{ $address }` lies below `{ $file }`, which is a file
       *[same] two things have the address `{ $address }`
    }
    .first = the other one
    .help =
        { $problem ->
            [name] choose another address
           *[same] it belongs to { $owner ->
                [page] the page “{ $owner_name }”
                [alias] an alias
                [redirect] a redirect
                [in-force] what leads to the release in force
                [file] the file `content/{ $owner_name }`
               *[program] a file that Leitwerk or the theme makes
            } and to { $other ->
                [page] the page “{ $other_name }”
                [alias] an alias
                [redirect] a redirect
                [in-force] what leads to the release in force
                [file] the file `content/{ $other_name }`
               *[program] a file that Leitwerk or the theme makes
            }: delete the alias or redirect, or give one of them another name
        }
    .cause =
        Only one thing can be found at one address. An alias, a redirect or a file has the address of
        another page or of a part of the site. Nor can there be anything below the address of a
        file: below `/llms.txt` there is no `/llms.txt/alt/`.
    .cure =
        Give the newer page another slug, or delete the alias or redirect:

            +++
            title = "Unsere Werte"
            slug = "unsere-werte"
            +++

LW0412 = the redirect of `{ $address }` leads back to where it began
    .label = never arrives
    .other = neither does this
    .help = let one of them lead to a page
    .cause =
        Redirects lead to each other in a circle, or one leads to itself. A browser gives up after
        some rounds and shows an error. Redirects that lead into the circle never arrive either.
    .cure =
        Let each lead straight to a page of the site:

        {"    ["}redirects]
            "/alt/" = "/neu/"
            "/uralt/" = "/neu/"

LW0417 = the redirect of `{ $address }` leads to `{ $next }`, which only leads on
    .label = arrives by a detour
    .next = this leads on
    .help = lead it straight to `{ $target }`
    .cause =
        A redirect or an alias leads to an address that is itself only a redirect. Each step costs the
        reader a request, crawlers give up after a few, and who deletes the one in the middle loses
        both. The addresses that follow the release in force are the exception: to lead there is meant.
    .cure =
        Name the page at the end of the way:

        {"    ["}redirects]
            "/alt/" = "/neu/"
            "/uralt/" = "/neu/"

LW0418 = the talk is said to be on { $date }, but the lab was on { $days }
    .lab = the day of the lab
    .help = correct `date`, or give the lab its last day with `end` in `lab.toml`
    .cause =
        A talk is part of its lab, so its day is one of the lab's days.
    .cure =
        Correct the day, or leave `date` out where the lab has one day only. A lab of several days says so
        in its `lab.toml`:

            date = 2026-03-04
            end = 2026-03-05

LW0419 = the id `{ $id }` is that of another talk
    .first = first here
    .help = give one of the two another id
    .cause =
        An id names a talk for good, whatever becomes of its title and address; programs tell talks
        apart by it.
    .cure =
        Give each talk an id of its own, or leave it out. Where the file was copied, the id is the
        original's.

## 5xx: references and links

LW0501 =
    { $reason ->
        [bare] `{ $target }` does not say what kind of thing it refers to
        [unclosed] the reference `{ $target }` does not end
       *[kind] there is no kind of reference `{ $kind }`
    }
    .help =
        { $reason ->
            [unclosed] close it with two brackets, in the same paragraph; inside there are none
           *[kind] put one of these and a colon before the target: { $known }
        }
    .cause =
        A reference in double brackets names a kind, a colon and a target. Here the kind is missing
        or not one that Leitwerk knows, or the two brackets at the end are.
    .cure =
        Use one of the kinds, in German or English: wert/value, vortrag/talk, lab,
        kapitel/chapter, rn, fassung/release, behoerde/authority, erfahrung/experience, person,
        glossar/term, seite/page, norm.

        {"    [["}wert:fairness-nichtdiskriminierung]]
        {"    [["}vortrag:1/datenqualitaet|der erste Vortrag]]
        {"    [["}norm:KI-VO Art. 14 Abs. 1]]

        If the brackets are meant as they stand, write \[[Wort]].

LW0502 = `{ $kind }:{ $target }` refers to nothing
    .help = correct the target, or add what it refers to
    .cause =
        The kind is right, but there is nothing of this name: it is misspelt, was renamed or does
        not exist yet. Names are those of the addresses, not of the titles: a talk is the number of
        its lab and its file name, a chapter its file name without the number.
    .cure =
        Look up the file and use its name without `.md`. If the page was renamed, add the old name
        to `aliases` in its front matter.

        {"    [["}vortrag:1/datenqualitaet]]          content/talks/…/datenqualitaet.md, lab number 1
        {"    [["}kapitel:datenqualitaet#bias]]       04-datenqualitaet.md, at the id bias
        {"    [["}rn:1.0/12a]]                        margin number 12a of release 1.0
            values = ["sicherheit-robustheit"]    in front matter: without kind and brackets

        To build all the same, write `broken-reference = "warning"` under `[checks]` in
        `site.toml`.

LW0503 = the link leads to `{ $url }`, which does not exist
    .help =
        { $place ->
            [settings] write the address of a page as it stands in the browser, from the site's root, like `/werte/`
           *[text] write the path of the file as seen from the folder of this text
        }
    .cause =
        A link without `https://` leads to a file of the site, and no file is there. It was renamed
        or moved, or the path is not written from the folder of the text in which the link stands.
    .cure =
        Link to the source file, with its number and `.md`; Leitwerk turns it into the address:

        {"    ["}Ziele](02-einfuehrung.md#ziele)
        {"    ["}Impressum](../../pages/impressum.md)
        {"    ["}Folien](datenqualitaet-folien.pdf)

        To build all the same, write `broken-link = "warning"` under `[checks]` in `site.toml`.

LW0504 = there is no heading or paragraph `#{ $fragment }` in `{ $target }`
    .consent = since the consent was withdrawn here, the text is shown no longer
    .help = correct the part behind `#`, or give the paragraph this id
    .cause =
        The part of a link behind `#` is the id of a heading or paragraph, and the text has none of
        this name. An id that is not written out follows the words of its heading, so it changes
        when the heading does.
    .cure =
        Give the heading or paragraph an id of its own; then the link outlasts new wording:

            ## Ziele und Grenzen {"{"}#ziele{"}"}

            Siehe [die Ziele](02-einfuehrung.md#ziele).

        To build all the same, write `broken-link = "warning"` under `[checks]` in `site.toml`.

LW0505 = the image file `{ $url }` does not exist
    .help = put the file there, or correct its path as seen from the folder of this text
    .cause =
        The text shows an image, and no file is at this place. It was not copied along, or its name
        differs, be it only in upper and lower case.
    .cure =
        Put the image beside the text and name it exactly as it is called:

            ![Die Einführung hat fünf Schritte](prozess.svg)

        To build all the same, write `missing-image = "warning"` under `[checks]` in `site.toml`.

LW0506 =
    { $reason ->
        [from-draft] `{ $url }` leads from the draft into the folder of a release
        [page-to-draft] `{ $url }` leads into the draft, which is not always published
       *[to-draft] `{ $url }` leads from a release into the draft
    }
    .help =
        { $reason ->
            [from-draft] link to the file in `draft/`, or name the release: `[[kapitel:1.0/ziele]]`
            [page-to-draft] name the chapter without a folder, as in `[[kapitel:ziele]]`: the release in force is meant
           *[to-draft] link to the file in this release's own folder
        }
    .cause =
        A release stays as it is for good, while the draft changes daily and may not be published
        at all, so no release can link to it. A link from the draft into the folder of a release
        would still lead to the old text after the draft has become a release.
    .cure =
        Link to the chapter in the same folder. Where the older text is really meant, name its
        release:

        {"    ["}Ziele](02-einfuehrung.md#ziele)
        {"    [["}kapitel:1.0/einfuehrung#ziele]]

LW0507 = the margin number `{ $number }` occurs in several series
    .help = say which release is meant, `[[rn:VERSION/{ $number }]]`, with one of: { $known }
    .cause =
        A release began to count its paragraphs from 1 again (`renumber = true`), so the same
        number now stands for different paragraphs.
    .cure =
        Put the release and a slash before the number:

        {"    [["}rn:1.0/12]]

LW0508 = the law `{ $act }` is not listed in `site.toml`
    .help = add `[norms."{ $act }"]` with its `url` to `site.toml`
    .cause =
        Leitwerk links laws to their official text and takes the address from `[norms]` in
        `site.toml`. This short name is not there, or is written differently.
    .cure =
        Write the short name as it stands there, or add the law:

        {"    ["}norms."KI-VO"]
            title = "Verordnung (EU) 2024/1689"
            url = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"

        To build all the same, write `unknown-act = "warning"` under `[checks]` in `site.toml`.

LW0509 = there is no release `{ $version }`
    .help = use the `version` of an existing release: { $known }
    .cause =
        A reference, `implements` or `[valid_from]` names a release that no folder below
        `content/guidelines/` holds. What counts is `version` in `release.toml`, not the name of
        the folder.
    .cure =
        Name the version exactly as in `release.toml`, in quotes where it stands in TOML:

        {"    ["}valid_from]
            "1.1" = 2024-01-01

        In a reference: {"[["}kapitel:1.1/datenqualitaet]].

LW0510 = the link `{ $url }` begins in a way that is not allowed
    .help = use an address that begins with `https://`, or the path of a file of this site
    .cause =
        What stands before the colon says how a link is opened. Only ways that are safe for the
        reader are allowed; `javascript:`, `file:` and the like are not, and `file:` would work
        only on your own computer.
    .cure =
        Use one of these:

        {"    ["}Amtlicher Text](https://eur-lex.europa.eu/eli/reg/2024/1689/oj)
        {"    ["}Schreiben Sie uns](mailto:redaktion@example.org)
        {"    ["}Folien](datenqualitaet-folien.pdf)

LW0511 = the file `{ $path }` of this talk does not exist
    .help = put it beside the talk, or correct `file`
    .cause =
        The talk names slides, a recording or another file under `[[media]]`, and there is no such
        file in its folder.
    .cure =
        Put the file into the folder of the talk and name it exactly as it is called. For something
        elsewhere on the web write `url` in place of `file`.

        {"    [["}media]]
            kind = "slides"
            file = "datenqualitaet-folien.pdf"

        To build all the same, write `missing-media = "warning"` under `[checks]` in `site.toml`.

LW0512 = the image `{ $url }` would be loaded from another host
    .help = put the image beside the text and name its file, or make it a link
    .cause =
        A page that loads something from elsewhere tells that host who reads it, and shows a gap when
        that host is gone. The pages of this site load nothing from elsewhere.
    .cure =
        Save the image in the folder of the text, if its rights allow that:

            ![Ablauf der Prüfung](ablauf.svg)

LW0513 = the picture `{ $url }` lies outside `content/{ $folder }`, so that no seal can keep it
    .help = copy it into that folder and name it there; a release with it is not sealed
    .cause =
        A seal covers the files of a release's folder. A picture that lies elsewhere could be changed later,
        and with it what a sealed release shows.
    .cure =
        Copy the picture beside the chapter and write only its name:

            cp content/pages/ablauf.svg content/guidelines/draft/

LW0514 = the file `{ $path }` cannot be { $kind }
    .help = correct `kind`, or name a file that ends in one of { $fitting }
    .cause =
        Readers are told what they get, and a player shows what it can play. So a medium is of a type
        that its kind can have.
    .cure =
        Write the kind that the file is (`slides`, `audio`, `video`, `captions`, `transcript`), or export
        the file in one of the types that are listed. Anything else can be a `link`.

LW0515 = the file `{ $path }` is no { $expected }: its first bytes say { $found }
    .help = export it again, or give it the name of what it is
    .cause =
        The first bytes of a file tell its type. Here they tell another one than the name, so that
        browsers and programs would fail to open it. Often a file was only renamed, or a download ended
        with a page that says what went wrong.
    .cure =
        Open the file and look. Then save it in the type that its name says.

LW0516 = { $mistake ->
        [header] these are no WebVTT captions: the first line must be `WEBVTT`
        [no-times] a cue without times
        [times] these are no times of a cue
        [backwards] a cue that ends before it begins
        [order] a cue that begins before the one above it
       *[empty] a cue without text
    }
    .help = a cue is a line with its times, such as `00:01.000 --> 00:04.500`, and below it what is said
    .cause =
        Captions are for people who do not hear the recording, and the transcript is made of them. Browsers
        drop a broken cue without a word.
    .cure =
        Write each cue after a blank line, its times with full stops before the thousandths, the first cue
        first:

            WEBVTT

            00:01.000 --> 00:04.500
            Wer prüft das Ergebnis?

            00:04.500 --> 00:07.000
            Eine Fachkraft, und zwar vor dem Bescheid.

LW0517 = the file `{ $path }` is withheld: a talk that may no longer be published names it too
    .consent = the consent was withdrawn here
    .help = take the reference out, or, if the file is not that talk's, its name out of the talk
    .cause =
        Files that a talk names are no part of the site any more once its consent was withdrawn. This one is
        also named elsewhere, where it would leave a gap.
    .cure =
        If the file belongs to the talk, delete the reference. If it does not, such as the slides of a
        colleague which the talk only linked to, delete its name from the file of the withdrawn talk, whose
        text is not published anyway.

LW0518 = there is a person named `{ $name }`, whose page does not list this talk
    .help = name the person: `{"{"} person = "{ $slug }" {"}"}`
    .cause =
        A free name leads to all talks under that name. Here `people/` has a person of that name, whose page
        lists the talks that name it, so that this one is missing there.
    .cure =
        Write the person in place of the name. Role and authority stay beside it:

        {"    "}speakers = [{"{"} person = "beispiel", role = "Leitung" {"}"}]

        If it is another person of the same name, write `named-person = "off"` under `[checks]` in
        `site.toml`.

## 6xx: reasons and lineage

LW0601 =
    { $reason ->
        [heading] `{ $target }` is a heading, and only paragraphs have a lineage
        [first] a paragraph cannot come from `{ $target }`: no release comes before this one
        [text] `{ $target }` is not a margin number
        [gone] `{ $target }` is gone since release { $since }
        [merged] `{ $target }` was merged into Rn. { $into } in release { $since }
        [here] `{ $target }` is a number of this release, not of { $before }
        [elsewhere] `{ $target }` is a number of release { $release }, not of { $before }
        [never] no release has a paragraph `{ $target }`
       *[block] there is no paragraph `{ $target }` in this release
    }
    .help =
        { $reason ->
            [heading] write an id behind the paragraph, as in {"`{#bias}`"}, and name that
            [first] delete the number, or the whole entry `[[lineage]]`
            [text] name a paragraph of { $before } by its margin number, as in `"Rn. 7"`
            [never] { $last ->
                [none] delete the number; { $before } has no paragraphs
               *[number] name a margin number that { $before } has; the highest is Rn. { $last }
            }
            [block] name a chapter and the id of a paragraph, as in `"datenqualitaet#bias"`
           *[number] name a paragraph that { $before } has, or delete the number
        }
    .cause =
        An entry `[[lineage]]` tells where a paragraph came from. `block` must name a paragraph of
        this release by its chapter and id, `from` paragraphs of the release before by the margin
        numbers they have there. A number that is gone in that release cannot be an origin any more.
    .cure =
        Give the paragraph an id if it has none, and name both sides like this:

        {"    [["}lineage]]
            block = "datenqualitaet#bias"
            from = ["Rn. 7"]
            kind = "split"

LW0602 =
    { $reason ->
        [missing] a reason is given for `{ $target }`, which does not exist
        [covered] a reason is given for `{ $target }`, where every change has a more exact one
        [first] a reason is given for `{ $target }`, but no release comes before this one
       *[unchanged] a reason is given for `{ $target }`, where nothing changed
    }
    .other = this one is shown
    .help =
        { $reason ->
            [covered] delete `at` if it is the reason of the whole release, or delete this `[[reason]]`
            [first] delete `at` if it is the reason of the whole release, or delete this `[[reason]]`
           *[unchanged] correct `at`, or delete this `[[reason]]`
        }
    .cause =
        A reason explains a change against the release before. The place it names was not changed,
        is in neither of the two releases, or all its changes have reasons that name them more
        exactly. So the reason would be shown nowhere.
    .cure =
        Name a chapter, a chapter and an id, or the margin number of a deleted paragraph. Without
        `at` the reason is that of the whole release.

        {"    [["}reason]]
            at = "datenqualitaet#bias"
            text = "Die Erprobung hat gezeigt, dass die Vorgabe zu eng war."
            cause = "practice"

        To build all the same, write `useless-reason = "warning"` under `[checks]` in `site.toml`.

LW0603 = no reason is given for the change at `{ $target }`
    .help = add a `[[reason]]` with `at = "{ $target }"` and `text` to `release.toml`
    .cause =
        Here the release changes what the text before it said, and readers will ask why. Corrections
        of spelling and layout need no reason.
    .cure =
        Say why in the `release.toml` of the release or draft. `cause` (technology, society, law or
        practice) and `refs` may be left out.

        {"    [["}reason]]
            at = "datenqualitaet#bias"
            text = "Die Pflicht folgt nun aus der KI-Verordnung."
            cause = "law"
            refs = ["norm:KI-VO Art. 10"]

        To hide the warning, write `missing-reason = "off"` under `[checks]` in `site.toml`.

LW0604 =
    { $reason ->
        [block] two entries `[[lineage]]` tell where `{ $target }` came from
        [repeated] `{ $target }` is named twice as the origin of one paragraph
       *[number] `{ $target }` is said to go on in two paragraphs
    }
    .label =
        { $reason ->
            [block] told again here
            [repeated] named again here
           *[number] said again here
        }
    .first =
        { $reason ->
            [block] first told here
            [repeated] first named here
           *[number] first said here
        }
    .help =
        { $reason ->
            [block] keep one entry, and name all numbers in its `from`
            [repeated] delete one of the two
           *[number] write `kind = "split"` in the entry of each that is only a part of it; one at most goes on as itself
        }
    .cause =
        Two claims about the origin of a paragraph exclude each other. A paragraph of the release
        before can go on as itself, with its number, in one paragraph only; whatever else came from
        it is a part. And what a paragraph is is told in one entry.
    .cure =
        Name all numbers in one `from`. Where one paragraph became several, write `kind = "split"`
        at the parts that get a new number:

        {"    [["}lineage]]
            block = "datenqualitaet#bias"
            from = ["Rn. 7", "Rn. 8"]

        {"    [["}lineage]]
            block = "datenqualitaet#pruefung"
            from = ["Rn. 7"]
            kind = "split"

        A paragraph that goes on from one and has a part of another has two entries, of which one
        says `kind = "split"`.

LW0605 =
    { $reason ->
        [empty] no paragraph is named from which `{ $target }` came
       *[inserted] `{ $target }` cannot be inserted and come from other paragraphs
    }
    .label =
        { $reason ->
            [empty] names none
           *[inserted] says that it is new
        }
    .from = says where it came from
    .kind = says that it came from others
    .help =
        { $reason ->
            [empty] name margin numbers of the release before, or write `kind = "inserted"` if it is new
           *[inserted] write `from = []` if it is new, else another `kind` or none
        }
    .cause =
        What is inserted came from no other paragraph, and everything else came from one. `kind` and
        `from` of this entry do not agree on that.
    .cure =
        Say of a new paragraph that Leitwerk takes for an older one:

        {"    [["}lineage]]
            block = "datenqualitaet#bias"
            from = []
            kind = "inserted"

        Of a paragraph that is a part of an older one say `kind = "split"`.

LW0606 = a second reason is given for the change at `{ $target }`
    .label = given again here
    .first = first given here
    .help = join the two into one `[[reason]]`, with all of both in `text` and `refs`
    .cause =
        A change is shown with one reason. Two name the same place, or places that changed together,
        such as the parts of a split paragraph, so one of them would be shown nowhere.
    .cure =
        Write one reason that says both:

        {"    [["}reason]]
            at = "datenqualitaet#bias"
            text = "Die Pflicht folgt nun aus der KI-Verordnung. Die Erprobung hat sie bestätigt."
            cause = "law"
            refs = ["norm:KI-VO Art. 10", "vortrag:6/menschliche-aufsicht"]

## 7xx: themes

LW0701 = the template `{ $template }` does not work: { $error }
    .help = correct the template, or remove it so that the built-in one is used
    .cause =
        A file in `templates/` of the theme holds a mistake: a misspelt name, a bracket that is
        missing, or an `if` or `for` without its end.
    .cure =
        Correct the place that the message names. If the file is removed from your theme, the
        built-in template takes its place. A correct piece of a template:

        {"    {"}% if chapter.summary %{"}"}<p>{"{{"} chapter.summary {"}}"}</p>{"{"}% endif %{"}"}

LW0702 = the folder of the theme, `{ $path }`, does not exist
    .help = correct `theme` in `site.toml` or `LEITWERK_THEME`, or delete it for the built-in theme
    .cause =
        `theme` in `site.toml` names a folder below `themes/`, beside `site.toml`, and there is
        none of this name.
    .cure =
        Write the name of the folder exactly as it is called. For the folder `themes/denkfabrik/`:

            theme = "denkfabrik"

LW0703 = there is no file `{ $file }` in `static/` of the theme
    .help = put it there, or correct its name
    .cause =
        `theme.toml` names a logo or a font by its path below `static/` of the theme, and no file
        of the theme or of the built-in one stands there.
    .cure =
        Put the file into `static/` and write its path from there. For
        `themes/denkfabrik/static/logo.svg`:

            logo = "logo.svg"

LW0704 = the contrast of `{ $front }` ({ $front-colour }) on `{ $back }` ({ $back-colour }) is { $ratio }:1 in [{ $ground }]; { $needed }:1 is needed
    .help = make one of them lighter or the other darker
    .other = the other of the two
    .cause =
        WCAG 2.2, and with it EN 301 549 and the German BITV 2.0, ask for a contrast of 4.5:1
        between text and what it stands on, and of 3:1 for the lines around what is operated.
        Below that many people cannot read the page. A colour that the theme does not set is the
        built-in one.
    .cure =
        On a light ground darken the text, on a dark one lighten it. A quiet grey that can still
        be read on white:

        {"    [light]"}
            quiet = "#767676"

        To hide the warning, write `theme-contrast = "off"` under `[checks]` in `site.toml`; with
        "error" such a site is not built.

LW0705 = the index of the search cannot be made: { $error }
    .help = build with `--no-search-index` to leave it out
    .cause =
        The search of the site has an index that is made of all its texts. Making it failed, most often
        for want of memory.
    .cure =
        Free memory and build again, or leave the indexes out:

            leitwerk build --no-search-index

## 8xx: output

LW0801 = `{ $path }` holds files that Leitwerk did not write, or that were edited since: { $files }
    .help = move them elsewhere, or choose another folder with `-o`
    .cause =
        A build replaces the whole output folder, so Leitwerk notes in `.leitwerk-manifest` which
        files it wrote there. A file that is not in that list or has changed since may be
        somebody's work; to lose nothing, nothing is replaced.
    .cure =
        Choose a folder for the site alone, such as `leitwerk build -o public`, or move the files
        that are named to another place. What was edited in the output belongs in `content/` or in
        the theme; then delete the edited file, and the build writes it anew. If Git changed the
        line ends, delete the folder and list it in `.gitignore`.

LW0802 =
    { $reason ->
        [file] the site cannot be written to `{ $path }`, which is a file and not a folder
        [top] the site cannot be written to `{ $path }`, the top of the file system
        [site] the site cannot be written to `{ $path }`, which holds the sources of the site
        [sources] the site cannot be written to `{ $path }`, which belongs to the sources of the site
        [home] the site cannot be written to `{ $path }`, which is or holds your home folder
       *[other] the site cannot be written to `{ $path }`
    }
    .help = choose a folder that is used for nothing else, such as `public`, with `-o`
    .cause =
        A build replaces the whole output folder. A folder is therefore refused if it holds the
        site's own folder or your home folder, or lies in `content/`, `themes/`, `src/` or `.git/`.
    .cure =
        Name a folder that is used for nothing else; it need not exist yet. Without `-o` it is
        `public/` in the folder of the site.

            leitwerk build -o public

LW0803 = the site cannot be written, because of `{ $path }`: { $error }
    .help = see that the disk has space and that you may write there, then build again
    .cause =
        The system refused to write, rename or remove something in the output folder or beside it:
        the disk is full, a permission is missing, or another program holds a file open.
    .cure =
        Remove the reason that the message names and build again. The site that was there before is
        still in its place. What the failed build left beside it, in a folder such as
        `.public.leitwerk-1`, is removed by the next one.

## 9xx: command line

LW0901 = there is no site in `{ $root }`: `site.toml` is missing
    .help = go to the folder of the site, or name it with `-r DIR`
    .cause =
        The folder with `site.toml` is the site. Leitwerk looks for it in the current folder and
        upwards, or in the folder given with `-r`, and found none.
    .cure =
        Go to the folder of the site or name it, as in `leitwerk build -r ~/leitlinien`. For a new
        site write a `site.toml`:

            title = "Leitlinien"
            base_url = "https://example.org/leitlinien"
            language = "de"

LW0902 = there is no release `{ $version }`
    .help =
        { $hint ->
            [near] did you mean `{ $near }`? There are: { $known }
           *[none] use one of: { $known }
        }
    .cause =
        The version given on the command line is none of this site's. What counts is `version` in
        `release.toml`, not the name of the folder.
    .cure =
        Use a version that exists, or `draft` for the working text where two texts are compared:

            leitwerk diff 1.0 1.1
            leitwerk diff 1.1 draft

LW0903 = there is no error or warning `{ $code }`
    .help = use a code as it stands in brackets behind `error` or `warning`, such as `LW0203`
    .cause =
        `leitwerk explain` takes the code of an error or warning: LW and four digits. None has this
        one.
    .cure =
        Copy the code from the message, as in `error[LW0203]`. The letters LW and zeros at the
        beginning can be left out.

            leitwerk explain LW0203

LW0904 = { $reason ->
        [taken] there is a release `{ $version }` already
        [folder] the folder `content/guidelines/{ $version }` is there already
        [case] there is a folder of the name `{ $version }` in other letters, large or small
       *[form] `{ $version }` cannot be a version
    }
    .help =
        { $reason ->
            [form] use digits and points, as in `1.1` or `2.0.1`
           *[other] choose the next version; a release is never cut twice
        }
    .cause =
        A version names a release for good and is part of its addresses: letters, digits, `.`, `-` and
        `_`, with a digit first. None is given twice.
    .cure =
        Choose a version that is free:

            leitwerk release 1.2

LW0905 = there is no draft to make a release of
    .help = write the next release in `content/guidelines/draft/`, with a `release.toml`
    .cause =
        `leitwerk release` takes the chapters of `content/guidelines/draft/`. There is no such folder,
        or it has no `release.toml`.
    .cure =
        Copy the newest release and empty its `release.toml`:

            cp -r content/guidelines/1.0 content/guidelines/draft
            rm content/guidelines/draft/release.lock
            : > content/guidelines/draft/release.toml

        To seal a folder that is a release already, use `leitwerk seal`.

LW0906 = release { $version } is sealed already
    .help = leave it out
    .cause =
        A release is sealed once. Its lock says what it was then.
    .cure =
        Name only releases without a `release.lock`. `leitwerk verify` checks those that have one.

LW0907 = nobody was there to say yes
    .help = add `--yes`
    .cause =
        Releases are made for good, so that this is asked first. Standard input is no terminal.
    .cure =
        Look at what would happen, then say yes in advance:

            leitwerk release 1.2 --dry-run
            leitwerk release 1.2 --yes

LW0908 = the port { $port } cannot be taken: { $error }
    .help = choose another one with `--port`, or leave it out: then a free one is found
    .cause =
        The preview listens on a port of this machine. Another program, or another preview, has this one.
    .cure =
        Choose another, or let one be found:

            leitwerk serve --port 8080

LW0909 = changes of `{ $path }` are not told by the system: { $error }
    .help = all files are looked at every so often instead; it may allow more watches
    .cause =
        The preview asks the system to tell it of each change. A system allows only so many folders to
        be watched, and some network drives tell nothing. Changes are then seen a little later.
    .cure =
        Nothing need be done. On Linux the limit can be raised:

            sysctl fs.inotify.max_user_watches=524288

## 10xx: sealed releases

LW1001 = `{ $path }` was altered: release { $version } is sealed
    .help = take it back, as with `git checkout`; a correction is a new release
    .cause =
        A sealed release is cited by paragraph for years. Its `release.lock` holds the SHA-256 of each
        of its files, and this one has another. Often it was only a line end: Git must not convert
        them in this folder.
    .cure =
        Put the file back as it was, from the version control or from the release's archive:

            git checkout -- content/guidelines/1.0

        What is to be corrected goes into the draft and is cut as a new release:

            leitwerk release 1.0.1

        If Git converts line ends, add this line to `.gitattributes`:

            content/guidelines/** -text

LW1002 = `{ $path }` is missing: release { $version } is sealed
    .help = put it back, as with `git checkout`
    .cause =
        The file belonged to the release when it was sealed; its `release.lock` names it.
    .cure =
        Put the file back from the version control or from the release's archive:

            git checkout -- content/guidelines/1.0

LW1003 = `{ $path }` was added: release { $version } is sealed
    .help = move it out of the folder; a correction is a new release
    .cause =
        The folder of a sealed release holds exactly the files that its `release.lock` names. This one
        was not there when it was sealed.
    .cure =
        Move the file into `content/guidelines/draft/`, if it belongs to the next release. What editors
        and systems leave lying about (`.DS_Store`, `*~`, `.gitattributes`) does not count.

LW1004 = { $reason ->
        [line-ends] the lock was altered: its line ends are those of Windows
       *[content] the lock was altered: its seal does not fit what it says
    }
    .help =
        { $reason ->
            [line-ends] write `content/guidelines/** -text` into `.gitattributes`, then take the folder back with `git checkout`
           *[content] take it back, as with `git checkout`; nothing in it is changed by hand
        }
    .cause =
        The line `seal` of a `release.lock` is the SHA-256 of all its other lines. A number, a checksum
        or a reference in it was changed, or the lock was merged from two, or Git converted its line ends.
    .cure =
        Put the lock back as it was:

            git checkout -- content/guidelines/1.0/release.lock

        If Git converts line ends, add this line to `.gitattributes` before that:

            content/guidelines/** -text

        If two people cut the same release, keep the folder of one of them as a whole, and cut what is
        missing as another release.

LW1005 = the lock was written by a newer Leitwerk
    .help = use the Leitwerk that sealed the release, or a newer one
    .cause =
        The format of the lock has a higher number than this Leitwerk reads. To guess would be to
        number paragraphs anew.
    .cure =
        Install a newer Leitwerk. `leitwerk --version` shows which one this is.

LW1006 = release { $version } is gone, and `{ $path }` knows of it
    .help = put its folder back, as with `git checkout`
    .cause =
        Each lock holds the seal of the release before, and `permalinks.lock` the addresses of all, so that
        none can be taken out or put in another's place. The folder of that release is not there.
    .cure =
        Put the folder back from the version control or from the release's archive.

LW1007 = release { $version } was sealed and has no lock
    .help = put its `release.lock` back, as with `git checkout`
    .recorded = its addresses were recorded then
    .cause =
        The release was sealed: { $by } says so. Without its lock nobody can tell whether its text is what it was.
    .cure =
        Put the lock back from the version control or from the release's archive:

            git checkout -- content/guidelines/1.0/release.lock

LW1008 = release { $version } has another seal than when `{ $path }` was written
    .help = put both back as they were, as with `git checkout`
    .cause =
        Each lock holds the seal of the release before. The lock of that release is sound in itself, but
        it is not the one that the next release was built on: it was sealed anew.
    .cure =
        Put both folders back from the version control or from the archives. A release that others
        follow is never sealed again.

LW1009 = release { $version } is not sealed
    .help = seal it when its text is final: `leitwerk seal { $version }`
    .cause =
        Without a `release.lock` nobody can prove that the text of a release is what it was, its numbers
        are computed anew at each build, and its addresses may be lost unseen.
    .cure =
        Seal the release; what stands in its folder is then final:

            leitwerk seal 1.0

        While a site is being set up, write `unsealed-release = "off"` under `[checks]` in `site.toml`.

LW1010 =
    { $kind ->
        [norm] { $act } is not among the acts any more: sealed texts that cite it are not linked
       *[other] `{ $target }` is gone; sealed texts show only its title, „{ $title }“
    }
    .help =
        { $kind ->
            [norm] put `{ $act }` back into {"["}norms] in `site.toml`; told once, whatever cites it
           *[other] give what replaces it the old name in `aliases`, or lead the address on in `[redirects]`
        }
    .cause =
        When the release was sealed, this reference led somewhere. What it led to has been renamed
        without an alias, or removed. The text still says what it said, but nothing is linked.
    .cure =
        If it was renamed, name the old slug in its front matter:

            aliases = ["alter-name"]

        If something else replaces it, lead its address on in `site.toml`:

            {"["}redirects]
            "/werte/alter-name/" = "/werte/neuer-name/"

LW1011 = the text of release { $version } is read otherwise than when it was sealed: { $found } paragraphs where the lock has { $locked }
    .help = use the Leitwerk that sealed the release, and report this as a mistake of Leitwerk
    .cause =
        The files are what they were, but this Leitwerk divides them into other paragraphs. The margin
        numbers of the lock cannot be given to them.
    .cure =
        Build with the version of Leitwerk that sealed the release, and report which versions differ.

LW1012 = `{ $address }` would be lost{ $more }
    .help =
        { $kind ->
            [fragment] give the heading or paragraph its id back
            [archive] put the archive back into `archives/`, and keep `publish_archives = true`
           *[page] name the old slug in `aliases` of what replaces it, or lead the address on in `[redirects]`
        }
    .cause =
        `permalinks.lock` records every address that was ever released: somebody may have cited it. The
        site as it would be built has nothing there.
    .cure =
        If a talk or a value pair was renamed, name its old slug in the front matter of the file:

            aliases = ["alter-name"]

        If something else replaces it, lead the address on in `site.toml`:

            {"["}redirects]
            "/werte/alter-name/" = "/werte/neuer-name/"

        If a segment of addresses was changed in `[addresses]`, take that back. If something was
        removed for good reason, lead its address to a page that says so.

LW1013 = `{ $line }` is no address
    .help = each line of `permalinks.lock` is an address that begins with `/`
    .cause =
        The file is written by Leitwerk. A line that is no address mostly comes from a merge that was
        not finished.
    .cure =
        Keep the lines of both sides; order and duplicates do not matter. With this line in
        `.gitattributes` Git does so by itself:

            permalinks.lock merge=union

LW1014 = { $reason ->
        [before] nothing was written: `{ $path }` was edited in the meantime
       *[interrupted] a change that was interrupted cannot be completed: `{ $path }` was edited since
    }
    .help =
        { $reason ->
            [before] run the command again
           *[interrupted] compare it with what lies in `.leitwerk-pending`, then remove that folder
        }
    .cause =
        `leitwerk release` or `leitwerk seal` was interrupted after it was decided what is to be
        written. The next command completes that, but never overwrites what somebody changed in
        between.
    .cure =
        In `.leitwerk-pending` lies what was to be put in place, numbered, and `plan.toml` says where each
        belongs. Move it there by hand or take your own change back and run the command again. To give
        the change up, take back what it did with `git checkout` and remove the folder.

LW1015 = release { $version } cannot be sealed before release { $before } that it follows
    .help = seal both: `leitwerk seal { $before } { $version }`
    .cause =
        A lock holds the seal of the release before: its numbers follow from that one's, and none can be
        put in its place later.
    .cure =
        Name the older releases too; they are sealed in order:

            leitwerk seal 1.0 1.1

LW1016 = from { $from } to { $until } no release is in force, though { $out } was out
    .label = the first release comes into force here
    .out = this one was out
    .help = let a release come into force earlier; if the time without one is meant, write `validity = "off"` under {"["}checks]
    .cause =
        A release is in force from its first day in {"["}valid_from] on, else from its day of release.
        Before the first of these days readers find releases and none that they could work by.
    .cure =
        Correct the day in `content/guidelines/guideline.toml`, or delete the line:

        {"    ["}valid_from]
            "1.0" = 2026-03-01

LW1017 = release { $version } is never in force: { $next } comes into force on the same day, { $first }
    .label = begins and ends on one day
    .next = this one takes its place
    .help =
        { $sealed ->
            [yes] correct one of the days in `guideline.toml`; if { $next } was meant to replace { $version } at once, write `validity = "off"` under {"["}checks]
           *[no] correct one of the days; if { $next } corrects { $version }, name it: `predecessor = "{ $version }"`
        }
    .cause =
        One release is in force at a time. Of two with one first day the later one is, and the other
        has no time at all. That is right only for a correction, which says so by its `predecessor`.
    .cure =
        Give them different days in `content/guidelines/guideline.toml`:

        {"    ["}valid_from]
            "1.0" = 2026-01-01
            "1.1" = 2026-03-01

LW1018 = release { $version } comes into force on { $first }, before { $before }, which it follows
    .label = comes first
    .before = the release before it comes into force later, on { $before_day }
    .help =
        { $named ->
            [yes] correct one of the days
           *[no] correct one of the days; if { $version } corrects an older release, name that one as its `predecessor`
        }
    .cause =
        The older release takes the place of the newer one as soon as its first day has come, so readers
        are led back to a text that was already replaced.
    .cure =
        Correct the days in `content/guidelines/guideline.toml`, or say in `release.toml` which release
        this one corrects:

            predecessor = "1.0"

LW1019 = release { $version } is in force from { $first } on, but was released on { $released } only
    .label = comes into force here
    .released = released here
    .help = let it come into force on the day of its release or later
    .cause =
        Nobody can have worked by a text before it was out, and for those days two releases are said to
        have been in force: the one that was, and this one.
    .cure =
        Correct the day in `content/guidelines/guideline.toml`, or delete the line; then the day of
        release counts:

        {"    ["}valid_from]
            "2.0" = 2026-03-01

LW1020 = this is the lock of { $version }, not of what stands in this folder
    .help = remove it; `leitwerk release` or `leitwerk seal` writes the right one
    .cause =
        The folder was copied with its `release.lock`, as when a draft begins as a copy of a release. A draft
        has no lock, and each release has its own.
    .cure =
        Remove the lock of the copy:

            rm content/guidelines/draft/release.lock

LW1021 = release { $version } is sealed, and `permalinks.lock` does not know its addresses
    .help = put `permalinks.lock` back, as with `git checkout`
    .cause =
        Sealing a release records all its addresses in `permalinks.lock`, so that none is ever lost. The
        file is missing, or lines were removed from it.
    .cure =
        Put the file back from the version control; then lines are only ever added:

            git checkout -- permalinks.lock

        If it is lost for good, record the addresses that the site has today. Those that it had once are
        then no longer protected:

            leitwerk permalinks --accept

LW1022 = { $reason ->
        [before] nothing was released or sealed, because of `{ $path }`: { $error }
       *[interrupted] a change that was interrupted cannot be completed yet, because of `{ $path }`: { $error }
    }
    .help = see that you may write there and that the disk has space, then run the command again
    .cause =
        `leitwerk release` and `leitwerk seal` put what they write into `.leitwerk-pending` first and move it into
        place from there. The system refused that: a permission is missing, the disk is full, or the folder
        lies on another disk than the site.
    .cure =
        Remove the reason that the message names and run the command again. A change that was decided is
        completed by the next command; to give it up, remove the folder `.leitwerk-pending`.

LW1030 = releases { $first } and { $version } both gave the number { $number } to a paragraph of their own
    .help = take the one back that has not been published, and cut it again
    .first = the other release
    .cause =
        Two people cut a release each from the same release before, on two branches, and neither lock
        knows of the other. A citation of that number would mean two paragraphs.
    .cure =
        Put back the draft that the unpublished release was cut from, remove its folder, and cut it again:
        it is then numbered after the other one.

            git rm -r content/guidelines/1.2
            git checkout HEAD~1 -- content/guidelines/draft permalinks.lock
            leitwerk release 1.2

## 11xx: archives

LW1101 = { $reason ->
        [unreadable] this is no ZIP file, or a broken one
        [escapes] the archive holds a link or a name that leads out of its folder; nothing of it was read
        [too-big] the archive would grow beyond measure; nothing more of it was read
        [padded] the archive holds bytes that belong to none of its files
        [no-bag] this is no archive of a release: it holds no BagIt package
        [no-lock] the archive holds no `release.lock`, or one whose seal does not fit
        [missing] `{ $name }` is missing from the archive
        [added] `{ $name }` was added to the archive
       *[altered] `{ $name }` in the archive was altered
    }
    .help = take the archive from another place where it is kept
    .cause =
        An archive holds the checksum of each of its files, and the lock of the release with the checksums
        of its sources. They do not fit, or the file is not one that Leitwerk made.
    .cure =
        Take the file from another place where it is kept and compare both by `sha256sum`. As long as the
        sealed release is in the sources, its archive can be made again in another folder:

            leitwerk archive 1.0 -o /tmp/archives

LW1102 = this is the archive of another release, or of one that was sealed anew
    .help = keep it elsewhere, or write the archive to another folder with `-o`
    .cause =
        An archive is made once and never overwritten. The file has the name of this release's archive, and
        the lock in it has another seal than the release.
    .cure =
        Move the file away, and make the archive of the release:

            mv archives/leitlinien-1.0.zip /elsewhere/
            leitwerk archive 1.0

LW1103 = release { $version } is not sealed
    .help = seal it first: `leitwerk seal { $version }`
    .cause =
        An archive proves that its text is that of the release. Without a `release.lock` there is nothing
        that it could prove.
    .cure =
        Seal the release when its text is final, then archive it:

            leitwerk seal 1.0
            leitwerk archive 1.0

LW1104 = { $reason ->
        [none] this folder is no site that Leitwerk built: it has no `.leitwerk-manifest`
        [missing] `{ $name }` is missing from the built site
        [added] `{ $name }` was added to the built site
       *[altered] `{ $name }` of the built site was altered
    }
    .help =
        { $reason ->
            [none] name the folder that `leitwerk build` wrote
           *[other] build the site again and publish it whole
        }
    .cause =
        A built site holds a list of its files with the SHA-256 of each. Something was changed after it
        was built, or was not copied whole.
    .cure =
        Build the site again and publish the whole folder. To find what a server changed, copy its folder
        and compare:

            leitwerk verify /srv/leitlinien

LW1105 = release { $version } has no archive to publish
    .help = make it: `leitwerk archive { $version }`
    .cause =
        `publish_archives = true` in `site.toml` offers the archive of each sealed release for download.
        This one has not been made, so that its page offers none.
    .cure =
        Make the archives of all sealed releases that have none, and keep the folder `archives` with the
        sources:

            leitwerk archive --all

LW1106 = `{ $archive }` still holds the talk “{ $title }”, whose consent was withdrawn
    .help = make the archive again: delete the file, then run `leitwerk archive { $version }`
    .cause =
        The archive was made before the consent was withdrawn: its pages show the talk, or say who gave it.
        An archive is never overwritten, so it stays as it is until you take it away.
    .cure =
        Delete the file and make it again:

            leitwerk archive { $version }

        The release in it, its numbers and its seal are the same; the new archive shows the talk as the site
        does now, and says in its `bag-info.txt` that the consent was withdrawn. Copies that others have
        stay what they are: tell those to whom you gave one.

        To keep the archive as it is, for instance since the consent covers it, write
        `archived-talk = "off"` under `[checks]` in `site.toml`.

## 12xx: import

LW1201 = { $reason ->
        [empty] there is nothing in `{ $path }`
        [encoding] `{ $path }` is not UTF-8
       *[format] `{ $path }` is of no kind that `leitwerk import talks` knows
    }
    .help =
        { $reason ->
            [empty] export the talks again
            [encoding] save it as UTF-8, or give a mapping with `encoding = "windows-1252"`
           *[format] give it a schedule in JSON or XML, a pyvideo record, TOML or CSV
        }
    .cause =
        What a file is, its content tells, not its name: `{"{"}` begins JSON, `<` begins XML, a line like
        `title = "…"` or `[[talk]]` TOML, and a line of names CSV. This one is empty, is none of them,
        or is written in an older encoding.
    .cure =
        Export the talks anew, as a schedule in JSON or XML, as pyvideo records, or as CSV in UTF-8 with
        the names of the columns in its first line. Of a file in an older encoding a mapping can say so:

            encoding = "windows-1252"

LW1202 = { $reason ->
        [deep] elements are nested deeper than in any schedule
        [quote] this quote is never closed
        [fields] there are { $found } fields, but the first line names { $expected }
       *[syntax] this cannot be read: { $message }
    }
    .help =
        { $reason ->
            [quote] close it; a quote within quotes is written twice
            [fields] put fields that hold the separator into quotes
           *[other] export the file again, or correct it here
        }
    .cause =
        The file breaks the rules of its format. It was cut off, or somebody changed it by hand. In CSV it
        is mostly a separator or a quote within a field. Where one file cannot be read, nothing is
        imported, so that no talk is missing unseen.
    .cure =
        Go to the line that is named and correct it, or export the file again. In CSV a field with a
        separator, a quote or a line end stands in quotes, and its own quotes are doubled:

            Titel;Datum
            "Daten; und ""Güte""";04.03.2026

LW1203 = { $reason ->
        [column] the mapping names the column `{ $key }`, and there is none
       *[key] `{ $key }` is missing
    }
    .help =
        { $reason ->
            [column] correct its name in the mapping
           *[key] add it, or say in a mapping which field has it
        }
    .cause =
        A talk needs a title at least, and what a mapping names must be there: a name that is misspelt
        would leave out all values of a column.
    .cure =
        Say in a mapping which field of the source holds what:

        {"    ["}fields]
            title = "Name des Vortrags"
            speakers = {"{"} from = "Wer", separator = ";" {"}"}

LW1204 = { $text ->
        [blank] the value of `{ $key }` cannot be read: expected { $expected }
       *[other] `{ $text }` cannot be read: expected { $expected }
    }
    .label = { $key }
    .help = correct the value, or say in a mapping how it is written
    .cause =
        A day, time, length, language or another value is written in a way that is not known. It is
        refused, as a talk on a wrong day would be worse than none.
    .cure =
        Correct the value, or say in a mapping how such values are written and what words mean:

            dates = "%d/%m/%Y"
            times = "%H.%M"

        {"    ["}formats]
            "Kurzvortrag" = "impulsvortrag"

        {"    ["}languages]
            "Dt." = "de"

LW1205 = there is no key `{ $key }` in this part of a mapping
    .help = use one of: { $known }
    .cause =
        A mapping says how talks are to be read, and this is none of its keys: it is misspelt or stands
        under another heading.
    .cure =
        Correct the key. On the left of `=` stands what Leitwerk calls a field, on the right what the source
        calls it:

        {"    ["}fields]
            title = "Titel"
            summary = ["Kurztext", "Langtext"]

LW1206 = it is not said on which day `{ $title }` was
    .help = add its day, name the field in a mapping, or name a lab with `--lab`
    .cause =
        Without a lab that is named, a talk goes to the lab of its day. This one has no day.
    .cure =
        Add the day to the source, or say in a mapping which field has it. Where all talks of a file belong
        to one lab that is there, name its number:

            leitwerk import talks vortraege.csv --lab 7

LW1207 = there is no lab { $lab }
    .help = { $known ->
            [none] the site has none; leave `--lab` out, then labs are made for the days of the talks
           *[other] use one of: { $known }
        }
    .cause =
        `--lab` takes the number in the `lab.toml` of a lab that is there.
    .cure =
        Make the lab first, with a `lab.toml` in a folder below `content/talks/`, or leave `--lab` out: then
        each talk goes to the lab of its day, and where there is none, a new one is made.

LW1208 = `{ $title }` was on { $date }, but lab { $lab } on { $days }
    .help = leave `--lab` out, correct the day, or give the lab its last day with `end` in `lab.toml`
    .cause =
        With `--lab` all talks go to one lab, and this one was on another day. A talk's day is one of its
        lab's days.
    .cure =
        Leave `--lab` out, so that each talk goes to the lab of its day. A lab of several days says so in its
        `lab.toml`:

            date = 2026-03-04
            end = 2026-03-05
