// The charts, drawn by Observable Plot to the width that they get; a click on one opens the skill's postings.
{
  const HEAT = [0, 1, 2, 3, 4, 5].map((step) => `var(--heat-${step})`);
  const LIFT = {
    type: "threshold",
    domain: [0.5, 0.8, 1.25, 1.6, 2.2, 3],
    range: ["var(--less-2)", "var(--less-1)", HEAT[0], HEAT[1], HEAT[2], HEAT[3], HEAT[5]],
    tickFormat: (lift) => `${lift}×`,
  };
  const quiet = "var(--quiet)";
  let paper = false; // while the page is being printed, where rows may stand closer
  const rows = (count, height) => Math.round(count * height * (paper ? 0.68 : 1));
  const labels = (width) => Math.min(190, Math.round(width * 0.36));
  /** Names on the left, cut where there is no room. */
  const names = (width, more = {}) =>
    Plot.axisY({ label: null, tickSize: 0, tickFormat: nameOf, lineWidth: (labels(width) - 8) / 12, textOverflow: "ellipsis", ...more });
  const shareAxis = (options = {}) => ({ tickFormat: percent, label: null, grid: true, nice: true, ...options });

  /** Bars of counts with the count and share behind each. */
  function bars(counts, width) {
    const left = Math.min(110, labels(width));
    return {
      width, marginLeft: left, marginRight: 84, marginTop: 4, marginBottom: 4, height: rows(counts.length, 26) + 8,
      x: { axis: null, domain: [0, d3.max(counts, (row) => row.postings) || 1] },
      y: { domain: counts.map((row) => row.name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(counts, { x: "postings", y: "name", fill: (row) => (row.name === "not told" ? "var(--mentioned)" : "var(--required)"), insetTop: 3, insetBottom: 3 }),
        Plot.text(counts, { x: "postings", y: "name", text: (row) => `${number(row.postings)} · ${percent(row.share)}`, textAnchor: "start", dx: 6, fill: "currentColor" }),
      ],
    };
  }

  /** A heat map of shares: skills down, groups across. */
  function split(width, at) {
    const { groups, shares, column } = report.splits[at];
    const left = labels(width);
    const room = Math.max(2, Math.floor((width - left) / 44));
    const shown = column === "month" ? groups.slice(-room) : groups.slice(0, room);
    const offset = column === "month" ? groups.length - shown.length : 0;
    const ids = Object.keys(shares);
    const cells = ids.flatMap((id) => shown.map((group, place) => ({ id, group: place, share: shares[id][place + offset], ...group })));
    const steps = [0.05, 0.15, 0.3, 0.5, 0.7];
    const dark = (cell) => cell.share >= steps[3];
    const cellWidth = (width - left) / shown.length;
    const label = (group) => (/^\d{4}-\d{2}$/.test(group.name) ? d3.utcFormat(cellWidth < 64 ? "%b ’%y" : "%b %Y")(new Date(group.name)) : group.name);
    return {
      width, marginLeft: left, marginTop: 44, marginBottom: 4, marginRight: 0, height: rows(ids.length, 25) + 48,
      x: { domain: d3.range(shown.length), axis: null, padding: 0.06 },
      y: { domain: ids, padding: 0.08 },
      color: { type: "threshold", domain: steps, range: HEAT },
      marks: [
        names(width),
        Plot.text(shown, { x: (_, place) => place, frameAnchor: "top", dy: -26, text: label, lineWidth: cellWidth / 12, textOverflow: "ellipsis" }),
        Plot.text(shown, { x: (_, place) => place, frameAnchor: "top", dy: -11, text: (group) => number(group.postings), fill: quiet }),
        Plot.cell(cells, { x: "group", y: "id", fill: "share" }),
        Plot.text(cells, { filter: (cell) => !dark(cell), x: "group", y: "id", text: (cell) => percent(cell.share) }),
        Plot.text(cells, { filter: dark, x: "group", y: "id", text: (cell) => percent(cell.share), fill: "var(--on-heat)" }),
        Plot.tip(cells, Plot.pointer({ x: "group", y: "id", maxRadius: cellWidth, title: (cell) => `${nameOf(cell.id)}\n${label(cell)}: ${percent(cell.share)} of ${number(cell.postings)}` })),
      ],
    };
  }

  /** Arrows from a share before to a share after; those that moved, else the largest. */
  function changes(all, width) {
    const moved = all.filter((row) => row.kind !== "steady");
    const size = (row) => -Math.abs(row.after - row.before);
    const shown = (moved.length ? d3.sort(moved, size) : d3.sort(all, (row) => -row.after)).slice(0, 24);
    shown.sort((one, two) => two.after - two.before - (one.after - one.before));
    const colour = (row) => (row.kind === "steady" ? "var(--mentioned)" : row.after > row.before ? "var(--up)" : "var(--down)");
    const left = labels(width);
    return {
      width, marginLeft: left, marginRight: 20, marginTop: 24, marginBottom: 8, height: rows(shown.length, 26) + 36,
      x: shareAxis({ axis: "top", domain: [0, Math.max(0.02, d3.max(shown, (row) => Math.max(row.before, row.after)))] }),
      y: { domain: shown.map((row) => row.id) },
      marks: [
        names(width),
        Plot.dot(shown, { x: "before", y: "id", r: 4, stroke: colour, fill: "var(--page)" }),
        Plot.arrow(shown, { filter: (row) => row.before !== row.after, x1: "before", x2: "after", y1: "id", y2: "id", stroke: colour, strokeWidth: 2, headLength: 7, insetStart: 4 }),
        Plot.dot(shown, { filter: (row) => row.before === row.after, x: "after", y: "id", r: 4, fill: colour }),
        Plot.tip(shown, Plot.pointerY({ x: "after", y: "id", title: (row) => `${row.name}: ${row.kind}\n${percent(row.before)} → ${percent(row.after)}` })),
      ],
    };
  }

  /** How much more or less often than by chance two skills stand together. */
  function together(width) {
    const { skills: ids, matrix } = report.together;
    const cells = ids.flatMap((one, row) => ids.map((two, column) => ({ id: one, two, lift: matrix[row][column] }))).filter((cell) => cell.lift !== null);
    const left = labels(width);
    const top = 110;
    const narrow = width - left < 24 * ids.length; // then the names above stand upright
    const right = narrow ? 0 : 70; // the last slanted names lean over the edge
    const side = Math.min(width - left - right, rows(ids.length, 34));
    return {
      width: left + side + right, marginLeft: left, marginTop: top, marginRight: right, marginBottom: 4, height: Math.max(side, 15 * ids.length) + top + 4,
      x: { domain: ids, axis: null, padding: 0.05 },
      y: { domain: ids, padding: 0.05 },
      color: LIFT,
      marks: [
        names(width),
        Plot.axisX({ anchor: "top", tickSize: 0, label: null, tickFormat: nameOf, tickRotate: narrow ? -90 : -55, fontSize: narrow ? 10 : 12, textAnchor: "start", lineWidth: 10, textOverflow: "ellipsis" }),
        Plot.cell(cells, { x: "two", y: "id", fill: "lift" }),
        Plot.tip(cells, Plot.pointer({ x: "two", y: "id", title: (cell) => `${nameOf(cell.id)} with ${nameOf(cell.two)}\n${cell.lift.toFixed(1)}× as often as by chance` })),
      ],
    };
  }

  function coverage(width) {
    const points = report.coverage.map(([k, id, requirements, postings]) => ({ k, id, requirements, postings }));
    const curve = (key, colour) => Plot.lineY(points, { x: "k", y: key, stroke: colour, strokeWidth: 2.5, curve: "step-after" });
    const last = points.at(-1);
    const third = points.find((point) => point.postings >= 0.35) ?? last;
    const early = third.k < points.length * 0.55; // then there is room to the right of the curve, else to its left
    return {
      width, height: rows(1, Math.min(360, Math.max(240, width * 0.5))), marginLeft: 44, marginRight: 12, marginTop: 24, marginBottom: 36,
      x: { label: "skills, the most required first →", domain: [1, Math.max(2, points.length)], labelArrow: "none" },
      y: shareAxis({ domain: [0, 1] }),
      marks: [
        curve("requirements", "var(--required)"),
        curve("postings", "var(--preferred)"),
        Plot.text([last], { x: "k", y: "requirements", text: () => "of all requirements", fill: "var(--required-text)", textAnchor: "end", dy: -9, fontWeight: 600 }),
        Plot.text([third], {
          x: "k", y: "postings", text: () => "of postings fully met", fill: "var(--preferred-text)", fontWeight: 600,
          ...(early ? { textAnchor: "start", dx: 10, dy: 12 } : { textAnchor: "end", dx: -10, dy: -8 }),
        }),
        Plot.ruleX(points, Plot.pointerX({ x: "k", stroke: quiet })),
        Plot.tip(points, Plot.pointerX({ x: "k", y: "requirements", title: (point) =>
          `${point.k}: ${nameOf(point.id)}\n${percent(point.requirements)} of requirements\n${percent(point.postings)} of postings fully met` })),
      ],
    };
  }

  function degrees(width) {
    const shown = report.degrees.filter((row) => row.name !== "not told");
    return {
      width, marginLeft: Math.min(110, labels(width)), marginRight: 84, marginTop: 4, marginBottom: 4, height: rows(3, 52) + 16,
      x: { axis: null, domain: [0, d3.max(shown, (row) => row.postings) || 1] },
      fy: { label: null, domain: [...new Set(shown.map((row) => row.name))], axis: null, padding: 0.1 },
      y: { axis: null, domain: ["required", "preferred"] },
      marks: [
        Plot.axisFy({ anchor: "left", tickSize: 0, label: null, textAnchor: "end", dx: -6 }),
        Plot.barX(shown, { x: "postings", y: "as", fy: "name", fill: (row) => `var(--${row.as})`, inset: 1 }),
        Plot.text(shown, { x: "postings", y: "as", fy: "name", text: (row) => `${number(row.postings)} ${row.as}`, textAnchor: "start", dx: 6, fill: "currentColor" }),
      ],
    };
  }

  function pay(width) {
    const shown = report.pay;
    const money = d3.format(d3.max(shown, (row) => row.high) >= 2000 ? ".3~s" : ",.4~r");
    return {
      width, marginLeft: Math.min(110, labels(width)), marginRight: 90, marginTop: 24, marginBottom: 4, height: rows(shown.length, 34) + 32,
      x: { axis: "top", grid: true, label: null, tickFormat: money, ticks: Math.max(3, Math.floor(width / 110)), nice: true },
      y: { domain: shown.map((row) => row.name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(shown, { x1: "low", x2: "high", y: "name", fill: "var(--heat-2)", insetTop: 9, insetBottom: 9, rx: 2 }),
        Plot.dot(shown, { x: "median", y: "name", r: 5, fill: "var(--required)" }),
        Plot.text(shown, { x: "high", y: "name", text: (row) => `${money(row.median)}  (${number(row.postings)})`, textAnchor: "start", dx: 8 }),
      ],
    };
  }

  const legend = () => ready(Plot.legend({ className: "plot", color: LIFT, width: 300, label: "as often as by chance" }));

  const CHARTS = {
    split,
    trend: (width) => changes(report.trend, width),
    against: (width) => changes(report.against, width),
    together,
    coverage,
    stages: (width) => bars(report.stages, width),
    tracks: (width) => bars(report.tracks, width),
    years: (width) => bars(report.years, width),
    degrees,
    pay,
  };

  function draw(place, width) {
    const plot = plotted(CHARTS[place.dataset.chart](width, Number(place.dataset.at)));
    plot.addEventListener("click", () => plot.value?.id && askFor(plot.value.id));
    place.replaceChildren(...(place.dataset.chart === "together" ? [legend()] : []), plot);
  }

  const watch = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const width = Math.floor(contentRect.width);
      if (width > 0 && Number(target.dataset.width) !== width) {
        target.dataset.width = width;
        draw(target, width);
      }
    }
  });
  const places = document.querySelectorAll(".chart");
  for (const place of places) watch.observe(place);

  // Paper is narrower than most screens, and no observer tells of it: 670 pixels lie between the margins of A4, two columns in the grid.
  const redraw = (width) => places.forEach((place) => draw(place, width(place)));
  addEventListener("beforeprint", () => {
    paper = true;
    redraw((place) => (place.closest(".grid") ? 320 : 660));
  });
  addEventListener("afterprint", () => {
    paper = false;
    redraw((place) => Number(place.dataset.width));
  });
}
