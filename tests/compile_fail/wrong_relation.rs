// A relation starts from its own entity.
async fn load(db: &sea_orm::DatabaseConnection, sessions: &[entities::auth::sessions::Model]) {
    let _ = entities::relation::load_many(entities::users::users::link::UserProfiles, sessions, db).await;
}

fn main() {}
