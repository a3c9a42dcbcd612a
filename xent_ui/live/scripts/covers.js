// Caption and formula of a preview stand in for those of the page until the page has drawn its own.

import { load, typeset, typesetNow } from "./formula.js";
import { base, plain } from "./page.js";

const FORMULA = 250; // ms between two formulas: one takes longer to set than a picture to draw, and nobody reads ten

export class Covers {
  constructor(stage) {
    this.stage = stage;
    this.covers = new Map(); // from the page's own element to the copy that stands in its place
    this.round = 0; // counts how often all covers were removed
  }

  show({ caption, formula }, data) {
    this.showCaption(caption);
    if (!formula || !data.katex) return;
    load(base(data.katex)).catch(() => {}); // so that it is there when the browser prints
    this.newest = { formula, data };
    this.timer ??= setTimeout(() => this.showFormula(), FORMULA);
  }

  // All of a preview at once, because the browser prints what stands there: no formula rather than that of another state.
  showNow({ caption, formula }, data) {
    this.round += 1; // a formula that is being set is older
    clearTimeout(this.timer);
    this.timer = undefined;
    this.showCaption(caption);
    this.cover(this.formulaOf(data), ...((formula && typesetNow(formula)) || []));
  }

  showCaption(caption) {
    const sentence = this.stage.closest("[data-testid=stElementContainer]")?.nextElementSibling;
    this.cover(sentence?.querySelector("p:not(.xent-cover, .xent-ghost)"), plain(caption));
  }

  formulaOf({ key }) {
    return document.querySelector(`.st-key-formula_${key} .stMarkdown [data-testid=stMarkdownContainer]`);
  }

  async showFormula() {
    const { round, newest } = this;
    const nodes = await typeset(newest.formula, base(newest.data.katex)).catch(() => null);
    if (round !== this.round) return; // the page has drawn its own meanwhile
    this.timer = undefined;
    if (nodes) this.cover(this.formulaOf(newest.data), ...nodes);
    if (newest !== this.newest) this.timer = setTimeout(() => this.showFormula(), FORMULA);
  }

  // A copy of the element, with the content of the preview, stands in its place: so it is laid out as the page's own.
  cover(shown, ...content) {
    if (!shown) return;
    let cover = this.covers.get(shown);
    if (!cover) {
      cover = shown.cloneNode(false);
      cover.classList.add("xent-cover");
      cover.setAttribute("aria-hidden", "true");
      delete cover.dataset.testid;
      shown.classList.add("xent-covered");
      shown.after(cover);
      this.covers.set(shown, cover);
    }
    cover.replaceChildren(...content);
  }

  remove() {
    this.round += 1;
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const [shown, cover] of this.covers) {
      shown.classList.remove("xent-covered");
      cover.remove();
    }
    this.covers.clear();
  }
}
