// Which manifest and which Python the platform of 2026 takes, for directories given as JSON on standard input:
// [{root, directory}] → [{manifest, python, outcome, source, converted} | {error}]. `converted` is the pyproject.toml that
// its builder writes in place of a manifest of another kind, before it runs uv; null for a pyproject.toml.
// The options and flags are those that its builder passes (npm @vercel/python, src/version.ts).
const path = require("node:path");
const { discoverPythonPackage, selectPythonVersion, stringifyManifest } = require("@vercel/python-analysis");

const build = (minor) => ({
  version: { major: 3, minor },
  implementation: "cpython",
  variant: "default",
  os: "linux",
  architecture: "x86_64",
  libc: "gnu",
});
const AVAILABLE = [12, 14, 13].map(build);
const ALL = [14, 13, 12, 11, 10, 9, 6].map(build);
const text = (found) => `${found.version.major}.${found.version.minor}`;

async function answer({ root, directory }) {
  let found;
  try {
    found = await discoverPythonPackage({ entrypointDir: path.join(root, directory), rootDir: root });
  } catch (error) {
    return { error: error.code ?? error.name, path: error.path, message: error.message };
  }
  const converted = found.manifest?.origin ? stringifyManifest(found.manifest.data) : null;
  const manifest = found.manifest?.path ?? null;
  const constraints = found.requiresPython;
  if (!constraints?.length) return { manifest, python: text(AVAILABLE[0]), outcome: "DEFAULT", source: null, converted };
  const selected = selectPythonVersion({
    constraints,
    availableBuilds: AVAILABLE,
    allBuilds: ALL,
    defaultBuild: AVAILABLE[0],
    majorMinorOnly: true,
    legacyTildeEquals: true,
  });
  const stops = selected.notAvailable && text(selected.notAvailable.build) === "3.6";
  const ignored = selected.notAvailable || selected.invalidConstraint;
  const outcome = stops ? "STOPS" : ignored ? "IGNORED" : "CHOSEN";
  return { manifest, python: text(selected.build), outcome, source: selected.source, converted };
}

let input = "";
process.stdin.on("data", (data) => (input += data));
process.stdin.on("end", async () => {
  const answers = [];
  for (const question of JSON.parse(input)) answers.push(await answer(question));
  process.stdout.write(JSON.stringify(answers));
});
