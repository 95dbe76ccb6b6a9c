// A row of a table that other software manages cannot become an active model.
use sea_orm::IntoActiveModel;

fn change(row: entities::organizations::payload_preferences::Model) {
    let _ = row.into_active_model();
}

fn main() {}
