// A link that looks like a button and opens another page in a given state, within the session, as the menu does.

export function render({ parentElement, data }) {
  const link = parentElement.querySelector(".xent-proof");
  link.textContent = data.label;
  link.href = new URL(data.address, document.baseURI).href;
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return; // a new tab or window
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
}

export function close() {}
