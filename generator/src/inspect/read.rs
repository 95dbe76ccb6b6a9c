//! Reads what the catalogue does not say: sizes, statistics, roles, privileges.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::{Client, Row, types::Type as WireType};

use super::{ExtensionFacts, InspectError, Options, RoleFacts, ServerFacts};

/// A schema and a name in it.
pub(super) type Name = (String, String);

/// What was read.
#[derive(Default)]
pub(super) struct Live {
    pub(super) server: ServerFacts,
    pub(super) tables: BTreeMap<Name, Figures>,
    pub(super) roles: Vec<RoleFacts>,
    /// The roles whose policies hold for a role.
    pub(super) acts_as: BTreeMap<String, BTreeSet<String>>,
    pub(super) privileges: Vec<Privilege>,
    /// Scans and bytes, by schema, table and index.
    pub(super) indexes: BTreeMap<(String, String, String), (i64, i64)>,
    /// The last value.
    pub(super) sequences: BTreeMap<Name, i64>,
    pub(super) used_functions: BTreeMap<(String, String, String), Vec<String>>,
    pub(super) used_types: BTreeMap<Name, Vec<String>>,
    pub(super) extensions: Vec<ExtensionFacts>,
    /// Security definer functions that roles of an API may call, with the roles.
    pub(super) executable: BTreeMap<(String, String, String), Vec<String>>,
    /// Extensions that `alter extension … set schema` moves.
    pub(super) relocatable: BTreeSet<String>,
    /// What depends on the type of a column, by schema, table and column.
    pub(super) type_dependents: BTreeMap<(String, String, String), String>,
    /// `server_version_num`
    pub(super) version: i32,
    /// The schemas that `PostgREST` serves, where the database says so.
    pub(super) exposed: Vec<String>,
    /// Replication slots that nobody reads.
    pub(super) idle_slots: Vec<String>,
}

/// The figures of a table.
#[derive(Clone, Default)]
pub(super) struct Figures {
    /// Rows, as the planner would guess them.
    pub(super) estimate: i64,
    pub(super) heap_bytes: i64,
    pub(super) index_bytes: i64,
    pub(super) toast_bytes: i64,
    pub(super) dead_rows: i64,
    pub(super) live_rows: i64,
    pub(super) writes: i64,
    pub(super) scans: i64,
    pub(super) last_activity: Option<String>,
    pub(super) readable: bool,
    pub(super) unpopulated: bool,
    /// `CREATE TABLE … OF`: its columns are those of the type.
    pub(super) typed: bool,
    pub(super) options: Vec<String>,
}

/// What a role may do with a table.
pub(super) struct Privilege {
    pub(super) table: Name,
    pub(super) role: String,
    /// SELECT, INSERT, UPDATE, DELETE.
    pub(super) commands: [bool; 4],
    pub(super) owns: bool,
}

type Read<T> = Result<T, tokio_postgres::Error>;

/// Reads all of it, within the transaction that is open.
pub(super) async fn read(client: &Client, options: &Options) -> Result<Live, InspectError> {
    let what = |what: &'static str| move |source| InspectError::Refused { what, source };
    client
        .batch_execute(&format!("set local statement_timeout = '{}s'", options.timeout_seconds))
        .await
        .map_err(what("settings"))?;
    let ask = async |name: &'static str, sql: &str| client.query_typed(sql, &[]).await.map_err(what(name));
    let mut live = Live::default();
    for row in ask("server", include_str!("server.sql")).await? {
        server(&row, &mut live).map_err(what("server"))?;
    }
    for row in ask("tables", include_str!("table.sql")).await? {
        let (name, figures) = figures(&row).map_err(what("tables"))?;
        live.tables.insert(name, figures);
    }
    for row in ask("roles", include_str!("role.sql")).await? {
        role(&row, &mut live).map_err(what("roles"))?;
    }
    for row in ask("privileges", include_str!("privilege.sql")).await? {
        live.privileges.push(privilege(&row).map_err(what("privileges"))?);
    }
    for row in ask("indexes", include_str!("index.sql")).await? {
        index(&row, &mut live).map_err(what("indexes"))?;
    }
    for row in ask("sequences", include_str!("sequence.sql")).await? {
        sequence(&row, &mut live).map_err(what("sequences"))?;
    }
    for row in ask("functions", include_str!("function.sql")).await? {
        function(&row, &mut live).map_err(what("functions"))?;
    }
    for row in ask("types", include_str!("type.sql")).await? {
        used_type(&row, &mut live).map_err(what("types"))?;
    }
    for row in ask("extensions", include_str!("extension.sql")).await? {
        let facts = extension(&row).map_err(what("extensions"))?;
        if row.try_get("relocatable").map_err(what("extensions"))? {
            live.relocatable.insert(facts.name.clone());
        }
        live.extensions.push(facts);
    }
    for row in ask("dependencies", include_str!("type_dependent.sql")).await? {
        let (column, what_depends) = type_dependent(&row).map_err(what("dependencies"))?;
        live.type_dependents.insert(column, what_depends);
    }
    let executable = client.query_typed(include_str!("executable.sql"), &[(&options.api_roles, WireType::TEXT_ARRAY)]).await;
    for row in executable.map_err(what("functions"))? {
        definer(&row, &mut live).map_err(what("functions"))?;
    }
    live.roles.sort_by(|left, right| left.name.cmp(&right.name));
    live.extensions.sort_by(|left, right| left.name.cmp(&right.name));
    live.privileges.sort_by(|left, right| (&left.table, &left.role).cmp(&(&right.table, &right.role)));
    live.used_types.values_mut().for_each(|used| {
        used.sort();
        used.dedup();
    });
    Ok(live)
}

fn name(row: &Row) -> Read<Name> {
    Ok((row.try_get("schema")?, row.try_get("name")?))
}

fn signature(row: &Row) -> Read<(String, String, String)> {
    Ok((row.try_get("schema")?, row.try_get("name")?, row.try_get("arguments")?))
}

fn server(row: &Row, live: &mut Live) -> Read<()> {
    live.server = ServerFacts {
        version: row.try_get("version")?,
        database: row.try_get("database")?,
        role: row.try_get("role")?,
        bytes: row.try_get("bytes")?,
        statistics_since: row.try_get("since")?,
    };
    live.version = row.try_get("number")?;
    live.idle_slots = row.try_get("idle_slots")?;
    let exposed: String = row.try_get("exposed")?;
    live.exposed = exposed.split(',').map(|schema| schema.trim().to_owned()).filter(|schema| !schema.is_empty()).collect();
    Ok(())
}

fn figures(row: &Row) -> Read<(Name, Figures)> {
    let (estimate, pages): (f64, i64) = (row.try_get("estimate")?, row.try_get("pages")?);
    let (heap_bytes, block): (i64, i64) = (row.try_get("heap_bytes")?, row.try_get("block")?);
    let live_rows: i64 = row.try_get("live_rows")?;
    let figures = Figures {
        estimate: estimated(estimate, pages, heap_bytes / block.max(1)).unwrap_or(live_rows),
        heap_bytes,
        index_bytes: row.try_get("index_bytes")?,
        toast_bytes: row.try_get("toast_bytes")?,
        dead_rows: row.try_get("dead_rows")?,
        live_rows,
        writes: row.try_get("writes")?,
        scans: row.try_get("scans")?,
        last_activity: row.try_get("last_activity")?,
        readable: row.try_get("readable")?,
        unpopulated: row.try_get("unpopulated")?,
        typed: row.try_get("typed")?,
        options: row.try_get("options")?,
    };
    Ok((name(row)?, figures))
}

/// The rows that the planner assumes: as many on each page as when the table was last analyzed.
/// <https://www.postgresql.org/docs/current/row-estimation-examples.html>
fn estimated(rows: f64, pages: i64, now: i64) -> Option<i64> {
    if rows < 0.0 || pages == 0 {
        return None;
    }
    let (rows, pages, now) = (rows, whole(pages), whole(now));
    format!("{:.0}", rows / pages * now).parse().ok()
}

/// A number of pages, of which there are fewer than 2^32.
fn whole(pages: i64) -> f64 {
    f64::from(u32::try_from(pages).unwrap_or(u32::MAX))
}

fn role(row: &Row, live: &mut Live) -> Read<()> {
    let role = RoleFacts {
        name: row.try_get("name")?,
        superuser: row.try_get("superuser")?,
        login: row.try_get("login")?,
        bypasses_row_security: row.try_get("bypasses")?,
        member_of: row.try_get("member_of")?,
    };
    let acts_as: Vec<String> = row.try_get("acts_as")?;
    live.acts_as.insert(role.name.clone(), acts_as.into_iter().collect());
    live.roles.push(role);
    Ok(())
}

fn privilege(row: &Row) -> Read<Privilege> {
    Ok(Privilege {
        table: name(row)?,
        role: row.try_get("role")?,
        commands: [row.try_get("selects")?, row.try_get("inserts")?, row.try_get("updates")?, row.try_get("deletes")?],
        owns: row.try_get("owns")?,
    })
}

fn index(row: &Row, live: &mut Live) -> Read<()> {
    let key = (row.try_get("schema")?, row.try_get("table")?, row.try_get("name")?);
    live.indexes.insert(key, (row.try_get("scans")?, row.try_get("bytes")?));
    Ok(())
}

fn sequence(row: &Row, live: &mut Live) -> Read<()> {
    if let Some(last) = row.try_get("last_value")? {
        live.sequences.insert(name(row)?, last);
    }
    Ok(())
}

fn function(row: &Row, live: &mut Live) -> Read<()> {
    live.used_functions.insert(signature(row)?, row.try_get("used_by")?);
    Ok(())
}

fn used_type(row: &Row, live: &mut Live) -> Read<()> {
    live.used_types.entry(name(row)?).or_default().push(row.try_get("what")?);
    Ok(())
}

fn extension(row: &Row) -> Read<ExtensionFacts> {
    Ok(ExtensionFacts {
        name: row.try_get("name")?,
        version: row.try_get("version")?,
        default_version: row.try_get("default_version")?,
        schema: row.try_get("schema")?,
    })
}

fn type_dependent(row: &Row) -> Read<((String, String, String), String)> {
    Ok(((row.try_get("schema")?, row.try_get("table")?, row.try_get("name")?), row.try_get("what")?))
}

fn definer(row: &Row, live: &mut Live) -> Read<()> {
    live.executable.entry(signature(row)?).or_default().push(row.try_get("role")?);
    Ok(())
}
