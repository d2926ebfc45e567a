// Runs the real binary on free loopback ports with a data folder of its own, and demands that it ends well.
// It is stopped by its pid with SIGTERM; any other exit code than 0 fails the test run.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** `serve` starts on empty data, `demo` on a filled company whose people are in `people`. */
export type Mode = 'serve' | 'demo';

export interface Person {
  email: string;
  password: string;
  roles: string[];
  company_id: number | null;
  name: string;
}

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 35_000;

function binary(): string {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const target = process.env.CARGO_TARGET_DIR ?? path.join(cache, 'naru', 'target');
  return process.env.NARU_BIN ?? path.join(target, 'debug', 'naru');
}

/** Ports that were free a moment ago: all are held at once, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = held.map((server) => (server.address() as { port: number }).port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

export class Server {
  private constructor(
    readonly web: string,
    readonly api: string,
    readonly metrics: string,
    readonly data: string,
    /** The people of `demo`; empty for `serve`. */
    readonly people: Person[],
    /** The one-time token with which the first operator of an empty installation signs up. */
    readonly operatorToken: string | undefined,
    private readonly child: ChildProcess,
    private readonly output: string[],
  ) {}

  static async start(mode: Mode = 'demo'): Promise<Server> {
    const data = await mkdtemp(path.join(tmpdir(), 'naru-e2e-'));
    const listen = (await freePorts(3)).map((port) => `127.0.0.1:${port}`);
    const [api, web, metrics] = listen as [string, string, string];
    const child = spawn(
      binary(),
      [mode, '--data', data, '--api-listen', api, '--web-listen', web, '--metrics-listen', metrics],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
    );
    const output: string[] = [];
    try {
      const operatorToken = await ready(child, output);
      const people: Person[] =
        mode === 'demo' ? JSON.parse(await readFile(path.join(data, 'demo.json'), 'utf8')) : [];
      return new Server(
        `http://${web}`, `http://${api}`, `http://${metrics}`, data, people, operatorToken, child, output,
      );
    } catch (error) {
      child.kill('SIGKILL');
      await rm(data, { recursive: true, force: true });
      throw error;
    }
  }

  /** The first person of the demo with this role, and with no other if there is such a one. */
  person(role: string): Person {
    const those = this.people.filter((person) => person.roles.includes(role));
    const found = those.find((person) => person.roles.length === 1) ?? those[0];
    if (!found) throw new Error(`the demo has nobody with the role ${role}`);
    return found;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exit = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      const late = setTimeout(() => this.child.kill('SIGKILL'), STOPPED_WITHIN_MS);
      await exit;
      clearTimeout(late);
    }
    await rm(this.data, { recursive: true, force: true });
    if (this.child.exitCode !== 0) {
      const how = this.child.signalCode ?? `exit code ${this.child.exitCode}`;
      throw new Error(`naru ended with ${how} instead of 0 after SIGTERM\n${this.output.slice(-40).join('\n')}`);
    }
  }
}

/** Waits for the ready line; answers with the operator token when one was printed on the way. */
async function ready(child: ChildProcess, output: string[]): Promise<string | undefined> {
  let token: string | undefined;
  const keep = (line: string) => {
    output.push(line);
    if (output.length > 500) output.shift();
  };
  createInterface({ input: child.stderr! }).on('line', keep);
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${binary()}: ${why}\n${output.slice(-40).join('\n')}`));
    const late = setTimeout(() => fail(`not ready after ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS);
    child.once('error', (error) => { clearTimeout(late); fail(error.message); });
    child.once('exit', (code, signal) => { clearTimeout(late); fail(`ended with ${signal ?? code} before it was ready`); });
    createInterface({ input: child.stdout! }).on('line', (line) => {
      keep(line);
      token ??= /operator token:\s*(\S+)/.exec(line)?.[1];
      if (line.includes('naru is ready')) { clearTimeout(late); resolve(token); }
    });
  });
}
