//! The fuzzer's targets on inputs made from its corpus: the same ones on every machine, so that a fault stays to be found.

use std::{fs, path::Path};

use crate::forms::fuzzed;

/// For each target.
const INPUTS: usize = 2_000;
/// Fields, levels, or names of what is too large to be kept in the corpus.
const MANY: usize = 10_000;
/// What is put in here and there: what readers of JSON and of forms look at.
const PIECES: [&[u8]; 28] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b":",
    b"\\ud800",
    b"1e400",
    b"-0",
    b"null",
    b"\xff",
    b"\n",
    b"=",
    b".currency=",
    b"\xe2\x80\xae",
    b"\0",
    b"{\"any\":[",
    b"\"operator\":\"filled\",",
    b"\"visible_when\":{\"subject\":\"country\",\"operator\":\"empty\"},",
    b"\"page_break\"",
    b"\"group\"",
    b"\"group_end\"",
    b"\"customer\"",
    b"=cust_01hx0000000000000000000000",
    b"\"required\":\"always\",",
    b"today-1",
    b"2026-12-31/2026-12-01",
];

/// `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let entries = fs::read_dir(folder.join(target)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// One input with some bytes taken out, changed, doubled, or replaced by what stands in another.
fn spoilt(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut input = corpus[dice.below(corpus.len())].clone();
    for _ in 0..=dice.below(4) {
        let at = dice.below(input.len() + 1);
        let end = (at + dice.below(40)).min(input.len());
        match dice.below(6) {
            0 => drop(input.drain(at..end)),
            1 => input.truncate(at),
            2 => drop(input.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            3 => {
                let other = &corpus[dice.below(corpus.len())];
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(200)).min(other.len());
                drop(input.splice(at..end, other[from..to].iter().copied()));
            }
            4 => {
                let part = input[at..end].to_vec();
                drop(input.splice(at..at, part));
            }
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
        }
    }
    input
}

fn run(target: &str, hold: fn(&[u8])) {
    let corpus = corpus(target);
    assert!(corpus.len() >= 5, "{target} has a corpus");
    let mut dice = Dice(7);
    let whole = corpus.iter().cloned();
    let made: Vec<Vec<u8>> = (corpus.len()..INPUTS)
        .map(|_| spoilt(&mut dice, &corpus))
        .collect();
    for input in whole.chain(made) {
        let held = std::panic::catch_unwind(|| hold(&input));
        // The input is what somebody needs to look into it; it goes into the corpus.
        assert!(held.is_ok(), "{}", input.escape_ascii());
    }
}

#[test]
fn definitions_hold() {
    run("definition", fuzzed::definition);
}

#[test]
fn posts_hold() {
    run("post", fuzzed::post);
}

/// As the editor sends these fields, and as they stand in a file of ours, with answers behind each.
fn both_ways(fields: &str, answers: &str) -> [Vec<u8>; 2] {
    let form = format!(r#"{{"fields":[{fields}]}}"#);
    let file = format!(r#"{{"x-dealboard":{{"version":1,"form":{form}}}}}"#);
    [form, file].map(|text| [text.as_bytes(), &[fuzzed::BREAK], answers.as_bytes()].concat())
}

/// Two hundred texts, each shown by what `looks` makes of its number.
fn hanging(looks: impl Fn(usize) -> String) -> String {
    let field = |number| {
        let rule = looks(number);
        format!(r#"{{"key":"f{number}","kind":"text","label":"F","visible_when":{rule}}}"#)
    };
    (0..200).map(field).collect::<Vec<_>>().join(",")
}

#[test]
fn large_definitions_hold() {
    let field = |rest: &str| format!(r#"{{"key":"a","kind":"text","label":"A"{rest}}}"#);
    let on = |number: usize| format!(r#"{{"subject":"f{number}","operator":"filled"}}"#);
    let round = hanging(|number| on((number + 1) % 200));
    let doubled = hanging(|number| {
        let above = on(number.saturating_sub(1));
        format!(r#"{{"any":[{above},{{"none":[{above},{above}]}}]}}"#)
    });
    let many = vec![field(""); MANY].join(",");
    let deep = [r#"{"any":["#.repeat(MANY), "]}".repeat(MANY)].concat();
    let ruled = field(&format!(r#","visible_when":{deep}"#));
    let long = "x".repeat(10 << 20);
    let help = field(&format!(r#","help":"{long}""#));
    let twice = field(&r#","label":"A""#.repeat(MANY));
    let answers = (0..200).map(|number| format!("f{number}=x\n"));
    let answers: String = answers.collect();
    for fields in [round, doubled, many, ruled, help, twice] {
        for input in both_ways(&fields, &answers) {
            fuzzed::definition(&input);
        }
    }
}

#[test]
fn large_files_and_posts_hold() {
    let properties = r#""a":{},"#.repeat(MANY);
    for file in [
        format!(r#"{{"properties":{{{properties}"b":{{}}}}}}"#),
        format!(
            r#"{{"properties":{}1{}}}"#,
            "[".repeat(MANY),
            "]".repeat(MANY)
        ),
        format!(
            r#"{{"properties":{{"a":{}1{}}}}}"#,
            r#"{"a":"#.repeat(MANY),
            "}".repeat(MANY)
        ),
    ] {
        fuzzed::definition(file.as_bytes());
    }
    // Two of them are not too much for a post.
    let long = "x".repeat(1 << 19);
    fuzzed::post(format!("need={long}\ncontact_name={long}").as_bytes());
    fuzzed::post(format!("need={long}\n{long}=1").as_bytes());
}
