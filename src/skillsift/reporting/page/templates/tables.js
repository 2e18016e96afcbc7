// Tables that sort: each heading becomes a button, and aria-sort tells the order.

/** What a cell sorts by: its data-value, a number where it is one. */
function sortValue(row, column) {
  const cell = row.cells[column];
  const value = cell.dataset.value ?? cell.textContent.trim();
  return value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** Sort a table's body; rows that are equal keep their order. */
function sortTable(table, column, direction) {
  const sign = direction === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => [sortValue(row, column), row]);
  rows.sort(([one], [two]) =>
    typeof one === "number" && typeof two === "number" ? sign * (one - two) : sign * String(one).localeCompare(String(two), "en"),
  );
  body.append(...rows.map(([, row]) => row));
  for (const heading of table.tHead.rows[0].cells) heading.removeAttribute("aria-sort");
  table.tHead.rows[0].cells[column].setAttribute("aria-sort", direction);
  table.dispatchEvent(new CustomEvent("sorted"));
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  Array.from(table.tHead.rows[0].cells, (heading, column) => {
    if (heading.classList.contains("plain")) return;
    const button = element("button", { type: "button" }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const first = heading.classList.contains("number") ? "descending" : "ascending";
      const other = first === "descending" ? "ascending" : "descending";
      sortTable(table, column, heading.getAttribute("aria-sort") === first ? other : first);
    });
  });
}
