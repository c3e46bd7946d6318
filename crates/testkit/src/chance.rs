//! Chance that comes out the same on every run, and how much of it a run is asked for.

/// Numbers in no order, all of them made from a seed (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: usize) -> Self {
        Self(u64::try_from(seed).unwrap_or(u64::MAX))
    }

    /// Another one, which goes its own way.
    #[must_use]
    pub fn branch(&mut self) -> Self {
        Self(self.draw())
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of 0, 1, 2... below the number.
    pub fn below(&mut self, number: usize) -> usize {
        let number = u64::try_from(number.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.draw() % number).unwrap_or_default()
    }

    pub fn one_of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        let at = self.below(several.len());
        several
            .get(at)
            .unwrap_or_else(|| panic!("there is nothing to choose from"))
    }
}

/// What a variable of the environment asks for, the usual if it is unset.
pub fn asked(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| {
        text.parse()
            .unwrap_or_else(|error| panic!("{name} is {text:?}: {error}"))
    })
}

/// Says what a run goes on with: what is needed to run one that failed again.
#[expect(clippy::print_stderr, reason = "a test's own words, shown if it fails")]
pub fn say(text: &str) {
    eprintln!("{text}");
}
