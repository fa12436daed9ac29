// Says what is missing, and does it when asked to.
import { readdirSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { hasPythonExtension } from "./interpreter";
import { explain, type Obstacle } from "./launch";
import type { Vlint } from "./vlint";

const INSTALL = "Install vlint";
const SELECT = "Select an Interpreter";
const SETTINGS = "Open Settings";

/** Shows a message with what can be done; nothing is installed without a click. */
export async function offerHelp(obstacle: Obstacle, vlint: Vlint, retry: () => void): Promise<void> {
  const ways = [
    ...(obstacle.kind === "notInstalled" ? [INSTALL] : []),
    ...(hasPythonExtension() ? [SELECT] : []),
    SETTINGS,
  ];
  switch (await vscode.window.showErrorMessage(explain(obstacle), ...ways)) {
    case INSTALL:
      if (obstacle.kind === "notInstalled" && (await install(obstacle.interpreter.executable, vlint))) {
        retry();
      }
      break;
    case SELECT:
      await vscode.commands.executeCommand("python.setInterpreter");
      break;
    case SETTINGS:
      await openSetting("vlint.interpreter");
      break;
  }
}

/** Opens the settings at one that belongs to the machine: where VS Code is a remote one, users' settings lack it. */
async function openSetting(name: string): Promise<void> {
  const [command, argument] =
    vscode.env.remoteName === undefined
      ? ["workbench.action.openSettings", name]
      : ["workbench.action.openRemoteSettings", { query: name }];
  await vscode.commands.executeCommand(command, argument);
}

/**
 * Installs this extension's own vlint for an interpreter, in a task whose terminal shows what is done.
 * Returns whether it went well.
 */
export async function install(interpreter: string, vlint: Vlint): Promise<boolean> {
  const wheel = readdirSync(vlint.wheelDirectory).find((name) => name.endsWith(".whl"));
  if (!wheel) {
    throw new Error(`no wheel in ${vlint.wheelDirectory}`);
  }
  const execution = new vscode.ProcessExecution(interpreter, [
    "-m",
    "pip",
    "install",
    "--upgrade",
    path.join(vlint.wheelDirectory, wheel),
  ]);
  const task = new vscode.Task({ type: "vlint" }, vscode.TaskScope.Workspace, "install", "vlint", execution);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always };
  const running = await vscode.tasks.executeTask(task);
  return new Promise((resolve) => {
    const subscription = vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution === running) {
        subscription.dispose();
        resolve(event.exitCode === 0);
      }
    });
  });
}
