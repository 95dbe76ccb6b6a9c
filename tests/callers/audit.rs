pub fn action(entry: &entities::audit::user_audit_logs::Model) -> &str {
    &entry.action
}
