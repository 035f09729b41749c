//! Ways of telling somebody something: 전자우편, 문자메시지, 홈페이지 게시 and the like.

use super::{FactKind, Here, Read};

/// A way of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeMethod {
    /// 전자우편, 이메일
    Email,
    /// 문자메시지, SMS, 알림톡
    TextMessage,
    /// 전화, 유선
    Phone,
    /// 서면
    Writing,
    /// 우편, 등기우편, 내용증명
    Post,
    /// 팩스
    Fax,
    /// 쪽지, 푸시 알림, 메신저
    Message,
    /// 홈페이지, 초기화면
    Website,
    /// 접속화면, 로그인 화면, 콘솔
    LoginScreen,
    /// 팝업
    Popup,
    /// 공지사항, 게시, 공고
    Posting,
}

impl NoticeMethod {
    /// Whether it reaches the addressee in person, as an individual notice (개별 통지) must; a posting does not.
    pub fn is_individual(self) -> bool {
        use NoticeMethod::{Email, Fax, Message, Phone, Post, TextMessage, Writing};
        matches!(self, Email | TextMessage | Phone | Writing | Post | Fax | Message)
    }
}

use NoticeMethod::{
    Email, Fax, LoginScreen, Message, Phone, Popup, Post, Posting, TextMessage, Website, Writing,
};

/// Words for ways of notice, longer ones first among those that begin alike; then the words that only begin so.
const WORDS: [(&str, NoticeMethod, &[&str]); 54] = [
    ("전자우편", Email, &[]),
    ("전자 우편", Email, &[]),
    ("전자메일", Email, &[]),
    ("이메일", Email, &[]),
    ("이-메일", Email, &[]),
    ("e-mail", Email, &[]),
    ("E-mail", Email, &[]),
    ("E-Mail", Email, &[]),
    ("e-Mail", Email, &[]),
    ("email", Email, &[]),
    ("Email", Email, &[]),
    ("메일", Email, &[]),
    ("문자메시지", TextMessage, &[]),
    ("문자메세지", TextMessage, &[]),
    ("문자 메시지", TextMessage, &[]),
    ("문자로", TextMessage, &[]),
    ("SMS", TextMessage, &[]),
    ("LMS", TextMessage, &[]),
    ("알림톡", TextMessage, &[]),
    ("전화", Phone, &["전화번호", "전화 번호"]),
    ("유선", Phone, &["유선망", "유선방송"]),
    ("서면", Writing, &[]),
    ("등기우편", Post, &[]),
    ("내용증명", Post, &[]),
    ("내용 증명", Post, &[]),
    ("우편", Post, &["우편번호", "우편 번호"]),
    ("팩스", Fax, &[]),
    ("모사전송", Fax, &[]),
    ("FAX", Fax, &[]),
    ("쪽지", Message, &[]),
    ("메신저", Message, &[]),
    ("푸시", Message, &[]),
    ("푸쉬", Message, &[]),
    ("PUSH", Message, &[]),
    ("앱 알림", Message, &[]),
    ("홈페이지", Website, &[]),
    ("웹사이트", Website, &[]),
    ("웹 사이트", Website, &[]),
    ("웹페이지", Website, &[]),
    ("초기화면", Website, &[]),
    ("초기 화면", Website, &[]),
    ("첫 화면", Website, &[]),
    ("접속화면", LoginScreen, &[]),
    ("접속 화면", LoginScreen, &[]),
    ("로그인 화면", LoginScreen, &[]),
    ("로그인화면", LoginScreen, &[]),
    ("관리 콘솔", LoginScreen, &[]),
    ("관리콘솔", LoginScreen, &[]),
    ("팝업", Popup, &[]),
    ("전자적 알림", Popup, &[]),
    ("공지사항", Posting, &[]),
    ("공지 사항", Posting, &[]),
    ("게시", Posting, &["게시물", "게시글", "게시자", "게시된 글"]),
    ("공고", Posting, &["공고히"]),
];

/// Whether a way of notice may begin with `c`.
fn may_begin(c: char) -> bool {
    matches!(
        c,
        '전' | '이'
            | 'e'
            | 'E'
            | '문'
            | '메'
            | 'S'
            | '알'
            | '유'
            | '서'
            | '등'
            | '내'
            | '우'
            | '팩'
            | '모'
            | 'F'
            | '쪽'
            | '푸'
            | 'P'
            | '앱'
            | '홈'
            | '웹'
            | '초'
            | '첫'
            | '접'
            | '로'
            | '관'
            | '팝'
            | '공'
            | '게'
            | 'L'
    )
}

/// Reads the way of notice that begins here.
pub(super) fn read(here: Here) -> Read {
    let rest = here.rest();
    let first = rest.chars().next()?;
    if !may_begin(first) || !here.at_word() {
        return None;
    }
    let (word, method, not) = WORDS.iter().find(|entry| rest.starts_with(entry.0))?;
    if not.iter().any(|word| rest.starts_with(word)) {
        return None;
    }
    Some((FactKind::Notice(*method), here.at, here.at + word.len()))
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use super::*;

    fn read(text: &str) -> Vec<NoticeMethod> {
        let method = |fact: &super::super::Fact| match fact.kind {
            FactKind::Notice(method) => Some(method),
            _ => None,
        };
        facts(text).iter().filter_map(method).collect()
    }

    #[test]
    fn ways_of_notice_are_read() {
        assert_eq!(
            read(
                "전자우편, 문자메시지 또는 서면으로 알리고 홈페이지 초기화면에 게시하며 로그인 화면의 팝업으로도 보여 준다."
            ),
            [Email, TextMessage, Writing, Website, Website, Posting, LoginScreen, Popup]
        );
        assert!(read("이메일로 알린다").iter().all(|method| method.is_individual()));
        assert!(!Website.is_individual() && !Posting.is_individual());
    }

    #[test]
    fn words_that_only_begin_so_are_none() {
        assert_eq!(read("전화번호와 우편번호, 게시물, 게시글, 계약서면적"), []);
    }
}
