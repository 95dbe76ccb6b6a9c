// A table that other software manages has no active model to insert.
use sea_orm::ActiveValue::Set;

fn main() {
    let _ = entities::organizations::admin::ActiveModel { email: Set("a@example.com".to_owned()) };
}
