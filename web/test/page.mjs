/*
 * The page as a browser shows it: pages of all shipped cases, of an empty case, and of one that was
 * typed to break it, opened from the disk in Chromium. `node page.mjs PARLEY CASES CHROMIUM`, TAP.
 *
 * axe-core finds a part of what can be wrong; keyboard, width, paper and the marks of the charts are
 * looked at step by step.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { hostileCase, emptyCase, largeCase } from "./cases.mjs";

const [parley, cases, browser] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "parley-page-"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Every page: a name, its file, and the same without a script. */
function pages() {
  const made = [];
  const typed = { hostile: hostileCase(), empty: emptyCase(), large: largeCase() };
  const paths = readdirSync(cases).filter((name) => name.endsWith(".yaml")).sort()
    .map((name) => join(cases, name));
  for (const [name, text] of Object.entries(typed)) {
    writeFileSync(join(folder, `${name}.yaml`), text);
    paths.push(join(folder, `${name}.yaml`));
  }
  for (const path of paths) {
    const name = basename(path, ".yaml");
    const file = join(folder, `${name}.html`);
    const bare = join(folder, `${name}-bare.html`);
    const most = { maxBuffer: 1 << 28 };
    writeFileSync(file, execFileSync(parley, ["page", path], most));
    writeFileSync(bare, execFileSync(parley, ["page", path, "--no-script"], most));
    made.push({ name, file, bare });
  }
  return made;
}

const all = pages();
const context = await chromium.launchPersistentContext(join(folder, "profile"), {
  executablePath: browser, headless: true, args: FLAGS, viewport: { width: 1000, height: 900 } });
const troubles = [];
const asked = [];
const page = context.pages()[0] ?? await context.newPage();
page.on("console", (message) => troubles.push(`${message.type()}: ${message.text()}`));
page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
page.on("request", (request) => asked.push(request.url()));

async function open(file, width = 1000) {
  await page.emulateMedia({ media: "screen", reducedMotion: "reduce" });
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`file://${file}`);
}

const named = (name) => all.find((made) => made.name === name);

/**
 * What several tests want to know of one page at one width: it is opened once for all of them. The
 * page is open behind it only where it was looked at for the first time.
 */
const looks = new Map();
async function look(file, width = 1000) {
  const key = `${file} ${width}`;
  if (!looks.has(key)) {
    await open(file, width);
    looks.set(key, await page.evaluate(`(${facts})(${outside})`));
  }
  return looks.get(key);
}

function facts(beyond) {
  return {
    wide: document.scrollingElement.scrollWidth,
    outside: beyond(),
    figures: [...document.querySelectorAll("figure[data-chart]")].map((node) => ({
      kind: node.dataset.chart,
      drawn: node.classList.contains("is-drawn"),
      pictures: node.querySelectorAll("svg[role=img]").length,
      signs: node.querySelectorAll(".sign").length,
      data: JSON.parse(node.querySelector('script[type="application/json"]')?.textContent ?? "null"),
      marks: [...node.querySelectorAll(".marks [role=option]")].map((m) => m.textContent),
      rows: node.dataset.table?.split(" ").map((id) =>
        document.getElementById(id)?.tBodies[0].rows.length ?? -1) ?? [],
    })),
  };
}

/* ---------------------------------------------------------------------- tests */

async function axeFindsNothingOnAnyPage() {
  for (const { name, file, bare } of all.filter((made) => made.name !== "large")) {
    const both = ["hostile", "empty"].includes(name) ? [file, bare] : [file];
    for (const path of both) {
      await look(path); /* which other tests want as well */
      if (!page.url().endsWith(path)) {
        await open(path);
      }
      const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })
        .then((all) => all.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3)
          .map((n) => n.target + " " + n.failureSummary).join(" | ")))`);
      assert.deepEqual(found, [], `${name} ${path === bare ? "without script" : ""}`);
    }
  }
}

async function everyFigureIsDrawnWithAsManyMarksAsItsDataHas() {
  let figures = 0;
  for (const { name, file } of all) {
    for (const seen of (await look(file)).figures) {
      figures++;
      assert.ok(seen.drawn, `${name}: ${seen.kind} is not drawn`);
      assert.equal(seen.pictures, 1, `${name}: ${seen.kind} stands there twice`);
      const wanted = WANTED[seen.kind];
      assert.ok(wanted !== undefined, `no count of marks for ${seen.kind}`);
      const [marks, signs] = wanted(seen.data);
      assert.equal(seen.marks.length, marks, `${name}: marks of ${seen.kind}`);
      assert.equal(seen.signs, signs, `${name}: signs of ${seen.kind}`);
      assert.ok(seen.marks.every((words) => words.trim() !== ""), name);
    }
  }
  assert.ok(figures >= 35, `${figures} figures`);
}

const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);

/** How many marks a chart has, and how many signs it draws, from its data alone. */
const WANTED = {
  ladder: (data) => [data.rungs.length, 0],
  matrix: (data) => [new Set(data.entries.map((e) => `${e.party} ${e.issue}`)).size,
    data.entries.length],
  timeline: (data) => [data.marks.length, data.marks.length],
  dispute: (data) => [sum(data.issues, (i) => i.days.length), sum(data.issues, (i) => i.days.length)],
  frontier: (data) => [data.points.length + data.solutions.filter((s) => s.worth !== null).length, 0],
  acts: (data) => [data.acts.length, sum(data.acts, (act) => act.why.length)],
};

async function aTableBesideAChartHasARowForWhatItShows() {
  for (const { name, file } of all) {
    const { figures } = await look(file);
    const rows = Object.fromEntries(figures.map((figure) => [figure.kind, figure.rows]));
    const data = Object.fromEntries(figures.map((figure) => [figure.kind, figure.data]));
    const wanted = { ladder: () => [data.ladder.rungs.length],
      matrix: () => Array(Math.ceil(data.matrix.parties.length / data.matrix.columns))
        .fill(data.matrix.issues.length),
      timeline: () => [data.timeline.marks.length], dispute: () => [data.dispute.issues.length],
      frontier: () => [data.frontier.points.length, data.frontier.solutions.length],
      acts: () => [data.acts.parties.length] };
    for (const [kind, counts] of Object.entries(rows)) {
      assert.deepEqual(counts, wanted[kind](), `${name}: ${kind}`);
    }
  }
}

async function choosingChangesTheMarksAndTheRows() {
  await open(named("halt-2025").file);
  const figure = page.locator("figure[data-chart=timeline]");
  const count = () => figure.locator("[role=option]").count();
  const rows = () => page.locator("#positions-table tbody tr:visible").count();
  const data = JSON.parse(await figure.locator('script[type="application/json"]').textContent());
  const select = (i) => figure.locator(".controls select").nth(i);
  for (const lanes of ["issue", "both", "party"]) {
    await select(0).selectOption(lanes);
    assert.equal(await count(), data.marks.length, lanes);
  }
  await select(1).selectOption("1");
  const ofParty = data.marks.filter((mark) => mark.party === 1).length;
  assert.ok(ofParty > 0 && ofParty < data.marks.length);
  assert.deepEqual([await count(), await rows()], [ofParty, ofParty]);
  await select(1).selectOption("");
  await select(2).selectOption(String(data.marks[0].issue));
  const ofIssue = data.marks.filter((mark) => mark.issue === data.marks[0].issue).length;
  assert.deepEqual([await count(), await rows()], [ofIssue, ofIssue]);
  await select(2).selectOption("");
  await figure.locator("input[type=date]").first().fill("2025-03-13");
  await figure.locator("input[type=date]").first().blur();
  const late = data.marks.filter((mark) => mark.day === null || mark.day >= 20160).length;
  assert.ok(late < data.marks.length);
  assert.deepEqual([await count(), await rows()], [late, late]);
  await figure.locator("button").click();
  assert.deepEqual([await count(), await rows()], [data.marks.length, data.marks.length]);
}

async function keysReachEveryMarkAndTheRowThatHoldsTheSame() {
  await open(named("halt-2025").file);
  for (const figure of await page.locator("figure[data-chart]").all()) {
    const list = figure.locator(".marks");
    const options = await list.locator("[role=option]").count();
    await list.focus();
    const seen = new Set();
    const note = async () => {
      const { id, words, readout, rings } = await figure.evaluate((node) => {
        const active = node.querySelector(".marks").getAttribute("aria-activedescendant");
        return { id: active, words: document.getElementById(active).textContent,
          readout: node.querySelector(".readout").textContent,
          rings: node.querySelectorAll("svg .ring").length };
      });
      assert.equal(readout, words);
      assert.equal(rings, 1);
      seen.add(id);
    };
    await note();
    await page.keyboard.press("Home");
    /* along each lane, then down to the next */
    for (let step = 0; step < 3 * options && seen.size < options; step++) {
      const before = await list.getAttribute("aria-activedescendant");
      await page.keyboard.press("ArrowRight");
      if (await list.getAttribute("aria-activedescendant") === before) {
        await page.keyboard.press("ArrowDown");
        for (let back = 0; back < options; back++) {
          const at = await list.getAttribute("aria-activedescendant");
          await page.keyboard.press("ArrowLeft");
          if (await list.getAttribute("aria-activedescendant") === at) {
            break;
          }
          await note();
        }
      }
      await note();
    }
    assert.equal(seen.size, options, await figure.getAttribute("data-chart"));
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "TR");
  }
}

async function tabReachesEveryControlAndWhatHasFocusIsSeen() {
  await open(named("halt-2025").file);
  const wanted = await page.evaluate(() => {
    const nodes = [...document.querySelectorAll("a[href], button, select, input, [tabindex='0']")];
    nodes.forEach((node, i) => { node.dataset.order = String(i); });
    return nodes.length;
  });
  const order = [];
  for (let i = 0; i < wanted; i++) {
    await page.keyboard.press("Tab");
    order.push(await page.evaluate(() => {
      const node = document.activeElement;
      const ring = node.closest("figure")?.querySelector(".drawn");
      const outlined = [node, ring, node.closest("label")].some((at) => at && getComputedStyle(at).outlineStyle !== "none");
      return outlined ? Number(node.dataset.order) : `no outline: ${node.outerHTML.slice(0, 80)}`;
    }));
  }
  /* a date field takes several stops */
  const once = order.filter((at, i) => at !== order[i - 1]);
  assert.deepEqual(once, [...Array(once.length).keys()]);
}

async function aScreenOfATelephoneScrollsOnlyDownwards() {
  for (const { name, file, bare } of all) {
    for (const path of [file, bare]) {
      const { wide } = await look(path, 320);
      assert.ok(wide <= 320, `${name}: ${wide} pixels wide`);
    }
  }
}

async function textOfDrawingsStaysInside() {
  for (const { name, file } of all) {
    for (const width of [320, 1000]) {
      assert.deepEqual((await look(file, width)).outside, [], `${name} at ${width}`);
    }
  }
}

/** Texts of drawings that reach beyond their figure. */
function outside() {
  const found = [];
  for (const figure of document.querySelectorAll("figure")) {
    const box = figure.getBoundingClientRect();
    for (const text of figure.querySelectorAll("svg text")) {
      const at = text.getBoundingClientRect();
      if (at.width > 0 && (at.left < box.left - 1 || at.right > box.right + 1)) {
        found.push(`${figure.dataset.chart}: ${text.textContent}`);
      }
    }
  }
  return found;
}

async function paperIsA4AndNothingIsCutOff() {
  for (const { name, file, bare } of all) {
    for (const path of name === "hostile" ? [bare, file] : [file]) {
      await open(path);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      const sheets = pdf.match(/\/MediaBox \[[^\]]*\]/g) ?? [];
      assert.ok(sheets.length > 0 && sheets.length < 60, `${name}: ${sheets.length} sheets`);
      for (const sheet of sheets) {
        assert.match(sheet, /\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/, name);
      }
    }
    /* what stands on paper, at the width of the paper */
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 672, height: 900 });
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    assert.ok(wide <= 673, `${name} on paper: ${wide}`);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.deepEqual(await page.evaluate(outside), [], `${name} on paper`);
    const shown = await page.evaluate(() => [...document.querySelectorAll(
      ".controls, .marks, .readout, nav")].filter((n) => n.getClientRects().length > 0).length);
    assert.equal(shown, 0, `${name}: controls on paper`);
  }
}

/** Needs pdftotext; without it the page count above has to do. */
async function whatIsPrintedHasEveryHeadingAndEveryRow() {
  const name = "shuttle-2022";
  const pdf = join(folder, "printed.pdf");
  await open(named(name).file);
  const wanted = await page.evaluate(() => [...document.querySelectorAll("h2, tbody th")]
    .map((node) => node.textContent));
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true }));
  let text;
  try {
    text = execFileSync("pdftotext", ["-layout", pdf, "-"], { maxBuffer: 1 << 26 }).toString();
  } catch (error) {
    assert.equal(error.code, "ENOENT");
    return "pdftotext is not installed";
  }
  const words = text.replace(/\s+/g, " ");
  for (const line of wanted) {
    for (const word of line.split(/\s+/)) {
      assert.ok(words.includes(word), `${word} of '${line}' is not on paper`);
    }
  }
  return "";
}

async function aChangedScriptDoesNotRun() {
  const file = join(folder, "changed.html");
  const text = readFileSync(named("halt-2025").file, "utf8");
  writeFileSync(file, text.replace(/<script>/, "<script>document.title='ran';"));
  const before = troubles.length;
  await open(file);
  assert.notEqual(await page.title(), "ran");
  assert.equal(await page.locator("figure svg[role=img]").count() > 0, true);
  assert.ok(troubles.length > before, "the browser says that it refused");
  troubles.length = before;
}

async function nothingWasAskedForAndNothingComplained() {
  assert.deepEqual(troubles, []);
  const files = new Set([...all.flatMap((made) => [made.file, made.bare]),
    join(folder, "changed.html")].map((file) => `file://${file}`));
  assert.deepEqual(asked.filter((url) => !files.has(url)), []);
}

const tests = [axeFindsNothingOnAnyPage, everyFigureIsDrawnWithAsManyMarksAsItsDataHas,
  aTableBesideAChartHasARowForWhatItShows, choosingChangesTheMarksAndTheRows,
  keysReachEveryMarkAndTheRowThatHoldsTheSame, tabReachesEveryControlAndWhatHasFocusIsSeen,
  aScreenOfATelephoneScrollsOnlyDownwards, textOfDrawingsStaysInside, paperIsA4AndNothingIsCutOff,
  whatIsPrintedHasEveryHeadingAndEveryRow,
  aChangedScriptDoesNotRun, nothingWasAskedForAndNothingComplained];
console.log(`1..${tests.length}`);
let failed = 0;
const only = process.env["PARLEY_WEB_ONLY"] ?? "";
for (const [i, test] of tests.entries()) {
  if (!test.name.includes(only)) {
    continue;
  }
  const name = test.name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const start = Date.now();
  try {
    const skipped = await test();
    console.log(`ok ${i + 1} - ${name}${skipped ? ` # SKIP ${skipped}` : ""}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${i + 1} - ${name}`);
    console.log(String(error.message).slice(0, 3000).replace(/^/gm, "# "));
  }
  console.log(`# ${Date.now() - start} ms`);
}
await context.close();
rmSync(folder, { recursive: true, force: true });
process.exit(failed > 0 ? 1 : 0);
