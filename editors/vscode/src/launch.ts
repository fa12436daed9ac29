// Which program is run as vlint: decided here from what was found, without VS Code, so that it can be tested.

/** What `start.py probe` says of an interpreter. */
export interface Probe {
  readonly executable: string;
  readonly version: string;
  readonly recentEnough: boolean;
  readonly bundledFits: boolean;
  readonly environmentVersion: string | null;
}

/** An interpreter that may be used, and where vlint knows it from. */
export interface Candidate {
  readonly command: string;
  readonly origin: "setting" | "pythonExtension" | "path";
}

/** A candidate with what it said, or why it could not be asked. */
export interface Examined {
  readonly candidate: Candidate;
  readonly probe?: Probe;
  readonly error?: string;
}

export type ImportStrategy = "useBundled" | "fromEnvironment";

/** How vlint is started: `command ...prefix`, and then vlint's own arguments. */
export interface Launch {
  readonly command: string;
  readonly prefix: readonly string[];
  readonly description: string;
  /** The interpreter, where one is known. */
  readonly interpreter?: string;
}

/** What has to be done before vlint can run. */
export type Obstacle =
  | { readonly kind: "noInterpreter"; readonly tried: readonly Examined[] }
  | { readonly kind: "tooOld"; readonly tried: readonly Examined[] }
  | { readonly kind: "notInstalled"; readonly interpreter: Probe };

export type Decision = { readonly launch: Launch } | { readonly obstacle: Obstacle };

/** The first of the examined interpreters that can run vlint decides, in the order in which they are given. */
export function decide(examined: readonly Examined[], strategy: ImportStrategy, startFile: string): Decision {
  const usable = examined.flatMap(({ probe }) => (probe?.recentEnough ? [probe] : []));
  for (const source of strategy === "useBundled" ? SOURCES : [...SOURCES].reverse()) {
    for (const probe of usable) {
      const launch = source(probe, startFile);
      if (launch) {
        return { launch };
      }
    }
  }
  const [first] = usable;
  if (first) {
    return { obstacle: { kind: "notInstalled", interpreter: first } };
  }
  const kind = examined.some(({ probe }) => probe) ? "tooOld" : "noInterpreter";
  return { obstacle: { kind, tried: examined } };
}

type Source = (probe: Probe, startFile: string) => Launch | undefined;

// Isolated mode keeps PYTHONPATH and the user's packages from taking the place of the bundle's.
const bundled: Source = (probe, startFile) =>
  probe.bundledFits
    ? {
        command: probe.executable,
        interpreter: probe.executable,
        prefix: ["-I", startFile, "bundled"],
        description: `vlint of this extension, Python ${probe.version}`,
      }
    : undefined;

const environment: Source = (probe, startFile) =>
  probe.environmentVersion !== null
    ? {
        command: probe.executable,
        interpreter: probe.executable,
        prefix: [startFile, "environment"],
        description: `vlint ${probe.environmentVersion} of ${probe.executable}, Python ${probe.version}`,
      }
    : undefined;

const SOURCES: readonly Source[] = [bundled, environment];

/** A `vlint` program that the user names is run as it is. */
export function launchProgram(path: string): Launch {
  return { command: path, prefix: [], description: path };
}

/** The interpreter that a decision was about. */
export function interpreterOf(decision: Decision): string | undefined {
  if ("launch" in decision) {
    return decision.launch.interpreter;
  }
  return decision.obstacle.kind === "notInstalled" ? decision.obstacle.interpreter.executable : undefined;
}

/** What is wrong, and what can be done about it, as a sentence for a message. */
export function explain(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case "noInterpreter":
      return `vlint needs Python 3.10 or later and found none (looked for ${listed(obstacle.tried)}).`;
    case "tooOld":
      return `vlint needs Python 3.10 or later, and found only ${listed(obstacle.tried)}.`;
    case "notInstalled":
      return (
        `This extension has no compiled part for Python ${obstacle.interpreter.version} on this platform, ` +
        `and vlint is not installed for ${obstacle.interpreter.executable}.`
      );
  }
}

function listed(tried: readonly Examined[]): string {
  const names = tried.map(({ candidate, probe }) =>
    probe ? `${probe.executable}, which is ${probe.version}` : candidate.command,
  );
  return [...new Set(names)].join("; ");
}

/** The interpreters to ask, the best first. One that the user names stands alone, so that a mistake in it is seen. */
export function candidates(setting: string, pythonExtension: string | undefined, windows: boolean): Candidate[] {
  if (setting) {
    return [{ command: setting, origin: "setting" }];
  }
  const onPath = windows ? ["python", "py"] : ["python3", "python", ...RECENT.map((version) => `python${version}`)];
  return [
    ...(pythonExtension ? [{ command: pythonExtension, origin: "pythonExtension" } as const] : []),
    ...onPath.map((command) => ({ command, origin: "path" }) as const),
  ];
}

// Asked for by name where `python3` is an older one.
const RECENT = ["3.13", "3.12", "3.11", "3.10"];
