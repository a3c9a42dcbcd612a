// What an action of the learner leads to: the mark of an answer is said aloud, it describes the field in which the
// answer was typed, and the focus does not get lost with a button that removes itself.

import { isIdle, say } from "./page.js";

// The boxes in which results appear: guesses, tasks, cards, questions, marks.
const BOXES = `:is(${["asked", "tasks", "card", "question", "marked"].map((name) => `[class*=st-key-${name}_]`)})`;
const WORDS = ":is(.stMarkdown, .stAlert)";
const UNHEARD = ".xent-ghost, [data-testid*=Icon], [role=img], annotation, .katex-html";
const SILENT = ["Tab", "Shift", "Control", "Alt", "Meta", "Escape"]; // keys that lead to no result
const ANSWERED = 1500; // ms after which the mark of a typed answer is there, and the same as before if it is not new
const SOON = 100; // ms in which a script of the page may place a focus that is lost

const said = Object.assign(document.createElement("div"), { className: "xent-said xent-results" });
let known = new Map(); // from the class of a box to the words that it held last
let acted = false; // whether the learner has done something on this page
let times = 0; // that something was said

// What a screen reader says of an element: without icons, and each formula once.
function heard(element) {
  const copy = element.cloneNode(true);
  for (const each of copy.querySelectorAll(UNHEARD)) each.remove();
  for (const each of copy.querySelectorAll("p, br, li")) each.append(" ");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const partsOf = (box) => [...box.querySelectorAll(WORDS)].map(heard).filter(Boolean);

function tell(words) {
  times += 1;
  say(said, words);
}

// Say what is new in a box that has been there before. Return whether the page was complete enough to tell.
export function sayResults() {
  if (!isIdle()) return false;
  const news = [];
  for (const box of document.querySelectorAll(`.stMain ${BOXES}`)) {
    const name = [...box.classList].find((each) => each.startsWith("st-key-"));
    const now = partsOf(box);
    const before = known.get(name);
    if (before && acted) news.push(...now.filter((words) => !before.includes(words) && !isTheAsking(box, words)));
    known.set(name, now);
    describeField(box);
  }
  if (news.length) tell([...new Set(news)].join(" "));
  return true;
}

// Whether words ask, such as those of new numbers: then the learner has pressed for a new question, not for a result.
function isTheAsking(box, words) {
  const first = box.matches("[class*=st-key-question_]") && box.querySelector(WORDS);
  return first && heard(first) === words && box.querySelector("input[type=text]");
}

// Say the mark of a typed answer again if another answer has got the same one.
function repeat(field) {
  const before = times;
  const wait = () => {
    if (!isIdle()) setTimeout(wait, ANSWERED);
    else if (times === before && field.isConnected && field.value) {
      const mark = document.getElementById(field.getAttribute("aria-describedby"));
      if (mark) tell(heard(mark));
    }
  };
  setTimeout(wait, ANSWERED);
}

// A field is named by its question, too, and described by the mark of what was typed.
function describeField(box) {
  const field = box.matches("[class*=st-key-question_]") && box.querySelector("input[type=text]");
  if (!field) return;
  const [asks, mark] = box.querySelectorAll(WORDS);
  const name = [...box.classList].find((each) => each.startsWith("st-key-"));
  asks.id = `${name}-asks`;
  const label = document.querySelector(`label[for="${field.id}"]`);
  label.id = `${name}-label`;
  field.setAttribute("aria-labelledby", `${asks.id} ${label.id}`);
  const isMarked = Boolean(mark && field.value);
  if (isMarked) mark.id = `${name}-mark`;
  const wrong = isMarked && mark.querySelector("strong")?.textContent !== "Right.";
  const given = { "aria-describedby": isMarked && `${name}-mark`, "aria-invalid": wrong && "true" };
  for (const [attribute, value] of Object.entries(given))
    if (value) field.setAttribute(attribute, value);
    else field.removeAttribute(attribute);
}

// Another page has been opened: what stands there is no result.
export function forgetResults() {
  known = new Map();
  acted = false;
}

let at; // what had the focus last
let around = []; // the boxes in which it stood, the nearest first

function note({ target }) {
  at = target;
  around = [];
  for (let box = target.parentElement; box?.closest(".stMainBlockContainer"); box = box.parentElement) around.push(box);
}

// Give a focus that was removed with its button to the nearest box that is still there.
export function keepFocus() {
  if (!at || at.isConnected) return;
  const removed = at;
  at = undefined;
  setTimeout(() => {
    const now = document.activeElement;
    if (now && now !== document.body) return;
    const box = around.find((each) => each.isConnected);
    const isStep = removed.matches(".stPageLink *"); // the title of the next page gets the focus
    if (isStep || !box?.parentElement?.closest(".stMainBlockContainer")) return;
    if (!box.hasAttribute("tabindex")) box.tabIndex = -1;
    box.focus({ preventScroll: true });
  }, SOON);
}

export function watchResults() {
  said.setAttribute("role", "status");
  document.body.append(said);
  const act = ({ key }) => { acted ||= !SILENT.includes(key); };
  for (const name of ["pointerdown", "keydown", "change"]) document.addEventListener(name, act, { capture: true });
  document.addEventListener("focusin", note);
  for (const name of ["change", "keydown"])
    document.addEventListener(name, ({ target, key = "Enter" }) => {
      if (key === "Enter" && target.matches(`${BOXES} input[type=text]`)) repeat(target);
    });
}
