// A picture that follows a drag.
//
// Streamlit's sliders report only when they are let go. This component reads the thumb while it moves, sends its
// value as a preview, and draws the figure that comes back. One preview is in flight at a time and the next one is
// always the newest, so a slow server gets fewer frames, never a queue. The native slider still commits on release.

const PLOTLY = new URL("app/static/plotly.min.js", document.baseURI).href;
const PREVIEW = new URL("preview", document.baseURI).href;
const FORMULA = 250; // ms between two formulas of a drag
const LOST = 3000; // ms after which a preview that was never answered no longer holds back the next

let noReplay = false; // set where the server has no short way for previews
let katex; // the one that Streamlit sets its formulas with
let plotly;
function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = PLOTLY;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error(`${PLOTLY} did not load`));
    document.head.append(script);
  });
  return plotly;
}

// When what was drawn has been seen; a page in the background is seen at once.
const frame = () => new Promise((seen) => {
  if (document.hidden) seen();
  else requestAnimationFrame(seen);
});

function nearest(values, value) {
  const off = values.map((each) => Math.abs(each - value));
  return off.indexOf(Math.min(...off));
}

class Picture {
  constructor(parent) {
    this.stage = parent.querySelector(".xent-stage");
    this.bar = parent.querySelector(".xent-play");
    this.painting = null; // the drawing under way
    this.playing = null; // the clock of the play button
    this.gesture = null; // the control under the hand: {key, read}
    this.waiting = null; // the newest preview not yet sent
    this.sent = null; // the last preview sent
    this.busy = false;
    this.covers = new Map(); // what lies over a sentence or a formula of the page while the picture is ahead of it
    this.stop = new AbortController();
    const listen = (target, name, handler, options = {}) =>
      target.addEventListener(name, handler, { ...options, signal: this.stop.signal });
    listen(document, "pointerdown", (event) => this.grab(event), { capture: true });
    listen(document, "pointermove", (event) => this.move(event), { capture: true, passive: true });
    listen(window, "pointerup", () => this.release());
    listen(window, "pointercancel", () => this.release());
    listen(document, "keydown", (event) => this.key(event), { capture: true });
    listen(document, "visibilitychange", () => document.hidden && this.pause());
    for (const button of this.bar?.querySelectorAll("button") ?? [])
      listen(button, "click", () => this[button.dataset.does]());
    this.resizes = new ResizeObserver(() => this.fit());
    this.resizes.observe(this.stage);
  }

  // --- from the server -------------------------------------------------------------------------------------

  async update(data, setPreview, setReleased) {
    Object.assign(this, { data, setPreview, setReleased });
    if (this.bar) this.bar.hidden = !data.play;
    await loadPlotly();
    if (data !== this.data || !this.stage.isConnected) return; // a newer picture came while plotly.js loaded
    this.uncover();
    this.stage.dataset.handle = data.handles[0]?.axis ?? "";
    this.stage.dataset.size = data.size;
    await this.paint(data);
    if (this.look !== undefined && this.look !== data.look.count && data.look.here) {
      this.stage.scrollIntoView({ block: "center", behavior: "smooth" });
    }
    this.look = data.look.count;
    this.stage.dataset.turn = data.turn;
    this.answered();
  }

  answered() {
    this.busy = false;
    clearTimeout(this.timer);
    if (this.waiting) this.send();
  }

  fit() {
    if (this.stage.layout) this.inTurn((Plotly, size) => Plotly.relayout(this.stage, size));
    else if (this.roomless) this.paint(this.data);
  }

  // --- from the hand ---------------------------------------------------------------------------------------

  grab(event) {
    if (!this.data || event.button > 0 || this.bar?.contains(event.target)) return;
    const handle = this.stage.contains(event.target) && this.handleAt(event);
    if (handle) {
      this.hold({ key: handle.key, read: (at) => this.valueUnder(at, handle), direct: true });
      event.preventDefault();
      this.stage.setPointerCapture?.(event.pointerId);
      this.move(event);
      return;
    }
    const slider = this.sliderAt(event.target);
    if (!slider) return;
    this.hold(slider);
    this.move(event);
  }

  hold(gesture) {
    this.pause();
    clearTimeout(this.leaving);
    this.gesture = gesture;
  }

  sliderAt(target) {
    const key = Object.keys(this.data.follow).find((name) => target.closest?.(`.st-key-${name}`));
    const thumb = key && document.querySelector(`.st-key-${key} input[type=range]`);
    return thumb ? { key, read: () => Number(thumb.value) } : null;
  }

  move(event) {
    if (!this.gesture?.read) return;
    const gesture = this.gesture;
    gesture.at = { clientX: event.clientX, clientY: event.clientY };
    // Read at the next frame: the native slider moves its thumb in this event, after us.
    requestAnimationFrame(() => this.offer(gesture, gesture.read(gesture.at)));
  }

  // A key press on a slider commits at once; the short way is shorter still.
  key(event) {
    if (!this.data || !/^(Arrow|Page|Home|End)/.test(event.key)) return;
    const slider = this.sliderAt(event.target);
    if (!slider) return;
    this.pause();
    if (this.data.replay && !noReplay) requestAnimationFrame(() => this.offer(slider, slider.read()));
  }

  // Of several handles the nearest along the other axis; none where the pointer is far from the axes they lie on.
  handleAt(event) {
    const handles = this.data.handles;
    if (!handles.length || [this.on("x", event), this.on("y", event)].some(({ share }) => share < -0.2 || share > 1.2))
      return null;
    if (handles.length === 1) return handles[0];
    const there = this.on(handles[0].axis === "x" ? "y" : "x", event).value;
    return handles[nearest(handles.map((handle) => handle.at), there)];
  }

  // Where the pointer is on an axis of the figure: its value there, and as a share of the axis.
  on(axis, { clientX, clientY }) {
    const box = this.stage.getBoundingClientRect();
    const { margin, [`${axis}axis`]: { range, domain = [0, 1] } } = this.data.figure.layout;
    const across = axis === "x"
      ? (clientX - box.left - margin.l) / (box.width - margin.l - margin.r)
      : (box.bottom - margin.b - clientY) / (box.height - margin.t - margin.b);
    const share = (across - domain[0]) / (domain[1] - domain[0]);
    return { share, value: range[0] + share * (range[1] - range[0]) };
  }

  valueUnder(event, { axis, values, stops, among, low, high, step }) {
    let { value } = this.on(axis, event);
    if (values.length) return nearest(values, value);
    if (stops.length) return Number((low + nearest(stops, value) * step).toPrecision(12));
    if (among) value = value < 1 ? (among * value) / (1 - value) : high;
    const snapped = low + Math.round((value - low) / step) * step;
    return Number(Math.min(high, Math.max(low, snapped)).toPrecision(12));
  }

  offer({ key }, value) {
    if (value === this.shown(key)) return;
    this.waiting = { key, value, instead_of: this.data.follow[key], id: performance.now() };
    if (!this.busy) this.send();
  }

  // The value in the picture, or on its way into it: the newest preview, unless the control has committed since.
  shown(key) {
    const last = this.waiting ?? this.sent;
    const committed = this.data.follow[key];
    return last?.key === key && last.instead_of === committed ? last.value : committed;
  }

  send() {
    this.sent = this.waiting;
    this.waiting = null;
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.answered(), LOST);
    if (this.data.replay && !noReplay) this.replay(this.sent);
    else this.run(this.sent);
  }

  // The long way: a run of the page's fragment.
  run(preview) {
    preview.run = true;
    this.setPreview(preview);
  }

  // The short way: the picture alone, drawn by the server without a run of the page.
  async replay(preview) {
    const asked = this.data;
    const state = { ...asked.state, [preview.key]: preview.value };
    const reply = await fetch(PREVIEW, { method: "POST", body: JSON.stringify({ ...asked.replay, state }) })
      .catch(() => null);
    if (asked !== this.data) return; // a run of the page has drawn since
    if (!reply?.ok) {
      noReplay ||= !reply || reply.status === 404 || reply.status === 405;
      this.run(preview);
      return;
    }
    const drawn = await reply.json();
    if (asked !== this.data) return;
    this.answered(); // the server draws the next one while the browser paints this
    await this.paint(drawn);
    if (asked !== this.data) return;
    this.stage.dataset.turn = `${asked.turn}.${preview.id}`;
    this.overlay(drawn);
  }

  // One drawing at a time: Plotly does not expect to be called while it draws.
  paint({ figure, alt }) {
    this.stage.setAttribute("aria-label", alt);
    return this.inTurn((Plotly, size) => Plotly.react(this.stage, figure.data, { ...figure.layout, ...size }, {
      displayModeBar: false, scrollZoom: false, doubleClick: false, showAxisDragHandles: false,
    }));
  }

  inTurn(draw) {
    this.painting = Promise.all([loadPlotly(), this.painting]).then(([Plotly]) => {
      const { width, height } = this.stage.getBoundingClientRect();
      this.roomless = !width || !height; // its styles are on their way, or it is folded up
      if (this.roomless || this.stop.signal.aborted) return null;
      draw(Plotly, { width, height });
      return frame(); // each picture is seen before the next is drawn
    });
    return this.painting;
  }

  // Sentence and formula of a preview lie over those of the page until the page has drawn its own. A formula is
  // dearer to set than a picture to draw, and nobody reads ten a second.
  overlay({ alt, formula }) {
    const sentence = this.stage.closest("[data-testid=stElementContainer]")?.nextElementSibling;
    this.cover(sentence?.querySelector("p"), (cover) => { cover.textContent = alt; });
    if (!formula || !this.data.katex) return;
    this.formula = formula;
    this.setting ??= setTimeout(() => this.set(), FORMULA);
  }

  async set() {
    const asked = this.data;
    katex ??= import(new URL(asked.katex, document.baseURI).href).then((module) => module.default);
    const setter = await katex;
    this.setting = undefined;
    if (asked !== this.data || this.stop.signal.aborted) return;
    const shown = document.querySelector(`.st-key-formula_${asked.replay.picture} .katex-display`);
    this.cover(shown, (cover) => setter.render(this.formula, cover, { displayMode: true, throwOnError: false }));
  }

  cover(shown, fill) {
    if (!shown) return;
    let cover = this.covers.get(shown);
    if (!cover) {
      cover = document.createElement("div");
      cover.className = "xent-cover";
      cover.setAttribute("aria-hidden", "true");
      shown.parentElement.classList.add("xent-covered");
      shown.parentElement.append(cover);
      this.covers.set(shown, cover);
    }
    fill(cover);
  }

  uncover() {
    clearTimeout(this.setting);
    this.setting = undefined;
    for (const [shown, cover] of this.covers) {
      cover.parentElement?.classList.remove("xent-covered");
      cover.remove();
      this.covers.delete(shown);
    }
  }

  release() {
    const gesture = this.gesture;
    if (!gesture || this.playing) return;
    this.gesture = null;
    // A frame later, when the thumb stands where it was let go. A native slider commits by itself; its preview, still
    // standing in for the value it was taken from, is then out of date.
    requestAnimationFrame(() => {
      if (gesture.at) this.offer(gesture, gesture.read(gesture.at));
      const last = this.waiting ?? this.sent;
      if (last?.key !== gesture.key) return;
      if (gesture.direct) this.setReleased({ key: last.key, value: last.value });
      clearTimeout(this.leaving);
      this.leaving = setTimeout(() => {
        // Let go where it was taken up: nothing was committed, so the preview must be called back.
        if (this.sent?.run && this.sent.instead_of === this.data.follow[this.sent.key]) this.forget();
      }, LOST);
    });
  }

  // --- from the play button: a hand that moves the control by itself -------------------------------------------

  play() {
    if (this.playing) return this.pause();
    const { key, stops, every } = this.data.play;
    this.hold({ key, direct: true });
    if (this.shown(key) >= stops.at(-1)) this.offer(this.gesture, stops[0]);
    this.playing = setInterval(() => this.tick(), every);
    this.label("Pause");
    return this.tick();
  }

  tick() {
    if (!this.stage.isConnected) return this.pause();
    if (this.waiting) return undefined; // the server is behind: fewer pictures, never a queue
    const next = this.next();
    if (next === undefined) return this.pause();
    return this.offer(this.gesture, next);
  }

  pause() {
    if (!this.playing) return;
    clearInterval(this.playing);
    this.playing = null;
    this.label("Play");
    this.release();
  }

  step() {
    this.pause();
    const { key, stops, single } = this.data.play;
    const next = single ? Math.min(this.shown(key) + single, stops.at(-1)) : this.next();
    if (next !== undefined) this.go(next);
  }

  restart() {
    this.pause();
    this.go(this.data.play.stops[0]);
  }

  go(value) {
    this.hold({ key: this.data.play.key, direct: true });
    this.offer(this.gesture, value);
    this.release();
  }

  next() {
    const { key, stops } = this.data.play;
    return stops.find((stop) => stop > this.shown(key));
  }

  label(words) {
    const button = this.bar.querySelector("[data-does=play]");
    button.textContent = words;
    button.setAttribute("aria-pressed", words === "Pause");
  }

  forget() {
    this.sent = null;
    this.setPreview(null);
  }

  close() {
    clearInterval(this.playing);
    clearTimeout(this.leaving);
    this.stop.abort();
    this.resizes.disconnect();
    this.inTurn(() => null).then(() => window.Plotly.purge(this.stage));
  }
}

const pictures = new WeakMap();

export function render({ parentElement, data, setStateValue, setTriggerValue }) {
  if (!pictures.has(parentElement)) pictures.set(parentElement, new Picture(parentElement));
  pictures.get(parentElement).update(
    data,
    (preview) => setStateValue("preview", preview),
    (released) => setTriggerValue("released", released),
  );
}

export function close(parentElement) {
  pictures.get(parentElement)?.close();
  pictures.delete(parentElement);
}
