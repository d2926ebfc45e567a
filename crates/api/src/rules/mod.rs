//! What a state allows: pure functions, without I/O.
