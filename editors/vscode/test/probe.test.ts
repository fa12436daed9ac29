import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import type { Candidate } from "../src/launch";
import { examine, run } from "../src/probe";

const START = resolve("bundled/start.py");
const python = process.env["VLINT_PYTHON"] ?? "python3";

const named = (command: string): Candidate => ({ command, origin: "path" });

/** A program that answers as an interpreter would. */
function fakeInterpreter(answer: object): string {
  const file = join(mkdtempSync(join(tmpdir(), "vlint-")), "python");
  writeFileSync(file, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  chmodSync(file, 0o755);
  return file;
}

test("a real interpreter says what it is", async () => {
  const [answer] = await examine([named(python)], START, () => true);
  assert.match(answer?.probe?.version ?? "", /^3\.\d+\.\d+/);
  assert.equal(answer?.probe?.executable, (await run(python, ["-c", "import sys; print(sys.executable)"], tmpdir())).trim());
});

test("what is missing or fails is passed over, with the reason", async () => {
  const broken = fakeInterpreter({});
  writeFileSync(broken, "#!/bin/sh\necho 'no such version' >&2\nexit 127\n");
  const answers = await examine([named("/nowhere/python"), named(broken), named(python)], START, () => true);
  assert.deepEqual(
    answers.map(({ probe }) => probe !== undefined),
    [false, false, true],
  );
  assert.match(answers[0]?.error ?? "", /ENOENT/);
  assert.match(answers[1]?.error ?? "", /no such version/);
});

test("no further interpreter is asked than is needed", async () => {
  const enough = { executable: "one", version: "3.12.0", recentEnough: true, bundledFits: true, environmentVersion: null };
  const old = { ...enough, version: "3.8.0", recentEnough: false };
  const tried = [fakeInterpreter(old), fakeInterpreter(enough), fakeInterpreter(enough)].map(named);
  assert.equal((await examine(tried, START, (probe) => probe.bundledFits)).length, 2);
  assert.equal((await examine(tried, START, (probe) => probe.environmentVersion !== null)).length, 3);
});
