// What the page knows, and what its parts tell each other. Everything from postings is text: it is only ever set as textContent.
"use strict";

const report = JSON.parse(document.getElementById("figures").textContent);
const skills = new Map(report.skills.map((skill) => [skill.id, skill]));
const nameOf = (id) => skills.get(id)?.name ?? report.names[id] ?? id;
const percent = (share) => (share > 0 && share < 0.005 ? "<1%" : `${Math.round(share * 100)}%`);
const number = (count) => count.toLocaleString("en-US");

/** Ask for the postings behind a skill; evidence.js answers. */
const askFor = (id) => skills.has(id) && document.dispatchEvent(new CustomEvent("skill", { detail: id }));

/** An element with attributes, holding text and other elements. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Plot's drawing, made ready for this page. */
function ready(plot) {
  plot.querySelector("style")?.remove(); // the policy allows the page's own style only, which holds the same rules
  for (const part of plot.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label"); // its place says what the chart shows
  return plot;
}
const plotted = (options) => ready(Plot.plot({ className: "plot", ...options }));

document.documentElement.classList.add("scripted");
