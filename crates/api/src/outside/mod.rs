//! The outside world, each behind one small type.

pub mod files;
pub mod letters;
pub mod mailer;
pub mod mentorship_letters;
