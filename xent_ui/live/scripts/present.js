// A page on a projector: one picture at a time with its question and its controls, and keys for whoever shows it.
//
// The page stays as it is. This script marks what is to be seen, and says how large; present.css does the rest.

import { isIdle } from "./page.js";

const ROOT = document.documentElement;
const WIDE = { width: 1280, height: 720 }; // px for which the layout is made; a larger window shows it larger
const SPARE = { width: 1440, height: 820 }; // px that it uses at most where a window has another shape
const PLAIN = { width: 1000, height: 560 }; // px below which a window shows everything at its usual size, in one column
// Sizes of the controls, and whether sliders and menus stand in pairs: the first that fits is taken.
const FITS = [
  ...[1.5, 1.4, 1.3].map((size) => ({ size, inPairs: false })),
  ...[1.3, 1.25, 1.2, 1.15, 1.1, 1, 0.9, 0.8, 0.7].map((size) => ({ size, inPairs: true })),
];
const AGAIN = 1200; // ms after which a size of the controls that was just found is looked at again
const EDGE = 10; // px above all
const GAP = 10; // px between what stands above the controls

const TYPING = "input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable=true]";
const ELSEWHERE = `${TYPING}, [role=listbox], [role=menu], [role=dialog], dialog`;
const OWN_SPACE = "a, button, input, summary, [role=button], [role=radio], [role=switch]";
const POPOVER = "[data-testid=stPopoverBody]"; // it is there only while it is open
const LATEST = 5000; // ms to wait for the page as it is without a presentation
const GROUP = "[role=radiogroup], [role=group]:has(> button), .stButtonGroup";

const LETTERS = { n: "next", p: "previous", r: "reveal", f: "full" };

const keyOf = (element, prefix = "") => {
  const name = `st-key-${prefix}`;
  const holder = element?.closest?.(`[class*="${name}"]`);
  return [...(holder?.classList ?? [])].find((each) => each.startsWith(name))?.slice(name.length);
};
const holderOf = (key) => document.querySelector(`.st-key-${CSS.escape(key)}`);
const put = (name, value) => ROOT.style.setProperty(`--xent-${name}`, value);

// The letter of a key, also on keyboards that write other letters.
const letterOf = ({ key, code }) => (/^[a-z]$/i.test(key) ? key : code.replace(/^Key/, "")).toLowerCase();

class Presentation {
  constructor(parent) {
    this.parent = parent;
    this.line = parent.querySelector(".xent-presentation");
    this.dialog = this.part("keys");
    this.wanted = new URL(location.href).searchParams.get("picture"); // the name of the picture to show
    this.hand = null; // the key of the control that was used last
    this.byKeyboard = false; // whether the focus came by the keyboard
    this.stop = new AbortController();
    const listen = (target, name, handler, options = {}) =>
      target.addEventListener(name, handler, { ...options, signal: this.stop.signal });
    for (const name of ["keydown", "pointerdown"]) listen(window, name, () => this.hold(), { capture: true });
    listen(window, "keydown", (event) => this.press(event), { capture: true });
    listen(window, "resize", () => this.fit());
    listen(document, "xent-hold", ({ detail }) => { this.hand = detail; });
    listen(document, "pointerdown", ({ target }) => this.use(target), { capture: true });
    listen(document, "focusin", ({ target }) => {
      this.byKeyboard = target.matches(":focus-visible");
      this.use(target);
    });
    listen(document, "click", ({ target }) => this.chosen(target), { capture: true });
    listen(this.dialog, "click", ({ target }) => { if (target === this.dialog) this.dialog.close(); });
    for (const button of parent.querySelectorAll("[data-does]"))
      listen(button, "click", () => this.does(button.dataset.does));
    this.changes = new MutationObserver(() => this.look());
    this.sizes = new ResizeObserver(() => this.fit());
    this.shown = []; // what is marked as shown
  }

  part(name) {
    return this.parent.querySelector(`[data-part=${name}]`);
  }

  update(data, tell) {
    Object.assign(this, { data, tell });
    ROOT.dataset.xentPresent ??= "page";
    if (!data.names.length) return; // a page without pictures is only larger
    if (!this.begun) this.changes.observe(document.querySelector(".stMain"), { childList: true, subtree: true });
    this.begun = true;
    this.look();
  }

  // --- what is shown ---------------------------------------------------------------------------------------------

  // The pictures of the page by name, in its order.
  pictures() {
    const { lesson } = this.data;
    const stages = [...document.querySelectorAll(".stMainBlockContainer .xent-stage")];
    return new Map(stages.map((stage) => [keyOf(stage, "picture_")?.slice(lesson.length + 1), stage]));
  }

  // Mark the picture to show and what belongs to it. Streamlit may have put other elements in their places.
  look() {
    const pictures = this.pictures();
    const names = [...pictures.keys()];
    const isComing = this.data.names.includes(this.wanted) && !isIdle();
    this.name = pictures.has(this.wanted) || isComing ? this.wanted : names[0];
    const stage = pictures.get(this.name);
    this.block = stage?.closest(".stColumn")?.parentElement;
    const title = document.querySelector(".stMainBlockContainer h1")?.closest("[data-testid=stHeading]");
    const more = this.name ? holderOf(`with_${this.data.lesson}_${this.name}`) : null;
    this.above = [title, more].filter(Boolean);
    const shown = [this.block, ...this.above].filter(Boolean);
    const place = names.indexOf(this.name) + 1;
    const words = place && names.length > 1 ? `Picture ${place} of ${names.length}` : "";
    if (this.part("place").textContent !== words) this.part("place").textContent = words;
    this.line.toggleAttribute("data-framed", this.data.framed);
    this.line.querySelector("p").hidden = !words || this.data.framed;
    this.line.querySelector("[data-does=previous]").disabled = place <= 1;
    this.line.querySelector("[data-does=next]").disabled = place >= names.length;
    if (shown.length === this.shown.length && shown.every((each, i) => each === this.shown[i])) return;
    this.unmark();
    this.shown = shown;
    if (this.block) this.block.dataset.xentPresented = "picture";
    if (this.block) this.block.parentElement.dataset.xentWindow = "";
    for (const each of this.above) each.dataset.xentPresented = each === title ? "title" : "more";
    const [side] = this.columns();
    for (const each of [...this.above, side, side?.firstElementChild]) // the caption, too, takes room from the side
      if (each) this.sizes.observe(each);
    this.fit();
  }

  columns() {
    return this.block ? [...this.block.children] : [];
  }

  unmark() {
    this.sizes.disconnect();
    for (const each of this.shown) {
      delete each.dataset.xentPresented;
      delete each.parentElement?.dataset.xentWindow;
    }
    this.shown = [];
  }

  // Say how large everything is.
  fit() {
    if (this.stop.signal.aborted) return;
    const { innerWidth: width, innerHeight: height } = window;
    const isWide = width >= PLAIN.width && height >= PLAIN.height;
    const zoom = isWide ? Math.min(width / WIDE.width, height / WIDE.height) : 1;
    const [across, down] = [width / zoom, height / zoom];
    const size = isWide ? [Math.min(across, SPARE.width), Math.min(down, SPARE.height)] : [across, down];
    ROOT.dataset.xentPresent = isWide ? "wide" : "plain";
    put("zoom", zoom);
    put("width", `${size[0]}px`);
    put("height", `${size[1]}px`);
    put("left", `${(across - size[0]) / 2}px`);
    const top = (down - size[1]) / 2;
    put("top", `${top}px`);
    let y = top + EDGE + (this.line.offsetHeight && this.line.offsetHeight + GAP);
    for (const each of this.above ?? []) {
      each.style.setProperty("--xent-above", `${y}px`);
      y += each.offsetHeight + GAP;
    }
    put("begin", `${y - top}px`);
    if (isWide) this.fitControls(`${this.name} ${width} ${height}`);
  }

  // Give the controls the largest size at which they fit. Once somebody has done something it only shrinks, so that
  // nothing moves under the hand when an answer takes less room than its question.
  fitControls(where) {
    const [side] = this.columns();
    if (!side) return;
    if (this.fitted?.where !== where) this.fitted = { where, from: 0, at: 0 };
    const { from } = this.fitted;
    const fits = () => side.scrollHeight <= side.clientHeight + 1 && side.scrollWidth <= side.clientWidth + 1;
    ROOT.dataset.xentMeasures = ""; // without the heights that room.js keeps at another size
    let at = from;
    for (; at < FITS.length; at += 1) {
      put("fit", FITS[at].size);
      side.toggleAttribute("data-xent-pairs", FITS[at].inPairs);
      if (fits()) break;
    }
    delete ROOT.dataset.xentMeasures;
    if (at < FITS.length && !fits()) // a box keeps a height that it had for a moment, such as before its font came
      for (const box of side.querySelectorAll('[class*="st-key-asked_"]')) box.style.minHeight = "";
    side.toggleAttribute("data-xent-overfull", at === FITS.length);
    clearTimeout(this.later);
    if (from < at && (this.fitted.at !== at || !isIdle())) this.later = setTimeout(() => this.fit(), AGAIN);
    this.fitted.at = at;
  }

  hold() {
    if (this.fitted) this.fitted.from = this.fitted.at;
  }

  // --- keys ------------------------------------------------------------------------------------------------------

  press(event) {
    const { key, target } = event;
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (this.dialog.open ? key !== "?" : target.closest?.(ELSEWHERE)) return;
    if (document.querySelector(POPOVER)) return; // Escape closes it, and no picture leaves from below it
    if (!this.answers(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Streamlit has keys of its own
  }

  // Do what a key stands for, and return whether it stands for anything.
  answers(event) {
    const { key, target, repeat } = event;
    if (key.startsWith("Arrow")) return this.arrow(key, target);
    if (key === " ") {
      const takes = this.byKeyboard && target.closest?.(OWN_SPACE) && !target.closest("input[type=range]");
      return !takes && Boolean(this.playButton()) && (repeat || this.does("play"));
    }
    if (key === "Escape") return !document.fullscreenElement && this.does("leave");
    if (key === "?") return repeat || this.does("keys");
    const does = !event.shiftKey && LETTERS[letterOf(event)];
    return Boolean(does) && (repeat || this.does(does));
  }

  does(name) {
    const acts = {
      next: () => this.go(1),
      previous: () => this.go(-1),
      play: () => this.playButton()?.click(),
      reveal: () => this.block?.querySelector('[class*="st-key-asked_"] [class*="st-key-show_"] button')?.click(),
      full: () => (document.fullscreenElement ? document.exitFullscreen() : ROOT.requestFullscreen()).catch(() => {}),
      leave: () => this.data.framed || this.leave(),
      keys: () => this.list(),
    };
    if (name !== "keys") this.dialog.close();
    acts[name]();
    return true;
  }

  playButton() {
    return this.block?.querySelector(".xent-play:not([hidden]) [data-does=play]");
  }

  list() {
    const isOpen = this.dialog.open;
    this.dialog.close();
    if (isOpen) return;
    const has = {
      play: this.playButton(),
      reveal: this.block?.querySelector('[class*="st-key-asked_"] [class*="st-key-show_"] button'),
      next: this.block && !this.data.framed,
      previous: this.block && !this.data.framed,
      leave: !this.data.framed,
      full: document.fullscreenEnabled,
    };
    for (const [name, can] of Object.entries(has))
      this.dialog.querySelector(`[data-does=${name}]`).hidden = !can;
    this.dialog.querySelector("[data-key=arrows]").hidden = !this.block;
    this.dialog.showModal();
  }

  go(by) {
    if (this.data.framed) return;
    const names = [...this.pictures().keys()];
    const next = names[names.indexOf(this.name) + by];
    if (next === undefined) return;
    this.wanted = next;
    this.hand = null;
    if (this.block?.contains(document.activeElement)) document.activeElement.blur();
    const address = new URL(location.href);
    address.searchParams.set("picture", next);
    history.replaceState(history.state, "", address);
    this.look();
    this.turned = next;
    this.tell.trigger("turned", next); // the server draws its controls beside it, and keeps the address
  }

  leave() {
    this.isLeaving = true;
    this.tell.trigger("left", this.turned ?? "");
  }

  // --- the control in hand ---------------------------------------------------------------------------------------

  // Remember the control that an element belongs to, if arrows can move it.
  use(target) {
    const key = this.block?.contains(target) && !target.closest(".xent-stage") && keyOf(target);
    if (!key || key.startsWith("preset_")) return;
    if (holderOf(key)?.querySelector(`input[type=range], ${GROUP}`)) this.hand = key;
  }

  // A menu from which something was chosen keeps the focus in its text field, where keys would be letters.
  chosen(target) {
    if (!target.closest?.("[role=option]")) return;
    setTimeout(() => document.activeElement?.closest("[role=combobox], input[aria-autocomplete]")?.blur(), 100);
  }

  arrow(key, target) {
    if (!this.block) return false;
    const isUp = ["ArrowRight", "ArrowUp"].includes(key) ? 1 : -1;
    const inHand = (this.hand && holderOf(this.hand)) ?? this.block;
    const thumb = inHand.querySelector("input[type=range]");
    const group = thumb ? null : inHand.querySelector(GROUP);
    if (group) {
      step(group, key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : isUp);
      return true;
    }
    if (!thumb || target === thumb) return false; // the slider itself takes its arrows
    thumb.focus({ preventScroll: true, focusVisible: true });
    slide(thumb, isUp, key);
    return true;
  }

  close() {
    this.stop.abort();
    clearTimeout(this.later);
    this.changes.disconnect();
    const stage = this.pictures().get(this.name);
    this.unmark();
    this.dialog.close();
    delete ROOT.dataset.xentPresent;
    for (const name of ["zoom", "width", "height", "left", "top", "begin", "fit"])
      ROOT.style.removeProperty(`--xent-${name}`);
    if (stage) requestAnimationFrame(() => stage.isConnected && stage.scrollIntoView({ block: "center" }));
    if (this.isLeaving) focusAgain();
  }
}

// The control that had the focus may be out of sight: go on at the button that began the presentation, or at the title.
function focusAgain() {
  const end = performance.now() + LATEST;
  const wait = () => {
    if (document.activeElement !== document.body) return;
    const title = document.querySelector(".stMainBlockContainer h1");
    const button = holderOf("present")?.querySelector("button");
    if (button) button.focus({ preventScroll: true });
    else if (isIdle() && title) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    } else if (performance.now() < end) requestAnimationFrame(wait);
  };
  wait();
}

// Move a slider by one step, as a key on it would.
function slide(thumb, by, key) {
  thumb.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })); // live.js draws a preview
  const [value, step, min, max] = [thumb.value, thumb.step || 1, thumb.min, thumb.max].map(Number);
  const next = Math.min(max, Math.max(min, Number((value + by * step).toPrecision(12))));
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(thumb, String(next));
  for (const name of ["input", "change"]) thumb.dispatchEvent(new Event(name, { bubbles: true }));
}

// Choose the option beside the chosen one.
function step(group, by) {
  const options = [...group.querySelectorAll("button, [role=radio], input[type=radio]")];
  const isChosen = ({ ariaChecked, dataset }) =>
    ariaChecked === "true" || dataset.selected === "true" || /Active/.test(dataset.testid);
  const next = options[options.findIndex(isChosen) + by];
  next?.focus({ preventScroll: true });
  next?.click();
}

const presentations = new WeakMap();

export function render({ parentElement, data, setTriggerValue }) {
  if (!presentations.has(parentElement)) presentations.set(parentElement, new Presentation(parentElement));
  presentations.get(parentElement).update(data, { trigger: setTriggerValue });
}

export function close(parentElement) {
  presentations.get(parentElement)?.close();
  presentations.delete(parentElement);
}
