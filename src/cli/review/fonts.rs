//! Fonts of this machine: those that the arguments name, else one found in the usual folders of Linux, macOS and Windows.

use crate::cli::{Outcome, complain};
use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use torikumi::review::FontFile;

/// Folders are looked into this deep.
const DEPTH: usize = 6;

/// Most files that are looked at in all folders.
const MOST_FILES: usize = 20_000;

/// Most files that are opened, the likely ones first.
const MOST_OPENED: usize = 60;

/// Largest font file that is opened, in bytes.
const MOST_BYTES: u64 = 128 << 20;

/// Beginnings of the names of Japanese font files in lower case, the plainest upright faces first: Noto and its kin
/// (Linux), IPA, VL, Takao; Hiragino (macOS); Yu, BIZ UD, Meiryo, MS (Windows).
const LIKELY: [&str; 26] = [
    "notosanscjk-regular",
    "notosanscjkjp-regular",
    "notosansjp-regular",
    "notosansjp",
    "sourcehansans",
    "ipaexg",
    "ipagp",
    "ipag",
    "vl-gothic",
    "vl-pgothic",
    "takaopgothic",
    "takaogothic",
    "ヒラギノ角ゴシック w3",
    "hiraginosans",
    "yugothr",
    "yugothic-regular",
    "biz-udgothicr",
    "bizudgothic-regular",
    "meiryo",
    "msgothic",
    "notoserifcjk-regular",
    "notoserifjp",
    "ipaexm",
    "ipam",
    "ヒラギノ明朝 pron",
    "msmincho",
];

/// The bytes of the font files that the arguments name.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Outcome> {
    let one = |path: &PathBuf| {
        let refuse = |what: &dyn std::fmt::Display| {
            complain(&path.display().to_string(), what);
            Outcome::Failed
        };
        let bytes = fs::read(path).map_err(|failure| refuse(&format_args!("cannot be read as a font: {failure}")))?;
        if FontFile::best(bytes.clone(), &BTreeSet::new()).is_none() {
            return Err(refuse(&"is no TrueType or OpenType font: give a .ttf, .otf or .ttc file"));
        }
        Ok(bytes)
    };
    paths.iter().map(one).collect()
}

/// A font for these characters: the first named one that has all, else the named one that lacks the fewest; without
/// named ones the same among the likely files of the machine.
pub(super) fn find(named: &[Vec<u8>], characters: &BTreeSet<char>) -> Option<FontFile> {
    if !named.is_empty() {
        let fonts = named.iter().filter_map(|bytes| FontFile::best(bytes.clone(), characters));
        return fullest(fonts);
    }
    let mut files = Vec::new();
    let mut seen = 0;
    for folder in folders() {
        collect(&folder, DEPTH, &mut seen, &mut files);
    }
    files.sort();
    files.dedup();
    let readable = files
        .into_iter()
        .take(MOST_OPENED)
        .filter(|(_, path)| fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= MOST_BYTES));
    fullest(readable.filter_map(|(_, path)| FontFile::best(fs::read(path).ok()?, characters)))
        .filter(|font| font.missing().len() < characters.len())
}

/// The first font that lacks nothing, else the first of those that lack the fewest characters.
fn fullest(fonts: impl Iterator<Item = FontFile>) -> Option<FontFile> {
    let mut best: Option<FontFile> = None;
    for font in fonts {
        if font.missing().is_empty() {
            return Some(font);
        }
        if best.as_ref().is_none_or(|best| font.missing().len() < best.missing().len()) {
            best = Some(font);
        }
    }
    best
}

/// Font files in `folder` with their rank; `seen` counts all entries.
fn collect(folder: &Path, depth: usize, seen: &mut usize, files: &mut Vec<(usize, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        *seen += 1;
        if *seen > MOST_FILES {
            return;
        }
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if depth > 0 {
                collect(&path, depth - 1, seen, files);
            }
        } else if let Some(rank) = rank(&path) {
            files.push((rank, path));
        }
    }
}

/// How likely a file is a plain Japanese font (0 the most), `None` where it is no font file.
fn rank(path: &Path) -> Option<usize> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    if !["ttf", "otf", "ttc", "otc"].contains(&extension.as_str()) {
        return None;
    }
    let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
    Some(LIKELY.iter().position(|likely| stem.starts_with(likely)).unwrap_or(LIKELY.len()))
}

/// Where fonts usually are.
fn folders() -> Vec<PathBuf> {
    let from = |variable: &str, below: &str| env::var_os(variable).map(|folder| PathBuf::from(folder).join(below));
    if let Some(only) = env::var_os("TORIKUMI_FONTS") {
        return env::split_paths(&only).collect();
    }
    if cfg!(windows) {
        return [from("WINDIR", "Fonts"), from("LOCALAPPDATA", "Microsoft/Windows/Fonts")]
            .into_iter()
            .flatten()
            .collect();
    }
    if cfg!(target_os = "macos") {
        let system = ["/System/Library/Fonts", "/Library/Fonts", "/System/Library/AssetsV2"].map(PathBuf::from);
        return system.into_iter().chain(from("HOME", "Library/Fonts")).collect();
    }
    let shared = env::var("XDG_DATA_DIRS").unwrap_or_default();
    let shared = shared.split(':').filter(|folder| !folder.is_empty()).map(|folder| Path::new(folder).join("fonts"));
    let own = [from("HOME", ".fonts"), from("HOME", ".local/share/fonts"), from("XDG_DATA_HOME", "fonts")];
    let usual = ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from);
    usual.into_iter().chain(own.into_iter().flatten()).chain(shared).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(path: &str, likely: Option<bool>) {
        assert_eq!(rank(Path::new(path)).map(|rank| rank < LIKELY.len()), likely);
    }

    #[test]
    fn plain_japanese_fonts_are_tried_first() {
        case("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", Some(true));
        case("C:/Windows/Fonts/YuGothR.ttc", Some(true));
        case("/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc", Some(true));
        case("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", Some(false));
        case("/usr/share/fonts/fonts.dir", None);
        case("/usr/share/fonts/a.pfb", None);
    }
}
