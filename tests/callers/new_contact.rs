use queries::users::user_contacts::{NewUserContacts, NewUserContactsDefaults};

pub fn contact(phone: &str) -> NewUserContacts {
    let or_default = NewUserContactsDefaults { is_primary: Some(Some(true)), ..Default::default() };
    NewUserContacts { contact_type: "phone".to_owned(), contact_value: phone.to_owned(), or_default }
}
