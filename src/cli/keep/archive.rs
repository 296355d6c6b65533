//! The file of a backup: a zip archive that any program opens. A manifest says what is in it, with checksums and
//! the ends of all logs.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::private;

const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
pub(super) const DATABASE: &str = "boule.sqlite";
const LETTERS: &str = "letters/";
/// The longest manifest that is read.
const MOST_MANIFEST: u64 = 64 << 20;
const CHUNK: usize = 1 << 19;
/// How long a backup leaves the disk to others after a chunk: some two seconds for 100 MB.
const PAUSE: Duration = Duration::from_millis(12);

/// What a backup says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The format of the file.
    pub format: u32,
    /// The program that made it.
    pub boule: String,
    /// When it was made.
    pub made_at: String,
    /// What somebody who has the file can read in it.
    pub secrets: String,
    /// Each log, its last event and that event's hash.
    pub heads: Vec<String>,
    /// Every file: its name, its size and its SHA-256.
    pub files: Vec<(String, u64, String)>,
}

/// What a backup is told to hold.
pub(super) const SECRETS: &str = "Every vote with its time, the words of all statements, what is kept of deleted \
    conversations, hashes of participants' tokens, addresses of staff, hashes of their passwords and printed codes, \
    the secrets of their code apps, and the numbers by which a provider knows them. No sessions, no links that let \
    somebody in, no mail. Keep it as you keep the database.";

impl Manifest {
    /// A manifest without files.
    pub fn new(made_at: String, heads: Vec<String>) -> Self {
        let boule = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, boule, made_at, secrets: SECRETS.to_owned(), heads, files: Vec::new() }
    }
}

/// Writes the archive: a database, and the letters of groups beside it.
pub(super) fn write(
    to: &Path,
    database: &Path,
    letters: &Path,
    mut manifest: Manifest,
) -> anyhow::Result<u64> {
    let file = private::file(to)?;
    let on_disk = file.try_clone()?;
    let mut archive = ZipWriter::new(file);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let options = options.large_file(true).unix_permissions(0o600);
    let mut put = |name: String, path: &Path| -> anyhow::Result<()> {
        archive.start_file(&name, options)?;
        let (bytes, hash) = copy(&mut File::open(path)?, &mut archive, || give_way(&on_disk))?;
        manifest.files.push((name, bytes, hash));
        Ok(())
    };
    put(DATABASE.to_owned(), database)?;
    for entry in std::fs::read_dir(letters).into_iter().flatten() {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if is_letters(name) {
            put(format!("{LETTERS}{name}"), &path)?;
        }
    }
    archive.start_file(MANIFEST, options)?;
    archive.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    let file = archive.finish()?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// Reads an archive: what it says of itself, without its files.
pub(super) fn open(path: &Path) -> anyhow::Result<(ZipArchive<File>, Manifest)> {
    let file = File::open(path).with_context(|| format!("{} can't be read", path.display()))?;
    let not_one = || format!("{} is not a backup of Boule, or it is cut off", path.display());
    let mut archive = ZipArchive::new(file).with_context(not_one)?;
    let entry = archive.by_name(MANIFEST).with_context(not_one)?;
    let mut text = Vec::new();
    entry.take(MOST_MANIFEST).read_to_end(&mut text)?;
    let manifest: Manifest = serde_json::from_slice(&text).with_context(not_one)?;
    ensure!(
        manifest.format == FORMAT,
        "the backup has format {}, and this program reads format {FORMAT}",
        manifest.format
    );
    Ok((archive, manifest))
}

/// Unpacks all files into a directory, and holds each against its checksum.
pub(super) fn unpack(archive: &mut ZipArchive<File>, manifest: &Manifest, dir: &Path) -> anyhow::Result<()> {
    for (name, bytes, hash) in &manifest.files {
        let to = match name.strip_prefix(LETTERS) {
            Some(letters) if is_letters(letters) => {
                private::dir(&dir.join("letters"))?;
                dir.join("letters").join(letters)
            }
            None if name == DATABASE => dir.join(DATABASE),
            _ => bail!("the backup holds a file that no backup has: {name}"),
        };
        let entry = archive.by_name(name).with_context(|| format!("the backup lacks {name}"))?;
        let mut file = private::file(&to)?;
        // No more than the manifest says, whatever is in the archive.
        let found = copy(&mut entry.take(bytes.saturating_add(1)), &mut file, || Ok(()));
        let found = found.with_context(|| format!("the backup is damaged: {name} can't be read"))?;
        ensure!(
            found == (*bytes, hash.clone()),
            "the backup is damaged: {name} is not what its checksum says"
        );
        file.sync_all()?;
    }
    Ok(())
}

/// The letters of one conversation's groups, by its id.
fn is_letters(name: &str) -> bool {
    let id = name.strip_suffix(".letters").unwrap_or_default();
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Puts what was written on the disk, and leaves the disk to others for a while: a server that syncs votes waits no
/// longer than for one chunk.
fn give_way(file: &File) -> std::io::Result<()> {
    file.sync_data()?;
    std::thread::sleep(PAUSE);
    Ok(())
}

/// Copies everything, chunk by chunk; `after_chunk` is called after each. How many bytes there were, and their
/// SHA-256.
fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    after_chunk: impl Fn() -> std::io::Result<()>,
) -> std::io::Result<(u64, String)> {
    let (mut chunk, mut hash, mut bytes) = (vec![0; CHUNK], Sha256::new(), 0);
    loop {
        let read = from.read(&mut chunk)?;
        let Some(part) = chunk.get(..read).filter(|part| !part.is_empty()) else {
            return Ok((bytes, hex::encode(hash.finalize())));
        };
        hash.update(part);
        to.write_all(part)?;
        after_chunk()?;
        bytes += read as u64;
    }
}
