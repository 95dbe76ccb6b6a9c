//! Runs the functions from `tests/sql/queries` against `tests/sql/schema.sql`, and compares what
//! they give with what the server prints.

use std::pin::pin;

use entities::{array::Array, enums::app::Mood};
use futures_util::StreamExt as _;
use queries::app::{
    everything::{NewEverything, NewEverythingDefaults},
    owner, setting,
    thing::ThingError,
    things::{self, TextsRow},
};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbErr, TransactionTrait,
    prelude::{BigDecimal, DateTimeWithTimeZone, IpNetwork, Uuid},
};

/// What the server prints for a query, as one line a row.
async fn printed(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let wrapped = format!("select concat_ws('|', variadic array(select coalesce(value, '∅') from json_each_text(row_to_json(q)))) as line from ({sql}) q");
    let rows = db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), wrapped)).await.expect("rows");
    rows.iter().map(|row| row.try_get_by_index(0).expect("text")).collect()
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "∅".to_owned(), |value| value.to_string())
}

/// A row with every kind of value, NULL in every third.
fn everything(number: i32) -> NewEverything {
    let is_there = number % 3 != 0;
    let text = ["plain", "a \"quoted\", {braced} \\ one", "NULL", "", "né"][number as usize % 5];
    NewEverything {
        mood: [Mood::Glad, Mood::SoSo][number as usize % 2],
        or_default: NewEverythingDefaults {
            flag: Some(is_there.then_some(true)),
            small: Some(is_there.then_some(-7)),
            whole: Some(is_there.then_some(number)),
            big: Some(is_there.then_some(i64::MIN)),
            real: Some(is_there.then_some(f32::MAX)),
            double: Some(is_there.then_some(if number % 2 == 0 { f64::NEG_INFINITY } else { 0.1 })),
            words: Some(is_there.then(|| text.to_owned())),
            bytes: Some(is_there.then(|| vec![0, 92, 255])),
            id_of: Some(is_there.then(|| Uuid::from_u128(number as u128))),
            doc: Some(is_there.then(|| text.into())),
            day: Some(is_there.then(|| "2026-02-28".parse().expect("a day"))),
            hour: Some(is_there.then(|| "23:59:59.999999".parse().expect("a time"))),
            moment: Some(is_there.then(|| "0001-01-01T00:00:00.000001".parse().expect("a moment"))),
            at: Some(is_there.then(|| "9999-12-31T23:59:59+00:00".parse().expect("a moment"))),
            price: Some(is_there.then(|| "12.30".parse().expect("a price"))),
            number: Some(is_there.then(|| "1e40".parse().expect("a number"))),
            address: Some(is_there.then(|| "10.0.0.1/32".parse().expect("an address"))),
            pause: Some(is_there.then(|| "1 day".to_owned())),
            tags: Some(is_there.then(|| Array::from(vec![Some(text.to_owned()), None]))),
            note: Some(Some(text.to_owned())),
            ..Default::default()
        },
    }
}

/// The same row under another key.
fn under(row: entities::app::everything::Model, id: i64) -> entities::app::everything::Model {
    entities::app::everything::Model { id, ..row }
}

#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).expect("a URL");
    let db = Database::connect(&url).await.expect("the server answers");

    let whole = things::whole(&db).await.expect("rows");
    assert_eq!(whole.len(), 4);
    let lines: Vec<String> = whole.iter().map(|row| format!("{}|{}|{}|{}", row.id, row.mood, text(row.price.as_ref()), row.tags)).collect();
    assert_eq!(lines, printed(&db, "select id, mood, price, tags::text from app.thing order by id").await);
    assert_eq!(things::of_view(&db).await.expect("rows").iter().map(|row| row.id).collect::<Vec<_>>(), [1, 4]);

    let with_owner = things::with_owner(&db).await.expect("rows");
    assert_eq!(with_owner.iter().map(|row| row.thing.clone()).collect::<Vec<_>>(), whole);
    let owners: Vec<Option<&str>> = with_owner.iter().map(|row| row.owner.as_ref().map(|owner| owner.name.as_str())).collect();
    assert_eq!(owners, [Some("ann"), Some("ann"), Some("bob"), None]);
    assert_eq!(with_owner.iter().map(|row| row.tags_count).collect::<Vec<_>>(), [3, 4, 0, 0]);

    let texts = things::texts(&db).await.expect("rows");
    let line = |row: &TextsRow| {
        let TextsRow { id, pause, place, tags, price, odd_name, span, .. } = row;
        format!("{id}|{}|{}|{tags}|{}|{}|{span}", text(pause.as_ref()), text(place.as_ref()), text(price.as_ref()), text(odd_name.as_ref()))
    };
    let expected = printed(
        &db,
        "select id, pause::text, place::text, tags::text, price, \"Odd \"\"name\"\"\", int4range(1, 5)::text from app.thing order by id",
    );
    assert_eq!(texts.iter().map(line).collect::<Vec<_>>(), expected.await);
    assert_eq!(texts[0].note.as_ref().expect("json").to_string(), r#"{"a":[1,null]}"#);

    assert_eq!(things::by_mood(&db, Mood::Glad).await.expect("rows"), [1, 4]);
    assert_eq!(things::with_tag(&db, Some("red")).await.expect("rows"), [1]);
    assert_eq!(things::with_tag(&db, None).await.expect("rows").len(), 4);

    // Every kind of value goes there and comes back.
    let at: DateTimeWithTimeZone = "2026-11-20T21:22:23.123456Z".parse().expect("a time");
    let number: BigDecimal = "123456789012345678901234567890.5".parse().expect("a number");
    let note: sea_orm::prelude::Json = [("b", vec![Some(1), None])].into_iter().collect::<std::collections::BTreeMap<_, _>>().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let price: BigDecimal = "1.25".parse().expect("a number");
    let tags = ["a".to_owned(), "b \"c\", {d}".to_owned()];
    let address: IpNetwork = "10.0.0.0/8".parse().expect("a network");
    let all = things::by_all(
        &db, Mood::SoSo, &price, &tags, "1 day", "(\"a b\",7)", &note, &[Mood::Sad, Mood::Glad], at, b"\0\xff", "x", address, &number,
        i64::MAX, Uuid::from_u128(7),
    )
    .await
    .expect("a row");
    assert_eq!((all.mood, all.price.map(|price| price.to_string()), all.pause.as_deref()), (Some(Mood::SoSo), Some("1.25".to_owned()), Some("1 day")));
    assert_eq!(all.tags.map(Array::into_vec), Some(tags.iter().cloned().map(Some).collect()));
    assert_eq!((all.place.as_deref(), all.letter.as_deref()), (Some("(\"a b\",7)"), Some("x")));
    assert_eq!(all.moods.map(Array::into_vec), Some(vec![Some(Mood::Sad), Some(Mood::Glad)]));
    assert_eq!((all.note, all.at, all.bytes.as_deref()), (Some(note), Some(at), Some(b"\0\xff".as_slice())));
    assert_eq!((all.address, all.number, all.big, all.id), (Some(address), Some(number), Some(i64::MAX), Some(Uuid::from_u128(7))));

    // What a statement tests for NULL is optional, unless a comment says otherwise.
    assert_eq!(things::in_mood(&db, None, None).await.expect("rows"), [1, 2, 3, 4]);
    assert_eq!(things::in_mood(&db, Some(Mood::Glad), None).await.expect("rows"), [1, 4]);
    assert_eq!(things::in_mood(&db, None, Some(1)).await.expect("rows"), [1, 4]);
    assert_eq!(things::of_owner(&db, Some(1)).await.expect("rows"), [1, 2]);
    assert_eq!(things::of_owner(&db, None).await.expect("rows"), [4]);
    assert_eq!(things::of_this_owner(&db, 1).await.expect("rows"), [1, 2]);
    assert_eq!(things::asked_for(&db, Some(1)).await.expect("rows"), [1, 2]);
    assert_eq!(things::asked_for(&db, None).await.expect("rows"), [1, 2, 3, 4]);
    things::change_owner(&db, None, 1).await.expect("no change");
    assert_eq!(owner::get_by_id(&db, 1).await.expect("a row").expect("an owner").name, "ann");

    // A type of the user's gets the number that the server prints, as the plain type does.
    let numbers = things::numbers(&db).await.expect("a row");
    assert_eq!((numbers.wide.0.to_string(), numbers.long.0.to_string()), ("9.99".to_owned(), "9.990000".to_owned()));
    assert_eq!((numbers.narrow.to_string(), numbers.printed.as_str()), ("9.9900".to_owned(), "9.9900"));
    assert_eq!((numbers.plain.to_string(), numbers.maybe.is_none()), ("9.99".to_owned(), true));
    for refused in [things::forever(&db).await.map(drop), things::always(&db).await.map(drop), things::no_number(&db).await.map(drop)] {
        assert!(matches!(&refused, Err(DbErr::Type(said)) if said.contains("read it as text")), "{refused:?}");
    }

    // Documents as text are the server's, to the letter, and go back as they came.
    let documents = things::documents(&db).await.expect("rows");
    let text = things::document_text(&db, 1).await.expect("a row");
    assert_eq!((&documents[0].plain, &documents[0].bin), (&text.plain, &text.bin));
    assert_eq!(documents[0].plain, r#"{"b":  1e400, "a": 12345678901234567890123, "a": 0.10}"#);
    assert!(documents[0].bin.contains("12345678901234567890123") && documents[0].bin.contains(r#""c": 0.10"#));
    let copy = queries::app::document::NewDocument {
        id: 2, plain: documents[0].plain.clone(), bin: documents[0].bin.clone(), list: "[]".parse().expect("json"), or_default: Default::default(),
    };
    let copied = queries::app::document::insert(&db, copy).await.expect("a row");
    assert_eq!((&copied.plain, &copied.bin), (&documents[0].plain, &documents[0].bin));
    things::add_document(&db, 3, &documents[0].plain, &documents[0].bin).await.expect("a row");
    let again = things::document_text(&db, 3).await.expect("a row");
    assert_eq!((again.plain, again.bin), (text.plain, text.bin));
    // As a value, a number is rounded, or refused where none is near.
    let rounded = things::as_value(&db, "12345678901234567890123").await.expect("a row").expect("a value");
    assert_eq!(rounded.as_f64(), Some(12_345_678_901_234_567_890_123.0));
    assert!(rounded.to_string() != "12345678901234567890123");
    assert!(things::as_value(&db, "1e400").await.is_err());

    // Each condition alone, and together.
    let none: Option<&BigDecimal> = None;
    let (low, high): (BigDecimal, BigDecimal) = ("0".parse().expect("a number"), "100".parse().expect("a number"));
    assert_eq!(things::filtered(&db, None, none, none, None, 10, false).await.expect("rows"), [1, 2, 3, 4]);
    assert_eq!(things::filtered(&db, Some(Mood::Glad), none, none, None, 10, false).await.expect("rows"), [1, 4]);
    assert_eq!(things::filtered(&db, None, Some(&low), Some(&high), None, 10, false).await.expect("rows"), [1, 3]);
    assert_eq!(things::filtered(&db, None, Some(&low), None, None, 10, false).await.expect("rows"), [1, 2, 3, 4]);
    assert_eq!(things::filtered(&db, None, none, none, Some(&[1]), 10, false).await.expect("rows"), [1, 2]);
    assert_eq!(things::filtered(&db, Some(Mood::Glad), Some(&low), Some(&high), Some(&[1, 2]), 10, true).await.expect("rows"), [1]);
    assert_eq!(things::filtered(&db, None, none, none, None, 2, true).await.expect("rows"), [1, 3]);

    assert_eq!(things::price_of(&db, 3).await.expect("a row"), Some(Some("0.00".parse().expect("a number"))));
    assert_eq!(things::price_of(&db, 2).await.expect("a row"), Some(None));
    assert_eq!(things::price_of(&db, 99).await.expect("no row"), None);
    {
        let mut every = pin!(things::every(&db).await.expect("a stream"));
        let mut moods = Vec::new();
        while let Some(row) = every.next().await {
            moods.push(row.expect("a row").mood);
        }
        assert_eq!(moods, [Mood::Glad, Mood::Sad, Mood::SoSo, Mood::Glad]);
    }

    // In a transaction that is rolled back, with typed errors.
    let transaction = db.begin().await.expect("a transaction");
    let made = things::add(&transaction, 3, Mood::Sad, &["new".to_owned()]).await.expect("a row");
    assert_eq!((made.owner_id, made.mood, made.tags.to_string().as_str()), (Some(3), Mood::Sad, "{new}"));
    let retagged = things::retag(&transaction, &[], 3).await;
    assert!(retagged.is_ok_and(|rows| rows.len() == 1 && rows[0].id == made.id && rows[0].tags.is_empty()));
    assert_eq!(things::remove(&transaction, &[made.id, 1]).await.expect("a count"), 2);
    transaction.rollback().await.expect("an end");
    assert_eq!(things::whole(&db).await.expect("rows"), whole);
    assert!(matches!(things::add(&db, 1, Mood::Glad, &[]).await, Err(ThingError::OwnerIdAndMoodTaken)));
    assert!(matches!(things::add(&db, 77, Mood::Glad, &[]).await, Err(ThingError::OwnerIdMissing)));
    assert!(matches!(things::rename_owner(&db, "bob", 1).await, Err(owner::OwnerError::NameTaken)));
    things::rename_owner(&db, "ANN", 1).await.expect("a new name");

    // A lookup with the name that codegen.toml gives it, and a scan that it asks for.
    let found = owner::get_by_name_in_any_case(&db, "ann").await.expect("a row").expect("Ann");
    assert_eq!(found.name, "ANN");
    assert!(owner::delete_by_name_in_any_case(&db, "cid").await.expect("a count"));
    assert!(matches!(owner::delete_by_name_in_any_case(&db, "bob").await, Err(owner::OwnerError::InUseByThing)));
    assert_eq!(setting::scan_by_name(&db, "size").await.expect("rows").len(), 1);
    assert_eq!(things::settings(&db).await.expect("rows").len(), 2);
    let mut of_owner = pin!(queries::app::thing::stream_by_owner_id(&db, 1).await.expect("a stream"));
    assert_eq!(of_owner.next().await.expect("a row").expect("a row").id, 1);

    // Many rows at once, as arrays: each value arrives, and a row that says less is written too.
    let many: Vec<NewEverything> = (0..600).map(everything).collect();
    let made = queries::app::everything::insert_many(&db, many.clone()).await.expect("600 rows");
    let one_by_one = queries::app::everything::insert_many(&db, many[..100].to_vec()).await.expect("100 rows");
    assert_eq!(made.len(), 600);
    for (many, one) in made.iter().zip(one_by_one) {
        assert_eq!(*many, under(one, many.id));
    }
    let mut uneven = many;
    uneven[7].or_default.note = None;
    assert_eq!(queries::app::everything::insert_many(&db, uneven).await.expect("600 rows")[7].note.as_deref(), Some("none"));

    let hostile = things::hostile(&db).await.expect("a row");
    assert_eq!((hostile.one.as_str(), hostile.two.as_str(), hostile.three.as_str()), ("a \"# b", "tab\there", "\";'"));
    let overridden = things::overridden(&db).await.expect("a row");
    assert_eq!((overridden.total, overridden.tags), (2, vec!["a".to_owned(), "b".to_owned()]));

    // A database that has changed since is told, not misread.
    db.execute_unprepared("alter table app.setting rename value to worth").await.expect("a change");
    // A connection that has the statement prepared is told by the server.
    let db = Database::connect(&url).await.expect("the server answers");
    let error = things::settings(&db).await.expect_err("another column");
    assert!(matches!(&error, DbErr::Type(said) if said.contains("column 2 is `worth`, where this code expects `value`")), "{error}");
}
