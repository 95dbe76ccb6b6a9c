// A key has the type of its column, not one that converts to it.
async fn find(db: &sea_orm::DatabaseConnection) {
    let _ = queries::auth::refresh_tokens::get_by_id(db, 1_i32).await;
}

fn main() {}
