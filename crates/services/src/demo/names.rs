//! Invented names. Addresses end in `.example`, which nobody can own.

/// First words of customers.
const FIRST: [&str; 48] = [
    "Amber",
    "Arbour",
    "Ashgrove",
    "Beacon",
    "Birchwood",
    "Blackthorn",
    "Bluewater",
    "Bramble",
    "Brookside",
    "Calder",
    "Castlegate",
    "Cedar",
    "Clearbrook",
    "Coral",
    "Copperfield",
    "Crestline",
    "Dovetail",
    "Eastmoor",
    "Elmstead",
    "Fairhaven",
    "Fernhill",
    "Foxglove",
    "Garnet",
    "Goldcrest",
    "Greystone",
    "Harbour",
    "Hazelwood",
    "Heatherfield",
    "Highland",
    "Hollybank",
    "Ironbridge",
    "Ivy",
    "Juniper",
    "Kestrel",
    "Kingsford",
    "Lakeside",
    "Lindenhof",
    "Longmeadow",
    "Maple",
    "Meridian",
    "Northgate",
    "Oakridge",
    "Pinecrest",
    "Redwood",
    "Silverbirch",
    "Stonebridge",
    "Thornfield",
    "Willowmere",
];

/// What they do.
const TRADE: [&str; 40] = [
    "Analytics",
    "Automotive",
    "Bakeries",
    "Biotech",
    "Breweries",
    "Care",
    "Ceramics",
    "Chemicals",
    "Clinics",
    "Components",
    "Dairy",
    "Education",
    "Energy",
    "Engineering",
    "Farms",
    "Fisheries",
    "Foods",
    "Freight",
    "Furniture",
    "Glass",
    "Hospitals",
    "Hotels",
    "Insurance",
    "Instruments",
    "Interiors",
    "Laboratories",
    "Logistics",
    "Media",
    "Optics",
    "Outfitters",
    "Packaging",
    "Paper",
    "Pharma",
    "Printing",
    "Properties",
    "Retail",
    "Schools",
    "Steel",
    "Textiles",
    "Utilities",
];

/// Where they sit, once the two words are used up.
const PLACE: [&str; 60] = [
    "",
    "Aalborg",
    "Antwerp",
    "Bergen",
    "Bilbao",
    "Bologna",
    "Bordeaux",
    "Bremen",
    "Brighton",
    "Brno",
    "Cardiff",
    "Cork",
    "Dresden",
    "Dundee",
    "Espoo",
    "Galway",
    "Gdansk",
    "Geneva",
    "Ghent",
    "Girona",
    "Graz",
    "Haarlem",
    "Innsbruck",
    "Izmir",
    "Kaunas",
    "Kiel",
    "Leeds",
    "Leipzig",
    "Liege",
    "Lille",
    "Linz",
    "Lugano",
    "Lyon",
    "Malmo",
    "Mannheim",
    "Metz",
    "Namur",
    "Nantes",
    "Odense",
    "Oulu",
    "Padua",
    "Pisa",
    "Porto",
    "Reims",
    "Riga",
    "Rouen",
    "Salzburg",
    "Siena",
    "Split",
    "Tampere",
    "Tartu",
    "Trieste",
    "Turin",
    "Turku",
    "Utrecht",
    "Verona",
    "Vigo",
    "Wells",
    "York",
    "Zwolle",
];

const GIVEN: [&str; 40] = [
    "Adaeze", "Aino", "Alba", "Anders", "Anouk", "Bastian", "Beatriz", "Carlo", "Chloe", "Daniela",
    "Dmitri", "Elif", "Emeka", "Esther", "Farah", "Felix", "Giulia", "Hana", "Henrik", "Ines",
    "Ivo", "Jana", "Jonas", "Kaito", "Katrin", "Leila", "Luca", "Maren", "Mateo", "Mira", "Noor",
    "Olga", "Pavel", "Priya", "Rafael", "Sanna", "Sipho", "Tomas", "Vera", "Yusuf",
];

const FAMILY: [&str; 40] = [
    "Abara",
    "Adler",
    "Almeida",
    "Andersen",
    "Bakker",
    "Barros",
    "Castell",
    "Costa",
    "Dahl",
    "Demir",
    "Eriksen",
    "Falk",
    "Ferrari",
    "Fischer",
    "Gallo",
    "Haddad",
    "Hansen",
    "Horvat",
    "Ivanov",
    "Jansen",
    "Kaya",
    "Keller",
    "Kowalski",
    "Laine",
    "Lindqvist",
    "Marin",
    "Meyer",
    "Moreau",
    "Nakamura",
    "Novak",
    "Okafor",
    "Olsen",
    "Petrov",
    "Ricci",
    "Rossi",
    "Santos",
    "Schmid",
    "Sharma",
    "Virtanen",
    "Weber",
];

/// Partner teams besides the first, whose people are in the printed sign-ins.
pub const PARTNERS: [(&str, &str); 39] = [
    ("Alderpoint Systems", "GB"),
    ("Anvil & Quill", "IE"),
    ("Bluefin Digital", "PT"),
    ("Bracken IT", "GB"),
    ("Cardinal Works", "NL"),
    ("Cobalt Lane", "DE"),
    ("Corvid Consulting", "SE"),
    ("Daybreak Partners", "US"),
    ("Delta Foundry", "BE"),
    ("Eastlight", "PL"),
    ("Ember & Co", "FR"),
    ("Fathom Services", "NO"),
    ("Fieldstone Advisory", "US"),
    ("Glasswing", "ES"),
    ("Granite Peak", "CH"),
    ("Greenline Tech", "AT"),
    ("Halyard", "DK"),
    ("Heron Solutions", "GB"),
    ("Inkwell Digital", "DE"),
    ("Ironwood", "US"),
    ("Jetty Group", "NL"),
    ("Kelp & Stone", "IE"),
    ("Lantern IT", "IT"),
    ("Lighthouse Nine", "FI"),
    ("Magpie Software", "GB"),
    ("Marlin Cloud", "US"),
    ("Nettle & Finch", "FR"),
    ("Northbound", "SE"),
    ("Orchard Logic", "ES"),
    ("Osprey Advisors", "CA"),
    ("Pebble Bay", "AU"),
    ("Quarry Digital", "DE"),
    ("Ravenhall", "GB"),
    ("Saltmarsh", "NL"),
    ("Slate & Sons", "US"),
    ("Sundial Systems", "PT"),
    ("Tern Collective", "NO"),
    ("Umbra Labs", "JP"),
    ("Watershed", "US"),
];

/// A customer's name: another one for every index below 115,200, and numbered after that.
pub fn customer(index: usize) -> String {
    let count = FIRST.len() * TRADE.len();
    // A step that shares no factor with the count visits every pair once, far from its neighbours.
    let pair = (index % count) * 1_019 % count;
    let round = index / count;
    let first = FIRST.get(pair % FIRST.len()).copied().unwrap_or_default();
    let trade = TRADE.get(pair / FIRST.len()).copied().unwrap_or_default();
    let place = PLACE.get(round % PLACE.len()).copied().unwrap_or_default();
    let mut name = format!("{first} {trade}");
    if !place.is_empty() {
        name.push(' ');
        name.push_str(place);
    }
    let turn = round / PLACE.len();
    if turn > 0 {
        name.push(' ');
        name.push_str(&(turn + 1).to_string());
    }
    name
}

/// A person's name by number: the first 1,600 differ.
pub fn person(index: usize) -> String {
    let given = GIVEN.get(index % GIVEN.len()).copied().unwrap_or_default();
    let family = FAMILY.get((index / GIVEN.len() + index * 7) % FAMILY.len());
    format!("{given} {}", family.copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_customer_is_another_one() {
        let names: std::collections::BTreeSet<String> = (0..120_000).map(customer).collect();
        assert_eq!(names.len(), 120_000);
    }
}
