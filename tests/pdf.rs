//! PDF from the outside: the samples as PDF, files that public tools made, damaged and hostile ones.

#![allow(clippy::print_stderr, reason = "what is skipped is told")]

use crate::formats::{SAMPLES, variant};
use jomun::document::{BlockKind, Document, Format};
use jomun::error::LoadError;
use jomun::load::{Limits, load};
use std::path::PathBuf;

fn read(bytes: &[u8]) -> Result<Document, LoadError> {
    load("계약.pdf", bytes, &Limits::default())
}

fn lines(document: &Document) -> Vec<&str> {
    document.blocks().iter().map(|block| block.span.of(document.text())).collect()
}

/// A file of the shared evaluation set, when it lies beside the project.
fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/formats/pdf");
    std::fs::read(folder.join(name)).ok()
}

fn sample_bytes(file: &str) -> Vec<u8> {
    std::fs::read(variant(file, "pdf")).unwrap()
}

#[test]
fn places_are_pages_and_running_lines_stand_apart() {
    let document = read(&sample_bytes("fair-b2b-cloud.md")).unwrap();
    assert_eq!(document.format, Format::Pdf);
    assert!(document.notices.is_empty(), "{:?}", document.notices);
    let text = document.text();
    let at = text.find("제40조(지식재산권)").unwrap();
    assert!(document.place(at).starts_with("8쪽"), "{}", document.place(at));
    let row = text.find("장애 복구시간 |").unwrap();
    assert!(document.place(row).contains("표 1의 4행"), "{}", document.place(row));
    let running: Vec<&str> = document
        .blocks()
        .iter()
        .filter(|block| block.kind == BlockKind::Running)
        .map(|block| block.span.of(text))
        .collect();
    assert_eq!(running, ["누리결 클라우드 기업 이용계약서", "- 1 -"]);
    assert_eq!(document.title.as_deref(), Some("누리결 클라우드 기업 이용계약서"));
}

#[test]
fn files_of_public_tools_are_read() {
    let expected: [(&str, &[&str]); 9] = [
        (
            "lo_just.pdf",
            &[
                "제1조(목적) 본 계약은 \"갑\"이 \"을\"에게 위탁하는 소프트웨어 개발 용역의 수행에 필요한 사항을 정함을 목적으로 한다. 을은 신의에 따라 성실히 계약을 이행하여야 하며, 갑의 사전 서면 동의 없이 계약상 권리·의무를 제3자에게 양도할 수 없다.",
                "① \"갑\"은 용역대금 금 일억원정(₩100,000,000)을 지급한다.",
                "가. 지진",
            ],
        ),
        (
            "lo_auto_lo.pdf",
            &["제1조(목적)", "2.잔금: 검수 완료 후 30일 이내", "구분 | 금액", "선급금 | 30,000,000원"],
        ),
        ("lo_auto_word.pdf", &["제1조 (목적)", "① \"비밀정보\"란 다음 각 호를 말한다.", "나. 소스코드"]),
        (
            "lo_typed.pdf",
            &[
                "용역계약서",
                "주식회사 갑(이하 \"갑\"이라 한다)과 주식회사 을(이하 \"을\"이라 한다)은 다음과 같이 용역계약을 체결한다.",
                "구분 | 금액 | 지급시기",
                "선급금 | 30,000,000원 | 계약 체결일로부터 7일 이내",
            ],
        ),
        ("lo_kitchen.pdf", &["문단표시 삭제 앞", "이동 목적지: 이동된 문장."]),
        (
            "fpdf2.pdf",
            &[
                "제1조(목적) 본 계약은 \"갑\"이 \"을\"에게 위탁하는 소프트웨어 개발 용역의 수행에 필요한 사항을 정함을 목적으로 한다. 을은 신의에 따라 성실히 계약을 이행하여야 하며, 갑의 사전 서면 동의 없이 계약상 권리·의무를 제3자에게 양도할 수 없다.",
            ],
        ),
        (
            "rl_ttf.pdf",
            &[
                "제1조(목적) 본 계약은 \"갑\"이 \"을\"에게 위탁하는 소프트웨어 개발 용역의 수행에 필요한 사항을 정함을 목적으로 한다. 을은 신의에 따라 성실히 계약을 이행하여야 하며, 갑의 사전 서면 동의 없이 계약상 권리·의무를 제3자에게 양도할 수 없다.",
                "구분 | 금액 | 지급시기",
                "잔금 | 70,000,000원 | 30일 이내",
            ],
        ),
        // Its digits are wider than their cells, since the font is not in the file: the last column cannot be told.
        ("rl_cid_noembed.pdf", &["② 지연손해금은 연 12%로 한다.", "구분 | 금액 | 지급시기"]),
        (
            "enc_ownerpw.pdf",
            &[
                "제2조(대금의 지급)",
                "① \"갑\"은 용역대금 금 일억원정(₩100,000,000)을 다음 표와 같이 지급한다.",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (name, expected) in expected {
        let Some(bytes) = shared(name) else {
            eprintln!("{name} is not there, skipped");
            continue;
        };
        let document = read(&bytes).unwrap();
        let lines: Vec<&str> = lines(&document).into_iter().map(str::trim).collect();
        for line in expected.iter().filter(|line| !lines.contains(line)) {
            wrong.push(format!("{name}: {line}\n  in {lines:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines of a page of `tests/data/browser`, read as `format`; what runs around the text on its own.
fn page(name: &str) -> (Vec<String>, Vec<String>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/browser").join(name);
    let document = load(name, &std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
    assert!(document.notices.is_empty(), "{name}: {:?}", document.notices);
    let blocks = document.blocks().iter();
    let (running, text): (Vec<_>, Vec<_>) = blocks.partition(|block| block.kind == BlockKind::Running);
    let words = |block: &jomun::document::Block| {
        block.span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (text.into_iter().map(words).collect(), running.into_iter().map(words).collect())
}

#[test]
fn what_a_browser_prints_reads_like_its_page() {
    for (printed, source, number) in [
        ("tables.pdf", "tables.html", "1/2"),
        ("columns.pdf", "columns.html", "1/1"),
        ("letters.pdf", "letters.html", "1/1"),
        ("apart.pdf", "apart.html", "1/1"),
        ("parted.pdf", "parted.html", "1/1"),
        ("aside.pdf", "aside.html", "1/1"),
        ("turned.pdf", "tables.html", "1/2"),
    ] {
        let ((seen, running), (expected, _)) = (page(printed), page(source));
        let letters = |lines: &[String]| lines.iter().map(|line| line.replace(' ', "")).collect::<Vec<_>>();
        assert_eq!(letters(&seen), letters(&expected), "{printed}");
        // Whether a space stood at the end of a line cannot always be told.
        let spaced = seen.iter().zip(&expected).filter(|(seen, expected)| seen != expected).count();
        assert!(spaced <= 1, "{printed}: {seen:#?}");
        assert!(expected.len() >= 5 && running.iter().any(|line| line == number), "{printed}: {running:?}");
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let Some(locked) = shared("enc_userpw.pdf") else { return };
    assert!(matches!(read(&locked), Err(LoadError::Encrypted)));
    let scan = read(&shared("scan_imageonly.pdf").unwrap()).unwrap();
    assert!(scan.text().trim().is_empty());
    assert!(scan.notices.iter().any(|notice| notice.message.contains("1쪽 중 1쪽은 글자 층이 없는")));
    for name in ["bad_random.pdf", "bad_trunc50.pdf", "bad_trunc95.pdf", "bad_empty.pdf"] {
        assert!(read(&shared(name).unwrap()).is_err(), "{name}");
    }
    let big = read(&shared("fpdf2_big.pdf").unwrap()).unwrap();
    assert!(big.text().contains("제2조(조항 2) 본 계약은"));
    assert!(big.blocks().iter().any(|block| block.kind == BlockKind::Running));
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn raw(objects: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>stream\n{content}\nendstream", content.len())
}

#[test]
fn fonts_that_name_no_characters_are_refused() {
    let page =
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>";
    let content =
        stream("BT /F1 12 Tf 72 700 Td <0123045607890ABC0DEF> Tj 0 -20 Td <0123045607890ABC0DEF> Tj ET");
    let font = |map: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/Hidden/Encoding/Identity-H/DescendantFonts[6 0 R]{map}>>"
        )
    };
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Hidden/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>";
    let tree = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, &content];
    let with = |map: &str, extra: &[&str]| {
        let font = font(map);
        let objects: Vec<&str> =
            tree.iter().copied().chain([font.as_str(), descendant]).chain(extra.iter().copied()).collect();
        read(&raw(&objects))
    };
    assert!(
        matches!(with("", &[]), Err(LoadError::Encoding(_))),
        "{:?}",
        with("", &[]).map(|d| d.text().to_owned())
    );
    let cmap = |pairs: &str| {
        stream(&format!(
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 5 beginbfchar {pairs} endbfchar endcmap end"
        ))
    };
    let good = cmap("<0123> <C57D> <0456> <AD00> <0789> <C81C> <0ABC> <0031> <0DEF> <C870>");
    let document = with("/ToUnicode 7 0 R", &[good.as_str()]).unwrap();
    assert!(document.text().starts_with("약관제1조"), "{}", document.text());
    let private = cmap("<0123> <E001> <0456> <E002> <0789> <E003> <0ABC> <E004> <0DEF> <E005>");
    assert!(matches!(with("/ToUnicode 7 0 R", &[private.as_str()]), Err(LoadError::Encoding(_))));
}

#[test]
fn knots_and_absurd_counts_end() {
    let catalog = "<</Type/Catalog/Pages 2 0 R>>";
    let knot = raw(&[catalog, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]);
    assert!(read(&knot).is_err());
    let many = raw(&[catalog, "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", "<</Type/Page/Parent 2 0 R>>"]);
    if let Ok(document) = read(&many) {
        assert!(document.text().is_empty());
    }
    let content = stream("/X Do");
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream";
    let page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>";
    let nested = raw(&[catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, &content, form]);
    if let Ok(document) = read(&nested) {
        assert!(!document.notices.is_empty());
    }
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(matches!(read(&raw(&[&deep, "<<>>"])), Err(LoadError::Limit(_))));
    let open = stream(&"[".repeat(200_000));
    let page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>";
    let stacked = raw(&[catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, &open]);
    assert!(matches!(read(&stacked), Err(LoadError::Limit(_))));
    let limits = Limits { pages: 3, ..Limits::default() };
    assert!(matches!(load("a.pdf", &sample_bytes("fair-b2b-cloud.md"), &limits), Err(LoadError::Limit(_))));
}

/// Numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

#[test]
fn damaged_files_give_a_document_or_an_error() {
    // A panic of the crate is caught by the loader; here its report is kept off the screen.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut dice = Dice(7);
    let mut errors = 0;
    for file in [SAMPLES[7], SAMPLES[2]] {
        let bytes = sample_bytes(file);
        for cut in 1..50 {
            errors += usize::from(read(&bytes[..bytes.len() * cut / 50]).is_err());
        }
        for round in 0..60 {
            let mut flipped = bytes.clone();
            for _ in 0..=round % 20 {
                let at = dice.roll(flipped.len());
                flipped[at] ^= 1 << dice.roll(8);
            }
            errors += usize::from(read(&flipped).is_err());
        }
    }
    std::panic::set_hook(hook);
    assert!(errors > 0, "a file without its end has no table of objects");
}

/// With `--features pdfium`; the samples are read where `PDFIUM_LIBRARY` names a library.
#[cfg(feature = "pdfium")]
#[test]
fn pdfium_reads_the_samples_too() {
    use crate::formats::{apart, labels, variant};
    use jomun::load::{Options, load_with};
    let Some(library) = std::env::var_os("PDFIUM_LIBRARY").map(std::path::PathBuf::from) else {
        let options = Options { pdfium: Some("no/such/library".into()), ..Options::default() };
        let error = load_with("a.pdf", &sample_bytes("sla.md"), &options).unwrap_err();
        assert!(matches!(error, LoadError::Reader(what) if what.contains("no/such/library")));
        return;
    };
    let options = Options { pdfium: Some(library), ..Options::default() };
    for file in ["auto-numbered.docx", "fair-b2b-cloud.md", "poor-b2c-cloud.html", "saas-terms.md", "sla.md"]
    {
        let bytes = std::fs::read(variant(file, "pdf")).unwrap();
        let document = load_with("a.pdf", &bytes, &options).unwrap();
        let (own, other) = (labels(&load("a.pdf", &bytes, &Limits::default()).unwrap()), labels(&document));
        assert_eq!(apart(&own, &other), Vec::<String>::new(), "{file}");
        assert!(document.blocks().iter().any(|block| block.kind == BlockKind::Running));
    }
}
