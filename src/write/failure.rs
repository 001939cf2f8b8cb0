//! [`Failure`]: the system's error together with the path where it happened.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};

/// Something on the disk that did not work.
#[derive(Debug)]
pub(super) struct Failure {
    path: PathBuf,
    error: io::Error,
}

/// Adds the path to an error: `.map_err(at(path))`.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    move |error| Failure::new(path, error)
}

impl Failure {
    pub(super) fn new(path: impl Into<PathBuf>, error: io::Error) -> Self {
        Self { path: path.into(), error }
    }

    /// Whether the folder cannot be exchanged for another one, but its files may be replaceable: it is a mount
    /// point, lies in a lower layer of an overlay, or the folder above it is not ours to change.
    pub(super) fn is_refusal(&self) -> bool {
        use io::ErrorKind::{CrossesDevices, PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
        matches!(self.error.kind(), ResourceBusy | CrossesDevices | PermissionDenied | ReadOnlyFilesystem)
    }
}

impl From<Failure> for Diagnostic {
    fn from(failure: Failure) -> Self {
        Diagnostic::about(Code::WriteFailed, failure.path).arg("error", failure.error)
    }
}
