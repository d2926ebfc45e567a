//! Texts that mean themselves in `LIKE … ESCAPE '\'`.

/// The text with the pattern's own signs escaped.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A pattern that finds the text anywhere.
#[must_use]
pub fn anywhere(text: &str) -> String {
    format!("%{}%", escaped(text))
}
