// Answers, with the platform's own code, which paths a glob matches and what a project's routes are.
// Reads one JSON object a line from standard input and writes one answer a line:
//   {"pattern": "api/*.py", "paths": ["api/a.py"], "dot": false} → {"matches": [true]}
//   {"files": ["api/user.py"], "functions": {}} → {"error": null, "builders": [{src, use}], "routes": [{src, dest}]}
const { createInterface } = require("node:readline");
const minimatch = require("minimatch");
const { detectBuilders } = require("@vercel/fs-detectors");

async function answer(question) {
  if (question.pattern !== undefined) {
    const { pattern, dot } = question;
    return { matches: question.paths.map((path) => minimatch(path, pattern, { dot })) };
  }
  const options = { functions: question.functions, projectSettings: {} };
  const found = await detectBuilders([...question.files], null, { ...options, featHandleMiss: true });
  const isStatic = (builder) => builder.use === "@vercel/static";
  // Without this feature the platform writes a route for every function, not only for those with brackets.
  const listed = await detectBuilders([...question.files], null, { ...options, featHandleMiss: false });
  return {
    error: found.errors ? found.errors[0] : null,
    builders: (found.builders ?? []).filter((builder) => !isStatic(builder)).map(({ src, use }) => ({ src, use })),
    routes: (listed.defaultRoutes ?? []).filter((route) => route.dest).map(({ src, dest }) => ({ src, dest })),
  };
}

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { failure: String(error) };
    }
    process.stdout.write(JSON.stringify(reply) + "\n");
  }
})();
