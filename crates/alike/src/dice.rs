//! The same throws for the same number, on every machine (`SplitMix64`).

pub struct Dice(u64);

impl Dice {
    pub fn thrown(number: u32) -> Self {
        Self(u64::from(number))
    }

    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `end` - 1.
    pub fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.any() % u64::from(end.max(1))).unwrap_or_default()
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }

    pub fn one_of<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let end = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let at = usize::try_from(self.below(end)).unwrap_or_default();
        items.get(at).copied().unwrap_or_default()
    }

    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (!self.once_in(2)).then(|| make(self))
    }

    /// Up to `most` of them.
    pub fn several<T>(&mut self, most: u32, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }

    /// A large number as often as a small one.
    pub fn number(&mut self) -> i64 {
        let shift = self.below(64);
        self.any().cast_signed() >> shift
    }

    /// Any characters that there are.
    pub fn text(&mut self) -> String {
        let ends = [0x80, 0x250, 0x2100, 0xffff, 0x0011_0000];
        self.several(12, |dice| {
            let end = dice.one_of(&ends);
            char::from_u32(dice.below(end)).unwrap_or('?')
        })
        .into_iter()
        .collect()
    }
}
