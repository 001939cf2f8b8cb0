//! The list of all findings: number, default severity, and the `[checks]` name of those whose level can be set.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $number:literal $name:ident $severity:ident $($check:literal)?;)*) => {
        /// Which finding. Numbers are a contract: one is never given a new meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $name = $number,)* }

        impl Code {
            /// Every finding there is, by number.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// Severity where `[checks]` does not say otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// Name in `[checks]`, for findings whose level can be set.
            pub fn check(self) -> Option<&'static str> {
                match self { $(Code::$name => codes!(@check $($check)?),)* }
            }
        }
    };
    (@check $check:literal) => { Some($check) };
    (@check) => { None };
}

codes! {
    /// A file or folder cannot be read.
    101 Unreadable Error;
    /// A text is not UTF-8.
    102 NotUtf8 Error;
    /// A text holds a control character.
    103 ControlCharacter Error;
    /// A symbolic link leaves `content/`.
    104 EscapingLink Error;
    /// A file stands where no rule expects one.
    105 UnexpectedFile Warning "unexpected-file";
    /// A file that must be there is missing.
    106 MissingFile Error;
    /// A file name that cannot be an address.
    107 BadFileName Error;
    /// A character that is invisible or belongs to no script, mostly pasted.
    108 OddCharacter Warning "odd-character";
    /// A folder of `content/` that no rule knows.
    109 UnknownFolder Error;

    /// TOML that does not parse.
    201 TomlSyntax Error;
    /// Front matter is missing or never ends.
    202 NoFrontMatter Error;
    /// A key that the file's kind does not have.
    203 UnknownKey Error;
    /// A value of the wrong type.
    204 WrongType Error;
    /// A key that must be there is missing.
    205 MissingKey Error;
    /// A value outside what is allowed.
    206 BadValue Error;
    /// A language in which the interface has no texts.
    207 InterfaceLanguage Warning "interface-language";

    /// A heading, paragraph or block has an id that another one has.
    301 DuplicateId Error;
    /// An id that Leitwerk keeps for itself.
    302 ReservedId Error;
    /// An id with characters that an id cannot have.
    303 BadId Error;
    /// An id with nothing before it to name.
    304 StrayId Error;
    /// An image without a description.
    305 MissingAlt Error "missing-alt";
    /// A footnote that is referred to and not there.
    306 UnknownFootnote Error "unknown-footnote";
    /// A footnote that nothing refers to.
    307 UnusedFootnote Warning "unused-footnote";
    /// Two footnotes of one name.
    308 DuplicateFootnote Error;
    /// A callout of a kind that does not exist.
    309 UnknownCallout Error "unknown-callout";
    /// HTML that is not on the allow-list.
    310 RawHtml Error "raw-html";
    /// Nested deeper than a reader or a browser can follow.
    311 TooDeep Error;
    /// A chapter without text.
    312 EmptyChapter Warning "empty-chapter";
    /// A top heading inside a text whose title is its top heading.
    314 TopHeading Warning "top-heading";
    /// A row of a table with more cells than the table has columns.
    316 LostCells Error "lost-cells";

    /// A release folder without `release.toml`.
    401 NoReleaseToml Error;
    /// Two things with one slug.
    403 DuplicateSlug Error;
    /// A slug that Leitwerk keeps for itself.
    404 ReservedSlug Error;
    /// A slug that is none.
    405 BadSlug Error;
    /// A draft that says it is released.
    406 ReleasedDraft Error;
    /// A release folder without chapters.
    407 NoChapters Error;
    /// A predecessor that does not exist, comes later or is the release itself.
    408 BadPredecessor Error;
    /// Two labs of one number.
    409 DuplicateLab Error;
    /// No release at all.
    410 NoReleases Error;
    /// Two pages at one address.
    411 DuplicateAddress Error;
    /// Redirects that lead in a circle.
    412 RedirectLoop Error;
    /// A redirect that leads to another redirect.
    417 RedirectChain Error;
    /// A talk on a day on which its lab was not.
    418 DateOutsideLab Error;
    /// Two talks of one id.
    419 DuplicateTalk Error;

    /// A reference of a kind that does not exist.
    501 UnknownKind Error;
    /// A reference to something that does not exist.
    502 UnknownTarget Error "broken-reference";
    /// A relative link to a file that does not exist.
    503 BrokenLink Error "broken-link";
    /// A link to a heading or block that does not exist.
    504 MissingFragment Error "broken-link";
    /// An image file that does not exist.
    505 MissingImage Error "missing-image";
    /// A link from a release into the draft, or from a draft into a release's folder.
    506 CrossesReleases Error;
    /// A margin number that is in several series.
    507 AmbiguousNumber Error;
    /// A law that `site.toml` does not list.
    508 UnknownAct Error "unknown-act";
    /// A version that does not exist.
    509 UnknownVersion Error;
    /// A link with a scheme that is not allowed.
    510 BadScheme Error "broken-link";
    /// A medium that a talk names and that does not exist.
    511 MissingMedia Error "missing-media";
    /// An image from another host.
    512 ExternalImage Error "missing-image";
    /// A picture of a release that lies outside its folder.
    513 OutsidePicture Warning "outside-picture";
    /// A file that cannot be what a talk names it as.
    514 UnfitMedium Error;
    /// A file that is not what its name says.
    515 BadMedium Error;
    /// Captions with a mistake.
    516 BadCaptions Error;
    /// A file that a talk names whose consent was withdrawn, and that is wanted elsewhere.
    517 WithheldFile Error "withheld-file";
    /// A free name that is that of a person with a page.
    518 NamedPerson Warning "named-person";

    /// `[[lineage]]` that names a block or number which does not exist.
    601 UnknownBlock Error;
    /// A `[[reason]]` at a place which does not exist, did not change, or has more exact ones everywhere.
    602 UselessReason Error "useless-reason";
    /// A substantive change without a reason.
    603 MissingReason Warning "missing-reason";
    /// Two claims of `[[lineage]]` that exclude each other.
    604 ContradictoryLineage Error;
    /// A `kind` of `[[lineage]]` that does not fit its `from`.
    605 UnfitLineageKind Error;
    /// Two reasons for one change.
    606 SecondReason Error;

    /// A template that does not parse or render.
    701 Template Error;
    /// A theme that does not exist.
    702 UnknownTheme Error;
    /// A logo or font that is not among the files of the theme.
    703 NoThemeFile Error;
    /// Two colours of a theme that are too alike.
    704 LowContrast Warning "theme-contrast";
    /// The index of the search cannot be made.
    705 Search Error;

    /// The output folder holds files that Leitwerk did not write.
    801 ForeignFiles Error;
    /// The output folder is one that must not be replaced.
    802 DangerousOutput Error;
    /// The output cannot be written.
    803 WriteFailed Error;

    /// There is no site here.
    901 NoSite Error;
    /// A version given on the command line that does not exist.
    902 NoSuchVersion Error;
    /// A code given to `explain` that does not exist.
    903 NoSuchCode Error;
    /// A version that cannot be given to a new release.
    904 BadNewVersion Error;
    /// There is no draft to make a release of.
    905 NoDraft Error;
    /// A release that is sealed already.
    906 SealedAlready Error;
    /// A question that nobody was there to answer.
    907 NotConfirmed Error;
    /// A port that cannot be taken.
    908 NoPort Error;
    /// The system does not tell of changes.
    909 Unwatched Warning;

    /// A file of a sealed release is not what it was.
    1001 AlteredSealedFile Error;
    /// A file of a sealed release is missing.
    1002 MissingSealedFile Error;
    /// A file stands in the folder of a sealed release that was not there when it was sealed.
    1003 AddedToSealed Error;
    /// A lock is not what it was.
    1004 AlteredLock Error;
    /// A lock of a format that this Leitwerk does not know.
    1005 NewerLock Error;
    /// A sealed release that another follows is gone.
    1006 LostRelease Error;
    /// A release that was sealed has no lock.
    1007 LostSeal Error;
    /// A lock holds another seal of its predecessor than the predecessor has.
    1008 BrokenChain Error;
    /// A release that is not sealed.
    1009 Unsealed Warning "unsealed-release";
    /// A sealed text refers to something that is gone.
    1010 VanishedTarget Warning "vanished-target";
    /// A sealed text that this Leitwerk reads otherwise than the one that sealed it.
    1011 ReadOtherwise Error;
    /// An address that was released and would be lost.
    1012 LostAddress Error;
    /// A line of `permalinks.lock` that is no address.
    1013 BadPermalink Error;
    /// A change that was interrupted cannot be completed.
    1014 PendingConflict Error;
    /// A release that follows one which is not sealed cannot be sealed.
    1015 UnsealedPredecessor Error;
    /// Days on which no release is in force, though one was out.
    1016 NoneInForce Warning "validity";
    /// A release that is never in force: another comes on the same day.
    1017 NeverInForce Warning "validity";
    /// A release that comes into force before the one that it follows.
    1018 ForceOutOfOrder Warning "validity";
    /// A release that is in force before it was released.
    1019 Retroactive Warning "validity";
    /// A lock in the folder of a draft or of another release.
    1020 ForeignLock Error;
    /// A sealed release whose addresses are not recorded.
    1021 UnrecordedRelease Error;
    /// A change of the site's own files that the system refuses.
    1022 Unwritable Error;
    /// Two sealed releases that gave one number to different paragraphs.
    1030 NumberTwice Error;

    /// An archive that is not what it was.
    1101 BadArchive Error;
    /// An archive that would be overwritten.
    1102 ArchiveExists Error;
    /// A release that is not sealed cannot be archived.
    1103 NotSealed Error;
    /// A built site that is not what was built.
    1104 AlteredOutput Error;
    /// The archive of a sealed release that the site would publish has not been made.
    1105 MissingArchive Warning "missing-archive";
    /// An archive that still holds a talk whose consent was withdrawn.
    1106 ArchiveHolds Warning "archived-talk";

    /// A file to import of no kind that is known.
    1201 UnknownImport Error;
    /// A file to import, or a mapping, that breaks the rules of its format.
    1202 ImportSyntax Error;
    /// Something that must be in a file to import is missing.
    1203 MissingInImport Error;
    /// A value in a file to import, or in a mapping, that cannot be read.
    1204 BadImportValue Error;
    /// A key that a mapping does not have.
    1205 UnknownMappingKey Error;
    /// A talk to import of which no day is known.
    1206 NoTalkDate Error;
    /// A lab given on the command line that does not exist.
    1207 NoSuchLab Error;
    /// A talk to import that was not on a day of the lab it is to go to.
    1208 TalkOutsideLab Error;
}

impl Code {
    /// `LW0203` and the like.
    pub fn name(self) -> String {
        format!("LW{:04}", self as u16)
    }

    /// The finding named `LW0203`, `lw203` or `203`.
    pub fn from_name(name: &str) -> Option<Code> {
        let digits = name.trim_start_matches(['L', 'W', 'l', 'w']);
        let number: u16 = digits.parse().ok()?;
        Code::ALL.iter().copied().find(|&code| code as u16 == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_listed_by_number() {
        assert!(Code::ALL.is_sorted_by(|a, b| (*a as u16) < (*b as u16)));
    }

    #[test]
    fn names_lead_back() {
        for &code in Code::ALL {
            assert_eq!(Code::from_name(&code.name()), Some(code));
        }
        assert_eq!(Code::from_name("lw203"), Some(Code::UnknownKey));
        assert_eq!(Code::from_name("LW9999"), None);
    }
}
