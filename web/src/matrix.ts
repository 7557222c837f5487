/*
 * Who holds what: parties across, issues down, a sign for everything a party holds there. A place
 * without a sign: nothing is known.
 */
import type { Chart, ChartData } from "./chart";
import { grid, type Place } from "./grid";
import { sign, signWords, type Basis } from "./signs";

interface Entry {
  party: number;
  issue: number;
  what: string;
  firmness: number;
  basis: Basis;
  when: string | null;
  ref: string | null;
}

interface MatrixData extends ChartData {
  /** Parties in one table. */
  columns: number;
  parties: string[];
  issues: string[];
  entries: Entry[];
}

function words(data: MatrixData, party: number, issue: number, entries: Entry[]): string {
  const all = entries.map((entry) => {
    const on = [signWords(entry.firmness, entry.basis), entry.when, entry.ref]
      .filter((part) => part !== null && part !== "").join(", ");
    return entry.basis === "reading" ? `[our reading: ${entry.what} (${entry.ref ?? ""})]`
      : `${entry.what} (${on})`;
  });
  return `${data.parties[party] ?? ""} on ${data.issues[issue] ?? ""}: ${all.join("; ")}`;
}

function places(data: MatrixData): Place[] {
  const cells = new Map<number, Entry[]>();
  for (const entry of data.entries) {
    const at = entry.issue * data.parties.length + entry.party;
    cells.set(at, [...cells.get(at) ?? [], entry]);
  }
  return [...cells].sort((a, b) => a[0] - b[0]).map(([at, entries]) => {
    const column = at % data.parties.length;
    const row = Math.floor(at / data.parties.length);
    return { column, row, tableRow: row, table: Math.floor(column / data.columns),
      words: words(data, column, row, entries),
      signs: entries.map((entry) => (x: number, y: number) =>
        sign(entry.firmness, entry.basis, x, y)) };
  });
}

export const matrix: Chart<MatrixData> = {
  start: (data) => {
    const all = places(data);
    return (room) => grid(data.parties, data.issues, all, room);
  },
};
