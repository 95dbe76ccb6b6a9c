// A column that the database lacks does not exist.
fn phone(profile: &entities::users::user_profiles::Model) -> &Option<String> {
    &profile.phone
}

fn main() {}
