// Nothing newer than Chromium 109 (January 2023), in our own and in vendored stylesheets alike. Two tools, because each misses
// what the other knows: caniuse's table for the browserslist of package.json, and the web platform's own (Baseline 2022), which
// is asked of every property, value, function, selector and at-rule. What Baseline lacks only because of another browser, or
// what does no harm where it is missing, stands below with its reason.

const ignoreProperties = {
  // In Chromium since long before 109; not in Baseline for the sake of other browsers.
  outline: [/./], // Chromium 94 follows the radius
  resize: [/./], // Chromium 1
  clip: [/./], // Chromium 1, deprecated; Bootstrap's .visually-hidden
  "user-select": [/./], // Chromium 54
  "overflow-anchor": [/./], // Chromium 56
  "word-break": ["break-word"], // Chromium 1
  "break-after": ["avoid"], // Chromium 50; on paper
  // Bootstrap writes the -webkit- form beside it, which Chromium 109 reads.
  "mask-image": [/./],
  "mask-size": [/./],
  "mask-position": [/./],
  "print-color-adjust": [/./],
  "color-adjust": [/./],
  // Chinese and Latin apart. Where it is missing (before Chromium 140) the text stands as it was typed, which reads as well.
  "text-autospace": [/./],
};

export default {
  plugins: ["stylelint-no-unsupported-browser-features", "stylelint-plugin-use-baseline"],
  rules: {
    "plugin/no-unsupported-browser-features": [true, { severity: "error", ignorePartialSupport: true }],
    "plugin/use-baseline": [
      true,
      {
        available: 2022,
        ignoreProperties,
        ignoreFunctions: ["rect"], // Chromium 1, deprecated; Bootstrap's .visually-hidden
        ignoreSelectors: ["selection"], // Chromium 1
        ignoreAtRules: ["page"], // Chromium 2; on paper
      },
    ],
    "color-no-invalid-hex": true,
    "unit-no-unknown": true,
  },
};
