/*
 * Positions over time: a lane for each party, or for each issue, or for both; a mark for what was
 * said on a day. Marks of a lane that would meet stand under one another. The controls choose lanes,
 * a party, an issue and days; the table shows what is chosen.
 */
import * as Plot from "@observablehq/plot";
import type { Chart, ChartData, Controls, Drawing, Room } from "./chart";
import { button, choice, dayField, isoDay } from "./controls";
import { FONT, cut, drawingOf, svgElement } from "./elements";
import { REACH, sign, signWords, type Basis } from "./signs";

interface TimelineMark {
  party: number;
  issue: number;
  what: string;
  firmness: number;
  basis: Basis;
  /** Days from 1970-01-01; null: no day known. */
  day: number | null;
  first?: number;
  last?: number;
  when: string;
  ref: string;
  until: string;
}

interface TimelineData extends ChartData {
  now: number | null;
  parties: string[];
  issues: string[];
  marks: TimelineMark[];
  joins: { from: number; to: number; kind: string; said: boolean }[];
}

interface Chosen {
  lanes: "party" | "issue" | "both";
  party: number | null;
  issue: number | null;
  from: number;
  to: number;
}

interface Placed extends TimelineMark {
  row: number;
  lane: number;
  x: number;
  y: number;
  start: number;
}

const LEVEL = 20;
const SPACE = 8;
const TOP = 26;
const UNDATED = 86;
const LABELS_MOST = 80; /* marks with their reference beside them */
const DAYS_NAMED = 200; /* in a longer time ticks are months and years */
const DAY = 86400000;

const dated = (marks: TimelineMark[]): number[] =>
  marks.flatMap((mark) => mark.day === null ? [] : [mark.first ?? mark.day, mark.day]);

function visible(data: TimelineData, chosen: Chosen): { mark: TimelineMark; row: number }[] {
  return data.marks.map((mark, row) => ({ mark, row })).filter(({ mark }) =>
    (chosen.party === null || mark.party === chosen.party) &&
    (chosen.issue === null || mark.issue === chosen.issue) &&
    (mark.day === null || (mark.day >= chosen.from && (mark.first ?? mark.day) <= chosen.to)));
}

function laneName(data: TimelineData, chosen: Chosen, mark: TimelineMark): string {
  const party = data.parties[mark.party] ?? "";
  const issue = data.issues[mark.issue] ?? "";
  return chosen.lanes === "party" ? party : chosen.lanes === "issue" ? issue
    : `${party}: ${issue}`;
}

function words(data: TimelineData, mark: TimelineMark): string {
  const ours = mark.basis === "reading";
  const what = `${data.parties[mark.party] ?? ""}, ${data.issues[mark.issue] ?? ""}: ${mark.what}`;
  const until = mark.until === "" ? "" : ` \u2192 ${mark.until}`;
  return `${mark.when}. ${ours ? `[our reading: ${what}]` : what} (${
    signWords(mark.firmness, mark.basis)}, ${mark.ref})${until}`;
}

function draw(data: TimelineData, chosen: Chosen, room: Room): Drawing {
  const shown = visible(data, chosen);
  const key = (mark: TimelineMark): number => chosen.lanes === "party" ? mark.party
    : chosen.lanes === "issue" ? mark.issue : mark.party * data.issues.length + mark.issue;
  const keys = [...new Set(shown.map(({ mark }) => key(mark)))].sort((a, b) => a - b);
  const undated = shown.some(({ mark }) => mark.day === null);
  const labels = shown.length <= LABELS_MOST;
  const left = room.narrow ? 26 : chosen.lanes === "both" ? 240 : 150;
  const end = room.width - 26 - (labels ? 34 : 0) - (undated ? UNDATED : 0);
  const span = Math.max(1, chosen.to - chosen.from);
  const x = (day: number): number =>
    left + (Math.min(Math.max(day, chosen.from), chosen.to) - chosen.from) / span * (end - left);
  const head = room.narrow ? 18 : 0; /* a lane's name stands above it */

  const placed: Placed[] = [];
  const tops: number[] = [];
  let y = TOP;
  keys.forEach((lane, index) => {
    const ends: number[] = [];
    tops.push(y);
    for (const { mark, row } of shown.filter(({ mark: one }) => key(one) === lane)) {
      const at = mark.day === null ? end + (labels ? 34 : 0) + 26 : x(mark.day);
      const start = mark.day === null ? at : Math.min(at, x(mark.first ?? mark.day));
      let level = ends.findIndex((taken) => taken <= start);
      level = level < 0 ? ends.length : level;
      ends[level] = at + REACH * 2 + 2 + (labels ? 6 * Math.min(8, mark.ref.length) : 0);
      placed.push({ ...mark, row, lane: index, x: at, start,
        y: y + head + level * LEVEL + LEVEL / 2 });
    }
    y += head + Math.max(1, ends.length) * LEVEL + SPACE;
  });
  const height = y + 2;
  const byRow = new Map(placed.map((mark) => [mark.row, mark]));

  const domain = [new Date(chosen.from * DAY), new Date((chosen.from + span) * DAY)];
  const some = Math.max(2, Math.floor((end - left) / 90));
  const step = Math.max(1, Math.ceil(span / some));
  const ticks = shown.every(({ mark }) => mark.day === null) ? []
    : span > DAYS_NAMED ? some
    : Array.from({ length: Math.floor(span / step) + 1 },
      (_, i) => new Date((chosen.from + i * step) * DAY));

  const plot = Plot.plot({
    width: room.width, height, marginLeft: left, marginRight: room.width - end, marginTop: TOP,
    marginBottom: 2,
    style: { fontFamily: FONT, fontSize: "12px", color: "#111",
      background: "none" },
    x: { type: "utc", domain },
    y: { domain: [height - 2, TOP], axis: null, type: "linear" },
    marks: [
      Plot.axisX({ ticks, anchor: "top", tickSize: 0, label: null, fill: "#444",
        ...(span <= DAYS_NAMED ? { tickFormat: shortDay } : {}) }),
      Plot.gridX({ ticks, stroke: "#999" }),
      ...(data.now !== null && data.now >= chosen.from && data.now <= chosen.to
        ? [Plot.ruleX([new Date(data.now * DAY)], { stroke: "#111", strokeDasharray: "1 3" })] : []),
    ],
  });
  const svg = drawingOf(plot);
  tops.forEach((top, i) => {
    const first = shown.find(({ mark }) => key(mark) === keys[i])!.mark;
    svg.append(svgElement("path", { d: `M0 ${top - SPACE / 2}H${room.width}`, stroke: "#ddd" }));
    const name = svgElement("text", { x: room.narrow ? 2 : left - 16, y: top + 14, fill: "#111",
      "text-anchor": room.narrow ? "start" : "end", "font-size": 12, "font-weight": "bold" });
    name.textContent = cut(laneName(data, chosen, first), room.narrow ? room.width - 4 : left - 18,
      true);
    svg.append(name);
  });
  if (undated) {
    const line = end + (labels ? 34 : 0) + 6;
    svg.append(svgElement("path", { d: `M${line} ${TOP - 4}V${height}`, stroke: "#777",
      "stroke-dasharray": "2 3" }));
    const name = svgElement("text", { x: line + 4, y: 14, fill: "#444", "font-size": 11,
      "text-anchor": "start" });
    name.textContent = "no day known";
    svg.append(name);
  }
  for (const mark of placed) {
    if (mark.start < mark.x) {
      svg.append(svgElement("path", { d: `M${mark.start} ${mark.y - 3}v6m0-3H${mark.x}`,
        stroke: "#777", fill: "none" }));
    }
  }
  for (const join of data.joins) {
    const from = byRow.get(join.from);
    const to = byRow.get(join.to);
    if (from !== undefined && to !== undefined) {
      svg.append(svgElement("path", { class: "join", stroke: "#111", "stroke-width": 1.4,
        d: `M${from.x} ${from.y}L${to.x} ${to.y}`, fill: "none",
        ...(join.said ? {} : { "stroke-dasharray": "3 3" }) }));
    }
  }
  for (const mark of placed) {
    const g = sign(mark.firmness, mark.basis, mark.x, mark.y);
    g.classList.add("sign");
    if (labels && mark.ref.length <= 8) {
      const ref = svgElement("text", { x: mark.basis === "reading" ? 15 : 12, y: 4,
        "font-size": 10, fill: "#333", "text-anchor": "start" });
      ref.textContent = mark.ref;
      g.append(ref);
    }
    svg.append(g);
  }
  if (placed.length === 0) {
    const none = svgElement("text", { x: left, y: TOP + 14, fill: "#111", "text-anchor": "start" });
    none.textContent = "Nothing is recorded for this choice.";
    svg.append(none);
    svg.setAttribute("viewBox", `0 0 ${room.width} ${TOP + 30}`);
    svg.setAttribute("height", String(TOP + 30));
  }
  return { svg, marks: placed.map((mark) =>
    ({ x: mark.x, y: mark.y, lane: mark.lane, row: mark.row, words: words(data, mark) })) };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function shortDay(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
}

function start(data: TimelineData, controls: Controls): (room: Room) => Drawing {
  const days = dated(data.marks);
  const first = days.length > 0 ? Math.min(...days) : 0;
  const last = days.length > 0 ? Math.max(...days) : 0;
  const pad = Math.max(1, Math.round((last - first) * 0.02));
  const whole = { from: first - pad, to: last + pad };
  const chosen: Chosen = { lanes: "party", party: null, issue: null, ...whole };
  const changed = (): void => {
    controls.rows(chosen.party === null && chosen.issue === null && chosen.from === whole.from &&
      chosen.to === whole.to ? null : new Set(visible(data, chosen).map(({ row }) => row)));
    controls.changed();
  };
  const used = (of: (mark: TimelineMark) => number, names: string[]): [string, string][] =>
    [...new Set(data.marks.map(of))].sort((a, b) => a - b)
      .map((i) => [String(i), cut(names[i] ?? "", 220)]);
  const number = (value: string): number | null => value === "" ? null : Number(value);

  const from = dayField("From", first, whole.from, whole.to, (day) => {
    chosen.from = Math.min(day ?? whole.from, chosen.to);
    changed();
  });
  const to = dayField("To", last, whole.from, whole.to, (day) => {
    chosen.to = Math.max(day ?? whole.to, chosen.from);
    changed();
  });
  controls.place.append(
    choice("A lane for each", [["party", "party"], ["issue", "issue"],
      ["both", "party and issue"]], (value) => {
      chosen.lanes = value as Chosen["lanes"];
      changed();
    }),
    choice("Party", [["", "all"], ...used((mark) => mark.party, data.parties)], (value) => {
      chosen.party = number(value);
      changed();
    }),
    choice("Issue", [["", "all"], ...used((mark) => mark.issue, data.issues)], (value) => {
      chosen.issue = number(value);
      changed();
    }));
  if (days.length > 0) {
    controls.place.append(from.label, to.label, button("All days", () => {
      chosen.from = whole.from;
      chosen.to = whole.to;
      from.field.value = isoDay(first);
      to.field.value = isoDay(last);
      changed();
    }));
  }
  return (room) => draw(data, chosen, room);
}

export const timeline: Chart<TimelineData> = { start };
