/*
 * The ladder: packages left on each rung, as bars on a logarithmic scale. Full: rules and words on
 * record; striped: reported only; dashed: our readings. A rung where nothing is left has a cross.
 */
import * as Plot from "@observablehq/plot";
import type { Chart, ChartData, Drawing, Room } from "./chart";
import { FONT, drawingOf, stripes } from "./elements";
import { BASIS, type Basis } from "./signs";

interface Rung {
  name: string;
  basis: Basis;
  /** Digits with commas; shortened as "about 1.2 × 10^40" where they are many. */
  count: string;
  /** log2 of the count in 1/1024; 0 for 0 and 1. */
  log: number;
  empty: boolean;
}

interface LadderData extends ChartData {
  rungs: Rung[];
}

const ROW = 28;
const BAR = 16;
const INK = "#33475b";

/** Powers of ten as people write them, up to a million. */
function power(decade: number): string {
  return decade < 7 ? (10 ** decade).toLocaleString("en") : `10^${decade}`;
}

function draw(data: LadderData, room: Room): Drawing {
  const rungs = data.rungs.map((rung, i) =>
    ({ ...rung, i, shown: rung.basis === "reading" ? `[${rung.name}]` : rung.name,
      decades: Math.max(rung.log / 1024 * Math.log10(2), 0.03) }));
  const most = Math.max(1, ...rungs.map((rung) => rung.decades));
  const every = Math.max(1, Math.ceil(most / (room.narrow ? 3 : 6)));
  const ticks = Array.from({ length: Math.floor(most / every) + 1 }, (_, i) => i * every);
  const row = room.narrow ? ROW + 16 : ROW;
  const left = room.narrow ? 8 : 196;
  const top = 24;
  const bars = (fill: string, bases: Basis[], more: object) =>
    Plot.rect(rungs.filter((rung) => bases.includes(rung.basis) && !rung.empty), {
      x1: 0, x2: "decades", y1: (d: { i: number }) => d.i + 0.5 - BAR / row / 2 + shift,
      y2: (d: { i: number }) => d.i + 0.5 + BAR / row / 2 + shift, fill, stroke: "#111", ...more });
  const shift = room.narrow ? 8 / row : 0; /* the label stands above its bar */
  const plot = Plot.plot({
    width: room.width,
    height: top + rungs.length * row + 6,
    marginLeft: left,
    marginRight: 20 + 8 * Math.max(...data.rungs.map((rung) => rung.empty ? 0 : rung.count.length)),
    marginTop: top,
    marginBottom: 6,
    style: { fontFamily: FONT, fontSize: "13px", color: "#111",
      background: "none" },
    x: { domain: [0, most], axis: null },
    y: { domain: [rungs.length, 0], axis: null },
    marks: [
      () => stripes("drawn-stripes"),
      Plot.ruleX(ticks, { stroke: "#bbb" }),
      Plot.text(ticks, { x: (d: number) => d, frameAnchor: "top", dy: -14, fontSize: 11,
        fill: "#444", text: power }),
      bars(INK, ["rules", "record"], {}),
      bars("url(#drawn-stripes)", ["reported"], {}),
      bars("#fff", ["reading"], { strokeDasharray: "4 3" }),
      Plot.text(rungs, room.narrow
        ? { x: 0, y: (d: { i: number }) => d.i + 0.5 - 12 / row, text: "shown",
          textAnchor: "start" }
        : { frameAnchor: "left", y: (d: { i: number }) => d.i + 0.5, text: "shown", dx: -10,
          textAnchor: "end" }),
      Plot.text(rungs.filter((rung) => !rung.empty), { x: "decades",
        y: (d: { i: number }) => d.i + 0.5 + shift, dx: 8, text: "count", textAnchor: "start" }),
      Plot.dot(rungs.filter((rung) => rung.empty), { x: 0, dx: 6, symbol: "times", r: 5,
        y: (d: { i: number }) => d.i + 0.5 + shift, stroke: "#111", strokeWidth: 2.5 }),
      Plot.text(rungs.filter((rung) => rung.empty), { x: 0, dx: 18, text: () => "nothing left",
        y: (d: { i: number }) => d.i + 0.5 + shift, fontWeight: "bold", textAnchor: "start" }),
    ],
  });
  const x = plot.scale("x")!;
  const y = plot.scale("y")!;
  return {
    svg: drawingOf(plot),
    marks: rungs.map((rung, i) => ({
      x: rung.empty ? x.apply(0) + 6 : x.apply(rung.decades) as number,
      y: y.apply(rung.i + 0.5 + shift) as number,
      lane: i, row: i,
      words: `${rung.shown}: ${rung.empty ? "nothing left"
        : `${rung.count} left`} (${BASIS[rung.basis]})`,
    })),
  };
}

export const ladder: Chart<LadderData> = {
  start: (data) => (room) => draw(data, room),
};
