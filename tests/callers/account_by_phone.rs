use queries::auth::users::{self, UsersError};

pub async fn is_known(db: &sea_orm::DatabaseConnection, phone: &str) -> bool {
    users::exists_by_phone(db, phone).await.unwrap_or(false)
}

pub fn is_taken(error: &UsersError) -> bool {
    matches!(error, UsersError::PhoneTaken)
}
