// The language server's life: start, stop, restart, and starting again when it ends by itself.
import * as vscode from "vscode";
import {
  CloseAction,
  type DiagnosticProviderMiddleware,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  type StaticFeature,
  vsdiag,
} from "vscode-languageclient/node";
import { explain, type Launch, type Obstacle } from "./launch";
import { Restarts } from "./restarts";
import { readSettings, SECTION } from "./settings";
import type { ServerState } from "./statusText";
import type { Vlint } from "./vlint";

/** What the platform reads, and so what vlint checks. */
const FILES = [
  "Pipfile",
  "Pipfile.lock",
  "pyproject.toml",
  "requirements*.{txt,in}",
  "requirements/*.txt",
  ".python-version",
  "package.json",
  "vercel.json",
  "vlint.toml",
];

/** The server's command that its code lenses name. */
const SHOW_ROUTES = "vlint.showRoutes";

/** Says that VS Code can be told to suggest anew, as behind the slash of a directory that was chosen. */
const SUGGESTS_AGAIN: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    const known: object = (capabilities.experimental as object | undefined) ?? {};
    capabilities.experimental = { ...known, commands: { commands: ["editor.action.triggerSuggest"] } };
  },
  initialize: () => {},
  getState: () => ({ kind: "static" }),
  clear: () => {},
};

/** Keeps what is shown of a document that has unsaved changes, whatever makes VS Code ask for it again. */
const WHEN_SAVED: DiagnosticProviderMiddleware = {
  provideDiagnostics: (document, previous, token, next) =>
    "isDirty" in document && document.isDirty && previous !== undefined
      ? { kind: vsdiag.DocumentDiagnosticReportKind.unChanged, resultId: previous }
      : next(document, previous, token),
};

export class Server implements vscode.Disposable {
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  readonly onStateChanged = this.stateChanged.event;
  private readonly trace = vscode.window.createOutputChannel("vlint trace");
  private readonly restarts = new Restarts();
  private client: LanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly vlint: Vlint,
    private readonly log: vscode.LogOutputChannel,
    private readonly onObstacle: (obstacle: Obstacle) => void,
    private readonly onShowRoutes: () => void,
  ) {}

  /** Ends the server where one runs and starts one as the settings say. Calls are carried out one after the other. */
  restart(): Promise<void> {
    this.queue = this.queue.then(async () => {
      await this.end();
      this.restarts.reset();
      await this.begin();
    });
    return this.queue;
  }

  /** Whether the server that runs knows a command. */
  knows(command: string): boolean {
    return this.client?.initializeResult?.capabilities.executeCommandProvider?.commands.includes(command) ?? false;
  }

  private async begin(): Promise<void> {
    if (!readSettings().enable) {
      this.stateChanged.fire({ kind: "stopped" });
      return;
    }
    this.stateChanged.fire({ kind: "starting" });
    const decision = await this.vlint.find();
    if ("obstacle" in decision) {
      this.stateChanged.fire({ kind: "failed", reason: explain(decision.obstacle) });
      this.onObstacle(decision.obstacle);
      return;
    }
    const client = this.makeClient(decision.launch);
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.stateChanged.fire({ kind: "failed", reason: `The server did not start: ${String(error)}` });
      this.log.error(`The server did not start: ${String(error)}`);
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose().catch((error: unknown) => this.log.warn(`The server was stopped: ${String(error)}`));
  }

  private makeClient(launch: Launch): LanguageClient {
    const settings = readSettings();
    const executable = {
      command: launch.command,
      args: [...launch.prefix, "server", ...settings.args],
      options: { env: { ...process.env, PYTHONUTF8: "1" } },
    };
    const client: LanguageClient = new LanguageClient(SECTION, "vlint", executable, this.clientOptions(settings.run));
    client.registerFeature(SUGGESTS_AGAIN);
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client) {
        return; // one that is being replaced
      }
      if (newState === State.Running) {
        const version = client.initializeResult?.serverInfo?.version ?? "of unknown version";
        this.stateChanged.fire({ kind: "running", description: `${launch.description}. Server ${version}.` });
      } else if (newState === State.Starting) {
        this.stateChanged.fire({ kind: "starting" });
      }
    });
    return client;
  }

  private clientOptions(run: "onType" | "onSave"): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: "file", language: "python" },
        ...FILES.map((name) => ({ scheme: "file", pattern: `**/${name}` })),
      ],
      diagnosticPullOptions: { onChange: run === "onType", onSave: true },
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: this.errorHandler(),
      middleware: {
        executeCommand: (command, words, next) => {
          if (command === SHOW_ROUTES) {
            this.onShowRoutes();
          }
          return next(command, words);
        },
        ...(run === "onSave" ? WHEN_SAVED : {}),
      },
    };
  }

  private errorHandler(): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        if (this.restarts.allow()) {
          this.log.warn("The server ended by itself; it is started again.");
          return { action: CloseAction.Restart, handled: true };
        }
        this.stateChanged.fire({ kind: "failed", reason: "The server ended by itself again and again." });
        void this.offerRestart();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private async offerRestart(): Promise<void> {
    const choice = await vscode.window.showErrorMessage(
      "vlint's server ended by itself again and again.",
      "Restart",
      "Show Log",
    );
    if (choice === "Restart") {
      await this.restart();
    } else if (choice === "Show Log") {
      this.log.show();
    }
  }

  async stop(): Promise<void> {
    await this.queue;
    await this.end();
  }

  dispose(): void {
    void this.stop();
    this.stateChanged.dispose();
    this.trace.dispose();
  }
}
