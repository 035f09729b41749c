//! Pages: parsed as a browser does, read as a visitor sees them, without navigation and footers. Scripts never run and
//! nothing that a page refers to is fetched.

mod counter;
mod layout;
mod list;
mod order;
mod page;
mod parts;
mod script;
mod style;
mod symbols;
mod walk;

use crate::document::{Document, Format};
use crate::error::LoadError;
use crate::load::Limits;
use crate::load::blocks::Sink;
use crate::load::charset::decode_named;
use crate::load::text::note_encoding;
use page::{Budget, Page};

/// Elements without an end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that the next of their kind ends.
const IMPLIED: [&str; 18] = [
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "rt", "rp",
    "colgroup", "html", "head", "body",
];
/// Elements that browsers open again in every following block while they stay open.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Reads a page.
pub(super) fn load(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, LoadError> {
    let decoded = decode_named(bytes, declared(bytes).as_deref())?;
    let page = Page::parse(&decoded.text, &mut Budget::new(limits))?;
    let mut sink = Sink::new(limits);
    note_encoding(&mut sink, &decoded);
    if !page.has_terms()
        && let Some(text) = script::terms(&page.tree)
    {
        drop(page);
        let page = Page::parse(&text, &mut Budget::new(limits))?;
        sink.warning("화면에 조항이 없어 스크립트 안에 적힌 조항을 읽었습니다");
        walk::walk(&page, &mut sink)?;
        return if sink.builder.is_empty() {
            Err(LoadError::Empty)
        } else {
            Ok(sink.finish(name, Format::Html, bytes))
        };
    }
    walk::walk(&page, &mut sink)?;
    page.notices(&mut sink);
    if sink.builder.is_empty() {
        return Err(if page.parts.scripted() {
            LoadError::Damaged(
                "본문이 스크립트로 그려지는 페이지라 글이 없습니다. 화면에 보이는 내용을 저장해 주십시오"
                    .into(),
            )
        } else if page.parts.shows_files() {
            LoadError::Damaged(
                "다른 파일을 끼워 보여 주는 페이지라 글이 없습니다. 그 파일을 따로 저장해 주십시오".into(),
            )
        } else {
            LoadError::Empty
        });
    }
    Ok(sink.finish(name, Format::Html, bytes))
}

/// The encoding that the page names in a `meta` element or the XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(8192).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let after = [("charset", head.find("charset")), ("encoding", head.find("encoding"))]
        .into_iter()
        .find_map(|(word, at)| at.map(|at| &head[at + word.len()..]))?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(value.len());
    Some(value[..end].to_owned())
}

/// Refuses pages that would make the parser slow or large: very deep ones, and ones with many formatting elements left
/// open before many blocks, which it must repeat in each of them. Counts tags as they come, without building anything.
fn check(text: &str, limits: &Limits) -> Result<(), LoadError> {
    let most_open = limits.depth.saturating_mul(8);
    let mut open: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let (mut depth, mut formatting, mut nodes) = (0usize, 0usize, 0usize);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (closing, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':').unwrap_or(tag.len());
        if end == 0 {
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            }
            continue;
        }
        let name = tag[..end.min(32)].to_ascii_lowercase();
        rest = after_attributes(&tag[end..])?;
        if matches!(name.as_str(), "script" | "style") && !closing {
            let close = format!("</{name}");
            rest = find_ignoring_case(rest, &close).map_or("", |end| &rest[end..]);
            continue;
        }
        nodes += 2;
        let is_formatting = FORMATTING.contains(&name.as_str());
        if !VOID.contains(&name.as_str()) && !IMPLIED.contains(&name.as_str()) {
            let count = open.entry(name).or_default();
            if !closing {
                *count += 1;
                depth += 1;
                formatting += usize::from(is_formatting);
            } else if *count > 0 {
                *count -= 1;
                depth -= 1;
                formatting -= usize::from(is_formatting);
            }
        }
        if !is_formatting {
            nodes = nodes.saturating_add(formatting);
        }
        if depth > most_open {
            return Err(LoadError::Limit(format!("웹 페이지의 요소가 {most_open}겹보다 깊게 겹쳐 있습니다")));
        }
        if nodes > limits.nodes {
            return Err(LoadError::Limit("웹 페이지의 요소가 너무 많습니다".into()));
        }
    }
    Ok(())
}

/// What follows a tag; reading attributes takes time with the square of their number, so that there may not be many.
fn after_attributes(tag: &str) -> Result<&str, LoadError> {
    let (mut quote, mut before, mut words) = (None, ' ', 0usize);
    for (at, c) in tag.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '>' => return Ok(&tag[at..]),
            // Only behind the sign does a quote open a value.
            None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
            None => words += usize::from(c.is_ascii_whitespace() || c == '/'),
        }
        if !c.is_ascii_whitespace() {
            before = c;
        }
        if words > 5_000 {
            return Err(LoadError::Limit("웹 페이지의 한 요소에 속성이 너무 많습니다".into()));
        }
    }
    Ok("")
}

/// Where the ASCII text `needle` (in lower case) stands in `hay`, in whatever case.
fn find_ignoring_case(hay: &str, needle: &str) -> Option<usize> {
    let (hay, needle) = (hay.as_bytes(), needle.as_bytes());
    hay.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        let document = load("a.html", page.as_bytes(), &Limits::default()).unwrap();
        document.blocks().iter().map(|block| block.span.of(document.text()).to_owned()).collect()
    }

    #[test]
    fn a_page_reads_as_it_is_seen() {
        let page = "<!doctype html><title> 약관 | 가게 </title><style>.x{display:none} ol.han{list-style-type:hangul}</style>
            <header><nav><a href=/>처음</a></nav></header><main><h1>이용 약관</h1><p>회사는\n <b>서비스</b>를&nbsp;준다.<br>다만 <del>안</del>
            <s>못</s><span class=x>숨음</span>쉰다.</p><script>var x = '<p>글</p>';</script>
            <ol class=han start=2><li>둘째<li>셋째<ul><li>점</ul></ol><p hidden>없음</p></main><footer>주소</footer>";
        assert_eq!(
            texts(page),
            ["이용 약관", "회사는 서비스를 준다.\n다만 쉰다.", "나. 둘째", "다. 셋째", "- 점"]
        );
        let document = load("a.html", page.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(document.title.as_deref(), Some("약관 | 가게"));
        assert_eq!(document.blocks()[2].label, "나.".len());
        assert_eq!(document.blocks()[4].depth, 1);
    }

    #[test]
    fn terms_in_unlikely_places_are_not_lost() {
        let clause = |n: u32| {
            format!(
                "<p>제{n}조(내용)</p><p>회사는 이 조에서 정한 바에 따라 이용자에게 서비스를 제공하고 그 책임을 집니다.</p>"
            )
        };
        let terms: String = (1..8).map(clause).collect();
        for (open, close) in [
            ("header", "header"),
            ("footer", "footer"),
            ("form", "form"),
            ("aside", "aside"),
            ("div class=modal", "div"),
            ("div style='display:none'", "div"),
            ("dialog", "dialog"),
        ] {
            let page = format!("<html><nav><a>메뉴</a></nav><{open}>{terms}</{close}></html>");
            assert!(texts(&page).iter().any(|text| text == "제7조(내용)"), "{open}");
        }
        let folded: String = (1..8)
            .map(|n| {
                format!(
                    "<button>제{n}조(내용)</button><div hidden>{}</div>",
                    "회사는 이 조의 책임을 집니다. ".repeat(12)
                )
            })
            .collect();
        let document =
            load("a.html", format!("<html>{folded}</html>").as_bytes(), &Limits::default()).unwrap();
        assert!(document.text().starts_with("제1조(내용)\n회사는 이 조의"));
        assert!(document.notices.iter().any(|notice| notice.message.contains("숨겨진 부분")));
        for tag in ["textarea", "pre"] {
            let page = format!("<html><{tag}>제1조(목적)\n  회사는 준다.\n\n제2조</{tag}></html>");
            assert_eq!(texts(&page), ["제1조(목적)", "  회사는 준다.", "제2조"], "{tag}");
        }
    }

    #[test]
    fn pages_saved_by_word_processors_are_read() {
        let word = "<html xmlns:o=x><style><!-- @page{margin:1in} p.MsoNormal{margin:0} --></style><p class=MsoNormal style='mso-list:l0'>\
            <![if !supportLists]><span style='mso-list:Ignore'>제1조<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>(목적)<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>";
        assert_eq!(texts(word), ["제1조 (목적)"]);
        let hangul = "<HTML><META CONTENT='text/html; charset=utf-8'><P CLASS=HStyle0 STYLE='line-height:160%;'><SPAN>제2조</SPAN><SPAN>(정의)</SPAN></P><P>&nbsp;</P>";
        assert_eq!(texts(hangul), ["제2조(정의)"]);
    }

    #[test]
    fn tables_read_row_by_row() {
        let page = "<html><table><tr><th>구분<th>요율</tr><tr><td rowspan=2>이레 안<td>100%</tr><tr><td>쓴 만큼 <b>뺌</b></tr></table>
            <table><tr><td><p>제1조(목적)</p><p>① 가</p><p>② 나</p></td><td>그림</td></tr></table>";
        assert_eq!(
            texts(page),
            ["구분 | 요율", "이레 안 | 100%", "쓴 만큼 뺌", "제1조(목적)", "① 가", "② 나", "그림"]
        );
        let document = load("a.html", page.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(document.place(document.text().find("이레").unwrap()), "표 1의 2행");
    }

    #[test]
    fn attacks_are_refused_or_read() {
        let limits = Limits::default();
        let deep = format!("<html>{}", "<div>".repeat(100_000));
        assert!(matches!(load("a.html", deep.as_bytes(), &limits), Err(LoadError::Limit(_))));
        let fonts: String = (0..3000).map(|n| format!("<b id={n}>")).collect();
        let formatting = format!("<html>{fonts}{}", "<p>가".repeat(10_000));
        assert!(matches!(load("a.html", formatting.as_bytes(), &limits), Err(LoadError::Limit(_))));
        let attributes: String = (0..9000).map(|n| format!(" a{n}=1")).collect();
        assert!(matches!(
            load("a.html", format!("<html><p{attributes}>가").as_bytes(), &limits),
            Err(LoadError::Limit(_))
        ));
        let deep_but_fair = format!("<html>{}가{}", "<div>".repeat(1800), "</div>".repeat(1800));
        assert_eq!(load("a.html", deep_but_fair.as_bytes(), &limits).unwrap().text(), "가");
        assert!(matches!(load("a.html", b"<html><body></body></html>", &limits), Err(LoadError::Empty)));
    }

    #[test]
    fn terms_in_scripts_are_read_when_the_page_has_none() {
        let shell = |script: &str| {
            format!("<!doctype html><title>약관 &amp; 정책</title><div id=app>불러오는 중</div>{script}")
        };
        let terms = r"제1조(목적)\n회사는 \u003cb\u003e서비스\u003c/b\u003e를 준다.\n제2조(요금)\n① 회원은 요금을 낸다.";
        let lines = ["제1조(목적)", "회사는 <b>서비스</b>를 준다.", "제2조(요금)", "① 회원은 요금을 낸다."];
        let plain = terms.replace(r"\u003cb\u003e", "").replace(r"\u003c/b\u003e", "");
        let expected: Vec<String> = lines.iter().map(|l| l.replace("<b>", "").replace("</b>", "")).collect();
        for script in [
            format!("<script type='application/json'>{{\"id\": 3, \"content\": \"{plain}\"}}</script>"),
            format!("<script>self.push([1, \"{}\"])</script>", format!("{{\"c\":\"{plain}\"}}").replace('\\', r"\\").replace('"', "\\\"")),
            format!("<script>var menu = ['가', '나']; var t = `{}`;</script>", plain.replace(r"\n", "\n")),
            "<script>x = [{title: '제1조(목적)', body: '회사는 서비스를 준다.'}, {title: '제2조(요금)', body: '① 회원은 요금을 낸다.'}, {a: '닫기'}]</script>".to_owned(),
            "<script type='text/template'><h3>제1조(목적)</h3><p>회사는 서비스를 준다.</p><h3>제2조(요금)</h3><p>① 회원은 요금을 낸다.</p></script>".to_owned(),
            "<script>w('<p>제1조(목적)</p><p>회사는 서비스를 준다.</p><p>제2조(요금)</p><p>① 회원은 요금을 낸다.<\\/p>')</script>".to_owned(),
        ] {
            assert_eq!(texts(&shell(&script)), expected, "{script}");
            let document = load("a.html", shell(&script).as_bytes(), &Limits::default()).unwrap();
            assert_eq!(document.title.as_deref(), Some("약관 & 정책"));
            assert!(document.notices.iter().any(|notice| notice.message.contains("스크립트 안에 적힌")));
            // A page that has terms of its own is read as it is seen.
            let seen = format!("<html><p>제1조(가)</p><p>제2조(나)</p>{script}</html>");
            assert_eq!(texts(&seen), ["제1조(가)", "제2조(나)"]);
        }
    }

    #[test]
    fn hidden_terms_beside_visible_ones_are_told() {
        let terms = |n: u32| format!("<p>제{n}조(내용)</p><p>회사는 이 조에서 정한 책임을 집니다.</p>");
        let visible: String = (1..6).map(terms).collect();
        let page =
            format!("<html>{visible}<div hidden>{}</div></html>", (1..4).map(terms).collect::<String>());
        let document = load("a.html", page.as_bytes(), &Limits::default()).unwrap();
        assert!(document.notices.iter().any(|notice| notice.message.contains("조항 3개")));
    }

    #[test]
    fn several_documents_on_one_page_follow_one_another() {
        let document = |name: &str| {
            format!("<section><h2>{name}</h2><p>제1조(목적) 가.</p><p>제2조(정의) 나.</p></section>")
        };
        let page = format!("<html>{}{}</html>", document("이용약관"), document("개인정보 처리방침"));
        let read = texts(&page);
        assert_eq!(
            (read.len(), read[3].as_str(), read[4].as_str()),
            (6, "개인정보 처리방침", "제1조(목적) 가.")
        );
    }

    #[test]
    fn items_that_begin_with_a_reference_keep_their_number() {
        let page = "<html><ol><li>제5조를 위반한 경우<li>제6조제2항 각 호의 경우<li>제3조(목적)에 따라 끝난 경우\
            <li>제4조(해지)<li>제5조 목적<li>② 둘<li>제1항의 경우</ol>";
        assert_eq!(
            texts(page),
            [
                "1. 제5조를 위반한 경우",
                "2. 제6조제2항 각 호의 경우",
                "3. 제3조(목적)에 따라 끝난 경우",
                "제4조(해지)",
                "제5조 목적",
                "② 둘",
                "7. 제1항의 경우"
            ]
        );
    }

    #[test]
    fn styles_decide_what_stands_on_a_line() {
        let page = "<html><style>.row{display:flex} .col{display:flex;flex-direction:column} .grid{display:grid;\
            grid-template-columns:2em 1fr} .b{display:block} .i{display:inline} .ib{display:inline-block}</style>\
            <h3 class=row><span>제1조</span><span>목적</span></h3>\
            <div class=row><div>①</div><div><p>고객은 청구할 수 없다.</p></div></div>\
            <div class=row>회사는 <b>서비스</b>를 준다.</div>\
            <div class=col><span>가</span><span>나</span></div>\
            <div class=grid><span>1.</span><span>요금</span><span>2.</span><span>기간</span></div>\
            <div class=row><div>왼쪽</div><div>오른쪽</div></div>\
            <div><span class=b>다</span><span class=b>라</span></div>\
            <div><p class=i>제2조</p><p class=ib>(정의)</p></div><p class=ib style='width:100%'>마</p><p class=ib>바</p>\
            <ol><li><ul><li class=i>사</ul></ol><table><tr class=row><td>1.<td>아</table>";
        assert_eq!(
            texts(page),
            [
                "제1조 목적",
                "① 고객은 청구할 수 없다.",
                "회사는 서비스를 준다.",
                "가",
                "나",
                "1. 요금",
                "2. 기간",
                "왼쪽",
                "오른쪽",
                "다",
                "라",
                "제2조(정의)",
                "마",
                "바",
                "1. 사",
                "1. | 아"
            ]
        );
    }

    #[test]
    fn labels_go_with_the_text_beside_them() {
        let beside = |label: &str, box_style: &str, text: &str| {
            format!("<div><span style='{box_style}'>{label}</span>{text}</div>")
        };
        for label in ["A.", "2.1", "II.", "(b)", "①", "•"] {
            let expected = format!("{label} 고객이 파산한 경우");
            for page in [
                beside(label, "display:inline-block;width:2em", "고객이 파산한 경우"),
                beside(label, "float:left", "<p>고객이 파산한 경우</p>"),
                beside(label, "position:absolute;left:0", "고객이 파산한 경우"),
                format!("<div style='display:flex'><div>{label}</div><div>고객이 파산한 경우</div></div>"),
                format!(
                    "<div style='display:flex'><span>{label}</span><span>고객이 파산한 경우</span></div>"
                ),
                format!(
                    "<div style='display:grid;grid-template-columns:3em 1fr'><div>{label}</div><div>고객이 파산한 경우</div></div>"
                ),
                format!("<dl><dt style='float:left'>{label}<dd>고객이 파산한 경우</dl>"),
                format!(
                    "<div style='display:table-cell'>{label}</div><div style='display:table-cell'>고객이 파산한 경우</div>"
                ),
                format!(
                    "<div style='display:inline-block;width:8%'>{label}</div><div style='display:inline-block;width:90%'>고객이 파산한 경우</div>"
                ),
            ] {
                assert_eq!(texts(&format!("<html>{page}")), [expected.as_str()], "{page}");
            }
        }
        // A reference in a box of its own is none, nor is a dash that stands for a missing value.
        let others = "<html><div><a style='display:inline-block'>제5조</a>를 위반한 경우</div>\
            <div style='display:flex'><div>요금</div><div>-</div><div>없음</div></div><p>가<span style='float:left'>A.</span>";
        assert_eq!(texts(others), ["제5조를 위반한 경우", "요금", "-", "없음", "가A."]);
    }

    #[test]
    fn numbers_of_the_style_sheet_are_read() {
        let page = "<html><style>body{counter-reset:jo} h2{counter-increment:jo;counter-reset:h}\
            h2::before{content:\"제\" counter(jo) \"조 \"} .h{counter-increment:h} .h:before{content:counter(h) \". \"}\
            .n::before{content:counter(jo)'-'counter(h)} ol{list-style:none} li::before{content:counters(list-item,'.')} \
            i::before{content:'\\f101'}</style><main><h2>목적</h2><p class=h>가<p class=h>제5조는 없다<h2><i></i>환불</h2><p>다 <span class=n></span>의\
            <p><span class=n></span></p><ol><li>라<ol><li>마</ol></ol></main>";
        let document = load("a.html", page.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(
            texts(page),
            ["제1조 목적", "1. 가", "2. 제5조는 없다", "제2조 환불", "다 2-0 의", "2-0", "1 라", "1.1 마"]
        );
        assert_eq!(document.blocks()[0].label, "제1조".len());
        assert!(document.notices.is_empty());
        // As documents of Google are saved.
        let google = "<html><style>ol.k-0.start{counter-reset:c-k-0 0} .k-0>li{counter-increment:c-k-0} ol.k-0{list-style-type:none}\
            .k-0>li:before{content:\"제\" counter(c-k-0,decimal) \"조 \"}</style><body><ol class='k-0 start'><li><span>(목적)</span>\
            </ol><p>회사는 준다.<ol class=k-0><li>(정의)</ol>";
        assert_eq!(texts(google), ["제1조 (목적)", "회사는 준다.", "제2조 (정의)"]);
        let unread = "<html><style>p::before{content:counter(a) url(b)}</style><p>가";
        let document = load("a.html", unread.as_bytes(), &Limits::default()).unwrap();
        assert!(document.notices.iter().any(|notice| notice.message.contains("스타일이 붙이는 번호")));
    }

    #[test]
    fn counter_styles_of_the_page_are_read() {
        let page = "<html><style>@counter-style ga{system:fixed;symbols:가 나 다;suffix:'. '} @counter-style jo{system:extends decimal;\
            prefix:'제';suffix:'조 '} .ga{list-style-type:ga} .jo{list-style:jo inside} .p{counter-increment:n} .p::before{content:counter(n, ga) ') '}\
            </style><ol class=jo><li>목적<li>정의</ol><ol class=ga><li>하나<li>둘</ol><p class=p>셋";
        assert_eq!(texts(page), ["제1조 목적", "제2조 정의", "가. 하나", "나. 둘", "가) 셋"]);
        let told = |css: &str| {
            let page =
                format!("<html><style>@counter-style own{{{css}}} ol{{list-style:own}}</style><ol><li>가");
            let document = load("a.html", page.as_bytes(), &Limits::default()).unwrap();
            document.notices.iter().any(|notice| notice.message.contains("스타일이 붙이는 번호"))
        };
        assert!(told("system:additive;additive-symbols:10 '십',1 '일'"));
        assert!(!told("system:cyclic;symbols:'◆'"));
    }

    #[test]
    fn items_read_in_the_order_in_which_they_are_seen() {
        let page = "<html><style>.rr{display:flex;flex-direction:row-reverse} .cr{display:flex;flex-flow:column-reverse nowrap}\
            .o{display:grid} .first{order:-1}</style><div class=rr><div>고객은 해지할 수 있다.</div><div>①</div></div>\
            <div class=cr><p>나<p>가</div><div class=o>라<p>마<p class=first>다</div><div style='display:flex;flex-wrap:wrap-reverse'><p>바<p>사</div>";
        assert_eq!(texts(page), ["① 고객은 해지할 수 있다.", "가", "나", "다", "라", "마", "바", "사"]);
        let numbered = "<html><ol style='display:flex;flex-direction:column-reverse'><li>가<li>나</ol>";
        assert_eq!(texts(numbered), ["1. 가", "2. 나"]);
        let document = load("a.html", numbered.as_bytes(), &Limits::default()).unwrap();
        assert!(document.notices.iter().any(|notice| notice.message.contains("순서를 바꾸어")));
    }

    #[test]
    fn what_is_hidden_in_print_only_is_read() {
        let page = "<html><style>@media print{.a{display:none}} @media screen{.b{display:none}}</style><p class=a>가<p class=b>나<p>다";
        assert_eq!(texts(page), ["가", "다"]);
    }

    #[test]
    fn pages_inside_are_read_and_files_inside_are_told() {
        let inner = "&lt;style>.x{display:none}&lt;/style>&lt;p>제1조(목적) 가&lt;p class=x>나&lt;ol>&lt;li>다&lt;/ol>";
        let page = format!(
            "<html><main><p>앞</p></main><iframe srcdoc=\"{inner}&lt;p>제2조(정의) 라\"></iframe><p>뒤</p><iframe hidden srcdoc=마></iframe>"
        );
        assert_eq!(texts(&page), ["앞", "제1조(목적) 가", "1. 다", "제2조(정의) 라", "뒤"]);
        let deep = (0..6).fold("제1조".to_owned(), |text, n| {
            let text = text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
            format!("{n}<iframe srcdoc=\"{text}\"></iframe>")
        });
        assert_eq!(texts(&format!("<html>{deep}")), ["5", "4", "3"]);
        let told = |page: &str| {
            let document = load("a.html", page.as_bytes(), &Limits::default()).unwrap();
            document.notices.iter().any(|notice| notice.message.contains("다른 파일을 끼워"))
        };
        assert!(told("<html><p>약관</p><iframe src=terms.html></iframe>"));
        assert!(told("<html><p>약관</p><object data=terms.pdf></object>"));
        assert!(!told("<html><p>약관</p><iframe src=count.html width=0 height=0></iframe>"));
        assert!(!told("<html><p>제1조(가)</p><p>제2조(나)</p><iframe src=film.html></iframe>"));
        let frames = "<html><frameset cols='20%,80%'><frame src=a.html><frame src=b.html></frameset></html>";
        assert!(matches!(load("a.html", frames.as_bytes(), &Limits::default()), Err(LoadError::Damaged(_))));
    }

    #[test]
    fn the_named_encoding_is_found() {
        assert_eq!(declared(b"<meta charset=\"EUC-KR\">").as_deref(), Some("euc-kr"));
        assert_eq!(
            declared(b"<meta content='text/html; charset=ks_c_5601-1987'>").as_deref(),
            Some("ks_c_5601-1987")
        );
        assert_eq!(declared(b"<?xml version='1.0' encoding='utf-8'?>").as_deref(), Some("utf-8"));
        assert_eq!(declared(b"<p>charset"), None);
    }
}
