// The picture, its data and its code as files.

import { asPng, asSvg } from "./export.js";

const TYPES = { csv: "text/csv", numpy: "text/x-python", torch: "text/x-python" };
const PICTURES = { svg: asSvg, png: asPng };
const KEPT = 10_000; // ms after which the browser has certainly saved the file

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

const newest = new WeakMap(); // from where it is drawn to its data

async function saved(parent, kind) {
  const { picture, name, files } = newest.get(parent);
  const said = parent.querySelector("[data-part=said]");
  said.textContent = "";
  if (kind in files) {
    save(new Blob([files[kind]], { type: TYPES[kind] }), `${name}${kind === "csv" ? ".csv" : `_${kind}.py`}`);
    return;
  }
  try {
    save(await PICTURES[kind](document.querySelector(`.st-key-picture_${picture} .xent-stage`)), `${name}.${kind}`);
  } catch {
    said.textContent = "The picture could not be saved. Wait until it is drawn, and try again.";
  }
}

export function render({ parentElement, data }) {
  const buttons = parentElement.querySelectorAll("[data-saves]");
  if (!newest.has(parentElement))
    for (const button of buttons) button.addEventListener("click", () => saved(parentElement, button.dataset.saves));
  newest.set(parentElement, data);
  for (const button of buttons) button.disabled = !(button.dataset.saves in data.files || button.dataset.saves in PICTURES);
}

export function close() {}
