// Workspaces of several folders, workspaces that are not trusted, and tasks.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repeatUntil, until } from "./patience.mjs";
import { project, session, step } from "./session.mjs";
import { python } from "./vscode.mjs";

/** @type {import("./vscode.mjs").VsCode} */
let code;
/** @type {import("./window.mjs").Window} */
let window;

session(
  {
    settings: {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
      "security.workspace.trust.untrustedFiles": "open",
    },
    prepare: (started) => {
      // What a project's own settings could have vlint run.
      const interpreter = join(started.directory, "project/bin/python");
      execFileSync(python, ["-m", "venv", "--without-pip", join(started.directory, "project")]);
      started.write(".vscode/settings.json", JSON.stringify({ "vlint.interpreter": interpreter, "vlint.ignore": ["VL102"] }));
      started.projects = interpreter;
    },
  },
  (started) => {
    code = started;
    window = started.window;
  },
);

const has = (text) => (texts) => texts.some((line) => line.includes(text));

step("vlint works in a folder that is not trusted, and runs nothing that the folder names", async () => {
  await window.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  await window.openFile("api/user.py");
  await window.squiggles(1);
  await window.problemsMatch("VL201, and the folder's own choice of rules", (texts) => has("VL201")(texts) && !has("VL102")(texts));
  const { words } = await code.languageServer("a language server", () => true);
  assert.notEqual(words[0], code.projects);
  await window.screenshot("restricted mode");
});

step("when it is trusted, what it names is run", async () => {
  await window.command("Workspaces: Manage Workspace Trust");
  const trust = window.page.locator(".workspace-trust-editor").getByText("Trust", { exact: true }).first();
  const restricted = window.page.locator(".statusbar-item", { hasText: "Restricted Mode" });
  const click = () => trust.click({ timeout: 5000 }).catch(() => {});
  await repeatUntil("it is trusted", click, async () => (await restricted.count()) === 0);
  await code.languageServer("the folder's interpreter", ({ words }) => words[0] === code.projects);
});

step("a task's output is read into Problems", async () => {
  code.workspaceSettings = { "vlint.enable": false };
  // The terminal of a task has the PATH of a login, on which this vlint need not be.
  const command = `${join(dirname(python), "vlint")} --output-format concise`;
  const task = { label: "check", type: "shell", command, problemMatcher: "$vlint" };
  code.write(".vscode/tasks.json", JSON.stringify({ version: "2.0.0", tasks: [task] }));
  await code.changeSettings({});
  await until("no server", () => code.languageServers().length === 0);
  await window.problemsMatch("no entry", (texts) => !has("VL")(texts));
  await window.command("Tasks: Run Task");
  await window.page.locator('input[placeholder="Select the task to run"]').waitFor();
  await window.pick("check");
  await window.problemsMatch("entries of the task", (texts) => has("VL201")(texts) && has("VL101")(texts));
  const line = (await window.problems()).find((text) => text.includes("VL101"));
  assert.match(line, /looks only for[^]*vlint[^]*VL101[^]*Ln 3, Col 1/);
  await window.screenshot("task");
});

step("several folders in one workspace each have their findings, routes and settings", async () => {
  const later = join(code.directory, "second");
  cpSync(project, later, { recursive: true });
  writeFileSync(join(later, "vlint.toml"), 'platform = "2026-08"\n');
  code.workspaceSettings = {};
  code.write(".vscode/settings.json", JSON.stringify({}));
  const file = join(code.directory, "both.code-workspace");
  writeFileSync(file, JSON.stringify({ folders: [{ path: "shop" }, { path: "second" }], settings: {} }));
  await window.goto(code.address({ workspace: file }));
  const status = /^vlint\s+7\s/; // four in the first; the later platform, that of the second, takes `application` as it is
  await window.statusMatches(status);
  const of = (folder) => (text) => text.includes("index.py") && text.includes(folder);
  await window.problemsMatch("findings of the second folder", (texts) => texts.some(of("second")));
  await window.problemsMatch("findings of the first folder", (texts) => texts.some(of("shop")));
  await window.command("vlint: Show Routes");
  const shown = async () => (await window.routes.allInnerTexts()).join("\n");
  await until("routes of the first folder", async () => /^shop\s*\/api\s*api\/index\.py/.test(await shown()), { told: shown });
  await window.screenshot("several folders");
  const scroll = async () => {
    await window.rest(window.routes.first());
    await window.page.mouse.wheel(0, 1000);
  };
  const second = async () => /\/api\/products\s*WSGI · api\/products\.py/.test(await shown());
  await repeatUntil("routes of the second folder", scroll, second, { told: shown });
});
