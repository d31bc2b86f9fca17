import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildJavaPeer, type DubboLine, javaCommand, opensFile } from '../interop/java-build.js';
import { linesThatNeedOpens } from '../interop/java-peer.js';
import { spawnGroup } from '../support/processes.js';
import { ask } from './control.js';

export interface JavaLoadReport {
  readonly callsPerSecond: number;
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  /** Empty if there is none. */
  readonly firstFailure: string;
}

/** A consumer by real Dubbo; retries 0, a timeout of 5 s. */
export interface JavaConsumer {
  go(): Promise<void>;
  report(): Promise<JavaLoadReport>;
  /** Ends the load; resolves when every call has settled and the JVM has ended. */
  stop(): Promise<JavaLoadReport>;
  kill(): Promise<void>;
}

/** Starts a JVM that will call at a steady rate what it finds at a registry or `dubbo://` URLs; resolves when it has called once. */
export async function startJavaConsumer(
  line: DubboLine,
  address: string,
  callsPerSecond: number,
): Promise<JavaConsumer> {
  const peer = await buildJavaPeer(line);
  const home = await mkdtemp(join(tmpdir(), 'chaos-java-'));
  const [classes, caches] = [join(home, 'classes'), join(home, 'home')];
  await mkdir(caches);
  const source = join(import.meta.dirname, 'java/com/acme/interop/LoadMain.java');
  const javac = javaCommand().replace(/java$/, 'javac');
  await promisify(execFile)(javac, ['-cp', peer, '-d', classes, source]);
  const group = await spawnGroup(javaCommand(), [
    ...(linesThatNeedOpens.includes(line) ? [`@${opensFile}`] : []),
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    `-Duser.home=${caches}`,
    '-Ddubbo.application.logger=jdk',
    '-cp',
    `${classes}:${peer}`,
    'com.acme.interop.LoadMain',
    address,
    String(callsPerSecond),
  ]);
  const kill = async (): Promise<void> => {
    await group.kill();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const [, control] = await group.waitFor(/^\{"event":"ready","control":(\d+)\}$/m, 60_000);
    const port = Number(control);
    return {
      go: () => ask(port, 'go'),
      report: () => ask(port, 'report'),
      kill,
      async stop() {
        const report = await ask<JavaLoadReport>(port, 'stop');
        await kill();
        return report;
      },
    };
  } catch {
    await kill();
    const log = group
      .output()
      .split('\n')
      .filter((line) => !/^\s+at /.test(line));
    throw new Error(
      `The consumer by Dubbo ${line} ended or hung before it was ready; its log:\n${log.slice(-20).join('\n')}`,
    );
  }
}
