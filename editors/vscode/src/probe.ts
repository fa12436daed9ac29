// Asks interpreters what they can run.
import { execFile } from "node:child_process";
import { dirname } from "node:path";
import type { Candidate, Examined, Probe } from "./launch";

const SECONDS = 20;

/** Asks one candidate after the other, until one is recent enough and `isEnough` is content with it. */
export async function examine(
  candidates: readonly Candidate[],
  startFile: string,
  isEnough: (probe: Probe) => boolean,
): Promise<Examined[]> {
  const examined: Examined[] = [];
  for (const candidate of candidates) {
    const answer = await ask(candidate, startFile);
    examined.push(answer);
    if (answer.probe?.recentEnough && isEnough(answer.probe)) {
      break;
    }
  }
  return examined;
}

async function ask(candidate: Candidate, startFile: string): Promise<Examined> {
  try {
    const output = await run(candidate.command, [startFile, "probe"], dirname(startFile));
    return { candidate, probe: JSON.parse(output) as Probe };
  } catch (error) {
    return { candidate, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Runs a program in a directory that is no project's, so that no file of one is taken for a module of Python's. */
export function run(command: string, programArguments: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, timeout: SECONDS * 1000, encoding: "utf8", maxBuffer: 1 << 26 } as const;
    execFile(command, programArguments, options, (error, stdout, stderr) => {
      if (error) {
        reject(new Error(stderr.trim() || error.message));
      } else {
        resolve(stdout);
      }
    });
  });
}
