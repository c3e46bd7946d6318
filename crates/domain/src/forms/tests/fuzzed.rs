//! The fuzzer's targets on inputs made from its corpus: the same ones on every machine, so that a fault stays to be found.

use std::{fs, path::Path};

use crate::forms::fuzzed;

/// For each target.
const INPUTS: usize = 2_000;
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

/// The form of an editor with these fields, as they are written.
fn sent(fields: &str) -> String {
    format!(r#"{{"fields":[{fields}]}}"#)
}

fn text_field(key: usize, rest: &str) -> String {
    format!(r#"{{"key":"f{key}","kind":"text","label":"F"{rest}}}"#)
}

/// As many fields as a form may have, each of which looks at the eight above it.
fn fields_that_hang_on_each_other() -> String {
    let fields = (0..200).map(|number: usize| {
        let above = (number.saturating_sub(8)..number)
            .map(|other| format!(r#"{{"subject":"f{other}","operator":{{"is":"x"}}}}"#));
        let above: Vec<String> = above.collect();
        let rule = format!(r#","visible_when":{{"all":[{}]}}"#, above.join(","));
        text_field(number, if above.is_empty() { "" } else { &rule })
    });
    sent(&fields.collect::<Vec<_>>().join(","))
}

/// A condition that doubles with each level.
fn condition_that_doubles() -> String {
    let least = r#"{"subject":"f0","operator":"filled"}"#.to_owned();
    let rule = (0..12).fold(least, |inner, _| format!(r#"{{"any":[{inner},{inner}]}}"#));
    let hung = text_field(1, &format!(r#","visible_when":{rule}"#));
    sent(&format!("{},{hung}", text_field(0, "")))
}

/// What is too large to be stored with the corpus.
fn large() -> Vec<(&'static str, String)> {
    let many = 10_000;
    let fields: Vec<String> = (0..many).map(|key| text_field(key, "")).collect();
    let deep = format!("{}{}", r#"{"any":["#.repeat(many), "]}".repeat(many));
    let long = "x".repeat(10 << 20);
    let mask = |mask: &str| sent(&text_field(0, &format!(r#","limits":{{"mask":"{mask}"}}"#)));
    let pattern = "(a+)+".repeat(1_000);
    let foreign = |rest: &str| format!(r#"{{"properties":{{"a":{{"type":"string",{rest}}}}}}}"#);
    let names = r#""a":{"type":"string"},"#.repeat(many);
    vec![
        ("fields", sent(&fields.join(","))),
        (
            "nesting",
            sent(&text_field(0, &format!(r#","visible_when":{deep}"#))),
        ),
        ("brackets", "[".repeat(many)),
        ("hanging", fields_that_hang_on_each_other()),
        ("doubling", condition_that_doubles()),
        ("pattern", foreign(&format!(r#""pattern":"{pattern}$""#))),
        ("mask", mask(&pattern)),
        ("names", format!(r#"{{"properties":{{{names}"b":{{}}}}}}"#)),
        ("number", foreign(r#""maxLength":1e400"#)),
        (
            "surrogates",
            foreign(&format!(r#""title":"{}""#, r"\udc00\ud800".repeat(many))),
        ),
        ("title", foreign(&format!(r#""title":"{long}""#))),
        (
            "label",
            sent(&format!(r#"{{"key":"f0","kind":"text","label":"{long}"}}"#)),
        ),
    ]
}

#[test]
fn large_inputs_hold() {
    for (name, file) in large() {
        for answers in ["", "f0=x\nf1=x\nf0=y"] {
            let mut input = file.clone().into_bytes();
            input.push(fuzzed::BREAK);
            input.extend_from_slice(answers.as_bytes());
            let held = std::panic::catch_unwind(|| fuzzed::definition(&input));
            // The input itself would fill the screen.
            assert!(held.is_ok(), "{name}");
        }
    }
    let lines = |line: &str| line.repeat(10_000);
    for input in [
        lines("need=x\n"),
        lines("=\n"),
        format!("need={}", "x".repeat(10 << 20)),
    ] {
        let held = std::panic::catch_unwind(|| fuzzed::post(input.as_bytes()));
        assert!(held.is_ok(), "{}", &input[..8]);
    }
}
