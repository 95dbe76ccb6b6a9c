// A view has only functions that read.
async fn write(db: &sea_orm::DatabaseConnection) {
    let _ = queries::audit::auditlog::insert(db, ()).await;
}

fn main() {}
