/* Looks at the review page as its reader would, and writes what it found into the document. */
(() => {
  const result = { faults: window.faults, outside: [], empty: 0, unnamed: 0, boxes: 0 };
  const covers = (outer, inner, slack) =>
    inner.left >= outer.left - slack && inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
  for (const page of document.querySelectorAll(".page")) {
    const sheet = page.querySelector(".sheet").getBoundingClientRect();
    const drawn = [...page.querySelectorAll(".picture use, .picture text, .picture path, .picture image")]
      .map((one) => one.getBoundingClientRect());
    for (const box of page.querySelectorAll("rect.v")) {
      const seen = box.getBoundingClientRect();
      result.boxes += 1;
      if (!covers(sheet, seen, 3)) result.outside.push(box.dataset.v);
      const meets = (one) => {
        const x = (one.left + one.right) / 2, y = (one.top + one.bottom) / 2;
        return x >= seen.left && x <= seen.right && y >= seen.top && y <= seen.bottom;
      };
      if (!drawn.some(meets)) result.empty += 1;
      const name = document.getElementById(box.getAttribute("aria-labelledby"));
      if (!name || !name.textContent.trim()) result.unnamed += 1;
    }
  }

  const shapes = [...document.querySelectorAll("rect.v")].map((box) =>
    ["x", "y", "width", "height"].map((name) => box.getAttribute(name)).join() + box.closest(".page").id);
  result.doubled = shapes.length - new Set(shapes).size;

  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  };
  result.findings = { hidden: [] };
  for (const button of [...document.querySelectorAll(".findings button[data-f]")].slice(0, 12)) {
    button.click();
    const frame = document.querySelector('rect[data-f="' + button.dataset.f + '"]');
    if (frame && !(visible(frame) && frame.classList.contains("on"))) result.findings.hidden.push(button.dataset.f);
    if (button.dataset.v && document.activeElement.tagName !== "rect") result.findings.hidden.push("focus " + button.id);
  }

  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  press("Escape");
  const free = document.querySelectorAll(".on").length === 0;
  press("j");
  const first = document.querySelector(".values [aria-current]");
  press("j");
  const second = document.querySelector(".values [aria-current]");
  press("k");
  const back = document.querySelector(".values [aria-current]");
  result.keys = free && Boolean(first) && first !== second && first === back;
  press("Escape");

  const field = document.getElementById("search");
  const type = (text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const texts = [...document.querySelectorAll(".values button")];
  const word = texts.length ? texts[Math.floor(texts.length / 2)].querySelector(".x").textContent.trim().slice(0, 4) : "";
  type(word);
  const shown = texts.filter((button) => !button.parentElement.hidden);
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  result.search = { hits: shown.length, wrong: shown.filter((button) => !fold(button.textContent).includes(fold(word))).length };
  if (shown.length === texts.length && texts.length > 30) result.search.wrong += 1;
  type("");
  document.getElementById("language").click();
  result.language = document.documentElement.lang;
  result.requests = performance.getEntriesByType("resource").map((entry) => entry.name);
  const out = document.createElement("pre");
  out.id = "probe";
  out.textContent = JSON.stringify(result);
  document.body.append(out);
})();
