/* figure[data-chart]: draws the JSON of its <script type="application/json"> with ECharts, in the page's own colours, and anew
   when they change. {"kind": "bar" | "line" | "stack", "labels": […], "series": [{"name": …, "values": […]}], "unit": …,
   "horizontal": true}. The table behind it is the page's own and is there without scripts. */
import { found } from "./words.js";

let library = null;

function echarts() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.echarts;
    script.onload = () => resolve(window.echarts);
    script.onerror = () => {
      library = null;
      reject(new Error("echarts"));
    };
    document.head.append(script);
  });
  return library;
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const take = (name) => style.getPropertyValue(name).trim();
  return {
    series: [1, 2, 3, 4, 5, 6].map((number) => take(`--ay-chart-${number}`)),
    ink: take("--ay-ink"),
    soft: take("--ay-ink-soft"),
    line: take("--ay-line-colour"),
    surface: take("--ay-surface"),
    font: take("--ay-font"),
  };
}

function series(data, theme, size) {
  const several = data.series.length > 1;
  return data.series.map((one, number) => ({
    name: one.name,
    type: data.kind === "line" ? "line" : "bar",
    data: one.values,
    stack: data.kind === "stack" ? "all" : undefined,
    symbolSize: 6,
    barMaxWidth: 28,
    itemStyle: { color: theme.series[number % theme.series.length] },
    lineStyle: { width: 2, type: number % 2 ? "dashed" : "solid" },
    // Direct labels come before a legend.
    label: { show: data.kind !== "line" && data.kind !== "stack", position: data.horizontal ? "right" : "top", color: theme.ink, fontSize: size },
    endLabel: { show: data.kind === "line" && several, formatter: "{a}", color: theme.ink, fontSize: size },
  }));
}

function option(data) {
  const theme = colours();
  const size = parseFloat(getComputedStyle(document.body).fontSize) || 14;
  const text = { color: theme.soft, fontSize: size };
  const names = { type: "category", data: data.labels, axisLabel: text, axisLine: { lineStyle: { color: theme.line } }, axisTick: { show: false }, inverse: Boolean(data.horizontal) };
  const numbers = { type: "value", axisLabel: text, minInterval: 1, splitLine: { lineStyle: { color: theme.line } } };
  const stacked = data.kind === "stack";
  return {
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 150,
    textStyle: { fontFamily: theme.font, fontSize: size },
    grid: { left: 8, right: data.kind === "line" && data.series.length > 1 ? 96 : 40, top: stacked ? 48 : 24, bottom: 8, containLabel: true },
    legend: stacked ? { top: 0, left: 0, textStyle: text } : undefined,
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, backgroundColor: theme.surface, borderColor: theme.line, textStyle: { color: theme.ink } },
    xAxis: data.horizontal ? numbers : names,
    yAxis: data.horizontal ? names : numbers,
    series: series(data, theme, size),
  };
}

async function draw(figure) {
  const place = figure.querySelector("[data-chart-canvas]");
  const source = figure.querySelector("script[type='application/json']");
  if (!place || !source || place.dataset.drawn) return;
  place.dataset.drawn = "yes";
  try {
    const library = await echarts();
    const data = JSON.parse(source.textContent);
    const chart = library.init(place, null, { renderer: "svg" });
    const paint = () => chart.setOption(option(data), true);
    paint();
    new ResizeObserver(() => chart.resize()).observe(place);
    new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme", "data-elderly"] });
  } catch {
    // Without the library the table says it all.
    place.hidden = true;
    figure.querySelector("details")?.setAttribute("open", "");
  }
}

export function mountCharts(root) {
  for (const figure of found(root, "[data-chart]")) draw(figure);
}
