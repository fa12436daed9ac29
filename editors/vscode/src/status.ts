// The status item: the server's state, and how much it found.
import * as vscode from "vscode";
import { type Counts, type ServerState, statusText, statusTooltip } from "./statusText";

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("vlint.status", vscode.StatusBarAlignment.Left, 40);
  private readonly subscription = vscode.languages.onDidChangeDiagnostics(() => this.show());
  private state: ServerState = { kind: "stopped" };

  constructor() {
    this.item.name = "vlint";
    this.item.command = "vlint.menu";
    this.item.show();
    this.show();
  }

  set(state: ServerState): void {
    this.state = state;
    this.show();
  }

  private show(): void {
    const counts = countFindings();
    this.item.text = statusText(this.state, counts);
    this.item.tooltip = new vscode.MarkdownString(statusTooltip(this.state, counts).join("\n\n"), true);
    this.item.backgroundColor =
      this.state.kind === "failed" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }
}

function countFindings(): Counts {
  const severities = vscode.languages
    .getDiagnostics()
    .flatMap(([, diagnostics]) => diagnostics)
    .filter((diagnostic) => diagnostic.source === "vlint")
    .map((diagnostic) => diagnostic.severity);
  const count = (severity: vscode.DiagnosticSeverity) => severities.filter((other) => other === severity).length;
  return {
    errors: count(vscode.DiagnosticSeverity.Error),
    warnings: count(vscode.DiagnosticSeverity.Warning),
    notes: count(vscode.DiagnosticSeverity.Information) + count(vscode.DiagnosticSeverity.Hint),
  };
}
