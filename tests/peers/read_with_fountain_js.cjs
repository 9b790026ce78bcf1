// Print what fountain-js reads in the Fountain files named: a JSON list of elements a line.
const { readFileSync } = require("node:fs");
const { Fountain, InlineLexer } = require("fountain-js");

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

function seen(text) {
  const html = InlineLexer.reconstruct(text || "");
  const bare = html.replaceAll("<br />", "\n").replace(/<[^>]*>/g, "");
  return bare.replace(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity]);
}

function read(tokens) {
  const found = [];
  let dual = false;
  for (const token of tokens) {
    if (token.is_title) continue;
    switch (token.type) {
      case "dialogue_begin":
        dual = token.dual === "right";
        break;
      case "scene_heading":
        found.push(["heading", seen(token.text), token.scene_number ?? null]);
        break;
      case "character":
        found.push(["cue", seen(token.text), dual]);
        break;
      case "dialogue":
        found.push(["speech", seen(token.text)]);
        break;
      case "parenthetical":
      case "action":
      case "transition":
      case "centered":
      case "lyrics":
        found.push([token.type, seen(token.text)]);
        break;
      case "section":
        found.push(["section", token.text, token.depth]);
        break;
      case "note":
      case "synopsis":
        found.push([token.type, token.text]);
        break;
      case "page_break":
        found.push(["page_break"]);
        break;
    }
  }
  return found;
}

for (const path of process.argv.slice(2)) {
  const source = readFileSync(path, "utf8");
  process.stdout.write(JSON.stringify(read(new Fountain().parse(source, true).tokens)) + "\n");
}
