// What a screen reader is told of a picture: its name, its newest caption as its description, and the caption aloud once
// a move has come to rest.

import { say } from "./page.js";

const RESTS = 800; // ms without a newer picture after which a move counts as over

export class Voice {
  constructor(picture, parent) {
    this.picture = picture;
    this.description = parent.querySelector(".xent-description");
    this.said = parent.querySelector(".xent-said");
    this.last = null; // the caption that was heard last, or that stood there before anything was moved
    this.stop = new AbortController();
    for (const name of ["pointerdown", "keydown", "change"])
      document.addEventListener(name, (event) => this.touch(event), { capture: true, signal: this.stop.signal });
  }

  name({ name, key }) {
    const { stage } = this.picture;
    stage.setAttribute("role", "img"); // not before it has a name
    stage.setAttribute("aria-label", name);
    this.description.id = `caption_of_${key}`;
    stage.setAttribute("aria-describedby", this.description.id);
  }

  // The hand is at work: at this picture, at another one, or at something that may move any of them, such as a card.
  touch({ target }) {
    const block = (element) => element.closest?.("[data-testid=stHorizontalBlock]:has(.xent-stage)");
    const touched = block(target);
    this.isMoved = !touched || touched === block(this.picture.stage);
  }

  describe(caption) {
    if (this.description.textContent !== caption) this.description.textContent = caption;
    if (!this.isMoved) this.last = caption; // nobody asked for it: the page opened, or the hand is at another picture
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), RESTS);
  }

  speak() {
    const caption = this.description.textContent;
    const { gesture, playing, busy } = this.picture;
    if (gesture || playing || busy) {
      this.wait();
      return;
    }
    if (caption === this.last) return;
    this.last = caption;
    say(this.said, caption);
  }

  close() {
    this.stop.abort();
    clearTimeout(this.timer);
  }
}
