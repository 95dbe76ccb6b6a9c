//! What the catalogue says of the things that a query's tree names, by OID.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Node, Value};
use crate::schema::Oid;

/// What the catalogue says.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Tables and views.
    pub tables: BTreeMap<Oid, TableFacts>,
    /// Functions, those below operators and aggregates included.
    pub functions: BTreeMap<Oid, FunctionFacts>,
    /// Foreign keys that hold for every row at every moment: validated, and not deferrable.
    pub foreign_keys: Vec<ForeignKeyFacts>,
    /// Domains that refuse NULL.
    pub not_null_types: BTreeSet<Oid>,
}

/// A table or view.
#[derive(Clone, Debug, Default)]
pub struct TableFacts {
    /// The columns (`attnum`) that are never NULL in a stored row.
    pub not_null: BTreeSet<i64>,
    /// The query of a view.
    pub view: Option<Value>,
    /// Row level security may hide rows.
    pub row_security: bool,
    /// It has, or is, an inheritance child; partitions are none.
    pub inherits: bool,
}

/// A function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FunctionFacts {
    /// Gives NULL for any NULL argument.
    pub strict: bool,
    /// The name, for those of `pg_catalog`.
    pub builtin: Option<String>,
    /// How many arguments it takes.
    pub arguments: usize,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKeyFacts {
    /// The table that refers.
    pub table: Oid,
    /// Its columns.
    pub columns: Vec<i64>,
    /// The table referred to.
    pub references: Oid,
    /// Its columns, in the order of `columns`.
    pub referenced: Vec<i64>,
}

/// The functions that a tree names, by OID.
pub fn collect_functions(tree: &Value) -> BTreeSet<Oid> {
    let mut functions = BTreeSet::new();
    tree.visit(&mut |node: &Node| {
        for field in ["funcid", "opfuncid", "aggfnoid", "winfnoid"] {
            if let Ok(oid) = Oid::try_from(node.number(field))
                && oid != 0
            {
                functions.insert(oid);
            }
        }
    });
    functions
}

/// Functions of `pg_catalog` that never give NULL for arguments that are not.
///
/// Functions are on this list because their documentation leaves no way to NULL:
/// <https://www.postgresql.org/docs/current/functions.html>. Not on it: those that look into json
/// (`->`), search (`substring … from`), or take a part that may not be there.
const TOTAL: &[&str] = &[
    // Text.
    "textcat",
    "textanycat",
    "anytextcat",
    "lower",
    "upper",
    "initcap",
    "length",
    "char_length",
    "character_length",
    "octet_length",
    "bit_length",
    "btrim",
    "ltrim",
    "rtrim",
    "lpad",
    "rpad",
    "replace",
    "repeat",
    "reverse",
    "left",
    "right",
    "strpos",
    "position",
    "translate",
    "md5",
    "ascii",
    "chr",
    "split_part",
    "starts_with",
    "quote_ident",
    "encode",
    "decode",
    "sha256",
    "to_hex",
    "regexp_replace",
    "string_to_array",
    "format_type",
    "quote_literal",
    "textlen",
    "bpcharlen",
    "overlay",
    "concat",
    "concat_ws",
    "format",
    "quote_nullable",
    "normalize",
    "substr",
    // Comparison.
    "texteq",
    "textne",
    "text_lt",
    "text_le",
    "text_gt",
    "text_ge",
    "textlike",
    "textnlike",
    "texticlike",
    "texticnlike",
    "textregexeq",
    "textregexne",
    "texticregexeq",
    "texticregexne",
    "bpchareq",
    "bpcharne",
    "booleq",
    "boolne",
    "uuid_eq",
    "uuid_ne",
    "uuid_lt",
    "uuid_le",
    "uuid_gt",
    "uuid_ge",
    "enum_eq",
    "enum_ne",
    "enum_lt",
    "enum_le",
    "enum_gt",
    "enum_ge",
    "jsonb_eq",
    "jsonb_ne",
    "jsonb_contains",
    "jsonb_contained",
    "jsonb_exists",
    "jsonb_exists_any",
    "jsonb_exists_all",
    "array_eq",
    "array_ne",
    "arraycontains",
    "arraycontained",
    "arrayoverlap",
    "nameeq",
    "nameeqtext",
    "like",
    "notlike",
    "similar_to_escape",
    // Numbers.
    "int4pl",
    "int4mi",
    "int4mul",
    "int4div",
    "int4mod",
    "int4um",
    "int4abs",
    "int2pl",
    "int2mi",
    "int2mul",
    "int2div",
    "int8pl",
    "int8mi",
    "int8mul",
    "int8div",
    "int8mod",
    "int8um",
    "int8abs",
    "int84pl",
    "int84mi",
    "int84mul",
    "int84div",
    "int48pl",
    "int48mi",
    "int48mul",
    "int48div",
    "int24pl",
    "int42pl",
    "int24mi",
    "int42mi",
    "int24mul",
    "int42mul",
    "int24div",
    "int42div",
    "int82pl",
    "int28pl",
    "float8pl",
    "float8mi",
    "float8mul",
    "float8div",
    "float4pl",
    "float4mi",
    "float4mul",
    "float4div",
    "float48pl",
    "float84pl",
    "numeric_add",
    "numeric_sub",
    "numeric_mul",
    "numeric_div",
    "numeric_mod",
    "numeric_uminus",
    "abs",
    "round",
    "ceil",
    "ceiling",
    "floor",
    "trunc",
    "sign",
    "sqrt",
    "power",
    "pow",
    "exp",
    "ln",
    "log",
    "mod",
    "div",
    "gcd",
    "lcm",
    "random",
    "int4eq",
    "int4ne",
    "int4lt",
    "int4le",
    "int4gt",
    "int4ge",
    "int8eq",
    "int8ne",
    "int8lt",
    "int8le",
    "int8gt",
    "int8ge",
    "int84eq",
    "int84ne",
    "int84lt",
    "int84le",
    "int84gt",
    "int84ge",
    "int48eq",
    "int48ne",
    "int48lt",
    "int48le",
    "int48gt",
    "int48ge",
    "int2eq",
    "int2ne",
    "int2lt",
    "int2gt",
    "int2le",
    "int2ge",
    "int24eq",
    "int42eq",
    "int24gt",
    "int42gt",
    "int24lt",
    "int42lt",
    "numeric_eq",
    "numeric_ne",
    "numeric_lt",
    "numeric_le",
    "numeric_gt",
    "numeric_ge",
    "float8eq",
    "float8ne",
    "float8lt",
    "float8le",
    "float8gt",
    "float8ge",
    "float4eq",
    "float4ne",
    "float4lt",
    "float4gt",
    // Casts.
    "int4",
    "int8",
    "int2",
    "float8",
    "float4",
    "numeric",
    "text",
    "varchar",
    "bpchar",
    "bool",
    "name",
    "date",
    "timestamp",
    "timestamptz",
    "time",
    "interval",
    "timetz",
    "regclass",
    "rtrim1",
    "uuid",
    "oid",
    "i2toi4",
    "bit",
    "varbit",
    "inet",
    "cidr",
    // Time.
    "now",
    "clock_timestamp",
    "statement_timestamp",
    "transaction_timestamp",
    "timeofday",
    "date_trunc",
    "make_date",
    "make_interval",
    "make_timestamp",
    "make_timestamptz",
    "age",
    "timezone",
    "timestamptz_pl_interval",
    "timestamptz_mi_interval",
    "timestamptz_mi",
    "timestamp_pl_interval",
    "timestamp_mi_interval",
    "timestamp_mi",
    "date_pli",
    "date_mii",
    "date_mi",
    "date_pl_interval",
    "date_mi_interval",
    "interval_pl",
    "interval_mi",
    "interval_mul",
    "interval_div",
    "interval_um",
    "time_pl_interval",
    "timestamptz_eq",
    "timestamptz_ne",
    "timestamptz_lt",
    "timestamptz_le",
    "timestamptz_gt",
    "timestamptz_ge",
    "timestamp_eq",
    "timestamp_lt",
    "timestamp_le",
    "timestamp_gt",
    "timestamp_ge",
    "date_eq",
    "date_ne",
    "date_lt",
    "date_le",
    "date_gt",
    "date_ge",
    "timestamptz_lt_date",
    "timestamptz_gt_date",
    "date_lt_timestamptz",
    "date_gt_timestamptz",
    "isfinite",
    "justify_days",
    "justify_hours",
    "justify_interval",
    "interval_lt",
    "interval_gt",
    "interval_eq",
    // Json.
    "to_json",
    "to_jsonb",
    "jsonb_build_object",
    "json_build_object",
    "jsonb_build_array",
    "json_build_array",
    "row_to_json",
    "jsonb_set",
    "jsonb_insert",
    "jsonb_concat",
    "jsonb_delete",
    "jsonb_typeof",
    "json_typeof",
    "jsonb_array_length",
    "json_array_length",
    "jsonb_strip_nulls",
    "json_strip_nulls",
    "jsonb_pretty",
    "array_to_json",
    "jsonb_delete_path",
    // Arrays.
    "array_append",
    "array_prepend",
    "array_cat",
    "array_remove",
    "array_replace",
    "cardinality",
    "array_to_string",
    "array_fill",
    // Others.
    "gen_random_uuid",
    "current_database",
    "nextval",
    "setval",
    "currval",
    "lastval",
    "pg_backend_pid",
    "version",
    "num_nulls",
    "num_nonnulls",
    "hashtext",
    "pg_typeof",
    "row_number",
    "rank",
    "dense_rank",
    "percent_rank",
    "cume_dist",
    "count",
    "range_eq",
    "range_contains_elem",
    "elem_contained_by_range",
    "range_overlaps",
    "isempty",
    "int4range",
    "int8range",
    "numrange",
    "daterange",
    "tsrange",
    "tstzrange",
    "to_tsvector",
    "to_tsquery",
    "plainto_tsquery",
    "websearch_to_tsquery",
    "ts_rank",
    "ts_rank_cd",
    "ts_match_vq",
    "setweight",
    "tsvector_concat",
    "generate_series",
    "host",
    "network",
    "masklen",
    "family",
];

impl FunctionFacts {
    /// Whether it never gives NULL for arguments that are not.
    pub fn is_total(&self) -> bool {
        match self.builtin.as_deref() {
            // age(xid), substr of anything and the functions that look for a pattern are others.
            Some("substring" | "substr") => self.arguments == 3,
            None => false,
            Some(name) => TOTAL.contains(&name),
        }
    }

    /// Whether it gives a value even for NULL: `concat`, `jsonb_build_object`, `count`.
    pub fn is_always_a_value(&self) -> bool {
        !self.strict
            && matches!(
                self.builtin.as_deref(),
                Some(
                    "concat"
                        | "jsonb_build_object"
                        | "json_build_object"
                        | "jsonb_build_array"
                        | "json_build_array"
                        | "num_nulls"
                        | "num_nonnulls"
                        | "quote_nullable"
                        | "pg_typeof"
                )
            )
    }
}
