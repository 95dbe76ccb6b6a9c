// A column that can hold NULL is an Option.
fn name(profile: &entities::users::user_profiles::Model) -> &str {
    &profile.first_name
}

fn main() {}
