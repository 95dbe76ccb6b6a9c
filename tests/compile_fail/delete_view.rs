// A view cannot be deleted from.
use sea_orm::EntityTrait;

fn main() {
    let _ = entities::audit::auditlog::Entity::delete_many();
}
