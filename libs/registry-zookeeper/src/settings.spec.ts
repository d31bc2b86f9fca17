import { describe, expect, it } from 'vitest';
import { zooKeeperSettings } from './settings.js';

describe('the address of ZooKeeper', () => {
  it('is a server, several, or a list of them, perhaps with a chroot', () => {
    expect(zooKeeperSettings('127.0.0.1:2181')).toMatchObject({
      servers: [{ host: '127.0.0.1', port: 2181 }],
      chroot: '',
      root: '/dubbo',
      digest: undefined,
      display: 'zookeeper://127.0.0.1:2181',
    });
    expect(zooKeeperSettings('h1, h2:2182/a/b')).toMatchObject({
      servers: [
        { host: 'h1', port: 2181 },
        { host: 'h2', port: 2182 },
      ],
      chroot: '/a/b',
    });
    expect(zooKeeperSettings(['[::1]:2181', 'h2']).display).toBe('zookeeper://[::1]:2181,h2:2181');
  });

  it('may be the registry URL of Dubbo', () => {
    expect(
      zooKeeperSettings(
        'zookeeper://me:p@ss:word@h1:2181/org.apache.dubbo.registry.RegistryService?backup=h2:2181,h3:2182&group=g/h&session=4000&timeout=3000&x=y',
      ),
    ).toEqual({
      servers: [
        { host: 'h1', port: 2181 },
        { host: 'h2', port: 2181 },
        { host: 'h3', port: 2182 },
      ],
      chroot: '',
      root: '/g/h',
      sessionTimeoutMs: 4000,
      connectTimeoutMs: 3000,
      operationTimeoutMs: 10_000,
      digest: 'me:p@ss:word',
      snapshotDir: undefined,
      display: 'zookeeper://h1:2181,h2:2181,h3:2182',
    });
    expect(zooKeeperSettings('zookeeper://h1:2181/?backup=h2:2181/chroot')).toMatchObject({
      chroot: '/chroot',
      servers: [{ host: 'h1' }, { host: 'h2' }],
    });
    expect(zooKeeperSettings('zookeeper://h1/chroot?backup=h2')).toMatchObject({ chroot: '/chroot' });
    expect(zooKeeperSettings('zookeeper://h1?group=a', { group: 'b' }).root).toBe('/b');
    expect(zooKeeperSettings('zookeeper://h1?username=u&password=p').digest).toBe('u:p');
  });

  it.each([
    ['', 'empty'],
    ['nacos://h:8848', 'nacos://'],
    ['h:99999', '"h:99999"'],
    ['h:port', '"h:port"'],
    ['secret:x@h:y', '"…@h:y"'],
    ['h/a//b', 'chroot'],
    ['zookeeper://h?session=-1', 'sessionTimeoutMs is -1'],
  ])('%j is refused, saying why', (address, why) => {
    expect(() => zooKeeperSettings(address)).toThrow(why);
  });

  it('needs both, user and password, or none', () => {
    expect(() => zooKeeperSettings('h', { username: 'u' })).toThrow('belong together');
  });

  it('checks the options', () => {
    expect(() => zooKeeperSettings('h', { connectTimeoutMs: 0.5 })).toThrow('connectTimeoutMs is 0.5');
    expect(() => zooKeeperSettings('h', { group: '' })).toThrow('group is "/"');
  });
});
