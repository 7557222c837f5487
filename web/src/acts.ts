/*
 * Who must act: parties across, issues down. Square: its consent is needed (hollow), it must act in
 * what is left (full). Triangle: its words stand in a sticking point (full), our reading of it does
 * (dashed, in brackets). Diamond: it would move in one of the smallest bridges.
 */
import type { Chart, ChartData } from "./chart";
import { grid, type Place } from "./grid";
import { sign, type Basis } from "./signs";

type Why = "consent" | "acts" | "sticks" | "read" | "moves";

interface ActsData extends ChartData {
  parties: string[];
  issues: string[];
  /** row: of the table. */
  acts: { party: number; issue: number; why: Why[] }[];
}

const POSITION = 3;
const SIGNS: Record<Why, { shape: number; basis: Basis; words: string }> = {
  consent: { shape: POSITION, basis: "reported", words: "its consent is needed" },
  acts: { shape: POSITION, basis: "record", words: "it must act in what is left" },
  sticks: { shape: 4, basis: "record", words: "its words are in a sticking point" },
  read: { shape: 4, basis: "reading", words: "[our reading of it is in a sticking point]" },
  moves: { shape: 2, basis: "record", words: "it would move in a bridge" },
};

function places(data: ActsData): Place[] {
  return data.acts.map((act) => ({
    column: act.party, row: act.issue, tableRow: act.party,
    signs: act.why.map((why) => (x: number, y: number) =>
      sign(SIGNS[why].shape, SIGNS[why].basis, x, y)),
    words: `${data.parties[act.party] ?? ""} on ${data.issues[act.issue] ?? ""}: ${
      act.why.map((why) => SIGNS[why].words).join("; ")}`,
  })).sort((a, b) => a.row - b.row || a.column - b.column);
}

export const acts: Chart<ActsData> = {
  start: (data) => {
    const all = places(data);
    return (room) => grid(data.parties, data.issues, all, room);
  },
};
