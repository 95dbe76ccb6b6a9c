// What an outer join leaves out may not be there.
fn name(row: &queries::users::directory::SearchUsersRow) -> &Option<String> {
    &row.profile.first_name
}

fn main() {
    let _ = name;
}
