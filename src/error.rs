//! Why a file could not be read or a data file is wrong: typed for programs, one Korean sentence for people.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::time::Duration;

/// Why a file gave no document. `Display` is one Korean line without the file's name; the caller names the file.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum LoadError {
    /// Nothing in it.
    #[error("빈 파일입니다")]
    Empty,
    /// Larger than the limit, both in bytes.
    #[error("파일이 너무 큽니다({size}바이트, 한도 {limit}바이트; --max-size로 바꿀 수 있습니다)")]
    TooLarge {
        /// Size of the file.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// Not a format that jomun knows.
    #[error("알 수 없는 형식입니다: {0}")]
    UnknownFormat(String),
    /// A format that jomun will not read; the document's kind in Korean.
    #[error("{0} 문서는 읽지 못합니다. docx나 텍스트로 바꾸어 저장해 주십시오")]
    Convert(Cow<'static, str>),
    /// Protected by a password.
    #[error("암호로 보호된 문서입니다. 암호를 풀어 다시 저장해 주십시오")]
    Encrypted,
    /// A 배포용 document of 한글, which only shows its text to 한글.
    #[error("배포용 한글 문서여서 읽을 수 없습니다. 배포용을 풀어 다시 저장하거나 원본을 구해 주십시오")]
    Distribution,
    /// Damaged or cut off.
    #[error("파일이 손상되었거나 잘렸습니다: {0}")]
    Damaged(String),
    /// A safety limit was reached while unpacking or reading.
    #[error("안전 한도를 넘었습니다: {0}")]
    Limit(String),
    /// The text encoding could not be told.
    #[error("글자 인코딩을 알 수 없습니다: {0}")]
    Encoding(String),
    /// It was not read within the time limit. Only reading in a [worker](crate::load::worker) has one.
    #[error("{}초 안에 다 읽지 못했습니다(--timeout으로 바꿀 수 있습니다)", .0.as_secs_f64())]
    Timeout(Duration),
    /// Reading it would take more memory than the limit, in bytes. Only reading in a [worker](crate::load::worker) has one.
    #[error("읽는 데 메모리가 {}MB보다 많이 듭니다(--max-memory로 바꿀 수 있습니다)", .0 >> 20)]
    Memory(u64),
    /// Reading it ended the worker that read it, or stumbled over a fault of the reader.
    #[error("읽다가 오류로 멈추었습니다. 파일이 손상되었거나 지나치게 깊이 겹쳐 있을 수 있습니다")]
    Crashed,
    /// The library that was to read it cannot be used.
    #[error("{0}")]
    Reader(String),
    /// No worker could be started.
    #[error("문서를 읽는 작업을 시작하지 못했습니다: {0}")]
    Worker(String),
    /// The operating system refused.
    #[error("{}", io_reason(.0))]
    Io(
        #[from]
        #[serde(with = "sent")]
        std::io::Error,
    ),
}

/// An error of the system on its way between processes: its message only.
mod sent {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::io::Error;

    pub fn serialize<S: Serializer>(error: &Error, to: S) -> Result<S::Ok, S::Error> {
        error.to_string().serialize(to)
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Error, D::Error> {
        String::deserialize(from).map(Error::other)
    }
}

pub(crate) fn io_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind::{IsADirectory, NotFound, PermissionDenied};
    match error.kind() {
        NotFound => "파일이 없습니다".into(),
        PermissionDenied => "읽을 권한이 없습니다".into(),
        IsADirectory => "폴더입니다".into(),
        _ => format!("읽지 못했습니다({error})"),
    }
}

/// Why a TOML file could not be read, in Korean as far as the reason is one that people make.
pub(crate) fn toml_reason(error: &toml::de::Error) -> String {
    let message = error.message().lines().next().unwrap_or_default();
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let wanted = |text: &str| {
        let all: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
        if all.is_empty() { String::new() } else { format!(" (쓸 수 있는 것: {})", all.join(", ")) }
    };
    let (said, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    if said.starts_with("unknown field") {
        format!("모르는 키입니다: {}{}", quoted(said), wanted(expected))
    } else if said.starts_with("unknown variant") {
        format!("모르는 값입니다: {}{}", quoted(said), wanted(expected))
    } else if said.starts_with("missing field") {
        format!("빠진 키입니다: {}", quoted(said))
    } else if said.starts_with("duplicate") {
        format!("두 번 적혀 있습니다: {}", quoted(said))
    } else if said.starts_with("invalid type") {
        let kind = match expected {
            "a string" => "문자열(\"…\")",
            "a sequence" => "목록([…])",
            "a map" => "표([…])",
            _ if expected.starts_with("struct") => "표([…])",
            _ => "다른 꼴",
        };
        format!("값의 꼴이 다릅니다: {kind}로 적습니다")
    } else {
        format!("TOML로 읽을 수 없습니다({message})")
    }
}

/// Why a data file (standard, topics) is wrong, with its name and what to mend.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct DataError {
    /// The file, or the built-in's name.
    pub file: String,
    /// One Korean sentence, with the line where known.
    pub reason: String,
}
