import type { Socket } from 'node:net';
import zookeeper from 'node-zookeeper-client';
import { FrameAssembler } from './frame-assembler.js';
import type { ServerAddress, ZooKeeperSettings } from './settings.js';

// Only this file knows more of node-zookeeper-client (1.1) than its interface. Left to itself that client waits for ever for a
// silent server, keeps half a frame over a reconnect, goes on connecting after close(), tells no reason, and throws out of a
// socket's handler at an answer it does not know. So one client lives for one connection to one server: it never connects
// again, it is fed whole frames, and whatever goes wrong ends it.

/** A session to take up again. */
export interface SessionTicket {
  readonly id: Buffer;
  readonly password: Buffer;
}

/** Why a connection is no more. */
export interface ConnectionEnd {
  readonly reason: string;
  /** The session is gone with it: there is nothing to take up. */
  readonly expired: boolean;
}

/** A client that connects once. */
export interface BareClient {
  readonly client: zookeeper.Client;
  /** There is a session. */
  connected(): boolean;
  /** The code of the error just received, if the client knows no such code and calls it a system error. */
  unknownError(): number | undefined;
  /** Drops the connection without a word to the server, and every timer with it. */
  destroy(): void;
}

/** The parts of the client's connection manager we replace or need. */
interface ConnectionManager {
  servers: ServerAddress[];
  socket?: Socket;
  connectTimeoutHandler: NodeJS.Timeout | null;
  findNextServer(callback: (server: ServerAddress) => void): void;
  onSocketData(frame: Buffer): void;
  onSocketError(error: Error): void;
  onSocketClosed(hadError: boolean): void;
  setState(state: number): void;
}

/** The manager's state CLOSED: whatever is asked of it fails at once. */
const closedState = -2;
const knownErrors = new Set<unknown>(Object.values(zookeeper.Exception));

/** Makes a client for one connection to one server; `client.connect()` begins it. `onEnd` may be called more than once. */
export function bareClient(
  server: ServerAddress,
  settings: ZooKeeperSettings,
  ticket: SessionTicket | undefined,
  onEnd: (end: ConnectionEnd) => void,
): BareClient {
  const resume = ticket ? { sessionId: ticket.id, sessionPassword: ticket.password } : {};
  // The host is replaced: the client's own parser knows no IPv6.
  const client = zookeeper.createClient('localhost', { sessionTimeout: settings.sessionTimeoutMs, ...resume });
  if (settings.digest) client.addAuthInfo('digest', Buffer.from(settings.digest));
  client.once('expired', () => onEnd({ reason: 'the session has expired', expired: true }));
  client.once('authenticationFailed', () => onEnd({ reason: 'it refuses our user and password', expired: false }));

  const manager = (client as unknown as { connectionManager: ConnectionManager }).connectionManager;
  const connected = () => client.getState() === zookeeper.State.SYNC_CONNECTED;
  let socketError: Error | undefined;
  let unknownError: number | undefined;
  let destroyed = false;

  manager.servers = [server];
  manager.findNextServer = (connect) => connect(server);
  manager.onSocketError = (error) => {
    socketError = error;
  };
  manager.onSocketClosed = () => {
    onEnd({ reason: socketError?.message ?? 'the server closed the connection', expired: false });
  };

  const assembler = new FrameAssembler();
  const onFrame = manager.onSocketData.bind(manager);
  manager.onSocketData = (chunk) => {
    try {
      for (const frame of assembler.push(chunk)) {
        if (destroyed) return;
        // The first frame answers the handshake and has no header.
        unknownError = connected() ? replaceUnknownError(frame) : undefined;
        onFrame(frame);
      }
    } catch (error) {
      onEnd({
        reason: `its answer cannot be read (${error instanceof Error ? error.message : String(error)})`,
        expired: false,
      });
    }
  };

  return {
    client,
    connected,
    unknownError: () => unknownError,
    destroy() {
      destroyed = true;
      client.removeAllListeners();
      if (manager.connectTimeoutHandler) clearTimeout(manager.connectTimeoutHandler);
      manager.setState(closedState);
      manager.socket?.destroy();
    },
  };
}

/** The client throws at an error code it does not know, and all that is under way would be lost with the one that failed. */
function replaceUnknownError(frame: Buffer): number | undefined {
  // Length (4), xid (4), zxid (8), error (4). Negative xids are no answers to operations.
  if (frame.length < 20 || frame.readInt32BE(4) < 0) return undefined;
  const code = frame.readInt32BE(16);
  if (knownErrors.has(code)) return undefined;
  frame.writeInt32BE(zookeeper.Exception.SYSTEM_ERROR, 16);
  return code;
}
