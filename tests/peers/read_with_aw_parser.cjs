// Print what aw-parser (of afterwriting) reads in the Fountain files named: a JSON list of elements
// a line. It keeps the marks of emphasis; a line in capitals by itself is a "shot", printed as action.
const { readFileSync } = require("node:fs");
const { parser } = require("aw-parser");

const OPTIONS = {
  print_notes: true,
  print_actions: true,
  print_headers: true,
  print_sections: true,
  print_synopsis: true,
  print_dialogues: true,
  use_dual_dialogue: true,
  merge_multiple_empty_lines: true,
};
const NOTE = /^\s*\[\[[\s\S]*\]\]\s*$/;

function read(source) {
  const lines = source.split("\n");
  const found = [];
  for (const token of parser.parse(source, OPTIONS).tokens) {
    const text = token.text || "";
    switch (token.type) {
      case "scene_heading": {
        const numbered = /#.+#\s*$/.test(lines[token.line] || "");
        found.push(["heading", text, numbered ? String(token.number) : null]);
        break;
      }
      case "character":
        found.push(["cue", text, token.dual === "right"]);
        break;
      case "dialogue":
        found.push(["speech", text]);
        break;
      case "action":
      case "shot":
        found.push([NOTE.test(text) ? "note" : "action", text]);
        break;
      case "section":
        found.push(["section", text, token.level]);
        break;
      case "page_break":
        found.push(["page_break"]);
        break;
      case "parenthetical":
      case "transition":
      case "centered":
      case "lyrics":
      case "synopsis":
      case "note":
        found.push([token.type, text]);
        break;
    }
  }
  return found;
}

for (const path of process.argv.slice(2)) {
  process.stdout.write(JSON.stringify({ raw: read(readFileSync(path, "utf8")) }) + "\n");
}
