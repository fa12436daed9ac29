// What VS Code calls: puts the parts together.
import * as vscode from "vscode";
import { onInterpreterChanged } from "./interpreter";
import { interpreterOf } from "./launch";
import { install, offerHelp } from "./obstacles";
import { Routes } from "./routes";
import { Rules } from "./rules";
import { Server } from "./server";
import { needsRestart, SECTION } from "./settings";
import { Status } from "./status";
import { Vlint } from "./vlint";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("vlint", { log: true });
  const vlint = new Vlint(context.extensionPath, log);
  const status = new Status();
  const restart = async () => {
    vlint.forget();
    await server?.restart();
    routes.refresh();
  };
  server = new Server(
    vlint,
    log,
    (obstacle) => void offerHelp(obstacle, vlint, () => void restart()),
    () => void routes.reveal(),
  );
  server.onStateChanged((state) => status.set(state));
  const routes = new Routes(vlint, log);
  const rules = new Rules(vlint);

  context.subscriptions.push(log, status, server, routes, rules, ...registerCommands(vlint, routes, rules, log, restart));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (needsRestart(change)) {
        void restart();
      } else if (change.affectsConfiguration(SECTION)) {
        routes.refreshSoon();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void restart()),
    await onInterpreterChanged(() => void restart()),
  );
  await vscode.commands.executeCommand("setContext", "vlint.active", true);
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

function registerCommands(
  vlint: Vlint,
  routes: Routes,
  rules: Rules,
  log: vscode.LogOutputChannel,
  restart: () => Promise<void>,
): vscode.Disposable[] {
  const register = (name: string, action: (...words: never[]) => unknown) =>
    vscode.commands.registerCommand(`vlint.${name}`, action);
  return [
    register("restartServer", restart),
    register("checkAll", checkAll),
    register("fixAll", fixAll),
    register("revealRoutes", () => routes.reveal()),
    register("refreshRoutes", () => routes.refresh()),
    register("showLog", () => log.show()),
    register("explainRule", (code?: string) => rules.explain(code)),
    register("installVlint", () => installBeside(vlint, restart)),
    register("menu", menu),
  ];
}

/** Has the server look at everything anew, and shows what it found. */
async function checkAll(): Promise<void> {
  if (server?.knows("vlint.checkWorkspace")) {
    await vscode.commands.executeCommand("vlint.checkWorkspace");
  } else {
    await server?.restart();
  }
  await vscode.commands.executeCommand("workbench.actions.view.problems");
}

async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.vlint", apply: "first" });
}

async function installBeside(vlint: Vlint, restart: () => Promise<void>): Promise<void> {
  const decision = await vlint.find();
  const interpreter = interpreterOf(decision);
  if (interpreter === undefined) {
    void vscode.window.showWarningMessage("vlint knows no interpreter to install it for: set vlint.interpreter.");
  } else if (await install(interpreter, vlint)) {
    await restart();
  }
}

/** What the status item offers. */
async function menu(): Promise<void> {
  const items = [
    { label: "$(list-tree) Show Routes", command: "vlint.revealRoutes" },
    { label: "$(checklist) Check the Workspace", command: "vlint.checkAll" },
    { label: "$(question) Explain Rule…", command: "vlint.explainRule" },
    { label: "$(debug-restart) Restart the Server", command: "vlint.restartServer" },
    { label: "$(output) Show Log", command: "vlint.showLog" },
    { label: "$(gear) Settings", command: "workbench.action.openSettings", argument: "@ext:vlint.vlint" },
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: "vlint" });
  if (picked) {
    await vscode.commands.executeCommand(picked.command, picked.argument);
  }
}
