/*
 * Bundle the charts into one script, and write it as a C array:
 *
 *     node build.mjs FOLDER      FOLDER/page.js, FOLDER/page-notices.txt, FOLDER/bundle.c
 *
 * The script stands inside the page, so it must not hold what would end or hide it; its SHA-256 is
 * what the content policy of the page allows to run. The notices are the licences of the packages
 * that esbuild really took something from, as their authors wrote them; they lead the script.
 * The same packages give the same bytes.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (out === undefined) {
  console.error("usage: build.mjs FOLDER");
  process.exit(2);
}

const made = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});

/** Folders of packages that something in the bundle comes from, in order of their names. */
function packages() {
  const used = new Set();
  for (const [path, input] of Object.entries(Object.values(made.metafile.outputs)[0].inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found !== null && input.bytesInOutput > 0) {
      used.add(found[1]);
    }
  }
  return [...used].sort();
}

/** The licence of a package, without blanks at line ends. */
function licence(name) {
  const folder = join(here, "node_modules", name);
  const file = readdirSync(folder).sort().find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (file === undefined) {
    throw new Error(`${name} has no licence file`);
  }
  const words = readFileSync(join(folder, file), "utf8").replace(/\r/g, "");
  return words.split("\n").map((line) => line.trimEnd()).join("\n").trim();
}

/** Packages under the same words stand together, each with its own line of copyright. */
function notices() {
  const groups = new Map();
  for (const name of packages()) {
    const { version } = JSON.parse(
      readFileSync(join(here, "node_modules", name, "package.json"), "utf8"));
    const lines = licence(name).split("\n");
    const owner = lines.findIndex((line) => /^copyright\b/i.test(line));
    const line = owner < 0 ? "" : `: ${lines[owner]}`;
    const body = lines.filter((_, i) => i !== owner).join("\n").replace(/\n{3,}/g, "\n\n").trim();
    const key = body.replace(/\s+/g, " ");
    const group = groups.get(key) ?? { body, names: [] };
    group.names.push(`${name} ${version}${line}`);
    groups.set(key, group);
  }
  const parts = [...groups.values()].map((group) => `${group.names.join("\n")}\n\n${group.body}`);
  return "The charts of this page are drawn by parts of these packages.\n\n" +
    parts.join("\n\n----\n\n") + "\n";
}

/** esbuild leaves what is beyond ASCII in regular expressions; the escape means the same there. */
const escaped = (text) => text.replace(/[^\x00-\x7e]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const words = notices();
const ascii = escaped(words);
const comment = ascii.replaceAll("*/", "* /").replaceAll("<", "(").replaceAll(">", ")");
const script = `/*\n${comment}*/\n${escaped(made.outputFiles[0].text.trim())}\n`;
const bad = /<\/script|<!--|<script|[^\x09\x0a\x20-\x7e]/i.exec(script);
if (bad !== null) {
  throw new Error("the script holds what must not stand inside a page: " +
    JSON.stringify(script.slice(Math.max(0, bad.index - 40), bad.index + 40)));
}

const bytes = Buffer.from(script, "latin1");
const hash = createHash("sha256").update(bytes).digest("base64");
const rows = [];
for (let at = 0; at < bytes.length; at += 24) {
  rows.push([...bytes.subarray(at, at + 24)].join(","));
}
writeFileSync(join(out, "page.js"), bytes);
writeFileSync(join(out, "page-notices.txt"), words);
writeFileSync(join(out, "bundle.c"), `/* Written by web/build.mjs: the script of the page. */
#include "report/bundle.h"

static const char bytes[] = {
${rows.join(",\n")},0};

const page_bundle page_charts = {bytes, ${bytes.length}, "sha256-${hash}"};
`);
