/* Runs before anything is drawn: "auto" follows the device without a flash of the other appearance. */
(function () {
  const root = document.documentElement;
  if (root.dataset.appearance !== "auto" || !window.matchMedia) return;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  follow();
  dark.addEventListener("change", follow);
})();
