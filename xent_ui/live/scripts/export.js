// A picture as a file. plotly.js draws the SVG; the font of the course is put into it, because another program has none.

const SCALE = 3; // px of a PNG per px of the screen

// The rules of the page that name this font, with its file inside.
async function fontRules(family) {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules];
    } catch { // a style sheet of an extension
      return [];
    }
  }).filter((rule) => rule instanceof CSSFontFaceRule && rule.style.fontFamily.replaceAll(/["']/g, "") === family);
  return Promise.all(rules.map(async (rule) => {
    const [, address] = rule.style.src.match(/url\(["']?([^"')]+)/) ?? [];
    if (!address) return "";
    const file = await (await fetch(new URL(address, rule.parentStyleSheet.href ?? document.baseURI))).blob();
    const inside = await new Promise((read) => {
      const reader = new FileReader();
      reader.onload = () => read(reader.result);
      reader.readAsDataURL(file);
    });
    return rule.cssText.replace(/url\(["']?[^"')]+["']?\)/, `url("${inside}")`);
  }));
}

// Return the picture of a stage as an SVG, on the color of the page.
export async function asSvg(stage) {
  return new Blob([await written(stage)], { type: "image/svg+xml" });
}

async function written(stage) {
  const { clientWidth: width, clientHeight: height } = stage;
  const page = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  const figure = { data: stage.data, layout: { ...stage.layout, width, height, paper_bgcolor: page } };
  const address = await window.Plotly.toImage(figure, { format: "svg", width, height });
  const svg = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const [family] = stage.layout.font.family.split(",");
  const rules = await fontRules(family.replaceAll(/["' ]/g, (letter) => (letter === " " ? " " : "")));
  return svg.replace(/<svg[^>]*>/, (tag) => `${tag}<style>${rules.join("\n")}</style>`);
}

// Return the picture of a stage as a PNG.
export async function asPng(stage) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await written(stage))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = stage.clientWidth * SCALE;
  canvas.height = stage.clientHeight * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((made) => canvas.toBlob(made, "image/png"));
}
