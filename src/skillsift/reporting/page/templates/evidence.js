// The postings behind a skill, with the sentence: a dialog that any skill's name on the page opens.
{
  const dialog = document.getElementById("evidence");

  /** A sentence with the skill's words marked; offsets count characters, so does the spread of a string. */
  function quote(text, start, end) {
    const characters = [...text];
    const part = (from, to) => characters.slice(from, to).join("");
    return element("blockquote", {}, part(0, start), element("mark", {}, part(start, end)), part(end));
  }

  function posting([ad, at, sentence, start, end]) {
    const [title, company, location, date, id] = report.ads[ad];
    const level = report.levels[at];
    const where = [title || (id ? `Posting ${id}` : "Without a title"), company, location, date].filter(Boolean).join(" · ");
    const item = element("li", { class: level });
    if (sentence >= 0) item.append(quote(report.sentences[sentence], start, end));
    item.append(element("p", { class: "where" }, element("span", { class: "level" }, level), ` · ${where}`));
    return item;
  }

  function open(skill) {
    dialog.querySelector("h2").textContent = skill.name;
    const counts = skill.counts.map((count, at) => [count, report.levels[at]]).filter(([count]) => count);
    const levels = counts.map(([count, level]) => `${level} ${number(count)}`).join(", ");
    const share = `${percent(skill.share)}, 95% interval ${percent(skill.low)}–${percent(skill.high)}`;
    const left = skill.postings - skill.evidence.length;
    const more = left && skill.evidence.length ? ` Shown: ${skill.evidence.length} of them.` : "";
    dialog.querySelector(".about").textContent = skill.about.join(" · ");
    dialog.querySelector(".summary").textContent =
      `Named by ${number(skill.postings)} of ${number(report.postings)} postings (${share}): ${levels}.${more}`;
    dialog.querySelector("ol").replaceChildren(...skill.evidence.map(posting));
    dialog.showModal();
    dialog.scrollTop = 0;
    dialog.querySelector("h2").focus({ preventScroll: true });
  }

  document.addEventListener("skill", (event) => open(skills.get(event.detail)));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-skill]");
    if (button) askFor(button.dataset.skill);
  });
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
