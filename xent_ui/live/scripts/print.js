// The button "Print": it prints the page once its pictures are drawn and stand still.

import { rest } from "./page.js";

export function render({ parentElement }) {
  parentElement.querySelector(".xent-print").onclick = async () => {
    await document.fonts.ready;
    await rest();
    window.print();
  };
}

export function close() {}
