/*
 * Cases that were typed to break a page: markup and marks that turn the reading direction, words
 * without an end, many issues and parties; nothing at all; and many claims.
 */

const quoted = (text) => JSON.stringify(text);
const MARKUP = "</td></table></main></script><!--<script>alert(1)</script>]]><a href=x onclick=y>&amp;";
const TURNED = "\u202eabc\u2066\u200f\u05d0\u05d1\u0001\u0007";

export function emptyCase() {
  return "parley: 1\n";
}

export function hostileCase() {
  const parties = Array.from({ length: 12 }, (_, i) => `p${i}`);
  const rows = ["parley: 1", `title: ${quoted(MARKUP + TURNED)}`, "as-of: 2025-03-20",
    `sources: {s: {name: ${quoted(MARKUP)}, kind: outlet, date: 2025-03-14}}`, "parties:"];
  parties.forEach((id, i) => rows.push(`  ${id}: {name: ${quoted(
    i === 0 ? `A${MARKUP}` : i === 1 ? "W".repeat(300) : i === 2 ? `B${TURNED}` : `Party number ${i}`,
  )}, roles: [${i < 3 ? "principal" : "outside"}]}`));
  rows.push("issues:");
  for (let i = 0; i < 40; i++) {
    const name = i === 0 ? MARKUP : i === 1 ? "supercalifragilistic".repeat(12)
      : i === 2 ? TURNED + "x" : `issue ${i}`;
    rows.push(`  i${i}: {name: ${quoted(name)}, options: {o: ${quoted(i === 0 ? MARKUP : "O")}, ` +
      `p: "P", q: ${quoted("Q".repeat(i === 1 ? 200 : 1))}}}`);
  }
  const acts = ["demand", "reject", "request", "open-to", "propose", "accept", "say", "defer"];
  const classes = ["on-record", "described", "bare", "outlet"];
  rows.push("claims:");
  for (let i = 0; i < 160; i++) {
    const words = i % 9 === 0 ? `, says: ${quoted(MARKUP + TURNED)}` : "";
    rows.push(`  c${i}: {by: p${i % 12}, act: ${acts[i % 8]}, about: "i${i * 7 % 40} = ${
      "opq"[i % 3]}", date: 2025-03-${String(1 + i % 19).padStart(2, "0")}, source: s, ` +
      `class: ${classes[i % 4]}${words}}`);
  }
  rows.push("readings:");
  rows.push(`  m: {party: p1, refuses: "i0 = o", because: ${quoted(MARKUP)}}`);
  return rows.join("\n") + "\n";
}

export function largeCase() {
  const rows = ["parley: 1", "title: Many claims", "as-of: 2025-12-31",
    "sources: {s: {kind: outlet, date: 2025-01-01}}", "parties:"];
  for (let i = 0; i < 9; i++) {
    rows.push(`  p${i}: {name: "Party ${i}", roles: [${i < 4 ? "principal" : "outside"}]}`);
  }
  rows.push("issues:");
  for (let i = 0; i < 14; i++) {
    rows.push(`  i${i}: {name: "Issue ${i}", options: {o: "O", p: "P", q: "Q"}}`);
  }
  rows.push("claims:");
  for (let i = 0; i < 3000; i++) {
    const k = i * 2654435761 % 4294967296;
    const month = String(1 + k % 12).padStart(2, "0");
    rows.push(`  c${i}: {by: p${k % 9}, act: ${["open-to", "propose", "say"][k % 3]}, ` +
      `about: "i${(k >> 3 & 1023) % 14} = ${"opq"[k % 3]}", ` +
      `date: 2025-${month}-${String(1 + (k >> 5 & 1023) % 28).padStart(2, "0")}, source: s, ` +
      `class: ${k % 2 === 0 ? "on-record" : "described"}}`);
  }
  return rows.join("\n") + "\n";
}
