// The words of the status item.

export type ServerState =
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly description: string }
  | { readonly kind: "failed"; readonly reason: string };

/** Findings by severity. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** What stands in the status bar. */
export function statusText(state: ServerState, counts: Counts): string {
  switch (state.kind) {
    case "stopped":
      return "$(circle-slash) vlint";
    case "starting":
      return "$(loading~spin) vlint";
    case "failed":
      return "$(alert) vlint";
    case "running":
      return counts.errors + counts.warnings === 0
        ? "$(check) vlint"
        : `vlint $(error) ${counts.errors} $(warning) ${counts.warnings}`;
  }
}

/** What is said when the pointer rests on it: lines of Markdown. */
export function statusTooltip(state: ServerState, counts: Counts): string[] {
  switch (state.kind) {
    case "stopped":
      return ["vlint is switched off."];
    case "starting":
      return ["vlint is starting."];
    case "failed":
      return ["**vlint is not running.**", state.reason];
    case "running":
      return [
        `**${plural(counts.errors, "error")}, ${plural(counts.warnings, "warning")}, ${plural(counts.notes, "note")}** in this workspace`,
        state.description,
      ];
  }
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
