//! The page of the report in a browser: search, filters, sorting, relations, diagrams, and not a word on
//! the console.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use entitree::{Config, inspect};
use entitree_tests::{Reference, reference_config};
use serde_json::Value;

/// What a person would do, as a script at the page's end; it writes what it saw into the page.
const STEPS: &str = r##"
const seen = {};
const by = (id) => document.getElementById(id);
const shown = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.offsetParent !== null || node.getClientRects().length).length;
const type = (id, text) => { by(id).value = text; by(id).dispatchEvent(new Event("input", { bubbles: true })); by(id).dispatchEvent(new Event("change", { bubbles: true })); };
const wait = (time) => new Promise((done) => setTimeout(done, time));
const steps = async () => {
    await wait(300);
    seen.tables = shown("#table-list tbody tr");
    type("table-search", "audit");
    await wait(300);
    seen.searched = shown("#table-list tbody tr");
    seen.told = by("table-count").textContent.trim();
    by("table-reset").click();
    await wait(300);
    type("filter-state", "=used");
    await wait(300);
    seen.used = shown("#table-list tbody tr");
    by("table-reset").click();
    await wait(300);
    by("sort-rows").click();
    await wait(100);
    const first = () => document.querySelector("#table-list tbody tr").textContent;
    const order = () => document.querySelector('th[data-sort="rows"]').getAttribute("aria-sort");
    seen.sorted = [order(), first().includes("system_audit_logs")];
    by("sort-rows").click();
    await wait(100);
    seen.sortedBack = [order(), first().includes("system_audit_logs")];
    for (const severity of ["error", "info"]) { by(`filter-severity-${severity}`).click(); }
    await wait(300);
    seen.warnings = [shown("#finding-list > *"), shown('#finding-list > [data-severity="warning"]')];
    const users = [...document.querySelectorAll("#table-list tbody tr")].find((row) => row.textContent.includes("user_profiles"));
    const link = users.querySelector('a[href^="#t-"]');
    link.click();
    await wait(300);
    seen.detail = document.querySelector(`${link.getAttribute("href")}`)?.textContent.includes("user_id");
    const relation = document.querySelector(`${link.getAttribute("href")} [data-relations="out"] a[href^="#t-"]`);
    relation.click();
    await wait(300);
    seen.followed = location.hash === relation.getAttribute("href") && document.querySelector(location.hash).textContent.includes("auth_user_id");
    document.querySelectorAll("#diagrams details").forEach((detail) => { detail.open = true; });
    await wait(300);
    const box = [...document.querySelectorAll("#diagrams a.box")].find((box) => box.textContent.includes("user_contacts"));
    box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));
    await wait(300);
    seen.drawn = [document.querySelectorAll("#diagrams svg").length > 0, location.hash === box.getAttribute("href")];
    seen.labels = [...document.querySelectorAll("input, select, button")].filter((control) => !control.labels?.length && !control.getAttribute("aria-label") && !control.textContent.trim()).length;
    const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
    seen.ids = ids.length === new Set(ids).size;
    seen.dead = [...document.querySelectorAll('a[href^="#"]')].filter((link) => !by(decodeURIComponent(link.getAttribute("href").slice(1)))).length;
};
steps().catch((error) => { seen.failure = String(error); }).finally(() => {
    const result = document.createElement("pre");
    result.id = "what-was-seen";
    result.textContent = JSON.stringify(seen);
    document.body.append(result);
});
"##;

fn chromium() -> PathBuf {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
        .expect("Chromium is installed: `cargo xtask test` does that")
}

/// The page after the steps, and what the console said.
fn browse(page: &Path, profile: &Path) -> (String, String) {
    let output = Command::new(chromium())
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--enable-logging=stderr", "--v=0", "--virtual-time-budget=20000", "--window-size=1400,2000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .output()
        .expect("the browser starts");
    let console = String::from_utf8_lossy(&output.stderr);
    let console: Vec<&str> = console.lines().filter(|line| line.contains("CONSOLE")).collect();
    (String::from_utf8_lossy(&output.stdout).into_owned(), console.join("\n"))
}

#[tokio::test]
async fn the_page_can_be_searched_filtered_sorted_and_followed() {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let config: Config = reference_config();
    let mut session = entitree::connect(&url, |_| None).await.expect("the server answers");
    let options = inspect::Options::default();
    let inspection = inspect::inspect(&mut session, &config, &options, &|_, _, _| {}).await.expect("a report");
    let html = inspect::html(&inspection);
    let at = html.rfind("</script>").expect("the page has a script");
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    // Strict mode and the page's own names stay the page's.
    fs::write(&page, format!("{}\n;(() => {{{STEPS}}})();\n{}", &html[..at], &html[at..])).expect("the page is written");
    let (dom, console) = browse(&page, &folder.path().join("profile"));
    assert_eq!(console, "", "the console is silent");
    let seen = dom.split_once("id=\"what-was-seen\">").and_then(|(_, after)| after.split_once("</pre>")).map(|(seen, _)| seen);
    let seen: Value = serde_json::from_str(&seen.expect("the steps ran").replace("&lt;", "<").replace("&amp;", "&")).expect("JSON");
    // Findings of one rule and decision are one block.
    let warnings: BTreeSet<(&str, &str)> = inspection
        .findings
        .iter()
        .filter(|finding| finding.severity == inspect::Severity::Warning)
        .map(|finding| (finding.rule, finding.group.as_str()))
        .collect();
    let warnings = warnings.len();
    let used = inspection.tables.iter().filter(|table| table.state == "used").count();
    assert_eq!(seen["failure"], Value::Null, "{seen}");
    assert_eq!((&seen["tables"], &seen["searched"], &seen["used"]), (&50.into(), &4.into(), &used.into()), "{seen}");
    assert!(seen["told"].as_str().is_some_and(|told| told.contains('4')), "{seen}");
    assert_ne!(seen["sorted"][0], seen["sortedBack"][0], "{seen}");
    assert!(seen["sorted"][1] == true || seen["sortedBack"][1] == true, "the largest table is first one way: {seen}");
    assert_eq!(seen["warnings"], serde_json::json!([warnings, warnings]), "{seen}");
    assert_eq!((&seen["detail"], &seen["followed"]), (&true.into(), &true.into()), "{seen}");
    assert_eq!(seen["drawn"], serde_json::json!([true, true]), "{seen}");
    assert_eq!((&seen["labels"], &seen["ids"], &seen["dead"]), (&0.into(), &true.into(), &0.into()), "{seen}");
}
