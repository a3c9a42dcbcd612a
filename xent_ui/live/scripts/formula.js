// Formulas during a drag. Streamlit's own module typesets them, so that they look exactly like those of the page.
//
// The module is rehype-katex, a plug-in for trees of HTML ("hast"), which replaces a code element by the tree of the
// formula. Streamlit also ships KaTeX by itself, but newer versions of it write class names that Streamlit's styles do
// not know.

let plugin;
let transform; // what the plug-in does, once it is loaded

export async function load(address) {
  plugin ??= import(address).then((module) => module.default());
  transform = await plugin;
}

// kind  "math-display" for a formula on a line of its own, "math-inline" for one within a sentence
export async function typeset(tex, address, kind = "math-display") {
  await load(address);
  return typesetNow(tex, kind);
}

// At once, or null before the module is loaded.
export function typesetNow(tex, kind = "math-display") {
  if (!transform) return null;
  const code = {
    type: "element",
    tagName: "code",
    properties: { className: ["language-math", kind] },
    children: [{ type: "text", value: tex }],
  };
  const tree = { type: "root", children: [code] };
  transform(tree, { message() {} });
  return tree.children.map((child) => build(child)).filter(Boolean);
}

const SVG = "http://www.w3.org/2000/svg";
const CAMEL_CASED = new Set(["viewBox", "preserveAspectRatio"]);

function build(node, namespace) {
  if (node.type === "text") return document.createTextNode(node.value);
  const classes = node.properties?.className ?? [];
  if (node.type !== "element" || classes.includes("katex-mathml")) return null; // the page's own is read aloud
  const space = node.tagName === "svg" ? SVG : namespace;
  const element = space ? document.createElementNS(space, node.tagName) : document.createElement(node.tagName);
  for (const [name, value] of Object.entries(node.properties ?? {})) {
    if (name === "className") element.setAttribute("class", classes.join(" "));
    else if (name === "style") element.style.cssText = value;
    else {
      const attribute = CAMEL_CASED.has(name) ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      element.setAttribute(attribute, Array.isArray(value) ? value.join(" ") : value);
    }
  }
  element.append(...node.children.map((child) => build(child, space)).filter(Boolean));
  return element;
}
