/*
 * What a chart is: a kind, as the page names it, and a function that takes the data of the page and
 * gives a function that draws. The frame (frame.ts) does what all charts need: room, keyboard, print.
 */

/** Members that every data block of the page begins with. */
export interface ChartData {
  /** What the picture shows, in one line. */
  title: string;
  /** The same in words, for those who do not see it. */
  words: string;
}

/** Where to draw: CSS pixels. */
export interface Room {
  width: number;
  /** Too little room for labels beside the marks. */
  narrow: boolean;
}

/** One mark of a drawing, as a keyboard or a finger reaches it. */
export interface Mark {
  /** Its middle, in pixels of the drawing. */
  x: number;
  y: number;
  /** Marks of one lane are walked by Left and Right; lanes by Up and Down. */
  lane: number;
  /** Everything the mark says. */
  words: string;
  /** Row of the table that holds the same, from 0; none: no row. */
  row?: number;
  /** Which of the tables, where a chart has several. */
  table?: number;
}

export interface Drawing {
  svg: SVGSVGElement;
  marks: Mark[];
}

/** What the frame gives to a chart that has controls. */
export interface Controls {
  /** Put controls in here; they stand above the drawing and are not printed. */
  place: HTMLElement;
  /** Draw again: a control has changed. */
  changed(): void;
  /** Show only these rows of the table beside the chart (null: all). */
  rows(shown: ReadonlySet<number> | null): void;
}

export type Draw = (room: Room) => Drawing;

export interface Chart<T extends ChartData> {
  start(data: T, controls: Controls): Draw;
}
