// Measures every text of the figures on the page; leaves what is cut or overlaps as JSON in <pre>.
const found = [];
for (const figure of document.querySelectorAll("[data-name]")) {
  const name = figure.dataset.name;
  const frame = figure.querySelector("svg").getBoundingClientRect();
  const texts = [...figure.querySelectorAll("text")].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const slack = (bottom - top) * 0.2; // a line's box is higher than its letters
    return { words: text.textContent, left, right, top: top + slack, bottom: bottom - slack };
  });
  for (const text of texts) {
    const inside =
      text.left > frame.left && text.right < frame.right && text.bottom < frame.bottom;
    if (!inside) found.push([name, "cut", text.words]);
  }
  texts.sort((a, b) => a.top - b.top);
  texts.forEach((text, i) => {
    for (let j = i + 1; j < texts.length && texts[j].top < text.bottom; j++) {
      const other = texts[j];
      if (text.left < other.right - 0.5 && other.left < text.right - 0.5)
        found.push([name, "overlap", text.words, other.words]);
    }
  });
}
const count = document.querySelectorAll("text").length;
document.body.innerHTML = "<pre></pre>";
document.querySelector("pre").textContent = JSON.stringify({ count, found });
