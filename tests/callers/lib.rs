//! Code that depends on the reference database, a module for each thing that it depends on: see
//! `tests/tests/callers.rs`.
#![allow(missing_docs)]

pub mod account_by_phone;
pub mod audit;
pub mod kyc_document;
pub mod kyc_user;
pub mod new_contact;
pub mod payout_amount;
pub mod profile_name;
pub mod tenure;
pub mod unpaid;
pub mod user_status;
