//! Diagrams of tables and their relations: for Mermaid, for Graphviz, and as SVG for the page.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem, thread,
};

use rust_sugiyama::{configure::Config as LayoutConfig, from_vertices_and_edges};

use super::{Inspection, Origin, RelationFacts, TableFacts};

/// More tables than this are drawn as names only.
const COMPACT_FROM: usize = 60;
/// So many columns of a table are shown.
const COLUMNS_SHOWN: usize = 8;
/// So many letters of a name are shown.
const LETTERS_SHOWN: usize = 30;
/// The hues that tell domains apart.
pub(super) const HUES: usize = 8;
/// The heads of tables, in pixels.
const HEAD: f64 = 28.0;
/// The lines of tables, in pixels.
const LINE: f64 = 19.0;
/// The width of a letter of the names, in pixels.
const LETTER: f64 = 7.3;
/// The space around everything.
const MARGIN: f64 = 24.0;
/// From this many leaves on, those of one table stand in a block.
const BLOCK_FROM: usize = 4;
/// So many tables are laid out in one piece; more are split into groups that hang together.
const PIECE: usize = 48;
/// The stack of the thread that lays out: the crate goes down as deep as a layer is long.
const STACK: usize = 16 << 20;

/// A relation that is drawn.
struct Edge<'a> {
    from: usize,
    to: usize,
    relation: &'a RelationFacts,
}

/// What a diagram shows.
struct Selection<'a> {
    tables: &'a [TableFacts],
    /// The positions of the tables, and whether they are of another domain.
    shown: BTreeMap<usize, bool>,
    edges: Vec<Edge<'a>>,
}

impl<'a> Selection<'a> {
    fn of(inspection: &'a Inspection, domain: Option<&str>) -> Self {
        let tables = &inspection.tables;
        let names: BTreeMap<String, usize> =
            tables.iter().enumerate().map(|(position, table)| (table.qualified(), position)).collect();
        let is_own = |position: usize| domain.is_none() || tables[position].domain.as_deref() == domain;
        let mut shown: BTreeMap<usize, bool> =
            (0..tables.len()).filter(|&position| is_own(position)).map(|position| (position, false)).collect();
        let mut known = BTreeSet::new();
        let mut edges = Vec::new();
        for relation in &inspection.relations {
            let (Some(&from), Some(&to)) = (names.get(&relation.from), names.get(&relation.to)) else { continue };
            let is_outside = |position: usize| domain.is_some() && tables[position].domain.is_none();
            if is_outside(from) || is_outside(to) || !(is_own(from) || is_own(to)) || !known.insert((from, &relation.columns, to)) {
                continue;
            }
            shown.entry(from).or_insert(true);
            shown.entry(to).or_insert(true);
            edges.push(Edge { from, to, relation });
        }
        Self { tables, shown, edges }
    }

    /// The columns that relations of a table use.
    fn foreign(&self, position: usize) -> BTreeSet<&str> {
        self.edges
            .iter()
            .filter(|edge| edge.from == position)
            .flat_map(|edge| edge.relation.columns.iter().map(String::as_str))
            .collect()
    }
}

/// The tables and their relations as a Mermaid `erDiagram`.
///
/// A domain's diagram shows each column of its tables, and the tables of other domains that they are related to by
/// name. That of all domains shows the columns of keys and relations.
pub fn mermaid(inspection: &Inspection, domain: Option<&str>) -> String {
    let selection = Selection::of(inspection, domain);
    let mut text = "erDiagram\n".to_owned();
    for (&position, &is_stub) in &selection.shown {
        let table = &selection.tables[position];
        let foreign = selection.foreign(position);
        let mut columns = Vec::new();
        for column in table.columns.iter().filter(|_| !is_stub) {
            let is_foreign = foreign.contains(column.name.as_str());
            if domain.is_none() && !column.key && !is_foreign {
                continue;
            }
            let (name, r#type) = (mermaid_word(&column.name), mermaid_word(&column.r#type));
            let keys = match (column.key, is_foreign) {
                (true, true) => " PK, FK",
                (true, false) => " PK",
                (false, true) => " FK",
                (false, false) => "",
            };
            let comment = if name == column.name { String::new() } else { format!(" \"{}\"", mermaid_text(&column.name)) };
            columns.push(format!("        {type} {name}{keys}{comment}\n"));
        }
        let name = mermaid_text(&table.qualified());
        if columns.is_empty() {
            text.push_str(&format!("    \"{name}\"\n"));
        } else {
            text.push_str(&format!("    \"{name}\" {{\n{}    }}\n", columns.concat()));
        }
    }
    for edge in &selection.edges {
        let table = &selection.tables[edge.from];
        let is_required =
            edge.relation.columns.iter().all(|name| table.columns.iter().any(|column| column.name == *name && column.not_null));
        text.push_str(&format!(
            "    \"{}\" {}{}{} \"{}\" : \"{}\"\n",
            mermaid_text(&edge.relation.from),
            if edge.relation.one_to_one { "|o" } else { "}o" },
            if matches!(edge.relation.origin, Origin::Constraint(_)) { "--" } else { ".." },
            if is_required { "||" } else { "o|" },
            mermaid_text(&edge.relation.to),
            mermaid_text(&edge.relation.columns.join(", ")),
        ));
    }
    text
}

/// Text between quotes: what could end it, or mean something to Mermaid, becomes a character reference.
fn mermaid_text(text: &str) -> String {
    if text.is_empty() {
        return " ".to_owned();
    }
    let escape = |letter: char| match letter {
        ' ' | '_' | '-' | '.' | ',' => letter.to_string(),
        _ if letter.is_alphanumeric() => letter.to_string(),
        _ => format!("#{};", u32::from(letter)),
    };
    text.chars().map(escape).collect()
}

/// A type or the name of a column, which Mermaid takes without quotes only.
fn mermaid_word(text: &str) -> String {
    let keep = |letter: char| match letter {
        '_' | '-' | '(' | ')' | '[' | ']' => letter,
        _ if letter.is_ascii_alphanumeric() || (letter.is_alphanumeric() && letter >= '\u{c0}') => letter,
        _ => '_',
    };
    let word: String = text.chars().map(keep).collect();
    match word.as_str() {
        "PK" | "FK" | "UK" => format!("{word}_"),
        _ if word.starts_with(|letter: char| letter == '_' || letter.is_alphabetic()) => word,
        _ => format!("_{word}"),
    }
}

/// The tables and their relations for Graphviz, those of a domain, or of all, then in a cluster for each domain.
pub fn dot(inspection: &Inspection, domain: Option<&str>) -> String {
    let selection = Selection::of(inspection, domain);
    let mut text = format!("digraph {} {{\n", dot_text(domain.unwrap_or(&inspection.server.database)));
    text.push_str(
        "    rankdir=RL;\n    newrank=true;\n    node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n",
    );
    text.push_str("    edge [dir=both, arrowhead=tee, fontname=\"sans-serif\", fontsize=9];\n");
    let node = |position: usize, is_stub: bool| {
        let table = &selection.tables[position];
        let rows = rows_text(table).map(|rows| format!("\n{rows} rows")).unwrap_or_default();
        let label = if is_stub { table.qualified() } else { format!("{}{rows}", table.qualified()) };
        let style = if is_stub { ", style=\"rounded,dashed\", color=gray, fontcolor=gray" } else { "" };
        format!("{} [label={}{style}];\n", dot_text(&table.qualified()), dot_label(&label))
    };
    let mut clusters: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (&position, &is_stub) in &selection.shown {
        match selection.tables[position].domain.as_deref().filter(|_| domain.is_none()) {
            Some(name) => clusters.entry(Some(name)).or_default().push(position),
            None => text.push_str(&format!("    {}", node(position, is_stub))),
        }
    }
    for (number, (name, positions)) in clusters.into_iter().enumerate() {
        text.push_str(&format!("    subgraph cluster_{number} {{\n        label={};\n", dot_label(name.unwrap_or_default())));
        for position in positions {
            text.push_str(&format!("        {}", node(position, false)));
        }
        text.push_str("    }\n");
    }
    for edge in &selection.edges {
        let tail = if edge.relation.one_to_one { "tee" } else { "crow" };
        let style = match edge.relation.origin {
            Origin::Constraint(_) => "",
            Origin::Declared | Origin::View(_) => ", style=dashed",
            Origin::Found => ", style=dotted",
        };
        text.push_str(&format!(
            "    {} -> {} [label={}, arrowtail={tail}{style}];\n",
            dot_text(&edge.relation.from),
            dot_text(&edge.relation.to),
            dot_label(&edge.relation.columns.join(", ")),
        ));
    }
    text.push_str("}\n");
    text
}

/// A quoted identifier.
fn dot_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r"))
}

/// A quoted label, in which Graphviz reads references to characters.
fn dot_label(text: &str) -> String {
    dot_text(&text.replace('&', "&amp;"))
}

/// How many rows, in few letters.
fn rows_text(table: &TableFacts) -> Option<String> {
    let rows = table.rows?;
    let mark = if table.estimated { "≈" } else { "" };
    let (unit, letter) = match rows {
        ..10_000 => return Some(format!("{mark}{rows}")),
        10_000..1_000_000 => (1_000, "k"),
        1_000_000..1_000_000_000 => (1_000_000, "M"),
        _ => (1_000_000_000, "G"),
    };
    let tenths = (rows % unit) * 10 / unit;
    let whole = rows / unit;
    Some(if whole < 100 && tenths > 0 { format!("{mark}{whole}.{tenths}{letter}") } else { format!("{mark}{whole}{letter}") })
}

/// A drawing, and how large it is in pixels.
pub(super) struct Drawing {
    /// The `svg` element, without a colour: the page gives it by class.
    pub svg: String,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Default)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Area {
    fn right(&self) -> f64 {
        self.x + self.width
    }

    fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// A table as it is drawn.
struct Shape<'a> {
    table: usize,
    is_stub: bool,
    /// The columns, and what is said of them.
    lines: Vec<(&'a str, &'static str)>,
    more: usize,
    area: Area,
}

/// Draws the tables and relations of a domain, or of all.
pub(super) fn draw(inspection: &Inspection, domain: Option<&str>) -> Drawing {
    let selection = Selection::of(inspection, domain);
    let own = selection.shown.values().filter(|is_stub| !**is_stub).count();
    let is_compact = domain.is_none() || own > COMPACT_FROM;
    let mut shapes = shapes(&selection, is_compact);
    let numbers: BTreeMap<usize, usize> = shapes.iter().enumerate().map(|(number, shape)| (shape.table, number)).collect();
    let edges: Vec<(usize, usize)> =
        selection.edges.iter().filter_map(|edge| Some((*numbers.get(&edge.to)?, *numbers.get(&edge.from)?))).collect();
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, shape) in shapes.iter().enumerate() {
        let of = selection.tables[shape.table].domain.as_deref().filter(|_| domain.is_none());
        let of = of.and_then(|name| inspection.domains.iter().position(|domain| domain.name == name));
        clusters.entry(if domain.is_none() { of.unwrap_or(usize::MAX) } else { 0 }).or_default().push(number);
    }
    let places = on_own_stack(|| {
        let sizes: Vec<(f64, f64)> = shapes.iter().map(|shape| (shape.area.width, shape.area.height)).collect();
        clusters.values().map(|members| arrange_members(&sizes, members, &edges, is_compact)).collect::<Vec<_>>()
    });
    let places = places.unwrap_or_else(|| {
        let grid = |members: &Vec<usize>| {
            let areas: Vec<Area> = members.iter().map(|&number| shapes[number].area).collect();
            stacked(&areas, 24.0, 12.0, 1.4)
        };
        clusters.values().map(grid).collect()
    });
    // Clusters have a frame with a title where there is more than one.
    let is_framed = clusters.len() > 1;
    let (pad, title) = if is_framed { (20.0, 34.0) } else { (0.0, 0.0) };
    let frames: Vec<Area> = places
        .iter()
        .map(|(_, size)| Area { width: size.0 + 2.0 * pad, height: size.1 + pad + title, ..Area::default() })
        .collect();
    let (frames, size) = shelved(&frames, 36.0, 1.5);
    let mut svg = String::new();
    for ((key, members), ((areas, _), frame)) in clusters.iter().zip(places.iter().zip(&frames)) {
        for (&number, area) in members.iter().zip(areas) {
            shapes[number].area.x = MARGIN + frame.x + pad + area.x;
            shapes[number].area.y = MARGIN + frame.y + title + area.y;
        }
        if is_framed {
            svg.push_str(&framed(*frame, inspection.domains.get(*key).map(|domain| domain.name.as_str()), *key));
        }
    }
    let hues: BTreeMap<&str, usize> =
        inspection.domains.iter().enumerate().map(|(number, domain)| (domain.name.as_str(), number % HUES)).collect();
    for group in grouped(&selection, is_compact) {
        svg.push_str(&drawn_edge(&selection, &group, &shapes, &numbers));
    }
    for shape in &shapes {
        svg.push_str(&drawn_table(&selection.tables[shape.table], shape, &hues));
    }
    let (width, height) = ((size.0 + 2.0 * MARGIN).ceil(), (size.1 + 2.0 * MARGIN).ceil());
    let kind = if is_compact { "diagram compact" } else { "diagram" };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{kind}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">{svg}</svg>"
    );
    Drawing { svg, width, height }
}

/// Runs something that needs a deep stack; nothing where it failed.
fn on_own_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok()?.join().ok())
}

/// A number as one that can be drawn.
fn real(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The width of a text, in letters.
fn letters(text: &str) -> usize {
    text.chars().map(|letter| if letter >= '\u{1100}' && letter != '…' && letter != '≈' { 2 } else { 1 }).sum()
}

/// The text, or so much of it as fits.
fn shortened(text: &str) -> String {
    if letters(text) <= LETTERS_SHOWN {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if letters(&short) + 2 >= LETTERS_SHOWN {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
}

fn shapes<'a>(selection: &Selection<'a>, is_compact: bool) -> Vec<Shape<'a>> {
    let mut foreign: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for edge in &selection.edges {
        foreign.entry(edge.from).or_default().extend(edge.relation.columns.iter().map(String::as_str));
    }
    let mut shapes: Vec<Shape<'a>> = Vec::new();
    let mut width: usize = 12;
    for (&position, &is_stub) in &selection.shown {
        let table = &selection.tables[position];
        let mut lines = Vec::new();
        let mut more = 0;
        width = width.max(letters(&shortened(&table.name)) + 2);
        if !is_compact && !is_stub {
            for column in &table.columns {
                let is_foreign = foreign.get(&position).is_some_and(|names| names.contains(column.name.as_str()));
                let mark = match (column.key, is_foreign) {
                    (true, true) => "PK FK",
                    (true, false) => "PK",
                    (false, true) => "FK",
                    (false, false) => continue,
                };
                if lines.len() < COLUMNS_SHOWN {
                    width = width.max(letters(&shortened(&column.name)) + mark.len() + 3);
                    lines.push((column.name.as_str(), mark));
                }
            }
            more = table.columns.len() - lines.len();
            width = width.max(letters(&shortened(&table.name)) + rows_text(table).map_or(0, |rows| letters(&rows)) + 4);
        }
        let count = lines.len() + usize::from(more > 0);
        let height = if count > 0 { HEAD + 6.0 + LINE * real(count) } else { HEAD };
        shapes.push(Shape { table: position, is_stub, lines, more, area: Area { height, ..Area::default() } });
    }
    let width = (real(width) * LETTER + 14.0).round();
    for shape in &mut shapes {
        shape.area.width = width;
    }
    shapes
}

/// The places of some of the shapes, in their order, and how large it is all.
fn arrange_members(sizes: &[(f64, f64)], members: &[usize], edges: &[(usize, usize)], is_compact: bool) -> (Vec<Area>, (f64, f64)) {
    let inside: BTreeMap<usize, usize> = members.iter().enumerate().map(|(inner, &number)| (number, inner)).collect();
    let areas: Vec<Area> =
        members.iter().map(|&number| Area { width: sizes[number].0, height: sizes[number].1, ..Area::default() }).collect();
    let edges: Vec<(usize, usize)> =
        edges.iter().filter_map(|(left, right)| Some((*inside.get(left)?, *inside.get(right)?))).collect();
    arrange(areas, &edges, is_compact)
}

/// Lays out areas: those that edges connect in layers from left to right, the others in a grid.
fn arrange(mut areas: Vec<Area>, edges: &[(usize, usize)], is_compact: bool) -> (Vec<Area>, (f64, f64)) {
    let (between_layers, between) = if is_compact { (64.0, 12.0) } else { (84.0, 24.0) };
    let edges = acyclic(areas.len(), edges);
    let mut neighbours: Vec<Vec<(usize, bool)>> = vec![Vec::new(); areas.len()];
    for &(left, right) in &edges {
        neighbours[left].push((right, true));
        neighbours[right].push((left, false));
    }
    // Tables that hang on one table only stand in a block beside it.
    let mut blocks: BTreeMap<(usize, bool), Vec<usize>> = BTreeMap::new();
    for (leaf, ends) in neighbours.iter().enumerate() {
        if let [(hub, is_left)] = ends.as_slice()
            && neighbours[*hub].len() > 1
        {
            blocks.entry((*hub, *is_left)).or_default().push(leaf);
        }
    }
    blocks.retain(|_, leaves| leaves.len() >= BLOCK_FROM);
    let mut block_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut inner = Vec::new();
    for (number, leaves) in blocks.values().enumerate() {
        let members: Vec<Area> = leaves.iter().map(|&leaf| areas[leaf]).collect();
        inner.push(stacked(&members, 28.0, between, 0.7));
        block_of.extend(leaves.iter().map(|&leaf| (leaf, areas.len() + number)));
    }
    let vertex = |number: usize| block_of.get(&number).copied().unwrap_or(number);
    let size = |number: usize| match number.checked_sub(areas.len()) {
        Some(block) => inner[block].1,
        None => (areas[number].width, areas[number].height),
    };
    let connected: BTreeSet<(usize, usize)> = edges.iter().map(|&(left, right)| (vertex(left), vertex(right))).collect();
    let connected = within_pieces(connected, areas.len() + blocks.len());
    let vertices: BTreeSet<usize> = connected.iter().flat_map(|&(left, right)| [left, right]).collect();
    let mut pieces: Vec<Vec<(usize, Area)>> = Vec::new();
    for piece in layered(&vertices, &connected, size, between_layers, between) {
        let mut placed = Vec::new();
        for (number, area) in piece {
            match number.checked_sub(areas.len()) {
                None => placed.push((number, area)),
                Some(block) => {
                    let leaves = blocks.values().nth(block).into_iter().flatten();
                    placed.extend(
                        leaves
                            .zip(&inner[block].0)
                            .map(|(&leaf, inside)| (leaf, Area { x: area.x + inside.x, y: area.y + inside.y, ..*inside })),
                    );
                }
            }
        }
        pieces.push(placed);
    }
    let alone: Vec<usize> = (0..areas.len()).filter(|&number| !vertices.contains(&vertex(number))).collect();
    if !alone.is_empty() {
        let members: Vec<Area> = alone.iter().map(|&number| areas[number]).collect();
        let (places, _) = stacked(&members, 28.0, between, 1.6);
        pieces.push(alone.into_iter().zip(places).collect());
    }
    let extent = |piece: &[(usize, Area)]| {
        let width = piece.iter().map(|(_, area)| area.right()).fold(0.0, f64::max);
        let height = piece.iter().map(|(_, area)| area.bottom()).fold(0.0, f64::max);
        Area { width, height, ..Area::default() }
    };
    let extents: Vec<Area> = pieces.iter().map(|piece| extent(piece)).collect();
    let (frames, size) = shelved(&extents, between * 2.5, 1.5);
    for (frame, piece) in frames.iter().zip(pieces) {
        for (number, area) in piece {
            areas[number] = Area { x: frame.x + area.x, y: frame.y + area.y, ..areas[number] };
        }
    }
    (areas, size)
}

/// The edges, each pair once and in one direction, without loops and without cycles.
fn acyclic(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for &(left, right) in edges {
        if left != right && pairs.insert((left.min(right), left.max(right))) {
            next[left].push(right);
        }
    }
    // Depth first; an edge back to a table on the way is turned around.
    let mut state = vec![0_u8; count];
    let mut result = Vec::with_capacity(pairs.len());
    for start in 0..count {
        let mut way = vec![(start, 0)];
        if mem::replace(&mut state[start], 1) != 0 {
            state[start] = 2;
            continue;
        }
        while let Some((at, step)) = way.last_mut() {
            let at = *at;
            let Some(&to) = next[at].get(*step) else {
                state[at] = 2;
                way.pop();
                continue;
            };
            *step += 1;
            result.push(if state[to] == 1 { (to, at) } else { (at, to) });
            if state[to] == 0 {
                state[to] = 1;
                way.push((to, 0));
            }
        }
    }
    result
}

/// The edges that do not lead from one piece to another. Ends with few edges choose their piece first.
fn within_pieces(edges: BTreeSet<(usize, usize)>, count: usize) -> BTreeSet<(usize, usize)> {
    fn root(parents: &mut [usize], mut at: usize) -> usize {
        while parents[at] != at {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        at
    }
    let mut degrees = vec![0_usize; count];
    let mut whole: Vec<usize> = (0..count).collect();
    for &(left, right) in &edges {
        degrees[left] += 1;
        degrees[right] += 1;
        let (left, right) = (root(&mut whole, left), root(&mut whole, right));
        whole[left] = right;
    }
    let mut totals = vec![0_usize; count];
    for vertex in (0..count).filter(|&vertex| degrees[vertex] > 0) {
        totals[root(&mut whole, vertex)] += 1;
    }
    let mut order: Vec<(usize, usize)> = edges.iter().copied().collect();
    order.sort_by_key(|&(left, right)| (degrees[left].min(degrees[right]), degrees[left].max(degrees[right]), left, right));
    let mut pieces: Vec<usize> = (0..count).collect();
    let mut sizes = vec![1_usize; count];
    for (left, right) in order {
        let limit = if totals[root(&mut whole, left)] > 2 * PIECE { PIECE } else { usize::MAX };
        let (left, right) = (root(&mut pieces, left), root(&mut pieces, right));
        if left != right && sizes[left].saturating_add(sizes[right]) <= limit {
            pieces[left] = right;
            sizes[right] += sizes[left];
        }
    }
    edges.into_iter().filter(|&(left, right)| root(&mut pieces, left) == root(&mut pieces, right)).collect()
}

/// Layers from left to right, one layout for each connected part.
fn layered(
    vertices: &BTreeSet<usize>,
    edges: &BTreeSet<(usize, usize)>,
    size: impl Fn(usize) -> (f64, f64),
    between_layers: f64,
    between: f64,
) -> Vec<Vec<(usize, Area)>> {
    let order: Vec<usize> = vertices.iter().copied().collect();
    let number =
        |vertex: usize| order.binary_search(&vertex).ok().and_then(|number| u32::try_from(number).ok()).unwrap_or_default();
    // The crate puts layers one below the other: width and height are exchanged.
    let sized: Vec<(u32, (f64, f64))> =
        order.iter().map(|&vertex| (number(vertex), (size(vertex).1, size(vertex).0 + between_layers - between))).collect();
    let connected: Vec<(u32, u32)> = edges.iter().map(|&(left, right)| (number(left), number(right))).collect();
    let config = LayoutConfig {
        vertex_spacing: between,
        dummy_vertices: order.len() <= COMPACT_FROM,
        transpose: false,
        ..LayoutConfig::default()
    };
    let mut pieces = Vec::new();
    for (places, _, _) in from_vertices_and_edges(&sized, &connected, &config) {
        let mut piece: Vec<(usize, Area)> = places
            .into_iter()
            .filter_map(|(number, (down, along))| {
                let vertex = *order.get(number)?;
                let (width, height) = size(vertex);
                Some((vertex, Area { x: along - width / 2.0, y: down - height / 2.0, width, height }))
            })
            .collect();
        piece.sort_by_key(|(vertex, _)| *vertex);
        let left = piece.iter().map(|(_, area)| area.x).fold(f64::INFINITY, f64::min);
        let top = piece.iter().map(|(_, area)| area.y).fold(f64::INFINITY, f64::min);
        for (_, area) in &mut piece {
            area.x -= left;
            area.y -= top;
        }
        pieces.push(piece);
    }
    pieces
}

/// Columns of areas of one width, about `aspect` times as wide as they are high.
fn stacked(areas: &[Area], beside: f64, below: f64, aspect: f64) -> (Vec<Area>, (f64, f64)) {
    let width = areas.iter().map(|area| area.width).fold(0.0, f64::max) + beside;
    let total: f64 = areas.iter().map(|area| area.height + below).sum();
    let columns = (1..=areas.len().max(1)).find(|&columns| width * real(columns) >= aspect * total / real(columns));
    let mut bottoms = vec![0.0_f64; columns.unwrap_or(1)];
    let places: Vec<Area> = areas
        .iter()
        .map(|area| {
            let lowest = bottoms.iter().copied().fold(f64::INFINITY, f64::min);
            let column = bottoms.iter().position(|bottom| *bottom <= lowest).unwrap_or_default();
            bottoms[column] += area.height + below;
            Area { x: real(column) * width, y: lowest, ..*area }
        })
        .collect();
    let size = places.iter().fold((0.0_f64, 0.0_f64), |size, area| (size.0.max(area.right()), size.1.max(area.bottom())));
    (places, size)
}

/// Areas in rows, the highest first, all about `aspect` times as wide as high.
fn shelved(areas: &[Area], gap: f64, aspect: f64) -> (Vec<Area>, (f64, f64)) {
    let total: f64 = areas.iter().map(|area| (area.width + gap) * (area.height + gap)).sum();
    let widest = areas.iter().map(|area| area.width).fold(0.0, f64::max);
    let limit = (total * aspect).sqrt().max(widest);
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by(|&left, &right| areas[right].height.total_cmp(&areas[left].height).then(left.cmp(&right)));
    let mut placed = areas.to_vec();
    // Rows: where they begin, how high they are, how far they are filled. A lower area may stand below another in its row.
    let mut shelves: Vec<(f64, f64, f64)> = Vec::new();
    let mut size = (0.0_f64, 0.0_f64);
    for number in order {
        let area = &mut placed[number];
        let shelf = shelves.iter_mut().find(|shelf| shelf.2 + area.width <= limit);
        if let Some(shelf) = shelf {
            (area.x, area.y) = (shelf.2, shelf.0);
            shelf.2 += area.width + gap;
        } else {
            let top = shelves.last().map_or(0.0, |shelf| shelf.0 + shelf.1 + gap);
            (area.x, area.y) = (0.0, top);
            shelves.push((top, area.height, area.width + gap));
        }
        size = (size.0.max(area.right()), size.1.max(area.bottom()));
    }
    (placed, size)
}

/// What is drawn as one line: in a compact diagram all relations between two tables, otherwise each.
fn grouped<'a>(selection: &'a Selection<'a>, is_compact: bool) -> Vec<Vec<&'a Edge<'a>>> {
    if !is_compact {
        return selection.edges.iter().map(|edge| vec![edge]).collect();
    }
    let mut groups: BTreeMap<(usize, usize), Vec<&Edge>> = BTreeMap::new();
    for edge in &selection.edges {
        groups.entry((edge.from, edge.to)).or_default().push(edge);
    }
    groups.into_values().collect()
}

fn framed(frame: Area, name: Option<&str>, key: usize) -> String {
    let hue = name.map_or_else(|| "none".to_owned(), |_| (key % HUES).to_string());
    format!(
        "<g class=\"cluster hue-{hue}\"><rect x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\"/>\
         <text x=\"{:.0}\" y=\"{:.0}\">{}</text></g>",
        MARGIN + frame.x,
        MARGIN + frame.y,
        frame.width,
        frame.height,
        MARGIN + frame.x + 20.0,
        MARGIN + frame.y + 22.0,
        escaped(&shortened(name.unwrap_or("in no domain"))),
    )
}

fn drawn_edge(selection: &Selection<'_>, group: &[&Edge], shapes: &[Shape], numbers: &BTreeMap<usize, usize>) -> String {
    let Some(first) = group.first() else { return String::new() };
    let (Some(&from), Some(&to)) = (numbers.get(&first.from), numbers.get(&first.to)) else { return String::new() };
    let (from, to) = (&shapes[from], &shapes[to]);
    let line = |shape: &Shape, columns: &[String]| {
        let place = shape.lines.iter().position(|(name, _)| columns.first().is_some_and(|column| column == name));
        place.map_or(HEAD / 2.0, |place| HEAD + 3.0 + LINE * (real(place) + 0.5))
    };
    let from_y = (from.area.y + line(from, &first.relation.columns)).round();
    let to_y = (to.area.y + line(to, &first.relation.referenced)).round();
    // From the right side, or from the left.
    let (from_side, to_side) = if from.area.x >= to.area.right() {
        (-1.0, 1.0)
    } else if to.area.x >= from.area.right() {
        (1.0, -1.0)
    } else {
        (1.0, 1.0)
    };
    let end = |area: &Area, side: f64| if side > 0.0 { area.right() } else { area.x };
    let (from_x, to_x) = (end(&from.area, from_side), end(&to.area, to_side));
    let to_y =
        if first.from == first.to && (to_y - from_y).abs() < LINE { from_y + LINE.min(from.area.height / 3.0) } else { to_y };
    let bend = ((from_x - to_x).abs() / 2.0).clamp(28.0, 180.0);
    let is_one = group.iter().all(|edge| edge.relation.one_to_one);
    let foot = if is_one {
        format!("M{:.0} {:.0}v8", from_x + from_side * 6.0, from_y - 4.0)
    } else {
        format!("M{from_x:.0} {:.0}l{:.0} 4l{:.0} 4", from_y - 4.0, from_side * 9.0, from_side * -9.0)
    };
    let foot = format!("{foot}M{:.0} {:.0}v8", to_x + to_side * 6.0, to_y - 4.0);
    let line = format!(
        "M{from_x:.0} {from_y:.0}C{:.0} {from_y:.0} {:.0} {to_y:.0} {to_x:.0} {to_y:.0}",
        from_x + from_side * bend,
        to_x + to_side * bend,
    );
    // Only the line is dashed, not its ends.
    let is_constraint = group.iter().any(|edge| matches!(edge.relation.origin, Origin::Constraint(_)));
    let (class, paths) = match &first.relation.origin {
        _ if is_constraint => ("edge", format!("<path d=\"{line}{foot}\"/>")),
        Origin::Found => ("edge found", format!("<path class=\"line\" d=\"{line}\"/><path d=\"{foot}\"/>")),
        _ => ("edge declared", format!("<path class=\"line\" d=\"{line}\"/><path d=\"{foot}\"/>")),
    };
    let titles: Vec<String> = group.iter().map(|edge| title(selection, edge)).collect();
    format!(
        "<g class=\"{class}\" data-from=\"{}\" data-to=\"{}\"><title>{}</title>{paths}</g>",
        first.from,
        first.to,
        escaped(&titles.join("\n")),
    )
}

fn title(selection: &Selection<'_>, edge: &Edge<'_>) -> String {
    let relation = edge.relation;
    let origin = relation.origin.words();
    let kind = if relation.one_to_one { "one to one, " } else { "" };
    let (from, to) = (selection.tables[edge.from].qualified(), selection.tables[edge.to].qualified());
    format!("{from} ({}) → {to} ({}), {kind}{origin}", relation.columns.join(", "), relation.referenced.join(", "))
}

fn drawn_table(table: &TableFacts, shape: &Shape<'_>, hues: &BTreeMap<&str, usize>) -> String {
    let area = shape.area;
    let hue = table.domain.as_deref().and_then(|name| hues.get(name)).map_or_else(|| "none".to_owned(), ToString::to_string);
    let class = if shape.is_stub { "box stub" } else { "box" };
    let mut title = table.qualified();
    title.push_str(&table.domain.as_ref().map(|name| format!(", domain {name}")).unwrap_or_default());
    let rows = rows_text(table);
    title.push_str(&rows.as_ref().map(|rows| format!(", {rows} rows")).unwrap_or_default());
    let mut svg = format!(
        "<a href=\"#t-{}\" class=\"{class} hue-{hue}\" transform=\"translate({:.0} {:.0})\"><title>{}</title>\
         <rect width=\"{:.0}\" height=\"{:.0}\"/><path d=\"M7 9v11\"/><text x=\"14\" y=\"18\">{}</text>",
        shape.table,
        area.x,
        area.y,
        escaped(&title),
        area.width,
        area.height,
        escaped(&shortened(&table.name)),
    );
    let end = area.width - 10.0;
    let mark = |mark: &str, y: f64| format!("<text class=\"mark\" x=\"{end:.0}\" y=\"{y:.0}\">{mark}</text>");
    let is_detailed = !shape.lines.is_empty() || shape.more > 0;
    if is_detailed {
        svg.push_str(&rows.map(|rows| mark(&rows, 18.0)).unwrap_or_default());
        svg.push_str(&format!("<path class=\"rule\" d=\"M0 {HEAD:.0}h{:.0}\"/>", area.width));
    }
    let mut y = HEAD + 16.0;
    for (name, key) in &shape.lines {
        svg.push_str(&format!("<text x=\"14\" y=\"{y:.0}\">{}</text>{}", escaped(&shortened(name)), mark(key, y)));
        y += LINE;
    }
    if shape.more > 0 {
        let text = if shape.lines.is_empty() { format!("{} columns", shape.more) } else { format!("… {} more", shape.more) };
        svg.push_str(&format!("<text class=\"more\" x=\"14\" y=\"{y:.0}\">{text}</text>"));
    }
    svg.push_str("</a>");
    svg
}

/// Text that stays text in HTML and in XML.
fn escaped(text: &str) -> String {
    let escape = |letter: char| match letter {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        '\n' => "\n".to_owned(),
        _ if letter.is_control() => "\u{fffd}".to_owned(),
        _ => letter.to_string(),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ColumnFacts, DomainFacts},
        *,
    };

    const HOSTILE: &str = "a\"b\n%%{init}%% <script>alert(1)</script> \\";

    fn table(domain: Option<&str>, name: &str) -> TableFacts {
        let column =
            |name: &str, key| ColumnFacts { name: name.to_owned(), r#type: "int4".to_owned(), key, ..ColumnFacts::default() };
        TableFacts {
            schema: "s".to_owned(),
            name: name.to_owned(),
            domain: domain.map(str::to_owned),
            columns: vec![column("id", true), column("PK", false), column("x\"y", false)],
            ..TableFacts::default()
        }
    }

    fn relation(from: &str, to: &str, origin: Origin) -> RelationFacts {
        RelationFacts {
            from: format!("s.{from}"),
            columns: vec!["x\"y".to_owned()],
            to: format!("s.{to}"),
            referenced: vec!["id".to_owned()],
            origin,
            one_to_one: false,
        }
    }

    fn inspection() -> Inspection {
        let domain = |name: &str| DomainFacts { name: name.to_owned(), ..DomainFacts::default() };
        Inspection {
            domains: vec![domain("one"), domain("two")],
            tables: vec![
                table(Some("one"), HOSTILE),
                table(Some("one"), "b"),
                table(Some("two"), "c"),
                table(Some("two"), "d"),
                table(None, "e"),
            ],
            relations: vec![
                relation(HOSTILE, "b", Origin::Constraint("k".to_owned())),
                relation("b", HOSTILE, Origin::Declared),
                relation(HOSTILE, HOSTILE, Origin::Found),
                relation("c", "b", Origin::Found),
                relation("c", "b", Origin::Found),
                relation("e", "b", Origin::Found),
                relation("c", "gone", Origin::Found),
            ],
            ..Inspection::default()
        }
    }

    #[test]
    fn a_domain_shows_its_neighbours() {
        let drawing = draw(&inspection(), Some("one"));
        assert!(drawing.svg.contains("href=\"#t-0\" class=\"box hue-0\""));
        assert!(drawing.svg.contains("href=\"#t-2\" class=\"box stub hue-1\""));
        assert!(!drawing.svg.contains("#t-3") && !drawing.svg.contains("#t-4"));
        assert_eq!(drawing.svg.matches("<g class=\"edge").count(), 4);
        assert!(drawing.width > 0.0 && drawing.height > 0.0);
        let drawing = draw(&inspection(), None);
        assert_eq!(drawing.svg.matches("class=\"box").count(), 5);
        assert_eq!(drawing.svg.matches("class=\"cluster").count(), 3);
    }

    #[test]
    fn names_stay_names() {
        let drawing = draw(&inspection(), None);
        assert!(!drawing.svg.contains("<script"));
        let mermaid = mermaid(&inspection(), None);
        assert!(!mermaid.contains("%%") && !mermaid.contains('<'), "{mermaid}");
        assert!(mermaid.lines().all(|line| line.matches('"').count() % 2 == 0), "{mermaid}");
        assert!(mermaid.contains("s.a#34;b#10;"), "{mermaid}");
        let dot = dot(&inspection(), None);
        assert!(dot.lines().all(|line| line.replace("\\\\", "").replace("\\\"", "").matches('"').count() % 2 == 0), "{dot}");
    }

    #[test]
    fn mermaid_takes_no_keyword_for_a_column() {
        let text = mermaid(&inspection(), Some("one"));
        assert!(text.contains("        int4 PK_ \"PK\"\n"), "{text}");
        assert!(text.contains("        int4 x_y FK \"x#34;y\"\n"), "{text}");
        assert!(text.contains("\"s.c\" }o..o| \"s.b\" : \"x#34;y\"\n"), "{text}");
    }

    #[test]
    fn nothing_is_lost_or_laid_over_another() {
        let count = 300;
        let edges: Vec<(usize, usize)> =
            (0..count).flat_map(|at| [(at, at * 7 % count), (at, at * 13 % 17), (at % 29, at), (at, at)]).collect();
        let sides = vec![Area { width: 100.0, height: 20.0, ..Area::default() }; count];
        let (areas, size) = arrange(sides, &edges, true);
        for (number, area) in areas.iter().enumerate() {
            assert!(area.x >= 0.0 && area.y >= 0.0 && area.right() <= size.0 && area.bottom() <= size.1);
            for other in &areas[number + 1..] {
                let is_apart =
                    area.right() <= other.x || other.right() <= area.x || area.bottom() <= other.y || other.bottom() <= area.y;
                assert!(is_apart, "{} {} and {} {}", area.x, area.y, other.x, other.y);
            }
        }
    }

    #[test]
    fn an_empty_database_has_an_empty_diagram() {
        assert_eq!(mermaid(&Inspection::default(), None), "erDiagram\n");
        assert!(draw(&Inspection::default(), None).svg.ends_with("</svg>"));
    }
}
