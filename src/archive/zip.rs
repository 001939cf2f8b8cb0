//! ZIP files whose bytes follow from their content alone, and reading ones that may be malicious.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Bytes that an archive may grow to for each byte it has, and more however small it is. Pages and sources grow tenfold at
/// most, and DEFLATE can make a thousand bytes of one: more is taken for an attack.
const GROWTH: (u64, u64) = (100, 64 << 20);
/// Files of an archive.
const MOST_FILES: usize = 200_000;

/// A ZIP file with `files` below the folder `base`, all of the day `day`.
///
/// # Errors
/// What the library says of files that a ZIP file cannot hold.
pub(super) fn write(base: &str, day: Option<Date>, files: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    let of_day = |day: Date| {
        let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
        DateTime::from_date_and_time(u16::try_from(day.year()).ok()?, month, of_month, 0, 0, 0).ok()
    };
    let time = day.and_then(of_day).unwrap_or(DateTime::DEFAULT);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(format!("{base}/{path}"), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Why a file is not read as an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no ZIP file, or a broken one.
    Unreadable,
    /// A name in it leads out of its folder, or it holds a link.
    Escapes,
    /// It would grow beyond measure.
    TooBig,
    /// It has bytes that belong to no file.
    Padded,
}

/// Reads all files of a ZIP file, one after the other, by their paths in it.
pub(super) fn read(bytes: &[u8], mut take: impl FnMut(String, Vec<u8>)) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Unreadable)?;
    if archive.len() > MOST_FILES {
        return Err(Refusal::TooBig);
    }
    let mut left = (bytes.len() as u64).saturating_mul(GROWTH.0).saturating_add(GROWTH.1);
    let mut places = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| Refusal::Unreadable)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().map_err(|_| Refusal::Escapes)?.into_owned();
        if entry.is_symlink() || !stays(&name) {
            return Err(Refusal::Escapes);
        }
        // What the file says of its size is not believed.
        let mut content = Vec::new();
        let read = entry.by_ref().take(left + 1).read_to_end(&mut content).map_err(|_| Refusal::Unreadable)?;
        left = left.checked_sub(read as u64).ok_or(Refusal::TooBig)?;
        take(name, content);
        let begin = entry.data_start().ok_or(Refusal::Unreadable)?;
        places.push((entry.header_start(), begin.saturating_add(entry.compressed_size())));
    }
    let is_full = archive.offset() == 0
        && archive.comment().is_empty()
        && ends_with_directory(bytes, archive.central_directory_start())
        && follow_on(places, archive.central_directory_start());
    if is_full { Ok(()) } else { Err(Refusal::Padded) }
}

/// Whether each file begins where the one before ends, the first at the beginning, up to the directory at `end`.
fn follow_on(mut places: Vec<(u64, u64)>, end: u64) -> bool {
    places.sort_unstable();
    let last = places.into_iter().try_fold(0, |before, (begin, end)| (begin == before).then_some(end));
    last == Some(end)
}

/// Whether the directory that begins at `start` reaches to the record at the very end (APPNOTE 4.3.16).
fn ends_with_directory(bytes: &[u8], start: u64) -> bool {
    const RECORD: usize = 22;
    let Some(record) = bytes.len().checked_sub(RECORD).and_then(|at| bytes.get(at..)) else { return false };
    let size = record.get(12..16).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes);
    record.starts_with(b"PK\x05\x06")
        && size.is_some_and(|size| start + u64::from(size) + RECORD as u64 == bytes.len() as u64)
}

/// Whether a path stays in the folder into which it would be unpacked, on every system.
fn stays(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    path.split('/').all(plain)
}
