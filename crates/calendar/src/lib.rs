//! Working days of a company and the dates of a mentorship's plan: pure functions of their arguments, no clock.
//!
//! [`WorkCalendar`] answers which days count; [`plan`] turns the weeks of a curriculum into dates with it.
//! The public holidays are a committed table for 2024–2030; outside those years only weekends and the
//! company's own holidays are known (see [`WorkCalendar::covers`]).

mod holidays;
mod plan;
mod work;

pub use holidays::{Country, DatedHoliday, HolidayKind, HolidayName};
pub use plan::{
    Dated, MAX_DAYS, MAX_WEEKS, Plan, PlanError, PlanField, PlanItem, PlanProblem, Shift, ShiftedTask, dday,
    end_on, item_at, plan, shift,
};
pub use work::{CalendarError, NoWorkingDays, WorkCalendar, WorkingDays};
