// A column that is not there is in no struct.
fn main() {
    let changes = queries::users::users::UsersChanges { nickname: None, ..Default::default() };
    let _ = changes;
}
