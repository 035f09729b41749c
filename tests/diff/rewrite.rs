//! Rewrites a contract without changing what it says: other names, other endings, another order, merged and split
//! articles, lists as sentences. Every clause remembers which clauses of the original it carries.

use jomun::clause::{Clause, ClauseId, ClauseTree, Level, parse};
use jomun::document::Document;
use std::collections::BTreeMap;

/// A 항, 호 or 목.
#[derive(Clone, Debug)]
pub struct Node {
    /// Paths of the original clauses whose words it holds.
    pub origins: Vec<String>,
    pub words: String,
    pub items: Vec<Node>,
}

/// A 조.
#[derive(Clone, Debug)]
pub struct Article {
    pub number: u32,
    pub heading: String,
    /// Its own words when it has no 항; its 호 then hang on it.
    pub own: Option<Node>,
    pub paragraphs: Vec<Node>,
}

/// A contract to be rewritten.
#[derive(Clone, Debug)]
pub struct Draft {
    pub articles: Vec<Article>,
}

impl Draft {
    pub fn read(text: &str) -> Self {
        let document = Document::from_text("원본", text);
        let (tree, _) = parse(&document);
        let articles = tree
            .clauses()
            .iter()
            .filter(|clause| clause.level == Level::Article)
            .map(|clause| {
                let paragraphs: Vec<Node> = tree
                    .children(clause.id)
                    .filter(|child| child.level == Level::Paragraph)
                    .map(|child| node(&tree, child.id, document.text()))
                    .collect();
                let own = paragraphs.is_empty().then(|| node(&tree, clause.id, document.text()));
                Article {
                    number: clause
                        .label
                        .chars()
                        .filter(char::is_ascii_digit)
                        .collect::<String>()
                        .parse()
                        .unwrap(),
                    heading: clause.heading.clone().unwrap_or_default(),
                    own,
                    paragraphs,
                }
            })
            .collect();
        Self { articles }
    }

    /// The contract as text, and where the words of each original clause stand in it.
    pub fn print(&self) -> (String, Vec<(String, String)>) {
        let renumbered: BTreeMap<u32, u32> =
            self.articles.iter().zip(1..).map(|(article, number)| (article.number, number)).collect();
        let mut printer =
            Printer {
                text: String::from("클라우드서비스 이용 계약서\n"), places: Vec::new(), renumbered
            };
        for (article, number) in self.articles.iter().zip(1..) {
            let path = format!("제{number}조");
            printer.text.push_str(&format!("{path}({})", article.heading));
            if let Some(own) = &article.own {
                printer.node(own, &path, " ", 0);
            } else {
                printer.text.push('\n');
            }
            for (paragraph, at) in article.paragraphs.iter().zip(1..) {
                let mark = char::from_u32('①' as u32 + at - 1).unwrap();
                printer.node(paragraph, &format!("{path}제{at}항"), &format!("{mark} "), 0);
            }
        }
        (printer.text, printer.places)
    }

    fn nodes(&mut self) -> Vec<&mut Node> {
        let tops = self
            .articles
            .iter_mut()
            .flat_map(|article| article.own.iter_mut().chain(&mut article.paragraphs));
        tops.collect()
    }

    /// Applies `change` to the words of every clause.
    fn words(&mut self, change: &dyn Fn(&str) -> String) {
        fn down(node: &mut Node, change: &dyn Fn(&str) -> String) {
            node.words = change(&node.words);
            node.items.iter_mut().for_each(|item| down(item, change));
        }
        self.nodes().into_iter().for_each(|node| down(node, change));
    }

    /// The clause that came from `path`.
    pub fn find(&mut self, path: &str) -> Option<&mut Node> {
        fn down<'n>(node: &'n mut Node, path: &str) -> Option<&'n mut Node> {
            if node.origins.iter().any(|origin| origin == path) {
                return Some(node);
            }
            node.items.iter_mut().find_map(|item| down(item, path))
        }
        self.articles
            .iter_mut()
            .flat_map(|article| article.own.iter_mut().chain(&mut article.paragraphs))
            .find_map(|node| down(node, path))
    }

    /// The parties get names of their own.
    pub fn renamed(mut self, names: &[(&str, &str)]) -> Self {
        self.words(&|words| names.iter().fold(words.to_owned(), |words, (old, new)| words.replace(old, new)));
        self
    }

    /// 한다 becomes 합니다.
    pub fn polite(mut self) -> Self {
        self.words(&polite);
        self
    }

    /// The articles stand in another order.
    pub fn shuffled(mut self) -> Self {
        // The first two (aim, definitions) stay, as in every contract; the others go by sevens.
        let rest = self.articles.split_off(2);
        let count = rest.len();
        let step = (5..).find(|step| gcd(*step, count) == 1).unwrap();
        self.articles.extend((0..count).map(|at| rest[(at * step + 3) % count].clone()));
        self
    }

    /// Other headings.
    pub fn retitled(mut self) -> Self {
        for article in &mut self.articles {
            article.heading = format!("{} 관련 사항", article.heading);
        }
        self
    }

    /// Two articles become one.
    pub fn merged(mut self, number: u32) -> Self {
        let at = self.articles.iter().position(|article| article.number == number).unwrap();
        let next = self.articles.remove(at + 1);
        let article = &mut self.articles[at];
        article.heading = format!("{} 및 {}", article.heading, next.heading);
        article.paragraphs = article.own.take().into_iter().chain(article.paragraphs.drain(..)).collect();
        article.paragraphs.extend(next.own.into_iter().chain(next.paragraphs));
        self
    }

    /// One article becomes two.
    pub fn split(mut self, number: u32) -> Self {
        let at = self.articles.iter().position(|article| article.number == number).unwrap();
        let article = &mut self.articles[at];
        let rest = article.paragraphs.split_off(article.paragraphs.len() / 2);
        let heading = format!("{}의 절차", article.heading);
        let second = Article { number: 900 + number, heading, own: None, paragraphs: rest };
        self.articles.insert(at + 1, second);
        self
    }

    /// Lists of 호 become sentences behind their lead.
    pub fn prose(mut self) -> Self {
        for node in self.nodes() {
            let flat = node.items.len() >= 2 && node.items.iter().all(|item| item.items.is_empty());
            if !flat || node.words.contains("용어") {
                continue;
            }
            let items = std::mem::take(&mut node.items);
            let last = items.len() - 1;
            let mut sentence = String::from(" 여기에는 ");
            for (at, item) in items.into_iter().enumerate() {
                let joint = match at {
                    0 => "",
                    at if at == last => " 및 ",
                    _ => ", ",
                };
                sentence.push_str(joint);
                sentence.push_str(item.words.trim_end_matches('.'));
                node.origins.extend(item.origins);
            }
            sentence.push_str(" 등이 포함된다.");
            node.words.push_str(&sentence);
        }
        self
    }

    /// An article is gone.
    pub fn without(mut self, number: u32) -> Self {
        self.articles.retain(|article| article.number != number);
        self
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn node(tree: &ClauseTree, id: ClauseId, text: &str) -> Node {
    let clause: &Clause = tree.get(id);
    let words: Vec<&str> = clause.body.iter().map(|span| span.of(text).trim()).collect();
    let items = tree.children(id).filter(|child| child.level >= Level::Item);
    Node {
        origins: vec![clause.path.to_string()],
        words: words.join(" "),
        items: items.map(|child| node(tree, child.id, text)).collect(),
    }
}

struct Printer {
    text: String,
    places: Vec<(String, String)>,
    renumbered: BTreeMap<u32, u32>,
}

impl Printer {
    fn node(&mut self, node: &Node, path: &str, mark: &str, depth: usize) {
        let words = self.referred(&node.words);
        self.text.push_str(&format!("{mark}{words}\n"));
        self.places.extend(node.origins.iter().map(|origin| (origin.clone(), path.to_owned())));
        for (item, at) in node.items.iter().zip(1_u32..) {
            let (mark, path) = if depth == 0 {
                (format!("{at}. "), format!("{path}제{at}호"))
            } else {
                let letter = ['가', '나', '다', '라', '마', '바', '사', '아'][at as usize - 1];
                (format!("{letter}. "), format!("{path}{letter}목"))
            };
            self.node(item, &path, &mark, depth + 1);
        }
    }

    /// References to the contract's own articles follow their new numbers.
    fn referred(&self, words: &str) -> String {
        let mut out = String::new();
        let mut rest = words;
        while let Some(at) = rest.find('제') {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let digits: String = from.chars().skip(1).take_while(char::is_ascii_digit).collect();
            let after = &from['제'.len_utf8() + digits.len()..];
            let statute = before.trim_end().ends_with(['」', '법', '령']);
            let new = digits.parse().ok().and_then(|number| self.renumbered.get(&number));
            match new {
                Some(new) if after.starts_with('조') && !statute => out.push_str(&format!("제{new}")),
                _ => out.push_str(&from[..from.len() - after.len()]),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// 한다. becomes 합니다., 있다. becomes 있습니다.
pub fn polite(words: &str) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for sentence in words.split_inclusive('.') {
        let Some(stem) = sentence.strip_suffix("다.") else {
            sentences.push(sentence.to_owned());
            continue;
        };
        let mut chars: Vec<char> = stem.chars().collect();
        let last = chars.pop().unwrap_or(' ');
        let code = (last as u32).wrapping_sub(0xac00);
        let coda = code % 28;
        let polite = if code >= 11_172 {
            format!("{last}다.")
        } else if last == '는' {
            "습니다.".to_owned()
        } else if coda == 4 || coda == 0 {
            // ㄴ or nothing below the vowel becomes ㅂ: 한 and 하 both give 합.
            format!("{}니다.", char::from_u32(0xac00 + code - coda + 17).unwrap())
        } else {
            format!("{last}습니다.")
        };
        sentences.push(chars.into_iter().collect::<String>() + &polite);
    }
    sentences.concat()
}
