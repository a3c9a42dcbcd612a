// Formulas during a drag, set by the very module that sets Streamlit's own, so that both look alike.
//
// The module is a plug-in for trees of HTML ("hast"): it replaces a code element by the tree of the formula. Streamlit's
// KaTeX itself lies beside it, but newer versions of that write other class names than Streamlit's styles know.

let plugin;

export async function typeset(tex, address) {
  plugin ??= import(address).then((module) => module.default());
  const transform = await plugin;
  const code = {
    type: "element",
    tagName: "code",
    properties: { className: ["language-math", "math-display"] },
    children: [{ type: "text", value: tex }],
  };
  const tree = { type: "root", children: [code] };
  transform(tree, { message() {} });
  return tree.children.map((child) => build(child)).filter(Boolean);
}

const SVG = "http://www.w3.org/2000/svg";
const IN_CAMELS = new Set(["viewBox", "preserveAspectRatio"]);

function build(node, namespace) {
  if (node.type === "text") return document.createTextNode(node.value);
  const classes = node.properties?.className ?? [];
  if (node.type !== "element" || classes.includes("katex-mathml")) return null; // read aloud is the page's own
  const space = node.tagName === "svg" ? SVG : namespace;
  const element = space ? document.createElementNS(space, node.tagName) : document.createElement(node.tagName);
  for (const [name, value] of Object.entries(node.properties ?? {})) {
    if (name === "className") element.setAttribute("class", classes.join(" "));
    else if (name === "style") element.style.cssText = value;
    else {
      const attribute = IN_CAMELS.has(name) ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      element.setAttribute(attribute, Array.isArray(value) ? value.join(" ") : value);
    }
  }
  element.append(...node.children.map((child) => build(child, space)).filter(Boolean));
  return element;
}
