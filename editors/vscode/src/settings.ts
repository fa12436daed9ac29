// The settings that this extension itself looks at. The others are asked for by the server.
import * as vscode from "vscode";
import type { ImportStrategy } from "./launch";

export const SECTION = "vlint";

export interface Settings {
  readonly enable: boolean;
  readonly run: "onType" | "onSave";
  readonly path: string;
  readonly interpreter: string;
  readonly importStrategy: ImportStrategy;
  readonly args: readonly string[];
}

export function readSettings(): Settings {
  const settings = vscode.workspace.getConfiguration(SECTION, vscode.workspace.workspaceFolders?.[0]);
  return {
    enable: settings.get("enable", true),
    run: settings.get("run", "onType"),
    path: withFolder(settings.get("path", "")),
    interpreter: withFolder(settings.get("interpreter", "")),
    importStrategy: settings.get("importStrategy", "useBundled"),
    args: settings.get("args", []).map(withFolder),
  };
}

/** Settings may name the first workspace folder as launch configurations do. */
function withFolder(text: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  return text.trim().replaceAll("${workspaceFolder}", folder);
}

/** The settings after whose change another server must be started. */
const NEEDS_RESTART = ["enable", "run", "path", "interpreter", "importStrategy", "args"];

export function needsRestart(change: vscode.ConfigurationChangeEvent): boolean {
  return NEEDS_RESTART.some((name) => change.affectsConfiguration(`${SECTION}.${name}`));
}
