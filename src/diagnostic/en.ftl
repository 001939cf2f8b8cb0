did-you-mean = did you mean “{ $suggestion }”?

LW0101 = A file or folder cannot be read.
    .cause = x
    .cure = x

LW0102 = A text is not UTF-8.
    .cause = x
    .cure = x

LW0103 = A text holds a control character.
    .cause = x
    .cure = x

LW0104 = A symbolic link leaves `content/`.
    .cause = x
    .cure = x

LW0105 = A file stands where no rule expects one.
    .cause = x
    .cure = x

LW0106 = A file that must be there is missing.
    .cause = x
    .cure = x

LW0107 = A file name that cannot be an address.
    .cause = x
    .cure = x

LW0201 = TOML that does not parse.
    .cause = x
    .cure = x

LW0202 = Front matter is missing or never ends.
    .cause = x
    .cure = x

LW0203 = A key that the file's kind does not have.
    .cause = x
    .cure = x

LW0204 = A value of the wrong type.
    .cause = x
    .cure = x

LW0205 = A key that must be there is missing.
    .cause = x
    .cure = x

LW0206 = A value outside what is allowed.
    .cause = x
    .cure = x

LW0301 = A heading, paragraph or block has an id that another one has.
    .cause = x
    .cure = x

LW0302 = An id that Leitwerk keeps for itself.
    .cause = x
    .cure = x

LW0303 = An id with characters that an id cannot have.
    .cause = x
    .cure = x

LW0304 = An id with nothing before it to name.
    .cause = x
    .cure = x

LW0305 = An image without a description.
    .cause = x
    .cure = x

LW0306 = A footnote that is referred to and not there.
    .cause = x
    .cure = x

LW0307 = A footnote that nothing refers to.
    .cause = x
    .cure = x

LW0308 = Two footnotes of one name.
    .cause = x
    .cure = x

LW0309 = A callout of a kind that does not exist.
    .cause = x
    .cure = x

LW0310 = HTML that is not on the allow-list.
    .cause = x
    .cure = x

LW0311 = Nested deeper than a reader or a browser can follow.
    .cause = x
    .cure = x

LW0312 = A chapter without text.
    .cause = x
    .cure = x

LW0313 = A code block in a language that cannot be highlighted.
    .cause = x
    .cure = x

LW0314 = A top heading inside a text whose title is its top heading.
    .cause = x
    .cure = x

LW0315 = Heading attributes other than an id.
    .cause = x
    .cure = x

LW0401 = A release folder without `release.toml`.
    .cause = x
    .cure = x

LW0402 = Two releases of one version.
    .cause = x
    .cure = x

LW0403 = Two things with one slug.
    .cause = x
    .cure = x

LW0404 = A slug that Leitwerk keeps for itself.
    .cause = x
    .cure = x

LW0405 = A slug that is none.
    .cause = x
    .cure = x

LW0406 = A draft that says it is released.
    .cause = x
    .cure = x

LW0407 = A release folder without chapters.
    .cause = x
    .cure = x

LW0408 = A predecessor that does not exist or comes later.
    .cause = x
    .cure = x

LW0409 = Two labs of one number.
    .cause = x
    .cure = x

LW0410 = No release at all.
    .cause = x
    .cure = x

LW0411 = Two pages at one address.
    .cause = x
    .cure = x

LW0412 = A release that is not sealed.
    .cause = x
    .cure = x

LW0501 = A reference of a kind that does not exist.
    .cause = x
    .cure = x

LW0502 = A reference to something that does not exist.
    .cause = x
    .cure = x

LW0503 = A relative link to a file that does not exist.
    .cause = x
    .cure = x

LW0504 = A link to a heading or block that does not exist.
    .cause = x
    .cure = x

LW0505 = An image file that does not exist.
    .cause = x
    .cure = x

LW0506 = A link from a release into the draft, or from a draft into a release's folder.
    .cause = x
    .cure = x

LW0507 = A margin number that is in several series.
    .cause = x
    .cure = x

LW0508 = A law that `site.toml` does not list.
    .cause = x
    .cure = x

LW0509 = A version that does not exist.
    .cause = x
    .cure = x

LW0510 = A link with a scheme that is not allowed.
    .cause = x
    .cure = x

LW0511 = A medium that a talk names and that does not exist.
    .cause = x
    .cure = x

LW0601 = `[[lineage]]` that names a block which does not exist.
    .cause = x
    .cure = x

LW0602 = A `[[reason]]` at a place which does not exist or did not change.
    .cause = x
    .cure = x

LW0603 = A substantive change without a reason.
    .cause = x
    .cure = x

LW0701 = A template that does not parse or render.
    .cause = x
    .cure = x

LW0702 = A theme that does not exist.
    .cause = x
    .cure = x

LW0801 = the output folder holds files that Leitwerk did not write, or that were edited after it wrote them: { $files }
    .help = move them elsewhere, or choose another folder with `-o`
    .cause = a build replaces the whole output folder, so Leitwerk notes in `.leitwerk-manifest` which files it wrote there and their SHA-256; what is not in that list, no longer has its hash, or is a link may be somebody’s work, and nothing is replaced
    .cure = choose a folder of its own for the site with `-o`, or move the files that are named to another place; carry an edit over into `content/` or the theme and delete the edited file, which the build writes anew; if Git changed line ends in the folder, delete the folder and list it in `.gitignore`

LW0802 = { $reason ->
        [file] the site cannot be written here, because this is a file and not a folder
        [top] the site cannot be written here, because this is the top of the file system
        [site] the site cannot be written here, because the sources of the site lie in this folder
        [sources] the site cannot be written here, because this folder belongs to the sources of the site
        [home] the site cannot be written here, because this folder is or holds your home folder
       *[other] the site cannot be written here
    }
    .help = choose a folder that is used for nothing else, such as `public`, with `-o`
    .cause = a build replaces the whole output folder, so a folder is refused that is or holds the site’s folder or the home folder, that lies in `content/`, `themes/`, `src/` or `.git/`, or that is a file
    .cure = name a folder with `-o` that is used for nothing else; it need not exist yet, and without `-o` it is `public/` in the site’s folder

LW0803 = the site cannot be written: { $error }
    .help = see that there is space on the disk and that you may write to the folder and the one above it, then build again
    .cause = the system refused to write, rename or remove something in the output folder or beside it, because the disk is full, a permission is missing, or another program holds a file open
    .cure = remove what the system names as the reason and build again; the site that was there before is still in its place, and what the interrupted build left beside it, in a folder such as `.public.leitwerk-1`, is removed by the next one

LW0901 = There is no site here.
    .cause = x
    .cure = x

LW0902 = A version given on the command line that does not exist.
    .cause = x
    .cure = x

LW0903 = A code given to `explain` that does not exist.
    .cause = x
    .cure = x
