// "Explain Rule": a rule's page, as `vlint rule` prints it, shown as Markdown.
import * as vscode from "vscode";
import { codeAt, parseRules, type Rule } from "./rulePages";
import type { Vlint } from "./vlint";

const SCHEME = "vlint-rule";

export class Rules implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly vlint: Vlint) {}

  provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.vlint.run(["rule", uri.path.replace(/^\/|\.md$/g, "")]);
  }

  /** Shows the page of a rule: the one named, else one that the user picks; the cursor's finding stands first. */
  async explain(code?: string): Promise<void> {
    const chosen = code ?? (await this.choose());
    if (chosen) {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${chosen}.md` });
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    }
  }

  private async choose(): Promise<string | undefined> {
    const rules = parseRules(await this.vlint.run(["rule", "--output-format", "json"]));
    const here = codesAtCursor();
    const items = [...rules]
      .sort((left, right) => Number(here.has(right.code)) - Number(here.has(left.code)))
      .map((rule: Rule) => ({ label: rule.code, description: rule.name, detail: rule.summary }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: "The rule to explain",
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return picked?.label;
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function codesAtCursor(): Set<string> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return new Set();
  }
  const position = editor.selection.active;
  const codes = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((diagnostic) => diagnostic.source === "vlint" && diagnostic.range.contains(position))
    .map((diagnostic) => codeAt(diagnostic.code));
  return new Set(codes.filter((code) => code !== undefined));
}
