// Nor can its rows be updated at once.
use sea_orm::EntityTrait;

fn main() {
    let _ = entities::organizations::payload_preferences::Entity::update_many();
}
