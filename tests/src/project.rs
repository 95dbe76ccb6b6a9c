//! Workspaces of generated crates below `target/`, built by cargo as a user's are.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use entitree::FileSet;

/// A workspace.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
}

/// Adds both crates, in a folder of a name, which is also the first part of what they are called.
///
/// # Panics
/// When the hand-written part has no manifest.
pub fn add_crates(files: &mut FileSet, name: &str, generated: &FileSet) {
    let scaffold = entitree::scaffold();
    for (path, text) in scaffold.0.iter().chain(&generated.0) {
        if path.file_name().is_some_and(|file| file != "Cargo.toml") {
            files.0.insert(Path::new(name).join(path), text.clone());
        }
    }
    for of in ["entities", "queries"] {
        let text = &scaffold.0[Path::new(&format!("{of}/Cargo.toml"))];
        let manifest = text
            .replace(&format!("name = \"{of}\""), &format!("name = \"{name}_{of}\""))
            .replace("entities = { path", &format!("entities = {{ package = \"{name}_entities\", path"));
        files.0.insert(Path::new(name).join(of).join("Cargo.toml"), manifest);
    }
}

/// The manifest of a workspace, its members a quoted line each.
pub fn workspace(members: &str) -> String {
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[workspace.lints.rust]\nwarnings = \"deny\"\nmissing_docs = \"deny\"\nunsafe_code = \"forbid\"\n\n[profile.dev]\ndebug = false\nincremental = false\n"
    )
}

impl Project {
    /// Writes what differs, so that cargo builds no more than that, and removes what is not of this run.
    ///
    /// # Panics
    /// When the disk refuses.
    pub fn write(&self, mut files: FileSet) {
        let lock = fs::read_to_string(xtask::root().join("generated/Cargo.lock")).expect("a lock file");
        files.0.insert("Cargo.lock".into(), lock);
        fs::create_dir_all(&self.root).expect("a folder");
        self.remove_others(&self.root, &files);
        for (path, text) in &files.0 {
            let path = self.root.join(path);
            if fs::read_to_string(&path).ok().as_ref() != Some(text) && !(path.ends_with("Cargo.lock") && path.exists()) {
                fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
                fs::write(&path, text).expect("a file");
            }
        }
    }

    fn remove_others(&self, folder: &Path, files: &FileSet) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let relative = path.strip_prefix(&self.root).expect("below the root");
            if path.is_dir() {
                if relative != Path::new("target") {
                    self.remove_others(&path, files);
                }
            } else if !files.0.contains_key(relative) {
                fs::remove_file(&path).expect("a file of an earlier run");
            }
        }
    }

    /// All projects share what they depend on.
    fn target() -> PathBuf {
        xtask::root().join("target/projects")
    }

    /// A program that was built.
    pub fn program(&self, name: &str) -> PathBuf {
        Self::target().join("debug").join(name)
    }

    /// Runs cargo in the workspace, without what an outer cargo says.
    ///
    /// # Panics
    /// When there is no cargo.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).args(arguments).env("CARGO_TARGET_DIR", Self::target());
        for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            command.env_remove(name);
        }
        command.output().expect("cargo runs")
    }
}
