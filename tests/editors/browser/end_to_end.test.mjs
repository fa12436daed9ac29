// What a user does with the extension, done in a real VS Code. Each test begins where the one before it ended.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { until, VsCode } from "./vscode.mjs";

const { VLINT_VSIX: vsix, VLINT_PROJECT: project, VLINT_SCREENSHOTS: screenshots } = process.env;

/** @type {VsCode} */
let code;

before(async () => {
  code = await VsCode.start({ vsix, project, screenshots, settings: { "vlint.trace.server": "messages" } });
}, { timeout: 120_000 });

after(async () => {
  await code?.stop();
});

afterEach(async (context) => {
  if (context.error ?? !context.passed) {
    await code.screenshot(`failed ${context.name}`);
    writeFileSync(join(screenshots, `failed ${context.name}.log`), code.log());
  }
});

/** A test that may take a minute. */
function step(name, action) {
  test(name, { timeout: 60_000 }, action);
}

const squiggles = (count, kind) =>
  until(
    `${count} squiggles`,
    async () => (await code.squiggles(kind).count()) === count,
    20,
    async () => (await code.problemTexts()).join("\n"),
  );

async function problemsMatch(what, condition) {
  let texts = [];
  await until(what, async () => condition((texts = await code.problemTexts())), 20, () => texts.join("\n"));
}

step("a broken function has a squiggle and an entry in Problems", async () => {
  await code.openFile("api/index.py");
  await squiggles(1);
  await problemsMatch("VL102 in Problems", (texts) => texts.some((text) => /not a class that inherits.*VL102/s.test(text)));
  await problemsMatch("findings of files that are not open", (texts) => texts.some((text) => text.includes("VL201")));
  await code.screenshot("problems");
});

step("the status item counts the findings", async () => {
  const status = code.status();
  await until("four errors", async () => /vlint\s+4\s/.test(await status.innerText()), 20, () => status.innerText());
});

step("hovering explains the finding", async () => {
  await code.hover(code.squiggles().first());
  const hover = code.page.locator(".monaco-hover").filter({ hasText: "BaseHTTPRequestHandler" }).first();
  await hover.waitFor();
  assert.match(await hover.innerText(), /VL102/);
  await code.screenshot("hover");
  await code.page.keyboard.press("Escape");
});

const FIXED = `from http.server import BaseHTTPRequestHandler


class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
`;

step("typing the fix makes the finding go, before anything is saved", async () => {
  await code.goTo(1);
  await code.page.keyboard.press("Control+A");
  await code.type(FIXED);
  await squiggles(0);
  await problemsMatch("no VL102", (texts) => texts.length > 0 && !texts.some((text) => text.includes("VL102")));
  assert.match(code.read("api/index.py"), /def handler\(event, context\)/, "the file on disk is the old one");
  await code.save();
  await until("the file is saved", () => code.read("api/index.py") === FIXED);
});

step("a code lens shows the route over the entry point", async () => {
  const lens = code.page.locator(".codelens-decoration").first();
  await lens.waitFor();
  assert.match(await lens.innerText(), /\/api\b/);
});

step("hovering the entry point tells its route and interface", async () => {
  const name = code.page.locator(".editor-group-container.active .view-line span", { hasText: /^handler$/ }).first();
  await code.hover(name);
  const hover = code.page.locator(".monaco-hover").filter({ hasText: "/api" }).first();
  await hover.waitFor();
  assert.match(await hover.innerText(), /3\.12/);
  await code.screenshot("hover on an entry point");
  await code.page.keyboard.press("Escape");
});

step("the light bulb's fix mends the path of open()", async () => {
  await code.openFile("api/user.py");
  await squiggles(1);
  await code.goToText("api/user.py", "greeting.txt", 3);
  await code.page.locator("[class*='codicon-light-bulb'], [class*='lightbulb']").first().waitFor();
  await code.page.keyboard.press("Control+.");
  const fix = code.page.locator(".action-widget .monaco-list-row.focused").filter({ hasText: "api/greeting.txt" });
  await fix.waitFor();
  await code.screenshot("light bulb");
  await code.page.waitForTimeout(500); // the menu takes no key for a moment, lest one that was meant for the text hit it
  await code.page.keyboard.press("Enter");
  await squiggles(0);
  await code.save();
  await until("the path is saved", () => code.read("api/user.py").includes('open("api/greeting.txt")'));
});

step("saving fixes what is safe to fix", async () => {
  await code.changeSettings({ "editor.codeActionsOnSave": { "source.fixAll.vlint": "explicit" } });
  await code.openFile("api/report.py");
  await squiggles(1);
  await code.goTo(1);
  await code.page.keyboard.press("Control+End");
  await code.type("\n# Sent as it is.\n");
  await code.save();
  await until("the saved file is fixed", () => code.read("api/report.py").includes('open("data/report.html")'), 20, () =>
    code.read("api/report.py"),
  );
  assert.match(code.read("api/report.py"), /# Sent as it is\./);
  await squiggles(0);
  await code.changeSettings({ "editor.codeActionsOnSave": {} });
});

step("paths are completed from the project's root", async () => {
  await code.openFile("api/cart.py");
  await code.goTo(1);
  await code.page.keyboard.press("Control+End");
  await code.type('\n\nPRODUCTS = open("data/');
  await code.page.keyboard.press("Control+Space");
  const proposal = code.page.locator(".suggest-widget .monaco-list-row").filter({ hasText: "products.json" }).first();
  await proposal.waitFor();
  await code.screenshot("completion");
  await proposal.click();
  await code.type('")');
  await code.save();
  await until("the path is written", () => code.read("api/cart.py").includes('open("data/products.json")'), 20, () =>
    code.read("api/cart.py"),
  );
});

step("the Routes view lists what is deployed, and opens it", async () => {
  await code.command("vlint: Show Routes");
  const routes = code.page.locator(".pane", { has: code.page.locator('h3:has-text("Routes")') }).locator(".monaco-list-row");
  await until("five routes", async () => (await routes.count()) === 5, 20, async () => (await routes.allInnerTexts()).join("\n"));
  const texts = await routes.allInnerTexts();
  assert.match(texts[0], /^\/api\s*handler · api\/index\.py/);
  assert.match(texts[1], /^\/api\/cart\s*WSGI · api\/cart\.py/);
  await code.screenshot("routes");
  await routes.filter({ hasText: "/api/products" }).click();
  await code.page.locator('.tab.active[data-resource-name="products.py"]').waitFor();
});

step("another platform has other findings", async () => {
  await squiggles(1);
  await problemsMatch("VL101 on 2025-03", (texts) => texts.some((text) => text.includes("VL101")));
  await code.changeSettings({ "vlint.platform": "2026-08" });
  await squiggles(0);
  await problemsMatch("no VL101 on 2026-08", (texts) => !texts.some((text) => text.includes("VL101")));
  await code.changeSettings({ "vlint.platform": "2025-03" });
  await squiggles(1);
});

step("a rule that is ignored in the settings is not reported", async () => {
  await code.changeSettings({ "vlint.ignore": ["VL101"] });
  await squiggles(0);
  await code.changeSettings({ "vlint.ignore": null });
  await squiggles(1);
});

step("findings can wait for the file to be saved", async () => {
  const before = code.languageServers();
  await code.changeSettings({ "vlint.run": "onSave" });
  await until("another server", () => code.languageServers().some((pid) => !before.includes(pid)));
  await squiggles(1);
  await code.goToText("api/products.py", "application");
  await code.page.keyboard.press("Control+Shift+ArrowRight");
  await code.type("app");
  await code.page.waitForTimeout(1500);
  await squiggles(1);
  await code.save();
  await squiggles(0);
  await code.changeSettings({ "vlint.run": "onType" });
  await code.page.keyboard.press("Control+Z");
  await squiggles(1);
  await code.save();
});

step("a server that is killed comes back with its findings", async () => {
  const [before, ...others] = code.languageServers();
  assert.deepEqual(others, []);
  process.kill(before, "SIGKILL");
  await until("another server", () => code.languageServers().some((pid) => pid !== before));
  await code.openFile("api/index.py");
  await squiggles(0);
  await code.goToText("api/index.py", "BaseHTTPRequestHandler):");
  await code.page.keyboard.press("Control+Shift+ArrowRight");
  await code.type("object");
  await squiggles(1);
  await code.page.keyboard.press("Control+Z");
  await squiggles(0);
});

step("a rule is explained", async () => {
  await code.command("vlint: Explain Rule");
  const input = code.page.locator(".quick-input-widget input");
  await input.fill("VL201");
  await code.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "api-relative-path" }).first().waitFor();
  await code.page.keyboard.press("Enter");
  const page = code.page.frameLocator("iframe.webview.ready").frameLocator("iframe");
  await page.locator("h1", { hasText: "api-relative-path" }).waitFor();
  await code.screenshot("explained rule");
});

step("the server is restarted on demand", async () => {
  const before = code.languageServers();
  await code.command("vlint: Restart the Server");
  await until("another server alone", () => {
    const now = code.languageServers();
    return now.length === 1 && now[0] !== before[0];
  });
});

step("switched off, no server runs; switched on, it does", async () => {
  await code.changeSettings({ "vlint.enable": false });
  await until("no server", () => code.languageServers().length === 0);
  await code.changeSettings({ "vlint.enable": true });
  await until("a server", () => code.languageServers().length === 1);
});

step("an interpreter that is not there is told, and no server runs", async () => {
  await code.changeSettings({ "vlint.interpreter": "/nowhere/python" });
  const message = code.page.locator(".notification-toast").filter({ hasText: "needs Python 3.10 or later" }).first();
  await message.waitFor();
  assert.match(await message.innerText(), /Open Settings[^]*\/nowhere\/python/);
  await until("no server", () => code.languageServers().length === 0);
  await code.screenshot("missing interpreter");
  await code.changeSettings({ "vlint.interpreter": "" });
  await until("a server", () => code.languageServers().length === 1);
});

step("where no function can be, the extension sleeps", async () => {
  const other = join(code.directory, "other");
  mkdirSync(join(other, "src"), { recursive: true });
  writeFileSync(join(other, "src", "main.py"), "print('hello')\n");
  await code.page.goto(`http://127.0.0.1:${code.port}/?folder=${encodeURIComponent(other)}`);
  await code.page.locator(".monaco-workbench .explorer-folders-view").waitFor({ timeout: 60_000 });
  await code.openFile("src/main.py");
  await code.page.locator('[id="status.editor.mode"]').waitFor();
  assert.equal(await code.status().count(), 0);
  await until("no server for another window", () => code.languageServers().length <= 1);
});
