/*
 * Signs: how firm something is held is its shape and size, what it rests on is its filling. The
 * program draws the same paths (src/report/svg_lanes.c).
 */
import { svgElement } from "./elements";

/** In the order of the words; the number is what the page writes. */
export const FIRMNESS = ["said", "aspiration", "ask", "position", "condition", "red line",
  "red line, tested"] as const;

export type Basis = "rules" | "record" | "reported" | "reading";

export const BASIS: Record<Basis, string> = { rules: "rules of the case", record: "on record",
  reported: "reported only", reading: "our reading" };

const PATHS = ["M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0Z", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
  "M0-6.5L6.5 0L0 6.5L-6.5 0Z", "M-5-5h10v10h-10Z", "M0-6.5L6.5 5H-6.5Z",
  "M-3-7h6l4 4v6l-4 4h-6l-4-4v-6Z", "M-3-7h6l4 4v6l-4 4h-6l-4-4v-6Z"];
const STATED = 5;

/** Room that a sign takes to either side of its middle. */
export const REACH = 11;

/** A sign around (x, y). */
export function sign(firmness: number, basis: Basis, x: number, y: number): SVGGElement {
  const ours = basis === "reading";
  const shape = ours && firmness === 0 ? 1 : firmness;
  const full = basis === "record" || basis === "rules";
  const g = svgElement("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
  g.append(svgElement("path", { d: PATHS[shape] ?? "", stroke: "#111", "stroke-width": 1.5,
    fill: full ? "#33475b" : "#fff", ...(ours ? { "stroke-dasharray": "2.5 1.5" } : {}) }));
  if (shape >= STATED) {
    g.append(svgElement("path", { d: shape === STATED ? "M-4 0h8" : "M-3-3l6 6m0-6l-6 6",
      stroke: full ? "#fff" : "#111", "stroke-width": 2 }));
  }
  if (ours) {
    g.append(svgElement("path", { d: "M-8-8.5h-2.5v17h2.5M8-8.5h2.5v17h-2.5", stroke: "#111",
      "stroke-width": 1.3, fill: "none" }));
  }
  return g;
}

/** What a sign says: "condition, on record"; nothing about firmness where none is typed. */
export function signWords(firmness: number, basis: Basis): string {
  return firmness === 0 ? BASIS[basis] : `${FIRMNESS[firmness] ?? ""}, ${BASIS[basis]}`;
}
