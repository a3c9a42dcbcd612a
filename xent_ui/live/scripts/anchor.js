// Keeps the heading that the address names at the top of the window while what stands above it still grows: formulas and
// fonts arrive after the text. It stops as soon as the reader does anything.

const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"];
const watches = new WeakMap(); // by component: what ends its watch

export function render({ parentElement }) {
  const name = decodeURIComponent(window.location.hash.slice(1));
  if (!name || watches.has(parentElement)) return; // a later run of the page must not scroll again
  const observer = new ResizeObserver(() => document.getElementById(name)?.scrollIntoView());
  const stop = () => {
    observer.disconnect();
    for (const hand of HANDS) window.removeEventListener(hand, stop, { capture: true });
  };
  watches.set(parentElement, stop);
  for (const hand of HANDS) window.addEventListener(hand, stop, { capture: true, passive: true });
  observer.observe(parentElement.closest(".stMainBlockContainer"));
}

export function close(parentElement) {
  watches.get(parentElement)?.();
  watches.delete(parentElement);
}
