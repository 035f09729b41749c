//! Which elements of a page are read: not navigation, footers, banners and hidden parts, unless the terms stand there.

use crate::load::blocks::{Sink, is_article};
use crate::load::html::style::Styles;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashSet;

/// Why an element may be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Never text: scripts, styles, drawings.
    Mute,
    /// Around the text: navigation, footers, banners.
    Around,
    /// Hidden from the visitor.
    Hidden,
    /// Struck through.
    Struck,
}

/// How much text an element holds.
#[derive(Clone, Copy, Default)]
struct Weight {
    chars: usize,
    /// Of these, inside links.
    linked: usize,
    /// Texts that begin with 제N조.
    articles: usize,
}

/// What is left out of a page, and where its text is.
pub(super) struct Parts {
    left_out: HashSet<NodeId>,
    /// The one element that holds the terms, when the page names it.
    pub main: Option<NodeId>,
    around: usize,
    struck: usize,
    hidden_read: bool,
    /// Texts that begin with 제N조 among what is read, and among what is hidden and not read.
    pub articles: usize,
    hidden_articles: usize,
    thin: bool,
    scripts: usize,
    pictures: usize,
    /// Elements that show another file.
    outside: usize,
}

impl Parts {
    /// Weighs the page.
    pub fn of(page: &Html, styles: &Styles) -> Self {
        let weighed = weigh(page, styles);
        let total = weighed.total;
        let mut parts = Self {
            left_out: HashSet::new(),
            main: None,
            around: 0,
            struck: 0,
            hidden_read: false,
            articles: 0,
            hidden_articles: 0,
            thin: false,
            scripts: weighed.scripts,
            pictures: weighed.pictures,
            outside: weighed.outside,
        };
        let mut hidden = Vec::new();
        // What stays when everything around and hidden is left out; candidates never lie inside one another here.
        let mut kept = total;
        for (id, why, weight) in &weighed.candidates {
            match why {
                Why::Around if is_rich(*weight, total) => continue,
                Why::Around => parts.around += 1,
                Why::Hidden => hidden.push(*id),
                Why::Struck => parts.struck += 1,
                Why::Mute => {}
            }
            kept.chars = kept.chars.saturating_sub(weight.chars);
            kept.articles = kept.articles.saturating_sub(weight.articles);
            parts.left_out.insert(*id);
        }
        // A page whose terms are folded away, wholly or below their headings, is still a page of terms.
        let folded = kept.articles < 2 && weighed.hidden.articles >= 2 && kept.chars < weighed.hidden.chars
            || weighed.hidden.chars > 1000 && weighed.hidden.chars > 2 * kept.chars;
        if folded {
            parts.hidden_read = true;
            for id in hidden {
                parts.left_out.remove(&id);
            }
            kept.chars += weighed.hidden.chars;
            kept.articles += weighed.hidden.articles;
        } else {
            parts.hidden_articles = weighed.hidden.articles;
        }
        parts.articles = kept.articles;
        parts.thin = kept.chars < 200;
        parts.main = weighed
            .mains
            .iter()
            .find(|(_, weight)| weight.chars * 2 >= kept.chars && weight.articles * 5 >= kept.articles * 4)
            .map(|(id, _)| *id);
        parts
    }

    /// Whether an element is left out with all it holds.
    pub fn leaves_out(&self, id: NodeId) -> bool {
        self.left_out.contains(&id)
    }

    /// Whether the page seems to be drawn by scripts only.
    pub fn scripted(&self) -> bool {
        self.thin && self.scripts > 2000
    }

    /// Whether the page shows other files.
    pub fn shows_files(&self) -> bool {
        self.outside > 0
    }

    /// Says what was left out; `terms` tells whether clauses stand in what was read.
    pub fn notices(&self, sink: &mut Sink, terms: bool) {
        if self.around > 0 {
            sink.info(format!("웹 페이지의 메뉴, 머리, 꼬리, 배너 {}곳을 본문에서 뺐습니다", self.around));
        }
        if self.struck > 0 {
            sink.info(format!("취소선으로 지운 글 {}곳을 뺐습니다", self.struck));
        }
        if self.hidden_read {
            sink.warning("접혀 있거나 숨겨진 부분에 조항이 있어 함께 읽었습니다");
        }
        if self.hidden_articles >= 2 {
            let count = self.hidden_articles;
            sink.warning(format!(
                "숨겨진 부분에 있는 조항 {count}개는 읽지 않았습니다. 따로 저장해 주십시오"
            ));
        }
        if self.outside > 0 && !terms {
            let count = self.outside;
            sink.warning(format!(
                "다른 파일을 끼워 보여 주는 부분 {count}곳은 읽지 않았습니다. 그 파일을 따로 저장해 주십시오"
            ));
        }
        if self.scripted() {
            sink.warning("본문이 스크립트로 그려지는 페이지로 보입니다. 빠진 내용이 없는지 확인해 주십시오");
        } else if self.thin && self.pictures > 0 {
            sink.warning(format!("글이 거의 없고 그림 {}개는 읽지 않았습니다", self.pictures));
        }
    }
}

/// Terms, or most of the page, rather than something around them.
fn is_rich(weight: Weight, total: Weight) -> bool {
    let linked = |share: usize| weight.linked * 100 < weight.chars * share;
    weight.articles >= 2 && linked(50) || weight.chars >= 500 && weight.chars * 2 >= total.chars && linked(30)
}

struct Weighed {
    candidates: Vec<(NodeId, Why, Weight)>,
    mains: Vec<(NodeId, Weight)>,
    total: Weight,
    hidden: Weight,
    scripts: usize,
    pictures: usize,
    outside: usize,
}

/// One pass over the page: the weight of every element that may be left out, the outermost of nested ones only, unless the outer one
/// is rich and thus stays.
fn weigh(page: &Html, styles: &Styles) -> Weighed {
    let mut out = Weighed {
        candidates: Vec::new(),
        mains: Vec::new(),
        total: Weight::default(),
        hidden: Weight::default(),
        scripts: 0,
        pictures: 0,
        outside: 0,
    };
    let mut open: Vec<(Weight, Option<Why>, usize)> = Vec::new();
    let (mut links, mut muted, mut sections) = (0usize, 0usize, 0usize);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let why = why(node.id(), element, styles, sections > 0);
                    links += usize::from(element.name() == "a");
                    sections += usize::from(is_section(element));
                    out.outside += usize::from(muted == 0 && shows_file(node.id(), element, styles));
                    muted += usize::from(why == Some(Why::Mute));
                    out.pictures += usize::from(element.name() == "img");
                    open.push((Weight::default(), why, out.candidates.len()));
                }
                Node::Text(text) if muted > 0 => out.scripts += text.len(),
                Node::Text(text) => {
                    if let Some((weight, ..)) = open.last_mut() {
                        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
                        weight.chars += chars;
                        weight.linked += if links > 0 { chars } else { 0 };
                        // Terms in one piece of preformatted text count line by line.
                        weight.articles += text.lines().filter(|line| is_article(line)).count();
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                let Node::Element(element) = node.value() else { continue };
                let Some((weight, why, first)) = open.pop() else { continue };
                links -= usize::from(element.name() == "a");
                sections -= usize::from(is_section(element));
                muted -= usize::from(why == Some(Why::Mute));
                if let Some((outer, ..)) = open.last_mut() {
                    outer.chars += weight.chars;
                    outer.linked += weight.linked;
                    outer.articles += weight.articles;
                } else {
                    out.total.chars += weight.chars;
                    out.total.linked += weight.linked;
                    out.total.articles += weight.articles;
                }
                if element.name() == "main" || element.attr("role") == Some("main") {
                    out.mains.push((node.id(), weight));
                }
                // The heading of a clause that folds open is a button.
                let heading = element.name() == "button" && weight.articles > 0;
                if let Some(why) = why.filter(|_| !heading) {
                    let stays =
                        why == Why::Around && is_rich(weight, Weight { chars: usize::MAX / 200, ..weight });
                    if !stays {
                        out.candidates.truncate(first);
                    }
                    out.candidates.push((node.id(), why, weight));
                }
            }
        }
    }
    let hidden: Vec<Weight> = out
        .candidates
        .iter()
        .filter(|(_, why, _)| *why == Why::Hidden)
        .map(|(_, _, weight)| *weight)
        .collect();
    for weight in hidden {
        out.hidden.chars += weight.chars;
        out.hidden.articles += weight.articles;
    }
    out
}

/// Whether an element shows another file to the visitor.
fn shows_file(id: NodeId, element: &Element, styles: &Styles) -> bool {
    let file = match element.name() {
        "iframe" if element.attr("srcdoc").is_some() => None,
        "iframe" | "frame" | "embed" => element.attr("src"),
        "object" => element.attr("data"),
        _ => return false,
    };
    let file = file.unwrap_or_default().trim();
    let nothing = file.is_empty() || file.starts_with("about:") || file.starts_with("javascript:");
    // Counters of visits have no size.
    let tiny =
        ["width", "height"].iter().any(|side| matches!(element.attr(side), Some("0" | "1" | "0px" | "1px")));
    let picture = element.attr("type").is_some_and(|kind| kind.starts_with("image/"));
    let hidden = styles.style(id, element).hidden.unwrap_or(element.attr("hidden").is_some());
    !(nothing || tiny || picture || hidden)
}

fn is_section(element: &Element) -> bool {
    matches!(element.name(), "main" | "article" | "section")
}

/// Why an element may be left out, as far as its tag says.
fn why(id: NodeId, element: &Element, styles: &Styles, in_section: bool) -> Option<Why> {
    match element.name() {
        "script" | "style" | "template" | "noscript" | "svg" | "iframe" | "object" | "embed" | "canvas"
        | "audio" | "video" | "select" | "head" | "rt" | "rp" | "noframes" | "datalist" | "map" => {
            return Some(Why::Mute);
        }
        "del" | "s" | "strike" => return Some(Why::Struck),
        _ => {}
    }
    let style = styles.style(id, element);
    let hidden = element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || element.name() == "dialog" && element.attr("open").is_none();
    if style.hidden.unwrap_or(hidden) {
        return Some(Why::Hidden);
    }
    if style.struck == Some(true) {
        return Some(Why::Struck);
    }
    let role = element.attr("role").unwrap_or_default();
    let around = match element.name() {
        "nav" | "footer" | "aside" | "button" => true,
        "header" => !in_section,
        _ => matches!(
            role,
            "navigation"
                | "contentinfo"
                | "banner"
                | "search"
                | "dialog"
                | "alertdialog"
                | "complementary"
                | "menu"
                | "menubar"
        ),
    };
    let named = || {
        let words =
            ["class", "id"].into_iter().filter_map(|name| element.attr(name)).flat_map(str::split_whitespace);
        words.into_iter().any(is_around_name)
    };
    (around || named()).then_some(Why::Around)
}

/// Whether a class or id names something around the text.
fn is_around_name(name: &str) -> bool {
    const NAMES: [&str; 22] = [
        "nav",
        "gnb",
        "lnb",
        "snb",
        "fnb",
        "menu",
        "navbar",
        "navigation",
        "breadcrumb",
        "breadcrumbs",
        "footer",
        "sidebar",
        "cookie",
        "cookies",
        "banner",
        "popup",
        "modal",
        "skip",
        "skipnav",
        "sitemap",
        "copyright",
        "pagination",
    ];
    let lower = name.to_ascii_lowercase();
    let mut words = lower.split(['-', '_']);
    // The table of a layout is called "menu-page" too: only the first and the last word say what a thing is.
    let first = words.next().unwrap_or_default();
    let last = words.next_back().unwrap_or(first);
    NAMES.contains(&first)
        && !matches!(last, "page" | "wrap" | "wrapper" | "container" | "content" | "body" | "open")
        || NAMES.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_around_the_text_are_known() {
        for name in ["gnb", "main-nav", "Footer", "cookie-banner", "site_footer", "lnb-list"] {
            assert!(is_around_name(name), "{name}");
        }
        for name in ["terms", "navy", "modal-content", "contents", "footnote", "menu-page"] {
            assert!(!is_around_name(name), "{name}");
        }
    }

    #[test]
    fn what_was_left_out_is_counted() {
        let page =
            Html::parse_document("<nav>a</nav><p>본문 <s>옛</s></p><div class=footer><nav>b</nav></div>");
        let parts = Parts::of(&page, &Styles::default());
        assert_eq!((parts.around, parts.struck), (2, 1));
    }
}
