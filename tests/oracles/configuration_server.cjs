// Answers, with the schemas of the platform's own packages, whether a configuration has the shape that it takes.
//   {"configuration": {"cleanUrls": 1}} → {"error": "/cleanUrls must be boolean"}, or {"error": null}
const Ajv = require("ajv");
const { functionsSchema, buildsSchema } = require("@vercel/build-utils");
const routing = require("@vercel/routing-utils");
const serve = require("./serve.cjs");

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

serve(({ configuration }) => {
  const right = validate(configuration);
  const [error] = right ? [null] : validate.errors;
  const where = error && (error.instancePath ?? error.dataPath);
  return { error: error && `${where} ${error.message}` };
});
