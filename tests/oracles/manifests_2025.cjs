// Which Python and which requirements the builder of 2025 takes (npm @vercel/python, its own `build`), for functions
// given as JSON on standard input: [{root, entry}] → [{python, installed: [{file, text}]} | {error}].
//
// The builder runs as it is. What it calls outside of itself is stood in for: @vercel/build-utils, whose `glob` lists
// files, and the programs pip3.12 and pip3.9, which only write down what they were asked to install. The conversion of
// a Pipfile.lock is the real one, run with the Python that the variable ORACLE_PYTHON names.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const Module = require("node:module");

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "oracle-"));
const bin = path.join(scratch, "bin");
const log = path.join(scratch, "log");

function program(name, text) {
  fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

function list(directory, root = directory, found = {}) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const place = path.join(directory, entry.name);
    if (entry.isDirectory()) list(place, root, found);
    else found[path.relative(root, place)] = { fsPath: place };
  }
  return found;
}

class NowBuildError extends Error {
  constructor({ message, code }) {
    super(message);
    this.code = code;
  }
}

class Lambda {
  constructor(options) {
    Object.assign(this, options);
  }
}

const utilities = {
  NowBuildError,
  Lambda,
  FileBlob: class {},
  debug() {},
  shouldServe() {},
  glob: async (_, options) => list(options.cwd ?? options),
  download: async (files) => files,
  getWriteableDirectory: async () => fs.mkdtempSync(path.join(scratch, "tool-")),
};

const load = Module._load;
Module._load = (name, ...rest) => (name === "@vercel/build-utils" ? utilities : load(name, ...rest));

fs.mkdirSync(bin);
for (const version of ["3.12", "3.9"]) {
  program(`python${version}`, "exit 0");
  program(
    `pip${version}`,
    `printf '%s\\n' "$*" >> '${log}'
case "$*" in *pipfile-requirements*) /bin/mkdir -p bin
  printf '#!/bin/sh\\nexec %s -m pipfile2req "$@"\\n' "$ORACLE_PYTHON" > bin/pipfile2req; /bin/chmod +x bin/pipfile2req ;;
esac`,
  );
}
process.env.PATH = bin; // so that no other Python of the machine is found
console.log = console.warn = () => {};
const { build } = require("@vercel/python");

async function answer({ root, entry }) {
  fs.writeFileSync(log, "");
  try {
    const { output } = await build({ workPath: root, files: {}, entrypoint: entry, meta: {}, config: {} });
    const asked = fs.readFileSync(log, "utf8").split("\n");
    const files = asked.map((line) => / -r (\S+)/.exec(line)?.[1]).filter(Boolean);
    const installed = files.map((file) => ({ file: path.relative(root, file), text: fs.readFileSync(file, "utf8") }));
    return { python: output.runtime.replace("python", ""), installed };
  } catch (error) {
    return { error: error.code ?? "FAILED", message: String(error.message).split("\n")[0] };
  }
}

let input = "";
process.stdin.on("data", (data) => (input += data));
process.stdin.on("end", async () => {
  const answers = [];
  for (const question of JSON.parse(input)) answers.push(await answer(question));
  fs.rmSync(scratch, { recursive: true });
  process.stdout.write(JSON.stringify(answers));
});
