// The menu of lessons, as plain links in one component: Streamlit has one element to update instead of one per lesson.
// A click changes the page within the session; with a modifier key it opens a new tab, like any link.

const NARROW = 1100; // px: on a tablet the menu would take the room of the picture
const PHONE = 768; // px up to which Streamlit itself begins with the menu folded

const fold = () => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
const drawn = new WeakMap(); // from a menu to what it was drawn from
let begun = false;

export function render({ parentElement, data }) {
  if (!begun && window.innerWidth > PHONE && window.innerWidth <= NARROW) fold();
  begun = true;
  const nav = parentElement.querySelector(".xent-menu");
  const from = JSON.stringify(data);
  if (drawn.get(nav) === from) return; // the link that has the keyboard's focus stays where it is
  drawn.set(nav, from);
  nav.replaceChildren(...data.parts.flatMap(({ name, lessons }, number) => {
    const title = document.createElement("p"); // no heading: the first one of a page is its title
    title.textContent = name;
    title.id = `xent-menu-${number}`;
    const list = document.createElement("ul");
    if (name) list.setAttribute("aria-labelledby", title.id);
    list.append(...lessons.map(({ file, title, address }) => {
      const link = document.createElement("a");
      link.textContent = title;
      link.href = new URL(address, document.baseURI).href.split("?")[0];
      if (file === data.open) link.setAttribute("aria-current", "page");
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
        event.preventDefault();
        // Streamlit follows the browser's history without reloading, so make this look like a step in it.
        window.history.pushState({}, "", link.href);
        window.dispatchEvent(new PopStateEvent("popstate"));
        if (window.innerWidth <= NARROW) fold();
      });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    return name ? [title, list] : [list];
  }));
}

export function close() {}
