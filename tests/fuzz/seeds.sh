#!/bin/sh
# Collects what fuzzing starts from: the samples, the rules and what was found before. Run in this folder.
set -e
root=../..
for target in load_docx load_hwpx load_hwp load_pdf load_html load_text clause_tree rule_file standard_import; do
    mkdir -p "corpus/$target"
    if [ -d "regressions/$target" ]; then cp "regressions/$target"/* "corpus/$target/"; fi
done
seed() { # target, name endings
    target=$1
    shift
    for ending in "$@"; do
        find "$root/corpora/samples" "$root/tests/data" -name "*.$ending" -size -200k -exec cp {} "corpus/$target/" \; 2>/dev/null || true
    done
}
seed load_docx docx
seed load_hwpx hwpx
seed load_hwp hwp
seed load_pdf pdf
seed load_html html
seed load_text txt md
seed clause_tree txt md
seed standard_import txt md
find "$root/corpora/rules" -name '*.toml' -exec cp {} corpus/rule_file/ \;
# A package is also fuzzed part by part, with a zero between the parts: see `package` in targets.rs.
parts() { # target, package, parts
    target=$1 package=$2
    shift 2
    for part in "$@"; do
        unzip -p "$package" "$part" 2>/dev/null || true
        printf '\0'
    done >"corpus/$target/parts-$(basename "$package")"
}
for package in corpus/load_docx/*.docx; do
    [ -f "$package" ] && parts load_docx "$package" word/document.xml word/numbering.xml word/styles.xml word/footnotes.xml word/_rels/document.xml.rels _rels/.rels
done
for package in corpus/load_hwpx/*.hwpx; do
    [ -f "$package" ] && parts load_hwpx "$package" Contents/section0.xml Contents/header.xml Contents/content.hpf mimetype
done
exit 0
