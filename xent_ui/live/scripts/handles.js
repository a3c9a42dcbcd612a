// Where a handle is on the picture, and which value lies under the hand.

export function nearest(values, value) {
  const distances = values.map((each) => Math.abs(each - value));
  return distances.indexOf(Math.min(...distances));
}

// A number as an address writes it.
export const written = (value) => String(Number(Number(value).toPrecision(12)));

// Where a point of the screen is on an axis of the figure: its value there, and as a share of the axis.
export function onAxis(axis, { clientX, clientY }, box, layout) {
  const { margin, [`${axis}axis`]: { range, domain = [0, 1] } } = layout;
  const across = axis === "x"
    ? (clientX - box.left - margin.l) / (box.width - margin.l - margin.r)
    : (box.bottom - margin.b - clientY) / (box.height - margin.t - margin.b);
  const share = (across - domain[0]) / (domain[1] - domain[0]);
  return { share, value: range[0] + share * (range[1] - range[0]) };
}

// How far along the screen, in pixels, a value of an axis is from the point.
export function pixelsFrom(axis, value, point, box, layout) {
  const { margin, [`${axis}axis`]: { range, domain = [0, 1] } } = layout;
  const length = axis === "x" ? box.width - margin.l - margin.r : box.height - margin.t - margin.b;
  const here = onAxis(axis, point, box, layout).value;
  return (Math.abs(here - value) / Math.abs(range[1] - range[0])) * (domain[1] - domain[0]) * length;
}

// The text of the control whose place on the axis is nearest to this value.
export function textAt({ values, stops, among, low, high, step }, value, names) {
  if (values.length) return names[nearest(values, value)];
  if (stops.length) return written(low + nearest(stops, value) * step);
  const number = among ? (value < 1 ? (among * value) / (1 - value) : high) : value;
  const snapped = low + Math.round((number - low) / step) * step;
  return written(Math.min(high, Math.max(low, snapped)));
}

// The place on the axis of the control that stands at this text.
export function placeOf({ values, stops, among, low, step }, text, names) {
  if (values.length) return values[names.indexOf(text)];
  const number = Number(text);
  if (stops.length) return stops[Math.round((number - low) / step)];
  return among ? number / (number + among) : number;
}
