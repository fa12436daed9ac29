// A real VS Code with the packed extension, in a browser, and what a user does with it.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where setup.py has put code-server and playwright. */
const installed = process.env.VLINT_BROWSER;
const { chromium } = createRequire(join(installed, "package.json"))("playwright-core");
const codeServer = join(installed, "node_modules/code-server/out/node/entry.js");

const SETTINGS = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Dark Modern",
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "chat.commandCenter.enabled": false,
  "window.commandCenter": false,
  "workbench.tips.enabled": false,
  "editor.minimap.enabled": false,
  "editor.fontSize": 14,
  // What is typed is what is in the file.
  "editor.autoIndent": "none",
  "editor.autoClosingBrackets": "never",
  "editor.autoClosingQuotes": "never",
  "editor.autoSurround": "never",
  "editor.hover.delay": 100,
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.wordBasedSuggestions": "off",
  "files.autoSave": "off",
  "explorer.autoReveal": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

export class VsCode {
  /** Starts a server with only `vsix` installed, and opens a copy of `project` in it. */
  static async start({ vsix, project, screenshots, settings = {}, otherExtensions = [] }) {
    const code = new VsCode();
    code.screenshots = screenshots;
    mkdirSync(screenshots, { recursive: true });
    code.directory = mkdtempSync(join(tmpdir(), "vlint-vscode-"));
    code.folder = join(code.directory, "shop");
    cpSync(project, code.folder, { recursive: true });
    code.extensions = join(code.directory, "extensions");
    mkdirSync(join(code.directory, "user/User"), { recursive: true });
    const settingsFile = join(code.directory, "user/User/settings.json");
    writeFileSync(settingsFile, JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
    code.workspaceSettings = {};
    writeFileSync(join(code.directory, "config.yaml"), "");
    for (const extension of [vsix, ...otherExtensions]) {
      code.install(extension);
    }
    await code.serve();
    await code.open();
    return code;
  }

  arguments(...words) {
    const { directory } = this;
    const own = ["--user-data-dir", join(directory, "user"), "--extensions-dir", this.extensions];
    return [codeServer, ...own, "--config", join(directory, "config.yaml"), ...words];
  }

  install(vsix) {
    const done = spawnSync(process.execPath, this.arguments("--install-extension", vsix), { encoding: "utf8" });
    if (done.status !== 0) {
      throw new Error(`${vsix} was not installed:\n${done.stdout}${done.stderr}`);
    }
  }

  async serve() {
    this.port = await freePort();
    const words = ["--auth", "none", "--bind-addr", `127.0.0.1:${this.port}`, "--disable-telemetry"];
    const options = { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...this.environment } };
    this.server = spawn(process.execPath, this.arguments(...words, "--disable-update-check"), options);
    this.output = "";
    for (const stream of [this.server.stdout, this.server.stderr]) {
      stream.on("data", (data) => (this.output += data));
    }
    await until("code-server listens", () => this.output.includes("HTTP server listening"), 30, () => this.output);
  }

  async open() {
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" "),
    });
    this.page = await this.browser.newPage({ viewport: { width: 1200, height: 760 } });
    this.page.setDefaultTimeout(20_000);
    await this.page.goto(`http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(this.folder)}`);
    await this.page.locator(".monaco-workbench .explorer-folders-view").waitFor({ timeout: 60_000 });
  }

  /**
   * Changes settings of the workspace as the settings editor does: by writing the file, which VS Code watches.
   * The window's title is set along with them, and tells when VS Code has read the file.
   */
  async changeSettings(changes) {
    this.settingsRead = (this.settingsRead ?? 0) + 1;
    const title = `settings ${this.settingsRead}`;
    Object.assign(this.workspaceSettings, changes, { "window.title": title });
    mkdirSync(join(this.folder, ".vscode"), { recursive: true });
    writeFileSync(join(this.folder, ".vscode/settings.json"), JSON.stringify(this.workspaceSettings, null, 2));
    await until(`VS Code has read ${title}`, async () => (await this.page.title()).includes(title), 20, () => this.page.title());
  }

  read(name) {
    return readFileSync(join(this.folder, name), "utf8");
  }

  async openFile(name) {
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press("Control+P");
    const input = this.page.locator(".quick-input-widget input");
    await input.fill(name);
    await this.page.locator(".quick-input-list .monaco-list-row").first().filter({ hasText: name.split("/").at(-1) }).waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.tab.active[data-resource-name="${name.split("/").at(-1)}"]`).waitFor();
    await this.page.locator(".editor-group-container.active .view-lines").first().waitFor();
  }

  /** Runs a command by its title in the palette. */
  async command(title) {
    await this.page.keyboard.press("F1");
    await this.page.locator(".quick-input-widget input").fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  // Playwright scrolls what it clicks or hovers into view, which displaces the text of an editor: hence the mouse.
  async hover(locator) {
    const box = await locator.boundingBox();
    await this.page.mouse.move(0, 0);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  }

  /** Puts the cursor at a place in the active editor; both count from 1. */
  async goTo(line, column = 1) {
    await this.page.keyboard.press("Control+1");
    await this.page.keyboard.press("Control+G");
    await this.page.locator(".quick-input-widget input").fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Puts the cursor before the first `text` of the active document as it is saved in `name`. */
  async goToText(name, text, after = 0) {
    const before = this.read(name).slice(0, this.read(name).indexOf(text) + after);
    const lines = before.split("\n");
    await this.goTo(lines.length, lines.at(-1).length + 1);
  }

  async type(text) {
    await this.page.keyboard.type(text, { delay: 15 });
  }

  async save() {
    await this.page.keyboard.press("Control+S");
  }

  squiggles(kind = "error") {
    return this.page.locator(`.editor-group-container.active .squiggly-${kind}`);
  }

  /** The lines of the Problems panel, which is opened where it is not. */
  async problems() {
    const panel = this.page.locator(".markers-panel");
    if (!(await panel.isVisible())) {
      await this.command("Problems: Focus on Problems View");
      await panel.waitFor();
    }
    return panel.locator(".monaco-list-row");
  }

  async problemTexts() {
    return (await this.problems()).allInnerTexts();
  }

  status() {
    return this.page.locator('[id="vlint.vlint.vlint.status"], [id="vlint.vlint.status"]').first();
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }

  /** What the extension has written into its logs. */
  log() {
    const names = readdirSync(join(this.directory, "user/logs"), { recursive: true });
    const logs = names.filter((name) => /vlint[^/]*\.log$/.test(name));
    return logs.map((name) => `== ${name}\n${readFileSync(join(this.directory, "user/logs", name), "utf8")}`).join("\n");
  }

  /** The process ids of language servers that this VS Code's extension has started. */
  languageServers() {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
          const mine = words.some((word) => word.startsWith(this.extensions) && word.endsWith("start.py"));
          return mine && words.includes("server") && readlinkSync(`/proc/${pid}/exe`).length > 0;
        } catch {
          return false; // it has ended meanwhile
        }
      })
      .map(Number);
  }

  async stop() {
    await this.browser?.close();
    this.server?.kill();
    await new Promise((resolve) => (this.server?.exitCode === null ? this.server.once("exit", resolve) : resolve()));
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits until `condition` holds; `seconds` at most. */
export async function until(what, condition, seconds = 20, told = () => "") {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await condition()) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${seconds} s: ${what}\n${await told()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

