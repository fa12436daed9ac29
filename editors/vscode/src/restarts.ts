// How often a server that ends by itself is started again.

const WINDOW_MILLISECONDS = 3 * 60 * 1000;
const MOST = 5;

/** Allows `MOST` restarts in any three minutes. */
export class Restarts {
  private times: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Whether one more restart is sensible; counts it. */
  allow(): boolean {
    const time = this.now();
    this.times = [...this.times.filter((earlier) => time - earlier < WINDOW_MILLISECONDS), time];
    return this.times.length <= MOST;
  }

  /** Begin to count anew, as after a restart that the user asked for. */
  reset(): void {
    this.times = [];
  }
}
