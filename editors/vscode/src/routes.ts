// The Routes view in the explorer: what a deployment of the saved files would answer.
import * as vscode from "vscode";
import type { Vlint } from "./vlint";
import { parseRoutes, type Route, routeItem } from "./routeTree";
import { SECTION } from "./settings";

const QUIET_MILLISECONDS = 400;
const COLORS = { pass: "testing.iconPassed", error: "testing.iconFailed", question: "testing.iconUnset" };

type Node = vscode.WorkspaceFolder | Route;

export class Routes implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view = vscode.window.createTreeView("vlint.routes", { treeDataProvider: this, showCollapseAll: true });
  private readonly watcher = vscode.workspace.createFileSystemWatcher("**/{*.py,vercel.json,vlint.toml,pyproject.toml,Pipfile,Pipfile.lock,requirements*.txt}");
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly vlint: Vlint,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.watcher.onDidChange(() => this.refreshSoon());
    this.watcher.onDidCreate(() => this.refreshSoon());
    this.watcher.onDidDelete(() => this.refreshSoon());
  }

  refresh(): void {
    this.changed.fire();
  }

  /** Several changes in a moment lead to one refresh. */
  refreshSoon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.refresh(), QUIET_MILLISECONDS);
  }

  async reveal(): Promise<void> {
    await vscode.commands.executeCommand("vlint.routes.focus");
    this.refresh();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const [only] = folders;
    if (node === undefined) {
      return folders.length === 1 && only ? this.routes(only) : [...folders];
    }
    return "uri" in node ? this.routes(node) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ("uri" in node) {
      return new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
    }
    const file = vscode.Uri.file(node.path);
    const shown = routeItem(node, vscode.workspace.asRelativePath(file, false));
    const item = new vscode.TreeItem(shown.label);
    item.description = shown.description;
    item.tooltip = shown.tooltip;
    item.iconPath = new vscode.ThemeIcon(shown.icon, new vscode.ThemeColor(COLORS[shown.icon]));
    item.command = { command: "vscode.open", title: "Open the File", arguments: [file] };
    return item;
  }

  private async routes(folder: vscode.WorkspaceFolder): Promise<Route[]> {
    const platform = vscode.workspace.getConfiguration(SECTION, folder).get<string | null>("platform");
    const options = platform ? ["--platform", platform] : [];
    try {
      const output = await this.vlint.run(["routes", folder.uri.fsPath, "--output-format", "json", ...options]);
      const found = parseRoutes(output, this.vlint.extensionPath);
      this.view.message = "";
      return found;
    } catch (error) {
      this.log.warn(`vlint routes: ${String(error)}`);
      this.view.message = "The routes could not be read: see vlint's log.";
      return [];
    }
  }

  dispose(): void {
    clearTimeout(this.waiting);
    this.watcher.dispose();
    this.view.dispose();
    this.changed.dispose();
  }
}
