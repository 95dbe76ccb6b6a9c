// A column without a default must be said.
use queries::auth::sso_domains::{NewSsoDomains, NewSsoDomainsDefaults};

fn main() {
    let _ = NewSsoDomains { id: sea_orm::prelude::Uuid::nil(), domain: String::new(), or_default: NewSsoDomainsDefaults::default() };
}
