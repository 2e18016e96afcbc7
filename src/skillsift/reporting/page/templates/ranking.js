// The ranked skills: bars in the rows, the filter above them, and the first rows only until more are asked for.
{
  const FIRST = 30;
  const table = document.getElementById("ranking");
  const byId = (name) => document.getElementById(name);
  const colours = report.levels.map((level) => `var(--${level})`);

  /** A skill's bar, cut by level, with the interval of its share; where one level is chosen, that level alone. */
  function bar(skill, most, level) {
    const parts = [];
    let from = 0;
    skill.counts.forEach((count, at) => {
      if (level && report.levels[at] !== level) return;
      const to = from + count / report.postings;
      if (count) parts.push({ from, to, colour: colours[at] });
      from = to;
    });
    const interval = level ? [] : [skill];
    const svg = plotted({
      width: 400, height: 16, margin: 0,
      x: { domain: [0, most], axis: null },
      y: { domain: [0, 1], axis: null },
      marks: [
        Plot.rect(parts, { x1: "from", x2: "to", y1: 0.1, y2: 0.9, fill: "colour" }),
        Plot.ruleY(interval, { x1: "low", x2: "high", y: 0.5, stroke: "var(--page)", strokeWidth: 3, strokeOpacity: 0.7 }),
        Plot.ruleY(interval, { x1: "low", x2: "high", y: 0.5, stroke: "currentColor", strokeWidth: 1 }),
      ],
    });
    svg.setAttribute("preserveAspectRatio", "none");
    return svg;
  }

  /** The scale above the bars. */
  function axis(most, width) {
    return plotted({
      width, height: 18, marginLeft: 0, marginRight: 0, marginTop: 16, marginBottom: 0,
      x: { domain: [0, most], axis: null },
      marks: [
        Plot.axisX(d3.ticks(0, most * 0.97, Math.max(2, Math.floor(width / 70))), {
          anchor: "top", tickFormat: percent, tickSize: 0, tickPadding: 4, fill: "var(--quiet)",
          textAnchor: "start",
        }),
      ],
    });
  }

  function start() {
    const rows = Array.from(table.tBodies[0].rows);
    const form = byId("filter");
    const more = byId("more");
    let all = false;

    /** Show the rows that the filter lets through, in the order they stand in, with their bars. */
    function show() {
      const words = byId("filter-text").value.trim().toLowerCase();
      const group = byId("filter-group").value;
      const level = byId("filter-level").value;
      const at = report.levels.indexOf(level);
      const fits = (row) => {
        const skill = skills.get(row.dataset.id);
        return (
          (!words || `${skill.name} ${skill.id} ${row.dataset.group}`.toLowerCase().includes(words)) &&
          (!group || row.dataset.group === group) &&
          (!level || skill.counts[at] > 0)
        );
      };
      const through = Array.from(table.tBodies[0].rows).filter(fits);
      const shown = new Set(all ? through : through.slice(0, FIRST));
      const top = (skill) => (level ? skill.counts[at] / report.postings : skill.high);
      const most = Math.max(0.01, ...through.map((row) => top(skills.get(row.dataset.id))));
      for (const row of rows) {
        row.hidden = !shown.has(row);
        if (!row.hidden) row.querySelector(".bar").replaceChildren(bar(skills.get(row.dataset.id), most, level));
      }
      const scale = table.querySelector(".axis");
      scale.replaceChildren(axis(most, Math.max(120, scale.closest("th").clientWidth)));
      more.hidden = through.length <= FIRST;
      more.textContent = all ? `Show the first ${FIRST}` : `Show all ${number(through.length)}`;
      byId("filter-told").textContent = `${number(shown.size)} of ${number(rows.length)} skills shown`;
    }

    const sortBy = (column) => sortTable(table, column, column === 1 ? "ascending" : "descending");
    byId("filter-sort").addEventListener("change", (event) => sortBy(Number(event.target.value)));
    byId("filter-level").addEventListener("change", (event) => sortBy(event.target.value ? 5 + report.levels.indexOf(event.target.value) : 4));
    table.addEventListener("sorted", () => {
      const column = Array.from(table.tHead.rows[0].cells).findIndex((heading) => heading.hasAttribute("aria-sort"));
      byId("filter-sort").value = String(column === 3 ? 4 : column);
      show();
    });
    for (const event of ["input", "change"]) form.addEventListener(event, show);
    form.addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", () => { all = !all; show(); });
    table.tBodies[0].addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (!event.target.closest("button") && window.getSelection().isCollapsed) askFor(row.dataset.id);
    });
    let width = 0;
    new ResizeObserver(() => {
      if (table.clientWidth !== width) { width = table.clientWidth; show(); }
    }).observe(table);
    show();
  }

  if (table) start();
}
