// Copies from frontend/node_modules the few files that pages load into frontend/static/vendor, and makes one sprite of the
// icons named in frontend/icons.txt. Fails by name for a file or an icon that a new version no longer has.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = join(dirname(fileURLToPath(import.meta.url)), "..", "frontend");
const packages = join(home, "node_modules");
const vendor = join(home, "static", "vendor");
const read = (...path) => readFileSync(join(packages, ...path), "utf8");

const FILES = {
  "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
  "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "echarts.min.js": "echarts/dist/echarts.min.js",
  "LICENSE.bootstrap": "bootstrap/LICENSE",
  "LICENSE.htmx": "htmx.org/LICENSE",
  "LICENSE.echarts": "echarts/LICENSE",
  "NOTICE.echarts": "echarts/NOTICE",
  "LICENSE.tabler-icons": "@tabler/icons/LICENSE",
};

// The maps are not served, so nothing may point to them.
const withoutMap = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=\S+( \*\/)?\s*$/, "\n");

function icon(name) {
  const svg = read("@tabler", "icons", "icons", "outline", `${name}.svg`);
  const inside = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s*\n\s*/g, "")}</symbol>`;
}

rmSync(vendor, { recursive: true, force: true });
mkdirSync(vendor, { recursive: true });
for (const [to, from] of Object.entries(FILES)) {
  writeFileSync(join(vendor, to), withoutMap(read(from)));
}
const names = readFileSync(join(home, "icons.txt"), "utf8").split(/\s+/).filter(Boolean);
const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(icon).join("")}</svg>\n`;
writeFileSync(join(vendor, "icons.svg"), sprite);
const versions = ["@tabler/icons", "bootstrap", "echarts", "htmx.org"].map((name) => [
  name,
  JSON.parse(read(name, "package.json")).version,
]);
writeFileSync(join(vendor, "versions.json"), JSON.stringify(Object.fromEntries(versions), null, 2) + "\n");
