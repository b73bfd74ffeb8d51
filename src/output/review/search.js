/* Search, switches of the tool bar, language, zoom. */
const field = one("#search");
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
const haystack = new Map();
for (const button of [...items, ...findings]) haystack.set(button, fold(button.textContent));

function search() {
  const wanted = fold(field.value);
  let hits = 0;
  for (const [button, text] of haystack) {
    const hit = text.includes(wanted);
    button.parentElement.hidden = !hit;
    if (!hit) continue;
    hits += 1;
    if (wanted) unfold(button);
  }
  for (const box of all("rect.v")) {
    const out = box.dataset.v.split(" ").every((number) => itemOf(number).parentElement.hidden);
    box.classList.toggle("dim", out);
  }
  for (const group of all(".g, .of-findings")) group.hidden = wanted !== "" && !one("li:not([hidden])", group);
  const english = root.dataset.lang === "en";
  put("hits", wanted === "" ? "" : english ? hits + " found" : hits + " 件");
}

field.addEventListener("input", search);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const hit = [...haystack.keys()].find((button) => !button.parentElement.hidden);
  if (hit) hit.click();
});

function setLanguage(language) {
  root.dataset.lang = language;
  root.lang = language;
  search();
  if (current && current.dataset.d !== undefined) show(current);
}
one("#language").addEventListener("click", () => setLanguage(root.dataset.lang === "ja" ? "en" : "ja"));

one("#boxes").addEventListener("click", (event) => {
  const plain = pages.classList.toggle("plain");
  event.currentTarget.setAttribute("aria-pressed", String(!plain));
});
for (const box of all("[data-kind]")) {
  box.addEventListener("change", () => pages.classList.toggle("off-" + box.dataset.kind, !box.checked));
}

let zoom = 1;
function setZoom(factor) {
  zoom = Math.min(3, Math.max(0.4, zoom * factor));
  pages.style.setProperty("--zoom", String(zoom));
}
one("#larger").addEventListener("click", () => setZoom(1.2));
one("#smaller").addEventListener("click", () => setZoom(1 / 1.2));
one("#print").addEventListener("click", () => print());
one("#close").addEventListener("click", clear);
