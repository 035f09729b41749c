//! The references that people read (`corpora/RULES.md`, `dictionaries/ACTS.md`) say what the data say, and the data cite
//! no law that there is not. `UPDATE_GOLDEN=1` writes the references anew.

use jomun::check::catalogue::CHECKS;
use jomun::check::sla::{Book, Threshold};
use jomun::finding::Basis;
use jomun::frame::Bearer;
use jomun::language::Role;
use jomun::rule::{Family, Rule, RuleAudience, RuleSet};
use jomun::standard;
use jomun::statute::Statutes;
use jomun::topic::Topics;
use std::collections::BTreeMap;
use std::path::Path;

/// Compares with a file of the repository, or writes it anew.
fn holds(file: &str, fresh: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, fresh).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (number, (line, fresh)) in written.lines().zip(fresh.lines()).enumerate() {
        assert_eq!(line, fresh, "{file}:{} (UPDATE_GOLDEN=1)", number + 1);
    }
    assert_eq!(written.lines().count(), fresh.lines().count(), "{file} (UPDATE_GOLDEN=1)");
}

/// Words in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_rules_are_listed() {
    let rules = RuleSet::builtin().unwrap();
    let statutes = Statutes::builtin().unwrap();
    let mut short: BTreeMap<&str, &str> = BTreeMap::new();
    for statute in &statutes.list {
        short.insert(&statute.name, statute.short.first().unwrap_or(&statute.name));
    }
    let law = |basis: &[Basis]| {
        let cited = basis.iter().map(|basis| {
            format!("{} {}", short.get(basis.law.as_str()).unwrap_or(&basis.law.as_str()), basis.provision())
        });
        cited.collect::<Vec<_>>().join(", ")
    };
    let mut out = format!(
        "# 규칙\n\n내장 규칙 {}개. `corpora/rules`에서 만든 글이며 손으로 고치지 않는다(`UPDATE_GOLDEN=1 cargo test references`로 다시 쓴다).\n\
         규칙 하나는 `jomun explain <ID>`가 예와 함께 풀이한다. 법령은 {} 현재의 조문 번호이다.\n\n\
         확실함이 낮음인 지적은 따로 보이고 세지 않는다. 약관법에 따른 지적은 교섭한 계약에서 한 단계 낮추어 '표준과 다름'으로 보인다.\n",
        rules.rules().len(),
        statutes.law_as_of
    );
    for (family, folder, title) in Family::ALL {
        let of_family: Vec<&Rule> = rules.rules().iter().filter(|rule| rule.family == family).collect();
        if of_family.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {title}: `{folder}` ({}개)\n\n", of_family.len()));
        out.push_str("| ID | 이름 | 법령 | 중요도 | 확실함 | 대신 쓸 조항 |\n|---|---|---|---|---|---|\n");
        for rule in of_family {
            let whose = match rule.audience {
                RuleAudience::Both => "",
                RuleAudience::B2b => " (사업자 고객)",
                RuleAudience::B2c => " (소비자 고객)",
            };
            out.push_str(&format!(
                "| `{}` | {}{whose} | {} | {} | {} | {} |\n",
                rule.id,
                cell(&rule.title),
                law(&rule.basis),
                rule.severity.ko(),
                rule.confidence.ko(),
                cell(&rule.suggestion)
            ));
        }
    }
    out.push_str(&format!(
        "\n## 계약의 짜임새와 법령 인용 ({}개)\n\n언제나 살펴보는 것. 규칙 파일이 아니라 프로그램이 보며, `jomun explain <ID>`와 설정(`off`, `severity`, `suppress`)은 규칙과 같다. \
         법령은 `--as-of <날짜>`의 것에 비추어 보고, 적지 않으면 {}의 것에 비추어 본다.\n\n| ID | 이름 | 갈래 | 중요도 | 확실함 | 지적하는 것 |\n|---|---|---|---|---|---|\n",
        CHECKS.len(),
        statutes.law_as_of
    ));
    for check in CHECKS {
        out.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} |\n",
            check.id,
            check.title,
            check.kind.ko(),
            check.severity.ko(),
            check.confidence.ko(),
            cell(check.what)
        ));
    }
    out.push_str(&levels(&law));
    out.push_str(
        "\n## 다루지 않는 것\n\n공정거래법 제45조와 표시광고법 제3조의 다음 유형은 행동이거나 광고물이며, 계약의 글로 나타나지 않으므로 규칙이 없다.\n\n\
         | 법령 | 유형 | 보기 | 까닭 |\n|---|---|---|---|\n",
    );
    for outside in &statutes.outside {
        let cells = [&outside.basis, &outside.r#type, &outside.kinds, &outside.why].map(|text| cell(text));
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    holds("corpora/RULES.md", &out);
}

/// What is looked for in service levels, which no rule file decides.
fn levels(law: &dyn Fn(&[Basis]) -> String) -> String {
    let book = Book::builtin().unwrap();
    let mut out = format!(
        "\n## 서비스 수준: `sla` ({}개)\n\n가용률을 약속한 문서에서만 지적한다. 자료는 `corpora/sla.toml`에 있다. 기준: ",
        book.checks.len()
    );
    let of = |service: &Threshold| format!("{} {}%({})", service.name, service.availability, service.source);
    out.push_str(&book.services.iter().map(of).collect::<Vec<_>>().join(", "));
    out.push_str(".\n\n| ID | 이름 | 법령 | 중요도 | 확실함 | 할 일 |\n|---|---|---|---|---|---|\n");
    for check in &book.checks {
        let cells = [
            format!("`{}`", check.id),
            cell(&check.title),
            law(&check.basis),
            check.severity.ko().to_owned(),
            check.confidence.ko().to_owned(),
            cell(&check.advice),
        ];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

#[test]
fn the_acts_are_listed() {
    let rules = RuleSet::builtin().unwrap();
    let lexicon = rules.lexicon();
    let mut out = format!(
        "# 행위와 사정\n\n규칙(`corpora/rules`)의 `act`에 적을 수 있는 행위 {}개와, `#`을 붙여 조건에 적을 수 있는 사정 {}개.\n\
         `predicates/`와 `circumstances.toml`에서 만든 글이며 손으로 고치지 않는다(`UPDATE_GOLDEN=1 cargo test references`로 다시 쓴다).\n\n\
         ## 행위\n\n누구: 글에 당사자가 없을 때 그 행위를 하거나 지는 것으로 보는 쪽. 표현: 그 행위를 말하는 표현의 수.\n\n\
         | ID | 이름 | 무엇 | 누구 | 누구인지 보는 곳 | 표현 |\n|---|---|---|---|---|---|\n",
        lexicon.acts().len(),
        lexicon.circumstances().len()
    );
    for act in lexicon.acts() {
        let actor = match act.actor {
            Some(Role::Provider) => "제공자",
            Some(Role::Customer) => "고객",
            Some(Role::EndUser) => "최종이용자",
            Some(Role::ThirdParty) => "제3자",
            None => "—",
        };
        #[allow(unreachable_patterns, reason = "a way that is added later still has its line")]
        let bearer = match act.bearer {
            Bearer::Subject => "주어",
            Bearer::Burdened => "부담하는 쪽",
            Bearer::Owner => "주어, 없으면 그것의 임자",
            Bearer::Embedded => "의제되는 말의 주어",
            Bearer::Nobody => "없음",
            _ => "그 밖",
        };
        let cells = [cell(&act.name), cell(&act.what), actor.to_owned(), bearer.to_owned()];
        out.push_str(&format!("| `{}` | {} | {} |\n", act.id, cells.join(" | "), act.written.len()));
    }
    // How many wordings a circumstance has its file says.
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/circumstances.toml");
    let written: toml::Table = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let wordings: BTreeMap<&str, usize> = written["circumstance"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["id"].as_str().unwrap(), entry["any"].as_array().unwrap().len()))
        .collect();
    out.push_str("\n## 사정\n\n| ID | 이름 | 표현 |\n|---|---|---|\n");
    for circumstance in lexicon.circumstances() {
        let (id, name) = (circumstance.id.as_str(), cell(&circumstance.name));
        out.push_str(&format!("| `{id}` | {name} | {} |\n", wordings[id]));
    }
    holds("dictionaries/ACTS.md", &out);
}

#[test]
fn no_law_is_cited_that_there_is_not() {
    let statutes = Statutes::builtin().unwrap();
    let mut cited: Vec<(String, String)> = Vec::new();
    for rule in RuleSet::builtin().unwrap().rules() {
        cited.extend(rule.basis.iter().map(|basis| (rule.id.clone(), basis.to_string())));
    }
    for topic in Topics::builtin().unwrap().list() {
        cited.extend(topic.basis.iter().map(|basis| (topic.id.clone(), basis.clone())));
    }
    for standard in standard::builtin().unwrap() {
        for provision in &standard.provisions {
            let place = || format!("{}/{}", standard.id, provision.at);
            cited.extend(provision.basis.iter().map(|basis| (place(), basis.clone())));
        }
    }
    assert!(cited.len() > 300, "{}", cited.len());
    let wrong: Vec<String> = cited
        .iter()
        .filter(|(_, written)| {
            let basis = written.parse::<Basis>();
            !basis.is_ok_and(|basis| statutes.article(&basis).is_some())
        })
        .map(|(place, written)| format!("{place}: {written}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_speak_of_topics_that_there_are() {
    let topics = Topics::builtin().unwrap();
    for rule in RuleSet::builtin().unwrap().rules() {
        for topic in &rule.topics {
            assert!(topics.get(topic).is_some(), "{}: {topic}", rule.id);
        }
    }
}
