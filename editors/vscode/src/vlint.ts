// Finds the vlint that is run, and runs it.
import * as path from "node:path";
import type * as vscode from "vscode";
import { workspace } from "vscode";
import { selectedInterpreter } from "./interpreter";
import { candidates, type Decision, decide, launchProgram, type Probe } from "./launch";
import { examine, run } from "./probe";
import { readSettings } from "./settings";

export class Vlint {
  private decision: Promise<Decision> | undefined;

  constructor(
    readonly extensionPath: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The wheel of the vlint that this extension brings along; its name has its version in it. */
  get wheelDirectory(): string {
    return path.join(this.extensionPath, "bundled", "wheel");
  }

  /** Which vlint is run, or what stands against it; looked for once, until `forget`. */
  find(): Promise<Decision> {
    this.decision ??= this.look();
    return this.decision;
  }

  /** Look again the next time: a setting or an interpreter has changed. */
  forget(): void {
    this.decision = undefined;
  }

  /** Runs a command of vlint's in `extensionPath`, returns what it prints. Throws where vlint is missing or fails. */
  async run(words: readonly string[]): Promise<string> {
    const decision = await this.find();
    if ("obstacle" in decision) {
      throw new Error("vlint cannot be run");
    }
    return run(decision.launch.command, [...decision.launch.prefix, ...words], this.extensionPath);
  }

  private async look(): Promise<Decision> {
    const settings = readSettings();
    if (settings.path) {
      return this.logged({ launch: launchProgram(settings.path) });
    }
    const startFile = path.join(this.extensionPath, "bundled", "start.py");
    const bundled = settings.importStrategy === "useBundled";
    const isEnough = (probe: Probe) => (bundled ? probe.bundledFits : probe.environmentVersion !== null);
    const selected = await selectedInterpreter(workspace.workspaceFolders?.[0]?.uri);
    const tried = candidates(settings.interpreter, selected, process.platform === "win32");
    const examined = await examine(tried, startFile, isEnough);
    for (const { candidate, probe, error } of examined) {
      this.log.debug(`${candidate.command} (${candidate.origin}): ${probe ? JSON.stringify(probe) : error}`);
    }
    return this.logged(decide(examined, settings.importStrategy, startFile));
  }

  private logged(decision: Decision): Decision {
    if ("launch" in decision) {
      const { command, prefix, description } = decision.launch;
      this.log.info(`Using ${description}: ${[command, ...prefix].join(" ")}`);
    }
    return decision;
  }
}
