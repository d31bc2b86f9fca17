export { zookeeper } from './zookeeper-registry.js';
export type { ZooKeeperOptions } from './settings.js';
