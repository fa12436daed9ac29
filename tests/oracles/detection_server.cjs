// Answers, with the platform's own code, what a project's functions are and what a module's entry point is called.
//   {"source": "app = 1"}                    → {"variable": "app"} or {"variable": null}
//   {"files": ["api/user.py"], "vercel": {}} → {"functions": ["api/user.py"], "errors": []}
const { findAppOrHandler } = require("@vercel/python-analysis");
const { detectBuilders } = require("@vercel/fs-detectors");
const serve = require("./serve.cjs");

serve(async ({ source, files, vercel }) => {
  if (source !== undefined) {
    return { variable: await findAppOrHandler(source) };
  }
  const options = { functions: vercel.functions, featHandleMiss: true, projectSettings: {} };
  const { builders, errors } = await detectBuilders(files, null, options);
  const functions = (builders ?? []).filter((builder) => builder.use.startsWith("@vercel/python"));
  return { functions: functions.map((builder) => builder.src), errors: (errors ?? []).map((error) => error.code) };
});
