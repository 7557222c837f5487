/*
 * Making elements: texts go in as texts, never as HTML.
 */

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, className?: string, text?: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== undefined) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, String(value));
  }
  return made;
}

/** The drawing of a plot that may stand in a figure of its own. */
export function drawingOf(plot: Element): SVGSVGElement {
  const svg = plot instanceof SVGSVGElement ? plot : plot.querySelector("svg");
  if (!(svg instanceof SVGSVGElement)) {
    throw new Error("a plot without a drawing");
  }
  return svg;
}

/** Stripes, as the pictures of the program have them; for `fill: url(#id)`. */
export function stripes(id: string): SVGDefsElement {
  const defs = svgElement("defs", {});
  const pattern = svgElement("pattern", { id, width: 6, height: 6,
    patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(svgElement("rect", { width: 6, height: 6, fill: "#fff" }),
    svgElement("rect", { width: 3, height: 6, fill: "#33475b" }));
  defs.append(pattern);
  return defs;
}

export const FONT = "Helvetica, Arial, sans-serif";

const measure = document.createElement("canvas").getContext("2d");

/** How wide a text is at 12 pixels. */
export function wide(text: string, bold = false): number {
  if (measure === null) {
    return text.length * 8;
  }
  measure.font = `${bold ? "bold " : ""}12px ${FONT}`;
  return measure.measureText(text).width;
}

/** A name that fits into so many pixels: whole letters, and a sign that something is left out. */
export function cut(name: string, pixels: number, bold = false): string {
  if (wide(name, bold) <= pixels) {
    return name;
  }
  const letters = [...name];
  let least = 0;
  let most = Math.min(letters.length, 200);
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (wide(`${letters.slice(0, middle).join("")}\u2026`, bold) <= pixels) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return `${letters.slice(0, least).join("")}\u2026`;
}
