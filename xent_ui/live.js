// A picture that follows a drag.
//
// Streamlit's sliders report only when they are let go. This component reads the thumb while it moves, sends its
// value as a preview, and draws the figure that comes back. One preview is in flight at a time and the next one is
// always the newest, so a slow server gets fewer frames, never a queue. The native slider still commits on release.

const PLOTLY = new URL("app/static/plotly.min.js", document.baseURI).href;
const LOST = 1000; // ms after which a preview that was never answered no longer holds back the next

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

class Picture {
  constructor(parent) {
    this.stage = parent.querySelector(".xent-stage");
    this.gesture = null; // the control under the hand: {key, read}
    this.waiting = null; // the newest preview not yet sent
    this.sent = null; // the last preview sent, until the server has forgotten it
    this.busy = false;
    this.stop = new AbortController();
    const listen = (target, name, handler, options = {}) =>
      target.addEventListener(name, handler, { ...options, signal: this.stop.signal });
    listen(document, "pointerdown", (event) => this.grab(event), { capture: true });
    listen(document, "pointermove", (event) => this.move(event), { capture: true, passive: true });
    listen(window, "pointerup", () => this.release());
    listen(window, "pointercancel", () => this.release());
    listen(document, "keydown", (event) => this.key(event), { capture: true });
    listen(document, "keyup", () => this.release(), { capture: true });
    this.resizes = new ResizeObserver(() => this.fit());
    this.resizes.observe(this.stage);
  }

  // --- from the server -------------------------------------------------------------------------------------

  async update(data, setPreview, setReleased) {
    Object.assign(this, { data, setPreview, setReleased });
    const Plotly = await loadPlotly();
    if (data !== this.data || !this.stage.isConnected) return; // a newer picture came while plotly.js loaded
    this.stage.setAttribute("aria-label", data.alt);
    this.stage.dataset.handle = data.handle ? data.handle.axis : "";
    const { width, height } = this.stage.getBoundingClientRect();
    await Plotly.react(this.stage, data.figure.data, { ...data.figure.layout, width, height }, {
      displayModeBar: false, scrollZoom: false, doubleClick: false, showAxisDragHandles: false,
    });
    if (this.look !== undefined && this.look !== data.look) {
      this.stage.scrollIntoView({ block: "center", behavior: "smooth" });
    }
    this.look = data.look;
    this.stage.dataset.turn = data.turn;
    this.answered();
  }

  answered() {
    this.busy = false;
    clearTimeout(this.timer);
    if (this.waiting) this.send();
    else if (!this.gesture && this.sent && this.data.follow[this.sent.key] === this.sent.value) this.forget();
  }

  fit() {
    const { width, height } = this.stage.getBoundingClientRect();
    if (width && height && this.stage.layout) window.Plotly.relayout(this.stage, { width, height });
  }

  // --- from the hand ---------------------------------------------------------------------------------------

  grab(event) {
    if (!this.data || event.button > 0) return;
    const handle = this.data.handle;
    if (handle && this.stage.contains(event.target)) {
      this.gesture = { key: handle.key, read: (at) => this.valueUnder(at, handle), direct: true };
      event.preventDefault();
      this.stage.setPointerCapture?.(event.pointerId);
      this.move(event);
      return;
    }
    this.gesture = this.sliderAt(event.target);
    if (this.gesture) this.move(event);
  }

  sliderAt(target) {
    const key = Object.keys(this.data.follow).find((name) => target.closest?.(`.st-key-${name}`));
    const thumb = key && document.querySelector(`.st-key-${key} input[type=range]`);
    return thumb ? { key, read: () => Number(thumb.value) } : null;
  }

  move(event) {
    if (!this.gesture) return;
    const { clientX, clientY } = event;
    const gesture = this.gesture;
    // Read at the next frame: the native slider moves its thumb in this event, after us.
    requestAnimationFrame(() => this.offer(gesture, gesture.read({ clientX, clientY })));
  }

  key(event) {
    if (!this.data || !/^(Arrow|Page|Home|End)/.test(event.key)) return;
    const slider = this.sliderAt(event.target);
    if (!slider) return;
    this.gesture = slider;
    requestAnimationFrame(() => this.offer(slider, slider.read()));
  }

  valueUnder({ clientX, clientY }, { axis, values, low, high, step }) {
    const box = this.stage.getBoundingClientRect();
    const { margin } = this.data.figure.layout;
    const range = this.data.figure.layout[`${axis}axis`].range;
    const share = axis === "x"
      ? (clientX - box.left - margin.l) / (box.width - margin.l - margin.r)
      : (box.bottom - margin.b - clientY) / (box.height - margin.t - margin.b);
    const value = range[0] + share * (range[1] - range[0]);
    if (values.length) {
      const off = values.map((stop) => Math.abs(stop - value));
      return off.indexOf(Math.min(...off));
    }
    const snapped = low + Math.round((value - low) / step) * step;
    return Number(Math.min(high, Math.max(low, snapped)).toPrecision(12));
  }

  offer({ key }, value) {
    const last = this.waiting ?? this.sent;
    const before = last?.key === key ? last.value : this.data.follow[key];
    if (value === before) return;
    this.waiting = { key, value, instead_of: this.data.follow[key] };
    if (!this.busy) this.send();
  }

  send() {
    this.sent = this.waiting;
    this.waiting = null;
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.answered(), LOST);
    this.setPreview(this.sent);
  }

  release() {
    const gesture = this.gesture;
    if (!gesture) return;
    this.gesture = null;
    // After the frame in which the last value was read.
    requestAnimationFrame(() => {
      const last = this.waiting ?? this.sent;
      if (gesture.direct && last?.key === gesture.key) this.setReleased(last.value);
      if (!this.busy && this.sent) this.timer = setTimeout(() => this.forget(), LOST);
    });
  }

  forget() {
    clearTimeout(this.timer);
    this.sent = null;
    this.setPreview(null);
  }

  close() {
    this.stop.abort();
    this.resizes.disconnect();
    if (window.Plotly && this.stage) window.Plotly.purge(this.stage);
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
