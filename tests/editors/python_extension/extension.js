// The part of the Python extension's interface that tells which interpreter is selected, after its published types
// (@vscode/python-extension): `environments` with the active path, its resolution and its changes.
const vscode = require("vscode");

exports.activate = function (context) {
  const changed = new vscode.EventEmitter();
  let selected;
  const active = (resource) => {
    const path = selected ?? vscode.workspace.getConfiguration("python", resource).get("defaultInterpreterPath");
    return { id: path, path };
  };
  const select = async () => {
    const path = await vscode.window.showInputBox({ placeHolder: "The interpreter" });
    if (path) {
      selected = path;
      changed.fire({ ...active(), resource: undefined });
    }
  };
  context.subscriptions.push(changed, vscode.commands.registerCommand("python.setInterpreter", select));
  return {
    environments: {
      onDidChangeActiveEnvironmentPath: changed.event,
      getActiveEnvironmentPath: active,
      resolveEnvironment: async ({ path }) => ({ id: path, path, executable: { uri: vscode.Uri.file(path) } }),
    },
  };
};
