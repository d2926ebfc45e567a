# A new password while it is typed

password-hint = At least 10 characters. A few words in a row are easy to keep and hard to guess.
password-short = Still shorter than 10 characters.
password-about = Leave out your name, address and company.
password-easy = Easy to guess. Add some other words.
password-good = Looks fine. It is checked once more when you save.
