//! What the last run rendered, kept below target/: a run renders again only what changed. Deleting it
//! costs a second.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use entitree::{Memory, Rendered, snapshot};

use crate::root;

/// The traces of the last run that wrote into a folder.
pub(crate) struct Kept {
    file: PathBuf,
    out: PathBuf,
    rendered: Rendered,
}

impl Kept {
    /// Reads them; there are none where another generator wrote.
    pub(crate) fn load(out: &Path) -> Self {
        let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let name = snapshot::hash(&absolute.to_string_lossy());
        let file = root().join("target/rendered").join(format!("{name}.json"));
        let generator = generator();
        let known = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice::<Rendered>(&bytes).ok());
        let rendered = known
            .filter(|rendered| rendered.generator == generator && !generator.is_empty())
            .unwrap_or_else(|| Rendered::by(generator));
        Self { file, out: out.to_owned(), rendered }
    }

    /// The folder.
    pub(crate) fn out(&self) -> &Path {
        &self.out
    }

    /// Reads files of the folder.
    pub(crate) fn reader(&self) -> impl Fn(&Path) -> Option<String> + Sync + use<> {
        let out = self.out.clone();
        move |path| fs::read_to_string(out.join(path)).ok()
    }

    /// The memory of a run.
    pub(crate) fn memory<'a>(&'a self, read: &'a (dyn Fn(&Path) -> Option<String> + Sync)) -> Memory<'a> {
        Memory::new(&self.rendered, read)
    }

    /// Keeps what a run rendered, where that is possible.
    pub(crate) fn save(&self, rendered: &Rendered) {
        if rendered.generator.is_empty() || self.rendered.is_same(rendered) {
            return;
        }
        let Some(folder) = self.file.parent() else { return };
        let fresh = folder.join(format!("{}.tmp", std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&fresh, serde_json::to_vec(rendered)?))
            .and_then(|()| fs::rename(&fresh, &self.file));
        if written.is_err() {
            fs::remove_file(&fresh).ok();
        }
    }
}

/// This program, as far as that can be told without reading it: another build renders anew.
fn generator() -> String {
    let program = env::current_exe().and_then(fs::metadata);
    let built = program.and_then(|program| Ok((program.len(), program.modified()?)));
    built.map_or_else(
        |_| String::new(),
        |(length, time)| {
            let time = time.duration_since(UNIX_EPOCH).unwrap_or_default();
            format!("{} {length} {}", env!("CARGO_PKG_VERSION"), time.as_nanos())
        },
    )
}
