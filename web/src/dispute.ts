/*
 * The dispute on two days: a row for each issue, a sign for each day. Full: in dispute on words;
 * dashed and in brackets: only because of our reading; a dash: not in dispute. A thick line: it
 * changed.
 */
import * as Plot from "@observablehq/plot";
import type { Chart, ChartData, Drawing, Mark, Room } from "./chart";
import { FONT, cut, drawingOf, svgElement } from "./elements";
import { sign } from "./signs";

interface Day {
  all: boolean;
  /** On words alone; null: not told apart. */
  words: boolean | null;
}

interface DisputeData extends ChartData {
  /** Names of the columns. */
  days: string[];
  /** A day for each column. */
  issues: { name: string; days: Day[] }[];
}

const ROW = 26;
const CIRCLE = 1; /* a circle */

function words(day: Day): string {
  const said = day.all ? "in dispute" : "not in dispute";
  return day.words === null || day.all === day.words ? said
    : `[${said}, because of our reading] on words alone: ${day.words ? "" : "not "}in dispute`;
}

function draw(data: DisputeData, room: Room): Drawing {
  const left = room.narrow ? 110 : 170;
  const right = room.narrow ? 56 : 110;
  const top = room.narrow ? 92 : 64;
  const height = top + data.issues.length * ROW;
  const across = (room.width - left - right) / Math.max(1, data.days.length - 1);
  const plot = Plot.plot({
    width: room.width, height: height + 4, marginLeft: left, marginRight: right, marginTop: top,
    marginBottom: 4,
    style: { fontFamily: FONT, fontSize: "12px", color: "#111",
      background: "none" },
    x: { domain: [0, Math.max(1, data.days.length - 1)], axis: null },
    y: { domain: [data.issues.length, 0], axis: null },
    marks: [
      Plot.ruleY(data.issues.map((_, i) => i), { stroke: "#ddd", insetLeft: -left,
        insetRight: -right }),
      Plot.text(data.days, { x: (_: string, i: number) => i, frameAnchor: "top",
        dy: -8, fontWeight: "bold", lineWidth: Math.min(across, 2 * right) / 14,
        text: (name: string) => cut(name, (room.narrow ? 3.5 : 2.5) * Math.min(across, 2 * right), true),
        lineAnchor: "bottom" }),
      Plot.text(data.issues, { x: 0, dx: -40, y: (_: unknown, i: number) => i + 0.5,
        text: (issue: { name: string }) => cut(issue.name, left - 42),
        textAnchor: "end" }),
    ],
  });
  const svg = drawingOf(plot);
  const x = plot.scale("x")!;
  const marks: Mark[] = [];
  data.issues.forEach((issue, row) => {
    const y = top + (row + 0.5) * ROW;
    issue.days.forEach((day, i) => {
      const at = x.apply(i) as number;
      const before = issue.days[i - 1];
      if (before !== undefined) {
        svg.append(svgElement("path", { d: `M${(x.apply(i - 1) as number) + 14} ${y}H${at - 14}`,
          stroke: "#111", "stroke-width": before.all === day.all ? 0.7 : 3,
          ...(i > 1 ? { "stroke-dasharray": "4 3" } : {}) }));
      }
      const drawn = day.all ? sign(CIRCLE, day.words === null ? "reported"
        : day.words ? "record" : "reading", at, y)
        : svgElement("path", { d: `M${at - 6} ${y}h12`, stroke: "#111", "stroke-width": 2 });
      drawn.classList.add("sign");
      svg.append(drawn);
      marks.push({ x: at, y, lane: row, row,
        words: `${issue.name}, ${data.days[i] ?? ""}: ${words(day)}` });
    });
  });
  return { svg, marks };
}

export const dispute: Chart<DisputeData> = {
  start: (data) => (room) => draw(data, room),
};
