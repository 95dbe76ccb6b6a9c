//! Names all that callers can name of `schema.sql`: what no longer compiles here was broken.
#![allow(missing_docs)]

use entities::{
    enums::public::Mood,
    public::{gladness, owner, thing},
};
use queries::public::{
    owner as owners,
    owner::{NewOwner, NewOwnerDefaults, OwnerChanges, OwnerError},
    thing as all_things,
    thing::{NewThing, NewThingDefaults, ThingChanges, ThingError},
    things::{self, OfOwnerRow},
};
use sea_orm::{
    DatabaseConnection, DbErr,
    entity::prelude::*,
};

pub fn read_owner(row: owner::Model) -> (i64, String, Option<String>) {
    (row.id, row.name, row.city)
}

pub fn read_thing(row: thing::Model) -> (i64, i64, Mood, Decimal, i32, Option<String>, DateTimeWithTimeZone) {
    (row.id, row.owner_id, row.mood, row.price, row.size, row.note, row.made)
}

pub fn read_view(row: gladness::Model) -> (i64, i64, Option<String>) {
    (row.id, row.owner_id, row.note)
}

pub fn word(mood: Mood) -> &'static str {
    match mood {
        Mood::Glad => "glad",
        Mood::Sad => "sad",
    }
}

pub fn new_owner(name: String) -> NewOwner {
    NewOwner { name, or_default: NewOwnerDefaults { city: Some(None), ..Default::default() } }
}

pub fn new_thing(owner_id: i64, price: Decimal) -> NewThing {
    let or_default = NewThingDefaults { mood: Some(Mood::Sad), note: Some(Some(String::new())), made: None, ..Default::default() };
    NewThing { owner_id, price, size: 1, or_default }
}

pub fn changes() -> (OwnerChanges, ThingChanges) {
    let owner = OwnerChanges { name: Some(String::new()), city: Some(None), ..Default::default() };
    let thing = ThingChanges { owner_id: Some(1), mood: None, price: None, size: Some(1), note: Some(None), made: None, ..Default::default() };
    (owner, thing)
}

pub fn errors(owner: &OwnerError, thing: &ThingError) -> bool {
    matches!(owner, OwnerError::NameTaken | OwnerError::InUseByThing | OwnerError::NameNull)
        || matches!(
            thing,
            ThingError::OwnerIdMissing | ThingError::SizeAndNoteTaken | ThingError::ThingSizeCheckViolated | ThingError::SizeNull
        )
}

pub fn columns() -> (owner::Column, thing::Column) {
    (owner::Column::City, thing::Column::Note)
}

pub fn links() -> (thing::link::Owner, owner::link::Thing) {
    (thing::link::Owner, owner::link::Thing)
}

pub async fn call(db: &DatabaseConnection, owners_rows: &[owner::Model], rows: &[thing::Model]) -> Result<(), DbErr> {
    let _: Option<owner::Model> = owners::get_by_id(db, 1).await?;
    let _: Option<owner::Model> = owners::get_by_name(db, "").await?;
    let _ = owners::list_by_city(db, "", None, 1).await?;
    let _ = owners::delete_by_name(db, "").await;
    let _ = owners::upsert_on_name(db, new_owner(String::new())).await;
    let _ = owners::insert(db, new_owner(String::new())).await;
    let _ = owners::load_thing(db, owners_rows).await?;
    let _ = all_things::get_by_size_and_note(db, 1, "").await?;
    let _ = all_things::list_by_owner_id(db, 1, None, 1).await?;
    let _ = all_things::count_by_size(db, 1).await?;
    let _ = all_things::load_owner(db, rows).await?;
    let _: Vec<OfOwnerRow> = things::of_owner(db, 1).await?;
    let _: Option<owner::Model> = things::owner_named(db, "").await?;
    Ok(())
}

pub fn of_owner(row: OfOwnerRow) -> (i64, Decimal, Option<String>) {
    (row.id, row.price, row.note)
}
