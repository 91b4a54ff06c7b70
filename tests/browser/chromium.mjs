// The browser of this machine, with a profile of its own and nothing that it would ask for by itself.
import { createRequire } from "node:module";

const QUIET = ["disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

export function launch(modules) {
  const { chromium } = createRequire(`${modules}/`)("playwright-core");
  const sandbox = process.getuid() === 0 ? ["no-sandbox"] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: [...QUIET, ...sandbox].map((flag) => `--${flag}`) });
}
