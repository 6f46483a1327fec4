import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["docs/assets/vendor/**", "docs/assets/runtime/**"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML"].map((property) => ({ property }))],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["**/worker.js"], languageOptions: { globals: globals.worker } },
  { files: ["tests/**/*.mjs"], languageOptions: { globals: globals.node } },
];
