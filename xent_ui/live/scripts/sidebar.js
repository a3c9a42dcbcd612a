// The sidebar on a phone and at 400 %, where it lies over the page: while it is open, the keyboard stays in it, and
// Escape folds it. On a wide window it stands beside the page, and nothing of this happens.

const OVER = window.matchMedia("(max-width: 768px)"); // where Streamlit lays the sidebar over the page
const FOLD = "[data-testid=stSidebarCollapseButton] button";
export const OPENER = "[data-testid=stExpandSidebarButton]";

let sidebar; // that is watched; Streamlit may draw a new one
let covers = false;
const states = new MutationObserver(() => follow());

const isOpen = () => sidebar.dataset.collapsed === "false" || sidebar.ariaExpanded === "true";

function follow() {
  const now = Boolean(sidebar?.isConnected) && isOpen() && OVER.matches;
  if (now !== covers) {
    covers = now;
    if (covers) reach(FOLD, () => covers);
    else if (OVER.matches && isLost()) reach(OPENER, () => !covers && isLost());
  }
  const behind = [...(sidebar?.parentElement?.children ?? []), ...document.querySelectorAll(".xent-skip")];
  for (const each of behind) if (each !== sidebar) each.inert = covers;
}

// Whether the focus is nowhere, or in the sidebar that has been folded.
function isLost() {
  const at = document.activeElement;
  return !at || at === document.body || sidebar.contains(at);
}

// Give the focus to a button as soon as it can take it, while it is still wanted.
function reach(selector, isWanted, tries = 60) {
  const button = document.querySelector(selector);
  if (!tries || !isWanted()) return;
  button?.focus({ preventScroll: true });
  if (!button || document.activeElement !== button)
    requestAnimationFrame(() => reach(selector, isWanted, tries - 1));
}

export function watchSidebar() {
  const now = document.querySelector(".stSidebar");
  if (now === sidebar) return;
  sidebar = now;
  states.disconnect();
  if (sidebar) states.observe(sidebar, { attributes: true, attributeFilter: ["data-collapsed", "aria-expanded"] });
  follow();
}

OVER.addEventListener("change", follow);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !covers || event.defaultPrevented) return;
  event.preventDefault();
  sidebar.querySelector(FOLD)?.click();
});
