// A link or a piece of code to copy, and the QR code of the link.

async function copy(text, area) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // browsers have no clipboard for pages without https, such as those of a server in the classroom
    area.select();
    return document.execCommand("copy");
  }
}

class Link {
  constructor(parent) {
    this.root = parent.querySelector(".xent-share");
    [this.text, this.said, this.qr, this.large] = ["text", "said", "qr", "large"].map((name) => this.part(name));
    this.part("copy").addEventListener("click", () => this.copy());
    this.qr.addEventListener("click", () => this.enlarge());
    this.large.addEventListener("click", () => this.large.close());
    this.large.addEventListener("close", () => this.shrink());
    this.text.addEventListener("focus", () => this.text.select());
  }

  part(name) {
    return this.root.querySelector(`[data-part=${name}]`);
  }

  update({ text, qr }) {
    if (text !== this.text.value) this.said.textContent = "";
    this.text.value = text;
    this.text.rows = qr ? 4 : 8;
    this.text.setAttribute("aria-label", qr ? "Link" : "Code to embed");
    this.qr.hidden = !qr;
    for (const image of this.root.querySelectorAll("img")) image.src = qr ?? "";
    this.part("address").textContent = text;
  }

  enlarge() {
    this.open = new AbortController();
    const settings = { capture: true, signal: this.open.signal }; // before the popover around the dialog sees the key
    for (const name of ["keydown", "keyup"]) window.addEventListener(name, (event) => this.leave(event), settings);
    this.large.showModal();
  }

  // Escape closes the dialog and not the popover around it, too.
  leave(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "keyup") this.large.close();
  }

  shrink() {
    this.open.abort();
    this.qr.focus();
  }

  async copy() {
    const done = await copy(this.text.value, this.text);
    if (done) this.part("copy").focus();
    else this.text.select();
    this.said.textContent = done
      ? "Copied."
      : "This browser does not let the page copy. The text is selected: press Ctrl+C, or ⌘C on a Mac.";
  }
}

const links = new WeakMap();

export function render({ parentElement, data }) {
  if (!links.has(parentElement)) links.set(parentElement, new Link(parentElement));
  links.get(parentElement).update(data);
}

export function close(parentElement) {
  links.delete(parentElement);
}
