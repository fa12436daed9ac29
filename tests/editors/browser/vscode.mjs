// A real VS Code with packed extensions, its language servers, and a browser for its window.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { until } from "./patience.mjs";
import { Window } from "./window.mjs";

/** Where setup.py has put code-server and playwright. */
const installed = process.env.VLINT_BROWSER;
const { chromium } = createRequire(join(installed, "package.json"))("playwright-core");
const codeServer = join(installed, "node_modules/code-server/out/node/entry.js");

/** The interpreter that has vlint beside it. */
export const python = process.env.VLINT_PYTHON;

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
  /**
   * Starts a VS Code with only `extensions` installed, on a copy of `project`. What is in the folder besides, as
   * `prepare` leaves it, is there when the window opens. `workspace` is what to open instead of the folder.
   */
  static async start({ extensions, project, screenshots, settings = {}, prepare = () => {}, workspace }) {
    const code = new VsCode();
    mkdirSync(screenshots, { recursive: true });
    code.directory = mkdtempSync(join(tmpdir(), "vlint-vscode-"));
    code.folder = join(code.directory, "shop");
    cpSync(project, code.folder, { recursive: true });
    prepare(code);
    code.extensions = join(code.directory, "extensions");
    mkdirSync(join(code.directory, "user/User"), { recursive: true });
    writeFileSync(join(code.directory, "user/User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
    writeFileSync(join(code.directory, "config.yaml"), "");
    code.workspaceSettings = {};
    for (const extension of extensions) {
      code.install(extension);
    }
    await code.serve();
    await code.browse(screenshots);
    await code.window.goto(code.address(workspace ? { workspace: join(code.directory, workspace) } : { folder: code.folder }));
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
    const options = { stdio: ["ignore", "pipe", "pipe"] };
    this.server = spawn(process.execPath, this.arguments(...words, "--disable-update-check"), options);
    this.output = "";
    for (const stream of [this.server.stdout, this.server.stderr]) {
      stream.on("data", (data) => (this.output += data));
    }
    await until("code-server listens", () => this.output.includes("HTTP server listening"), { told: () => this.output });
  }

  async browse(screenshots) {
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      timeout: 120_000,
      args: "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" "),
    });
    const page = await this.browser.newPage({ viewport: { width: 1200, height: 760 } });
    this.window = new Window(page, { read: (name) => this.read(name), screenshots });
  }

  /** The address of a window that has a folder or a workspace open. */
  address(query) {
    return `http://127.0.0.1:${this.port}/?${new URLSearchParams(query)}`;
  }

  /**
   * Changes settings of the folder as the settings editor does: by writing the file, which VS Code watches.
   * The window's title is set along with them, and tells when VS Code has read the file.
   */
  async changeSettings(changes) {
    this.settingsRead = (this.settingsRead ?? 0) + 1;
    const title = `settings ${this.settingsRead}`;
    Object.assign(this.workspaceSettings, changes, { "window.title": title });
    this.write(".vscode/settings.json", JSON.stringify(this.workspaceSettings, null, 2));
    const shown = () => this.window.page.title();
    await until(`VS Code has read ${title}`, async () => (await shown()).includes(title), { told: shown });
  }

  read(name) {
    return readFileSync(join(this.folder, name), "utf8");
  }

  write(name, text) {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  /** Waits until a saved file fulfils a condition on its text. */
  async saved(name, condition) {
    await until(`${name} is saved so`, () => condition(this.read(name)), { told: () => this.read(name) });
  }

  /** What the extension has written into its logs. */
  log() {
    const names = readdirSync(join(this.directory, "user/logs"), { recursive: true });
    const logs = names.filter((name) => /vlint[^/]*\.log$/.test(name));
    return logs.map((name) => `== ${name}\n${readFileSync(join(this.directory, "user/logs", name), "utf8")}`).join("\n");
  }

  /** The language servers that this VS Code's extension has started: their process ids and command lines. */
  languageServers() {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
          const mine = words.some((word) => word.startsWith(this.extensions) && word.endsWith("start.py"));
          const runs = mine && words.includes("server") && readlinkSync(`/proc/${pid}/exe`).length > 0;
          return runs ? [{ pid: Number(pid), words }] : [];
        } catch {
          return []; // it has ended meanwhile
        }
      });
  }

  /** Waits until one language server alone runs, and fulfils a condition; returns it. */
  async languageServer(what, condition) {
    let running = [];
    const holds = () => {
      running = this.languageServers();
      return running.length === 1 && condition(running[0]);
    };
    await until(what, holds, { seconds: 180, told: () => `${JSON.stringify(running)}\n${this.log()}` });
    return running[0];
  }

  /** Waits for a language server that is none of those that ran before. */
  anotherThan(before) {
    return this.languageServer("another language server", ({ pid }) => pid !== before.pid);
  }

  async stop() {
    await this.browser?.close();
    this.server?.kill();
    await new Promise((resolve) => (this.server?.exitCode === null ? this.server.once("exit", resolve) : resolve()));
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
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
