// Takes the pictures of the README: node pictures.mjs FOLDER_OF_MODULES FOLDER_OF_PICTURES PAGE
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [modules, folder, file] = process.argv.slice(2);
const PICTURES = [
  { name: "report-light", width: 1100, height: 690, colorScheme: "light", deviceScaleFactor: 1.5 },
  { name: "report-phone-dark", width: 360, height: 690, colorScheme: "dark", deviceScaleFactor: 1.5 },
  { name: "report-timeline", width: 1100, height: 690, colorScheme: "light", deviceScaleFactor: 1.5, only: ".timeline" },
];

const MARGIN = 24;

async function around(part) {
  const { x, y, width, height } = await part.boundingBox();
  return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}

const browser = await launch(modules);
for (const { name, width, height, only, ...looks } of PICTURES) {
  const context = await browser.newContext({ viewport: { width, height }, ...looks });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  const clip = only && (await around(page.locator(only)));
  await page.screenshot({ path: `${folder}/${name}.png`, clip, fullPage: Boolean(clip) });
  await context.close();
}
await browser.close();
