//! Random words, their digests, and the signed token of signed-out forms.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Unpredictable bytes from the operating system's generator.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes);
    bytes
}

/// 256 unpredictable bits as a word for cookies and forms.
pub fn word() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// What is kept of a word: whoever reads the store can't use it.
pub fn digest(word: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(word.as_bytes()))
}

/// A fresh word and its signature.
pub fn signed_word(secret: &[u8; 32]) -> String {
    let word = word();
    let signature = signature(secret, &word);
    format!("{word}.{signature}")
}

pub fn is_signed(secret: &[u8; 32], token: &str) -> bool {
    token.split_once('.').is_some_and(|(word, seal)| same(seal, &signature(secret, word)))
}

/// Compares without telling by time where the difference is.
pub fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |acc, (a, b)| acc | (a ^ b)) == 0
}

// HMAC written out (RFC 2104); the key is shorter than a block.
fn signature(secret: &[u8; 32], word: &str) -> String {
    let mut inner = [0x36_u8; 64];
    let mut outer = [0x5c_u8; 64];
    for (index, byte) in secret.iter().enumerate() {
        inner[index] ^= byte;
        outer[index] ^= byte;
    }
    let inside = Sha256::new().chain_update(inner).chain_update(word.as_bytes()).finalize();
    URL_SAFE_NO_PAD.encode(Sha256::new().chain_update(outer).chain_update(inside).finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_word_holds_only_under_its_secret_and_unchanged() {
        let token = signed_word(&[7; 32]);
        assert!(is_signed(&[7; 32], &token));
        assert!(!is_signed(&[8; 32], &token));
        assert!(!is_signed(&[7; 32], &format!("x{token}")));
        assert!(!is_signed(&[7; 32], ""));
    }

    #[test]
    fn the_signature_is_hmac_sha256() {
        // `printf "Hi There" | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b…0b`, in URL-safe base64.
        assert_eq!(signature(&[0x0b; 32], "Hi There"), "GYpgfrRL-8aZA6Dxzyu9xboKo_PZrjwcejsWlqC2jPc");
    }
}
