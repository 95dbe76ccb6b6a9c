// A column that the server computes is in no insert and no update.
use queries::auth::users::{NewUsersDefaults, UsersChanges};

fn main() {
    let _ = NewUsersDefaults { confirmed_at: None, ..Default::default() };
    let _ = UsersChanges { confirmed_at: None, ..Default::default() };
}
