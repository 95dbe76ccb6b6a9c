//! `cargo xtask bench`: how fast the generator, what it generates compiles, and how fast that runs, beside
//! the floor and beside sea-orm-cli, interleaved in one run. Writes docs/benchmarks.md.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks to its user")]

mod compiling;
mod domains;
mod generating;
mod running;

use std::{fmt::Write as _, fs, path::Path, time::Duration};

use entitree_tests::Reference;

/// The allocator that `cargo xtask` has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Up to 200 tables.
    Quick,
    /// Up to 3000, and the incumbent at 1000.
    Full,
}

/// A table of figures, with what is to be said of them.
#[derive(Debug, Default)]
struct Page(String, Vec<Vec<String>>);

impl Page {
    fn text(&mut self, text: &str) {
        let _ = writeln!(self.0, "{text}\n");
    }

    /// Holds a figure against its goal.
    fn goal(&mut self, what: &str, goal: f64, found: f64, is_most: bool) {
        let is_met = if is_most { found <= goal } else { found >= goal };
        let sign = if is_most { "≤" } else { "≥" };
        let verdict = if is_met { "met" } else { "missed" };
        self.1.push(vec![what.to_owned(), format!("{sign} {goal}"), format!("{found:.2}"), verdict.to_owned()]);
    }

    fn table(&mut self, headings: &[&str], rows: &[Vec<String>]) {
        let _ = writeln!(self.0, "| {} |", headings.join(" | "));
        let _ = writeln!(
            self.0,
            "|{}",
            headings.iter().enumerate().map(|(position, _)| if position == 0 { "---|" } else { "---:|" }).collect::<String>()
        );
        for row in rows {
            let _ = writeln!(self.0, "| {} |", row.join(" | "));
        }
        self.0.push('\n');
    }
}

/// The middle of some times.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> String {
    if time.as_millis() < 10 { format!("{:.1}", time.as_secs_f64() * 1e3) } else { time.as_millis().to_string() }
}

fn ratio(time: Duration, of: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() / of.as_secs_f64().max(1e-9))
}

/// Processor, memory, system and versions: what the figures are of.
fn machine(version: &str) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, model)| model.to_owned()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory: u64 = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0);
    let rustc = std::process::Command::new("rustc").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    format!(
        "{}, {cores} cores, {} GiB; PostgreSQL {version} on the same machine; {}; sea-orm-cli 2.0.4, as a library with rustfmt as it comes; release builds.",
        model.unwrap_or_else(|| "an unknown processor".to_owned()),
        memory / 1024 / 1024,
        String::from_utf8_lossy(&rustc).trim()
    )
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let all: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<String> = all.iter().filter(|argument| *argument != "--bench").cloned().collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["generate" | "incumbent", ..] = words[..] {
        return Box::pin(generating::child(&words)).await;
    }
    // `cargo test --all-targets` runs this too, and asks for no figures.
    if all.len() == arguments.len() {
        return;
    }
    let extent = if words.contains(&"--full") { Extent::Full } else { Extent::Quick };
    let asked = |part: &str| !words.iter().any(|word| !word.starts_with("--")) || words.contains(&part);
    let reference = Reference::start().await;
    let client = reference.server.connect("reference").await.expect("the server answers");
    let version: String = client.query_one("show server_version", &[]).await.expect("a version").get(0);
    drop(client);
    let mut page = Page::default();
    page.text("# Benchmarks");
    page.text("Written by `cargo xtask bench --full`. Medians of interleaved rounds in one run; what counts are the ratios.");
    page.text(&machine(&version));
    if asked("generating") {
        Box::pin(generating::measure(&reference, extent, &mut page)).await;
    }
    if asked("compiling") {
        compiling::measure(&reference, extent, &mut page).await;
    }
    if asked("running") {
        running::measure(&reference, &mut page).await;
    }
    if asked("domains") {
        let folder = words.iter().find_map(|word| word.strip_prefix("--schemas="));
        domains::measure(&reference, folder.map(Path::new), &mut page).await;
    }
    let goals = std::mem::take(&mut page.1);
    if !goals.is_empty() {
        page.text("## Goals");
        page.text("At 1000 tables the server alone takes longer than the floor's own statements to say what is asked of it beyond them (grants, comments, types, what \
                   can be NULL), `pg_get_indexdef` most of all; two connections share that. A fresh run creates 2288 files beside it, which is the file system's time.");
        page.text(
            "What bounds what is missed: a fresh run, see above. One changed table: everything is planned again, and every plan \
                   hashed. Entities from 200 tables on: rustc expands macros 9 and resolves names 6 times as long for five times the tables \
                   (`-Z self-profile`). One domain: what no feature leaves out is a third of that crate. Batch loads and streams: dates, \
                   times and numbers are looked at before sqlx decodes them, because it panics at an infinity. `insert_many`: the rows come \
                   back, which COPY's do not.",
        );
        page.table(&["what", "goal", "found", ""], &goals);
    }
    println!("{}", page.0);
    if extent == Extent::Full && words.iter().all(|word| word.starts_with("--")) {
        let path = xtask::root().join("docs/benchmarks.md");
        fs::write(&path, page.0.trim_end().to_owned() + "\n").expect("docs/ can be written");
        eprintln!("wrote {}", path.display());
    }
}
