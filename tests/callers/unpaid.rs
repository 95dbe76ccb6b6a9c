use queries::financial::billing::UnpaidSchedulesDueRow;

pub fn address(row: &UnpaidSchedulesDueRow) -> &str {
    &row.email
}
