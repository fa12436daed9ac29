// What the test files have in common: one VS Code a file, and steps of which each begins where the one before it ended.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { VsCode } from "./vscode.mjs";

export const { VLINT_VSIX: vsix, VLINT_PROJECT: project, VLINT_SCREENSHOTS: screenshots } = process.env;

let code;
let failed;

/** Starts VS Code before the steps with what `VsCode.start` takes; `give` gets it. */
export function session(options, give) {
  before(
    async () => {
      code = await VsCode.start({ extensions: [vsix], project, screenshots, ...options });
      give(code);
    },
    { timeout: 600_000 },
  );
  after(() => code?.stop());
}

/** A step; it is not done where one before it has failed. */
export function step(name, action) {
  test(name, { timeout: 300_000 }, async (context) => {
    if (failed) {
      return context.skip(`not done after: ${failed}`);
    }
    try {
      await action();
    } catch (error) {
      failed = name;
      await code.window.screenshot(`failed ${name}`);
      writeFileSync(join(screenshots, `failed ${name}.log`), code.log());
      throw error;
    }
  });
}
