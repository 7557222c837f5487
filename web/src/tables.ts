/*
 * Tables wider than the screen scroll inside a region that a keyboard reaches. Where a table fits,
 * its region is no stop for Tab.
 */
export function wideTables(): void {
  const regions = document.querySelectorAll<HTMLElement>(".scroll");
  const look = (region: HTMLElement): void => {
    if (region.scrollWidth > region.clientWidth) {
      region.tabIndex = 0;
    } else {
      region.removeAttribute("tabindex");
    }
  };
  const observer = new ResizeObserver((entries) => {
    entries.forEach((entry) => look(entry.target as HTMLElement));
  });
  regions.forEach((region) => {
    look(region);
    observer.observe(region);
  });
}
