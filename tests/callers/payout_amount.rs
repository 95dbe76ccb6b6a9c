pub fn amount(payout: &entities::membership::payout_management::Model) -> sea_orm::prelude::Decimal {
    payout.amount
}
