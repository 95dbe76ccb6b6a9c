use entities::enums::public::EnumUsersStatus;

pub fn may_sign_in(status: EnumUsersStatus) -> bool {
    match status {
        EnumUsersStatus::Active | EnumUsersStatus::Pending => true,
        EnumUsersStatus::Inactive | EnumUsersStatus::Suspended => false,
    }
}
