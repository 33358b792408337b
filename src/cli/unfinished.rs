//! Files that take their name only when they are whole.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::CliError;
use crate::format::STDIN;

/// A file that takes its name only when it is whole.
pub(super) struct Unfinished {
    path: PathBuf,
    file: tempfile::NamedTempFile,
}

impl Unfinished {
    pub(super) fn beside(path: &Path) -> Result<Self, CliError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(CliError::NoFolder { path: path.to_owned(), folder: folder.to_owned() });
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".corridor-atlas-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = match std::fs::metadata(path) {
            Ok(about) if about.is_dir() => Err(std::io::ErrorKind::IsADirectory.into()),
            // A device or a pipe would go, and a file stand in its place.
            Ok(about) if !about.is_file() => {
                Err(std::io::Error::other("this is a device or a pipe, not a file"))
            }
            _ if path == Path::new(STDIN) => Err(std::io::Error::other("it is written to a file; name one")),
            _ => builder.tempfile_in(folder).map_err(|error| plain(&error)),
        };
        let file = file.map_err(|source| CliError::Write { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Writes it and gives it its name.
    pub(super) fn finish(
        mut self,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), CliError> {
        let mut out = BufWriter::new(&mut self.file);
        let written = write(&mut out).and_then(|()| out.flush()).map_err(|error| plain(&error));
        drop(out);
        written.map_err(|source| CliError::Write { path: self.path.clone(), source })?;
        self.name()
    }

    /// Where it lies until it has its name: for a writer that opens the file by itself.
    pub(super) fn place(&self) -> &Path {
        self.file.path()
    }

    /// Gives it its name.
    pub(super) fn name(self) -> Result<(), CliError> {
        let Self { path, file } = self;
        let written = file.as_file().sync_all();
        let named = written.and_then(|()| file.persist(&path).map(drop).map_err(|error| error.error));
        named.map_err(|source| CliError::Write { path, source })
    }
}

/// The cause without the name of the temporary file, and without what an encoder says around it.
pub(super) fn plain(error: &std::io::Error) -> std::io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if let Some(io) = io.filter(|io| io.kind() != std::io::ErrorKind::Other) {
            return io.kind().into();
        }
        let inner = io.and_then(std::io::Error::get_ref);
        cause = inner.map(|inner| -> &(dyn std::error::Error + 'static) { inner }).or_else(|| error.source());
    }
    error.kind().into()
}
