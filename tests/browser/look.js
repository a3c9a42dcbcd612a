// Looks at figures as they are drawn: texts that overlap, are cut, lie under a marker or on a line, are small or pale.
//
// window.look(figures, width, height, paper) draws each figure and returns the faults of each as a list of sentences.

const SLACK = 1; // px by which two things may touch
const SMALLEST = 12; // px of text
const PALEST = 4.5; // contrast of text

window.look = async (figures, width, height, paper) => {
  const stage = document.getElementById("stage");
  stage.style.width = `${width}px`;
  stage.style.height = `${height}px`;
  document.body.style.background = paper;
  const faults = [];
  for (const figure of figures) {
    await Plotly.react(stage, figure.data, { ...figure.layout, width, height }, { staticPlot: true });
    faults.push([...new Set(faultsOf(stage, width, height, paper))]);
  }
  return faults;
};

// The formulas that are wider than their column.
window.lookAtFormulas = async (formulas, width, katex) => {
  const { typeset } = await import("/formula.js");
  const place = document.getElementById("formula");
  const faults = [];
  for (const formula of formulas) {
    place.replaceChildren(...(await typeset(formula, katex)));
    const parts = [...place.querySelectorAll(".katex-html > .base")].map(rect);
    const wide = Math.max(...parts.map(({ right }) => right)) - Math.min(...parts.map(({ left }) => left));
    faults.push(wide > width ? [`the formula is ${Math.round(wide - width)} px wider than its ${width} px`] : []);
  }
  return faults;
};

function faultsOf(stage, width, height, paper) {
  const found = [];
  const texts = [...stage.querySelectorAll("svg text")].filter((each) => each.textContent.trim()).map(asText);
  // Only what comes near a text is looked at closely: a picture may have a thousand dots.
  const near = (names) =>
    [...stage.querySelectorAll(names)].filter((each) => {
      const box = rect(each);
      return texts.some(({ ink }) => box.left <= ink.right && box.right >= ink.left && box.top <= ink.bottom && box.bottom >= ink.top);
    });
  const dots = near(".scatterlayer .points path").filter(isSeen);
  const markers = dots.map(rect);
  const lines = near(".scatterlayer path.js-line, .shapelayer path, .errorbar path").filter(isSeen);
  const areas = near(".js-fill, .bars path, .barlayer path, .shapelayer path, .points path").filter(isFilled);
  for (const [i, text] of texts.entries()) {
    for (const other of texts.slice(i + 1)) if (touch(text.ink, other.ink)) found.push(`"${text.words}" overlaps "${other.words}"`);
    const { left, top, right, bottom } = text.ink;
    if (left < -0.5 || top < -0.5 || right > width + 0.5 || bottom > height + 0.5) found.push(`"${text.words}" is cut`);
    for (const marker of markers) if (touch(text.ink, marker) && !holds(marker, text.ink)) found.push(`"${text.words}" touches a marker`);
    for (const line of lines) {
      if (getComputedStyle(line).stroke === text.fill) continue; // its own
      if (dots.some((dot, nth) => isAbove(dot, line) && holds(markers[nth], text.ink))) continue; // hidden by its marker
      const length = lengthWithin(line, shrunk(text.ink));
      if (length > SLACK) found.push(`"${text.words}" is pierced by a line`);
    }
    for (const size of text.sizes) if (size < SMALLEST - 0.01) found.push(`"${text.words}" has letters of ${size.toFixed(1)} px`);
    const seen = contrastOf(text, areas, paper);
    if (seen.hatched) found.push(`"${text.words}" stands on hatching`);
    else if (seen.contrast < PALEST - 0.005) found.push(`"${text.words}" has a contrast of ${seen.contrast.toFixed(2)}`);
  }
  return [...found, ...barsBeyond(stage)];
}

// Bars that reach beyond their axis look like bars of another value.
function barsBeyond(stage) {
  const found = [];
  for (const [i, trace] of (stage._fullData ?? []).entries()) {
    if (trace.type !== "bar" || trace.visible !== true) continue;
    const axis = stage._fullLayout[`${trace.orientation === "h" ? "xaxis" : "yaxis"}${(trace.orientation === "h" ? trace.xaxis : trace.yaxis).slice(1)}`];
    const [low, high] = [...axis.range].sort((a, b) => a - b);
    const room = (high - low) * 0.001;
    for (const bar of stage.calcdata[i]) {
      const ends = [bar.s0, bar.s1].filter(Number.isFinite).map((value) => (axis.type === "log" ? Math.log10(value) : value));
      if (ends.some((end) => end > high + room || end < low - room)) found.push(`a bar of ${bar.s} reaches beyond its axis`);
    }
  }
  return found;
}

function asText(element) {
  const size = parseFloat(getComputedStyle(element).fontSize);
  const spans = [...element.querySelectorAll("tspan")].filter((each) => each.textContent.trim());
  return {
    words: element.textContent,
    fill: getComputedStyle(element).fill,
    opacity: opacityOf(element),
    ink: ink(element, size),
    sizes: [size, ...spans.map((each) => parseFloat(getComputedStyle(each).fontSize))],
  };
}

// The letters without the empty space of their line above and below; a title may stand upright.
function ink(element, size) {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const upright = /rotate\(-90/.test(element.getAttribute("transform") ?? "");
  const [before, after] = [0.29 * size, 0.06 * size];
  return upright ? { left: left + before, top, right: right - after, bottom } : { left, top: top + before, right, bottom: bottom - after };
}

const rect = (element) => element.getBoundingClientRect();
const shrunk = ({ left, top, right, bottom }) => ({ left: left + 1, top: top + 1, right: right - 1, bottom: bottom - 1 });
const touch = (a, b) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;
const holds = (a, b) => a.left <= b.left && a.right >= b.right && a.top <= b.top && a.bottom >= b.bottom;

function opacityOf(element) {
  let opacity = 1;
  for (let each = element; each instanceof SVGElement; each = each.parentElement) opacity *= parseFloat(getComputedStyle(each).opacity);
  return opacity;
}

function isSeen(element) {
  const style = getComputedStyle(element);
  const strokes = style.stroke !== "none" && parseFloat(style.strokeWidth) > 0 && parseFloat(style.strokeOpacity) > 0 && alpha(style.stroke) > 0;
  return opacityOf(element) > 0 && (strokes || isFilled(element));
}

function isFilled(element) {
  const style = getComputedStyle(element);
  return style.fill !== "none" && opacityOf(element) > 0 && (style.fill.startsWith("url") || (parseFloat(style.fillOpacity) > 0 && alpha(style.fill) > 0));
}

// Whether a marker through which nothing is seen is drawn later than another element.
function isAbove(marker, other) {
  const style = getComputedStyle(marker);
  const opaque = opacityOf(marker) === 1 && parseFloat(style.fillOpacity) === 1 && isFilled(marker) && alpha(style.fill) === 1;
  return opaque && Boolean(other.compareDocumentPosition(marker) & Node.DOCUMENT_POSITION_FOLLOWING);
}

function lengthWithin(path, box) {
  const around = path.getBoundingClientRect();
  if (around.right < box.left || around.left > box.right || around.bottom < box.top || around.top > box.bottom) return 0;
  let total = 0;
  for (const [from, to] of pieces(path)) total += clipped(from, to, box);
  return total;
}

// The straight pieces of a path, in px of the page.
function pieces(path) {
  const matrix = path.getScreenCTM();
  const at = (x, y) => new DOMPoint(x, y).matrixTransform(matrix);
  const found = [];
  let [x, y, start] = [0, 0, null];
  let last = null;
  for (const [, letter, rest] of path.getAttribute("d").matchAll(/([MLHVZ])([^MLHVZ]*)/gi)) {
    const numbers = rest.match(/-?[\d.]+(?:e-?\d+)?/gi)?.map(Number) ?? [];
    const stop = (nextX, nextY, draws) => {
      [x, y] = [nextX, nextY];
      const here = at(x, y);
      if (draws && last) found.push([last, here]);
      last = here;
    };
    if (letter === "H") for (const each of numbers) stop(each, y, true);
    else if (letter === "V") for (const each of numbers) stop(x, each, true);
    else if (/z/i.test(letter)) { if (start) stop(...start, true); }
    else for (let i = 0; i + 1 < numbers.length; i += 2) {
      if (letter === "M" && i === 0) start = [numbers[0], numbers[1]];
      stop(numbers[i], numbers[i + 1], letter !== "M" || i > 0);
    }
  }
  return found;
}

function clipped(from, to, box) {
  let [enters, leaves] = [0, 1];
  for (const [start, step, low, high] of [[from.x, to.x - from.x, box.left, box.right], [from.y, to.y - from.y, box.top, box.bottom]]) {
    if (step === 0) {
      if (start <= low || start >= high) return 0;
      continue;
    }
    const [a, b] = [(low - start) / step, (high - start) / step];
    enters = Math.max(enters, Math.min(a, b));
    leaves = Math.min(leaves, Math.max(a, b));
  }
  return Math.max(0, leaves - enters) * Math.hypot(to.x - from.x, to.y - from.y);
}

function channels(color) {
  const numbers = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  return numbers.length < 4 ? [...numbers.slice(0, 3), 1] : numbers;
}
const alpha = (color) => channels(color)[3];

function over(below, color, opacity) {
  const [r, g, b, a] = channels(color);
  const share = a * opacity;
  return [r, g, b].map((each, i) => share * each + (1 - share) * below[i]);
}

// The least contrast of a text with what lies behind it, at points along its middle.
function contrastOf(text, areas, paper) {
  let least = Infinity;
  const { left, top, right, bottom } = text.ink;
  const base = channels(getComputedStyle(document.body).backgroundColor).slice(0, 3);
  for (const share of [0.05, 0.5, 0.95]) {
    const [x, y] = [left + share * (right - left), (top + bottom) / 2];
    let behind = base;
    for (const area of areas) {
      const around = area.getBoundingClientRect();
      if (x < around.left || x > around.right || y < around.top || y > around.bottom) continue;
      const local = new DOMPoint(x, y).matrixTransform(area.getScreenCTM().inverse());
      if (!area.isPointInFill(local)) continue;
      const style = getComputedStyle(area);
      if (style.fill.startsWith("url")) return { hatched: true };
      behind = over(behind, style.fill, parseFloat(style.fillOpacity) * opacityOf(area));
    }
    const front = over(behind, text.fill, text.opacity);
    const [bright, dim] = [front, behind].map(luminance).sort((a, b) => b - a);
    least = Math.min(least, (bright + 0.05) / (dim + 0.05));
  }
  return { contrast: least };
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((each) => each / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
