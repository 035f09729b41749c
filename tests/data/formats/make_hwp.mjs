// Writes .hwp files with @rhwp/core 0.8.6 (npm): the half of make_hwp.py that needs Node.js.
// Reads {"name": [paragraph or rows of a table, ...], ...} from standard input; usage: node make_hwp.mjs OUT
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { HwpDocument, initSync } from "@rhwp/core";

// A browser would measure text; here every Hangul syllable is an em wide and all else half of one.
globalThis.measureTextWidth = (font, text) => {
  const size = parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? "10");
  return [...text].reduce((sum, c) => sum + (c >= "가" && c <= "힣" ? size : size / 2), 0);
};
initSync({ module: readFileSync(createRequire(import.meta.url).resolve("@rhwp/core/rhwp_bg.wasm")) });

function write(model) {
  const file = HwpDocument.createEmpty();
  file.createBlankDocument();
  model.forEach((block, at) => {
    if (at > 0) {
      file.insertParagraph(0, at);
    }
    if (typeof block === "string") {
      if (block) {
        file.insertText(0, at, 0, block);
      }
      return;
    }
    const columns = Math.max(...block.map((row) => row.length));
    const options = { sectionIdx: 0, paraIdx: at, charOffset: 0, rowCount: block.length, colCount: columns, treatAsChar: true };
    const { paraIdx, controlIdx } = JSON.parse(file.createTableEx(JSON.stringify(options)));
    block.forEach((row, y) =>
      row.forEach((text, x) => file.insertTextInCell(0, paraIdx, controlIdx, y * columns + x, 0, 0, text)));
  });
  return file.exportHwp();
}

for (const [name, model] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  writeFileSync(join(process.argv[2], `${name}.hwp`), write(model));
}
