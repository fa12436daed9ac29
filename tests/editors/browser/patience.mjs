// Waiting for what a program shows, however slow the machine is.

/** How long anything may take; nothing waits longer than it has to. */
export const SECONDS = 60;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until `condition` holds; `told` says in the failure's message what was there instead. */
export async function until(what, condition, { seconds = SECONDS, told = () => "" } = {}) {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`not within ${seconds} s: ${what}\n${await told()}`);
    }
    await pause(100);
  }
}

/**
 * Does `action`, again and again, until `condition` holds: a key or a click that comes while a program is busy with its
 * window may be lost. Only for an action that does no harm when it is done twice.
 */
export async function repeatUntil(what, action, condition, { seconds = 2 * SECONDS, every = 5, told = () => "" } = {}) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await action();
    const next = Date.now() + every * 1000;
    while (Date.now() < next) {
      if (await condition()) {
        return;
      }
      await pause(100);
    }
  }
  throw new Error(`not within ${seconds} s, though tried again and again: ${what}\n${await told()}`);
}
