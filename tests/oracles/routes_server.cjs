// Answers, with the platform's own code, which paths a glob matches and what a project's routes are.
// Reads one JSON object a line from standard input and writes one answer a line:
//   {"pattern": "api/*.py", "paths": ["api/a.py"], "dot": false} → {"matches": [true]}
//   {"files": ["api/user.py"], "functions": {}} → {"error": null, "builders": [{"src", "use"}], "routes": ["/api/user"]}
const { createInterface } = require("node:readline");
const minimatch = require("minimatch");
const { detectBuilders } = require("@vercel/fs-detectors");

async function answer(question) {
  if (question.pattern !== undefined) {
    const { pattern, dot } = question;
    return { matches: question.paths.map((path) => minimatch(path, pattern, { dot })) };
  }
  const found = await detectBuilders(question.files, null, {
    functions: question.functions,
    featHandleMiss: true,
    projectSettings: {},
  });
  const isStatic = (builder) => builder.use === "@vercel/static";
  return {
    error: found.errors ? found.errors[0] : null,
    builders: (found.builders ?? []).filter((builder) => !isStatic(builder)).map(({ src, use }) => ({ src, use })),
    routes: (found.rewriteRoutes ?? []).map((route) => route.dest ?? null),
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
