/*
 * A grid of names: columns across, rows down, signs in the places. A place without a sign is empty.
 */
import * as Plot from "@observablehq/plot";
import type { Drawing, Mark, Room } from "./chart";
import { FONT, cut, drawingOf, wide as textWidth } from "./elements";

export interface Place {
  column: number;
  row: number;
  /** Draws one sign around a point; as many as stand there. */
  signs: ((x: number, y: number) => SVGElement)[];
  words: string;
  /** Row and table that hold the same. */
  tableRow: number;
  table?: number;
}

const ROW = 26;
const STEP = 24;

export function grid(columns: string[], rows: string[], places: Place[], room: Room): Drawing {
  const left = room.narrow ? 110 : 170;
  const wide = (room.width - left - 4) / Math.max(1, columns.length);
  const most = Math.max(1, ...places.map((place) => place.signs.length));
  const across = Math.max(1, Math.min(most, Math.floor((wide - 4) / STEP)));
  const tilted = wide < 76;
  const top = tilted
    ? Math.min(132, 16 + Math.max(...columns.map((name) => textWidth(name, true)))) : 28;
  const tall = rows.map((_, row) => ROW * Math.max(1, ...places
    .filter((place) => place.row === row)
    .map((place) => Math.ceil(place.signs.length / across))));
  const starts: number[] = [];
  let height = top;
  for (const one of tall) {
    starts.push(height);
    height += one;
  }
  const plot = Plot.plot({
    width: room.width, height: height + 4, marginLeft: left, marginRight: 4, marginTop: top,
    marginBottom: 4,
    style: { fontFamily: FONT, fontSize: "12px", color: "#111",
      background: "none" },
    x: { domain: [0, columns.length], axis: null },
    y: { domain: [height, top], axis: null },
    marks: [
      Plot.ruleY([...starts, height], { stroke: "#ccc" }),
      Plot.ruleY([top], { stroke: "#111" }),
      Plot.ruleX(Array.from({ length: columns.length + 1 }, (_, i) => i), { stroke: "#ccc" }),
      Plot.text(rows, { x: 0, dx: -8, y: (_: string, i: number) => (starts[i] ?? 0) + ROW / 2,
        text: (name: string) => cut(name, left - 10), textAnchor: "end" }),
      Plot.text(columns, { x: (_: string, i: number) => i + 0.5, frameAnchor: "top",
        text: (name: string) => cut(name, tilted ? 120 : wide - 6, true),
        dy: tilted ? -8 : -14, rotate: tilted ? -90 : 0,
        textAnchor: tilted ? "start" : "middle", fontWeight: "bold" }),
    ],
  });
  const svg = drawingOf(plot);
  const marks: Mark[] = places.map((place) => {
    const x = left + (place.column + 0.5) * wide;
    const y = (starts[place.row] ?? 0) + ROW / 2;
    place.signs.forEach((make, i) => {
      const line = Math.floor(i / across);
      const here = Math.min(across, place.signs.length - line * across);
      const drawn = make(x + (i % across - (here - 1) / 2) * STEP, y + line * ROW);
      drawn.classList.add("sign");
      svg.append(drawn);
    });
    return { x, y, lane: place.row, row: place.tableRow, words: place.words,
      ...(place.table === undefined ? {} : { table: place.table }) };
  });
  return { svg, marks };
}
