/*
 * All charts, by the name that the page gives them in data-chart. README.md says how to add one.
 */
import type { Chart, ChartData } from "./chart";
import { acts } from "./acts";
import { dispute } from "./dispute";
import { frontier } from "./frontier";
import { ladder } from "./ladder";
import { matrix } from "./matrix";
import { timeline } from "./timeline";

export const charts = new Map<string, Chart<ChartData & any>>([
  ["acts", acts],
  ["dispute", dispute],
  ["frontier", frontier],
  ["ladder", ladder],
  ["matrix", matrix],
  ["timeline", timeline],
]);
