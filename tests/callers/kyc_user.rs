use entities::membership::kyc_verification::Model;

pub async fn emails(db: &sea_orm::DatabaseConnection, checks: &[Model]) -> Vec<String> {
    let users = queries::membership::kyc_verification::load_user(db, checks).await.unwrap_or_default();
    users.into_iter().flatten().map(|user| user.email).collect()
}
