// What a user does with the extension in a project. Each step begins where the one before it ended.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repeatUntil, until } from "./patience.mjs";
import { session, step } from "./session.mjs";

/** @type {import("./vscode.mjs").VsCode} */
let code;
/** @type {import("./window.mjs").Window} */
let window;

session({ settings: { "workbench.panel.defaultLocation": "bottom" } }, (started) => {
  code = started;
  window = started.window;
});

const has = (text) => (texts) => texts.some((line) => line.includes(text));
const hasNot = (text) => (texts) => texts.length > 0 && !has(text)(texts);

step("a broken function has a squiggle and an entry in Problems", async () => {
  await window.openFile("api/index.py");
  await window.squiggles(1);
  await window.problemsMatch("VL102 in Problems", (texts) =>
    texts.some((text) => /not a class that inherits.*VL102/s.test(text)),
  );
  await window.problemsMatch("findings of files that are not open", has("VL201"));
  await window.screenshot("problems");
});

step("the status item counts the findings", async () => {
  await window.statusMatches(/vlint\s+4\s/);
});

step("hovering explains the finding", async () => {
  const hover = await window.hover(window.squiggle, "BaseHTTPRequestHandler");
  assert.match(await hover.innerText(), /VL102/);
  await window.screenshot("hover");
});

const FIXED = `from http.server import BaseHTTPRequestHandler


class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
`;

step("typing the fix makes the finding go, before anything is saved", async () => {
  await window.goTo(1);
  await window.page.keyboard.press("Control+A");
  await window.type(FIXED);
  await window.squiggles(0);
  await window.problemsMatch("no VL102", hasNot("VL102"));
  assert.match(code.read("api/index.py"), /def handler\(event, context\)/, "the file on disk is the old one");
  await window.save();
  await code.saved("api/index.py", (text) => text === FIXED);
});

step("a code lens shows the route over the entry point", async () => {
  await window.lens.first().waitFor();
  assert.match(await window.lens.first().innerText(), /\/api\b/);
});

step("code lenses can be switched off", async () => {
  await code.changeSettings({ "vlint.codeLens.enable": false });
  await until("no code lens", async () => (await window.lens.count()) === 0);
  await code.changeSettings({ "vlint.codeLens.enable": true });
  await window.lens.first().waitFor();
});

step("hovering the entry point tells its route and interface", async () => {
  const name = window.page.locator(".editor-group-container.active .view-line span", { hasText: /^handler$/ }).first();
  const hover = await window.hover(name, "/api");
  assert.match(await hover.innerText(), /3\.12/);
  await window.screenshot("hover on an entry point");
});

step("the light bulb's fix mends the path of open()", async () => {
  await window.openFile("api/user.py");
  await window.squiggles(1);
  await window.goToText("api/user.py", "greeting.txt", 3);
  await window.page.locator("[class*='codicon-light-bulb'], [class*='lightbulb']").first().waitFor();
  await window.takeFix("api/greeting.txt", { before: () => window.screenshot("light bulb") });
  await window.squiggles(0);
  await window.save();
  await code.saved("api/user.py", (text) => text.includes('open("api/greeting.txt")'));
});

step("Fix All in This File fixes what is safe to fix", async () => {
  await window.openFile("api/report.py");
  await window.squiggles(1);
  await window.command("vlint: Fix All in This File");
  await window.squiggles(0);
  await until("the fix", async () => (await window.text()).includes('open("data/report.html")'), { told: () => window.text() });
  await window.undo();
  await window.squiggles(1);
});

step("saving fixes what is safe to fix", async () => {
  await code.changeSettings({ "editor.codeActionsOnSave": { "source.fixAll.vlint": "explicit" } });
  await window.openFile("api/report.py");
  await window.squiggles(1);
  await window.goToEnd();
  await window.type("\n# Sent as it is.\n");
  await window.save();
  await code.saved("api/report.py", (text) => text.includes('open("data/report.html")'));
  assert.match(code.read("api/report.py"), /# Sent as it is\./);
  await window.squiggles(0);
  await code.changeSettings({ "editor.codeActionsOnSave": {} });
});

step("paths are completed from the project's root", async () => {
  await window.openFile("api/cart.py");
  await window.goToEnd();
  await window.type('\n\nPRODUCTS = open("data/');
  const proposal = window.page.locator(".suggest-widget .monaco-list-row").filter({ hasText: "products.json" }).first();
  const propose = () => window.page.keyboard.press("Control+Space");
  await repeatUntil("a proposal", propose, () => proposal.isVisible(), { every: 15 });
  await window.screenshot("completion");
  await proposal.click();
  await until("the path is written", async () => (await window.text()).includes("data/products.json"));
  await window.type('")');
  await window.save();
  await code.saved("api/cart.py", (text) => text.includes('open("data/products.json")'));
});

step("the Routes view lists what is deployed, and opens it", async () => {
  await window.command("vlint: Show Routes");
  const told = async () => (await window.routes.allInnerTexts()).join("\n");
  await until("five routes", async () => (await window.routes.count()) === 5, { told });
  await until("the saved entry point", async () => /^\/api\s*handler · api\/index\.py/.test(await told()), { told });
  assert.match((await window.routes.allInnerTexts())[1], /^\/api\/cart\s*WSGI · api\/cart\.py/);
  await window.screenshot("routes");
  const opened = window.page.locator('.tab.active[data-resource-name="products.py"]');
  const click = () => window.routes.filter({ hasText: "/api/products" }).click();
  await repeatUntil("the file is open", click, () => opened.isVisible());
});

step("another platform has other findings", async () => {
  await window.squiggles(1);
  await window.problemsMatch("VL101 on 2025-03", has("VL101"));
  await code.changeSettings({ "vlint.platform": "2026-08" });
  await window.squiggles(0);
  await window.problemsMatch("no VL101 on 2026-08", (texts) => !has("VL101")(texts));
  await code.changeSettings({ "vlint.platform": "2025-03" });
  await window.squiggles(1);
});

step("a rule that is ignored in the settings is not reported", async () => {
  await code.changeSettings({ "vlint.ignore": ["VL101"] });
  await window.squiggles(0);
  await code.changeSettings({ "vlint.ignore": null });
  await window.squiggles(1);
});

step("only the rules that are selected in the settings are reported", async () => {
  await code.changeSettings({ "vlint.select": ["VL2"] });
  await window.squiggles(0);
  await code.changeSettings({ "vlint.select": ["VL1"] });
  await window.squiggles(1);
  await code.changeSettings({ "vlint.select": null });
});

step("Check the Workspace opens Problems with what is found", async () => {
  const panel = window.page.locator(".markers-panel");
  const hide = () => window.command("View: Hide Panel");
  await repeatUntil("Problems is closed", hide, async () => !(await panel.isVisible()));
  await code.changeSettings({ "vlint.trace.server": "messages" });
  await window.command("vlint: Check the Workspace");
  await panel.waitFor();
  await until("the server is asked", () => /executeCommand/.test(code.log()), { told: () => code.log() });
  await window.problemsMatch("VL101 in Problems", has("VL101"));
});

step("messages to the server are traced as long as that is wanted", async () => {
  await until("a trace", () => /Sending (request|notification) '/.test(code.log()), { told: () => code.log() });
  await code.changeSettings({ "vlint.trace.server": "verbose" });
  await until("a trace with contents", () => /Params: \{/.test(code.log()), { told: () => code.log() });
  await code.changeSettings({ "vlint.trace.server": "off" });
});

step("the status item's menu has the commands", async () => {
  const placed = window.page.locator('input[placeholder="vlint"]');
  await repeatUntil("the menu", () => window.status.click(), () => placed.isVisible());
  const items = await window.quickRows.allInnerTexts();
  for (const name of ["Show Routes", "Check the Workspace", "Explain Rule", "Restart the Server", "Show Log", "Settings"]) {
    assert.ok(items.some((item) => item.includes(name)), `${name} in ${items}`);
  }
  await window.screenshot("menu");
  await window.pick("Show Log");
  await window.page.locator(".output-view, .output-view-container").first().waitFor();
  const shown = () => window.page.locator(".part.panel .view-lines").first().innerText();
  await until("which vlint is used", async () => /Using\svlint\sof\sthis\sextension/.test(await shown()), { told: shown });
  await window.screenshot("log");
});

step("Show Log shows the log", async () => {
  const log = window.page.locator(".part.panel .view-lines").first();
  await repeatUntil("the log is closed", () => window.command("View: Hide Panel"), async () => !(await log.isVisible()));
  await window.command("vlint: Show Log");
  await log.waitFor();
});

step("findings can wait for the file to be saved", async () => {
  const [before] = code.languageServers();
  await code.changeSettings({ "vlint.run": "onSave" });
  await code.anotherThan(before);
  await window.statusMatches(/^vlint\s+\d/);
  await window.openFile("api/products.py");
  await window.squiggles(1);
  await window.replaceWord("api/products.py", "application", "app");
  await window.replaceWord("api/products.py", "application", "app", "application.route");
  await window.page.waitForTimeout(1500); // in which nothing is to happen
  await window.squiggles(1);
  await window.save();
  await window.squiggles(0);
  const [onSave] = code.languageServers();
  await code.changeSettings({ "vlint.run": "onType" });
  await code.anotherThan(onSave);
  await window.undo();
  await window.squiggles(1);
  await window.save();
});

step("a server that is killed comes back with its findings", async () => {
  const before = await code.languageServer("one language server", () => true);
  process.kill(before.pid, "SIGKILL");
  await code.anotherThan(before);
  await window.openFile("api/index.py");
  await window.squiggles(0);
  await window.goToText("api/index.py", "BaseHTTPRequestHandler):");
  await window.replaceWord("api/index.py", "handler", "hand");
  await window.squiggles(1);
  await window.undo();
  await window.squiggles(0);
});

step("a rule is explained", async () => {
  await window.command("vlint: Explain Rule");
  await window.page.locator('input[placeholder="The rule to explain"]').waitFor();
  await window.pick("VL201", "api-relative-path");
  const page = window.page.frameLocator("iframe.webview.ready").frameLocator("iframe");
  await page.locator("h1", { hasText: "api-relative-path" }).waitFor();
  await window.screenshot("explained rule");
});

step("the server is restarted on demand", async () => {
  const [before] = code.languageServers();
  await window.command("vlint: Restart the Server");
  await code.anotherThan(before);
});

step("switched off, no server runs; switched on, it does", async () => {
  await code.changeSettings({ "vlint.enable": false });
  await until("no server", () => code.languageServers().length === 0);
  await code.changeSettings({ "vlint.enable": true });
  await code.languageServer("a language server", () => true);
});

step("where no function can be, the extension sleeps", async () => {
  const other = join(code.directory, "other");
  mkdirSync(join(other, "src"), { recursive: true });
  writeFileSync(join(other, "src", "main.py"), "print('hello')\n");
  await window.goto(code.address({ folder: other }));
  await window.openFile("src/main.py");
  await window.page.locator('[id="status.editor.mode"]').waitFor();
  assert.equal(await window.status.count(), 0);
  await until("no server for another window", () => code.languageServers().length <= 1);
});
