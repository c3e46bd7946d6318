//! An address that somebody wrote in one piece, told apart. Only what is certain is told apart: the last lines must be a country,
//! or a place with a postcode as that country writes it.

use super::{
    Address, COUNTRIES, country_name,
    postcode::{at_end, at_start, shapes},
    regions,
};
use crate::text::fold;

/// In bytes. No address on an envelope has as many.
const MAX_TEXT: usize = 1_000;
const MAX_LINES: usize = 12;

/// Other usual names, folded.
const ALSO: &[(&str, &str)] = &[
    ("usa", "US"),
    ("u s a", "US"),
    ("united states of america", "US"),
    ("uk", "GB"),
    ("great britain", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("northern ireland", "GB"),
    ("deutschland", "DE"),
    ("oesterreich", "AT"),
    ("schweiz", "CH"),
    ("suisse", "CH"),
    ("italia", "IT"),
    ("espana", "ES"),
    ("nederland", "NL"),
    ("the netherlands", "NL"),
    ("brasil", "BR"),
    ("czechia", "CZ"),
    ("nippon", "JP"),
];

/// Countries whose postcodes look like nobody else's.
const PLAIN: &[&str] = &["CA", "GB"];

/// Countries that write the state's code before the postcode.
const WITH_STATE: &[&str] = &["US", "CA", "AU", "BR", "IN"];

/// What ends the name of a street, and rarely that of a city.
const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "lane",
    "ln",
    "avenue",
    "ave",
    "boulevard",
    "blvd",
    "drive",
    "dr",
    "way",
    "court",
    "place",
    "parkway",
    "highway",
];

/// The code of a country that is written by its code, its name or another usual name.
pub(super) fn country_code(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    if country_name(&code).is_some() {
        return Some(code);
    }
    named_country(text).map(str::to_owned)
}

fn named_country(text: &str) -> Option<&'static str> {
    let name = fold(text);
    if name.is_empty() {
        return None;
    }
    let also = ALSO.iter().find(|(other, _)| *other == name);
    let known = || COUNTRIES.iter().find(|(_, known)| fold(known) == name);
    also.map(|(_, code)| *code)
        .or_else(|| known().map(|(code, _)| *code))
}

/// The address in its parts, or nothing where they cannot be told apart.
pub fn spread(text: &str) -> Option<Address> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let mut lines = lines(text);
    if lines.len() < 2 || lines.len() > MAX_LINES {
        return None;
    }
    let named = lines.last().and_then(|last| named_country(last));
    if named.is_some() {
        lines.pop();
    }
    let country = named.or_else(|| distinct(lines.last()?));
    let place = match country {
        Some(country) => place(&mut lines, country),
        None => nowhere(&mut lines),
    };
    let place = match (place, named) {
        (Some(place), _) => place,
        // Not every country has postcodes: the line before its name is the city.
        (None, Some(_)) if lines.len() > 1 && shapes(country?).is_empty() => Place {
            city: lines.pop()?.to_owned(),
            ..Place::default()
        },
        _ => return None,
    };
    let street = lines.join("\n");
    (!street.is_empty() && !place.city.is_empty()).then(|| Address {
        street,
        postcode: place.postcode,
        city: place.city,
        region: place.region,
        country: country.unwrap_or_default().to_owned(),
    })
}

/// What stands on lines of its own; of one line, what stands between commas.
fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = parts(text, '\n');
    if let [one] = lines.as_slice() {
        return parts(one, ',');
    }
    lines
}

fn parts(text: &str, between: char) -> Vec<&str> {
    text.split(between)
        .map(|part| part.trim_matches(|sign: char| sign.is_whitespace() || sign == ','))
        .filter(|part| !part.is_empty())
        .take(MAX_LINES + 1)
        .collect()
}

#[derive(Default)]
struct Place {
    postcode: String,
    city: String,
    region: String,
}

/// The country that only this line's postcode can belong to.
fn distinct(line: &str) -> Option<&'static str> {
    if let Some((rest, _)) = at_end(line, shapes("US"))
        && state("US", last_word(rest)).is_some()
    {
        return Some("US");
    }
    let mut known = PLAIN.iter().copied();
    known.find(|country| at_end(line, shapes(country)).is_some())
}

/// Takes the lines of the place from the end: the postcode stands on the last one, or on the one before.
fn place(lines: &mut Vec<&str>, country: &str) -> Option<Place> {
    let last = lines.pop()?;
    if let Some(place) = on_line(last, lines, country) {
        return Some(place);
    }
    let before = lines.pop()?;
    let Some(mut place) = on_line(before, lines, country) else {
        lines.extend([before, last]);
        return None;
    };
    if place.region.is_empty() {
        last.clone_into(&mut place.region);
        return Some(place);
    }
    None
}

fn on_line<'a>(line: &'a str, above: &mut Vec<&'a str>, country: &str) -> Option<Place> {
    let shapes = shapes(country);
    let (rest, postcode) = at_end(line, shapes).or_else(|| at_start(line, shapes))?;
    let postcode = postcode.to_ascii_uppercase();
    let rest = trimmed(rest);
    let states = WITH_STATE.contains(&country);
    if let Some(region) = state(country, rest).filter(|_| states || rest.is_empty()) {
        let city = above.pop()?;
        return Some(Place {
            postcode,
            city: city.to_owned(),
            region: region.to_owned(),
        });
    }
    if rest.is_empty() {
        let city = above.pop()?.to_owned();
        return Some(Place {
            postcode,
            city,
            region: String::new(),
        });
    }
    let word = last_word(rest);
    let (city, region) = match state(country, word).filter(|_| states) {
        Some(region) => (rest.strip_suffix(word).unwrap_or(rest), region),
        None => rest.rsplit_once(',').unwrap_or((rest, "")),
    };
    Some(Place {
        postcode,
        city: trimmed(city).to_owned(),
        region: trimmed(region).to_owned(),
    })
}

/// A postcode before the city, on the last line, in a country that is not said. Digits elsewhere may be anything.
fn nowhere(lines: &mut Vec<&str>) -> Option<Place> {
    let last = *lines.last()?;
    let (rest, postcode) = at_start(last, &["99999"])?;
    let city = trimmed(rest);
    let is_name = city.chars().next()?.is_alphabetic()
        && !city.contains(|letter: char| letter.is_ascii_digit())
        && !STREETS.contains(&fold(last_word(city)).as_str());
    let place = Place {
        postcode: postcode.to_owned(),
        city: city.to_owned(),
        region: String::new(),
    };
    is_name.then(|| {
        lines.pop();
        place
    })
}

/// The text as it stands, if it is the code of a state of that country. A state's name may be a city's.
fn state<'a>(country: &str, text: &'a str) -> Option<&'a str> {
    let code = text.to_ascii_uppercase();
    let mut known = regions(country)?.iter();
    let found = known.find(|(own, _)| *own == code);
    found.map(|_| text)
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|sign: char| sign.is_whitespace() || sign == ',')
}

fn last_word(text: &str) -> &str {
    let text = trimmed(text);
    text.rsplit(|sign: char| sign.is_whitespace() || sign == ',')
        .next()
        .unwrap_or(text)
}
