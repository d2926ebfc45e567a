//! A clock that stands still until a test moves it.

use api::Clock;
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Begins on Tuesday 2026-09-01, nine o'clock in Seoul.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl Default for TestClock {
    fn default() -> Self {
        let start = Utc.with_ymd_and_hms(2026, 9, 1, 0, 0, 0).single().expect("a real instant");
        Self(Arc::new(AtomicI64::new(start.timestamp_micros())))
    }
}

impl TestClock {
    #[must_use]
    pub fn clock(&self) -> Clock {
        let micros = Arc::clone(&self.0);
        Clock::from_fn(move || {
            DateTime::from_timestamp_micros(micros.load(Ordering::Relaxed)).unwrap_or_default()
        })
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock().now()
    }

    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.num_microseconds().expect("a short while"), Ordering::Relaxed);
    }

    /// Nine o'clock in Seoul on that day.
    pub fn set_day(&self, day: NaiveDate) {
        let nine = day.and_hms_opt(0, 0, 0).expect("midnight exists").and_utc();
        self.0.store(nine.timestamp_micros(), Ordering::Relaxed);
    }
}
