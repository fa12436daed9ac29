import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Candidate, candidates, decide, type Examined, explain, interpreterOf, type Probe } from "../src/launch";

const START = "/extension/bundled/start.py";

function probe(changes: Partial<Probe> = {}): Probe {
  const version = changes.version ?? "3.12.1";
  return {
    executable: `/python/${version}`,
    version,
    recentEnough: true,
    bundledFits: true,
    environmentVersion: null,
    ...changes,
  };
}

function examined(...probes: (Probe | string)[]): Examined[] {
  return probes.map((found) => {
    const candidate: Candidate = { command: typeof found === "string" ? found : found.executable, origin: "path" };
    return typeof found === "string" ? { candidate, error: "ENOENT" } : { candidate, probe: found };
  });
}

describe("decide", () => {
  test("runs the bundle, isolated from the user's packages", () => {
    const decision = decide(examined(probe()), "useBundled", START);
    assert.ok("launch" in decision);
    assert.equal(decision.launch.command, "/python/3.12.1");
    assert.deepEqual(decision.launch.prefix, ["-I", START, "bundled"]);
  });

  test("passes over an interpreter that is too old, as the project's own may be", () => {
    const old = probe({ version: "3.9.18", recentEnough: false, bundledFits: false });
    assert.equal(interpreterOf(decide(examined(old, probe()), "useBundled", START)), "/python/3.12.1");
  });

  test("prefers another interpreter that the bundle fits to an installed vlint", () => {
    const future = probe({ version: "3.99.0", bundledFits: false, environmentVersion: "0.1.0" });
    assert.equal(interpreterOf(decide(examined(future, probe()), "useBundled", START)), "/python/3.12.1");
  });

  test("takes the installed vlint where the bundle fits no interpreter", () => {
    const future = probe({ version: "3.99.0", bundledFits: false, environmentVersion: "0.1.0" });
    const decision = decide(examined(future), "useBundled", START);
    assert.ok("launch" in decision);
    assert.deepEqual(decision.launch.prefix, [START, "environment"]);
    assert.match(decision.launch.description, /vlint 0\.1\.0 of \/python\/3\.99\.0/);
  });

  test("takes the installed vlint first when told to", () => {
    const both = probe({ environmentVersion: "0.2.0" });
    const decision = decide(examined(both), "fromEnvironment", START);
    assert.ok("launch" in decision);
    assert.deepEqual(decision.launch.prefix, [START, "environment"]);
  });

  test("takes the bundle where none is installed although told to prefer it", () => {
    const decision = decide(examined(probe()), "fromEnvironment", START);
    assert.ok("launch" in decision);
    assert.deepEqual(decision.launch.prefix, ["-I", START, "bundled"]);
  });

  test("says that an installation is needed, and for which interpreter", () => {
    const decision = decide(examined("python3", probe({ version: "3.99.0", bundledFits: false })), "useBundled", START);
    assert.ok("obstacle" in decision && decision.obstacle.kind === "notInstalled");
    assert.equal(interpreterOf(decision), "/python/3.99.0");
    assert.match(explain(decision.obstacle), /no compiled part for Python 3\.99\.0.*not installed for \/python\/3\.99\.0/);
  });

  test("says which interpreters were too old", () => {
    const old = probe({ version: "3.9.18", recentEnough: false, bundledFits: false });
    const decision = decide(examined("python", old), "useBundled", START);
    assert.ok("obstacle" in decision && decision.obstacle.kind === "tooOld");
    assert.match(explain(decision.obstacle), /3\.10 or later, and found only .*\/python\/3\.9\.18, which is 3\.9\.18/);
    assert.equal(interpreterOf(decision), undefined);
  });

  test("says that there is no Python", () => {
    const decision = decide(examined("python3", "python"), "useBundled", START);
    assert.ok("obstacle" in decision && decision.obstacle.kind === "noInterpreter");
    assert.match(explain(decision.obstacle), /looked for python3; python/);
  });
});

describe("candidates", () => {
  const commands = (...words: Parameters<typeof candidates>) => candidates(...words).map(({ command }) => command);

  test("the setting stands alone", () => {
    assert.deepEqual(commands("/my/python", "/selected/python", false), ["/my/python"]);
  });

  test("the Python extension's interpreter comes before what is on PATH", () => {
    assert.deepEqual(commands("", "/selected/python", false).slice(0, 3), ["/selected/python", "python3", "python"]);
  });

  test("Windows has other names", () => {
    assert.deepEqual(commands("", undefined, true), ["python", "py"]);
  });
});
