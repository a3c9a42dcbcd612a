// Keeps the page from jumping while a picture follows the hand.
//
// Caption and formula stand in cells together with invisible ghosts of the longest captions and the highest formulas to
// which a drag can lead (frame.css lays them over each other). Boxes whose content a drag replaces by something smaller,
// such as a question by its answer, keep the largest height that they have had at their width.

import { typeset } from "./formula.js";
import { base, frame, plain } from "./page.js";

const asked = new Map(); // from an address to what it answered

function ask(address) {
  if (!asked.has(address)) {
    const answer = fetch(address).then((reply) => (reply.ok ? reply.json() : null)).catch(() => null);
    answer.then((room) => room ?? asked.delete(address));
    asked.set(address, answer);
  }
  return asked.get(address);
}

// Put copies of an element with other contents beside it, which take room but are neither seen nor read.
function haunt(shown, contents) {
  return shown ? contents.map((content) => {
    const ghost = shown.cloneNode(false);
    ghost.className = `${shown.className} xent-ghost`.replace("xent-covered", "");
    ghost.setAttribute("aria-hidden", "true");
    delete ghost.dataset.testid;
    ghost.append(...content);
    shown.parentElement.append(ghost);
    return ghost;
  }) : [];
}

export class Room {
  constructor(stage) {
    this.stage = stage;
    this.ghosts = []; // of caption and formula, as they stand on the page
    this.boxes = new Map(); // from a box to the width at which its height was kept
    this.sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => this.keep(target)));
  }

  // Lay out the ghosts, unless these already stand on the page, and keep the boxes.
  async lay(data, narrow) {
    const boxOf = (name) => document.querySelector(`.st-key-${name}_${data.key}`);
    for (const box of ["asked", "formula", "tasks"].map(boxOf)) {
      if (!box || this.boxes.has(box)) continue;
      this.boxes.set(box, undefined);
      this.sizes.observe(box);
    }
    const address = typeof data.room === "string" && `${base(data.view)}/room?${data.room}${narrow ? "&narrow=1" : ""}`;
    const room = address ? await ask(address) : data.room;
    const of = JSON.stringify(room);
    const stand = this.ghosts.length && this.ghosts.every((ghost) => ghost.isConnected);
    if (!room || !this.stage.isConnected || (of === this.of && stand)) return;
    if (this.of && of !== this.of) this.release(boxOf("formula")); // another choice may need less
    this.of = of;
    const formulas = [];
    for (const formula of data.katex ? room.formulas : []) {
      formulas.push(await typeset(formula, base(data.katex)).catch(() => []));
      await frame(); // one takes longer to set than a picture to draw
    }
    if (of !== this.of || !this.stage.isConnected) return;
    const sentence = this.stage.closest("[data-testid=stElementContainer]")?.nextElementSibling?.querySelector("p:not(.xent-cover, .xent-ghost)");
    const formula = boxOf("formula")?.querySelector(".stMarkdown [data-testid=stMarkdownContainer]");
    this.clear();
    const captions = room.captions.map((words) => [plain(words)]);
    this.ghosts = [...haunt(sentence, captions), ...haunt(formula, formulas)];
  }

  // A box may grow, but not shrink, as long as its width stays.
  keep(box) {
    const width = box.offsetWidth;
    if (!width) return;
    const kept = this.boxes.get(box) === width ? parseFloat(box.style.minHeight) || 0 : 0;
    this.boxes.set(box, width);
    if (kept === 0) box.style.minHeight = "";
    // In whole px, of the page at any zoom: a fraction that is rounded another way would let it grow forever.
    const now = box.offsetHeight;
    if (now > kept) box.style.minHeight = `${now}px`;
  }

  release(box) {
    if (!box) return;
    this.boxes.set(box, undefined);
    this.keep(box);
  }

  clear() {
    for (const ghost of this.ghosts) ghost.remove();
    this.ghosts = [];
  }

  close() {
    this.sizes.disconnect();
    for (const box of this.boxes.keys()) box.style.minHeight = "";
    this.clear();
  }
}
