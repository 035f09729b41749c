//! The file that a new rule starts from: a rule that works, every key of it explained in Korean.

/// The template for a rule with this id.
pub fn text(id: &str) -> String {
    TEMPLATE.replace("@ID@", id)
}

const TEMPLATE: &str = r##"# jomun 규칙 하나. 파일 하나에 규칙 하나를 적고, 파일 이름은 id와 같게 합니다(@ID@.toml).
# 이대로도 움직이는 본보기입니다. 값과 예를 고친 뒤 jomun rules test로 시험하십시오.
# 폴더 이름이 약관법의 갈래(general, liability, damages, termination, performance, rights, intent, agent, dispute)나
# trade, advertising이면 그 갈래의 규칙이고, 다른 이름이면 사용자 규칙입니다.

# 영문 소문자, 숫자, -만 씁니다. 보고서와 설정 파일(jomun.toml)에서 이 이름으로 부르므로 뒤에 바꾸지 않습니다.
id = "@ID@"
# 보고서에 보이는 이름.
title = "보관한 자료에 대한 책임을 지지 않는 조항"
# 그대로 두면 얼마나 해로운가: high, medium, low, info
severity = "medium"
# 규칙이 맞을 가능성: high, medium, low. low인 지적은 따로 보이고 세지 않습니다.
confidence = "medium"
# 누구의 계약에 쓰는가: both, b2b(사업자 고객), b2c(소비자 고객)
audience = "both"
# terms = 약관에만 적용되는 법이 근거이므로 교섭한 계약에서는 한 단계 낮춤, any = 모든 계약
instrument = "any"
# 근거 법령. 알맞은 것부터 적습니다. 예: ["약관법 제7조제2호"]. 사용자 규칙은 비워 둘 수 있습니다.
basis = []
# 견줄 표준계약서의 항목(예: "provider-damages"). 보고서에 그 표준 조항이 함께 보입니다.
topics = []
# 무엇을 보았는가. 한 문장으로, "…볼 수 있습니다."로 끝냅니다.
message = "맡긴 자료가 없어져도 회사가 책임지지 않는 조항으로 볼 수 있습니다."
# 무엇이 문제인가.
why = "회사 잘못으로 자료가 없어진 때에도 고객이 손해를 떠안게 됩니다."
# 무엇을 요구할 것인가.
advice = "회사에 고의나 과실이 있으면 배상한다고 고치도록 요구하십시오."
# 대신 넣을 조항.
suggestion = "회사는 고의 또는 과실로 고객의 자료를 멸실한 때에는 그 손해를 배상한다."

# 찾는 조건. [[match]]가 여럿이면 하나만 맞아도 지적합니다.
[[match]]
# 행위. 여럿이면 그 가운데 하나. 쓸 수 있는 이름은 dictionaries/ACTS.md에 있습니다.
act = ["not-liable"]
# 누구의 행위인가: provider(회사), customer(고객), end-user(최종 이용자), third-party(제3자), any(누구든지)
actor = "provider"
# stated = 그렇게 정함(기본값), denied = 하지 않는다고 정함
polarity = "stated"
# 서법. 여럿이면 그 가운데 하나, 비우면 무엇이든: none, must(하여야 한다), may(할 수 있다), must-not, strive(노력한다)
modality = []
# 쌍방이 똑같이 하는 행위도 지적하는가.
mutual = false
# 아래는 행위에 딸린 말의 조건입니다. 한 줄에서 빈칸은 '그리고', |는 '또는', 앞의 -는 '없음'을 뜻합니다.
#   낱말(어간까지: 삭제, 지우)   낱말~ (부정된 서술어)   @개념 (dictionaries/concepts.toml)   #사정 (dictionaries/ACTS.md)
# 줄 끝의 /절, /항, /조, /계약은 살펴볼 넓이입니다. 없으면 그 행위에 딸린 말만 봅니다.
# when: 하나라도 맞아야 합니다(비우면 묻지 않음). and: 모두 맞아야 합니다. unless: 하나라도 맞으면 지적하지 않습니다.
when = ["자료|데이터 유실|소실"]
and = []
unless = ["#no-fault", "#fault-excepted", "#force-majeure", "#customer-cause"]

# 예. bad에는 지적할 곳을 [[ ]]로 표시하고, good에는 비슷해 보여도 지적하면 안 되는 조항을 적습니다. 저마다 네 개 이상 적습니다.
[[bad]]
text = "[[회사는 고객이 저장한 데이터의 유실에 대하여 책임을 지지 아니한다]]."
[[bad]]
text = "[[회사는 데이터 유실로 생긴 손해를 배상하지 않습니다]]."
[[bad]]
text = "제9조(자료) ① 고객은 자료를 스스로 관리한다.\n② [[자료의 소실에 대하여 회사는 아무런 책임을 지지 않는다]]."
[[bad]]
text = "[[데이터 유실로 생긴 손해에 대한 회사의 책임은 면제된다]]."

[[good]]
text = "회사는 고의 또는 과실로 고객의 데이터를 유실한 때에는 그 손해를 배상한다."
[[good]]
text = "회사는 귀책사유가 없음을 증명한 경우에 한하여 데이터의 유실에 대하여 책임을 지지 아니한다."
[[good]]
text = "천재지변으로 데이터가 유실된 경우 회사는 책임을 지지 아니한다."
[[good]]
text = "고객은 회사의 잘못으로 자료가 소실된 경우 요금을 낼 책임을 지지 아니한다."
"##;
