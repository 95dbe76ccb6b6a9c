pub fn document_type(check: &entities::membership::kyc_verification::Model) -> Option<&str> {
    check.document_type.as_deref()
}
