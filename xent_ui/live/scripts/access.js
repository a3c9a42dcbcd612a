// What every page has for people who use a keyboard or a screen reader.
//
// A link past the menu is the first thing that the keyboard reaches. After a step to another page, the focus is at its
// title. A formula or a table that is wider than the page scrolls sideways by keyboard, and has a name. What a popover
// shows comes after its button: Streamlit draws it at the end of the page, and leaves the focus where it was.
// results.js says results aloud, sidebar.js keeps the keyboard in a menu that lies over the page.

import { isDark } from "./page.js";
import { forgetResults, keepFocus, sayResults, watchResults } from "./results.js";
import { OPENER, watchSidebar } from "./sidebar.js";

const OFTEN = 400; // ms between two looks at the page while it changes
const LATEST = 5000; // ms to wait for the title of a new page
const LINKS = `.xent-menu, .stPageLink, ${OPENER}`; // from where one goes to another page, or where one is after it
const MAIN = ".stMain";
const TITLE = ".stMainBlockContainer h1";
const POPOVER = "[data-testid=stPopoverBody]";
const STOPS = "a[href], button, input, textarea, select, summary, [tabindex='0']";
const ANCHOR = "[data-testid=stHeaderActionElements] a[aria-label='Link to heading']";
const UNSEEN = "[aria-hidden=true] *"; // what stands in for a formula, or keeps room for it
const WIDE = [
  ["Formula", ".stMarkdown .katex-display"],
  ["Table", ".stMarkdown div:has(> table)"],
  ["Program", ".stCode pre"],
];

let open; // the page that is open
let title; // as it was last seen
let timer;
let watched; // the popover that was open last
let measured; // its parts
const changes = new MutationObserver(() => {
  timer ??= setTimeout(look, OFTEN);
  keepFocus();
});
const openings = new MutationObserver(() => reachPopover());
const sizes = new ResizeObserver(() => reachPopover());
const themes = new MutationObserver(() => tellTheme());

// The focus has another color on a dark page.
function tellTheme() {
  document.documentElement.dataset.xentTheme = isDark() ? "dark" : "light";
}

function look() {
  timer = undefined;
  title = document.querySelector(TITLE)?.textContent;
  for (const [kind, selector] of WIDE) {
    const boxes = [...document.querySelectorAll(`${MAIN} :is(${selector}):not(${UNSEEN})`)];
    for (const [at, box] of boxes.entries()) reach(box, `${kind} ${at + 1}`);
  }
  reachPopover();
  watchSidebar();
  if (!sayResults()) timer = setTimeout(look, OFTEN);
  for (const each of document.querySelectorAll(`${MAIN} ${ANCHOR}`))
    each.setAttribute("aria-label", `Link to “${each.closest(":is(h1, h2, h3, h4, h5, h6)")?.textContent.trim()}”`);
  // Streamlit names a widget by its label as it is written, with marks of emphasis.
  for (const each of document.querySelectorAll(`${MAIN} [aria-label*="*"]`))
    each.setAttribute("aria-label", each.getAttribute("aria-label").replaceAll("*", ""));
}

// Let the keyboard scroll a popover that holds more than has room, maybe only text.
function reachPopover() {
  const shown = document.querySelector(POPOVER);
  if (!shown) return;
  if (shown !== watched) {
    watched = shown;
    sizes.disconnect();
    measured = new WeakSet();
  }
  for (const each of [shown, ...shown.children, ...[...shown.children].flatMap(({ children }) => [...children])]) {
    if (measured.has(each)) continue; // what it shows may come after it
    measured.add(each);
    sizes.observe(each);
  }
  if (shown.scrollHeight > shown.clientHeight + 1) shown.tabIndex = 0;
}

// The popover may be drawn where one was before.
function awaitPopover(frames) {
  reachPopover();
  if (frames) requestAnimationFrame(() => awaitPopover(frames - 1));
}

// Let the keyboard scroll a box that is wider than its place.
function reach(box, name) {
  const scrolls = box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX);
  if (scrolls === box.hasAttribute("data-xent-scrolls")) return;
  box.toggleAttribute("data-xent-scrolls", scrolls);
  const given = { tabindex: "0", role: "region", "aria-label": name };
  for (const [attribute, value] of Object.entries(given)) {
    if (scrolls) box.setAttribute(attribute, value);
    else box.removeAttribute(attribute);
  }
}

function focusOn(element) {
  if (!element) return;
  if (!element.matches("a, button, input")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

function skip(event) {
  event.preventDefault();
  const start = document.querySelector(TITLE) ?? document.querySelector(MAIN);
  start?.scrollIntoView({ block: "nearest" });
  focusOn(start);
}

// Let Tab go round from the button of an open popover through what it shows; Escape closes it.
function enter(event) {
  if (event.key !== "Tab") return;
  const shown = document.querySelector(POPOVER);
  const button = document.querySelector(".stPopover button[aria-expanded=true]");
  if (!shown || !button) return;
  const inside = [...shown.querySelectorAll(STOPS)].filter((each) => !each.disabled && each.checkVisibility());
  const stops = shown.tabIndex === 0 ? [shown, ...inside] : inside;
  const at = document.activeElement;
  const isLast = at === (event.shiftKey ? stops[0] : stops.at(-1));
  const to = at === button ? (event.shiftKey ? null : stops[0]) : shown.contains(at) && isLast ? button : null;
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function drawSkipLink() {
  if (document.querySelector(".xent-skip")) return;
  const link = Object.assign(document.createElement("a"), { className: "xent-skip", href: "#stMain" });
  link.textContent = "Skip to the lesson";
  link.addEventListener("click", skip);
  document.body.prepend(link);
}

// The link that was followed is gone, or belongs to the menu: go on at the title of the new page, unless the reader has
// gone elsewhere on it.
function arrive() {
  const end = performance.now() + LATEST;
  const before = title;
  const wait = () => {
    const now = document.querySelector(TITLE);
    const focus = document.activeElement;
    if (focus && focus !== document.body && !focus.closest(LINKS)) return;
    if (now && now.textContent !== before) focusOn(now);
    else if (performance.now() < end) requestAnimationFrame(wait);
  };
  wait();
}

export function render({ data }) {
  if (open === undefined) {
    drawSkipLink();
    for (const part of [document.querySelector(MAIN), document.body])
      changes.observe(part, { childList: true, subtree: part !== document.body });
    openings.observe(document.body, { childList: true });
    const app = document.querySelector(".stApp");
    themes.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
      window.matchMedia(query).addEventListener("change", () => requestAnimationFrame(tellTheme));
    window.addEventListener("resize", () => { timer ??= setTimeout(look, OFTEN); });
    document.addEventListener("keydown", enter);
    document.addEventListener("click", ({ target }) => { if (target.closest(".stPopover button")) awaitPopover(30); });
    document.fonts.addEventListener("loadingdone", () => { timer ??= setTimeout(look, OFTEN); }); // letters are wider
    tellTheme();
    watchResults();
    timer = setTimeout(look, OFTEN); // what stands there already
  } else if (open !== data.page) {
    forgetResults();
    arrive();
  }
  open = data.page;
}

export function close() {}
