pub fn has_tenure(membership: &entities::users::user_memberships::Model) -> bool {
    membership.tenure.is_some()
}
