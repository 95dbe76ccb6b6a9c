//! What the last run rendered, kept below target/: a run renders again only what changed. Deleting it
//! costs a second.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::UNIX_EPOCH,
};

use entitree::{Past, Rendered, Snapshot, parallel, snapshot};

use crate::root;

/// Where the traces of the last run that wrote into a folder are kept.
pub(crate) struct Kept {
    file: PathBuf,
    rendered: Rendered,
}

/// What the last run left in a folder, its files read ahead: they are many, and the database takes its
/// time meanwhile.
pub(crate) fn past(out: &Path) -> (Kept, Past) {
    let (kept, snapshot) = thread::scope(|scope| {
        let kept = scope.spawn(|| Kept::load(out));
        let snapshot = Snapshot::read(&out.join(snapshot::FILE)).unwrap_or_default();
        (kept.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), snapshot)
    });
    let past = Past { snapshot, rendered: kept.rendered.clone(), read: Some(Box::new(kept.reader(out))) };
    (kept, past)
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
        Self { file, rendered }
    }

    /// What was rendered.
    pub(crate) fn rendered(&self) -> &Rendered {
        &self.rendered
    }

    /// Reads the files of the folder that were rendered, and gives each back.
    fn reader(&self, out: &Path) -> impl Fn(&Path) -> Option<String> + Send + Sync + use<> {
        let paths: Vec<PathBuf> = self.rendered.paths().map(Path::to_owned).collect();
        let texts = parallel(&paths, |path| fs::read_to_string(out.join(path)).ok());
        let files: BTreeMap<PathBuf, String> =
            paths.into_iter().zip(texts).filter_map(|(path, text)| Some((path, text?))).collect();
        move |path| files.get(path).cloned()
    }

    /// Keeps what a run rendered, where that is possible.
    pub(crate) fn save(&self, rendered: &Rendered) {
        if rendered.generator.is_empty() || self.rendered.is_same(rendered) {
            return;
        }
        let Some(folder) = self.file.parent() else { return };
        // One name for each folder: what a run leaves that is killed here, the next one replaces.
        let fresh = self.file.with_extension("tmp");
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
