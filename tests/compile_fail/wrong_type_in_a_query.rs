// A parameter of a statement has the type that the server says.
async fn find(db: &sea_orm::DatabaseConnection) {
    let _ = queries::users::directory::user_by_id(db, 1).await;
}

fn main() {}
