// Opens pages in Chromium and prints as JSON what was seen: node look.mjs FOLDER_OF_MODULES PAGE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [modules, ...files] = process.argv.slice(2);
const axe = readFileSync(createRequire(`${modules}/`).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [360, 768, 1280, 1600];
const SCHEMES = { light: 1600, dark: 360 };

const openAll = () => document.querySelectorAll("details").forEach((details) => (details.open = true));

/** How far the page reaches to the right of the window; what sticks out is named. */
const reach = () => ({
  beyond: document.documentElement.scrollWidth - window.innerWidth,
  outside: [...document.querySelectorAll("body *")]
    .filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > window.innerWidth + 1)
    .map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class")}`),
});

/** Where what has to be seen at once ends, from the top of the window. */
const fold = () =>
  Object.fromEntries(
    [".verdict", ".hero h1", ".hero .do"].map((found) => [found, document.querySelector(found)?.getBoundingClientRect().bottom ?? 0]),
  );

const violations = async () =>
  (await axe.run({ runOnly: window.rules })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);

async function look(browser, file) {
  const seen = { reach: {}, violations: {}, requests: [], console: [] };
  const page = await browser.newPage({ viewport: { width: WIDTHS[0], height: 780 } });
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.console.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  seen.fold = await page.evaluate(fold);
  const pdf = await page.pdf({ preferCSSPageSize: true, format: "A4" });
  seen.sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  await page.evaluate(openAll);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 780 });
    seen.reach[width] = await page.evaluate(reach);
  }
  await page.evaluate(`${axe}; window.rules = ${JSON.stringify(RULES)}`);
  for (const [colorScheme, width] of Object.entries(SCHEMES)) {
    await page.setViewportSize({ width, height: 780 });
    await page.emulateMedia({ colorScheme });
    seen.violations[colorScheme] = await page.evaluate(violations);
  }
  await page.close();
  return seen;
}

const browser = await launch(modules);
const looked = await Promise.all(files.map(async (file) => [file, await look(browser, file)]));
await browser.close();
process.stdout.write(JSON.stringify(Object.fromEntries(looked)));
