//! Regions of countries: states, provinces, cantons. An answer is a code of ISO 3166-2, like `DE-BY`, or the text that somebody
//! typed for a country whose regions are not listed here.

use super::{
    Answer, FieldProblem, country_name,
    region_table::{REGIONS, Regions},
};
use crate::text::fold;

/// The regions of a country, or nothing where they are not listed; codes without the country and its hyphen.
pub fn regions(country: &str) -> Option<Regions> {
    REGIONS
        .iter()
        .find(|(code, _)| *code == country)
        .map(|(_, regions)| *regions)
}

/// Code and name of each region of that country.
pub fn region_choices(country: &str) -> Option<Vec<(String, String)>> {
    let regions = regions(country)?.iter();
    let choices = regions.map(|(code, name)| (format!("{country}-{code}"), (*name).to_owned()));
    Some(choices.collect())
}

/// Of all countries: the code, and the name with its country's.
pub fn all_regions() -> Vec<(String, String)> {
    let all = REGIONS.iter().flat_map(|(country, regions)| {
        let land = country_name(country).unwrap_or(*country);
        let regions = regions.iter();
        regions.map(move |(code, name)| (format!("{country}-{code}"), format!("{name}, {land}")))
    });
    all.collect()
}

/// The name behind a code like `DE-BY`.
pub fn region_name(code: &str) -> Option<&'static str> {
    let (country, own) = code.split_once('-')?;
    let mut regions = regions(country)?.iter();
    regions
        .find(|(code, _)| *code == own)
        .map(|(_, name)| *name)
}

/// The code of what people write for a region of that country: the code with or without the country, or the name.
pub(super) fn region_code(country: &str, regions: Regions, text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    let own = code
        .strip_prefix(country)
        .and_then(|rest| rest.strip_prefix('-'))
        .unwrap_or(&code);
    let name = fold(text);
    let mut found = regions.iter();
    found
        .find(|(code, written)| *code == own || fold(written) == name)
        .map(|(code, _)| format!("{country}-{code}"))
}

/// `country` is the code of the country that is answered above, if one is.
pub(super) fn read_region(text: &str, country: Option<&str>) -> Result<Answer, FieldProblem> {
    let code = text.to_ascii_uppercase();
    let known = region_name(&code);
    let Some(country) = country else {
        return Ok(known.map_or_else(|| Answer::Text(text.to_owned()), |_| Answer::Choice(code)));
    };
    let listed = regions(country);
    if let Some(code) = listed.and_then(|regions| region_code(country, regions, text)) {
        return Ok(Answer::Choice(code));
    }
    let country = country_name(country).unwrap_or(country).to_owned();
    match known {
        Some(region) => Err(FieldProblem::RegionElsewhere {
            region: region.to_owned(),
            country,
        }),
        None if listed.is_some() => Err(FieldProblem::UnknownRegion { country }),
        None => Ok(Answer::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn complete_and_unambiguous() {
        let counts = [
            ("AT", 9),
            ("AU", 8),
            ("BR", 27),
            ("CA", 13),
            ("CH", 26),
            ("DE", 16),
            ("ES", 19),
            ("FR", 18),
            ("GB", 4),
            ("IN", 36),
            ("IT", 20),
            ("JP", 47),
            ("MX", 32),
            ("NL", 12),
            ("US", 57),
        ];
        assert_eq!(REGIONS.len(), counts.len());
        for (country, count) in counts {
            let regions = regions(country).unwrap();
            assert_eq!(regions.len(), count, "{country}");
            assert!(country_name(country).is_some());
            let codes: BTreeSet<&str> = regions.iter().map(|(code, _)| *code).collect();
            let names: BTreeSet<String> = regions.iter().map(|(_, name)| fold(name)).collect();
            assert_eq!((codes.len(), names.len()), (count, count), "{country}");
            for (code, name) in regions {
                assert!((1..=3).contains(&code.len()), "{country}-{code}");
                // A code that is another region's name would be read as either.
                assert_eq!(
                    region_code(country, regions, name),
                    Some(format!("{country}-{code}"))
                );
            }
        }
    }

    #[test]
    fn regions_are_read_by_code_and_by_name() {
        for (text, country, code) in [
            ("DE-BY", "DE", "DE-BY"),
            ("by", "DE", "DE-BY"),
            ("bavaria", "DE", "DE-BY"),
            ("Baden-Wuerttemberg", "DE", "DE-BW"),
            ("de-de", "US", ""),
            ("DE", "US", "US-DE"),
            ("us-ca", "US", "US-CA"),
            ("são paulo", "BR", "BR-SP"),
        ] {
            let found = region_code(country, regions(country).unwrap(), text);
            assert_eq!(found.unwrap_or_default(), code, "{text}");
        }
        assert_eq!(region_name("US-CA"), Some("California"));
        assert_eq!(region_name("US-XX"), None);
        assert_eq!(region_name("CA"), None);
        assert_eq!(all_regions().len(), 344);
    }
}
