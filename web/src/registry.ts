/*
 * All charts, by the name that the page gives them in data-chart. README.md says how to add one.
 */
import type { Chart, ChartData } from "./chart";
import { ladder } from "./ladder";

export const charts = new Map<string, Chart<ChartData & any>>([
  ["ladder", ladder],
]);
