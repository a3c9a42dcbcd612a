// A picture that follows the hand.
//
// Streamlit's widgets report a value only when the hand lets go. During a drag, this component reads the control, asks
// GET /view for the picture at that value (a preview) and draws the answer. Only one request is open at a time, and the
// next one always asks for the newest value: on a slow server fewer pictures are drawn, but no queue builds up. The
// widget still commits its value itself.

import { Covers } from "./covers.js";
import { boxOf, onAxis, pixelsFrom, placeOf, textAt, written } from "./handles.js";
import { NO_PICTURE, base, frame, isDark, loadPlotly, plain, rest } from "./page.js";
import { Paper } from "./paper.js";
import { Room } from "./room.js";
import { Voice } from "./voice.js";

const NARROW = 480; // px: a stage with less width is drawn as on a phone

const RESTING = 60; // ms without a move after which the hand counts as resting
const LOST = 3000; // ms after which a request without an answer is given up
const TOUCH = 36; // px around a handle within which a finger can grab it
const SLOP = 8; // px that a finger must move before its direction is known
const TAKES = "[class*=st-key-share_] button, .xent-print"; // what takes the state of the page along

class Picture {
  constructor(parent) {
    this.stage = parent.querySelector(".xent-stage");
    this.bar = parent.querySelector(".xent-play");
    this.painting = null; // promise of the drawing in progress
    this.playing = null; // timer of the play button
    this.gesture = null; // the control under the hand: {key, read}
    this.waiting = null; // the newest preview that has not been sent
    this.sent = null; // the last preview that was sent
    this.busy = false; // whether a request is open
    this.asking = null; // aborts the open request to /view
    this.covers = new Covers(this.stage); // what replaces caption and formula while the picture is ahead of them
    this.room = new Room(this.stage); // what caption, formula, question and tasks may need
    this.paper = new Paper(this); // the picture in print
    this.voice = new Voice(this, parent); // what a screen reader is told of the picture
    this.stop = new AbortController(); // removes all listeners when the picture is closed
    const listen = (target, name, handler, options = {}) =>
      target.addEventListener(name, handler, { ...options, signal: this.stop.signal });
    listen(document, "pointerdown", (event) => this.grab(event), { capture: true });
    listen(document, "pointermove", (event) => this.move(event), { capture: true, passive: true });
    listen(document, "click", (event) => this.click(event), { capture: true });
    listen(document, "keydown", (event) => this.key(event), { capture: true });
    listen(window, "pointerup", (event) => this.release(event));
    listen(window, "pointercancel", () => this.cancel());
    listen(this.stage, "touchstart", (event) => this.touch(event), { passive: false });
    listen(document, "visibilitychange", () => document.hidden && this.pause());
    listen(document, "click", (event) => this.playing && event.target.closest(TAKES) && this.settleFor(event),
      { capture: true });
    listen(window, "beforeprint", () => this.paper.lay());
    listen(window, "afterprint", () => this.paper.take());
    listen(window.matchMedia("(prefers-color-scheme: dark)"), "change", () => this.watchScreen());
    for (const button of this.bar?.querySelectorAll("button") ?? [])
      listen(button, "click", () => this[button.dataset.does]());
    this.resizes = new ResizeObserver(() => this.fit());
    this.resizes.observe(this.stage);
    this.told = {}; // what the browser has told the server of its screen: {dark, narrow}
    this.themes = new MutationObserver(() => this.watchScreen());
    const app = document.querySelector(".stApp");
    if (app) this.themes.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  }

  // --- from the server -------------------------------------------------------------------------------------

  async update(data, tell) {
    Object.assign(this, { data, tell, handles: data.handles });
    this.voice.name(data);
    if (this.bar) this.bar.hidden = !data.play;
    this.asking?.abort(); // its answer would be older than this picture
    if (this.waiting && this.waiting.instead_of !== data.controls[this.waiting.key]?.text) this.waiting = null;
    await loadPlotly(data.plotly).catch(() => {
      this.stage.textContent = NO_PICTURE;
    });
    if (data !== this.data || !this.stage.isConnected || !window.Plotly) return; // a newer one arrived, or none can
    this.covers.remove();
    this.stage.dataset.handle = data.handles[0]?.axis ?? "";
    this.stage.dataset.size = data.size;
    await this.paint(data);
    const { count, wanted, marked } = data.look;
    this.stage.classList.toggle("xent-marked", marked);
    if (this.look === undefined && marked) this.stage.scrollIntoView({ block: "center" });
    if (this.look !== undefined && this.look !== count && wanted) {
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.stage.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    }
    this.look = data.look.count;
    this.stage.dataset.turn = data.turn;
    this.watchScreen();
    this.room.lay(data, data.narrow);
    this.answered();
    const { gesture } = this; // the hand may rest on a value whose request this picture aborted
    if (gesture?.read && gesture.at) this.offer(gesture.key, gesture.read(gesture.at));
  }

  // Tell the server the theme and whether the stage is narrow, if the picture was drawn for another screen.
  watchScreen() {
    if (window.matchMedia("print").matches) return; // paper is no screen
    const page = getComputedStyle(document.querySelector(".stApp") ?? document.body).backgroundColor;
    document.documentElement.style.setProperty("--xent-page", page); // behind a picture that stays in view (frame.css)
    if (!this.data) return;
    for (const [name, value] of Object.entries({ dark: isDark(), narrow: this.isNarrow() })) {
      if (value === this.data[name] || value === this.told[name]) continue;
      this.told[name] = value;
      this.tell.state(name, value);
    }
  }

  isNarrow() {
    const width = this.stage.clientWidth;
    return width ? width < NARROW : this.data.narrow; // one that is not laid out has no width yet
  }

  answered() {
    this.busy = false;
    clearTimeout(this.timer);
    if (this.waiting) this.send();
  }

  fit() {
    this.watchScreen();
    if (this.stage.layout) this.inTurn((Plotly, size) => Plotly.relayout(this.stage, size));
    else if (this.roomless) this.paint(this.data);
  }

  // --- from the hand ---------------------------------------------------------------------------------------

  grab(event) {
    if (!this.data || event.button > 0 || !event.isPrimary || this.bar?.contains(event.target)) return;
    const handle = this.stage.contains(event.target) && this.handleAt(event);
    if (!handle) {
      const slider = this.sliderAt(event.target);
      if (slider) {
        this.hold(slider);
        this.move(event);
      }
      return;
    }
    const gesture = { key: handle.key, read: (at) => this.textUnder(at, handle), direct: true };
    if (event.pointerType === "mouse") {
      this.hold(gesture);
      event.preventDefault();
      this.stage.setPointerCapture?.(event.pointerId);
      this.move(event);
    } else if (handle.axis === "x" || this.isNear(handle, event)) {
      // The finger may want to scroll: wait until it moves along the axis of the handle.
      this.hold({ ...gesture, from: event, axis: handle.axis });
    }
  }

  // Dragging a handle up or down must keep the page from scrolling; a touch anywhere else may scroll it.
  touch(event) {
    if (!this.data || event.touches.length > 1) return;
    const handle = this.handleAt(event.touches[0]);
    if (handle?.axis === "y" && this.isNear(handle, event.touches[0])) event.preventDefault();
  }

  hold(gesture) {
    this.pause();
    this.gesture = gesture;
    document.dispatchEvent(new CustomEvent("xent-hold", { detail: gesture.key })); // present.js moves it by keys
  }

  sliderAt(target) {
    const key = Object.keys(this.data.controls).find((name) => target.closest?.(`.st-key-${name}`));
    const thumb = key && document.querySelector(`.st-key-${key} input[type=range]`);
    const { names } = this.data.controls[key] ?? {};
    return thumb ? { key, read: () => (names ? names[Number(thumb.value)] : written(thumb.value)) } : null;
  }

  move(event) {
    const { gesture } = this;
    if (!gesture?.read || !event.isPrimary) return;
    if (gesture.from) {
      const [x, y] = [event.clientX - gesture.from.clientX, event.clientY - gesture.from.clientY].map(Math.abs);
      if (Math.max(x, y) < SLOP || (gesture.axis === "x" ? x < y : y < x)) return;
      gesture.from = null;
    }
    gesture.at = { clientX: event.clientX, clientY: event.clientY };
    // Read in the next frame, because the native slider handles this event after us. Read again once the hand rests,
    // because the slider may have needed longer.
    const read = () => this.gesture === gesture && this.offer(gesture.key, gesture.read(gesture.at));
    requestAnimationFrame(read);
    clearTimeout(this.resting);
    this.resting = setTimeout(read, RESTING);
  }

  // A key press on a slider commits by itself, but /view answers sooner.
  key(event) {
    if (!this.data?.view || !/^(Arrow|Page|Home|End)/.test(event.key)) return;
    const slider = this.sliderAt(event.target);
    if (!slider) return;
    this.pause();
    requestAnimationFrame(() => this.offer(slider.key, slider.read()));
  }

  // So does a click on one of several options. The label of its button is also its value in the address.
  click(event) {
    if (!this.data?.view) return;
    const key = Object.keys(this.data.controls).find((name) => event.target.closest?.(`.st-key-${name}`));
    const words = key && event.target.closest("button")?.innerText.trim();
    if (words && this.data.controls[key].names?.includes(words)) this.offer(key, words);
  }

  // The handle to drag from this point: of several, the nearest along the other axis; none if the point is far outside.
  handleAt(point) {
    const { handles } = this;
    const [x, y] = ["x", "y"].map((axis) => this.on(axis, point));
    if (!handles.length || [x, y].some(({ share }) => share < -0.2 || share > 1.2)) return null;
    const along = (handle) => Math.abs(handle.at - (handle.axis === "x" ? y : x).value);
    return handles.length === 1 ? handles[0] : handles.reduce((best, each) => (along(each) < along(best) ? each : best));
  }

  on(axis, point) {
    return onAxis(axis, point, boxOf(this.stage), this.data.figure.layout);
  }

  // Whether the point is on the handle itself.
  isNear(handle, point) {
    const place = placeOf(handle, this.textOf(handle.key), this.data.controls[handle.key]?.names);
    return pixelsFrom(handle.axis, place, point, boxOf(this.stage), this.data.figure.layout) < TOUCH;
  }

  textUnder(point, handle) {
    return textAt(handle, this.on(handle.axis, point).value, this.data.controls[handle.key]?.names);
  }

  offer(key, text) {
    // A value without text is one at which only the session can draw the picture.
    if (text == null || text === this.textOf(key) || this.stop.signal.aborted) return;
    const committed = this.data.controls[key]?.text;
    if (text === committed) {
      this.comeBack();
      return;
    }
    this.waiting = { key, text, instead_of: committed, id: performance.now() };
    if (!this.busy) this.send();
  }

  // The value of a control in the newest picture, drawn or requested: that of the last preview, unless the control has
  // committed another value since.
  textOf(key) {
    const last = this.waiting ?? this.sent;
    const committed = this.data.controls[key]?.text;
    return last?.key === key && last.instead_of === committed ? last.text : committed;
  }

  // The hand is back where it started: show the page's own picture again.
  comeBack() {
    this.asking?.abort();
    this.waiting = null;
    if (this.sent?.run) this.tell.state("preview", null);
    this.sent = null;
    this.covers.remove();
    this.handles = this.data.handles;
    const { data } = this;
    this.paint(data).then(() => {
      if (data === this.data && !this.sent) this.stage.dataset.turn = `${data.turn}.back`;
    });
    this.answered();
  }

  send() {
    this.sent = this.waiting;
    this.waiting = null;
    this.busy = true;
    if (this.data.view) this.ask(this.sent);
    else this.run(this.sent);
  }

  // The slow way: a run of the page's fragment with the value under the hand.
  run(preview) {
    preview.run = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.answered(), LOST);
    this.tell.state("preview", preview);
  }

  // The fast way: ask /view for the picture alone. If that fails, this preview takes the slow way; the next one asks
  // /view again.
  async ask(preview) {
    const asked = this.data;
    const asking = new AbortController();
    this.asking = asking;
    let late = false;
    const timer = setTimeout(() => { late = true; asking.abort(); }, LOST);
    const screen = { dark: isDark(), narrow: this.isNarrow() };
    const drawn = await fetch(this.address(preview, screen), { signal: asking.signal })
      .then((reply) => (reply.ok ? reply.json() : null))
      .catch(() => null);
    clearTimeout(timer);
    const givenUp = asking.signal.aborted && !late; // the page has run again, or the hand came back
    if (givenUp || asked !== this.data || this.sent !== preview) return;
    if (!drawn) {
      this.run(preview);
      return;
    }
    this.answered(); // let the server compute the next picture while the browser draws this one
    this.handles = drawn.handles.filter((handle) => handle.key in this.data.controls);
    await this.paint(drawn, preview);
    if (asked !== this.data || !this.sent || this.stop.signal.aborted) return;
    this.stage.dataset.turn = `${asked.turn}.${preview.id}`;
    if (!this.paper.lies) this.covers.show(drawn, asked); // what is printed is one state
  }

  // The page's own address of this picture on a screen, with the value under the hand if it shows a preview.
  address(preview, { dark = false, narrow = false }) {
    const { query: settled, controls, guess, locked, moving_shows, shown } = this.data;
    const query = new URLSearchParams(settled);
    if (preview && preview.text === controls[preview.key]?.default) query.delete(preview.key);
    else if (preview) query.set(preview.key, preview.text);
    query.sort();
    if (dark) query.set("dark", "1");
    if (narrow) query.set("narrow", "1");
    if (locked) query.set("locked", "1");
    if (shown || (preview && moving_shows && !guess.includes(preview.key))) query.set("shown", "1");
    return `${base(this.data.view)}?${query}`;
  }

  // Draw once the drawing in progress is done: Plotly must not be called while it draws.
  paint({ figure, caption, formula }, preview = null) {
    this.shown = { figure, caption, formula, preview };
    this.voice.describe(plain(caption));
    return this.again();
  }

  again() {
    const { figure } = this.shown;
    return this.inTurn((Plotly, size) =>
      Plotly.react(this.stage, figure.data, { ...figure.layout, ...size }, { staticPlot: true }));
  }

  inTurn(draw) {
    const before = Promise.resolve(this.painting).catch(() => {}); // a drawing that failed does not stop the next
    this.painting = Promise.all([loadPlotly(this.data.plotly).catch(() => null), before]).then(([Plotly]) => {
      const { clientWidth: width, clientHeight: height } = this.stage; // in px of the figure, however it is zoomed
      this.roomless = !width || !height; // its styles have not loaded, or it is inside something collapsed
      if (!Plotly || this.roomless || this.paper.lies || this.stop.signal.aborted) return null;
      if (!this.stage.layout) this.stage.textContent = ""; // where a sentence said that no picture arrived
      draw(Plotly, { width, height });
      return frame(); // let the browser paint each picture before the next is drawn
    });
    return this.painting;
  }

  release(event) {
    const { gesture } = this;
    if (!gesture || this.playing || event?.isPrimary === false) return;
    this.gesture = null;
    if (gesture.from) return; // the finger has not dragged anything
    // Wait a frame, until the thumb is where it was let go. A native slider then commits by itself, which makes its
    // preview out of date; a drag on the picture must be committed for it.
    requestAnimationFrame(() => {
      if (gesture.at) this.offer(gesture.key, gesture.read(gesture.at));
      const last = this.waiting ?? this.sent;
      if (gesture.direct && last?.key === gesture.key && last.instead_of === this.data.controls[gesture.key]?.text) {
        this.tell.trigger("released", { key: last.key, text: last.text });
      }
    });
  }

  // The browser uses the finger to scroll or to zoom, which stops no picture that plays.
  cancel() {
    const { gesture } = this;
    if (this.playing) return;
    this.gesture = null;
    if (gesture?.at && gesture.direct) this.comeBack();
  }

  // --- from the play button, which moves the control as a hand would --------------------------------------------

  play() {
    if (this.playing) return this.pause();
    const { key, stops, every } = this.data.play;
    this.hold({ key, direct: true });
    if (this.number(key) >= stops.at(-1)) this.offer(key, written(stops[0]));
    this.playing = setInterval(() => this.tick(), every);
    this.label("Pause");
    return this.tick();
  }

  number(key) {
    return Number(this.textOf(key));
  }

  tick() {
    if (!this.stage.isConnected) return this.pause();
    if (this.waiting) return undefined; // the server is behind: draw fewer pictures, and queue none
    const next = this.next();
    if (next === undefined) return this.pause();
    return this.offer(this.data.play.key, written(next));
  }

  pause() {
    if (!this.playing) return;
    clearInterval(this.playing);
    this.playing = null;
    this.label("Play");
    this.release();
  }

  // Pause, and let a button have its click once the page has the state that is shown.
  async settleFor(event) {
    event.stopImmediatePropagation();
    event.preventDefault();
    this.pause();
    await rest();
    event.target.closest(TAKES).click();
  }

  step() {
    this.pause();
    const { key, stops, single } = this.data.play;
    const next = single ? Math.min(this.number(key) + single, stops.at(-1)) : this.next();
    if (next !== undefined) this.go(next);
  }

  restart() {
    this.pause();
    this.go(this.data.play.stops[0]);
  }

  go(value) {
    const { key } = this.data.play;
    this.hold({ key, direct: true });
    this.offer(key, written(value));
    this.release();
  }

  next() {
    const { key, stops } = this.data.play;
    const now = this.number(key);
    return stops.find((stop) => stop > now);
  }

  label(words) {
    const button = this.bar.querySelector("[data-does=play]");
    button.textContent = words;
    button.setAttribute("aria-pressed", words === "Pause");
  }

  close() {
    this.gesture = null;
    clearInterval(this.playing);
    clearTimeout(this.timer);
    clearTimeout(this.resting);
    this.asking?.abort();
    this.covers.remove();
    this.room.close();
    this.voice.close();
    this.stop.abort();
    this.resizes.disconnect();
    this.themes.disconnect();
    const purge = () => window.Plotly?.purge(this.stage);
    Promise.resolve(this.painting).then(purge, purge);
  }
}

const pictures = new WeakMap();

export function render({ parentElement, data, setStateValue, setTriggerValue }) {
  if (!pictures.has(parentElement)) pictures.set(parentElement, new Picture(parentElement));
  pictures.get(parentElement).update(data, { state: setStateValue, trigger: setTriggerValue });
}

export function close(parentElement) {
  pictures.get(parentElement)?.close();
  pictures.delete(parentElement);
}
