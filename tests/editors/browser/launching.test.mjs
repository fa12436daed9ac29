// Which vlint is run, with which interpreter, and what is said and done where none can be.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { until } from "./patience.mjs";
import { session, step, vsix } from "./session.mjs";
import { python } from "./vscode.mjs";

/** @type {import("./vscode.mjs").VsCode} */
let code;
/** @type {import("./window.mjs").Window} */
let window;

/** Makes an environment of Python's in the test's directory; returns its interpreter. */
function environment(name, ...options) {
  execFileSync(python, ["-m", "venv", ...options, join(code.directory, name)]);
  return join(code.directory, name, "bin/python");
}

const isRunBy = (interpreter) => ({ words }) => words[0] === interpreter;

session(
  {
    extensions: [vsix, process.env.VLINT_PYTHON_EXTENSION],
    prepare: (started) => {
      code = started;
      code.selected = environment("selected", "--without-pip");
      code.write(".vscode/settings.json", JSON.stringify({ "python.defaultInterpreterPath": code.selected }));
    },
  },
  (started) => {
    window = started.window;
    code.workspaceSettings = { "python.defaultInterpreterPath": code.selected };
  },
);

step("the interpreter that the Python extension has selected runs vlint", async () => {
  await window.openFile("api/index.py");
  await window.squiggles(1);
  await code.languageServer("the selected interpreter", isRunBy(code.selected));
});

step("another that is selected runs it from then on", async () => {
  const other = environment("other", "--without-pip");
  await window.command("Python: Select Interpreter");
  await window.page.locator('input[placeholder="The interpreter"]').waitFor();
  await window.quickInput.fill(other);
  await window.page.keyboard.press("Enter");
  await code.languageServer("the newly selected interpreter", isRunBy(other));
  await window.squiggles(1);
});

step("further arguments are given to the server", async () => {
  await code.changeSettings({ "vlint.args": ["--stdio"] });
  await code.languageServer("a server with --stdio", ({ words }) => words.at(-1) === "--stdio");
  await code.changeSettings({ "vlint.args": [] });
  await code.languageServer("a server without", ({ words }) => words.at(-1) === "server");
});

step("an interpreter that is not there is told, and no server runs", async () => {
  await code.changeSettings({ "vlint.interpreter": "/nowhere/python" });
  const message = window.message("needs Python 3.10 or later");
  await message.waitFor();
  assert.match(await message.innerText(), /Open Settings[^]*\/nowhere\/python|\/nowhere\/python[^]*Open Settings/);
  assert.ok(await message.getByRole("button", { name: "Select an Interpreter" }).isVisible());
  await until("no server", () => code.languageServers().length === 0);
  await window.statusMatches(/^vlint$/);
  await window.screenshot("missing interpreter");
  await window.answer(message, "Open Settings");
  await window.page.locator(".settings-editor .setting-item-contents").filter({ hasText: "Vlint: Interpreter" }).first().waitFor();
  await code.changeSettings({ "vlint.interpreter": "" });
  await code.languageServer("a language server", () => true);
});

/** Gives the extension the compiled parts of no platform, or its own back. */
function loseCompiledParts(lost) {
  const [name] = readdirSync(code.extensions).filter((entry) => entry.startsWith("vlint.vlint-"));
  const folder = join(code.extensions, name, "bundled/libs/libcst");
  const hidden = join(code.directory, "compiled");
  mkdirSync(hidden, { recursive: true });
  const [from, to] = lost ? [folder, hidden] : [hidden, folder];
  for (const part of readdirSync(from).filter((entry) => /^native.*\.so$/.test(entry))) {
    renameSync(join(from, part), join(to, part));
  }
}

step("where the bundled vlint does not fit, it is offered to install vlint, and that is done", async () => {
  code.own = environment("own");
  loseCompiledParts(true);
  await code.changeSettings({ "vlint.interpreter": code.own });
  const message = window.message("vlint is not installed for");
  await message.waitFor();
  await until("no server", () => code.languageServers().length === 0);
  await window.screenshot("offer to install");
  await window.answer(message, "Install vlint");
  await code.languageServer("the installed vlint", ({ words }) => words[0] === code.own && words.includes("environment"));
  assert.ok(existsSync(join(code.directory, "own/bin/vlint")));
  await window.openFile("api/index.py");
  await window.squiggles(1);
});

step("the bundled vlint goes over the installed one, or as importStrategy says", async () => {
  loseCompiledParts(false);
  await window.command("vlint: Restart the Server");
  await code.languageServer("the bundled vlint", ({ words }) => words[0] === code.own && words.includes("bundled"));
  await code.changeSettings({ "vlint.importStrategy": "fromEnvironment" });
  await code.languageServer("the installed vlint", ({ words }) => words.includes("environment"));
});

step("a vlint that is named is run instead of any other", async () => {
  await code.changeSettings({ "vlint.path": "${workspaceFolder}/../own/bin/vlint" });
  await until("no other server", () => code.languageServers().length === 0);
  await window.statusMatches(/^vlint\s+\d/);
  await window.squiggles(1);
  await until("the log names it", () => /Using .*own\/bin\/vlint/.test(code.log()), { told: () => code.log() });
});
