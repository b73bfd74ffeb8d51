//! Takes what a code was found to mean, keeps it for the life of the font so that every later glyph is one look-up. It
//! only grows, needs no lock to read, and hands out references; what a code means is for others to find out.

use std::sync::OnceLock;

use super::Entry;

const ROOTS: usize = 256;
const ROOT_BITS: u32 = ROOTS.trailing_zeros();
const CHILDREN: usize = 4;
const CHILD_BITS: u32 = CHILDREN.trailing_zeros();

/// A hash trie from codes to [`Entry`]. The hash of a code is a bijection, which bounds its depth.
pub(super) struct Cache {
    roots: Box<[OnceLock<Box<Node>>; ROOTS]>,
}

struct Node {
    code: u32,
    bytes: u8,
    entry: Entry,
    children: [OnceLock<Box<Node>>; CHILDREN],
}

impl Cache {
    pub(super) fn new() -> Self {
        Self { roots: Box::new([const { OnceLock::new() }; ROOTS]) }
    }

    /// The entry of a code; `resolve` is asked when it is met for the first time.
    #[inline]
    pub(super) fn get(&self, code: u32, bytes: u8, resolve: impl Fn() -> Entry) -> &Entry {
        let mut hash = code.wrapping_mul(0x9E37_79B1).rotate_left(ROOT_BITS);
        let mut slot = &self.roots[hash as usize % ROOTS];
        hash >>= ROOT_BITS;
        loop {
            let node =
                slot.get_or_init(|| Box::new(Node { code, bytes, entry: resolve(), children: Default::default() }));
            if node.code == code && node.bytes == bytes {
                return &node.entry;
            }
            slot = &node.children[hash as usize % CHILDREN];
            hash >>= CHILD_BITS;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::Decoding;

    fn entry(advance: f32) -> Entry {
        let (text, decoding, step) = (Box::default(), Decoding::Unknown, f64::from(advance) / 1000.0);
        Entry { text, decoding, advance, step, origin: (0.0, 0.0), contradicted: false, unknown: false }
    }

    #[test]
    fn each_code_is_resolved_once_and_kept_apart_from_the_others() {
        let cache = Cache::new();
        for code in 0..70_000_u32 {
            assert_eq!(cache.get(code, 2, || entry(code as f32)).advance, code as f32);
        }
        for code in 0..70_000_u32 {
            assert_eq!(cache.get(code, 2, || panic!("resolved twice")).advance, code as f32);
        }
    }

    #[test]
    fn the_length_of_a_code_is_part_of_it() {
        let cache = Cache::new();
        cache.get(0x41, 1, || entry(1.0));
        assert_eq!(cache.get(0x41, 2, || entry(2.0)).advance, 2.0);
        assert_eq!(cache.get(0x41, 1, || entry(3.0)).advance, 1.0);
    }
}
