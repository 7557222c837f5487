/*
 * The frame of a chart: takes the data out of the page, puts the drawing in the place of the picture
 * that the program drew, draws again when the room changes and for paper, and lets a keyboard, a
 * pointer and a screen reader reach each mark.
 *
 * The marks are options of a list box that is not seen: arrow keys walk, the drawing shows a ring, a
 * line below says the words, Enter goes to the row of the table that holds the same.
 */
import type { Chart, ChartData, Drawing, Draw, Mark } from "./chart";
import { element, svgElement } from "./elements";

/** A4 without the margins of the page, in CSS pixels. */
const PAPER = 670;
const NARROW = 520;
/** How near a pointer must come to a mark, in pixels. */
const NEAR = 28;

let frames = 0;

export class Frame<T extends ChartData> {
  private readonly number = frames++;
  private readonly place = element("div", "drawn");
  private readonly controls = element("div", "controls");
  private readonly list = element("ul", "marks");
  private readonly readout = element("p", "readout");
  private readonly draw: Draw;
  private readonly tables: HTMLTableElement[];
  private drawing: Drawing | null = null;
  private at = -1;
  private width = 0;

  constructor(private readonly figure: HTMLElement, chart: Chart<T>, private readonly data: T) {
    this.tables = (figure.dataset["table"] ?? "").split(" ")
      .map((id) => document.getElementById(id))
      .filter((node): node is HTMLTableElement => node instanceof HTMLTableElement);
    this.draw = chart.start(data, {
      place: this.controls,
      changed: () => this.redraw(true),
      rows: (shown) => this.showRows(shown),
    });
    const first = this.make(this.room());
    const picture = figure.querySelector(":scope > svg");
    if (picture !== null) {
      picture.replaceWith(this.place);
    } else {
      figure.prepend(this.place);
    }
    if (this.controls.childElementCount > 0) {
      this.place.before(this.controls);
    }
    this.place.after(this.list, this.readout);
    this.show(first);
    this.listen();
  }

  private room(): number {
    const width = this.figure.getBoundingClientRect().width;
    return Math.max(240, Math.floor(width > 0 ? width : PAPER));
  }

  private make(width: number): Drawing {
    this.width = width;
    return this.draw({ width, narrow: width < NARROW });
  }

  private show(drawing: Drawing): void {
    this.drawing = drawing;
    const svg = drawing.svg;
    svg.querySelectorAll("[aria-label]").forEach((node) => node.removeAttribute("aria-label"));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${this.data.title}. ${this.data.words}`);
    this.place.replaceChildren(svg);
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", `Marks: ${this.data.title}`);
    this.list.tabIndex = 0;
    this.list.hidden = drawing.marks.length === 0;
    this.list.replaceChildren(...drawing.marks.map((mark, i) => {
      const option = element("li");
      option.setAttribute("role", "option");
      option.id = `mark-${this.number}-${i}`;
      option.textContent = mark.words;
      return option;
    }));
    this.at = -1;
    this.list.removeAttribute("aria-activedescendant");
    this.say("");
  }

  private redraw(keep: boolean): void {
    const width = keep && this.width > 0 ? this.width : this.room();
    this.show(this.make(width));
  }

  private say(words: string): void {
    this.readout.textContent = words !== "" ? words
      : this.drawing !== null && this.drawing.marks.length > 0
        ? "Point at a mark, or press Tab and the arrow keys, to read what it says."
        : "";
  }

  /* ------------------------------------------------------------- choosing a mark */

  private choose(i: number): void {
    const drawing = this.drawing;
    const mark = drawing?.marks[i];
    if (drawing === null || mark === undefined || i === this.at) {
      return;
    }
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = i;
    drawing.svg.querySelector(".ring")?.remove();
    const ring = svgElement("circle",
      { class: "ring", cx: mark.x, cy: mark.y, r: 12, fill: "none", stroke: "#0b4a8f",
        "stroke-width": 3 });
    drawing.svg.append(ring);
    const option = this.list.children[i];
    if (option !== undefined) {
      option.setAttribute("aria-selected", "true");
      this.list.setAttribute("aria-activedescendant", option.id);
    }
    this.say(mark.words);
  }

  /** The next mark in a direction; the same when there is none. */
  private next(marks: Mark[], key: string): number {
    const now = marks[this.at];
    if (now === undefined) {
      return 0;
    }
    const across = key === "ArrowLeft" || key === "ArrowRight";
    const forward = key === "ArrowRight" || key === "ArrowDown";
    let best = this.at;
    let least = Infinity;
    marks.forEach((mark, i) => {
      const lanes = (mark.lane - now.lane) * (forward ? 1 : -1);
      const order = (mark.x - now.x || mark.y - now.y || i - this.at) * (forward ? 1 : -1);
      const far = across ? (lanes === 0 && order > 0 ? order : Infinity)
        : lanes > 0 ? lanes * 1e6 + Math.abs(mark.x - now.x) : Infinity;
      if (far < least) {
        least = far;
        best = i;
      }
    });
    return best;
  }

  private key(event: KeyboardEvent): void {
    const marks = this.drawing?.marks ?? [];
    if (event.altKey || event.ctrlKey || event.metaKey || marks.length === 0) {
      return;
    }
    if (event.key.startsWith("Arrow")) {
      this.choose(this.next(marks, event.key));
    } else if (event.key === "Home") {
      this.choose(0);
    } else if (event.key === "End") {
      this.choose(marks.length - 1);
    } else if (event.key === "Enter" || event.key === " ") {
      this.toRow(marks[this.at]);
    } else {
      return;
    }
    event.preventDefault();
  }

  private toRow(mark: Mark | undefined): void {
    const tr = mark?.row === undefined ? undefined
      : this.tables[mark.table ?? 0]?.tBodies[0]?.rows[mark.row];
    if (tr !== undefined) {
      tr.tabIndex = -1;
      tr.focus();
    }
  }

  private point(event: PointerEvent): void {
    const drawing = this.drawing;
    if (drawing === null) {
      return;
    }
    const box = drawing.svg.getBoundingClientRect();
    const scale = drawing.svg.viewBox.baseVal.width / Math.max(1, box.width);
    const x = (event.clientX - box.left) * scale;
    const y = (event.clientY - box.top) * scale;
    let best = -1;
    let least = NEAR;
    drawing.marks.forEach((mark, i) => {
      const far = Math.hypot(mark.x - x, mark.y - y);
      if (far < least) {
        least = far;
        best = i;
      }
    });
    this.choose(best);
  }

  private showRows(shown: ReadonlySet<number> | null): void {
    Array.from(this.tables[0]?.tBodies[0]?.rows ?? []).forEach((row, i) => {
      row.hidden = shown !== null && !shown.has(i);
    });
  }

  /* --------------------------------------------------------------------- events */

  private listen(): void {
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focus", () => {
      if (this.at < 0) {
        this.choose(0);
      }
    });
    this.place.addEventListener("pointermove", (event) => this.point(event));
    this.place.addEventListener("pointerdown", (event) => this.point(event));
    let asked = false;
    new ResizeObserver(() => {
      if (!asked && this.room() !== this.width) {
        asked = true;
        requestAnimationFrame(() => {
          asked = false;
          this.redraw(false);
        });
      }
    }).observe(this.figure);
    window.addEventListener("beforeprint", () => this.show(this.make(PAPER)));
    window.addEventListener("afterprint", () => this.redraw(false));
  }
}
