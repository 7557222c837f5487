/*
 * The frontier of two parties: a dot a package, lines where shares move between, the solutions by
 * shape and name. With more parties two of them are chosen; a dot that is beaten in this pair is not
 * beaten by all, and stays.
 */
import * as Plot from "@observablehq/plot";
import type { Chart, ChartData, Controls, Drawing, Room } from "./chart";
import { choice } from "./controls";
import { FONT, drawingOf } from "./elements";

interface FrontierData extends ChartData {
  parties: { name: string; without: number | null }[];
  points: { worth: number[]; open: boolean; joined: boolean }[];
  solutions: { name: string; worth: number[] | null }[];
}

const INK = "#33475b";
const SYMBOLS = ["diamond", "square", "triangle", "times"];

/** Four figures, as the tables have them. */
function figure(x: number): string {
  return Number(x.toFixed(2)).toString();
}

function draw(data: FrontierData, room: Room, a: number, b: number): Drawing {
  const pair = (worth: number[]) => ({ x: worth[a]!, y: worth[b]! });
  const points = data.points.map((point, i) => ({ ...pair(point.worth), open: point.open, i }));
  const lines = data.points.flatMap((point, i) => {
    const next = data.points[i + 1];
    return point.joined && next !== undefined
      ? [{ from: pair(point.worth), to: pair(next.worth) }] : [];
  });
  const solutions = data.solutions.flatMap((solution, i) => solution.worth === null ? []
    : [{ ...pair(solution.worth), name: solution.name, i, worth: solution.worth }]);
  const first = data.parties[a]!;
  const second = data.parties[b]!;
  const plot = Plot.plot({
    width: room.width,
    height: Math.min(420, Math.max(300, room.width * 0.6)),
    marginLeft: 52,
    marginRight: room.narrow ? 16 : 150,
    marginTop: 28,
    marginBottom: 44,
    style: { fontFamily: FONT, fontSize: "12px", color: "#111", background: "none" },
    x: { label: first.name, nice: true, grid: true },
    y: { label: second.name, nice: true, grid: true },
    marks: [
      ...(first.without === null ? [] : [Plot.ruleX([first.without],
        { stroke: "#111", strokeDasharray: "5 4" })]),
      ...(second.without === null ? [] : [Plot.ruleY([second.without],
        { stroke: "#111", strokeDasharray: "5 4" })]),
      Plot.link(lines, { x1: (d) => d.from.x, y1: (d) => d.from.y, x2: (d) => d.to.x,
        y2: (d) => d.to.y, stroke: INK, strokeWidth: 2 }),
      Plot.dot(points.filter((d) => !d.open), { x: "x", y: "y", r: 3.5, fill: INK }),
      Plot.dot(points.filter((d) => d.open), { x: "x", y: "y", r: 3.5, fill: "#fff", stroke: INK }),
      ...solutions.map((d) => Plot.dot([d], { x: "x", y: "y", r: 8, symbol: SYMBOLS[d.i] as "circle",
        fill: d.i === 3 ? "none" : "#fff", stroke: "#111", strokeWidth: 2 })),
      ...(room.narrow ? [] : solutions.map((d) => Plot.text([d], { x: "x", y: "y", dx: 14,
        dy: 14 * d.i - 21, text: "name", textAnchor: "start", fill: "#111", stroke: "#fff",
        strokeWidth: 4 }))),
    ],
  });
  const x = plot.scale("x")!;
  const y = plot.scale("y")!;
  const worths = (worth: number[]) =>
    worth.map((w, i) => `${data.parties[i]!.name} ${figure(w)}`).join(", ");
  return {
    svg: drawingOf(plot),
    marks: [
      ...points.map((d) => ({ x: x.apply(d.x) as number, y: y.apply(d.y) as number, lane: 0,
        row: d.i, table: 0,
        words: `Point ${d.i + 1}: ${worths(data.points[d.i]!.worth)}${d.open
          ? "; up to here, and not with it" : ""}` })),
      ...solutions.map((d) => ({ x: x.apply(d.x) as number, y: y.apply(d.y) as number, lane: 1,
        row: d.i, table: 1, words: `${d.name}: ${worths(d.worth)}` })),
    ],
  };
}

function start(data: FrontierData, controls: Controls) {
  let a = 0;
  let b = 1;
  if (data.parties.length > 2) {
    const names = (): [string, string][] =>
      data.parties.map((party, i) => [String(i), party.name]);
    const along = choice("Across", names(), (value) => {
      a = Number(value);
      controls.changed();
    });
    const up = choice("Up", names(), (value) => {
      b = Number(value);
      controls.changed();
    });
    up.querySelector("select")!.value = "1";
    controls.place.append(along, up);
  }
  return (room: Room) => draw(data, room, a, b);
}

export const frontier: Chart<FrontierData> = { start };
