import {
  contractOf,
  createServer,
  DubboInterface,
  java,
  local,
  silent,
  type Logger,
  type QosOptions,
  type Registry,
  type Server,
  type ServiceRecord,
} from '@nestjs-dubbo/core';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer as createSocketServer, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sayIfNotRun } from '../support/not-run.js';
import { Terminal } from '../support/terminal.js';

@DubboInterface('com.acme.Greeter', { hello: { params: [java.string], returns: java.string } })
abstract class Greeter {
  abstract hello(name: string): Promise<string>;
}

const handlers = new Map([['hello', ([name]: readonly unknown[]) => `hello ${String(name)}`]]);

interface Answer {
  readonly status: number;
  readonly text: string;
}

describe('the QoS port', () => {
  const opened: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0).toReversed()) await each.close();
  });

  interface Operated {
    readonly server: Server;
    readonly port: number;
    readonly records: () => readonly string[];
    readonly lines: string[];
  }

  async function serve(qos: QosOptions = {}, open?: () => Registry): Promise<Operated> {
    const dir = await mkdtemp(join(tmpdir(), 'qos-'));
    opened.push({ close: () => rm(dir, { recursive: true, force: true }) });
    const lines: string[] = [];
    const log: Logger = { ...silent, info: (line) => lines.push(line), warn: (line) => lines.push(line) };
    const registry = local({ dir });
    const server = createServer({
      application: { name: 'qos' },
      registries: [open ?? registry],
      protocol: { host: '127.0.0.1', port: 0 },
      qos: { enable: true, port: 0, ...qos },
      logger: log,
    });
    opened.push(server);
    server.export(contractOf(Greeter), handlers);
    server.export(contractOf(Greeter), handlers, { group: 'g1', version: '1.0.0' });
    server.export(contractOf(Greeter), handlers, { group: 'hidden', register: false });
    await server.listen();
    const watcher = registry({ application: 'watcher', logger: silent });
    opened.push(watcher);
    let providers: readonly ServiceRecord[] = [];
    watcher.subscribe('com.acme.Greeter', (snapshot) => (providers = snapshot.providers));
    const records = (): string[] => providers.map(({ group }) => group ?? '').toSorted();
    return { server, port: portOf(lines), records, lines };
  }

  function portOf(lines: readonly string[]): number {
    return Number(/^QoS listens on .*:(\d+)/.exec(lines.find((line) => line.startsWith('QoS listens')) ?? '')?.[1]);
  }

  async function dial(port: number, host?: string): Promise<Terminal> {
    const terminal = await Terminal.connect(port, host);
    opened.push(terminal);
    return terminal;
  }

  async function get(port: number, path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: response.status, text: await response.text() };
  }

  const services = (registered: string, grouped = registered): string =>
    [
      'As Provider side:',
      '+-------------------------+----------+',
      '|  Provider Service Name  |    PUB   |',
      '+-------------------------+----------+',
      `|     com.acme.Greeter    |${registered}|`,
      '+-------------------------+----------+',
      `|g1/com.acme.Greeter:1.0.0|${grouped}|`,
      '+-------------------------+----------+',
      '| hidden/com.acme.Greeter |          |',
      '+-------------------------+----------+',
      '',
    ].join('\n');

  it('takes services offline and online, as lines', async () => {
    const { port, records } = await serve();
    const terminal = await dial(port);
    expect(await terminal.ask('ls')).toBe(`${services('local-I(Y)')}\r\n`);
    await vi.waitFor(() => expect(records()).toEqual(['', 'g1']), 5_000);
    expect(await terminal.ask('offline nope.*')).toBe('service not found\r\n');
    expect(await terminal.ask('offline com\\.acme\\.Greeter:1.*')).toBe('OK\r\n');
    expect(await terminal.ask('ls')).toBe(`${services('local-I(Y)', 'local-I(N)')}\r\n`);
    await vi.waitFor(() => expect(records()).toEqual(['']), 5_000);
    expect(await terminal.ask('ready')).toBe('true\r\n');
    expect(await terminal.ask('offline')).toBe('OK\r\n');
    await vi.waitFor(() => expect(records()).toEqual([]), 5_000);
    expect(await terminal.ask('ready')).toBe('false\r\n');
    expect(await terminal.ask('online')).toBe('OK\r\n');
    expect(await terminal.ask('ls')).toBe(`${services('local-I(Y)')}\r\n`);
    await vi.waitFor(() => expect(records()).toEqual(['', 'g1']), 5_000);
    expect(await terminal.ask('offline (')).toMatch(/^offline failed: Invalid regular expression/);
  });

  it('answers lines as Dubbo 3.3 does', async () => {
    const { port } = await serve();
    const terminal = await dial(port);
    for (const probe of ['ready', 'live', 'startup']) expect(await terminal.ask(probe)).toBe('true\r\n');
    expect(await terminal.ask('nope')).toBe('nope :no such command\r\n');
    expect(await terminal.ask('')).toBe('');
    expect(await terminal.ask('help nope')).toBe('no such command:nope\r\n');
    const rule = `+--------------+${'-'.repeat(82)}+\n`;
    expect(await terminal.ask('help ls')).toBe(
      `${rule}| COMMAND NAME | ${'ls'.padEnd(80)} |\n${rule}|      EXAMPLE | ${'ls'.padEnd(80)} |\n${rule}\r\n`,
    );
    expect(await terminal.ask('help')).toContain(`|    live | ${'Judge if service is alive?'.padEnd(80)} |\n`);
    terminal.send('a'.repeat(2049));
    expect(await terminal.ask('')).toBe('The line is longer than 2048 bytes\r\n');
    terminal.send('quit\r\n');
    await terminal.ended();
    expect(terminal.unread).toBe('BYE!\n');
  });

  it('answers HTTP', async () => {
    const { port } = await serve();
    expect(await get(port, '/ls')).toEqual({ status: 200, text: services('local-I(Y)') });
    for (const probe of ['/ready', '/live', '/startup']) {
      expect(await get(port, probe)).toEqual({ status: 200, text: 'true' });
    }
    expect((await get(port, '/help/ls')).text).toContain('COMMAND NAME');
    expect((await get(port, '/help?command=ls')).text).toContain('COMMAND NAME');
    expect(await get(port, '/ready', { method: 'POST', body: 'a=b' })).toEqual({ status: 200, text: 'true' });
    expect(await get(port, '/ready', { method: 'PUT' })).toEqual({ status: 404, text: '' });
    expect(await get(port, '/nope')).toEqual({ status: 404, text: '' });
    expect(await get(port, '/')).toEqual({ status: 404, text: '' });
    expect(await get(port, '/%ff')).toEqual({ status: 404, text: '' });
    expect(await get(port, '/quit')).toEqual({ status: 200, text: 'close!' });
    expect((await get(port, '/offline/(')).status).toBe(500);
    expect((await get(port, '/offline', { headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect(await get(port, '/offline')).toEqual({ status: 200, text: 'OK' });
    expect(await get(port, '/ready')).toEqual({ status: 503, text: 'false' });
    expect(await get(port, '/live')).toEqual({ status: 200, text: 'true' });
    expect(await get(port, '/online')).toEqual({ status: 200, text: 'OK' });
    expect(await get(port, '/ready')).toEqual({ status: 200, text: 'true' });
  });

  it('is not ready before its registration is visible, nor while it closes', async () => {
    let visible: () => void = () => {};
    let gone: () => void = () => {};
    const slow = (): Registry => ({
      address: 'slow://here',
      register: () => new Promise((resolve) => (visible = resolve)),
      unregister: () => new Promise((resolve) => (gone = resolve)),
      subscribe: () => ({ close() {} }),
      close: () => Promise.resolve(),
    });
    const lines: string[] = [];
    const server = createServer({
      application: { name: 'qos' },
      registries: [slow],
      protocol: { host: '127.0.0.1', port: 0 },
      qos: { enable: true, port: 0 },
      logger: { ...silent, info: (line) => lines.push(line) },
    });
    opened.push(server);
    server.export(contractOf(Greeter), handlers);
    const listening = server.listen();
    await vi.waitFor(() => expect(portOf(lines)).toBeGreaterThan(0), 5_000);
    const port = portOf(lines);
    expect(await get(port, '/startup')).toEqual({ status: 503, text: 'false' });
    expect(await get(port, '/ready')).toEqual({ status: 503, text: 'false' });
    expect(await get(port, '/live')).toEqual({ status: 200, text: 'true' });
    visible();
    await listening;
    expect(await get(port, '/startup')).toEqual({ status: 200, text: 'true' });
    expect(await get(port, '/ready')).toEqual({ status: 200, text: 'true' });
    const closed = server.close();
    expect(await get(port, '/ready')).toEqual({ status: 503, text: 'false' });
    gone();
    await closed;
    await expect(get(port, '/ready')).rejects.toThrow('fetch failed');
  });

  it('is off by default', async () => {
    const { lines } = await serve({ enable: false });
    expect(lines.join()).not.toContain('QoS');
  });

  it('takes the next free port, and a server starts even if none is free', async () => {
    const taken = createSocketServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    opened.push(taken);
    const wanted = (taken.address() as AddressInfo).port;
    const { port, lines } = await serve({ port: wanted });
    expect(port).toBeGreaterThan(wanted);
    expect(lines).toContain(`QoS listens on 127.0.0.1:${port}; ${wanted} is taken`);
    const unbound = await serve({ host: '203.0.113.1' });
    expect(unbound.lines.join('\n')).toMatch(/^Fail to start qos server: .*203\.0\.113\.1/m);
  });

  it('closes with operators connected', async () => {
    const { server, port } = await serve();
    const terminal = await dial(port);
    expect(await terminal.ask('live')).toBe('true\r\n');
    const idle = connect(port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    await server.close();
    await terminal.ended();
    idle.destroy();
  });

  it('leaves nothing open', async () => {
    const before = process.getActiveResourcesInfo().toSorted();
    const { server, port } = await serve();
    const terminal = await dial(port);
    expect(await terminal.ask('live')).toBe('true\r\n');
    const http = await dial(port);
    http.send('GET /live HTTP/1.1\r\nHost: x\r\n\r\n');
    await http.ended();
    expect(http.unread).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\ntrue$/);
    const half = await dial(port);
    half.send('GET /live');
    for (const each of opened.splice(0).toReversed()) await each.close();
    await server.close();
    await vi.waitFor(() => expect(process.getActiveResourcesInfo().toSorted()).toEqual(before), 5_000);
  });

  const foreign = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

  it.runIf(sayIfNotRun(Boolean(foreign), 'QoS for other machines', 'this one has loopback addresses only'))(
    'refuses other machines unless they are let in',
    async () => {
      const { port } = await serve({ host: '0.0.0.0' });
      const terminal = await dial(port, foreign);
      await terminal.ended();
      expect(terminal.unread).toBe('\r\nForeign Ip Not Permitted, Consider Config It In Whitelist.\r\n');
      const open = await serve({ acceptForeignIp: true });
      expect(await (await dial(open.port, foreign)).ask('live')).toBe('true\r\n');
      const listed = await serve({ whitelist: [`${foreign}/31`] });
      expect(await (await dial(listed.port, foreign)).ask('live')).toBe('true\r\n');
    },
  );
});
