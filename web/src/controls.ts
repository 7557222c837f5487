/*
 * Controls of charts: native elements with their labels, so that every keyboard and reader knows
 * them.
 */
import { element } from "./elements";

const DAY = 86400000;

/** A day number as a date field has it. */
export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function choice(name: string, options: [string, string][],
  changed: (value: string) => void): HTMLLabelElement {
  const label = element("label", undefined, `${name} `);
  const select = element("select");
  for (const [value, words] of options) {
    const option = element("option", undefined, words);
    option.value = value;
    select.append(option);
  }
  select.addEventListener("change", () => changed(select.value));
  label.append(select);
  return label;
}

export function dayField(name: string, value: number, least: number, most: number,
  changed: (day: number | null) => void): { label: HTMLLabelElement; field: HTMLInputElement } {
  const label = element("label", undefined, `${name} `);
  const field = element("input");
  field.type = "date";
  field.value = isoDay(value);
  field.min = isoDay(least);
  field.max = isoDay(most);
  field.addEventListener("change", () => {
    const typed = Date.parse(`${field.value}T00:00:00Z`);
    changed(Number.isNaN(typed) ? null : Math.round(typed / DAY));
  });
  label.append(field);
  return { label, field };
}

export function button(words: string, pressed: () => void): HTMLButtonElement {
  const made = element("button", undefined, words);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}
