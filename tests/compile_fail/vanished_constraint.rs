// An error has the variants of the constraints that there are.
fn is_taken(error: &queries::users::users::UsersError) -> bool {
    matches!(error, queries::users::users::UsersError::EmailTaken)
}

fn main() {
    let _ = is_taken;
}
