// Answers, with the platform's own glob, which files of a directory travel with a function.
// Reads one JSON object a line from standard input and writes one answer a line:
//   {"root": "/tmp/x", "ignore": ["**/node_modules/**"]} → {"files": ["api/user.py"]}
const { createInterface } = require("node:readline");
const { glob } = require("@vercel/build-utils");

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const { root, ignore } = JSON.parse(line);
    const files = Object.keys(await glob("**", { cwd: root, ignore }));
    process.stdout.write(JSON.stringify({ files }) + "\n");
  }
})();
