/*
 * The script of the page: every figure that names a chart and brings its data is drawn. A chart that
 * fails leaves the picture and the table as they are, and says so on the console.
 */
import { Frame } from "./frame";
import { wideTables } from "./tables";
import { charts } from "./registry";

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-chart]")) {
  const chart = charts.get(figure.dataset["chart"] ?? "");
  const data = figure.querySelector('script[type="application/json"]')?.textContent;
  if (chart !== undefined && data != null) {
    try {
      new Frame(figure, chart, JSON.parse(data));
      figure.classList.add("is-drawn");
    } catch (error) {
      console.error("a chart could not be drawn", error);
    }
  }
}
wideTables();
