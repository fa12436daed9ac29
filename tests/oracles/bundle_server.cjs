// Answers, with the platform's own glob, which files of a directory travel with a function.
//   {"root": "/tmp/x", "ignore": ["**/node_modules/**"]} → {"files": ["api/user.py"]}
const { glob } = require("@vercel/build-utils");
const serve = require("./serve.cjs");

serve(async ({ root, ignore }) => ({ files: Object.keys(await glob("**", { cwd: root, ignore })) }));
