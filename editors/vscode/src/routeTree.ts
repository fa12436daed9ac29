// The Routes view's contents, made from what `vlint routes --output-format json` prints.
import { resolve } from "node:path";

/** A function as `vlint routes` describes it. */
export interface Route {
  readonly route: string;
  readonly path: string;
  readonly status: string;
  readonly reason: string;
  readonly variable: string | null;
  readonly interface: string | null;
  readonly python: string;
  readonly manifest: string | null;
}

/** A line of the view. */
export interface RouteItem {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: "pass" | "error" | "question";
}

const INTERFACE_NAMES: Readonly<Record<string, string>> = { wsgi: "WSGI", asgi: "ASGI", handler: "handler" };

/** How a function is shown; `relativePath` is its file as the user knows it. */
export function routeItem(route: Route, relativePath: string): RouteItem {
  const kind = route.interface === null ? "" : (INTERFACE_NAMES[route.interface] ?? route.interface);
  return {
    label: route.route,
    description: [kind, relativePath].filter(Boolean).join(" · "),
    tooltip: [
      `${route.route}: ${relativePath}`,
      `${entryPoint(route, kind)}${route.reason && `: ${route.reason}`}`,
      `Python ${route.python}, ${route.manifest === null ? "no dependencies declared" : `dependencies from ${route.manifest}`}`,
    ].join("\n"),
    icon: route.status === "works" ? "pass" : route.status === "fails" ? "error" : "question",
  };
}

function entryPoint(route: Route, kind: string): string {
  const verdict = route.status === "works" || route.status === "fails" ? route.status : `may work (${route.status})`;
  return [route.variable ?? "no entry point", kind && kind !== route.variable ? `(${kind})` : "", verdict]
    .filter(Boolean)
    .join(" ");
}

/** Reads what `vlint routes` printed when it was run in `directory`; in the order of the routes. */
export function parseRoutes(output: string, directory: string): Route[] {
  const routes = JSON.parse(output) as Route[];
  const absolute = routes.map((route) => ({ ...route, path: resolve(directory, route.path) }));
  return absolute.sort((left, right) => left.route.localeCompare(right.route) || left.path.localeCompare(right.path));
}
