#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| domain::forms::fuzzed::definition(input));
