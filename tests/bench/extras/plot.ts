// Draws one plot: reads {title, xLabel, footnote, points} as JSON, writes an SVG.
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

interface Input {
  readonly title: string;
  readonly xLabel: string;
  readonly footnote: string;
  readonly points: readonly { readonly x: number; readonly ms: number; readonly low: number; readonly high: number }[];
}

const SIZE = { width: 640, height: 360 };
const MARGINS = { marginTop: 56, marginBottom: 76, marginLeft: 56, marginRight: 32 };
const BLUE = "#1f5fa8";

const { title, xLabel, footnote, points }: Input = JSON.parse(await new Response(Deno.stdin.readable).text());
const { document } = parseHTML("<html><body></body></html>");

const svg = Plot.plot({
  document,
  ...SIZE,
  ...MARGINS,
  style: { background: "white", color: "#222", fontSize: "12px" },
  x: {
    label: xLabel,
    labelAnchor: "center",
    labelArrow: "none",
    labelOffset: 40,
    ticks: points.map(({ x }) => x),
    tickFormat: (x: number) => x.toLocaleString("en"),
    domain: [0, Math.max(...points.map(({ x }) => x))],
  },
  y: { label: null, grid: true, zero: true },
  marks: [
    Plot.ruleY([0]),
    Plot.ruleX(points, { x: "x", y1: "low", y2: "high", stroke: BLUE, strokeOpacity: 0.5 }),
    Plot.lineY(points, { x: "x", y: "ms", stroke: BLUE, strokeWidth: 2 }),
    Plot.dot(points, { x: "x", y: "ms", fill: BLUE }),
    Plot.text(points, {
      x: "x",
      y: "ms",
      text: ({ ms }: { ms: number }) => ms.toFixed(0),
      dy: -12,
      stroke: "white",
      fill: "#222",
    }),
    Plot.text([`${title}, in milliseconds`], {
      frameAnchor: "top-left",
      dx: -40,
      dy: -46,
      fontSize: 15,
      fontWeight: "bold",
    }),
    Plot.text([footnote], { frameAnchor: "bottom-left", dx: -40, dy: 64, fontSize: 10, fill: "#666" }),
  ],
});
svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
// An SVG is XML, and names are told apart by their case there; the DOM that draws it writes HTML.
console.log(`<?xml version="1.0" encoding="UTF-8"?>\n${svg.outerHTML.replaceAll("&nbsp;", "\u00a0")}`);
