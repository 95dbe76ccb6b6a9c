pub fn first_name(profile: &entities::users::user_profiles::Model) -> Option<&str> {
    profile.first_name.as_deref()
}
