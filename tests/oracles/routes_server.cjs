// Answers, with the platform's own code, which paths a glob matches and what a project's routes are.
//   {"pattern": "api/*.py", "paths": ["api/a.py"], "dot": false} → {"matches": [true]}
//   {"files": ["api/user.py"], "functions": {}} → {"error": null, "builders": [{src, use}], "routes": [{src, dest}]}
// An argument names another package than that of 2026 (package.json has an older version under a name of its own).
const minimatch = require("minimatch");
const { detectBuilders } = require(process.argv[2] ?? "@vercel/fs-detectors");
const serve = require("./serve.cjs");

serve(async ({ pattern, paths, dot, files, functions }) => {
  if (pattern !== undefined) {
    return { matches: paths.map((path) => minimatch(path, pattern, { dot })) };
  }
  const options = { functions, projectSettings: {} };
  const found = await detectBuilders([...files], null, { ...options, featHandleMiss: true });
  const isStatic = (builder) => builder.use === "@vercel/static";
  // Without this feature the platform writes a route for every function, not only for those with brackets.
  const listed = await detectBuilders([...files], null, { ...options, featHandleMiss: false });
  return {
    error: found.errors ? found.errors[0] : null,
    builders: (found.builders ?? []).filter((builder) => !isStatic(builder)).map(({ src, use }) => ({ src, use })),
    routes: (listed.defaultRoutes ?? []).filter((route) => route.dest).map(({ src, dest }) => ({ src, dest })),
  };
});
