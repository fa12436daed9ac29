// Answers, with the platform's own code, what a project's functions are and what a module's entry point is called.
// Reads one JSON object a line from standard input and writes one answer a line:
//   {"source": "app = 1"}                    → {"variable": "app"} or {"variable": null}
//   {"files": ["api/user.py"], "vercel": {}} → {"functions": ["api/user.py"], "errors": []}
const { createInterface } = require("node:readline");
const { findAppOrHandler } = require("@vercel/python-analysis");
const { detectBuilders } = require("@vercel/fs-detectors");

async function answer(question) {
  if (question.source !== undefined) {
    return { variable: await findAppOrHandler(question.source) };
  }
  const { builders, errors } = await detectBuilders(question.files, null, {
    functions: question.vercel.functions,
    featHandleMiss: true,
    projectSettings: {},
  });
  const functions = (builders ?? []).filter((builder) => builder.use.startsWith("@vercel/python"));
  return { functions: functions.map((builder) => builder.src), errors: (errors ?? []).map((error) => error.code) };
}

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { error: String(error) };
    }
    process.stdout.write(JSON.stringify(reply) + "\n");
  }
})();
