#!/usr/bin/env python3
"""Regenerates dictionaries/ko-dic from a release of mecab-ko-dic.

    trim.py LEXICON MATRIX CHAR_DEF UNK_DEF LICENSE OUT_DIR

LEXICON is the release's *.csv files put together (plain or .xz), MATRIX its matrix in MeCab's binary form (plain or
.xz; two u16 sizes, then i16 costs). The same input gives the same output, byte for byte with the same liblzma.

What is left out of the lexicon, and why:
  - names of people (semantic class 인명): they cut legal words in the wrong place (이행수/준);
  - names of places (지명), except countries and 시·도: contracts name little else;
  - everything written with Hanja, kana or other scripts than Hangul, Latin letters, digits and marks.
A row that stays, stays as it was. The id tables (left-id.def, right-id.def, pos-id.def) are not needed to compile.
"""
import lzma
import os
import re
import shutil
import sys

COUNTRIES = """
가나 가봉 가이아나 감비아 과테말라 그레나다 그리스 기니 나미비아 나우루 나이지리아 남수단 남아프리카공화국 남아공 네덜란드 네팔
노르웨이 뉴질랜드 니제르 니카라과 대만 대한민국 덴마크 도미니카 독일 동티모르 라오스 라이베리아 라트비아 러시아 레바논 레소토
루마니아 룩셈부르크 르완다 리비아 리투아니아 리히텐슈타인 마다가스카르 말라위 말레이시아 말리 멕시코 모나코 모로코 모리셔스
모리타니 모잠비크 몬테네그로 몰도바 몰디브 몰타 몽골 미국 미얀마 바누아투 바레인 바베이도스 바티칸 방글라데시 베냉 베네수엘라
베트남 벨기에 벨라루스 벨리즈 보츠와나 볼리비아 부룬디 부탄 북한 불가리아 브라질 브루나이 사모아 사우디아라비아 산마리노 세네갈
세르비아 세이셸 소말리아 수단 수리남 스리랑카 스웨덴 스위스 스페인 슬로바키아 슬로베니아 시리아 싱가포르 아르메니아 아르헨티나
아이슬란드 아이티 아일랜드 아제르바이잔 아프가니스탄 안도라 알바니아 알제리 앙골라 에스토니아 에콰도르 에티오피아 엘살바도르
영국 예멘 오만 오스트레일리아 오스트리아 온두라스 요르단 우간다 우루과이 우즈베키스탄 우크라이나 이라크 이란 이스라엘 이집트
이탈리아 인도 인도네시아 일본 자메이카 잠비아 조지아 중국 짐바브웨 차드 체코 칠레 카메룬 카자흐스탄 카타르 캄보디아 캐나다 케냐
코스타리카 콜롬비아 콩고 쿠바 쿠웨이트 크로아티아 키르기스스탄 키프로스 타이 타이완 타지키스탄 탄자니아 태국 터키 토고 통가
투르크메니스탄 튀니지 파나마 파라과이 파키스탄 팔레스타인 페루 포르투갈 폴란드 프랑스 피지 핀란드 필리핀 한국 헝가리 호주 홍콩
마카오 유럽 아시아 북미 남미 아프리카
""".split()

PROVINCES = """
서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주
서울시 부산시 대구시 인천시 광주시 대전시 울산시 세종시 서울특별시 부산광역시 대구광역시 인천광역시 광주광역시 대전광역시
울산광역시 세종특별자치시 경기도 강원도 충청북도 충청남도 전라북도 전라남도 경상북도 경상남도 제주도 제주특별자치도
""".split()

KEPT_PLACES = set(COUNTRIES) | set(PROVINCES)
# Hangul (syllables, jamo), ASCII, Latin-1 and general marks; no ideographs, kana, Greek or Cyrillic.
OWN_SCRIPTS = re.compile("^[\\u0021-\\u024f\\u1100-\\u11ff\\u2000-\\u27bf\\u3000-\\u303f\\u3130-\\u318f\\u3200-\\u321e"
                         "\\u3260-\\u327f\\uac00-\\ud7a3\\uff01-\\uff5e\\uffe0-\\uffe6]+$")


def opened(path):
    return lzma.open(path, "rb") if path.endswith(".xz") else open(path, "rb")


def kept(row):
    """Whether a row of the lexicon stays. Columns: surface, left id, right id, cost, tag, semantic class, ..."""
    fields = row.split(",")
    # A comma as surface is quoted and splits into two more fields: a mark, and marks stay.
    if row.startswith('"'):
        return True
    surface, meaning = fields[0], fields[5]
    if not OWN_SCRIPTS.match(surface):
        return False
    if meaning == "인명":
        return False
    if meaning == "지명":
        return surface in KEPT_PLACES
    return True


def write(path, data):
    # CRC32 and one LZMA2 filter: what a small decoder in build.rs reads. 8 MiB of window suffices for sorted rows.
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 23}]
    with open(path, "wb") as out:
        out.write(lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=filters))


def main(lexicon, matrix, char_def, unk_def, licence, out):
    os.makedirs(out, exist_ok=True)
    with opened(lexicon) as source:
        rows = source.read().decode("utf-8").splitlines()
    rest = sorted({row for row in rows if row and kept(row)}, key=lambda row: (row.split(",")[0], row))
    write(os.path.join(out, "lexicon.csv.xz"), ("\n".join(rest) + "\n").encode("utf-8"))
    with opened(matrix) as source:
        write(os.path.join(out, "matrix.bin.xz"), source.read())
    for source, name in ((char_def, "char.def"), (unk_def, "unk.def"), (licence, "LICENSE")):
        shutil.copyfile(source, os.path.join(out, name))
    print(f"{len(rows)} rows read, {len(rest)} kept", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
