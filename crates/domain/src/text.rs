//! Text as people type it: cleaned for keeping, folded for comparing.

/// Characters that change how text is laid out without being seen: zero-width, bidirectional controls, soft hyphen, BOM.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}' | '\u{180e}')
}

/// One line: invisible characters and controls taken out, runs of white space made one space, ends trimmed.
pub fn clean_line(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for word in text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
    {
        let visible: String = word
            .chars()
            .filter(|letter| !is_invisible(*letter))
            .collect();
        if visible.is_empty() {
            continue;
        }
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        cleaned.push_str(&visible);
    }
    cleaned
}

/// Several lines: as [`clean_line`], but line breaks stay (as `\n`) and spaces inside a line are kept.
pub fn clean_text(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    unified
        .chars()
        .filter(|letter| {
            *letter == '\n' || *letter == '\t' || !(letter.is_control() || is_invisible(*letter))
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// For comparing and searching: lower case, common Latin accents off, everything but letters and digits one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        if is_invisible(letter) || is_combining(letter) {
            continue;
        }
        if !letter.is_alphanumeric() {
            gap = !folded.is_empty();
            continue;
        }
        if gap {
            folded.push(' ');
            gap = false;
        }
        match plain(letter) {
            Some(ascii) => folded.push_str(ascii),
            None => folded.push(letter),
        }
    }
    folded
}

fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Latin letters without their marks. Server and browser must agree, so a table and no locale data.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ő' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ț' | 'ţ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// First letters of the first and the last word, upper case, for an avatar.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A short text for an address: `Altostrat Cloud` is `altostrat-cloud`.
pub fn slug(name: &str) -> String {
    let folded: String = fold(name)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == ' ')
        .collect();
    let slug: Vec<&str> = folded.split_whitespace().collect();
    slug.join("-").chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cleaning_keeps_what_is_seen() {
        assert_eq!(clean_line("  Hale\u{200b} &\t\n Moss\0 "), "Hale & Moss");
        assert_eq!(clean_line("\u{202e}evil"), "evil");
        assert_eq!(clean_text("one\r\n two\u{7}\n"), "one\n two");
        assert_eq!(clean_line("مرحبا"), "مرحبا");
    }

    #[test]
    fn folding_meets_spellings() {
        assert_eq!(fold("Müller & Söhne GmbH."), "mueller soehne gmbh");
        assert_eq!(fold("CAFÉ"), fold("cafe\u{301}"));
        assert_eq!(initials("Hale & Moss Ltd"), "HL");
        assert_eq!(slug("Altostrat Cloud"), "altostrat-cloud");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text: String) {
            prop_assert_eq!(clean_line(&clean_line(&text)), clean_line(&text));
            prop_assert_eq!(clean_text(&clean_text(&text)), clean_text(&text));
            prop_assert_eq!(fold(&clean_line(&text)).contains('\0'), false);
        }
    }
}
