// Reads one JSON object a line from standard input, and writes what `answer` makes of it as a line of JSON;
// an exception becomes {"failure": "…"}.
const { createInterface } = require("node:readline");

module.exports = async function serve(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { failure: String(error) };
    }
    process.stdout.write(JSON.stringify(reply) + "\n");
  }
};
