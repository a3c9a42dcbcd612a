// Where the handles are on a picture, and which value a point of the picture stands for.

export function nearest(values, value) {
  const distances = values.map((each) => Math.abs(each - value));
  return distances.indexOf(Math.min(...distances));
}

// Write a number as it is written in an address.
export const written = (value) => String(Number(Number(value).toPrecision(12)));

// Return where the stage of a figure is on the screen, its size in px of the figure, and how many px of the screen one
// of these is. On a projector a stage is zoomed (present.css).
export function boxOf(stage) {
  const { left, bottom, width } = stage.getBoundingClientRect();
  const { clientWidth, clientHeight } = stage;
  return { left, bottom, width: clientWidth, height: clientHeight, zoom: width / clientWidth };
}

// Return where a point of the screen is on an axis of the figure: the value there, and the share of the axis below it.
export function onAxis(axis, { clientX, clientY }, box, layout) {
  const { margin, [`${axis}axis`]: { range, domain = [0, 1] } } = layout;
  const across = axis === "x"
    ? ((clientX - box.left) / box.zoom - margin.l) / (box.width - margin.l - margin.r)
    : ((box.bottom - clientY) / box.zoom - margin.b) / (box.height - margin.t - margin.b);
  const share = (across - domain[0]) / (domain[1] - domain[0]);
  return { share, value: range[0] + share * (range[1] - range[0]) };
}

// Return the distance along an axis, in px of the screen, between a value and a point of the screen.
export function pixelsFrom(axis, value, point, box, layout) {
  const { margin, [`${axis}axis`]: { range, domain = [0, 1] } } = layout;
  const length = axis === "x" ? box.width - margin.l - margin.r : box.height - margin.t - margin.b;
  const pointed = onAxis(axis, point, box, layout).value;
  const share = (Math.abs(pointed - value) / Math.abs(range[1] - range[0])) * (domain[1] - domain[0]);
  return share * length * box.zoom;
}

// Return the value of the control, as text, whose place on the axis is nearest to this one.
export function textAt({ values, stops, among, low, high, step }, value, names) {
  if (values.length) return names[nearest(values, value)];
  if (stops.length) return written(low + nearest(stops, value) * step);
  const number = among ? (value < 1 ? (among * value) / (1 - value) : high) : value;
  const snapped = low + Math.round((number - low) / step) * step;
  return written(Math.min(high, Math.max(low, snapped)));
}

// Return the place on the axis that stands for this value of the control, given as text.
export function placeOf({ values, stops, among, low, step }, text, names) {
  if (values.length) return values[names.indexOf(text)];
  const number = Number(text);
  if (stops.length) return stops[Math.round((number - low) / step)];
  return among ? number / (number + among) : number;
}
