/** A whole Tiza of the tests' own: `python -m dev.run` with a home of its own, and what it has said. */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_MS = 180_000;
export const CHECKOUT = join(import.meta.dirname, "../../..");
export const PYTHON = process.env["TIZA_PYTHON"] ?? join(CHECKOUT, ".venv/bin/python");

export class Tiza {
  readonly api: string;
  readonly web: string;
  #said = "";

  private constructor(
    private readonly process: ChildProcess,
    private readonly home: string,
    ports: readonly [number, number],
  ) {
    this.api = `http://127.0.0.1:${ports[0]}`;
    this.web = `http://127.0.0.1:${ports[1]}`;
    process.stdout?.on("data", (chunk: Buffer) => (this.#said += chunk.toString()));
    process.stderr?.on("data", (chunk: Buffer) => (this.#said += chunk.toString()));
  }

  /** Start it, and wait until it answers. `settings` are environment variables. */
  static async start(settings: Record<string, string> = {}): Promise<Tiza> {
    const home = mkdtempSync(join(tmpdir(), "tiza-web-"));
    const ports = [await freePort(), await freePort()] as const;
    const child = spawn(
      PYTHON,
      ["-m", "dev.run", "--port", `${ports[0]}`, "--web-port", `${ports[1]}`, "--reload", "no"],
      { cwd: CHECKOUT, env: { ...process.env, PYTHONUNBUFFERED: "1", TIZA_HOME: home, ...settings } },
    );
    const tiza = new Tiza(child, home, ports);
    await tiza.until(() => tiza.said.includes("Ctrl-C stops everything"), START_MS);
    return tiza;
  }

  /** All that it has printed so far. */
  get said(): string {
    return this.#said;
  }

  /** The link of the newest mail to `page` (such as `verify-email`) that went to `address`. */
  async linkOfMail(address: string, page: string): Promise<string> {
    let link: string | undefined;
    await this.until(() => {
      const mails = this.said.split("\n").filter((line) => line.startsWith("{") && line.includes(address));
      link = mails.flatMap((line) => line.match(new RegExp(`http[^ "\\\\]*/${page}#token=[\\w-]+`)) ?? []).at(-1);
      return link !== undefined;
    }, 60_000);
    return link!;
  }

  /** Wait until `condition` holds; throws what it has said when that takes too long, or it has ended. */
  async until(condition: () => boolean, milliseconds: number): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (!condition()) {
      if (Date.now() > deadline || this.process.exitCode !== null) throw new Error(`Tiza did not get there:\n${this.said}`);
      await new Promise((go) => setTimeout(go, 50));
    }
  }

  /** End it, with all that it started. */
  async stop(): Promise<void> {
    const ended = new Promise((go) => this.process.once("exit", go));
    this.process.kill("SIGINT");
    await ended;
    rmSync(this.home, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? found(address.port) : failed(new Error("no port"))));
    });
  });
}
