// Nothing newer than Chromium 109 (January 2023), in our own and in vendored scripts alike: no syntax and no function of the
// language after ES2022, nothing of the browser that the browserslist of package.json lacks.
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";
import globals from "globals";

// Methods are known by their names alone, whatever they are called on. Two names are common for other things: "with", and
// "union", which in ECharts is that of its own rectangles.
const methods = ["flat/no-change-array-by-copy", "flat/no-set-methods", "flat/no-is-usv-string"];
const aggressive = methods.flatMap((name) => Object.keys(esx.configs[name].rules)).filter((rule) => !/-(with|union)$/.test(rule));

const rules = {
  ...esx.configs["flat/restrict-to-es2022"].rules,
  ...Object.fromEntries(aggressive.map((rule) => [rule, ["error", { aggressive: true }]])),
  "compat/compat": "error",
};
const base = { plugins: { compat, "es-x": esx }, linterOptions: { noInlineConfig: true }, rules };
const languageOptions = { ecmaVersion: 2022, globals: globals.browser };

export default [
  { ...base, files: ["script/**/*.js"], languageOptions: { ...languageOptions, sourceType: "script" } },
  { ...base, files: ["module/**/*.js"], languageOptions: { ...languageOptions, sourceType: "module" } },
];
