import type { BigDecimal, Server } from '@nestjs-dubbo/core';
import { Logger, type ModuleMetadata } from '@nestjs/common';
import { DubboService, ServerDubbo } from 'nestjs-dubbo';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Terminal } from '../support/terminal.js';
import { NestApps } from './nest-apps.js';
import { Comment, CommentService } from './nest-comments.js';

@DubboService(CommentService)
class Comments {
  ping(): string {
    return 'pong';
  }
  find(id: bigint): Comment {
    return Comment.of(id, 'found');
  }
  add(a: number, b: number): number {
    return a + b;
  }
  five(a: string, b: number, c: bigint, d: BigDecimal, e: Uint8Array): unknown[] {
    return [a, b, c, d, e];
  }
  publish(_comment: Comment): void {}
}

const parts: ModuleMetadata = { controllers: [Comments] };

describe('operators of a Nest application', () => {
  const apps = new NestApps();
  const terminals: Terminal[] = [];
  afterEach(async () => {
    for (const terminal of terminals.splice(0)) terminal.close();
    await apps.close();
    vi.restoreAllMocks();
  });

  it('invoke its methods by telnet and probe it by the QoS port', async () => {
    const log = vi.spyOn(Logger.prototype, 'log').mockImplementation(() => {});
    const app = await apps.microservice(parts, {
      protocol: { host: '127.0.0.1', port: 0, telnet: 'invoke' },
      qos: { enable: true, port: 0 },
    });
    const { port } = app.get(ServerDubbo, { strict: false }).unwrap<Server>();
    const terminal = await Terminal.connect(port);
    terminals.push(terminal);
    expect(await terminal.ask('invoke CommentService.find(7)')).toMatch(
      /^result: \{"id":7,"content":"found"\}\r\nelapsed: \d+ ms\.\r\n$/,
    );
    const lines = log.mock.calls.map(([line]) => String(line));
    const qos = /:(\d+)$/.exec(lines.find((line) => line.startsWith('QoS listens on 127.0.0.1:'))!)![1];
    const response = await fetch(`http://127.0.0.1:${qos}/ready`);
    expect([response.status, await response.text()]).toEqual([200, 'true']);
  });

  it.each([
    [
      { protocol: { telnet: 'ls,lss' } },
      'DubboModule.protocol.telnet lists "lss", which is no command; did you mean "ls"?',
    ],
    [{ protocol: { telnet: 5 } }, 'DubboModule.protocol.telnet is 5; allowed: a list of texts, or a text with commas'],
    [{ qos: { enabled: true } }, 'DubboModule.qos.enabled is no option; did you mean "enable"?'],
    [{ qos: { port: 70_000 } }, 'DubboModule.qos.port is 70000; allowed: an integer from 0 to 65535'],
    [{ qos: { whitelist: [1] } }, 'DubboModule.qos.whitelist is 1; allowed: a list of texts'],
    [{ qos: { whitelist: '10.0.0' } }, 'qos.whitelist holds "10.0.0"; allowed: addresses'],
  ])('is refused %o', async (options, message) => {
    await expect(apps.web(parts, options as object)).rejects.toThrow(message);
  });
});
