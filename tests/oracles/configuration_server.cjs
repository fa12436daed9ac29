// Answers, with the schemas of the platform's own packages, whether a configuration has the shape that it takes.
// Reads one JSON object a line from standard input and writes one answer a line:
//   {"configuration": {"cleanUrls": 1}} → {"error": "/cleanUrls must be boolean"}, or {"error": null}
const { createInterface } = require("node:readline");
const Ajv = require("ajv");
const { functionsSchema, buildsSchema } = require("@vercel/build-utils");
const routing = require("@vercel/routing-utils");

const Validator = Ajv.default ?? Ajv;
const validate = new Validator({ strict: false, logger: false, unknownFormats: "ignore" }).compile({
  type: "object",
  properties: {
    functions: functionsSchema,
    builds: buildsSchema,
    routes: routing.routesSchema,
    rewrites: routing.rewritesSchema,
    redirects: routing.redirectsSchema,
    headers: routing.headersSchema,
    cleanUrls: routing.cleanUrlsSchema,
    trailingSlash: routing.trailingSlashSchema,
  },
});

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const right = validate(JSON.parse(line).configuration);
    const [error] = right ? [null] : validate.errors;
    const where = error && (error.instancePath ?? error.dataPath);
    process.stdout.write(JSON.stringify({ error: error && `${where} ${error.message}` }) + "\n");
  }
})();
