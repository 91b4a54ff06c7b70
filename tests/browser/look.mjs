// Opens pages in Chromium and prints as JSON what was seen: node look.mjs FOLDER_OF_MODULES PAGE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [modules, ...files] = process.argv.slice(2);
const axe = readFileSync(createRequire(`${modules}/`).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [360, 768, 1280, 1600];
const SCHEMES = ["light", "dark"];

const openAll = () => document.querySelectorAll("details").forEach((details) => (details.open = true));

/** The page at one width, with what it asked the network for and what the console said. */
async function open(browser, file, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 780 }, colorScheme });
  const page = await context.newPage();
  const heard = { requests: [], console: [] };
  page.on("request", (request) => heard.requests.push(request.url()));
  page.on("console", (message) => heard.console.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  return { page, heard, close: () => context.close() };
}

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
  for (const width of WIDTHS) {
    const { page, heard, close } = await open(browser, file, width, "light");
    if (width === 360) seen.fold = await page.evaluate(fold);
    await page.evaluate(openAll);
    seen.reach[width] = await page.evaluate(reach);
    seen.requests.push(...heard.requests);
    seen.console.push(...heard.console);
    await close();
  }
  for (const scheme of SCHEMES) {
    const { page, close } = await open(browser, file, 1280, scheme);
    await page.evaluate(openAll);
    await page.evaluate(`${axe}; window.rules = ${JSON.stringify(RULES)}`);
    seen.violations[scheme] = await page.evaluate(violations);
    await close();
  }
  const { page, close } = await open(browser, file, 1280, "light");
  const pdf = await page.pdf({ preferCSSPageSize: true, format: "A4" });
  seen.sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  await close();
  return seen;
}

const browser = await launch(modules);
const looked = await Promise.all(files.map(async (file) => [file, await look(browser, file)]));
await browser.close();
process.stdout.write(JSON.stringify(Object.fromEntries(looked)));
