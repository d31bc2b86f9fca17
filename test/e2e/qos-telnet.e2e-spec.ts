import {
  contractOf,
  createClient,
  createServer,
  DubboInterface,
  JavaClass,
  JavaException,
  JavaField,
  java,
  silent,
  type Logger,
  type Server,
  type ServerOptions,
} from '@nestjs-dubbo/core';
import { Decoder } from '@nestjs-dubbo/hessian';
import { connect, createServer as createSocketServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sayIfNotRun } from '../support/not-run.js';
import { RawPeer, requestBody } from '../support/raw-peer.js';
import { Terminal } from '../support/terminal.js';

@JavaClass('com.acme.Person')
class Person {
  @JavaField(java.string) name!: string;
  @JavaField(java.int) age!: number;
}

const PATH = 'com.acme.Greeter';

@DubboInterface(PATH, {
  hello: { params: [java.string], returns: java.string },
  add: { params: [java.int, java.long], returns: java.long },
  older: { params: [Person], returns: Person },
  overText: { javaName: 'over', params: [java.string], returns: java.string },
  overInt: { javaName: 'over', params: [java.int], returns: java.string },
  day: { params: [java.date], returns: java.date },
  fail: { params: [], returns: java.void },
})
abstract class Greeter {
  abstract hello(name: string): Promise<string>;
  abstract add(a: number, b: bigint): Promise<bigint>;
  abstract older(person: Person): Promise<Person>;
  abstract overText(text: string): Promise<string>;
  abstract overInt(n: number): Promise<string>;
  abstract day(date: Date | null): Promise<Date | null>;
  abstract fail(): Promise<void>;
}

const handlers = new Map(
  Object.entries({
    hello: ([name]: readonly unknown[]) => `hello ${String(name)}`,
    add: ([a, b]: readonly unknown[]) => BigInt(a as number) + (b as bigint),
    older: ([person]: readonly unknown[]) => Object.assign(person as Person, { age: (person as Person).age + 1 }),
    overText: ([text]: readonly unknown[]) => `text ${String(text)}`,
    overInt: ([n]: readonly unknown[]) => `int ${String(n)}`,
    day: ([date]: readonly unknown[]) => date,
    fail: () => {
      throw new JavaException('no', { className: 'java.lang.IllegalStateException' });
    },
  }),
);

const ALL = 'ls,ps,cd,pwd,invoke,count,status,trace,log,clear,help,exit';
const disabled = (name: string): string =>
  `Command: ${name} disabled for security reasons, please enable support by listing the commands through 'telnet'\r\n`;

describe('telnet on the Dubbo port', () => {
  const warn = vi.fn<Logger['warn']>();
  const opened: { close(): unknown }[] = [];
  beforeEach(() => warn.mockClear());
  afterEach(async () => {
    for (const each of opened.splice(0).toReversed()) await each.close();
  });

  async function serve(options: Partial<ServerOptions> = {}, telnet?: string | readonly string[]): Promise<Server> {
    const server = createServer({
      application: { name: 'telnet' },
      registries: [],
      protocol: { port: 0, ...(telnet === undefined ? {} : { telnet }) },
      logger: { ...silent, warn },
      ...options,
    });
    server.export(contractOf(Greeter), handlers);
    server.export(contractOf(Greeter), handlers, { group: 'g1', version: '1.0.0' });
    await server.listen();
    opened.push(server);
    return server;
  }

  async function dial(server: Server, host?: string): Promise<Terminal> {
    const terminal = await Terminal.connect(server.port, host);
    opened.push(terminal);
    return terminal;
  }

  it('refuses every command by default, as Dubbo does', async () => {
    const terminal = await dial(await serve());
    expect(await terminal.ask('ls')).toBe(disabled('ls'));
    expect(await terminal.ask('help')).toBe(disabled('help'));
    expect(await terminal.ask('nope')).toBe('Unsupported command: nope\r\n');
    expect(await terminal.ask('')).toBe('');
  });

  it('answers the listed commands only', async () => {
    const terminal = await dial(await serve({}, ['ls', 'exit']));
    expect(await terminal.ask('ls')).toBe('PROVIDER:\r\ncom.acme.Greeter\r\ng1/com.acme.Greeter:1.0.0\r\n\r\n');
    expect(await terminal.ask('pwd')).toBe(disabled('pwd'));
    terminal.send('exit\r\n');
    await terminal.ended();
  });

  it('refuses options that name no command or no address, when the server is made', () => {
    const make = (options: Partial<ServerOptions>) => () =>
      createServer({ application: { name: 'x' }, registries: [], ...options });
    expect(make({ protocol: { telnet: 'ls, lss' } })).toThrow('protocol.telnet lists "lss"; allowed: ls, ps,');
    expect(make({ qos: { whitelist: '10.0.0.0/33' } })).toThrow('qos.whitelist holds "10.0.0.0/33"; allowed:');
    expect(make({ qos: { whitelist: ['host'] } })).toThrow('qos.whitelist holds "host"');
  });

  it('lists, chooses and describes services as Dubbo does', async () => {
    const terminal = await dial(await serve({}, ALL));
    expect(await terminal.ask('ls -l')).toBe(
      'PROVIDER:\r\ncom.acme.Greeter ->  published: N\r\ng1/com.acme.Greeter:1.0.0 ->  published: N\r\n\r\n',
    );
    expect(await terminal.ask('ls -l g1/com.acme.Greeter:1.0.0')).toBe(
      [
        'g1/com.acme.Greeter:1.0.0 (as provider):',
        '\tjava.lang.String hello(java.lang.String)',
        '\tlong add(int,long)',
        '\tcom.acme.Person older(com.acme.Person)',
        '\tjava.lang.String over(java.lang.String)',
        '\tjava.lang.String over(int)',
        '\tjava.util.Date day(java.util.Date)',
        '\tvoid fail()',
        '',
        '',
      ].join('\r\n'),
    );
    expect(await terminal.ask('ls nope')).toBe('No such service: nope\r\n');
    expect(await terminal.ask('cd nope')).toBe('No such service nope\r\n');
    expect(await terminal.ask('cd Greeter')).toBe(
      'Used the Greeter as default.\r\nYou can cancel default service by command: cd /\r\n',
    );
    expect(await terminal.ask('pwd')).toBe('Greeter\r\n');
    expect(await terminal.ask('ls')).toMatch(/^Use default service Greeter\.\r\ncom\.acme\.Greeter \(as provider\):/);
    expect(await terminal.ask('cd /')).toBe('Cancelled default service Greeter.\r\n');
    expect(await terminal.ask('pwd')).toBe('/\r\n');
    expect(await terminal.ask('help ls')).toBe(
      'Command:\r\n    ls [-l] [service]\r\nSummary:\r\n    List services and methods.\r\n' +
        'Detail:\r\n    List services and methods.\r\n',
    );
    expect(await terminal.ask('help')).toMatch(
      /^Please input "help \[command\]" show detail\.\r\n ls \[-l\] \[service\] +- List/,
    );
  });

  it('shows its port, its connections and its health', async () => {
    const server = await serve({}, ALL);
    const terminal = await dial(server);
    expect(await terminal.ask('ps')).toBe(`${server.port}\r\n`);
    expect(await terminal.ask('ps -l')).toMatch(new RegExp(`^dubbo://.*:${server.port}\r\n$`));
    expect(await terminal.ask(`ps -l ${server.port}`)).toBe(
      `/127.0.0.1:${terminal.localPort} -> /127.0.0.1:${server.port}\r\n`,
    );
    expect(await terminal.ask('ps 1')).toBe('No such port 1\r\n');
    expect(await terminal.ask('status')).toMatch(/^(OK|WARN)\r\n$/);
    expect(await terminal.ask('status -l')).toMatch(
      new RegExp(
        `^\\+-+\\+-+\\+-+\\+\r\n\\| resource[^]*\\| server +\\| OK +\\| /.*:${server.port}\\(clients:1\\) +\\|`,
      ),
    );
    expect(await terminal.ask('log')).toMatch(/^The log belongs/);
    expect(await terminal.ask('clear 3')).toBe('\r\n\r\n\r\n');
  });

  it('really invokes methods with JSON, and says why it cannot', async () => {
    const terminal = await dial(await serve({}, ALL));
    const invoke = async (call: string): Promise<string> =>
      (await terminal.ask(`invoke ${call}`)).replace(/elapsed: \d+ ms\.\r\n$/, '');
    expect(await invoke('hello("x")')).toMatch(/^If you want to invoke like/);
    expect(await invoke('Greeter.hello("x (y)")')).toBe('result: "hello x (y)"\r\n');
    expect(await invoke('com.acme.Greeter.add(1, 9007199254740993)')).toBe('result: 9007199254740994\r\n');
    expect(await invoke('g1/com.acme.Greeter:1.0.0.older({"name":"Ann","age":3})')).toBe(
      'result: {"name":"Ann","age":4}\r\n',
    );
    expect(await terminal.ask('cd Greeter')).toContain('Used the Greeter');
    expect(await invoke('over("a")')).toBe('Use default service Greeter.\r\nresult: "text a"\r\n');
    expect(await invoke('over(7)')).toBe('Use default service Greeter.\r\nresult: "int 7"\r\n');
    expect(await invoke('day("2024-02-03T04:05:06.007Z")')).toContain('result: "2024-02-03T04:05:06.007Z"');
    expect(await invoke('fail()')).toContain('Failed to invoke method fail, cause: ');
    expect(await invoke('nope()')).toContain('No such method nope in service com.acme.Greeter');
    expect(await invoke('hello({"a":1})')).toMatch(/No such method hello[^]*hello\(java\.lang\.String\): /);
    expect(await invoke('hello("x"')).toBe('Invalid parameters, format: service.method(args)\r\n');
    expect(await invoke('hello(x)')).toMatch(/^Invalid json argument/);
    expect(await invoke('Nope.hello("x")')).toBe('No such service Nope\r\n');
    expect(await invoke('')).toMatch(/^Please input method name/);
  });

  it('counts calls and traces the next ones of others', async () => {
    const server = await serve({}, ALL);
    const terminal = await dial(server);
    const peer = await RawPeer.connect(server.port);
    opened.push(peer);
    const hello = { path: PATH, method: 'hello', descriptor: 'Ljava/lang/String;', args: ['you'] };
    expect(await terminal.ask('trace Greeter nope')).toBe('No such method nope in class com.acme.Greeter\r\n');
    expect(await terminal.ask('trace Greeter hello 2')).toBe('');
    for (let i = 0; i < 3; i++) expect((await peer.ask({ body: requestBody(hello) })).status).toBe(20);
    const traced =
      /^\r\n\/127\.0\.0\.1:\d+ -> com\.acme\.Greeter\.hello\("you"\) -> "hello you"\r\nelapsed: \d+ ms\.\r\n\r\n$/;
    expect(await terminal.next()).toMatch(traced);
    expect(await terminal.next()).toMatch(traced);
    expect(await terminal.ask('count com.acme.Greeter hello')).toMatch(
      /\| hello +\| 3 +\| 0 +\| 0 +\| \d+ms +\| \d+ms +\|/,
    );
    expect(await terminal.ask('count')).toMatch(/^Please input service name/);
  });

  it('traces for no more than a few, and for nobody who is gone', async () => {
    const server = await serve({}, ALL);
    const terminal = await dial(server);
    for (let i = 0; i < 20; i++) expect(await terminal.ask('trace Greeter')).toBe('');
    expect(await terminal.ask('trace Greeter')).toMatch(/^Too many traces/);
    terminal.send('exit\r\n');
    await terminal.ended();
    expect(await (await dial(server)).ask('trace Greeter')).toBe('');
  });

  it('lets a peer that does not read make nothing grow', async () => {
    const server = await serve({}, ALL);
    const socket = connect(server.port, '127.0.0.1');
    opened.push({ close: () => socket.destroy() });
    socket.pause();
    socket.write(`pwd ${'x'.repeat(190)}\n`);
    const up = Buffer.from('\x1b[A'.repeat(10_000));
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 20; i++) await new Promise((resolve) => socket.write(up, resolve));
    expect(await (await dial(server)).ask('pwd')).toBe('/\r\n');
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('is never answered by a consumer', async () => {
    const received: Buffer[] = [];
    const talker = createSocketServer((socket) => {
      opened.push({ close: () => socket.destroy() });
      socket.on('data', (bytes) => received.push(bytes));
      socket.on('error', () => {});
      socket.write('ls\r\nhelp\r\n');
    });
    await new Promise<void>((resolve) => talker.listen(0, '127.0.0.1', resolve));
    opened.push(talker);
    const { port } = talker.address() as AddressInfo;
    const client = createClient({ application: { name: 'consumer' }, registries: [], logger: { ...silent, warn } });
    opened.push(client);
    const greeter = client.refer(contractOf(Greeter), { url: `127.0.0.1:${port}`, timeout: 300, retries: 0 });
    await expect(greeter.hello('x')).rejects.toMatchObject({ code: 'timeout' });
    const bytes = Buffer.concat(received);
    expect(bytes.length).toBe(16 + bytes.readInt32BE(12));
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^Skipped 10 bytes from 127\.0\.0\.1:/));
  });

  it('serves frames between lines, and lines between frames', async () => {
    const server = await serve({}, 'pwd');
    const peer = await RawPeer.connect(server.port);
    opened.push(peer);
    peer.write(Buffer.from('abc def'));
    const body = requestBody({ path: PATH, method: 'hello', descriptor: 'Ljava/lang/String;', args: ['you'] });
    const answer = new Decoder((await peer.ask({ body })).body);
    expect([answer.readInt(), answer.readString()]).toEqual([4, 'hello you']);
  });

  it('skips what is no text with a warning, and answers nothing', async () => {
    const terminal = await dial(await serve({}, 'pwd'));
    terminal.send(Uint8Array.of(65, 1, 2, 3, 10));
    expect(await terminal.ask('pwd')).toBe('/\r\n');
    terminal.send(Uint8Array.of(0x80, 0xfe, 13, 10));
    expect(await terminal.ask('pwd')).toBe('/\r\n');
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^Skipped 5 bytes from 127\.0\.0\.1:\d+ that belong to no/)],
    ]);
  });

  it('edits lines, recalls them, bounds them and shows no prompt where none is wanted', async () => {
    const terminal = await dial(await serve({}, 'pwd,help'));
    terminal.send(Buffer.from('pwx\bd'));
    expect(await terminal.ask('')).toBe('/\r\n');
    terminal.send(Uint8Array.of(0x1b, 0x5b, 0x41));
    expect(await terminal.ask('')).toBe('pwd/\r\n');
    terminal.send(Buffer.from('pwd --no-prompt\r\n'));
    expect(await terminal.ask('pwd')).toBe('/\r\n/\r\n');
    terminal.send(Buffer.alloc(16 * 1024 + 1, 'a'));
    expect(await terminal.ask('')).toBe('The line is longer than 16384 bytes\r\n');
    expect(await terminal.ask('pwd')).toBe('/\r\n');
  });

  it.each([
    ['Ctrl-C of a raw terminal', [0x03]],
    ['Ctrl-C of a telnet client', [0xff, 0xf4, 0xff, 0xfd, 0x06]],
    ['Ctrl-Z of a telnet client', [0xff, 0xed, 0xff, 0xfd, 0x06]],
  ])('closes on %s', async (_name, bytes) => {
    const terminal = await dial(await serve());
    expect(await terminal.ask('')).toBe('');
    terminal.send(Uint8Array.from(bytes));
    await terminal.ended();
  });

  it('closes on HTTP, whose body a web page could fill with commands', async () => {
    const terminal = await dial(await serve({}, ALL));
    terminal.send('POST / HTTP/1.1\r\nHost: x\r\n\r\ninvoke Greeter.hello("x")\r\n');
    await terminal.ended();
    expect(terminal.unread).toBe('');
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('it sent HTTP where commands are taken'));
  });

  it('closes on more commands than anyone types', async () => {
    const terminal = await dial(await serve({}, ALL));
    terminal.send('help\n'.repeat(10_000));
    await terminal.ended();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('more than 100 commands wait'));
  });

  const foreign = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

  it.runIf(sayIfNotRun(Boolean(foreign), 'telnet for other machines', 'this one has loopback addresses only'))(
    'says nothing to other machines, unless they are let in',
    async () => {
      const body = requestBody({ path: PATH, method: 'hello', descriptor: 'Ljava/lang/String;', args: ['you'] });
      const server = await serve({}, ALL);
      const peer = await RawPeer.connect(server.port, foreign);
      opened.push(peer);
      peer.write(Buffer.from('ls\r\n'));
      expect((await peer.ask({ body })).status).toBe(20);
      expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^Skipped 4 bytes .*qos\.whitelist$/));
      const open = await dial(await serve({ qos: { whitelist: `10.1.2.3, ${foreign}/32` } }, ALL), foreign);
      expect(await open.ask('pwd')).toBe('/\r\n');
    },
  );
});
