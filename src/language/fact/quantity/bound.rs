//! The words that bound a quantity: 이내, 전까지, 이상, 최소 and their kin.

use super::Bound;
use crate::language::fact::Here;

/// The inside of the brackets that open right here, when they are short.
pub(super) fn bracketed(tail: &str) -> Option<&str> {
    let inner = tail.trim_start_matches(' ').strip_prefix('(')?;
    let end = inner.char_indices().take(60).find(|(_, c)| *c == ')')?.0;
    Some(&inner[..end])
}

/// The word that bounds the quantity of `len` bytes here: behind it, or before it.
pub(super) fn bound(here: Here, len: usize) -> Bound {
    let tail = &here.rest()[len..];
    let tail = match bracketed(tail) {
        Some(inner) => &tail[tail.find('(').unwrap_or(0) + inner.len() + 2..],
        None => tail,
    };
    // (…의 경우 30일) 이내: the word stands behind the bracket that the quantity closes.
    let after = bound_after(tail.strip_prefix(')').unwrap_or(tail));
    if after != Bound::None {
        return after;
    }
    let past = here.past().trim_end();
    let past = past.strip_suffix("금").unwrap_or(past).trim_end();
    if past.ends_with("최소") || past.ends_with("적어도") || past.ends_with("최소한") {
        Bound::AtLeast
    } else if past.ends_with("최대") || past.ends_with("최장") {
        Bound::AtMost
    } else {
        Bound::None
    }
}

/// The bounding word at the beginning of `tail`.
pub(super) fn bound_after(tail: &str) -> Bound {
    let tail = tail.trim_start_matches(' ');
    // 30일의 기간 동안, 30일이 지난 후.
    let tail = ["의 기간", "이 ", "을 ", "를 ", "의 "]
        .iter()
        .find_map(|link| tail.strip_prefix(link))
        .unwrap_or(tail);
    let tail = tail.trim_start_matches(' ');
    let word = |words: &[&str]| words.iter().any(|word| tail.starts_with(word));
    let alone = |word: &str| {
        tail.strip_prefix(word).is_some_and(|rest| {
            !rest.starts_with(|c: char| ('가'..='힣').contains(&c))
                || rest.starts_with(['까', '에', '의', '으', '은', '을', '이', '로'])
                || rest.starts_with("부터")
        })
    };
    if word(&["이상"]) {
        // 30일 이상 전에 is a time before.
        let rest = tail["이상".len()..].trim_start();
        if rest.starts_with("전에") || rest.starts_with("이전") { Bound::Before } else { Bound::AtLeast }
    } else if word(&["이내", "안에", "안으로", "내에", "까지", "내로"]) || alone("내") {
        Bound::Within
    } else if word(&["전까지", "전에", "이전"]) || alone("전") {
        Bound::Before
    } else if word(&["이후", "경과", "지난", "지나", "뒤에"]) || alone("후") || alone("뒤") {
        Bound::After
    } else if word(&["이하", "한도"]) {
        Bound::AtMost
    } else if word(&["초과", "넘는", "넘어", "넘은"]) {
        Bound::Over
    } else if word(&["미만", "못 미치", "밑도"]) {
        Bound::Under
    } else if word(&["동안"]) || alone("간") {
        Bound::During
    } else {
        Bound::None
    }
}

/// Whether a word may end before `tail`: no Hangul follows, or a particle or a bound does.
pub(super) fn ends_here(tail: &str) -> bool {
    let particles = [
        "이", "의", "을", "를", "은", "는", "에", "로", "으로", "인", "까지", "부터", "마다", "씩", "정",
        "간", "전", "후", "내", "동안", "분", "째",
    ];
    !tail.starts_with(|c: char| ('가'..='힣').contains(&c))
        || particles.iter().any(|word| tail.starts_with(word))
}
