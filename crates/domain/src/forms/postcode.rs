//! Postcodes of the larger countries, and where they stand in a line.

/// How postcodes look: `9` is a digit, `A` a letter, anything else itself.
const SHAPES: &[(&str, &[&str])] = &[
    ("AT", &["9999"]),
    ("AU", &["9999"]),
    ("BE", &["9999"]),
    ("BR", &["99999-999", "99999999"]),
    ("CA", &["A9A 9A9", "A9A9A9"]),
    ("CH", &["9999"]),
    ("CZ", &["999 99", "99999"]),
    ("DE", &["99999"]),
    ("DK", &["9999"]),
    ("ES", &["99999"]),
    ("FI", &["99999"]),
    ("FR", &["99999"]),
    (
        "GB",
        &[
            "AA9A 9AA", "A9A 9AA", "AA99 9AA", "AA9 9AA", "A99 9AA", "A9 9AA",
        ],
    ),
    ("IN", &["999999", "999 999"]),
    ("IT", &["99999"]),
    ("JP", &["999-9999"]),
    ("MX", &["99999"]),
    ("NL", &["9999 AA", "9999AA"]),
    ("NO", &["9999"]),
    ("PL", &["99-999"]),
    ("PT", &["9999-999"]),
    ("SE", &["999 99", "99999"]),
    ("US", &["99999-9999", "99999"]),
];

/// Nothing for a country whose postcodes are not known here, or that has none.
pub(super) fn shapes(country: &str) -> &'static [&'static str] {
    let found = SHAPES.iter().find(|(code, _)| *code == country);
    found.map_or(&[], |(_, shapes)| *shapes)
}

/// What stands before a postcode, and the postcode.
pub(super) fn at_end<'a>(line: &'a str, shapes: &[&str]) -> Option<(&'a str, &'a str)> {
    let line = line.trim();
    shapes.iter().find_map(|shape| {
        let at = line.len().checked_sub(shape.len())?;
        let (rest, found) = line.split_at_checked(at)?;
        let apart = rest.is_empty() || rest.ends_with([' ', ',']);
        (apart && looks(found, shape)).then_some((rest, found))
    })
}

/// What stands behind a postcode, and the postcode; `D-10115` is `10115`.
pub(super) fn at_start<'a>(line: &'a str, shapes: &[&str]) -> Option<(&'a str, &'a str)> {
    let line = line.trim();
    let line = match line.split_once('-') {
        Some((land, rest))
            if (1..=3).contains(&land.len()) && land.bytes().all(|b| b.is_ascii_uppercase()) =>
        {
            rest
        }
        _ => line,
    };
    shapes.iter().find_map(|shape| {
        let (found, rest) = line.split_at_checked(shape.len())?;
        let apart = rest.is_empty() || rest.starts_with([' ', ',']);
        (apart && looks(found, shape)).then_some((rest, found))
    })
}

/// Shapes are ASCII, so places count in bytes.
fn looks(text: &str, shape: &str) -> bool {
    let fits = |(letter, wanted): (u8, u8)| match wanted {
        b'9' => letter.is_ascii_digit(),
        b'A' => letter.is_ascii_alphabetic(),
        other => letter == other,
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}
